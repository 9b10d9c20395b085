"""Whether an export seems to be cut by its date range: Instagram's default leaves out all that is older."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from datetime import date

_ENOUGH = 10
"""Dated entries of a list from which something can be said of when it begins."""
_SHARE = 0.2
"""Of the dates of one list, how many are older than the whole other list before that is called cut."""
_DAYS = 90
"""How much later the other list begins, in days."""


_MARKS = str.maketrans("", "", "-T:Z")


class Days:
    """The moments on which the entries of a list began; each takes eight bytes."""

    def __init__(self, moments: Iterable[str] = ()) -> None:
        self.first = ""
        """The earliest; empty if there are none."""
        self._moments = array("Q")
        for moment in moments:
            self.add(moment)

    def __len__(self) -> int:
        return len(self._moments)

    def add(self, moment: str) -> None:
        """Notes one: ``2024-05-01T12:30:00Z`` or ``2024-05-01``."""
        self._moments.append(_order_of(moment))
        self.first = min(self.first or moment, moment)

    def before(self, moment: str) -> int:
        """How many are earlier."""
        order = _order_of(moment)
        return sum(one < order for one in self._moments)


class Dates:
    """When the entries of each list began, as they are read."""

    def __init__(self, followers: Iterable[str] = (), following: Iterable[str] = ()) -> None:
        self.followers = Days(followers)
        self.following = Days(following)


def _order_of(moment: str) -> int:
    """A number that is larger for a later moment; a day alone stands before all of its moments, as in texts."""
    return 2 * int(moment.translate(_MARKS).ljust(14, "0")) + (len(moment) > 10)


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
        first, earliest = short.first, long.first
        older = long.before(first)
        if older >= _SHARE * len(long) and older >= _ENOUGH and _days_between(earliest, first) >= _DAYS:
            return (
                f"the export may be cut: its {name} begin on {first[:10]}, but {older:,} of {len(long):,} {other} are "
                f"older (since {earliest[:10]}): ask Instagram for it again with the date range “all time”"
            )
    return None


def _days_between(one: str, other: str) -> int:
    return (date.fromisoformat(other[:10]) - date.fromisoformat(one[:10])).days
