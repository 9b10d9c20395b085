"""Through which proxy an address is asked, as the environment that is given says."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxies:
    """The proxies of this machine; none by default. Shown without them: they may hold a password."""

    http: str | None = field(default=None, repr=False)
    https: str | None = field(default=None, repr=False)
    without: str = ""
    """Hosts that are asked directly, as in ``NO_PROXY``."""

    def for_url(self, url: str) -> str | None:
        """The proxy to ask an address through; None to ask it directly."""
        proxy = self.https if urlsplit(url).scheme.lower() == "https" else self.http
        if proxy is None or self._goes_directly(url):
            return None
        return proxy

    def _goes_directly(self, url: str) -> bool:
        from requests.utils import should_bypass_proxies

        # It puts the list into the environment for as long as it runs: two at once would leave it there.
        with _one_at_a_time:
            return bool(should_bypass_proxies(url, no_proxy=self.without))


def proxies_of(environment: Mapping[str, str]) -> Proxies:
    """The proxies that an environment names: ``HTTP_PROXY``, ``HTTPS_PROXY``, ``ALL_PROXY`` and ``NO_PROXY``.

    Lower-case names win, as everywhere. ``HTTP_PROXY`` is not read where ``REQUEST_METHOD`` is set: there
    it can be a header that a visitor of a web server sent (https://httpoxy.org).
    """

    def named(name: str) -> str | None:
        upper = None if name == "http_proxy" and "REQUEST_METHOD" in environment else name.upper()
        value = environment.get(name) or (environment.get(upper) if upper else None)
        return value.strip() or None if value else None

    every = named("all_proxy")
    return Proxies(
        http=named("http_proxy") or every,
        https=named("https_proxy") or every,
        without=named("no_proxy") or "",
    )
