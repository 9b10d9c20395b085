from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from contract import Contract, vision
from search.asked import KEYS, reason, reply

from fakeprofile.records import HitKind


@pytest.fixture(scope="module")
def server() -> Iterator[Contract]:
    with Contract() as running:
        yield running


def test_full_and_partial_copies_pages_and_similar_pictures_are_told_apart(server: Contract) -> None:
    page = "https://gala.example/2016/carnival"
    rows = [(hit.kind, hit.page_url, hit.image_url) for hit in reply(server, "google").hits]
    assert rows == [
        (HitKind.FULL, page, "https://pictures.example/a.jpg"),
        (HitKind.PARTIAL, page, "https://pictures.example/b.jpg"),
        (HitKind.PAGE_ONLY, "https://words.example/about", None),
        (HitKind.FULL, None, "https://pictures.example/alone.jpg"),
        (HitKind.SIMILAR, None, "https://pictures.example/c.jpg"),
    ]


def test_markup_is_taken_out_of_titles(server: Contract) -> None:
    assert reply(server, "google").hits[0].title == "Some title 'x'"


def test_what_google_takes_the_picture_for_is_not_read(server: Contract) -> None:
    assert "rio" not in repr(reply(server, "google")).lower()
    assert "About a word" in repr(reply(server, "google"))


def test_the_key_stands_in_a_header_and_the_picture_in_the_body(server: Contract) -> None:
    server.heard.clear()
    reply(server, "google")
    (heard,) = server.heard
    assert heard.headers["x-goog-api-key"] == vision.KEY
    assert vision.KEY not in heard.target
    (one,) = json.loads(heard.body)["requests"]
    assert set(one["image"]) == {"content"} and one["features"][0]["maxResults"] == 50


@pytest.mark.parametrize(
    ("scenario", "words", "closed"),
    [
        ("not enabled", "SERVICE_DISABLED", True),
        ("denied inside 200", "refused the key (code 7)", True),
        ("no quota inside 200", "no searches are left", True),
        ("busy inside 200", "out of order (code 14)", False),
        ("whole error inside 200", "out of order (503)", False),
        ("too many", "no searches are left", True),
        ("no responses", "not in the form that it documents", False),
    ],
)
def test_errors_say_what_to_do(server: Contract, scenario: str, words: str, closed: bool) -> None:
    given = reply(server, "google", scenario)
    assert words in reason(given)
    assert given.closed is closed
    assert given.hits == ()


def test_rows_beside_an_error_are_kept(server: Contract) -> None:
    given = reply(server, "google", "error beside rows")
    assert given.hits == reply(server, "google").hits
    assert "code 13" in reason(given)


def test_the_service_cannot_be_asked_what_is_left() -> None:
    from search.crowd_of_services import NoWire

    from fakeprofile.search.google import GoogleVision

    assert GoogleVision().quota(NoWire(), KEYS["google"]) is None
