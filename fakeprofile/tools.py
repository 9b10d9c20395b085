"""Everything from outside that a run uses: opened here once, and closed here."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from fakeprofile.avatar import NO_TEMPLATES, Templates
from fakeprofile.records import Answer, Dated, Gap, Panel, Photo
from fakeprofile.references.library import Library
from fakeprofile.settings import DEFAULT, Settings


def utc_today() -> str:
    """Today's date in UTC, by this machine's clock."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


class Download(Protocol):
    """A file that was fetched from the web."""

    @property
    def data(self) -> bytes:
        """Its bytes."""
        ...

    @property
    def last_modified(self) -> str | None:
        """The day that the server gives for it, ISO 8601 in UTC."""
        ...


class Pictures(Protocol):
    """What fetches pictures from the web, a few at a time."""

    def fetch_many(self, urls: Iterable[str]) -> Iterator[Download | Gap]:
        """What became of each address, in order."""
        ...


class Asking(Protocol):
    """What asks the search services that were chosen, cheapest first."""

    @property
    def gaps(self) -> Sequence[Gap]:
        """What went wrong so far that belongs to no answer."""
        ...

    def answers(self, photos: Iterable[Photo], decisive: Callable[[Answer], bool]) -> Iterator[Answer]:
        """What each service said of each photo; ``decisive`` says of an answer whether that is enough."""
        ...


class Dates(Protocol):
    """What looks up since when something stands at an address."""

    def of_page(self, page_url: str) -> tuple[str | None, Sequence[Dated | Gap]]:
        """What the page calls itself, and the dates that it states."""
        ...

    def of_address(self, address: str, *, image: bool, digests: frozenset[str]) -> Sequence[Dated | Gap]:
        """When an archive first kept the page or image; ``digests`` are those of pictures that are the same."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What of the public web a run may use. Nothing leaves the machine but through what stands here."""

    saved: tuple[Answer, ...] = ()
    """Result pages that the user saved."""
    asking: Asking | None = None
    """The services to ask; None if none is."""
    services: tuple[str, ...] = ()
    """What they call themselves, to tell why they were not asked."""
    pictures: Pictures | None = None
    """Fetches what rows point at; None if nothing may be fetched."""
    dates: Dates | None = None
    """Where dates may be looked up; None if nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a run may use of the outside world."""

    library: Library
    """Where references and cases are kept."""
    folder: Library | None = None
    """References given with the command, which are not kept."""
    search: Search | None = None
    """What of the public web may be used; None if nothing."""
    settings: Settings = DEFAULT
    panels: tuple[Panel, ...] = ()
    """Where in the photo pictures stand, if somebody has said so; else they are looked for."""
    templates: Templates = NO_TEMPLATES
    """Pictures that the user has named as default avatars: they are not compared."""
    today: Callable[[], str] = utc_today
