"""Moments as exports write them -> ISO 8601 in UTC; None wherever it could be another day."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime

_FIRST, _LAST = 2004, 2100
"""Years: Facebook began in 2004, and no export tells of what comes after us. Keeps out years of other calendars."""

_MONTHS = {
    month: number
    for number, words in enumerate(
        (
            "jan january januari januar janv janvier ene enero gen gennaio janeiro янв января jän jänner oca ocak",
            "feb february februari februar févr février febrero febbraio fev fevereiro фев февр февраля şub şubat",
            "mar mars march mrt maart mär märz marzo março мар мар марта mart",
            "apr april avr avril abr abril aprile апр апреля nis nisan",
            "may mei mai mayo mag maggio maio мая май maj mayıs",
            "jun june juni juin junio giu giugno junho июн июня haz haziran",
            "jul july juli juil juillet julio lug luglio julho июл июля tem temmuz",
            "aug august augustus août ago agosto авг августа ağu ağustos agu agustus",
            "sep sept september septembre septiembre set settembre setembro сен сент сентября eyl eylül",
            "oct october okt oktober octobre octubre ott ottobre out outubro окт октября eki ekim",
            "nov november novembre noviembre novembro ноя нояб ноября kas kasım",
            "dec december dez dezember déc décembre dic diciembre dicembre dezembro дек декабря ara aralık des desember",
        ),
        start=1,
    )
    for month in words.split()
}
"""Names of months as eight alphabets of exports write them, each only where it means the same month in all of them
(``lis`` is November in Poland and October in Croatia, so it is not here)."""
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}([:.]\d{2})?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_CJK = re.compile(r"(?<!\d)(\d{1,2})\s*[月월]\s*(\d{1,2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_UTC = re.compile(r"(20\d\d)-(\d\d)-(\d\d)[T _](\d\d)[:-](\d\d)[:-](\d\d)(?:\.\d+)?(?:Z| UTC|\+00:?00)?")


def moment_of(seconds: object) -> str | None:
    """The UTC time of an epoch in seconds (or milli- or microseconds); None if it is none, or out of all reason."""
    if isinstance(seconds, str) and re.fullmatch(r"\d{9,17}(\.\d+)?", seconds):
        seconds = float(seconds)
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not 0 < seconds < 1e17:
        return None
    while seconds > 1e11:
        seconds /= 1000
    return _written(datetime.fromtimestamp(int(seconds), UTC))


def moment_in(text: str) -> str | None:
    """The UTC time of a text like ``2024-05-01 12:30:00 UTC`` or ``2024-05-01_12-30-00``, which are in UTC."""
    found = _UTC.fullmatch(text.strip())
    if not found:
        return None
    try:
        return _written(datetime(*map(int, found.groups()), tzinfo=UTC))  # type: ignore[misc,arg-type]
    except ValueError:
        return None


def day_in(text: str) -> str | None:
    """The day of a local time in any of the languages known here: ``10. Aug. 2026, 18:32``.

    The text names no time zone, so that it is never finer than a day; and it is None whenever it could be read as
    another day: months not known here, ``10/08/2026``, years of other calendars.
    """
    text = text.casefold()
    if iso := _ISO.search(text):
        return _day(*map(int, iso.groups()))
    years = set(_YEAR.findall(text))
    if len(years) != 1:
        return None
    rest = _CLOCK.sub(" ", _YEAR.sub(" ", text))
    if pair := _CJK.search(rest):
        return _day(int(years.pop()), int(pair[1]), int(pair[2]))
    months = {_MONTHS[word] for word in re.findall(r"[^\W\d_]+", rest) if word in _MONTHS}
    days = re.findall(r"(?<![\d/])(\d{1,2})(?![\d/])", rest)
    if len(months) != 1 or len(days) != 1:
        return None
    return _day(int(years.pop()), months.pop(), int(days[0]))


def looks_dated(text: str) -> bool:
    """Whether the text is a date with a time in whatever language: it has a year and a clock."""
    return len(text) <= 60 and bool(re.search(r"(?<!\d)\d{4}(?!\d)", text)) and bool(_CLOCK.search(text))


def _day(year: int, month: int, day: int) -> str | None:
    if not (_FIRST <= year < _LAST and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day).isoformat()


def _written(moment: datetime) -> str | None:
    if not _FIRST <= moment.year < _LAST:
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
