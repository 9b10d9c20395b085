"""One row of a service's answer -> a hit: addresses checked, titles without markup, dates read.

Nothing here believes the service: an address that is not http or https makes a row unusable, and
rows that are left out are counted, never dropped in silence.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

from fakeprofile.dating import parse_date
from fakeprofile.records import Dated, DateKind, Gap, Hit, HitKind, Reliability
from fakeprofile.search.fields import Fields, Left

STEP = "found"
LONGEST_URL = 4096
LONGEST_TITLE = 300
_UNUSABLE = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"]")


def hit_of(
    service: str,
    kind: HitKind,
    left: Left,
    *,
    page: object = None,
    image: object = None,
    thumbnail: object = None,
    title: object = None,
    dates: tuple[Dated, ...] = (),
) -> Hit | None:
    """The hit that a row is; None if it has no address, or one that is none: then it is counted in ``left``.

    A bad thumbnail alone is left out, as long as there is a page or a picture besides.
    """
    if not all(one is None or is_address(one) for one in (page, image)):
        left.rows += 1
        return None
    small = thumbnail if is_address(thumbnail) else None
    if page is None and image is None and small is None:
        left.rows += 1
        return None
    return Hit(
        service=service,
        kind=kind,
        page_url=_text(page),
        image_url=_text(image),
        thumbnail_url=_text(small),
        title=plain_title(title) if isinstance(title, str) else None,
        dates=dates,
    )


def is_address(value: object) -> bool:
    """Whether this is an http or https address of some host, without a user name in it."""
    if not isinstance(value, str) or len(value) > LONGEST_URL or _UNUSABLE.search(value):
        return False
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return False
    named = bool(parts.hostname) and parts.username is None and parts.password is None
    return parts.scheme in ("http", "https") and named and port != 0


def address(fields: Fields, name: str) -> object:
    """The value of a field that should be an address: None only if it is absent, null or empty."""
    value = fields.values.get(name)
    return None if value == "" else value


def left_gaps(title: str, left: Left) -> tuple[Gap, ...]:
    """What of the rows was left out, as gaps."""
    gaps = []
    if left.rows:
        rows = "1 row was" if left.rows == 1 else f"{left.rows:,} rows were"
        reason = f"{rows} left out of its answer: in another form than documented, or without a web address"
        gaps.append(Gap(step=STEP, about=title, reason=reason))
    if left.over:
        rows = "1 more row was" if left.over == 1 else f"{left.over:,} more rows were"
        gaps.append(Gap(step=STEP, about=title, reason=f"{rows} left unread: the limit is reached"))
    return tuple(gaps)


# --- titles -------------------------------------------------------------------------------


class _Words(HTMLParser):
    """Collects the text between tags; what stands in scripts and styles is no text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= bool(self._hidden) and tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def plain_title(text: str) -> str | None:
    """A title without markup, on one line, cut to 300 characters; None if nothing is left."""
    words = _Words()
    words.feed(text[: 20 * LONGEST_TITLE])
    words.close()
    return one_line("".join(words.words), LONGEST_TITLE) or None


def one_line(text: str, longest: int) -> str:
    """Text from outside on one line, without characters that cannot be seen, cut to ``longest``."""
    kept = "".join(
        one if one.isprintable() else " " if unicodedata.category(one) in ("Cc", "Zl", "Zp", "Zs") else ""
        # Format characters stay out too: the marks that turn the writing direction are among them.
        for one in text[: 4 * longest]
    )
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


# --- dates --------------------------------------------------------------------------------

_AGO = re.compile(r"([0-9]{1,4}|an?) (minute|hour|day|week|month|year)s? ago", re.IGNORECASE)


def dated(text: str | None, kind: DateKind, reliability: Reliability, *, by: str, about: str) -> Dated | None:
    """The date that a service gives as ISO 8601; None if there is none or it is no such date."""
    if text is None:
        return None
    try:
        on = parse_date(text)
    except ValueError:
        return None
    return Dated(on=on, kind=kind, reliability=reliability, by=by, about=about)


def dated_ago(text: str | None, now: str | None, *, by: str, about: str) -> Dated | None:
    """A date such as ``2 years ago``, as precise as its unit and no finer; None if it cannot be told.

    Args:
        text: as the service wrote it, which is kept in ``said``.
        now: the day from which it counts, as the service tells.
        by: the service.
        about: the address that it is the date of.
    """
    found = _AGO.fullmatch(text.strip()) if text else None
    if text is None or found is None or now is None:
        return None
    try:
        day = date.fromisoformat(parse_date(now))
        count = int(found[1]) if found[1].isdigit() else 1
        on = parse_date(_before(day, count, found[2].lower()))
    except (ValueError, OverflowError):
        return None
    return Dated(
        on=on, kind=DateKind.ENGINE, reliability=Reliability.WEAK, by=by, about=about, said=one_line(text, 40)
    )


def _before(day: date, count: int, unit: str) -> str:
    """The date so many units before a day, cut to the unit: weeks to the month that they end in."""
    if unit == "year":
        return f"{day.year - count:04d}"
    if unit == "month":
        months = day.year * 12 + day.month - 1 - count
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if unit == "week":
        return (day - timedelta(weeks=count)).isoformat()[:7]
    hours = {"minute": timedelta(minutes=count), "hour": timedelta(hours=count), "day": timedelta(days=count)}
    return (day - hours[unit]).isoformat()


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
