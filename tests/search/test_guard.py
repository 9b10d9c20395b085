from __future__ import annotations

import os
import signal
import threading
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from search.asked import question, wire
from search.strangers import HIT, TERMS, Empty, Invented, Trapped, Unspeakable, Vague

from fakeprofile.records import Dated, DateKind, Gap, Hit, HitKind, Reliability
from fakeprofile.search.guard import Broken, Guarded, attempt, guarded
from fakeprofile.search.service import Question, Quota, Reply

GOOD_GAP = Gap(step="found", about=TERMS.title, reason="no answer")


def held(gives: object) -> Guarded:
    service = Invented()
    service.gives = gives
    found = guarded(service)
    assert isinstance(found, Guarded)
    return found


def asked(gives: object, **keys: str) -> Reply:
    with wire() as opened:
        return held(gives).ask(question(), opened, keys)


@pytest.mark.parametrize(
    "error",
    [
        ValueError("x"), SystemExit(1), KeyboardInterrupt(), GeneratorExit(), MemoryError(), RecursionError(), Unspeakable(),
        BaseException("x"), StopIteration(),
    ],
)  # fmt: skip
def test_whatever_a_strangers_service_raises_is_a_gap(error: BaseException) -> None:
    given = asked(error)
    (gap,) = given.gaps
    assert given.hits == ()
    assert (gap.step, gap.about) == ("found", "Invented Search")
    assert type(error).__name__ in gap.reason
    with wire() as opened:
        quota = held(error).quota(opened, {})
    assert isinstance(quota, Gap)


@pytest.mark.parametrize(
    "gives", [None, [], "hits", 7, {"hits": []}, Reply(hits=None), Reply(gaps=[GOOD_GAP])]
)  # type: ignore[arg-type]
def test_what_is_no_reply_is_a_gap(gives: object) -> None:
    given = asked(gives)
    assert given.hits == ()
    assert "its module is faulty" in given.gaps[0].reason


@pytest.mark.parametrize(
    "bad",
    [
        replace(HIT, service="tineye"), replace(HIT, page_url="javascript:x"), replace(HIT, thumbnail_url="file:///x"),
        replace(HIT, page_url=None), replace(HIT, page_url=7), replace(HIT, kind="copy!"), replace(HIT, title=7),
        replace(HIT, thumbnail="jpeg"), replace(HIT, dates=("2016",)), replace(HIT, dates=None), "a row", None,
        replace(HIT, dates=(Dated(on="soon", kind=DateKind.PAGE, reliability=Reliability.WEAK, by="x", about="y"),)),
    ],
)  # fmt: skip
def test_bad_rows_are_left_out_the_good_ones_stay_and_a_gap_says_so(bad: Any) -> None:
    given = asked(Reply(hits=(HIT, bad)))
    assert given.hits == (HIT,)
    assert "its module is faulty" in given.gaps[0].reason


def test_a_sound_reply_is_passed_on_as_it_is() -> None:
    reply = Reply(
        hits=(HIT, Hit(service="invented", kind=HitKind.FULL, thumbnail=b"\xff")),
        gaps=(GOOD_GAP,),
        closed=True,
    )
    assert asked(reply) is reply


def test_bad_gaps_are_replaced_by_one_that_can_be_shown() -> None:
    bad = (
        Gap(step="known", about="TinEye", reason="x"),
        Gap(step="found", about=TERMS.title, reason="\x1b[31m"),
        "gap",
    )
    (gap,) = asked(Reply(gaps=bad)).gaps  # type: ignore[arg-type]
    assert gap.about == TERMS.title and gap.reason.isprintable()


def test_no_key_and_no_private_path_stands_in_the_gap() -> None:
    given = asked(ValueError("bad key-of-nobody in /home/somebody/lib/site.py"), INVENTED_KEY="key-of-nobody")
    assert "key-of-nobody" not in given.gaps[0].reason
    assert "somebody" not in given.gaps[0].reason
    assert "(key)" in given.gaps[0].reason


@pytest.mark.parametrize("key", ["key-of/no/body/at/all", "k" * 100 + "+&=", "key-of-nobody"])
@pytest.mark.parametrize("before", [0, 120, 155])
def test_not_even_half_a_key_stands_in_the_gap(key: str, before: int) -> None:
    given = asked(ValueError("x" * before + f" {key} and {quote(key, safe='')} {key}"), INVENTED_KEY=key)
    assert key[:6] not in given.gaps[0].reason
    assert len(given.gaps[0].reason) < 260


def test_what_is_said_of_the_quota_shows_no_key() -> None:
    class Telling(Invented):
        def quota(self, wire: Any, keys: Any) -> Any:
            return Quota(left=1, note=f"of {keys['INVENTED_KEY']}")

    class Refusing(Invented):
        def quota(self, wire: Any, keys: Any) -> Any:
            return Gap(step="found", about=TERMS.title, reason=f"no: {keys['INVENTED_KEY']}")

    for service in (Telling(), Refusing()):
        found = guarded(service)
        assert isinstance(found, Guarded)
        with wire() as opened:
            told = found.quota(opened, {"INVENTED_KEY": "key-of-nobody"})
        assert "(key)" in repr(told) and "nobody" not in repr(told)


def test_the_keys_that_a_stranger_gets_are_a_copy() -> None:
    class Greedy(Invented):
        def ask(self, question: Question, wire: Any, keys: Any) -> Reply:
            keys.clear()
            return Reply()

    found, keys = guarded(Greedy()), {"INVENTED_KEY": "x"}
    assert isinstance(found, Guarded)
    with wire() as opened:
        found.ask(question(), opened, keys)
    assert keys == {"INVENTED_KEY": "x"}


@pytest.mark.parametrize(
    "gives", [5, "many", Quota(left=-1), Quota(left="7"), Gap(step="found", about="x", reason="")]
)  # type: ignore[arg-type]
def test_a_quota_of_another_form_is_a_gap(gives: object) -> None:
    class Odd(Invented):
        def quota(self, wire: Any, keys: Any) -> Any:
            return gives

    found = guarded(Odd())
    assert isinstance(found, Guarded)
    with wire() as opened:
        told = found.quota(opened, {})
    assert isinstance(told, Gap) and told.about == TERMS.title


@pytest.mark.parametrize(
    ("service", "reason"),
    [
        (Empty(), "it has no “terms”; it has no “ask”; it has no “quota”"),
        (None, "it has no “terms”"),
        (Trapped(), "RuntimeError"),
        (Vague(), "terms.keeps says nothing on one line"),
    ],
)
def test_what_is_no_service_is_told_why(service: object, reason: str) -> None:
    found = guarded(service)
    assert isinstance(found, Broken)
    assert reason in found.reason
    assert "somebody" not in found.reason


def test_ctrl_c_of_the_user_still_ends_the_program() -> None:
    before = signal.getsignal(signal.SIGINT)

    def slow() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        threading.Event().wait(5)

    with pytest.raises(KeyboardInterrupt):
        attempt(slow)
    assert signal.getsignal(signal.SIGINT) is before


def test_it_works_in_a_thread_where_signals_cannot_be_watched() -> None:
    found: list[object] = []

    def raising() -> None:
        raise KeyboardInterrupt

    thread = threading.Thread(target=lambda: found.append(attempt(raising)))
    thread.start()
    thread.join(5)
    assert found == [Broken(reason="KeyboardInterrupt")]
