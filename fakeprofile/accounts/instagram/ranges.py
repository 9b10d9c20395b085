"""Whether an export seems to be cut by its date range: Instagram's default leaves out all that is older."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

_ENOUGH = 10
"""Dated entries of a list from which something can be said of when it begins."""
_SHARE = 0.2
"""Of the dates of one list, how many are older than the whole other list before that is called cut."""
_DAYS = 90
"""How much later the other list begins, in days."""


@dataclass(slots=True)
class Dates:
    """The days on which the entries of each list began, as they are read."""

    followers: list[str] = field(default_factory=list)
    following: list[str] = field(default_factory=list)


def cut_reason(dates: Dates) -> str | None:
    """Why the lists seem to be cut, as one line for the user; None if nothing shows it.

    Following and followers grow together, so that a list is suspicious when much of the other one is older than its
    oldest entry. That both are cut at the same day cannot be seen.
    """
    for name, other, short, long in (
        ("followers", "accounts followed", dates.followers, dates.following),
        ("accounts followed", "followers", dates.following, dates.followers),
    ):
        if len(short) < _ENOUGH or len(long) < _ENOUGH:
            continue
        first, earliest = min(short), min(long)
        older = sum(day < first for day in long)
        if older >= _SHARE * len(long) and older >= _ENOUGH and _days_between(earliest, first) >= _DAYS:
            return (
                f"the export may be cut: its {name} begin on {first[:10]}, but {older:,} of {len(long):,} {other} are "
                f"older (since {earliest[:10]}): ask Instagram for it again with the date range “all time”"
            )
    return None


def _days_between(one: str, other: str) -> int:
    return (date.fromisoformat(other[:10]) - date.fromisoformat(one[:10])).days
