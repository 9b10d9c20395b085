"""What dates of several places say together. All addresses are invented."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.dating import earliest_day, latest_day
from fakeprofile.records import Dated, DateKind, Reliability, Sighting, Source
from fakeprofile.timeline import Order, Relative, relative_date, timeline_of

STRONG, MEDIUM, WEAK = Reliability.STRONG, Reliability.MEDIUM, Reliability.WEAK
CRAWLED, CAPTURED, PAGE, TAKEN = DateKind.CRAWLED, DateKind.IMAGE_CAPTURED, DateKind.PAGE, DateKind.TAKEN


def dated(on: str, kind: DateKind, reliability: Reliability, said: str = "") -> Dated:
    return Dated(on=on, kind=kind, reliability=reliability, by="b.example", about="a.example", said=said)


def sighting(number: int, *dates: Dated) -> Sighting:
    return Sighting(id=number, source=Source.WEB, identity=None, photo_sha256=None, dates=dates)


def test_the_earliest_of_each_kind_is_told_and_a_certain_date_says_who_was_first() -> None:
    found = timeline_of(
        [
            sighting(1, dated("2018-03-04", CRAWLED, MEDIUM), dated("2019-01-01", CAPTURED, STRONG)),
            sighting(2, dated("2020-01-01", CRAWLED, MEDIUM), dated("2014-05", TAKEN, WEAK)),
        ],
        None,
    )
    assert [(one.dated.kind, one.dated.on) for one in found.earliest] == [
        (TAKEN, "2014-05"),
        (CRAWLED, "2018-03-04"),
        (CAPTURED, "2019-01-01"),
    ]
    assert found.first is not None
    assert (found.first.sighting, found.first.dated.on) == (1, "2018-03-04")
    assert (found.reliability, found.ties, found.doubts, found.later) == (MEDIUM, (), (), ())


def test_when_a_picture_was_taken_says_nothing_of_who_had_it() -> None:
    found = timeline_of(
        [sighting(1, dated("2014", TAKEN, WEAK), dated("2013", DateKind.PAGE_CAPTURED, WEAK))], "2020"
    )
    assert (found.first, found.dated, found.placed) == (None, (), ())
    assert len(found.earliest) == 2


def test_a_weak_date_does_not_decide_but_is_told_as_a_doubt() -> None:
    found = timeline_of(
        [sighting(1, dated("2018-03-04", CRAWLED, MEDIUM)), sighting(2, dated("2012", PAGE, WEAK))], None
    )
    assert found.first is not None
    assert (found.first.sighting, found.reliability) == (1, MEDIUM)
    assert [one.sighting for one in found.doubts] == [2]


def test_where_all_are_weak_the_first_is_said_to_be_weak() -> None:
    found = timeline_of(
        [sighting(1, dated("2018", PAGE, WEAK)), sighting(2, dated("2012", PAGE, WEAK))], None
    )
    assert found.first is not None
    assert (found.first.sighting, found.reliability, found.doubts) == (2, WEAK, ())


@pytest.mark.parametrize(
    ("one", "other", "tied"),
    [
        ("2016", "2016-05", True),
        ("2016-05", "2016-05-20", True),
        ("2016-05-01", "2016-05-01", True),
        ("2016-05-01", "2016-05-02", False),
        ("2016-05", "2016-06", False),
        ("2015", "2016", False),
    ],
)
def test_dates_that_overlap_do_not_say_who_was_first(one: str, other: str, tied: bool) -> None:
    places = [sighting(1, dated(one, CRAWLED, MEDIUM)), sighting(2, dated(other, CRAWLED, MEDIUM))]
    assert bool(timeline_of(places, None).ties) is tied
    assert bool(timeline_of(places[::-1], None).ties) is tied


@pytest.mark.parametrize(
    ("on", "posted_on", "order"),
    [
        ("2016-05-01", "2026-05-01", Order.BEFORE),
        ("2026-05-02", "2026-05-01", Order.AFTER),
        ("2026-05-01", "2026-05-01", Order.UNCLEAR),
        ("2026", "2026-05-01", Order.UNCLEAR),
        ("2026-05-01", "2026", Order.UNCLEAR),
        ("2027", "2026", Order.AFTER),
        ("2025", "2026", Order.BEFORE),
    ],
)
def test_a_copy_that_is_known_only_later_may_come_from_the_account(
    on: str, posted_on: str, order: Order
) -> None:
    found = timeline_of([sighting(1, dated(on, CRAWLED, MEDIUM))], posted_on)
    assert [one.order for one in found.placed] == [order]
    assert bool(found.later) is (order is Order.AFTER)


def test_one_earlier_date_of_a_place_takes_it_out_of_the_later_ones() -> None:
    place = sighting(1, dated("2027-01-01", CRAWLED, MEDIUM), dated("2020-01-01", CAPTURED, STRONG))
    assert timeline_of([place], "2026-05").later == ()


def test_two_years_ago_can_be_a_year_off() -> None:
    place = sighting(1, dated("2024", PAGE, WEAK, said="2 years ago"))
    assert timeline_of([place], "2025-03").placed[0].order is Order.UNCLEAR
    assert timeline_of([place], "2026-03").placed[0].order is Order.BEFORE


def test_a_reference_has_the_date_it_was_given() -> None:
    given = Sighting(
        id=7,
        source=Source.REFERENCE,
        identity=None,
        photo_sha256=None,
        seen_on="2016",
        date_kind=DateKind.STATED,
    )
    found = timeline_of([given], None)
    assert found.first is not None
    assert (found.first.dated.on, found.reliability) == ("2016", MEDIUM)


def test_a_date_that_is_none_is_passed_over() -> None:
    places = [sighting(1, dated("yesterday", CRAWLED, STRONG)), sighting(2, dated("2020", CRAWLED, MEDIUM))]
    found = timeline_of(places, "soon")
    assert [one.sighting for one in found.dated] == [2]
    assert found.placed == ()
    assert timeline_of([], None).first is None


DATES = st.dates(date(1990, 1, 1), date(2030, 1, 1)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
)
PLACES = st.lists(
    st.builds(dated, DATES, st.sampled_from(DateKind), st.sampled_from(Reliability)), max_size=4
)


@given(st.lists(PLACES, max_size=5), st.none() | DATES)
@settings(max_examples=80, deadline=None)
def test_nobody_else_was_surely_earlier_than_the_first(places: list[list[Dated]], posted: str | None) -> None:
    found = timeline_of([sighting(n, *dates) for n, dates in enumerate(places)], posted)
    if found.first is None:
        assert not found.dated
        return
    for other in found.dated:
        if other.dated.reliability is not WEAK or found.reliability is WEAK:
            assert latest_day(found.first.dated.on) <= latest_day(other.dated.on)
    assert {one.sighting for one in found.ties} < {one.sighting for one in found.dated}
    assert len(found.placed) == (len(found.dated) if posted else 0)


TODAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("2 years ago", "2024"),
        ("a year ago", "2025"),
        ("about 2 years ago", "2024"),
        ("10 Years  Ago", "2016"),
        ("3 months ago", "2026-04"),
        ("8 months ago", "2025-11"),
        ("3 weeks ago", "2026-06-10"),
        ("1 day ago", "2026-06-30"),
        ("5 hours ago", "2026-07-01"),
        ("30 hours ago", "2026-06-30"),
        ("yesterday", "2026-06-30"),
        ("vor 2 Jahren", "2024"),
        ("vor einem Monat", "2026-06"),
        ("2 jaar geleden", "2024"),
        ("een week geleden", "2026-06-24"),
        ("3 maanden geleden", "2026-04"),
        ("il y a 2 ans", "2024"),
        ("hace 2 años", "2024"),
        ("for 2 år siden", "2024"),
        ("2 года назад", "2024"),
        ("2 lata temu", "2024"),
        ("vorig jaar", "2025"),
        ("143w", "2023-10-04"),
        ("2y", "2024"),
        ("4d", "2026-06-27"),
    ],
)
def test_relative_dates_keep_their_precision(said: str, on: str) -> None:
    found = relative_date(said, TODAY)
    assert found is not None
    assert found.on == on


@pytest.mark.parametrize(
    "said",
    [
        "",
        "2016-05-01",
        "in 2 years",
        "3m",
        "9999 years ago",
        "2 parsecs ago",
        "some years ago",
        "2 years",
        "ago",
        "x" * 900,
    ],
)
def test_other_words_are_no_date(said: str) -> None:
    assert relative_date(said, TODAY) is None


def test_a_unit_is_how_far_it_can_be_off() -> None:
    assert relative_date("2 years ago", TODAY) == Relative(on="2024", off_days=366)
    assert relative_date("3 weeks ago", TODAY) == Relative(on="2026-06-10", off_days=7)


@given(st.integers(0, 400), st.sampled_from(["years", "months", "weeks", "days"]))
@settings(max_examples=60)
def test_the_span_of_a_relative_date_holds_the_day_it_means(number: int, unit: str) -> None:
    found = relative_date(f"{number} {unit} ago", TODAY)
    assert found is not None
    days = {"years": 365.2425, "months": 30.44, "weeks": 7, "days": 1}[unit] * number
    meant = TODAY - timedelta(days=round(days))
    off = timedelta(days=found.off_days)
    assert earliest_day(found.on) - off <= meant <= latest_day(found.on) + off
