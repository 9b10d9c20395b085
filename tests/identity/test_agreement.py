"""On which names several sites agree. All people, accounts and pages are invented."""

from __future__ import annotations

import hashlib
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.identity.agreement import AgreementKind, agreed, shared_titles
from fakeprofile.identity.pages import page_of
from fakeprofile.identity.titles import name_of_account

INSTAGRAM = ("https://www.instagram.com/imke.dorsman/", "Imke Dorsman (@imke.dorsman) • Instagram photos")
TIKTOK = ("https://www.tiktok.com/@imkemusic", "Imke Dorsman (@imkemusic) | TikTok")
NEWS = ("https://courant.example/kultur/1", "Singer Imke Dorsman plays in Ghent - Courant")
OTHER = ("https://x.com/lars_h/status/1", 'Lars Holm on X: "me today" / X')


@pytest.mark.parametrize(
    ("address", "title", "name"),
    [
        (*INSTAGRAM, "Imke Dorsman"),
        ("https://www.instagram.com/p/C1/", "Imke Dorsman on Instagram: “summer!”", "Imke Dorsman"),
        (
            "https://www.instagram.com/p/C1/",
            "Instagram photo by Imke Dorsman (@imke.d) • May 1, 2016",
            "Imke Dorsman",
        ),
        ("https://www.instagram.com/p/C1/", "Imke Dorsman op Instagram: “zomer!”", "Imke Dorsman"),
        ("https://x.com/imke", "Imke Dorsman (@imke) / X", "Imke Dorsman"),
        ("https://www.facebook.com/imke", "Imke Dorsman | Facebook", "Imke Dorsman"),
        ("https://www.facebook.com/imke", "Imke Dorsman - Home | Facebook", "Imke Dorsman"),
        (
            "https://nl.linkedin.com/in/imke",
            "Imke Dorsman - Singer - Dorsman &amp; Co | LinkedIn",
            "Imke Dorsman",
        ),
        ("https://www.imdb.com/name/nm0000000/", "Imke Dorsman - IMDb", "Imke Dorsman"),
        ("https://www.imdb.com/name/nm0000000/", "Imke Dorsman – Biography – IMDb", "Imke Dorsman"),
        ("https://www.youtube.com/@imke", "Imke Dorsman - YouTube", "Imke Dorsman"),
        ("https://www.youtube.com/watch?v=1", "Sommerlied - Imke Dorsman - YouTube", None),
        ("https://www.instagram.com/imke/", "Instagram", None),
        ("https://www.instagram.com/imke/", "Login • Instagram", None),
        ("https://www.tiktok.com/@imke", "TikTok - Make Your Day", None),
        ("https://www.facebook.com/imke", "Facebook - log in or sign up", None),
        ("https://www.pinterest.com/pin/1/", "Cute Dog Pictures | Pinterest", None),
        ("https://www.reddit.com/r/pics/comments/a/b/", "My sister Imke : r/pics", None),
        ("https://nl.wikipedia.org/wiki/Imke_Dorsman", "Imke Dorsman - Wikipedia", None),
        ("https://courant.example/1", "Imke Dorsman on Instagram", None),
        ("https://www.instagram.com/imke/", "🎤✨ • Instagram", None),
        ("https://www.instagram.com/imke/", "", None),
    ],
)
def test_a_title_names_the_account_and_nothing_else(address: str, title: str, name: str | None) -> None:
    assert name_of_account(page_of(address), title) == name


def test_two_platforms_and_a_newspaper_agree_on_a_name() -> None:
    first, *rest = agreed([INSTAGRAM, TIKTOK, NEWS, OTHER])
    assert (first.name, first.kind) == ("Imke Dorsman", AgreementKind.NAME)
    assert first.domains == ("instagram.com", "tiktok.com", "courant.example")
    assert [str(handle) for handle in first.handles] == ["instagram:imke.dorsman", "tiktok:imkemusic"]
    assert [(one.name, one.domains, one.independent) for one in rest] == [("Lars Holm", ("x.com",), False)]


def test_many_pages_of_one_platform_are_one_site_and_so_are_its_other_domains() -> None:
    pages = [
        ("https://twitter.com/imkedorsman", "Imke Dorsman (@imkedorsman) / Twitter"),
        ("https://x.com/imkedorsman/status/1", "Imke Dorsman on X: “a”"),
        ("https://mobile.twitter.com/imkedorsman/status/2", "Imke Dorsman on X: “b”"),
    ]
    (only,) = agreed(pages)
    assert (only.domains, only.independent) == (("twitter.com",), False)


