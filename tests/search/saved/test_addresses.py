"""Links of result pages lead where they really lead."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.search.saved.addresses import engine_of, target_of, web_address

PAGE, IMAGE = "https://a.example/p?x=1&y=2", "https://i.example/a.jpg"
Q_PAGE, Q_IMAGE = "https%3A%2F%2Fa.example%2Fp%3Fx%3D1%26y%3D2", "https%3A%2F%2Fi.example%2Fa.jpg"
A1 = "a1" + base64.urlsafe_b64encode(PAGE.encode()).decode().rstrip("=")
GOOGLE = "https://www.google.co.uk/search?q="


@pytest.mark.parametrize(
    ("href", "page", "image"),
    [
        (PAGE, PAGE, None),
        (f"/url?q={Q_PAGE}&sa=U", PAGE, None),
        (f"https://www.google.com/url?sa=t&url={Q_PAGE}", PAGE, None),
        (f"/imgres?imgurl={Q_IMAGE}&imgrefurl={Q_PAGE}&w=1", PAGE, IMAGE),
        (f"https://www.bing.com/ck/a?!&&p=1&u={A1}&ntb=1", PAGE, None),
        (f"https://www.bing.com/images/search?view=detailV2&mediaurl={Q_IMAGE}", None, IMAGE),
        (f"https://yandex.ru/images/search?pos=1&img_url={Q_IMAGE}&url={Q_PAGE}&rpt=simage", PAGE, IMAGE),
        (f"https://yandex.com/images/search?img_url={Q_IMAGE}&text=x", None, IMAGE),
        (f"https://www.google.com/url?q=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3D{Q_PAGE.replace('%', '%25')}", PAGE, None),
        (f"{PAGE}&utm_source=g&srsltid=1&fbclid=2", PAGE, None),
        ("//a.example/x", "https://a.example/x", None),
        ("https://A.Example/X#part", "https://a.example/X", None),
        ("https://sites.google.com/view/x", "https://sites.google.com/view/x", None),
        (IMAGE, None, IMAGE),
    ],
)  # fmt: skip
def test_a_wrapped_link_is_unwrapped(href: str, page: str | None, image: str | None) -> None:
    found = target_of(href, GOOGLE)
    assert found is not None
    assert (found.page, found.image, found.advertisement) == (page, image, False)


@pytest.mark.parametrize(
    "href",
    [
        f"https://yandex.com/images/search?rpt=imageview&url={Q_IMAGE}",
        f"https://yandex.com/images/search?rpt=imageview&img_url={Q_IMAGE}&url={Q_PAGE}",
        f"https://www.bing.com/images/search?view=detailv2&iss=sbi&sbisrc=UrlPaste&q=imgurl:{Q_IMAGE}",
        f"https://tineye.com/search/?url={Q_IMAGE}",
    ],
)
def test_the_picture_that_was_asked_about_is_no_result(href: str) -> None:
    assert target_of(href, GOOGLE) is None


@pytest.mark.parametrize(
    "inner", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://a.example/"]
)
def test_what_is_wrapped_and_no_web_address_leads_nowhere(inner: str) -> None:
    wrapped = base64.urlsafe_b64encode(inner.encode()).decode()
    hrefs = (
        f"/url?q={inner}",
        f"/imgres?imgrefurl={inner}&imgurl={inner}",
        f"https://www.bing.com/ck/a?u=a1{wrapped}",
    )
    assert [target_of(href, GOOGLE) for href in hrefs] == [None, None, None]


def test_links_that_wrap_themselves_end() -> None:
    href = "https://www.google.com/url?q="
    for _ in range(6):
        href = "https://www.google.com/url?q=" + href.replace("%", "%25").replace(":", "%3A").replace(
            "/", "%2F"
        )
    assert target_of(href, GOOGLE) is None


@pytest.mark.parametrize(
    ("host", "engine"),
    [("www.google.com", "google"), ("images.google.co.uk", "google"), ("yandex.com.tr", "yandex"), ("ya.ru", "yandex"),
     ("tse1.mm.bing.net", "bing"), ("img.tineye.com", "tineye"), ("google.example", None), ("notgoogle.com", None),
     ("google.com.evil.example", None), ("tineye.com.example", None), ("bing.com.", "bing"), ("", None)],
)  # fmt: skip
def test_an_engine_is_known_by_its_host_alone(host: str, engine: str | None) -> None:
    assert engine_of(f"https://{host}/x") == engine


@given(st.text(max_size=60) | st.text(alphabet="htps:/.%25?=&[]@#uq1a", max_size=60))
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_a_link_it_leads_to_a_plain_web_address_or_nowhere(text: str) -> None:
    found = target_of(f"/url?q={text}", GOOGLE)
    places = [one for one in (web_address(text), found and found.page, found and found.image) if one]
    assert all(
        one.startswith(("http://", "https://")) and one.isprintable() and "@" not in one.split("/")[2]
        for one in places
    )
