from __future__ import annotations

from collections.abc import Iterator

import pytest
from contract import Contract, forms, tineye
from search.asked import KEYS, question, reason, reply, wire

from fakeprofile.net import Repeat, Request, Response
from fakeprofile.records import Gap, HitKind
from fakeprofile.search.service import Keys, Quota
from fakeprofile.search.tineye import TinEye

SANDBOX = {"TINEYE_KEY": tineye.SANDBOX}


@pytest.fixture(scope="module")
def server() -> Iterator[Contract]:
    with Contract() as running:
        yield running


@pytest.fixture(autouse=True)
def _fresh(server: Contract) -> None:
    server.scenario = "ok"
    server.heard.clear()


def quota(server: Contract, keys: Keys, scenario: str = "ok") -> Quota | Gap | None:
    server.scenario = scenario
    with wire() as opened:
        return TinEye(base=server.base("tineye")).quota(opened, keys)


def test_each_backlink_is_a_row_and_its_page_is_not_swapped_with_its_picture(server: Contract) -> None:
    first, second = reply(server, "tineye").hits
    assert (first.page_url, first.image_url) == (
        "https://blog.example/posts/1",
        "https://pictures.example/1.jpg",
    )
    assert (first.thumbnail_url, first.kind, first.title) == (tineye.THUMB, HitKind.COPY, None)
    (date,) = first.dates
    assert (date.on, date.by, date.about) == ("2016-03-24", "tineye", "https://pictures.example/1.jpg")
    assert second.page_url == "https://blog.example/posts/2"


def test_the_picture_is_uploaded_and_the_oldest_copies_are_asked_for(server: Contract) -> None:
    reply(server, "tineye")
    search, left = server.heard
    assert (search.method, search.path, search.query) == ("POST", "/tineye/search/", {})
    parts = forms.parts_of(search)
    assert parts["image_upload"] == question().jpeg
    assert (parts["sort"], parts["order"], parts["limit"]) == (b"crawl_date", b"asc", b"100")
    assert search.headers["x-api-key"] == tineye.KEY
    assert left.path == "/tineye/remaining_searches/"


def test_copies_without_a_sound_date_have_none(server: Contract) -> None:
    given = reply(server, "tineye", "no crawl date")
    assert len(given.hits) == 4
    assert not [hit for hit in given.hits if hit.dates]


def test_a_copy_without_pages_keeps_its_thumbnail(server: Contract) -> None:
    (hit,) = reply(server, "tineye", "no backlinks").hits
    assert (hit.page_url, hit.image_url, hit.thumbnail_url) == (None, None, tineye.THUMB)


@pytest.mark.parametrize("scenario", ["too simple", "no signature", "no signature inside 200"])
def test_a_picture_that_is_too_plain_is_no_fault_of_anybody(server: Contract, scenario: str) -> None:
    given = reply(server, "tineye", scenario)
    assert "too small or too plain" in reason(given) and "says nothing about the picture" in reason(given)
    assert (given.closed, given.charged) == (False, 0)


def test_copies_that_did_not_fit_into_the_answer_are_a_gap(server: Contract) -> None:
    given = reply(server, "tineye", "more")
    assert len(given.hits) == 1
    assert "it knows 6,683 copies and listed the 1 oldest" in reason(given)


def test_the_answers_to_the_sandbox_key_are_marked_as_meaningless(server: Contract) -> None:
    given = reply(server, "tineye", keys=SANDBOX)
    assert given.meaningless and given.closed and given.hits
    assert "sandbox key" in reason(given) and "meaningless" in reason(given)
    assert not reply(server, "tineye").meaningless


def test_an_error_with_letters_that_play_tricks_is_one_plain_line(server: Contract) -> None:
    given = reply(server, "tineye", "odd code")
    assert reason(given).isprintable()
    assert "code 99999" in reason(given)


def test_the_quota_is_the_sum_of_all_bundles_and_until_the_last_ends(server: Contract) -> None:
    assert quota(server, KEYS["tineye"]) == Quota(left=20719, until="2027-12-17")
    old = quota(server, KEYS["tineye"], "old shape")
    assert isinstance(old, Quota) and old.left == 719
    sandbox = quota(server, SANDBOX)
    assert isinstance(sandbox, Quota) and "sandbox" in sandbox.note
    assert isinstance(quota(server, {}), Gap)


def test_asking_for_the_quota_is_free_and_the_search_is_paid() -> None:
    sent: list[Request] = []

    class Noting:
        def send(self, request: Request) -> Response:
            sent.append(request)
            return Response(
                status=200,
                headers={},
                body=b'{"code": 200, "results": {"matches": [{"image_url": "https://a.example/"}]}}',
            )

    TinEye().ask(question(), Noting(), KEYS["tineye"])
    assert [(one.url, one.repeat) for one in sent] == [
        ("https://api.tineye.com/rest/search/", Repeat.PAID),
        ("https://api.tineye.com/rest/remaining_searches/", Repeat.SAFE),
    ]
    assert all(one.secrets == (tineye.KEY,) for one in sent)
