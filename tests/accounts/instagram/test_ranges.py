"""A list that the date range cut is noticed where the other list shows it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fakeprofile.accounts.instagram.ranges import Dates, Days, cut_reason

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


MOMENTS = st.dates(date(2004, 1, 1), date(2099, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [f"{day}", f"{day}T00:00:00Z", f"{day}T00:00:01Z", f"{day}T23:59:59Z", f"{day - timedelta(days=1)}"]
    )
)


@given(st.lists(MOMENTS, max_size=20), MOMENTS)
def test_days_are_ordered_like_their_texts(moments: list[str], moment: str) -> None:
    days_ = Days(moments)
    assert days_.first == min(moments, default="")
    assert len(days_) == len(moments)
    assert all(days_.before(one) == sum(other < one for other in moments) for one in (*moments, moment))
