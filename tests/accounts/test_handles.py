"""A handle from a file is one that a platform can have, or it is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.accounts.handles import handle_of


@pytest.mark.parametrize(
    ("text", "name", "platform"),
    [
        ("anna", "anna", None),
        ("@anna", "anna", None),
        (" \u200eanna\u2069 ", "anna", None),
        ("https://www.instagram.com/_u/anna/?hl=nl", "anna", "instagram"),
        ("instagram.com/anna", "anna", "instagram"),
        ("tiktok:@anna", "anna", "tiktok"),
        ("anna.x.com", "anna.x.com", None),
        ("søren", "søren", None),
    ],
)
def test_a_handle_is_taken_as_lists_write_it(text: str, name: str, platform: str | None) -> None:
    handle = handle_of(text)
    assert (handle.name, handle.platform) == (name, platform)


BAD = [
    "an\x1b[2Jna",
    "an\u202ena",
    "<b>anna</b>",
    "<script>",
    '=HYPERLINK("http://evil.example")',
    "+31612345678",
    "@SUM(1)",
    "anna b",
    "../anna",
    "...",
    "",
    "@",
    "an\nna",
    "https://www.instagram.com/p/abc/",
    "https://evil.example/anna",
    "anna;rm",
    "x" * 101,
]


@pytest.mark.parametrize("text", BAD)
def test_what_no_platform_can_have_is_refused_in_a_harmless_line(text: str) -> None:
    with pytest.raises(ValueError) as refused:
        handle_of(text)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    ("platform", "text"),
    [("instagram", "an-na"), ("instagram", "x" * 31), ("x", "an.na"), ("tiktok", "аnna"), ("snapchat", "ab")],
)
def test_a_platform_has_its_own_handles(platform: str, text: str) -> None:
    with pytest.raises(ValueError, match=f"can be no handle on {platform}"):
        handle_of(text, platform)


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_whatever_stands_in_a_cell_a_handle_is_only_letters_digits_and_three_marks(text: str) -> None:
    try:
        name = handle_of(text).name
    except ValueError:
        return
    assert all(
        one.isalnum() or one in "._-" or one.isidentifier() or f"a{one}".isidentifier() for one in name
    )
