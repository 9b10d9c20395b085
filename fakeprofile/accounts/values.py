"""Cells of lists that people made, exported or mended in a spreadsheet -> values; what is doubtful is refused.

A wrong id or date would be believed later, a missing one only is not known: so the doubtful is a ``ValueError``
whose message follows "17 values" in a gap.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from fakeprofile.dating import parse_date

LONGEST_NAME = 200
LONGEST_BIO = 4000
"""Characters. Beyond what any platform allows."""

_UNKNOWN = frozenset(
    {
        "",
        "-",
        "--",
        "?",
        "n/a",
        "na",
        "nan",
        "none",
        "null",
        "nil",
        "nvt",
        "n.v.t.",
        "onbekend",
        "unknown",
        "nat",
        "<na>",
    }
)
_ERRORS = re.compile(
    r"#(N/A|N/B|REF!|VERW!|VALUE!|WAARDE!|NAME\?|NAAM\?|DIV/0!|DEEL/0!|NUM!|GETAL!|NULL!|LEEG!|#+)"
)
"""What English and Dutch spreadsheets show instead of a value."""
_YES = frozenset("yes y true 1 ja j waar on private privé prive verified geverifieerd ✓ ✔ 1.0".split())  # noqa: SIM905
_NO = frozenset("no n false 0 nee onwaar off public openbaar unverified ✗ ✘ 0.0".split())  # noqa: SIM905
_JOINERS = "\u200c\u200d"


def is_unknown(text: str) -> bool:
    """Whether the cell says that the value is not known; a spreadsheet's error says so too."""
    return len(text) < 9 and (
        text.casefold() in _UNKNOWN or (text[0] == "#" and _ERRORS.fullmatch(text) is not None)
    )


def text_of(text: str, most: int = LONGEST_NAME) -> str | None:
    """The text on one line, without escapes, control and direction characters; None if nothing is left.

    Joiners stay: emoji and some scripts need them. Markup and formulas stay as the text that they are.
    """
    if not text.isprintable():
        text = "".join(
            " " if one.isspace() else one
            for one in text[: 4 * most]
            if one.isspace() or one in _JOINERS or unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co")
        )
    line = unicodedata.normalize("NFC", " ".join(text.split()))
    return (line if len(line) <= most else line[: most - 1] + "…") or None


def unguarded(text: str) -> str:
    """The cell without what keeps a spreadsheet from changing it: ``'=x``, ``="123"``."""
    if (text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "'")) or re.fullmatch(r"'[0-9]+", text):
        return text[1:]
    quoted = re.fullmatch(r'="([^"=]*)"', text)
    return quoted[1] if quoted else text


# --- numbers ------------------------------------------------------------------------------

_PLAIN = re.compile(r"[0-9]{1,15}")
_GROUPED = re.compile(r"([1-9][0-9]{0,2}(?P<sep>[.,' ])[0-9]{3}(?:(?P=sep)[0-9]{3})*)(?:[.,]0{1,2})?")
_WHOLE_FLOAT = re.compile(r"([0-9]{1,15})[.,]0{1,2}")
_SHORT = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,2}))? ?([a-zé]+)\.?")
_TIMES = {
    **dict.fromkeys(("k", "dzd", "duizend", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "mln", "mio", "mil", "miljoen", "million"), 10**6),
    **dict.fromkeys(("b", "bn", "mld", "mrd", "miljard", "billion"), 10**9),
}


@lru_cache(maxsize=4096)
def count_of(text: str) -> int:
    """The number that a cell means: ``1234``, ``1.234``, ``1,234``, ``12,3K``, ``1.2M``, ``123.0``.

    Raises:
        ValueError: it is no number of things, or could be two.
    """
    plain = re.sub(r"[\u00a0\u202f\u2009]", " ", text).strip().lower()
    if _PLAIN.fullmatch(plain):
        return int(plain)
    if found := _GROUPED.fullmatch(plain):
        return int(re.sub(r"[^0-9]", "", found[1]))
    if found := _WHOLE_FLOAT.fullmatch(plain):
        return int(found[1])
    found = _SHORT.fullmatch(plain)
    if found and found[3] in _TIMES:
        places = found[2] or ""
        return int(f"{found[1]}{places:0<2}") * _TIMES[found[3]] // 100
    raise ValueError("are no count")


