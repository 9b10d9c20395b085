"""Handles as users write them. All accounts are invented."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeprofile.identity import parse_handle, platform_of
from fakeprofile.records import Handle


@pytest.mark.parametrize(
    ("text", "platform", "name"),
    [
        ("name", None, "name"),
        ("@Name", None, "Name"),
        ("instagram:Name", "instagram", "Name"),
        ("Instagram:@name", "instagram", "name"),
        (" ig : @Imke.Dorsman_ ", "instagram", "Imke.Dorsman_"),
        ("insta:a", "instagram", "a"),
        ("FB:a", "facebook", "a"),
        ("twitter:a", "x", "a"),
        ("X:a", "x", "a"),
        ("yt:a", "youtube", "a"),
        ("snap:a", "snapchat", "a"),
        ("tt:a", "tiktok", "a"),
        ("Hyves:Lars", "hyves", "Lars"),
        ("mastodon:@imke@example.social", "mastodon", "imke@example.social"),
        ("@imke@example.social", None, "imke@example.social"),
        ("matrix:@imke:example.org", "matrix", "imke:example.org"),
        ("\u2068@name\u2069", None, "name"),
        ("name\n", None, "name"),
        ("vk:Имке", "vk", "Имке"),
        ("instagram", None, "instagram"),
        ("instagram:https://www.instagram.com/name/", "instagram", "name"),
        ("https://www.instagram.com/Imke.Dorsman_/", "instagram", "Imke.Dorsman_"),
        ("https://instagram.com/name?igshid=abc&hl=nl#x", "instagram", "name"),
        ("instagram.com/name", "instagram", "name"),
        ("HTTP://M.INSTAGRAM.COM/Name", "instagram", "Name"),
        ("https://www.instagram.com/name/p/abc/", "instagram", "name"),
        ("https://www.instagram.com/stories/name/123/", "instagram", "name"),
        ("https://www.instagram.com/_u/name", "instagram", "name"),
        ("https://www.tiktok.com/@na.me?lang=nl", "tiktok", "na.me"),
        ("https://www.tiktok.com/@name/video/123", "tiktok", "name"),
        ("https://x.com/name", "x", "name"),
        ("https://mobile.twitter.com/name/status/1", "x", "name"),
        ("https://www.facebook.com/na.me", "facebook", "na.me"),
        ("https://nl-nl.facebook.com/name/photos", "facebook", "name"),
        ("https://www.youtube.com/@name/videos", "youtube", "name"),
        ("https://youtube.com/c/name", "youtube", "name"),
        ("youtube.com/user/name", "youtube", "name"),
        ("https://www.youtube.com/@%D0%B8%D0%BC%D0%BA%D0%B5", "youtube", "имке"),
        ("https://www.snapchat.com/add/name", "snapchat", "name"),
        ("https://www.snapchat.com/@name", "snapchat", "name"),
        ("https://www.threads.net/@name", "threads", "name"),
        ("https://www.threads.com/@name/", "threads", "name"),
        ("https://nl.linkedin.com/in/imke-dorsman-1a2b/", "linkedin", "imke-dorsman-1a2b"),
        ("https://www.linkedin.com/company/name", "linkedin", "name"),
        ("https://nl.pinterest.com/name/board/", "pinterest", "name"),
        ("https://www.pinterest.co.uk/name", "pinterest", "name"),
        ("https://old.reddit.com/u/name", "reddit", "name"),
        ("https://www.reddit.com/user/name/comments", "reddit", "name"),
        ("https://name.tumblr.com/post/1", "tumblr", "name"),
        ("https://www.tumblr.com/name/123", "tumblr", "name"),
        ("https://www.tumblr.com/blog/view/name", "tumblr", "name"),
        ("https://m.vk.com/name", "vk", "name"),
    ],
)
def test_a_handle_is_understood_however_it_is_written(text: str, platform: str | None, name: str) -> None:
    assert parse_handle(text) == Handle(name=name, platform=platform)


@pytest.mark.parametrize(
    ("text", "handle"),
    [
        (
            "https://www.facebook.com/profile.php?id=100012345",
            Handle(name="100012345", platform="facebook", account_id="100012345"),
        ),
        (
            "https://www.facebook.com/people/Imke-D/100012345/",
            Handle(name="100012345", platform="facebook", account_id="100012345"),
        ),
        ("https://vk.com/id4711", Handle(name="id4711", platform="vk", account_id="4711")),
        (
            "https://www.youtube.com/channel/UCabc_-1",
            Handle(name="UCabc_-1", platform="youtube", account_id="UCabc_-1"),
        ),
    ],
)
def test_an_id_in_a_url_is_kept_as_the_account_id(text: str, handle: Handle) -> None:
    assert parse_handle(text) == handle


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "@", "@@", "instagram:", "instagram:@", ":name", "@:", "\u200b", "\u2068\u2069"),
        *("two words", "instagram:two words", "a\tb", "a\nb", "a\x00b", "a\x1b[31mb", "a\u202eb", "a\udc80b"),
        *(
            "x" * 101,
            "instagram:" + "x" * 101,
            "x" * 101 + ":name",
            "https://x.com/" + "x" * 101,
            "x" * 10_000,
        ),
        *("a/b", "instagram:a/b", "C:\\photos", "@a:b", "https://", "https://[x", "ftp://instagram.com/name"),
        *(
            "https://instagram.com",
            "instagram.com",
            "https://www.instagram.com/",
            "https://instagram.com/?a=b",
        ),
        *("https://www.instagram.com/p/Cabc/", "https://instagram.com/reel/Cabc", "instagram.com/explore/"),
        *("https://www.instagram.com/reels/abc/", "https://instagram.com/stories/highlights/1/"),
        *("https://www.instagram.com/stories/", "https://www.instagram.com/accounts/login/"),
        *("https://www.tiktok.com/foryou", "https://vm.tiktok.com/ZMabc/", "https://www.tiktok.com/tag/x"),
        *("https://x.com/i/status/1", "https://x.com/search?q=a", "https://twitter.com/hashtag/a"),
        *(
            "https://facebook.com/groups/1",
            "https://facebook.com/photo.php?fbid=1",
            "facebook.com/profile.php",
        ),
        *("https://www.facebook.com/profile.php?id=abc", "https://www.facebook.com/story.php?id=1"),
        *("https://www.youtube.com/watch?v=a", "https://youtu.be/a", "https://youtube.com/channel/"),
        *("https://www.reddit.com/r/nl", "https://www.linkedin.com/feed/", "https://www.tumblr.com/tagged/a"),
        *("https://www.pinterest.com/pin/1/", "https://www.snapchat.com/p/a", "https://www.threads.net/t/a"),
        *(
            "https://example.com/name",
            "https://instagram.com.example.com/a",
            "https://instagram.com@example.com/a",
        ),
        *("https://notinstagram.com/name", "https://instagram.com/%20", "https://instagram.com/a%0Ab"),
        *(
            "https://instagram.com/a%2Fb",
            "tiktok:https://instagram.com/name",
            "javascript://instagram.com/%0aalert",
        ),
    ],
)
def test_what_names_no_account_is_refused_in_one_printable_line(text: str) -> None:
    with pytest.raises(ValueError, match=r"account|handle|URL|platform") as caught:
        parse_handle(text)
    message = str(caught.value)
    assert message.isprintable()
    assert len(message) < 250


@given(st.text())
def test_no_text_makes_parse_handle_fail_in_another_way(text: str) -> None:
    try:
        handle = parse_handle(text)
    except ValueError:
        return
    assert handle.name
    assert not any(character.isspace() for character in handle.name)
    assert handle.platform is None or handle.platform == platform_of(handle.platform)


@given(
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,29}", fullmatch=True),
    st.sampled_from(["instagram", "x", "hyves"]),
)
def test_a_handle_that_was_read_reads_the_same_again(name: str, platform: str) -> None:
    handle = Handle(name=name, platform=platform)
    if "." not in name:
        assert parse_handle(str(handle)) == handle


def test_a_message_never_repeats_a_long_text_in_full() -> None:
    with pytest.raises(ValueError, match="the limit is 100 characters") as caught:
        parse_handle("instagram:" + "x" * 500)
    assert len(str(caught.value)) < 120


def test_reading_a_handle_does_not_load_rapidfuzz() -> None:
    code = (
        "import sys, fakeprofile.identity as i; i.parse_handle('ig:a'); sys.exit('rapidfuzz' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
