from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from loopback import Server, answer, say

from fakeprofile.archive import TERMS, About, Capture, captures, digest_of, first_capture
from fakeprofile.archive.captures import date_of
from fakeprofile.net import HttpWire
from fakeprofile.records import Dated, DateKind, Gap, Reliability

HEADER = ["timestamp", "original", "mimetype", "statuscode", "digest"]
IMAGE = "https://pictures.example/a.jpg"
PAGE = "https://pages.example/soepkieke"
FILE = b"\xff\xd8\xff of the picture"
ROW = ["20160501083000", "http://pictures.example:80/a.jpg", "image/jpeg", "200", digest_of(FILE)]
pauses: list[float] = []


@pytest.fixture
def wire() -> Iterator[HttpWire]:
    pauses.clear()
    with HttpWire(sleep=pauses.append) as opened:
        yield opened


def table(*rows: list[str], header: list[str] | None = None) -> bytes:
    return answer(json.dumps([header or HEADER, *rows]).encode(), content_type="application/json")


def first(wire: HttpWire, said: bytes, about: About = About.IMAGE, *digests: str) -> Dated | Gap | None:
    with Server(say(said)) as server:
        url = IMAGE if about is About.IMAGE else PAGE
        return first_capture(url, about, wire, digests=digests, address=f"{server.url}/cdx")


def dated(outcome: Dated | Gap | None) -> Dated:
    assert isinstance(outcome, Dated), outcome
    return outcome


def test_the_first_capture_of_a_picture_is_a_date_of_it(wire: HttpWire) -> None:
    assert first(wire, table(ROW)) == Dated(
        on="2016-05-01",
        kind=DateKind.IMAGE_CAPTURED,
        reliability=Reliability.MEDIUM,
        by="web.archive.org",
        about=IMAGE,
    )


def test_equal_bytes_make_it_strong_and_other_bytes_weak(wire: HttpWire) -> None:
    same = dated(first(wire, table(ROW), About.IMAGE, digest_of(b"other"), digest_of(FILE)))
    other = dated(first(wire, table(ROW), About.IMAGE, digest_of(b"other")))
    assert (same.identical, same.reliability) == (True, Reliability.STRONG)
    assert (other.identical, other.reliability) == (False, Reliability.WEAK)


def test_the_capture_of_a_page_is_weak_whatever_its_digest(wire: HttpWire) -> None:
    row = ["20160501083000", PAGE, "text/html", "200", digest_of(FILE)]
    found = dated(first(wire, table(row), About.PAGE, digest_of(FILE)))
    assert (found.kind, found.reliability, found.identical) == (
        DateKind.PAGE_CAPTURED,
        Reliability.WEAK,
        False,
    )


def test_the_digest_is_sha_1_in_base32() -> None:
    """Of nothing, as every list of captures shows it."""
    assert digest_of(b"") == "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


def test_the_archive_is_asked_for_the_address_alone(wire: HttpWire) -> None:
    with Server(say(table(ROW))) as server:
        first_capture(f"{IMAGE}?size=1&x=ü#top", About.IMAGE, wire, address=f"{server.url}/cdx")
        first_capture(PAGE, About.PAGE, wire, address=f"{server.url}/cdx")
        captures(IMAGE, wire, digest="ABC", address=f"{server.url}/cdx")
    image, page, same = (parse_qs(urlsplit(asked.target).query) for asked in server.asked)
    assert image == {
        "url": [f"{IMAGE}?size=1&x=ü"],
        "output": ["json"],
        "fl": ["timestamp,original,mimetype,statuscode,digest"],
        "filter": ["statuscode:200", "mimetype:image/.*"],
        "limit": ["1"],
    }
    assert page["filter"] == ["statuscode:200"]
    assert same["filter"] == ["statuscode:200", "digest:ABC"]


def test_the_archive_is_asked_24_times_a_minute(wire: HttpWire) -> None:
    with Server(say(table(ROW))) as server:
        for _ in range(3):
            captures(IMAGE, wire, address=server.url)
    assert [round(pause) for pause in pauses] == [2, 5]  # of a clock that does not know of the pauses


@pytest.mark.parametrize("said", [answer(b""), answer(b"\n"), answer(b"[]"), table()])
def test_no_capture_is_none_however_it_is_said(wire: HttpWire, said: bytes) -> None:
    assert first(wire, said) is None


def test_columns_are_found_by_their_names(wire: HttpWire) -> None:
    header = ["urlkey", *reversed(HEADER), "length"]
    row = ["example,pictures)/a.jpg", *reversed(ROW), "1415"]
    assert dated(first(wire, table(row, header=header))).on == "2016-05-01"


def test_a_revisit_has_no_status_and_proves_less(wire: HttpWire) -> None:
    row = ["20160501083000", IMAGE, "warc/revisit", "-", digest_of(FILE)]
    assert dated(first(wire, table(row))).reliability is Reliability.WEAK
    assert dated(first(wire, table(row), About.IMAGE, digest_of(FILE))).identical


