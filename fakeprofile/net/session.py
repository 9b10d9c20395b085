"""The wire to services: one session, with time-outs, repetitions and a rate for each service."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fakeprofile.errors import NetError
from fakeprofile.net.connections import Connections
from fakeprofile.net.proxies import Proxies
from fakeprofile.net.repeats import TRIES, pause_before_next
from fakeprofile.net.watch import Watch
from fakeprofile.net.words import Failure, Repeat, Request, Response, Stop, Timeouts, scrubbed

if TYPE_CHECKING:
    import requests


class HttpWire(Connections):
    """Sends requests over HTTP, as a ``Wire``; may be used by several threads at once.

    Args:
        proxies: see ``proxies_of``. Nothing is read from the environment here.
        timeouts: of one try.
        certificates: a file of certificate authorities to trust instead of the usual ones.
        sleep, clock, now: how to wait, a clock that never goes back, and seconds since 1970.
    """

    def __init__(
        self,
        *,
        proxies: Proxies | None = None,
        timeouts: Timeouts | None = None,
        certificates: str | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(_made_session)
        self._proxies = proxies or Proxies()
        self._timeouts = timeouts or Timeouts()
        self._certificates = certificates
        self._sleep, self._clock, self._now = sleep, clock, now
        self._turns: dict[str, float] = {}

    def send(self, request: Request) -> Response:
        """The answer, whatever its status, after as many repetitions as are allowed.

        Raises:
            NetError: no whole answer came; one line without any secret, and without a cause that holds one.
        """
        for tried in range(1, TRIES + 1):
            self._take_turn(request)
            outcome = self._once(request)
            pause = pause_before_next(request, outcome, tried, self._now())
            if pause is None:
                break
            self._sleep(pause)
        if isinstance(outcome, Failure):
            raise NetError(_message(request, outcome))
        return outcome

    def _once(self, request: Request) -> Response | Failure:
        from fakeprofile.net.adapter import exchanged

        try:
            proxy = self._proxies.for_url(request.url)
        except ValueError:
            return Failure(stop=Stop.REFUSED, words="this is no address of a web service")
        return exchanged(
            self._opened(),
            request,
            proxy=proxy,
            timeouts=self._timeouts,
            watch=Watch(self._timeouts.total),
            certificates=self._certificates,
        )

    def _take_turn(self, request: Request) -> None:
        """Waits until the service may be asked again."""
        if not request.per_minute:
            return
        name = _name_of(request)
        with self._lock:
            now = self._clock()
            turn = max(now, self._turns.get(name, now))
            self._turns[name] = turn + 60.0 / request.per_minute
        if turn > now:
            self._sleep(turn - now)


def _made_session() -> requests.Session:
    from fakeprofile.net.adapter import session_of

    return session_of()


def _name_of(request: Request) -> str:
    """The service, or the host."""
    if request.service:
        return request.service
    try:
        return urlsplit(request.url).hostname or "the service"
    except ValueError:
        return "the service"


def _message(request: Request, failure: Failure) -> str:
    words = f"{_name_of(request)}: {failure.words}"
    if request.repeat is Repeat.PAID and failure.stop not in (Stop.NOT_CONNECTED, Stop.REFUSED):
        words += "; the question may have been counted, so it was not sent again"
    return scrubbed(words, request.secrets)
