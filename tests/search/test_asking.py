from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from contract import Contract
from hypothesis import given, settings
from hypothesis import strategies as st
from search.asked import ADAPTERS, KEYS, question, wire
from search.crowd_of_services import NoWire, Watched, listed
from search.strangers import Invented

from fakeprofile.records import Answer, Gap, Hit, HitKind
from fakeprofile.search.asking import ask
from fakeprofile.search.cache import Cache
from fakeprofile.search.catalogue import Listed
from fakeprofile.search.guard import Guarded, guarded
from fakeprofile.search.keys import KeyRing
from fakeprofile.search.plan import Plan, plan_of
from fakeprofile.search.service import Price, Question, Reply

QUESTIONS = tuple(question(f"{seed}.jpg", seed, None) for seed in (1, 2, 3))
DAY = "2026-07-01"


def never(answer: Answer) -> bool:
    return False


def always(answer: Answer) -> bool:
    return True


def answers(
    plan: Plan, cache: Cache | None = None, decisive: Callable[[Answer], bool] = never, **more: Any
) -> list[Answer]:
    return list(ask(plan, NoWire(), cache, today=DAY, decisive=decisive, **more))


def plan(*services: Watched, questions: tuple[Question, ...] = QUESTIONS, **more: Any) -> Plan:
    return plan_of(listed(*services), questions, KeyRing(), more.pop("cache", None), **more)


def reasons(given: list[Answer]) -> list[str]:
    return [gap.reason for one in given for gap in one.gaps]


def test_every_service_says_something_about_every_photo() -> None:
    one, two = Watched("one"), Watched("two", Price.FREE)
    given = answers(plan(one, two))
    assert [(each.service, each.photo) for each in given] == [
        ("two", "1.jpg"), ("two", "2.jpg"), ("two", "3.jpg"), ("one", "1.jpg"), ("one", "2.jpg"), ("one", "3.jpg"),
    ]  # fmt: skip
    assert all(each.complete and each.asked_on is None for each in given)


def test_after_decisive_evidence_about_a_photo_only_that_photo_is_not_asked_about_again() -> None:
    one, two = Watched("one"), Watched("two")
    given = answers(plan(one, two), decisive=lambda answer: answer.photo == "2.jpg")
    assert (one.asked, two.asked) == (["1.jpg", "2.jpg", "3.jpg"], ["1.jpg", "3.jpg"])
    (skipped,) = [each for each in given if not each.complete]
    assert (skipped.service, skipped.photo, skipped.hits) == ("two", "2.jpg", ())
    assert "not asked: what was found before is decisive" in skipped.gaps[0].reason


def test_all_services_are_asked_if_that_is_wanted() -> None:
    one, two = Watched("one"), Watched("two")
    assert not reasons(answers(plan(one, two), decisive=always, all_services=True))
    assert len(two.asked) == 3


def test_an_answer_without_rows_or_without_meaning_is_never_decisive() -> None:
    one, two = Watched("one"), Watched("two")
    one.replies = [Reply(), Reply(hits=(one.hit("2.jpg"),), meaningless=True), one.trouble("x")]
    answers(plan(one, two), decisive=always)
    assert two.asked == ["1.jpg", "2.jpg", "3.jpg"]


def test_whether_an_answer_is_decisive_is_asked_after_it_was_given_out() -> None:
    one, two, weighed = Watched("one"), Watched("two"), set[str]()
    for answer in ask(
        plan(one, two), NoWire(), None, today=DAY, decisive=lambda answer: answer.photo in weighed
    ):
        weighed.add(answer.photo)
    assert two.asked == []


def test_a_service_without_quota_is_not_asked_again_and_says_why_for_each_photo() -> None:
    one, two = Watched("one"), Watched("two")
    one.replies = [one.trouble("no searches are left", closed=True)]
    given = answers(plan(one, two))
    assert one.asked == ["1.jpg"] and len(two.asked) == 3
    assert reasons(given) == ["no searches are left", *["not asked: no searches are left"] * 2]


def test_a_service_that_is_only_out_of_order_is_tried_again_with_the_next_photo() -> None:
    one = Watched("one")
    one.replies = [one.trouble("503")]
    assert reasons(answers(plan(one))) == ["503"]
    assert len(one.asked) == 3


def test_the_limit_counts_what_was_charged_not_what_was_asked() -> None:
    free, one, two = Watched("free", Price.FREE), Watched("one"), Watched("two")
    one.replies = [one.trouble("429"), Reply(hits=(one.hit("x"),), charged=2)]
    given = answers(plan(free, one, two, max_searches=3))
    assert (len(free.asked), one.asked, two.asked) == (3, ["1.jpg", "2.jpg", "3.jpg"], [])
    assert (
        reasons(given)[1:]
        == ["not asked: the limit of 3 paid searches is reached; --max-searches allows more"] * 3
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 7), st.lists(st.integers(0, 1), min_size=6, max_size=6), st.booleans())
def test_never_more_is_charged_than_allowed_and_nothing_is_left_unsaid(
    most: int, charges: list[int], stop: bool
) -> None:
    one, two = Watched("one"), Watched("two")
    one.replies = [Reply(hits=(one.hit("x"),), charged=charge) for charge in charges[:3]]
    two.replies = [Reply(charged=charge) for charge in charges[3:]]
    given = answers(plan(one, two, max_searches=most), decisive=always if stop else never)
    asked = [*charges[: len(one.asked)], *charges[3 : 3 + len(two.asked)]]
    assert sum(asked) <= most
    assert len(given) == 6
    assert all(
        answer.gaps or (answer.photo in {"one": one, "two": two}[answer.service].asked) for answer in given
    )


