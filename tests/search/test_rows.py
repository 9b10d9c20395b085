from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.dating import parse_date
from fakeprofile.records import DateKind, HitKind, Reliability
from fakeprofile.search.fields import Left
from fakeprofile.search.rows import dated, dated_ago, hit_of, is_address, left_gaps, one_line, plain_title


@pytest.mark.parametrize(
    "url",
    ["https://a.example", "http://a.example/b?c=d#e", "https://a.example:8443/", "https://müller.example/ü", "http://[2001:db8::1]/"],
)  # fmt: skip
def test_addresses_of_the_web_are_addresses(url: str) -> None:
    assert is_address(url)


@pytest.mark.parametrize(
    "url",
    [
        None, 7, "", "a.example", "//a.example/x", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:image/png;base64,AA",
        "file:///etc/passwd", "ftp://a.example/", "https://", "https:///x", "https://user@a.example/", "https://u:p@a.example/",
        "https://a.example/ b", "https://a.example/\n", "https://a.example/\x1b[31m", "https://a.example\\@b.example/",
        "https://a.example:99999/", "https://a.example:x/", "https://[::1", "https://a.example/" + "x" * 5000,
        'https://a.example/"onload="x',
    ],
)  # fmt: skip
def test_whatever_else_is_no_address(url: object) -> None:
    assert not is_address(url)


def test_a_row_with_a_bad_page_or_picture_is_left_out_and_counted() -> None:
    left = Left()
    assert hit_of("x", HitKind.COPY, left, page="javascript:x", image="https://a.example/") is None
    assert hit_of("x", HitKind.COPY, left, page="https://a.example/", image=7) is None
    assert hit_of("x", HitKind.COPY, left, title="only a title") is None
    assert left.rows == 3
    (gap,) = left_gaps("The Service", left)
    assert (gap.step, gap.about) == ("found", "The Service")
    assert gap.reason.startswith("3 rows were left out")


def test_a_bad_thumbnail_does_not_cost_the_row() -> None:
    left = Left()
    hit = hit_of("x", HitKind.COPY, left, page="https://a.example/", thumbnail="data:x", title="<i>T</i>")
    assert hit is not None
    assert (hit.page_url, hit.thumbnail_url, hit.title, left.rows) == ("https://a.example/", None, "T", 0)


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Some <b>title</b> &#39;x&#39;", "Some title 'x'"),
        ("a<script>alert(1)</script>b<style>p{}</style>c", "abc"),
        ("  two\n\twords ", "two words"),
        ("1 < 2 &amp; 3 > 2", "1 < 2 & 3 > 2"),
        ("\u202eright to left\u202c \x1b[31mred", "right to left [31mred"),
        ("<b></b>", None),
        ("", None),
    ],
)
def test_a_title_is_text_on_one_line(title: str, plain: str | None) -> None:
    assert plain_title(title) == plain


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_a_line_is_printable_and_as_short_as_asked(text: str) -> None:
    line = one_line(text, 20)
    assert len(line) <= 20
    assert line.isprintable()


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("2 years ago", "2024"), ("1 year ago", "2025"), ("a year ago", "2025"), ("3 months ago", "2026-02"), ("6 Months ago", "2025-11"),
        ("3 weeks ago", "2026-04"), ("5 days ago", "2026-05-12"), ("7 hours ago", "2026-05-17"), ("an hour ago", "2026-05-17"),
    ],
)  # fmt: skip
def test_a_relative_date_is_as_precise_as_its_unit_and_keeps_its_words(text: str, on: str) -> None:
    found = dated_ago(text, "2026-05-17", by="lens", about="https://a.example/")
    assert found is not None
    assert (found.on, found.said, found.kind, found.reliability) == (
        on,
        text,
        DateKind.ENGINE,
        Reliability.WEAK,
    )


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("2 years ago", None), ("2 years ago", "yesterday"), ("9999 years ago", "2026-05-17"), ("9999 months ago", "0999-01-01"),
        ("in 2 years", "2026-05-17"), ("vor 2 Jahren", "2026-05-17"), ("", "2026-05-17"), (None, "2026-05-17"),
    ],
)  # fmt: skip
def test_a_relative_date_that_cannot_be_told_is_none(text: str | None, now: str | None) -> None:
    assert dated_ago(text, now, by="lens", about="x") is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 9999), st.sampled_from(["minute", "hour", "day", "week", "month", "year"]))
def test_a_relative_date_is_never_in_the_future_nor_out_of_the_calendar(count: int, unit: str) -> None:
    found = dated_ago(f"{count} {unit}s ago", "2026-05-17", by="x", about="y")
    assert found is None or parse_date(found.on) <= "2026-05-17"


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("2016-03-24", "2016-03-24"),
        ("2019-04-05T23:30:00.0000000-05:00", "2019-04-06"),
        ("0001-01-01", None),
        ("", None),
        (None, None),
        ("soon", None),
    ],
)
def test_a_date_of_a_service_is_one_of_the_calendar_or_none(text: str | None, on: str | None) -> None:
    found = dated(text, DateKind.CRAWLED, Reliability.MEDIUM, by="x", about="y")
    assert (found.on if found else None) == on
