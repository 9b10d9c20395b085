"""What the address of a page tells. All accounts are invented."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fakeprofile.identity.pages import page_of, registrable
from fakeprofile.identity.sites import FAN, NEWS, POST_HOSTS, REFERENCE, STOCK, WALLPAPER
from fakeprofile.records import SiteKind


@pytest.mark.parametrize(
    ("address", "handle", "domain"),
    [
        ("https://www.instagram.com/imke.dorsman/?hl=nl", "instagram:imke.dorsman", "instagram.com"),
        ("https://www.instagram.com/_u/imke", "instagram:imke", "instagram.com"),
        ("https://www.tiktok.com/@im.ke?lang=nl", "tiktok:im.ke", "tiktok.com"),
        ("https://mobile.twitter.com/imke", "x:imke", "twitter.com"),
        ("https://nl-nl.facebook.com/imke.d", "facebook:imke.d", "facebook.com"),
        ("https://www.facebook.com/profile.php?id=100", "facebook:100", "facebook.com"),
        ("https://www.youtube.com/@imke/videos", "youtube:imke", "youtube.com"),
        ("https://www.snapchat.com/add/imke", "snapchat:imke", "snapchat.com"),
        ("https://vk.com/id123", "vk:id123", "vk.com"),
        ("https://m.ok.ru/profile/5701", "ok:5701", "ok.ru"),
        ("https://ok.ru/imke.d", "ok:imke.d", "ok.ru"),
        ("https://nl.linkedin.com/in/imke-dorsman-1", "linkedin:imke-dorsman-1", "linkedin.com"),
        ("https://nl.pinterest.com/imke/summer/", "pinterest:imke", "pinterest.com"),
        ("https://www.pinterest.com.au/imke", "pinterest:imke", "pinterest.com.au"),
        ("https://old.reddit.com/user/imke", "reddit:imke", "reddit.com"),
        ("https://imke.tumblr.com/archive", "tumblr:imke", "tumblr.com"),
        ("https://www.threads.com/@imke", "threads:imke", "threads.com"),
        ("https://www.flickr.com/people/imke", "flickr:imke", "flickr.com"),
        ("https://t.me/s/imke", "telegram:imke", "t.me"),
        ("https://www.youtube.com/@%D0%B8%D0%BC%D0%BA%D0%B5", "youtube:имке", "youtube.com"),
        ("<https://www.instagram.com/imke>.", "instagram:imke", "instagram.com"),
        ("https://www.instagram.com/imke).", "instagram:imke", "instagram.com"),
    ],
)
def test_the_page_of_an_account_names_it(address: str, handle: str, domain: str) -> None:
    page = page_of(address)
    assert (str(page.handle), page.domain) == (handle, domain)
    assert (page.site, page.is_post) == (SiteKind.PROFILE, False)


@pytest.mark.parametrize(
    ("address", "handle"),
    [
        ("https://www.instagram.com/imke/p/Cabc/", "instagram:imke"),
        ("https://www.instagram.com/imke/reel/Cabc/", "instagram:imke"),
        ("https://www.instagram.com/stories/imke/123/", "instagram:imke"),
        ("https://www.tiktok.com/@imke/video/123", "tiktok:imke"),
        ("https://www.tiktok.com/@imke/photo/123", "tiktok:imke"),
        ("https://x.com/imke/status/1/photo/1", "x:imke"),
        ("https://www.facebook.com/imke.d/posts/pfbid0abc", "facebook:imke.d"),
        ("https://www.facebook.com/imke.d/photos/a.1/123456789/", "facebook:imke.d"),
        ("https://vk.com/wall12_3", "vk:id12"),
        ("https://vk.com/photo12_3?rev=1", "vk:id12"),
        ("https://www.linkedin.com/posts/imke-d_hello-activity-7", "linkedin:imke-d"),
        ("https://www.reddit.com/user/imke/comments/abc/hi/", "reddit:imke"),
        ("https://imke.tumblr.com/post/123/hi", "tumblr:imke"),
        ("https://www.threads.net/@imke/post/abc", "threads:imke"),
        ("https://www.flickr.com/photos/imke/123/", "flickr:imke"),
    ],
)
def test_a_post_names_its_owner_where_the_address_does(address: str, handle: str) -> None:
    page = page_of(address)
    assert (str(page.handle), page.site, page.is_post) == (handle, SiteKind.POST, True)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.instagram.com/p/Cabc/",
        "https://www.instagram.com/reel/Cabc",
        "https://x.com/i/status/123",
        "https://x.com/i/web/status/123",
        "https://www.facebook.com/photo.php?fbid=1&set=a.1",
        "https://www.facebook.com/photo/?fbid=1",
        "https://www.facebook.com/groups/1/posts/2/",
        "https://www.youtube.com/watch?v=abc",
        "https://youtu.be/abc",
        "https://vm.tiktok.com/ZMabc/",
        "https://vk.com/wall-12_3",
        "https://www.pinterest.com/pin/123/",
        "https://www.reddit.com/r/pics/comments/abc/hi/",
        "https://www.linkedin.com/feed/update/urn:li:activity:7/",
    ],
)
def test_a_post_whose_address_names_no_owner_has_none(address: str) -> None:
    page = page_of(address)
    assert (page.handle, page.site, page.is_post) == (None, SiteKind.POST, True)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.instagram.com/explore/tags/imke/",
        "https://www.instagram.com/robots.txt",
        "https://x.com/search?q=imke",
        "https://www.facebook.com/groups/123",
        "https://www.youtube.com/feed/trending",
        "https://www.reddit.com/r/pics/",
        "https://t.me/joinchat/abc",
        "https://www.instagram.com/",
        "https://imke.example/",
    ],
)
def test_a_page_of_the_platform_itself_is_nobodys(address: str) -> None:
    page = page_of(address)
    assert (page.handle, page.site, page.is_post) == (None, SiteKind.OTHER, False)


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://nl.m.wikipedia.org/wiki/Imke_Dorsman_(zangeres)", SiteKind.REFERENCE),
        ("https://commons.wikimedia.org/wiki/File:Imke.jpg", SiteKind.REFERENCE),
        ("https://www.imdb.com/de/name/nm0000000/bio", SiteKind.REFERENCE),
        ("https://www.gettyimages.co.uk/detail/1", SiteKind.STOCK),
        ("https://stock.adobe.com/images/girl/1", SiteKind.STOCK),
        ("https://www.shutterstock.com/nl/image-photo/1", SiteKind.STOCK),
        ("https://unsplash.com/@imke", SiteKind.STOCK),
        ("https://www.bbc.co.uk/news/1", SiteKind.NEWS),
        ("https://nos.nl/artikel/1", SiteKind.NEWS),
        ("https://imke.example/news/1", SiteKind.OTHER),
        ("https://www.adobe.com/products", SiteKind.OTHER),
        ("https://wallhaven.cc/w/1", SiteKind.WALLPAPER),
        ("https://bestwallpapers.example/1", SiteKind.WALLPAPER),
        ("https://imke.fandom.com/wiki/Imke", SiteKind.FAN),
        ("https://www.instagram.com/imkedorsman.fanpage/", SiteKind.FAN),
        ("https://www.instagram.com/imkedorsmanfans/p/Cabc/", SiteKind.FAN),
        ("https://www.instagram.com/fans_of_imke", SiteKind.FAN),
        ("https://www.instagram.com/li_fan", SiteKind.PROFILE),
        ("https://www.instagram.com/stefan.fanelli", SiteKind.PROFILE),
        ("https://www.instagram.com/imke_onlyfans", SiteKind.PROFILE),
        ("https://notgettyimages.example/", SiteKind.OTHER),
    ],
)
def test_shops_collections_fans_and_newsrooms_are_told_apart(address: str, site: SiteKind) -> None:
    assert page_of(address).site is site


def test_an_article_and_a_name_page_say_whom_they_are_about() -> None:
    assert str(page_of("https://nl.wikipedia.org/wiki/Imke_Dorsman").handle) == "wikipedia:Imke_Dorsman"
    assert page_of("https://nl.wikipedia.org/wiki/Bestand:Imke.jpg").handle is None
    handle = page_of("https://www.imdb.com/name/nm0000000/").handle
    assert handle is not None
    assert handle.account_id == "nm0000000"
    assert page_of("https://www.imdb.com/title/tt0000000/").handle is None


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://instagram.com@evil.example/imke", "evil.example"),
        ("https://instagram.com:x@evil.example/imke", "evil.example"),
        ("https://evil.example\\@instagram.com/imke", "evil.example"),
        ("https://instagram.com.evil.example/imke", "evil.example"),
        ("https://xn--nstagram-shh.com/imke", "xn--nstagram-shh.com"),
        ("https://іnstagram.com/imke", "xn--nstagram-shh.com"),
        ("javascript:alert('https://instagram.com/imke')", ""),
        ("file:///home/imke/instagram.com", ""),
        ("https://[::1", ""),
        ("http://192.0.2.7/imke", "192.0.2.7"),
        ("https://" + "a" * 300 + ".example/", ""),
        ("", ""),
    ],
)
def test_an_address_that_pretends_is_read_as_a_browser_reads_it(address: str, domain: str) -> None:
    page = page_of(address)
    assert (page.domain, page.handle, page.site) == (domain, None, SiteKind.OTHER)


def test_two_names_of_one_owner_are_one_domain() -> None:
    assert registrable("news.bbc.co.uk") == "bbc.co.uk"
    assert registrable("a.blogspot.com") == registrable("b.blogspot.com")
    assert registrable("www.imke.example") == "imke.example"


HOSTS = st.sampled_from(
    ["instagram.com", "x.com", "vk.com", "facebook.com", "nl.wikipedia.org", "www.imdb.com", "a.tumblr.com"]
)


@given(
    st.one_of(
        st.text(max_size=60),
        st.builds("https://{}/{}".format, HOSTS, st.text(max_size=40)),
        st.builds("https://{}".format, st.text(max_size=40)),
    )
)
@settings(max_examples=150, deadline=None)
@example("https://instagram.com/" + "%2e" * 4000)
@example("https://instagram.com/\x00\x1b[31m\u202eimke")
@example("https://vk.com/id" + "9" * 9000)
@example("http://\ud800.example/")
@example("https://a:99999999/")
@example("https://a.example/" + "," * 300_000 + "x")
@example("https://www.facebook.com/a/photos/" + "1234a" * 60_000)
@example("https://www.facebook.com/" + "a/" * 5000 + "1" * 10)
def test_no_address_is_too_odd(address: str) -> None:
    page = page_of(address)
    assert page.address == address
    if page.handle is not None:
        assert page.handle.name
        assert len(page.handle.name) <= 100
        assert page.handle.name.isprintable() or page.handle.platform == "wikipedia"


def test_no_site_stands_on_two_lists() -> None:
    lists = [STOCK, REFERENCE, NEWS, FAN, WALLPAPER, POST_HOSTS]
    assert sum(map(len, lists)) == len(frozenset().union(*lists))
