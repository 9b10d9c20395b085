"""Dates as files write them -> ISO 8601 in UTC, as precise as they are; None for what is no date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_EXIF = re.compile(r"([0-9]{4})[:/-]([0-9]{2})[:/-]([0-9]{2})(?:[ T]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?).*)?")
_ZONE = re.compile(r"[+-][0-9]{2}:[0-9]{2}|Z")
_XMP = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T([0-9:]{5,8})(?:\.[0-9]+)?(Z|[+-][0-9:]{5})?)?)?)?"
)


def exif_date(text: str, zone: str = "") -> str | None:
    """``2016:05:01 23:30:00`` with ``+02:00`` -> ``2016-05-01``; without a zone the day of the camera."""
    found = _EXIF.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, time = found.groups()
    return _day(f"{year}-{month}-{day}", time, zone if _ZONE.fullmatch(zone) else "")


def xmp_date(text: str) -> str | None:
    """``2016``, ``2016-05``, ``2016-05-01T23:30:00-02:00`` -> the same in UTC, to the day at most."""
    found = _XMP.fullmatch(text.strip())
    if found is None:
        return exif_date(text)
    year, month, day, time, zone = found.groups()
    if day:
        return _day(f"{year}-{month}-{day}", time, zone or "")
    if int(year) < 1000 or (month and not 1 <= int(month) <= 12):
        return None
    return f"{year}-{month}" if month else str(year)


def iptc_date(day: str, time: str = "") -> str | None:
    """``20160501`` and ``233000+0200`` -> ``2016-05-01``; ``00`` for month or day is "not known"."""
    if re.fullmatch("[0-9]{8}", day) is None:
        return None
    if day[4:6] == "00" or day[6:] == "00":
        return xmp_date(day[:4] if day[4:6] == "00" else f"{day[:4]}-{day[4:6]}")
    found = re.fullmatch("([0-9]{2})([0-9]{2})([0-9]{2})([+-][0-9]{2})([0-9]{2})", time)
    clock, zone = ("{}:{}:{}".format(*found.groups()[:3]), f"{found[4]}:{found[5]}") if found else (None, "")
    return _day(f"{day[:4]}-{day[4:6]}-{day[6:]}", clock, zone)


def _day(day: str, time: str | None, zone: str) -> str | None:
    """The day in UTC where the zone is known, else the day as it was written; None if there is no such day."""
    try:
        written = date.fromisoformat(day)
        if written.year < 1000:
            return None
        if time and zone:
            return datetime.fromisoformat(f"{day}T{time}{zone}").astimezone(UTC).date().isoformat()
    except (ValueError, OverflowError):
        return None
    return day
