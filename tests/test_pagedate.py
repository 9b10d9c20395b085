"""A page's own word on its date is found, kept as weak as it is, and never made finer."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.pagedate import page_dates, page_title

ADDRESS = "https://news.example/2016/story"


def dates(page: str | bytes, today: str | None = None) -> list[str]:
    html = page.encode() if isinstance(page, str) else page
    return [one.on for one in page_dates(html, ADDRESS, today=today)]


def meta(name: str, value: str, attribute: str = "property") -> str:
    return f'<html><head><meta {attribute}="{name}" content="{value}"></head>'


def ld(text: str) -> str:
    return f'<html><script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    ("page", "day"),
    [
        (meta("article:published_time", "2016-05-01T10:00:00Z"), "2016-05-01"),
        (meta("article:published_time", "2016-05-01T23:30:00-05:00"), "2016-05-02"),
        (meta("og:updated_time", "2017-01-02"), "2017-01-02"),
        (meta("datePublished", "2016-05", "itemprop"), "2016-05"),
        (meta("DC.date.issued", "2016", "name"), "2016"),
        (meta("citation_publication_date", "2016/5/1", "name"), "2016-05-01"),
        (meta("pubdate", "20160501", "name"), "2016-05-01"),
        (ld('{"@type":"NewsArticle","datePublished":"2016-05-01"}'), "2016-05-01"),
        (ld('{"@graph":[{"x":[{"uploadDate":"2014-09-21T00:00:00+02:00"}]}]}'), "2014-09-20"),
        ('<html><time datetime="2015-03-04 12:00">4 March</time>', "2015-03-04"),
    ],
)
def test_a_date_is_found_where_pages_state_it(page: str, day: str) -> None:
    assert dates(page) == [day]


def test_a_date_is_weak_the_pages_own_and_shown_as_it_was_written() -> None:
    (one,) = page_dates(meta("article:published_time", "2016-05-01T10:00:00Z").encode(), ADDRESS)
    assert (one.kind, one.reliability, one.by, one.about) == ("page", "weak", "news.example", ADDRESS)
    assert one.said == "2016-05-01T10:00:00Z"
    (plain,) = page_dates(meta("article:published_time", "2016-05").encode(), ADDRESS)
    assert (plain.on, plain.said) == ("2016-05", "")


def test_each_day_stands_once_and_the_oldest_first() -> None:
    page = meta("article:published_time", "2016-05-01") + meta("date", "2014", "name")
    assert dates(page + '<time datetime="2016-05-01">') == ["2014", "2016-05-01"]


def test_a_date_after_the_given_day_is_not_believed() -> None:
    page = meta("date", "2030-01-01", "name") + '<time datetime="2026-06-30">'
    assert dates(page, today="2026-07-01") == ["2026-06-30"]
    assert dates(page) == ["2026-06-30", "2030-01-01"]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "PT5M",
        "10:00",
        "0016-01-01",
        "2016-02-30",
        "01-02-2016",
        "May 1, 2016",
        "2016-05-01" * 50,
    ],
)
def test_what_is_no_date_or_could_be_another_is_left_out(value: str) -> None:
    assert dates(meta("article:published_time", value) + f'<time datetime="{value}">') == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        '{"datePublished":["2016"]}',
        '{"datePublished":{"a":1}}',
        "null",
        "NaN",
        '{"datePublished":2016}',
    ],
)
def test_bad_json_costs_no_other_date(text: str) -> None:
    assert dates(ld(text) + '<time datetime="2015">') == ["2015"]


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"\x00" * 1000,
        b"<",
        b"<html",
        b"\xff\xfe",
        b"not html",
        b"<html>" + b"<div>" * 100_000,
        b"<!--" * 10_000,
    ],
)
def test_a_page_that_is_none_states_nothing(page: bytes) -> None:
    assert page_dates(page, ADDRESS) == ()
    assert page_title(page) is None


def test_a_malformed_page_says_what_it_says() -> None:
    page = b"<title>Tour</title></b><p><meta property='article:published_time' content=2016-05-01>\xff\xfe<td></html></head>"
    assert dates(page) == ["2016-05-01"]
    assert page_title(page) == "Tour"


def test_only_the_beginning_of_a_huge_page_is_looked_at() -> None:
    start = meta("date", "2016", "name").encode()
    page = start + b"<i></i>" * 3_000_000 + b'<time datetime="2015">'
    tracemalloc.start()
    try:
        assert dates(page) == ["2016"]
        assert tracemalloc.get_traced_memory()[1] < 3 * 8 * 1024 * 1024
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "utf-8-sig"])
def test_title_and_date_are_read_in_any_encoding(encoding: str) -> None:
    page = '<html><head><title>Été &amp; hiver\n 2016</title></head><time datetime="2016-05">'.encode(
        encoding
    )
    assert page_title(page) == "Été & hiver 2016"
    assert dates(page) == ["2016-05"]


def test_the_title_for_sharing_goes_before_the_title_and_drawings_have_none() -> None:
    assert page_title(b"<svg><title>icon</title></svg><title>Page</title>") == "Page"
    assert page_title(b'<meta property="og:title" content="Story"><title>Story | News</title>') == "Story"


def test_a_title_is_one_line_of_visible_characters() -> None:
    title = page_title(f"<title>a\u202eb\x1b[31m\u200b {'x' * 5000}</title>".encode())
    assert title is not None
    assert title.startswith("ab[31m x")
    assert len(title) == 300
    assert title.isprintable()


@given(
    st.binary(max_size=300) | st.text(alphabet="<>=\"' timedaeo0123456789-/", max_size=200).map(str.encode)
)
@settings(max_examples=100, deadline=None)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    page_dates(b"<html>" + data, ADDRESS, today="2026-07-01")
    page_title(data)