def test_threads_repeats_instagram_and_is_no_second_site() -> None:
    (only,) = agreed([INSTAGRAM, ("https://www.threads.com/@imke.dorsman", "Imke Dorsman (@imke.dorsman)")])
    assert only.domains == ("instagram.com",)


def test_a_handle_that_spells_the_name_agrees_with_it() -> None:
    (only,) = agreed([("https://vk.com/imkedorsman", None), TIKTOK])
    assert (only.name, only.domains) == ("Imke Dorsman", ("vk.com", "tiktok.com"))


def test_without_titles_the_handle_is_what_is_said() -> None:
    (only,) = agreed(
        [("https://vk.com/imke.d99", None), ("https://www.instagram.com/imke.d99/", "Instagram")]
    )
    assert (only.name, only.kind, only.domains) == (
        "imke.d99",
        AgreementKind.HANDLE,
        ("vk.com", "instagram.com"),
    )


def test_shops_wallpapers_and_fans_name_nobody() -> None:
    pages = [
        ("https://unsplash.com/@imke", "Imke Dorsman (@imke) | Unsplash"),
        ("https://www.shutterstock.com/image-photo/1", "Imke Dorsman"),
        ("https://wallhaven.cc/w/1", "Imke Dorsman"),
        ("https://www.instagram.com/imkedorsman.fanpage", "Imke Dorsman (@imkedorsman.fanpage) • Instagram"),
    ]
    assert agreed(pages) == shared_titles(pages) == ()
    (only,) = agreed([*pages, INSTAGRAM])
    assert only.domains == ("instagram.com",)


def test_a_common_word_or_first_name_in_a_title_is_no_support() -> None:
    pages = [
        ("https://www.instagram.com/lars/", "Lars (@lars) • Instagram"),
        ("https://a.example/", "Lars wins"),
    ]
    (only,) = agreed(pages)
    assert only.domains == ("instagram.com",)


def test_a_number_is_no_name() -> None:
    assert agreed([("https://vk.com/id123", None), ("https://ok.ru/profile/123", None)]) == ()


def test_what_no_account_says_is_only_a_title_that_sites_share() -> None:
    pages = [
        ("https://en.wikipedia.org/wiki/Imke_Dorsman_(singer)", "Imke Dorsman (singer) - Wikipedia"),
        NEWS,
        ("https://blog.example/1", "The best photos of summer"),
    ]
    assert agreed(pages) == ()
    (only,) = shared_titles(pages)
    assert (only.name, only.kind) == ("Imke Dorsman", AgreementKind.TITLE)
    assert only.domains == ("wikipedia.org", "courant.example")


def test_everyday_words_are_not_written_like_a_name() -> None:
    pages = [(f"https://{host}.example/", "Beautiful Girl Pictures | Free Download") for host in ("a", "b")]
    assert shared_titles(pages) == ()


def test_the_order_of_the_pages_does_not_change_who_is_named_first() -> None:
    for pages in permutations([INSTAGRAM, TIKTOK, NEWS, OTHER]):
        assert agreed(pages)[0].name == "Imke Dorsman"
        assert set(agreed(pages)[0].domains) == {"instagram.com", "tiktok.com", "courant.example"}


ADDRESSES = st.sampled_from([page[0] for page in (INSTAGRAM, TIKTOK, NEWS, OTHER)] + ["javascript:1", ""])


@given(st.lists(st.tuples(ADDRESSES, st.none() | st.text(max_size=60)), max_size=6))
@settings(max_examples=60, deadline=None)
def test_no_name_is_invented(pages: list[tuple[str, str | None]]) -> None:
    for one in (*agreed(pages), *shared_titles(pages)):
        assert one.domains
        texts = [*(" ".join((title or "").split()) for _, title in pages), *(address for address, _ in pages)]
        assert any(one.name in text or "&" in text for text in texts)


def test_thousands_of_pages_take_no_time() -> None:
    words = [hashlib.sha256(bytes([n % 256, n // 256])).hexdigest()[:12] for n in range(3000)]
    pages = [(f"https://www.instagram.com/{word}/", f"{word} (@{word})") for word in words]
    found = agreed([*pages, INSTAGRAM])
    assert all(one.domains == ("instagram.com",) for one in found)
