"""The wire to addresses that strangers named: public hosts only, nothing sent but the question."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fakeprofile.errors import NetError
from fakeprofile.net.addresses import Guard, literal_of
from fakeprofile.net.connections import Connections
from fakeprofile.net.proxies import Proxies
from fakeprofile.net.watch import Watch
from fakeprofile.net.words import Failure, Request, Response, Timeouts

if TYPE_CHECKING:
    import requests

PORTS = frozenset({80, 443})
_LONGEST = 4096
"""Characters of an address. Longer ones are data or traps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address as it will really be asked."""

    url: str
    host: str
    port: int


class PublicWire(Connections):
    """Gets what public addresses point at, one hop at a time; may be used by several threads at once.

    Directly, each connection is made to an address that was checked. Through a proxy it is the proxy that
    looks the name up: then the name is looked up here as well, and refused unless all that is found is
    public; what the proxy finds cannot be seen from here.

    Args:
        proxies: see ``proxies_of``.
        certificates: a file of certificate authorities to trust instead of the usual ones.
        guard: what may be asked.
        ports: for tests; no command offers others.
    """

    def __init__(
        self,
        *,
        proxies: Proxies | None = None,
        certificates: str | None = None,
        guard: Guard | None = None,
        ports: frozenset[int] = PORTS,
    ) -> None:
        super().__init__(self._made_session)
        self._proxies = proxies or Proxies()
        self._certificates = certificates
        self._guard = guard or Guard()
        self._ports = ports
        self._watches: set[Watch] = set()

    def stop(self) -> None:
        """Ends all that is under way: nobody wants the answers any more."""
        for watch in tuple(self._watches):
            watch.fire()

    def got(self, url: str, *, timeouts: Timeouts, most_bytes: int) -> Response:
        """The answer of one address, asked once; a redirect is an answer.

        Raises:
            NetError: the address may not be asked, or no whole answer came; what follows the name of the page.
        """
        from fakeprofile.net.adapter import exchanged

        target = self.target_of(url)
        proxy = self._proxies.for_url(target.url)
        if proxy is not None:
            self._guard.addresses_of(target.host)
        request = Request(method="GET", url=target.url, most_bytes=most_bytes)
        watch = Watch(timeouts.total)
        self._watches.add(watch)
        try:
            outcome = exchanged(
                self._opened(),
                request,
                proxy=proxy,
                timeouts=timeouts,
                watch=watch,
                certificates=self._certificates,
            )
        finally:
            self._watches.discard(watch)
        if isinstance(outcome, Failure):
            raise NetError(outcome.words)
        return outcome

    def _made_session(self) -> requests.Session:
        from fakeprofile.net.adapter import session_of

        return session_of(dial=self._guard.dialled)

    def target_of(self, url: str) -> Target:
        """The address as it will be asked: read by the same parser that makes the connection.

        Raises:
            NetError: it is not one of a public page.
        """
        if not re.match(r"https?://", url, re.I):
            raise NetError("it is not an address that begins with http:// or https://")
        if len(url) > _LONGEST:
            raise NetError(f"its address has more than {_LONGEST} characters")
        if re.search(r"[\x00-\x20\x7f\\]", url):
            raise NetError("its address has characters that no address can have")
        target, auth = _parsed(url)
        if auth:
            raise NetError("its address holds a name or a password")
        literal_of(target.host)
        if target.port not in self._ports:
            raise NetError(f"its address names port {target.port}; only 80 and 443 are asked")
        return target


def _parsed(url: str) -> tuple[Target, bool]:
    """The address, and whether it has a name or password in it."""
    import requests
    from urllib3.exceptions import HTTPError
    from urllib3.util import parse_url

    try:
        # requests makes letters of other scripts, full-width digits among them, into what DNS knows.
        prepared = requests.Request("GET", url).prepare().url or ""
        parts = parse_url(prepared)
    except (ValueError, HTTPError, requests.RequestException):
        parts = None
    if parts is None or not parts.host:
        raise NetError("its address cannot be read")
    target = Target(
        url=parts._replace(fragment=None).url,
        host=parts.host,
        port=parts.port or (443 if parts.scheme == "https" else 80),
    )
    # requests takes a name and password away while it prepares: the address as it was given is looked at.
    return target, "@" in url.split("/", 3)[2].partition("?")[0].partition("#")[0]
