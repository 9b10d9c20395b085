from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from contract import Contract, yandex
from search.asked import KEYS, question, reason, reply, wire

from fakeprofile.records import HitKind
from fakeprofile.search.service import Reply
from fakeprofile.search.yandex import Yandex


@pytest.fixture(scope="module")
def server() -> Iterator[Contract]:
    with Contract() as running:
        yield running


@pytest.fixture(autouse=True)
def _fresh(server: Contract) -> None:
    server.heard.clear()


def paged(server: Contract, pages: int, scenario: str = "ok") -> Reply:
    server.scenario = scenario
    with wire() as opened:
        return Yandex(base=server.base("yandex"), pages=pages).ask(question(), opened, KEYS["yandex"])


def test_a_row_is_a_candidate_with_page_picture_and_title(server: Contract) -> None:
    first, _ = reply(server, "yandex").hits
    assert (first.kind, first.page_url, first.image_url, first.thumbnail_url, first.title) == (
        HitKind.CANDIDATE, "https://club.example/album/1", "https://pictures.example/1.jpg", None, "Club night 1",
    )  # fmt: skip


def test_the_question_names_the_folder_and_asks_for_everything(server: Contract) -> None:
    reply(server, "yandex")
    (heard,) = server.heard
    asked = json.loads(heard.body)
    assert (asked["folderId"], asked["page"], asked["familyMode"]) == (yandex.FOLDER, "0", "FAMILY_MODE_NONE")
    assert heard.headers["authorization"] == f"Api-Key {yandex.KEY}"


def test_one_page_is_one_question_and_further_pages_are_asked_by_number_without_the_picture(
    server: Contract,
) -> None:
    assert (paged(server, 1).charged, len(server.heard)) == (1, 1)
    server.heard.clear()
    given = paged(server, 10)
    bodies = [json.loads(one.body) for one in server.heard]
    assert [one["page"] for one in bodies] == ["0", "1", "2", "3"], (
        "the fourth is empty, so there is no fifth"
    )
    assert [set(one) & {"data", "id", "url"} for one in bodies] == [{"data"}, {"id"}, {"id"}, {"id"}]
    assert (len(given.hits), given.charged, given.gaps) == (4, 4, ())


def test_trouble_on_the_second_page_keeps_the_first_and_says_so(server: Contract) -> None:
    given = paged(server, 3, "second page refused")
    assert len(given.hits) == 2
    assert "too many searches" in reason(given)
    assert (given.charged, given.closed) == (1, True)


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        ("no role", "search-api.webSearch.user"),
        ("bad request", "FAKEPROFILE_YANDEX_FOLDER"),
        ("gateway", "upstream timed out"),
        ("error inside 200", "refused the key (401)"),
        ("other error inside 200", "out of order (500)"),
    ],
)
def test_errors_say_what_to_do(server: Contract, scenario: str, words: str) -> None:
    assert words in reason(reply(server, "yandex", scenario))


def test_both_values_are_needed(server: Contract) -> None:
    given = reply(server, "yandex", keys={"YANDEX_KEY": yandex.KEY})
    assert reason(given).startswith("it needs FAKEPROFILE_YANDEX_FOLDER:")
    assert server.heard == []
