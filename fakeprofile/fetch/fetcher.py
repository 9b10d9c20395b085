"""Addresses that somebody else named -> what they point at, a few at a time; each that cannot be is a gap."""

from __future__ import annotations

import itertools
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from urllib.parse import urljoin

from fakeprofile.errors import NetError, PhotoError
from fakeprofile.fetch.records import Fetched, FetchLimits
from fakeprofile.fetch.sniffing import content_of
from fakeprofile.net import Proxies, PublicWire, Response, Timeouts
from fakeprofile.net.addresses import Guard, LookUp, looked_up
from fakeprofile.net.public import PORTS
from fakeprofile.records import Gap

STEP = "found"
_MOVED = frozenset({301, 302, 303, 307, 308})
_WHOLE = frozenset({200, 203})
_OLDEST_COPY = 1995
"""A Last-Modified before it is a clock that was never set: 1970 is common."""
_SHOWN = 200
"""Characters of an address in a gap."""

_STATUS_WORDS = {
    401: "it is only shown to who is logged in there (401)",
    403: "the server does not show it to programs (403): open it in your browser",
    404: "it is no longer there (404)",
    410: "it is no longer there (410)",
    429: "the server was asked too often (429): try again later",
    451: "the server may not show it, for legal reasons (451)",
}


class Fetcher:
    """Fetches pages and pictures from public hosts: no cookie, no name, no key, no Referer goes with it.

    Args:
        proxies: see ``net.proxies_of``. Through a proxy, what it looks up cannot be seen; each name is then
            looked up here too, and refused unless it is public here.
        limits: what one address may cost.
        certificates: a file of certificate authorities to trust instead of the usual ones.
        allow_loopback, ports, look_up: for tests; no command offers them.
    """

    def __init__(
        self,
        *,
        proxies: Proxies | None = None,
        limits: FetchLimits | None = None,
        certificates: str | None = None,
        allow_loopback: bool = False,
        ports: frozenset[int] = PORTS,
        look_up: LookUp = looked_up,
    ) -> None:
        self._limits = limits or FetchLimits()
        guard = Guard(look_up=look_up, allow_loopback=allow_loopback)
        self._wire = PublicWire(proxies=proxies, certificates=certificates, guard=guard, ports=ports)

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends every connection."""
        self._wire.close()

    def fetch(self, url: str) -> Fetched | Gap:
        """What the address points at, or why it was not looked at."""
        try:
            final_url, answer = self._followed(_written_out(url))
            return _fetched(url, final_url, answer)
        except (NetError, PhotoError) as error:
            return Gap(step=STEP, about=_shown(url), reason=str(error))

    def fetch_many(self, urls: Iterable[str]) -> Iterator[Fetched | Gap]:
        """What each address points at, in their order; no more of them are under way than the limits allow.

        The addresses are taken one by one, as results are asked for; stopping early asks for no more.
        """
        waiting: deque[Future[Fetched | Gap]] = deque()
        left = iter(urls)
        with ThreadPoolExecutor(self._limits.at_a_time, thread_name_prefix="fetch") as pool:
            try:
                for url in itertools.islice(left, self._limits.at_a_time):
                    waiting.append(pool.submit(self.fetch, url))
                while waiting:
                    outcome = waiting.popleft().result()
                    for url in itertools.islice(left, 1):
                        waiting.append(pool.submit(self.fetch, url))
                    yield outcome
            finally:
                for future in waiting:
                    future.cancel()
                if waiting:
                    # Else who stops early would wait for answers that nobody reads.
                    self._wire.stop()

    def _followed(self, url: str) -> tuple[str, Response]:
        """Where the address leads in the end, and the answer there.

        Raises:
            NetError: a hop may not be asked, gives no whole answer, or is one too many.
        """
        ends = time.monotonic() + self._limits.seconds
        for hop in range(self._limits.redirects + 1):
            answer = self._got(url, ends - time.monotonic(), hop)
            place = answer.headers.get("location")
            if answer.status not in _MOVED or place is None:
                return url, answer
            url = _joined(url, _as_utf8(place))
        raise NetError(f"it leads on more than {self._limits.redirects} times")

    def _got(self, url: str, seconds: float, hop: int) -> Response:
        limits = self._limits
        timeouts = Timeouts(connect=limits.connect_seconds, read=limits.seconds, total=max(seconds, 0.0))
        words = None
        try:
            return self._wire.got(url, timeouts=timeouts, most_bytes=limits.bytes)
        except NetError as error:
            words = str(error)
        raise NetError(f"it leads on to a place that was not asked: {words}" if hop else words)


def _fetched(url: str, final_url: str, answer: Response) -> Fetched:
    """The answer as a value.

    Raises:
        NetError: it is a refusal, or empty.
        PhotoError: it is neither a picture nor a page.
    """
    if answer.status not in _WHOLE:
        usual = f"the server answered with an error ({answer.status})"
        raise NetError(_STATUS_WORDS.get(answer.status, usual))
    if not answer.body:
        raise NetError("the server sent nothing")
    served = _moment_of(answer.headers.get("date"))
    modified = _moment_of(answer.headers.get("last-modified"))
    if modified is not None and (modified.year < _OLDEST_COPY or (served is not None and modified > served)):
        modified = None
    return Fetched(
        url=url,
        final_url=final_url,
        content=content_of(answer.body),
        data=answer.body,
        last_modified=modified.date().isoformat() if modified else None,
        served_on=served.date().isoformat() if served else None,
    )


def _moment_of(text: str | None) -> datetime | None:
    """The time that a header names, in UTC."""
    try:
        moment = parsedate_to_datetime(text or "")
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _joined(url: str, place: str) -> str:
    """The address that a redirect names.

    Raises:
        NetError: it names none.
    """
    try:
        return urljoin(url, _written_out(place))
    except ValueError:
        place = ""
    raise NetError("it leads on to an address that cannot be read")


def _written_out(url: str) -> str:
    """The address without spaces around it; those inside, which many pages have, as they are sent."""
    return url.strip().replace(" ", "%20")


def _as_utf8(header: str) -> str:
    """The header as it was meant: http.client reads every byte as Latin-1, and servers write UTF-8."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def _shown(url: str) -> str:
    """The address for a gap: not too long, without a name or password."""
    start, mark, rest = url.partition("://")
    place = rest.split("/", 1)
    place[0] = place[0].rpartition("@")[2]
    shown = start + mark + "/".join(place)
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