def id_of(text: str) -> str:
    """The account id in a cell, digit for digit.

    A spreadsheet keeps 15 digits of a number: it writes the rest as zeros, or all of it as ``1.23457E+16``.

    Raises:
        ValueError: it is no id, or was rounded.
    """
    if text.isascii() and text.isdigit() and len(text) <= 15:
        return text.lstrip("0") or text
    if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?[eE][+]?[0-9]+", text):
        raise ValueError("were rounded by a spreadsheet: import the column as text")
    whole = re.fullmatch(r"([0-9]{1,30})[.,]0{1,2}", text)
    if whole and len(whole[1]) > 15:
        raise ValueError("were rounded by a spreadsheet: import the column as text")
    digits = whole[1] if whole else text
    if digits.isascii() and digits.isdigit() and len(digits) <= 24:
        if len(digits) > 15 and not digits[15:].strip("0"):
            raise ValueError(
                "end in zeros from the 16th digit on, as a spreadsheet rounds them: import as text"
            )
        return digits.lstrip("0") or digits
    if re.fullmatch(r"[A-Za-z0-9_-]{6,128}", text) and re.search("[A-Za-z]", text):
        return text
    raise ValueError("are no id")


@lru_cache(maxsize=4096)
def flag_of(text: str) -> bool:
    """Yes or no, in English and Dutch.

    Raises:
        ValueError: it is neither.
    """
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError("are neither yes nor no")


# --- dates --------------------------------------------------------------------------------

_DAY_FIRST = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})(?:[ T,]+[0-9]{1,2}:[0-9]{2}.*)?")
_SLASHED = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})(?: .*)?")
_NUMBER = re.compile(r"([0-9]{5}|[0-9]{10}|[0-9]{13})(?:[.,][0-9]+)?")
_SERIAL_BEGINS = date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates, which count 29 February 1900 as a day."""


@lru_cache(maxsize=4096)
def moment_of(text: str) -> str:
    """A UTC time ``2026-05-01T12:00:00Z`` if the cell tells the zone, else the day, as precise as it is known.

    Known are ISO 8601, seconds and milliseconds since 1970, days of a spreadsheet (``45657``), ``31-12-2024``
    and ``12/31/2024``. Of ``01/02/2024`` only the year is known.

    Raises:
        ValueError: it is none of these.
    """
    try:
        if number := _NUMBER.fullmatch(text):
            return _numbered(number[1])
        if found := _DAY_FIRST.fullmatch(text):
            return _ordered(int(found[1]), int(found[3]), found[4], found[2])
        if found := _SLASHED.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        if re.search(r"[Tt ][0-9:.]+ ?([Zz]|[+-][0-9]{2}:?[0-9]{2})$", text):
            return _stamp(datetime.fromisoformat(text.upper().replace(" +", "+")))
        return parse_date(text)
    except (ValueError, OverflowError) as error:
        raise ValueError("are no date that is understood: write 2024-12-31") from error


def day_of(text: str) -> str:
    """The same without the time of day."""
    return moment_of(text)[:10]


def _numbered(digits: str) -> str:
    if len(digits) == 5:
        found = _SERIAL_BEGINS + timedelta(days=int(digits))
        if not 1990 <= found.year <= 2100:
            raise ValueError(digits)
        return found.isoformat()
    return _stamp(datetime.fromtimestamp(int(digits[:10]), UTC))


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _ordered(first: int, second: int, year: str, separator: str) -> str:
    """Day and month in the order that the separator and the numbers leave; only the year if both orders fit."""
    if separator == "/" and first != second and max(first, second) <= 12:
        return year
    day, month = (first, second) if separator != "/" or first > 12 or first == second else (second, first)
    return date(int(year), month, day).isoformat()
