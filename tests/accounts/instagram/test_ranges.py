"""A list that the date range cut is noticed where the other list shows it."""

from __future__ import annotations

from datetime import date, timedelta

from fakeprofile.accounts.instagram.ranges import Dates, cut_reason

DAY = date(2026, 9, 1)


def days(count: int, step: int, until: int = 0) -> list[str]:
    return [
        f"{DAY - timedelta(days=n * step)}T10:00:00Z" for n in range(count) if not until or n * step <= until
    ]


def test_followers_of_the_last_year_only_beside_ten_years_of_following_are_cut() -> None:
    reason = cut_reason(Dates(followers=days(200, 10, until=365), following=days(200, 10)))
    assert reason is not None
    assert reason.startswith("the export may be cut: its followers begin on 2025-09-")
    assert "163 of 200" in reason


def test_a_cut_list_of_accounts_followed_is_noticed_as_well() -> None:
    reason = cut_reason(Dates(followers=days(200, 10), following=days(200, 10, until=365)))
    assert reason is not None
    assert "its accounts followed begin" in reason


def test_a_whole_export_is_not_said_to_be_cut() -> None:
    assert cut_reason(Dates(followers=days(150, 12), following=days(200, 10))) is None


def test_too_few_dates_say_nothing() -> None:
    assert cut_reason(Dates(followers=days(5, 1), following=days(50, 60))) is None


def test_a_few_weeks_between_the_beginnings_say_nothing() -> None:
    assert cut_reason(Dates(followers=days(40, 1), following=days(70, 1))) is None
