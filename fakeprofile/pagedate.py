"""What a page says of itself in its HTML: when it was published, and what it is called.

A date here is the page's own word, which anybody can write: weak, and never finer than written. A
page says when *it* was published, not since when a picture has been on it.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from fakeprofile.dating import is_in_future, parse_date
from fakeprofile.errors import SourceError
from fakeprofile.records import Dated, DateKind, Reliability

MOST_BYTES = 8 * 1024 * 1024
"""How much of a page is looked at: what it says of itself stands at its beginning."""
MOST_NODES = 200_000
MOST_DEPTH = 512
MOST_DATES = 20
LONGEST_TITLE = 300
_LONGEST_JSON = 1024 * 1024

_META = frozenset(
    {
        "article:published_time", "article:modified_time", "og:published_time", "og:article:published_time",
        "og:updated_time", "datepublished", "datecreated", "datemodified", "uploaddate", "dc.date",
        "dc.date.issued", "dc.date.created", "dcterms.created", "dcterms.issued", "dcterms.date", "date",
        "pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date",
        "citation_publication_date", "citation_date", "video:release_date",
    }
)  # fmt: skip
_JSON_LD = ("datePublished", "dateCreated", "uploadDate", "dateModified")
_COMPACT = re.compile(r"([12][0-9]{3})([01][0-9])([0-3][0-9])")
_SLASHED = re.compile(r"([12][0-9]{3})[/.]([01]?[0-9])(?:[/.]([0-3]?[0-9]))?")


def page_dates(html: bytes, address: str, *, today: str | None = None) -> tuple[Dated, ...]:
    """The dates that a page states of itself, oldest first, each day once; empty if it states none.

    Args:
        html: the page, in any encoding, however malformed; only its first 8 MB are looked at.
        address: where it stands on the web.
        today: a day in UTC. A page that states a later one is mistaken, and is not believed.
    """
    by = _host_of(address) or "the page"
    found: dict[str, str] = {}
    for text in _parsed(html).dates:
        on = _date_of(text)
        if on is not None and not (today is not None and _is_later(on, today)):
            found.setdefault(on, "" if text == on else text[:60])
    return tuple(
        Dated(
            on=on,
            kind=DateKind.PAGE,
            reliability=Reliability.WEAK,
            by=by,
            about=address,
            said=_plain(found[on]),
        )
        for on in sorted(found)[:MOST_DATES]
    )


def page_title(html: bytes) -> str | None:
    """What the page calls itself, on one line of at most 300 characters; None if it does not."""
    page = _parsed(html)
    return _one_line(page.shared_title) or _one_line(page.title) or None


def _host_of(address: str) -> str:
    """The host of an address, in lower-case letters; empty if it has none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


# --- dates ----------------------------------------------------------------------------------


def _date_of(text: str) -> str | None:
    """The date as ``records`` has them; None for what is no date, such as a duration or a clock."""
    plain = text.strip()
    if len(plain) > 60:
        return None
    parts = _COMPACT.fullmatch(plain) or _SLASHED.fullmatch(plain)
    if parts is not None:
        plain = "-".join(part.zfill(2) for part in parts.groups() if part)
    try:
        return parse_date(plain)
    except ValueError:
        return None


def _is_later(on: str, today: str) -> bool:
    try:
        return is_in_future(on, date.fromisoformat(today))
    except ValueError:
        return False


# --- the page -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Said:
    """Takes what the parser sees, and keeps what the page says of itself."""

    dates: list[str] = field(default_factory=list)
    title: str = ""
    shared_title: str = ""
    """What it is called where it is shared."""
    _raw: list[str] | None = None
    _is_title: bool = False
    _in_drawing: int = 0
    _nodes: int = 0
    _depth: int = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._nodes += 1
        self._depth += 1
        if self._nodes > MOST_NODES or self._depth > MOST_DEPTH or len(self.dates) > 50 * MOST_DATES:
            raise SourceError("as much of the page was looked at as will be")
        self._in_drawing += tag == "svg"
        if tag == "meta":
            self._meta(attributes)
        elif tag == "time":
            self._note(attributes.get("datetime", ""))
        elif tag == "script" and "ld+json" in attributes.get("type", "").lower():
            self._raw, self._is_title = [], False
        elif tag == "title" and not self._in_drawing:
            self._raw, self._is_title = [], True

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth -= 1
        self._in_drawing -= tag == "svg"
        if self._raw is None or tag not in ("script", "title"):
            return
        text, self._raw = "".join(self._raw), None
        if self._is_title:
            self.title = self.title or text
        else:
            for one in _json_dates(text):
                self._note(one)

    def data(self, text: str) -> None:
        """A piece of text."""
        if self._raw is not None:
            self._raw.append(text)

    def comment(self, text: str) -> None:
        """A comment says nothing."""

    def close(self) -> None:
        """All of it was seen."""

    def _meta(self, attributes: Mapping[str, str]) -> None:
        content = attributes.get("content", "")
        for name in ("property", "name", "itemprop"):
            key = attributes.get(name, "").lower()
            if key in _META:
                self._note(content)
            elif key == "og:title" and not self.shared_title:
                self.shared_title = content

    def _note(self, text: str) -> None:
        if text and len(text) <= 60:
            self.dates.append(text.strip())


def _parsed(html: bytes) -> _Said:
    from lxml import etree

    said = _Said()
    data = _utf8(html[:MOST_BYTES])
    # The stubs want a target that takes bytes as well.
    parser = etree.HTMLParser(target=said, huge_tree=True, encoding="utf-8")  # type: ignore[arg-type]
    try:
        for at in range(0, len(data), 65_536):
            parser.feed(data[at : at + 65_536])
        parser.close()
    except (SourceError, etree.LxmlError):
        pass  # what it said until then, it said
    return said


def _utf8(html: bytes) -> bytes:
    """The page in UTF-8. Dates and what they are called by are ASCII: only titles suffer from a wrong guess."""
    if html.startswith((b"\xff\xfe", b"\xfe\xff")):
        return html.decode("utf-16", "replace").replace("\x00", "").encode("utf-8", "replace")
    try:
        html.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(html) - 4:  # a character that the limit cut in two is no other encoding
            html = html.decode("cp1252", "replace").encode()
    return html.replace(b"\x00", b"")


def _json_dates(text: str) -> Iterator[str]:
    """The dates in a JSON-LD block, wherever they stand in it."""
    if len(text) > _LONGEST_JSON:
        return
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            yield from (found for key in _JSON_LD if isinstance(found := value.get(key), str))
            waiting.extend(one for one in value.values() if isinstance(one, list | dict))


def _one_line(text: str) -> str:
    return " ".join(_plain(entities.unescape(text[: 4 * LONGEST_TITLE])).split())[:LONGEST_TITLE]


def _plain(text: str) -> str:
    """Without characters that could hide or turn text around, where it is shown."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]", "", text)
