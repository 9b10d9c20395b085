from __future__ import annotations

from pathlib import Path

from search.asked import question
from search.crowd_of_services import Watched, listed

from fakeprofile.records import Answer
from fakeprofile.search.cache import Cache
from fakeprofile.search.catalogue import Listed, catalogue
from fakeprofile.search.keys import KeyRing
from fakeprofile.search.plan import plan_of
from fakeprofile.search.service import Price

QUESTIONS = tuple(question(f"{seed}.jpg", seed, None) for seed in (1, 2, 3))


def test_the_cheapest_comes_first_and_equals_stay_in_the_order_of_the_catalogue() -> None:
    prices = (Price.UNKNOWN, Price.PAID, Price.FREE, Price.CHEAP, Price.FREE_QUOTA, Price.CHEAP)
    services = [Watched(f"s{number}", price) for number, price in enumerate(prices)]
    plan = plan_of(listed(*services), QUESTIONS, KeyRing(), None)
    assert [step.terms.name for step in plan.steps] == ["s2", "s4", "s3", "s5", "s1", "s0"]


def test_our_own_are_asked_free_quotas_first_and_unknown_prices_last() -> None:
    plan = plan_of(catalogue([]), QUESTIONS, KeyRing(), None)
    assert [step.terms.name for step in plan.steps] == [
        "google", "serpapi-lens", "serpapi-bing", "serpapi-yandex", "yandex", "tineye",
    ]  # fmt: skip
    assert (plan.searches, plan.sends) == (0, False), "no key, no question"


def test_making_a_plan_asks_nobody() -> None:
    service = Watched("one")
    plan = plan_of(listed(service), QUESTIONS, KeyRing(), None)
    assert service.asked == []
    assert (plan.searches, plan.sends) == (3, True)


def test_the_number_of_paid_searches_is_limited_and_free_ones_do_not_count() -> None:
    services = listed(Watched("free", Price.FREE), Watched("one"), Watched("two"))
    assert plan_of(services, QUESTIONS, KeyRing(), None).searches == 6
    assert plan_of(services, QUESTIONS, KeyRing(), None, max_searches=4).searches == 4
    assert plan_of(services, QUESTIONS, KeyRing(), None, max_searches=0).searches == 0


def test_a_missing_key_is_one_gap_of_the_plan_and_one_of_each_photo() -> None:
    plan = plan_of(listed(Watched("one", keys=("ONE_KEY",))), QUESTIONS, KeyRing(), None)
    (step,), (gap,) = plan.steps, plan.gaps
    assert (gap.step, gap.about) == ("found", "ONE")
    assert gap.reason == "it needs FAKEPROFILE_ONE_KEY: run `fakeprofile search keys set one`"
    assert [one.photo for one in step.unasked] == ["1.jpg", "2.jpg", "3.jpg"]
    assert not step.questions


def test_a_step_holds_the_keys_of_its_service_alone_and_shows_none() -> None:
    ring = KeyRing(values={"ONE_KEY": "key-of-nobody-1", "TWO_KEY": "key-of-nobody-2"})
    plan = plan_of(listed(Watched("one", keys=("ONE_KEY",))), QUESTIONS, ring, None)
    assert plan.steps[0].keys == {"ONE_KEY": "key-of-nobody-1"}
    assert "key-of-nobody" not in repr(plan)


def test_a_service_that_takes_no_picture_is_not_asked_about_a_photo_without_an_address() -> None:
    questions = (QUESTIONS[0], question("4.jpg", 2))
    (step,) = plan_of(listed(Watched("one", uploads=False)), questions, KeyRing(), None).steps
    assert [one.photo for one in step.questions] == ["4.jpg"]
    (answer,) = step.unasked
    assert "--url" in answer.gaps[0].reason


def test_a_broken_module_is_a_gap_of_the_plan() -> None:
    broken = Listed(name="broken", origin="somewhere", reason="SystemExit: 3")
    plan = plan_of([broken, *listed(Watched("one"))], QUESTIONS, KeyRing(), None)
    assert [(gap.about, gap.reason) for gap in plan.gaps] == [("broken", "it cannot be used: SystemExit: 3")]
    assert plan.searches == 3


def test_what_was_kept_is_not_asked_again_unless_that_is_wanted(tmp_path: Path) -> None:
    cache = Cache(folder=tmp_path)
    cache.keep(QUESTIONS[1], Answer(service="one", photo="2.jpg"), "2026-07-01", ())
    services = listed(Watched("one", keys=("ONE_KEY",)))
    ring = KeyRing(values={"ONE_KEY": "key-of-nobody"})
    (step,) = plan_of(services, QUESTIONS, ring, cache).steps
    assert [one.photo for one in step.questions] == ["1.jpg", "3.jpg"]
    assert [(one.photo, one.asked_on) for one in step.kept] == [("2.jpg", "2026-07-01")]
    (step,) = plan_of(services, QUESTIONS, ring, cache, refresh=True).steps
    assert len(step.questions) == 3 and not step.kept
    # What is there needs no key.
    (step,) = plan_of(services, QUESTIONS, KeyRing(), cache).steps
    assert len(step.kept) == 1 and len(step.unasked) == 2
