"""A link leads to one profile, or to none."""

from __future__ import annotations

import pytest

from fakeprofile.accounts.instagram.links import name_in_link


@pytest.mark.parametrize(
    "url",
    [
        "https://www.instagram.com/lars.2011xx", "https://www.instagram.com/_u/lars.2011xx/", "instagram.com/lars.2011xx",
        "http://instagram.com/lars.2011xx?hl=nl", " https://m.instagram.com/lars.2011xx#a ",
    ],
)  # fmt: skip
def test_a_link_to_a_profile_names_it(url: str) -> None:
    assert name_in_link(url) == "lars.2011xx"


@pytest.mark.parametrize(
    "url",
    [
        "", "https://www.instagram.com/", "https://www.instagram.com/_u/", "https://www.instagram.com/p/Cabc",
        "https://www.instagram.com/explore", "https://www.instagram.com/Reels/", "https://help.instagram.com/lars",
        "https://www.instagram.com.example/lars", "https://www.facebook.com/lars", "https://[instagram.com",
        "https://www.instagram.com/a b", "https://www.instagram.com/a/b", "https://www.instagram.com/" + "a" * 31,
    ],
)  # fmt: skip
def test_a_link_to_anything_else_names_nobody(url: str) -> None:
    assert name_in_link(url) is None
