"""A page is read by its links, whatever its classes, words and dates are."""

from __future__ import annotations

import time

import pytest

from fakeprofile.accounts.instagram.pages import boxes_in, page_entries


def pairs(body: str) -> list[tuple[str | None, str | None]]:
    return [(entry.name, entry.on) for entry in page_entries(f"<html><body>{body}</body></html>".encode())]


def test_a_record_does_not_borrow_the_day_of_the_next() -> None:
    body = (
        '<div><div><a href="https://www.instagram.com/nodate">nodate</a></div></div>'
        '<div><div><a href="https://www.instagram.com/dated">dated</a></div><div>Aug 01, 2026 3:06 pm</div></div>'
    )
    assert pairs(body) == [("nodate", None), ("dated", "2026-08-01")]


def test_links_to_anything_but_a_profile_are_no_records() -> None:
    links = (
        "help.instagram.com/a",
        "www.instagram.com/p/Cabc/",
        "www.instagram.com/explore/",
        "x.example/instagram.com",
    )
    assert pairs("".join(f'<a href="https://{link}">a</a>' for link in links)) == []


def test_a_name_can_hold_no_markup() -> None:
    assert pairs('<a href="https://www.instagram.com/%3Cb%3Elars">lars</a>') == []
    assert pairs('<a href="https://www.instagram.com/lars"><b>&lt;script&gt;</b></a>') == [("lars", None)]


def test_broken_markup_is_read_as_browsers_read_it() -> None:
    body = '<div><a href=https://www.instagram.com/a>a</div><div>10 mei 2026 10:00<a href="https://www.instagram.com/b">b<p>'
    assert pairs(body) == [("a", "2026-05-10"), ("b", None)]


@pytest.mark.parametrize("content", [b"", b" ", b"<html></html>", b"\x00\xff", b"<!-- -->"])
def test_a_page_without_anything_names_nobody(content: bytes) -> None:
    assert list(page_entries(content)) == []


def test_the_boxes_tell_how_many_records_there_seem_to_be() -> None:
    assert boxes_in(b'<div class="pam _3-95 _a6-g uiBoxWhite noborder"></div>' * 3) == 3


def test_tables_in_tables_cost_no_more_than_one() -> None:
    started = time.process_time()
    pairs("<table><tr><td>a<td>b<tr><td>" * 4_000)
    assert time.process_time() - started < 5


def test_a_page_that_nests_without_end_is_no_harm() -> None:
    assert isinstance(pairs("<div>" * 50_000 + '<a href="https://www.instagram.com/a">a</a>'), list)
