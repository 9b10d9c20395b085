"""Dates as precise as they are known, and ages at a date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeprofile.dating import (
    AgeRange,
    age_on,
    age_range_at,
    earliest,
    earliest_day,
    full_years_since,
    is_in_future,
    latest_day,
    parse_date,
)
from fakeprofile.records import DateKind, Sighting, Source

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
PRECISIONS = st.sampled_from((4, 7, 10))
"""How many characters of ``2016-05-01`` are known."""


def seen(number: int, seen_on: str | None, kind: DateKind | None = DateKind.STATED) -> Sighting:
    return Sighting(
        id=number, source=Source.REFERENCE, identity=None, photo_sha256=None, seen_on=seen_on, date_kind=kind
    )


# --- reading dates ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2016", "2016"),
        ("2016-05", "2016-05"),
        ("2016-05-01", "2016-05-01"),
        (" 2016-05-01\n", "2016-05-01"),
        ("2016-02-29", "2016-02-29"),
        ("2016-05-01T12:30:00", "2016-05-01"),
        ("2016-05-01 12:30", "2016-05-01"),
        ("2016-05-01T12:30:00Z", "2016-05-01"),
        ("2016-05-01t12:30:00z", "2016-05-01"),
        ("2016-05-01T23:30:00-05:00", "2016-05-02"),
        ("2016-05-01T00:30:00+02:00", "2016-04-30"),
        ("2016-05-01T12:30:00.123456+00:00", "2016-05-01"),
    ],
)
def test_a_date_keeps_its_precision_and_a_time_becomes_its_day_in_utc(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "yesterday", "01/05/2016", "1-5-2016", "01.05.16", "2016/05/01", "20160501", "2016-5-1"),
        *("2016-13", "2016-00", "2015-02-29", "2016-04-31", "0000", "0016", "16", "20166", "-2016", "2016-"),
        *(
            "2016-05-01T25:00",
            "2016-05-01Tnoon",
            "9999-12-31T23:00:00-10:00",
            "2016-W01",
            "２０１６",
            "2016\n05",
        ),
        *("2016-05-01T12:00:00+99:00", "\x00", "2" * 10_000),
    ],
)
def test_what_is_not_a_date_is_refused_in_one_line_that_says_how_to_write_it(text: str) -> None:
    with pytest.raises(ValueError, match="write it as 2016, 2016-05 or 2016-05-01") as caught:
        parse_date(text)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 200
    assert str(caught.value).isprintable()


def test_a_date_with_slashes_is_called_ambiguous() -> None:
    with pytest.raises(ValueError, match="day and month could be either way round"):
        parse_date("01/05/2016")


@given(st.text())
def test_no_text_makes_parse_date_fail_in_another_way(text: str) -> None:
    try:
        assert parse_date(parse_date(text)) == parse_date(text)
    except ValueError as error:
        assert "write it as" in str(error)


@given(DAYS, PRECISIONS)
def test_a_day_lies_between_the_first_and_the_last_day_of_its_partial_date(day: date, known: int) -> None:
    partial = day.isoformat()[:known]
    first, last = earliest_day(partial), latest_day(partial)
    assert first <= day <= last
    assert first.isoformat()[:known] == last.isoformat()[:known] == partial
    assert (first - timedelta(days=1)).isoformat()[:known] != partial
    assert (last + timedelta(days=1)).isoformat()[:known] != partial


@pytest.mark.parametrize(
    ("text", "future"),
    [
        ("2024", False),
        ("2024-06", False),
        ("2024-06-30", False),
        ("2024-07-01", False),
        ("2024-07", False),
        ("2024-07-02", True),
        ("2024-08", True),
        ("2025", True),
    ],
)
def test_only_what_is_future_everywhere_on_earth_is_in_the_future(text: str, future: bool) -> None:
    assert is_in_future(text, date(2024, 6, 30)) is future


# --- ages ---------------------------------------------------------------------------------


def brute_force(age_now: int, today: date, then: str) -> AgeRange:
    """The same answer by trying every birthday and every day that ``then`` can mean."""
    around = date(today.year - age_now, today.month, min(today.day, 28))
    births = [around + timedelta(days=days) for days in range(-400, 40)]
    births = [born for born in births if born <= today and age_on(today, born) == age_now]
    first, last = earliest_day(then), latest_day(then)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    days = [day for day in days if day <= today] or days
    ages = [age_on(day, born) for day in days for born in births]
    return AgeRange(least=min(ages), most=max(ages))


@given(st.integers(0, 90), DAYS, DAYS, PRECISIONS)
def test_the_age_range_is_what_trying_every_birthday_gives(
    age: int, today: date, then: date, known: int
) -> None:
    partial = then.isoformat()[: max(known, 7)]
    assert age_range_at(age, today, partial) == brute_force(age, today, partial)


@pytest.mark.parametrize("today", [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2023, 2, 28)])
@pytest.mark.parametrize(
    "then", ["2016", "2016-02", "2016-02-29", "2016-03-01", "2015-02-28", "2024", "2026"]
)
@pytest.mark.parametrize("age", [0, 1, 7, 8, 9, 11, 12])
def test_the_age_range_is_exact_around_leap_days(age: int, today: date, then: str) -> None:
    assert age_range_at(age, today, then) == brute_force(age, today, then)


@pytest.mark.parametrize("today", [date(2024, 1, 1), date(2024, 12, 31), date(2024, 6, 15)])
@pytest.mark.parametrize("then", ["2013", "2012-12-31", "2013-01-01", "2024-01-01", "2023-12-31"])
def test_the_age_range_is_exact_around_the_turn_of_the_year(today: date, then: str) -> None:
    assert age_range_at(11, today, then) == brute_force(11, today, then)


def test_who_is_11_in_november_2026_was_an_infant_in_may_2016() -> None:
    assert age_range_at(11, date(2026, 11, 23), "2016-05-01") == AgeRange(least=0, most=1)


def test_who_is_11_was_surely_not_born_15_years_ago() -> None:
    ages = age_range_at(11, date(2026, 11, 23), "2011")
    assert ages == AgeRange(least=-5, most=-3)
    assert ages.surely_unborn
    assert not age_range_at(11, date(2026, 11, 23), "2015").surely_unborn


@given(st.integers(0, 120), DAYS)
def test_on_the_day_itself_the_age_is_the_age_given(age: int, today: date) -> None:
    assert age_range_at(age, today, today.isoformat()) == AgeRange(least=age, most=age)


@pytest.mark.parametrize("age", [-1, 151, 10**9])
def test_an_age_that_nobody_has_is_refused(age: int) -> None:
    with pytest.raises(ValueError, match="write years from 0 to 150"):
        age_range_at(age, date(2024, 6, 15), "2016")


@pytest.mark.parametrize(
    ("then", "years"),
    [("2016", 7), ("2016-06", 7), ("2016-06-15", 8), ("2016-06-16", 7), ("2024", 0), ("2030", 0)],
)
def test_full_years_since_never_says_more_than_is_known(then: str, years: int) -> None:
    assert full_years_since(then, date(2024, 6, 15)) == years


# --- sightings ----------------------------------------------------------------------------


def test_the_earliest_of_no_dated_sightings_is_none() -> None:
    assert earliest([]) is None
    assert earliest([seen(1, None), seen(2, "long ago"), seen(3, "")]) is None


def test_a_partial_date_counts_as_its_last_day() -> None:
    assert earliest([seen(1, "2016"), seen(2, "2016-06-01")]) == seen(2, "2016-06-01")
    assert earliest([seen(1, "2016"), seen(2, "2017-01-01")]) == seen(1, "2016")


def test_on_the_same_day_what_the_program_saw_itself_goes_first() -> None:
    typed, checked = seen(1, "2016-12-31"), seen(2, "2016-12-31", DateKind.CHECKED)
    assert earliest([typed, checked]) == checked
    assert earliest([typed, seen(3, "2016-12-30")]) == seen(3, "2016-12-30")


def test_on_the_same_day_the_more_precise_date_goes_first_then_the_smaller_number() -> None:
    assert earliest([seen(1, "2016"), seen(2, "2016-12"), seen(3, "2016-12-31")]) == seen(3, "2016-12-31")
    assert earliest([seen(9, "2016"), seen(4, "2016")]) == seen(4, "2016")


@given(st.lists(st.tuples(DAYS, PRECISIONS), min_size=1, max_size=8), st.randoms())
def test_the_order_in_which_sightings_come_changes_nothing(dates: list[tuple[date, int]], chance) -> None:  # type: ignore[no-untyped-def]
    sightings = [seen(number, day.isoformat()[:known]) for number, (day, known) in enumerate(dates)]
    shuffled = chance.sample(sightings, len(sightings))
    first = earliest(sightings)
    assert first == earliest(shuffled)
    assert first is not None and first.seen_on is not None
    assert all(latest_day(first.seen_on) <= latest_day(other.seen_on or "") for other in sightings)
