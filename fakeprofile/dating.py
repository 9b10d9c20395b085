"""Since when: dates at the precision that is known, and ages at a date.

Dates are ISO 8601 in UTC, as ``records`` has them: ``2016``, ``2016-05`` or ``2016-05-01``. No
function here asks the clock: whoever calls says what day it is. Where a date is not known to the
day, the answer is the one that claims least.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from fakeprofile.records import AgeRange, DateKind, Sighting

OLDEST_AGE = 150
"""Years. An age over it is a slip of the pen: nobody is known to have become older than 122."""

_FIRST_YEAR = 1000
"""A year below it was written with too few figures (``0016`` for 2016)."""

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_ISO_WITH_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9].*")
_HOW = "write it as 2016, 2016-05 or 2016-05-01"


def parse_date(text: str) -> str:
    """The date as ISO 8601, as precise as it was given: ``2016``, ``2016-05`` or ``2016-05-01``.

    A date with a time becomes its day in UTC; a time without a zone is taken as UTC.

    Raises:
        ValueError: it is not such a date, or no such day exists; one line that says how to write it.
    """
    plain = text.strip()
    if _ISO_WITH_TIME.fullmatch(plain):
        plain = _day_in_utc(plain)
    parts = _ISO.fullmatch(plain)
    if parts is None:
        raise ValueError(f"{_shown(text)} is not a date; {_HOW}{_hint(plain)}")
    year, month, day = (int(part or 1) for part in parts.groups())
    if year < _FIRST_YEAR:
        raise ValueError(f"{_shown(text)} has no year of four figures; {_HOW}")
    try:
        date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{_shown(text)} is not in the calendar; {_HOW}") from error
    return plain


def _day_in_utc(text: str) -> str:
    """The day, in UTC, of a date with a time.

    Raises:
        ValueError: no such time exists.
    """
    try:
        moment = datetime.fromisoformat(text.upper())
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{_shown(text)} is not in the calendar; {_HOW}") from error
    return moment.date().isoformat()


def _hint(text: str) -> str:
    """Why it may be that a date cannot be read, to put behind the message; or nothing."""
    if re.fullmatch(r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ]([0-9]{4}|[0-9]{2})", text):
        return " (day and month could be either way round)"
    return ""


def _shown(text: str) -> str:
    """The text for a message: on one line, without characters that cannot be seen, not too long."""
    return repr(text if len(text) <= 40 else text[:39] + "…")


def earliest_day(date_text: str) -> date:
    """The first day that the date can mean: 1 January 2016 for ``2016``.

    Raises:
        ValueError: it is not a date (see ``parse_date``).
    """
    year, month, day = _parts(date_text)
    return date(year, month or 1, day or 1)


def latest_day(date_text: str) -> date:
    """The last day that the date can mean: 31 December 2016 for ``2016``.

    Raises:
        ValueError: it is not a date (see ``parse_date``).
    """
    year, month, day = _parts(date_text)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def _parts(date_text: str) -> tuple[int, int, int]:
    """Year, month and day; 0 for what is not known."""
    year, month, day = (*parse_date(date_text).split("-"), "0", "0")[:3]
    return int(year), int(month), int(day)


def is_in_future(date_text: str, today: date) -> bool:
    """Whether the date lies in the future everywhere on Earth, even read as early as it can be.

    Args:
        date_text: as ``parse_date`` takes it.
        today: the day in UTC. Users type the date of their own wall calendar, which can be one day
            ahead of UTC (in Amsterdam after midnight); that day does not count as the future.

    Raises:
        ValueError: it is not a date.
    """
    return (earliest_day(date_text) - today).days > 1


# --- ages ---------------------------------------------------------------------------------


def age_range_at(age_now: int, today: date, then: str) -> AgeRange:
    """How old somebody who is ``age_now`` today was at ``then``, at the least and at the most.

    The birthday is not known, so it is any of the days that make them ``age_now`` today; they were
    youngest if it is the last of these days and ``then`` its first day, oldest if it is the first of
    them and ``then`` its last day. Both can be reached, so the range cannot be narrower. Who is born
    on 29 February is a year older on 1 March of other years, as in Dutch law.

    Args:
        age_now: completed years.
        today: the day on which the age was given.
        then: a date as ``parse_date`` takes it. It is taken to be not after today, unless it can only be.

    Raises:
        ValueError: ``then`` is not a date, or nobody is ``age_now`` years old.
    """
    if not 0 <= age_now <= min(OLDEST_AGE, today.year - 2):
        raise ValueError(f"an age of {age_now} cannot be; write years from 0 to {OLDEST_AGE}")
    first_birthday = _years_before(today, age_now + 1) + timedelta(days=1)
    last_birthday = _years_before(today, age_now)
    first_day, last_day = earliest_day(then), latest_day(then)
    if first_day <= today:
        last_day = min(last_day, today)
    return AgeRange(least=age_on(first_day, last_birthday), most=age_on(last_day, first_birthday))


def age_on(day: date, born: date) -> int:
    """The completed years between a birth and a day; negative for a day before the birth."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _years_before(day: date, years: int) -> date:
    """The last day that was completed ``years`` years ago: 28 February for 29 in other years."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def full_years_since(then: str, today: date) -> int:
    """The completed years since ``then``, of which nobody can say that they are fewer; at least 0.

    For words such as "at least 10 years ago": a partial date counts from its last day.

    Raises:
        ValueError: ``then`` is not a date.
    """
    return max(0, age_on(today, latest_day(then)))


# --- sightings ----------------------------------------------------------------------------


def earliest(sightings: Iterable[Sighting]) -> Sighting | None:
    """The sighting that is oldest for certain; None if none has a date.

    A partial date counts as its last day, so that nothing is called older than is known: of ``2016``
    and ``2016-06-01`` the second comes first. On the same day a date that this program saw itself
    goes before one that was typed in, then the more precise one, then the smaller number. A date
    that is none (in a library that something else wrote) is passed over.
    """
    dated = [sighting for sighting in sightings if _has_date(sighting)]
    return min(dated, key=_age_order, default=None)


def _has_date(sighting: Sighting) -> bool:
    try:
        parse_date(sighting.seen_on or "")
    except ValueError:
        return False
    return True


def _age_order(sighting: Sighting) -> tuple[date, bool, int, int]:
    seen_on = sighting.seen_on or ""
    uncertain = (latest_day(seen_on) - earliest_day(seen_on)).days
    return latest_day(seen_on), sighting.date_kind is not DateKind.CHECKED, uncertain, sighting.id