def test_the_same_picture_under_two_names_is_asked_about_once() -> None:
    one = Watched("one")
    given = answers(plan(one, questions=(question("a.jpg", 1, None), question("b.jpg", 1, None))))
    assert one.asked == ["a.jpg"]
    assert [(answer.photo, len(answer.hits)) for answer in given] == [("a.jpg", 1), ("b.jpg", 1)]


def test_kept_answers_come_first_cost_nothing_and_can_be_decisive(tmp_path: Path) -> None:
    cache = Cache(folder=tmp_path)
    dear, cheap = Watched("dear", Price.PAID), Watched("cheap")
    answers(plan(dear, questions=QUESTIONS[:1]), cache)
    given = answers(plan(cheap, dear, questions=QUESTIONS[:2], cache=cache), cache, decisive=always)
    assert [(one.service, one.photo, one.asked_on) for one in given] == [
        ("dear", "1.jpg", DAY),
        ("cheap", "1.jpg", None),
        ("cheap", "2.jpg", None),
        ("dear", "2.jpg", None),
    ]
    assert cheap.asked == ["2.jpg"]


def test_a_rerun_asks_nobody_and_says_the_same(tmp_path: Path) -> None:
    cache = Cache(folder=tmp_path)
    one = Watched("one")
    first = answers(plan(one, cache=cache), cache)
    again = answers(plan(one, cache=cache, max_searches=0), cache)
    assert len(one.asked) == 3
    assert [answer.hits for answer in again] == [answer.hits for answer in first]
    assert {answer.asked_on for answer in again} == {DAY}
    answers(plan(one, cache=cache, refresh=True), cache)
    assert len(one.asked) == 6


def test_an_answer_with_a_gap_is_asked_again_the_next_time(tmp_path: Path) -> None:
    cache = Cache(folder=tmp_path)
    one = Watched("one")
    one.replies = [one.trouble("503")]
    answers(plan(one, cache=cache), cache)
    answers(plan(one, cache=cache), cache)
    assert one.asked == ["1.jpg", "2.jpg", "3.jpg", "1.jpg"]


def test_an_answer_that_cannot_be_kept_is_told_and_given_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    told: list[Gap] = []
    given = answers(plan(Watched("one")), Cache(folder=tmp_path / "file"), tell=told.append)
    assert len(told) == 3 and "could not be kept" in told[0].reason
    assert not reasons(given)


def test_a_key_in_a_row_or_a_gap_is_never_given_out(tmp_path: Path) -> None:
    one, key = Watched("one", keys=("ONE_KEY",)), "key+of/nobody"
    bad = Hit(service="one", kind=HitKind.COPY, page_url="https://a.example/?k=key%2Bof%2Fnobody")
    one.replies = [
        Reply(hits=(bad, one.hit("x"))),
        one.trouble(f"it says {key}"),
        one.trouble(key, closed=True),
    ]
    ring = KeyRing(values={"ONE_KEY": key, "TWO_KEY": "other-key"})
    given = answers(plan_of(listed(one), QUESTIONS, ring, None), Cache(folder=tmp_path))
    assert key not in repr(given) and "nobody" not in repr(given)
    assert reasons(given)[0] == "1 row was left out of its answer: its own key stood in there"
    assert one.seen_keys == [{"ONE_KEY": key}] * 3
    assert not any(key.encode() in file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize("error", [ValueError("x"), SystemExit(), KeyboardInterrupt()])
def test_a_strangers_module_that_fails_does_not_end_the_check(error: BaseException) -> None:
    service = Invented()
    service.gives = error
    held = guarded(service)
    assert isinstance(held, Guarded)
    two = Watched("two")
    strangers = Listed(name="invented", origin="somewhere", service=held)
    given = answers(plan_of([strangers, *listed(two)], QUESTIONS, KeyRing(), None))
    assert len(given) == 6 and len(two.asked) == 3
    assert all("its module failed" in reason for reason in reasons(given))


def test_three_services_over_http_one_of_them_out_of_quota(tmp_path: Path) -> None:
    names = ("google", "serpapi-lens", "tineye")
    ring = KeyRing(values={name: value for service in names for name, value in KEYS[service].items()})
    with Contract() as server, wire() as opened:
        services = [
            Listed(name=one, origin="tests", service=ADAPTERS[one](server.base(one))) for one in names
        ]
        server.scenario, server.only = "no quota", "serpapi-lens"
        given = list(
            ask(
                plan_of(services, QUESTIONS[:2], ring, None, max_searches=10),
                opened,
                Cache(folder=tmp_path),
                today=DAY,
                decisive=never,
            )
        )
    assert [(one.service, one.complete, bool(one.hits)) for one in given] == [
        ("google", True, True), ("google", True, True), ("serpapi-lens", False, False), ("serpapi-lens", False, False),
        ("tineye", True, True), ("tineye", True, True),
    ]  # fmt: skip
    assert [gap.about for one in given for gap in one.gaps] == ["SerpApi Google Lens"] * 2
    # The wire sends a request that got 429 three times; the second photo was not even uploaded.
    assert len([one for one in server.heard if one.path.endswith("/image")]) == 1
    assert len(list(tmp_path.iterdir())) == 4
