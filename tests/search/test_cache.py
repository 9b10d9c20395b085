from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from contract import Contract
from search.asked import ADAPTERS, KEYS, question, reply

from fakeprofile.records import Answer, Gap, Hit, HitKind
from fakeprofile.search.cache import Cache
from fakeprofile.search.private import HAS_MODES, write_private
from fakeprofile.testing.changes import mutations

DAY = "2026-07-01"
HIT = Hit(
    service="tineye",
    kind=HitKind.COPY,
    page_url="https://a.example/",
    thumbnail=b"\xff\xd8\x00",
    title="A \ud83d ü",
)
ANSWER = Answer(service="tineye", photo="photo.jpg", hits=(HIT,))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(folder=tmp_path / "answers")


def files(cache: Cache) -> list[Path]:
    return sorted(cache.folder.iterdir()) if cache.folder.exists() else []


@pytest.mark.parametrize("name", ADAPTERS)
def test_an_answer_comes_back_as_it_was_with_the_day_it_was_asked(cache: Cache, name: str) -> None:
    with Contract() as server:
        given = reply(server, name)
    answer = Answer(service=name, photo="photo.jpg", hits=given.hits)
    assert cache.keep(question(), answer, DAY, tuple(KEYS[name].values())) is None
    assert cache.answer(name, question()) == replace(answer, asked_on=DAY)


def test_an_empty_answer_is_kept_too(cache: Cache) -> None:
    cache.keep(question(), replace(ANSWER, hits=()), DAY, ())
    assert cache.answer("tineye", question()) == Answer(service="tineye", photo="photo.jpg", asked_on=DAY)


def test_pictures_that_came_with_the_answer_are_kept(cache: Cache) -> None:
    hit = replace(HIT, title="ü")
    cache.keep(question(), replace(ANSWER, hits=(hit,)), DAY, ())
    found = cache.answer("tineye", question())
    assert found is not None and found.hits == (hit,)


def test_another_service_picture_or_address_is_another_question(cache: Cache) -> None:
    cache.keep(question(), ANSWER, DAY, ())
    assert cache.answer("google", question()) is None
    assert cache.answer("tineye", question(seed=2)) is None
    assert cache.answer("tineye", question(url=None)) is None
    again = cache.answer("tineye", question("renamed.jpg"))
    assert again is not None and again.photo == "renamed.jpg", "the name of the photo is not part of it"


@pytest.mark.parametrize(
    "answer",
    [
        replace(ANSWER, hits=(), gaps=(Gap(step="found", about="TinEye", reason="no searches are left"),)),
        replace(ANSWER, meaningless=True),
        replace(ANSWER, asked_on="2026-01-01"),
    ],
)
def test_what_is_only_a_gap_means_nothing_or_was_kept_before_is_not_kept(
    cache: Cache, answer: Answer
) -> None:
    assert cache.keep(question(), answer, DAY, ()) is None
    assert files(cache) == []


def test_an_answer_with_a_key_in_it_is_not_kept(cache: Cache) -> None:
    leaking = replace(HIT, page_url="https://a.example/?api_key=key-of-nobody")
    cache.keep(question(), replace(ANSWER, hits=(leaking,)), DAY, ("key-of-nobody",))
    assert files(cache) == []


def test_neither_the_picture_nor_the_name_of_the_photo_is_kept(cache: Cache) -> None:
    cache.keep(question("name-of-a-child.jpg"), ANSWER, DAY, ())
    (file,) = files(cache)
    assert b"name-of-a-child" not in file.read_bytes() and "child" not in file.name
    if HAS_MODES:
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_damaged_file_is_a_miss_and_is_written_anew(cache: Cache) -> None:
    cache.keep(question(), replace(ANSWER, hits=(replace(HIT, title="t"),)), DAY, ())
    (file,) = files(cache)
    whole = file.read_bytes()
    dates = [{"on": "2016", "kind": "crawled", "reliability": "medium", "by": "x", "about": "y", "said": ""}]
    value = json.loads(whole)
    value["hits"][0]["dates"] = dates
    bodies = [
        whole[: len(whole) // 2],
        b"",
        b"\x00" * 50,
        b"[]",
        *(json.dumps(one).encode() for one in mutations(value)),
    ]
    for body in bodies:
        file.write_bytes(body)
        found = cache.answer("tineye", question())
        assert found is None or all(isinstance(hit, Hit) for hit in found.hits)
    write_private(file, b"{")
    assert cache.answer("tineye", question()) is None
    cache.keep(question(), ANSWER, DAY, ())
    assert cache.answer("tineye", question()) is not None


def test_the_answer_to_another_question_in_its_place_is_a_miss(cache: Cache) -> None:
    cache.keep(question(), ANSWER, DAY, ())
    (one,) = files(cache)
    cache.keep(question(seed=2), ANSWER, DAY, ())
    (other,) = set(files(cache)) - {one}
    write_private(other, one.read_bytes())
    assert cache.answer("tineye", question(seed=2)) is None


@pytest.mark.skipif(not HAS_MODES, reason="there are no modes here")
def test_what_others_can_write_is_a_miss(cache: Cache) -> None:
    cache.keep(question(), ANSWER, DAY, ())
    files(cache)[0].chmod(0o666)
    assert cache.answer("tineye", question()) is None


def test_a_folder_that_cannot_be_written_is_a_gap(cache: Cache) -> None:
    cache.folder.write_text("a file where a folder should be")
    gap = cache.keep(question(), ANSWER, DAY, ())
    assert gap is not None and "could not be kept" in gap.reason
    assert str(cache.folder.parent) not in gap.reason
    assert cache.answer("tineye", question()) is None


def test_an_answer_of_which_a_row_was_left_out_was_paid_for_and_is_kept_with_its_gap(cache: Cache) -> None:
    partly = replace(ANSWER, gaps=(Gap(step="found", about="TinEye", reason="1 row was left out"),))
    assert cache.keep(question(), partly, DAY, ()) is None
    assert cache.answer(partly.service, question()) == replace(partly, asked_on=DAY)
