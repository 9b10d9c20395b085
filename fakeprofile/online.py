"""Everything that reaches the web in one run: opened here once, only as far as it was asked for, and closed here."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fakeprofile.archive import About, first_capture
from fakeprofile.fetch import Content, Fetched, Fetcher
from fakeprofile.net import HttpWire, Proxies, Wire
from fakeprofile.pagedate import page_dates, page_title
from fakeprofile.records import Dated, Gap
from fakeprofile.search.cache import Cache
from fakeprofile.search.catalogue import Listed
from fakeprofile.search.keys import KeyRing, read_keys
from fakeprofile.search.plan import Plan
from fakeprofile.search.saved import saved_pages
from fakeprofile.search.services import Services
from fakeprofile.tools import Search

NOT_FETCHED = "its picture was not fetched: with --fetch it would be"
MOST_PAGES = 10
"""How many pages of one check are fetched to see what date they state of themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wants:
    """What of the public web a user asked for. Empty: nothing."""

    saved: tuple[Path, ...] = ()
    """Result pages that they saved."""
    services: tuple[Listed, ...] = ()
    """Services to ask."""
    fetch: bool = False
    """Fetch what saved pages point at; what services point at is always fetched."""
    archive: bool = False
    """Ask the Internet Archive since when it has the pages and pictures."""
    url: str | None = None
    """The public address of the photo."""
    max_searches: int | None = None
    refresh: bool = False
    all_services: bool = False

    @property
    def nothing(self) -> bool:
        """Whether nothing at all was asked for."""
        return not (self.saved or self.services)

    @property
    def sends(self) -> bool:
        """Whether anything may leave the machine."""
        return bool(self.services) or self.fetch or self.archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What of the user's machine the web is reached with; read where the program begins."""

    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    keys_file: Path | None = None
    cache_folder: Path | None = None
    proxies: Proxies = field(default_factory=Proxies)
    agreed: Callable[[Plan], bool] = lambda _: False
    """Shows what would be sent, and says whether it may be."""
    today: str = ""
    wire: Wire | None = None
    fetcher: Fetcher | None = None
    """Both for tests; no command offers them."""


def keys_of(services: Sequence[Listed], around: Surroundings) -> KeyRing:
    """The keys that these services need, as far as they are known."""
    names = [key for one in services if one.service is not None for key in one.service.terms.keys]
    return read_keys(around.environment, around.keys_file, tuple(dict.fromkeys(names)))


@contextlib.contextmanager
def online(wants: Wants, around: Surroundings) -> Iterator[Search | None]:
    """What a run may use of the web; None if nothing was asked for. Nothing is sent before it is used."""
    if wants.nothing:
        yield None
        return
    with contextlib.ExitStack() as stack:
        fetcher = wire = None
        # What saved pages point at may be fetched because an option said so; with services, they are agreed to first.
        gate = Gate(is_open=wants.fetch or not wants.services)
        if wants.services or wants.fetch:
            fetcher = Gated(around.fetcher or stack.enter_context(Fetcher(proxies=around.proxies)), gate)
        if wants.services or wants.archive:
            wire = around.wire or stack.enter_context(HttpWire(proxies=around.proxies))
        asking = None
        if wants.services and wire is not None:
            asking = Services(
                chosen=wants.services,
                ring=keys_of(wants.services, around),
                wire=wire,
                cache=Cache(folder=around.cache_folder) if around.cache_folder else None,
                agreed=functools.partial(_agreed, around.agreed, gate),
                begun=gate.open,
                today=around.today,
                url=wants.url,
                max_searches=wants.max_searches,
                refresh=wants.refresh,
                all_services=wants.all_services,
            )
        dates = (
            WebDates(fetcher, wire if wants.archive else None, around.today, gate) if wants.sends else None
        )
        yield Search(
            saved=tuple(page.answer for page in saved_pages(wants.saved)),
            asking=asking,
            services=tuple(one.service.terms.title if one.service else one.name for one in wants.services),
            pictures=fetcher,
            dates=dates,
        )


@dataclass(slots=True, kw_only=True)
class Gate:
    """Whether anything may be fetched at this moment."""

    is_open: bool

    def open(self) -> None:
        """From now on it may."""
        self.is_open = True


def _agreed(ask: Callable[[Plan], bool], gate: Gate, plan: Plan) -> bool:
    """What the user says; after a no, nothing at all is sent any more."""
    gate.is_open &= (said := ask(plan))
    return said


class Gated:
    """Fetches what addresses point at while the gate is open; a gap for each while it is not."""

    def __init__(self, fetcher: Fetcher, gate: Gate) -> None:
        self._fetcher, self._gate = fetcher, gate

    def fetch(self, url: str) -> Fetched | Gap:
        """What the address points at."""
        return self._fetcher.fetch(url) if self._gate.is_open else _unfetched(url)

    def fetch_many(self, urls: Iterable[str]) -> Iterator[Fetched | Gap]:
        """What each address points at, in order."""
        return self._fetcher.fetch_many(urls) if self._gate.is_open else map(_unfetched, urls)


def _unfetched(url: str) -> Gap:
    return Gap(step="found", about=url, reason=NOT_FETCHED)


class WebDates:
    """Looks up since when something stands at an address: on the page itself, and in the Internet Archive."""

    def __init__(self, fetcher: Gated | None, archive: Wire | None, today: str, gate: Gate) -> None:
        self._fetcher, self._archive, self._today, self._gate = fetcher, archive, today, gate
        self._pages = 0

    def of_page(self, page_url: str) -> tuple[str | None, Sequence[Dated | Gap]]:
        """What the page calls itself, and its dates; nothing if pages are not to be fetched, or enough were."""
        if self._fetcher is None or not self._gate.is_open or self._pages >= MOST_PAGES:
            return None, ()
        self._pages += 1
        page = self._fetcher.fetch(page_url)
        if isinstance(page, Gap):
            reason = f"what the page says of itself is not known: {page.reason}"
            return None, (Gap(step="dates", about=page_url, reason=reason),)
        if page.content is not Content.PAGE:
            return None, ()
        return page_title(page.data), page_dates(page.data, page_url, today=self._today)

    def of_address(self, address: str, *, image: bool, digests: frozenset[str]) -> Sequence[Dated | Gap]:
        """When the archive first kept it; nothing if it never did, or is not to be asked."""
        if self._archive is None or not self._gate.is_open:
            return ()
        about = About.IMAGE if image else About.PAGE
        found = first_capture(address, about, self._archive, digests=digests)
        return () if found is None else (found,)
