"""Rows of answers, the pictures behind them, and which of them a photo is proven to be.

A row is only where to look: what a service calls a match is not one before its picture was laid over
the photo. Small pictures come first, as they come with the answer or cost little; full ones only of
the rows that are worth it. A row that could not be looked at stays in the list, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from fakeprofile.archive import digest_of
from fakeprofile.gallery import Gallery
from fakeprofile.provenance import marks_of
from fakeprofile.records import (
    Answer,
    Dated,
    DateKind,
    Gap,
    Hit,
    HitKind,
    MarkKind,
    Match,
    Photo,
    Reliability,
)
from fakeprofile.settings import Settings
from fakeprofile.tools import Download, Pictures
from fakeprofile.views import View

MOST_ROWS = 150
"""How many rows of one answer are looked at; the others are listed as not looked at."""
MOST_PAGES_WITHOUT_THUMBNAIL = 40
"""Of the rows of one answer that come without a small picture, how many full ones are fetched."""
MOST_FULL = 8
"""How many full pictures of one photo are fetched, of the rows whose small one looks best."""

OVER_LIMIT = f"only the first {MOST_ROWS} rows of an answer are looked at"
NO_PICTURE = "the service names the page without a picture of it: open it and look for yourself"
NOT_FETCHED = "its picture was not fetched: with --fetch it would be"
NOT_SAVED = "its picture is not in what was saved: keep the folder that the browser saved beside the page, or give --fetch"
NO_ADDRESS = "it names no picture that could be fetched"
NO_PHOTO = "no photo could be compared with it"


@dataclass(slots=True)
class Row:
    """A row of an answer and what is known of it so far."""

    number: int
    hit: Hit
    photo: str
    """The photo that the service was asked about; empty if it is not known which."""
    hung: set[str] = field(default_factory=set)
    """SHA-256 of the pictures of it that hang."""
    compared: bool = False
    """Whether a photo was laid over one of them."""
    reason: str = ""
    """Why there is none, if so."""
    full: bool = False
    """Whether its full picture was fetched."""
    dates: tuple[Dated, ...] = ()
    """What its server and the file itself say of when it was made."""
    digests: frozenset[str] = frozenset()
    """Those of its full picture, as archives write them."""

    @property
    def seen(self) -> bool:
        """Whether any picture of it was compared with a photo."""
        return bool(self.hung) and self.compared

    @property
    def unseen_because(self) -> str:
        """Why none was; empty if one was."""
        return "" if self.seen else self.reason or NO_PHOTO


class Leads:
    """All rows of all answers of one check, and the gallery of their pictures."""

    def __init__(self, settings: Settings, pictures: Pictures | None) -> None:
        self._gallery = Gallery(settings)
        self._pictures = pictures
        self.rows: list[Row] = []
        self.best: dict[tuple[str, int], Match] = {}
        """The best match of each photo with each row."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._gallery.__exit__(kind, error, trace)

    def take(self, answer: Answer) -> None:
        """Adds the rows of an answer and hangs their small pictures."""
        rows = [
            Row(number=len(self.rows) + place, hit=hit, photo=answer.photo)
            for place, hit in enumerate(answer.hits)
        ]
        self.rows += rows
        for row in rows[MOST_ROWS:]:
            row.reason = OVER_LIMIT
        wanted = []
        for row in rows[:MOST_ROWS]:
            if row.hit.kind is HitKind.PAGE_ONLY:
                row.reason = NO_PICTURE
            elif row.hit.thumbnail is not None:
                self._hang(row, row.hit.thumbnail)
            elif row.hit.thumbnail_url is not None:
                wanted.append((row, row.hit.thumbnail_url))
        self._fetch(wanted)
        bare = [row for row in rows[:MOST_ROWS] if not row.hung and row.hit.kind is not HitKind.PAGE_ONLY]
        self._fetch_full(bare[:MOST_PAGES_WITHOUT_THUMBNAIL])
        for row in bare[MOST_PAGES_WITHOUT_THUMBNAIL:]:
            row.reason = row.reason or (
                f"only {MOST_PAGES_WITHOUT_THUMBNAIL} full pictures of an answer are fetched"
            )

    def look(self, photo: Photo, views: tuple[View, ...]) -> None:
        """Lays the photo over every picture that hangs; over the full ones of the best rows as well."""
        self._match(photo, views)
        best = sorted(
            (row for row in self.rows if (photo.name, row.number) in self.best and not row.full),
            key=lambda row: -self.best[photo.name, row.number].support.log10_lr,
        )
        if self._fetch_full([row for row in best if row.hit.image_url][:MOST_FULL]):
            self._match(photo, views)

    def matches_of(self, photo: str) -> list[tuple[Row, Match]]:
        """The rows that show the photo, or something like it."""
        return [(self.rows[number], match) for (name, number), match in self.best.items() if name == photo]

    def _match(self, photo: Photo, views: tuple[View, ...]) -> None:
        for row in self.rows:
            row.compared |= bool(row.hung) and row.photo in ("", photo.name)
        for number, match in self._gallery.matches(photo, views).items():
            row = self.rows[number]
            before = self.best.get((photo.name, number))
            if row.photo in ("", photo.name) and (before is None or _strength(match) > _strength(before)):
                self.best[photo.name, number] = match

    def _fetch_full(self, rows: Sequence[Row]) -> int:
        """How many full pictures now hang."""
        wanted = []
        for row in rows:
            if row.hit.image_url is not None:
                wanted.append((row, row.hit.image_url))
            else:
                row.reason = row.reason or NO_ADDRESS
        return self._fetch(wanted, full=True)

    def _fetch(self, wanted: Sequence[tuple[Row, str]], *, full: bool = False) -> int:
        if self._pictures is None:
            for row, _ in wanted:
                row.reason = row.reason or (NOT_FETCHED if row.photo else NOT_SAVED)
            return 0
        # Many rows point at one address: it is fetched once.
        addresses = list(dict.fromkeys(address for _, address in wanted))
        got = dict(zip(addresses, self._pictures.fetch_many(addresses), strict=True))
        hung = 0
        for row, address in wanted:
            download = got[address]
            if isinstance(download, Gap):
                row.reason = row.reason or download.reason
                continue
            if full:
                _know(row, download, address)
            hung += self._hang(row, download.data)
        return hung

    def _hang(self, row: Row, data: bytes) -> bool:
        name = row.hit.image_url or row.hit.thumbnail_url or row.hit.page_url or row.hit.service
        hung = self._gallery.hang(row.number, data, name)
        if isinstance(hung, Gap):
            row.reason = row.reason or hung.reason
            return False
        row.hung.add(hung)
        return True


def _know(row: Row, download: Download, address: str) -> None:
    """Keeps what the full picture of a row says of itself; not the picture."""
    row.full = True
    row.digests = frozenset({digest_of(download.data)})
    dates = [
        Dated(
            on=mark.on,
            kind=DateKind.TAKEN,
            reliability=Reliability.WEAK,
            by=mark.where,
            about=address,
            said="",
        )
        for mark in marks_of(download.data, address).marks
        if mark.kind is MarkKind.TAKEN and mark.on is not None
    ]
    if download.last_modified is not None:
        host = urlsplit(address).hostname or ""
        dates.append(
            Dated(
                on=download.last_modified,
                kind=DateKind.LAST_MODIFIED,
                reliability=Reliability.WEAK,
                by=host,
                about=address,
            )
        )
    row.dates = tuple(dates)


def _strength(match: Match) -> tuple[bool, float]:
    return match.proven, match.support.log10_lr