@pytest.mark.parametrize("change", [{2: "text/html"}, {3: "404"}, {3: "302"}])
def test_rows_that_were_not_asked_for_are_no_capture_and_not_none(
    wire: HttpWire, change: dict[int, str]
) -> None:
    row = [change.get(place, cell) for place, cell in enumerate(ROW)]
    outcome = first(wire, table(row))
    assert isinstance(outcome, Gap)
    assert "not asked for" in outcome.reason
    with Server(say(table(row, ROW))) as server:
        found = captures(IMAGE, wire, about=About.IMAGE, address=server.url)
    assert isinstance(found, tuple)
    assert [one.digest for one in found] == [digest_of(FILE)]


def test_all_captures_come_oldest_first_as_the_archive_has_them(wire: HttpWire) -> None:
    later = ["20180000000000", *ROW[1:]]
    with Server(say(table(ROW, later))) as server:
        found = captures(IMAGE, wire, address=server.url)
    assert isinstance(found, tuple)
    assert [one.on for one in found] == ["2016-05-01", "2018"]
    assert found[0] == Capture(
        on="2016-05-01", url=ROW[1], media_type="image/jpeg", status=200, digest=digest_of(FILE)
    )


@pytest.mark.parametrize(
    ("stamp", "on"),
    [
        ("20160501083000", "2016-05-01"), ("20160500000000", "2016-05"), ("20160000000000", "2016"),
        ("20160231000000", "2016-02"), ("20161301000000", "2016"), ("2016", "2016"), ("201605", "2016-05"),
        ("20160", "2016"), ("", None), ("0000", None), ("19700101000000", None), ("2016-05-01", None),
        ("２０１６", None), ("201605010830001", None), ("-", None),
    ],
)  # fmt: skip
def test_a_date_is_no_more_precise_than_the_archive_knows(stamp: str, on: str | None) -> None:
    assert date_of(stamp) == on


TEXT = b"org.archive.util.io.RuntimeIOException: org.archive.wayback.exception."
GAPS = {
    "owner": (
        answer(TEXT + b"AdministrativeAccessControlException: Blocked", "403 Forbidden"),
        "its owner asked",
    ),
    "owner, 200": (answer(TEXT + b"AdministrativeAccessControlException: Blocked"), "its owner asked"),
    "robots": (answer(TEXT + b"RobotAccessControlException: Blocked", "403 Forbidden"), "robots.txt"),
    "too often": (answer(b"slow down", "429 Too Many"), "asked too often (429)"),
    "down": (answer(b"", "503 Busy"), "an error (503)"),
    "moved": (answer(b"", "302 Found", location="http://127.0.0.1:9/"), "an error (302)"),
    "page": (answer(b"<html>Sorry", content_type="application/json"), "it is a web page"),
    "cut": (answer(json.dumps([HEADER, ROW]).encode()[:-20]), "cut off or no JSON"),
    "cut on the wire": (table(ROW)[:-20], "broke off"),
    "deep": (answer(b"[" * 100_000), "cut off or no JSON"),
    "object": (answer(b'{"error": 1}'), "no list of rows"),
    "rows": (answer(b"[1, 2]"), "no list of texts"),
    "null": (answer(json.dumps([HEADER, [None] * 5]).encode()), "no list of texts"),
    "no names": (answer(json.dumps([ROW]).encode()), "does not name the column timestamp"),
    "short row": (table(ROW[:3]), "differ in length"),
    "no date": (table(["x", *ROW[1:]]), "without date or status"),
    "no status": (table([*ROW[:3], "ok", ROW[4]]), "without date or status"),
    "not text": (answer(b"\xff\xfe\x00"), "cut off or no JSON"),
}


@pytest.mark.parametrize(("said", "reason"), GAPS.values(), ids=GAPS)
def test_what_is_no_answer_is_a_gap_and_never_no_capture(wire: HttpWire, said: bytes, reason: str) -> None:
    outcome = first(wire, said)
    assert isinstance(outcome, Gap)
    assert (outcome.step, outcome.about) == ("dates", IMAGE)
    assert "Internet Archive" in outcome.reason
    assert reason in outcome.reason


def test_after_a_429_the_archive_is_left_alone_for_a_minute(wire: HttpWire) -> None:
    with Server(say(answer(b"", "429 Too Many"), table(ROW))) as server:
        dated(first_capture(IMAGE, About.IMAGE, wire, address=server.url))
    assert 60.0 in pauses


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "data:,x",
        "",
        "http://",
        "http://[::1",
        "https://me:pass@a.example/",
        "http://a.example/" + "a" * 3000,
    ],
)
def test_addresses_that_nobody_else_can_open_are_not_sent(wire: HttpWire, url: str) -> None:
    with Server(say(table(ROW))) as server:
        outcome = first_capture(url, About.PAGE, wire, address=server.url)
    assert isinstance(outcome, Gap)
    assert "pass@" not in str(outcome)
    assert len(outcome.about) <= 200
    assert server.asked == []


def test_the_user_is_told_that_no_picture_goes_to_the_archive() -> None:
    assert TERMS.sends.endswith("never a picture")
