"""What stands in the cells of one line, and the entry that they make together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from fakeprofile.dating import parse_date
from fakeprofile.identity import parse_handle
from fakeprofile.records import DateKind, Entry, Gap, Handle, NewHash, NewSighting, Source
from fakeprofile.references.hashlists import Tally, clean, gap, hash_of, name_of, shortened

T = TypeVar("T")


class Reading:
    """Takes values from the cells of one line; what cannot be understood becomes a gap."""

    def __init__(self, about: str) -> None:
        self.about = about
        self.gaps: list[Gap] = []

    def take(self, parse: Callable[[str], T], text: str, what: str) -> T | None:
        """The value; nothing if the cell is empty, and nothing and a gap if it is wrong."""
        if not text:
            return None
        try:
            return parse(text)
        except ValueError as error:
            self.gaps.append(gap(self.about, f"{what}: {error}"))
            return None

    def handles(self, texts: Iterable[str]) -> tuple[Handle, ...]:
        """The handles among them, each once."""
        found = [self.take(parse_handle, clean(text), "handle") for text in texts]
        return tuple(dict.fromkeys(handle for handle in found if handle))

    def pages(self, texts: Iterable[str], what: str) -> tuple[str, ...]:
        """The web addresses among them, each once."""
        found = [self.take(web_address, text, what) for text in texts]
        return tuple(dict.fromkeys(page for page in found if page))


def web_address(text: str) -> str:
    """The address, if it is one that a browser opens as a page.

    Raises:
        ValueError: it is not http or https, or not one address.
    """
    address = clean(text)
    try:
        parts = urlsplit(address)
        usable = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable or " " in address:
        raise ValueError(f'"{shortened(text)}" is no web address: write one that begins with https://')
    return address


def handles_in(text: str) -> tuple[str, ...]:
    """The handles in a cell, which stand between spaces or ``|``.

    Two words without any mark of a handle stay together, and so become a gap later: they are
    somebody's name, and each half would be the handle of somebody else.
    """
    found: list[str] = []
    for part in text.split("|"):
        words = part.split()
        marked = all(re.search(r"[:@/]", word) for word in words)
        found += words if marked else [" ".join(words)]
    return tuple(found)


# --- one line -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table as it was written, cell by cell."""

    photo: str = ""
    identity: str = ""
    handle: tuple[str, ...] = ()
    page: str = ""
    pages: tuple[str, ...] = ()
    image_url: str = ""
    seen_on: str = ""
    date_kind: str = ""
    source: str = ""
    phash: str = ""
    pdq: str = ""
    sha256: str = ""
    note: str = ""
    identity_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What holds for all lines of one file."""

    path: Path
    exported: bool
    """Whether this program wrote it: ``source`` is then its word, not somebody's remark."""
    away: Tally = field(default_factory=Tally)
    """Photos that are not beside the list although it names them."""

    def gaps(self) -> Iterator[Gap]:
        """What is said once for the whole file, behind its last line."""
        return self.away.gaps(
            name_of(self.path),
            "{times} photos (the first in {first}) are not beside the list: only their hashes were taken",
        )


def line_entries(line: Line, about: str, table: Table) -> Iterator[Entry | Gap]:
    """The entry that a line makes, and a gap for everything in it that is not understood."""
    reading = Reading(about)
    sighting = _sighting_of(line, reading, table.exported)
    path = _photo_beside(table.path.parent, line.photo) if line.photo else None
    hashes = None if path else _hashes_of(line, reading)
    if sighting and (path or hashes):
        yield Entry(about=about, sighting=sighting, path=path, hashes=hashes)
    if line.photo and not path:
        if hashes and not _is_remote(line.photo):
            table.away.add("photo", about)
        else:
            yield gap(about, _why_no_photo(line.photo))
    elif not (line.photo or line.phash or line.pdq or line.sha256):
        yield gap(about, "names neither a photo nor a hash")
    yield from reading.gaps


def _sighting_of(line: Line, reading: Reading, exported: bool) -> NewSighting | None:
    """Who, where and since when; nothing if it is unclear whether the person is the owner."""
    source, note = _source_of(line.source, exported), clean(line.note)
    if source is None:
        reading.gaps.append(gap(reading.about, f'source "{shortened(line.source)}": write reference or case'))
        return None
    if line.source.lower() not in ("", *Source):
        note = f"{note} (source: {clean(line.source)})".strip()
    seen_on = reading.take(parse_date, line.seen_on, "seen_on")
    kind = reading.take(DateKind, line.date_kind.lower(), "date_kind") or DateKind.STATED
    return NewSighting(
        source=source,
        identity=clean(line.identity) or None,
        handles=reading.handles(line.handle),
        pages=reading.pages(line.pages, "pages"),
        identity_note=clean(line.identity_note) or None,
        page_url=reading.take(web_address, line.page, "page"),
        image_url=reading.take(web_address, line.image_url, "image_url"),
        seen_on=seen_on,
        date_kind=kind if seen_on else None,
        note=note or None,
    )


def _source_of(text: str, exported: bool) -> Source | None:
    """How it came into the library that it was exported from; else a reference.

    In an export an unknown source is refused: the account that showed a picture would become
    the known owner of it.
    """
    if text.lower() in (*Source,):
        return Source(text.lower())
    return None if text and exported else Source.REFERENCE


def _hashes_of(line: Line, reading: Reading) -> NewHash | None:
    """The hashes on the line that can be used."""
    phash = reading.take(partial(hash_of, "phash"), line.phash, "phash")
    pdq = reading.take(partial(hash_of, "pdq"), line.pdq, "pdq")
    sha256 = reading.take(partial(hash_of, "sha256"), line.sha256, "sha256")
    return NewHash(phash=phash, pdq=pdq, sha256=sha256) if phash or pdq or sha256 else None


def _is_remote(photo: str) -> bool:
    return bool(re.match(r"[a-z][a-z0-9+.-]*://", photo, re.IGNORECASE))


def _why_no_photo(photo: str) -> str:
    if _is_remote(photo):
        return f"{shortened(photo)}: nothing is downloaded: save it beside the list and write its name"
    return f"photo {shortened(photo)} is not there (paths begin at the folder of the list)"


def _photo_beside(folder: Path, text: str) -> str | None:
    """The path of the photo, also if its name was written on Windows or on a Mac."""
    forward = text.replace("\\", "/")
    for name in (text, forward, unicodedata.normalize("NFC", forward), unicodedata.normalize("NFD", forward)):
        try:
            if (folder / name).is_file():
                return str(folder / name)
        except (OSError, ValueError):
            return None
    return None
