"""A watch over one exchange: when its time is up, its connections are shut, whatever they wait for.

A read time-out starts again with every byte, and neither the lines of a header nor an answer through
a proxy have a limit of their own; shutting the socket ends them all.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
import time
from types import TracebackType

_here = threading.local()

_LOGGERS = (
    "requests.sessions",
    "urllib3.connection",
    "urllib3.connectionpool",
    "urllib3.poolmanager",
    "urllib3.response",
    "urllib3.util.retry",
)


class Watch:
    """The time of one exchange of this thread; meanwhile its connections are held, and nothing is logged."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.fired = False
        self._ends = time.monotonic() + seconds
        self._held: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(max(seconds, 0.0), self.fire)
        self._timer.daemon = True

    def __enter__(self) -> Watch:
        _here.watch = self
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _here.watch = None
        self._timer.cancel()
        with self._lock:
            self._held.clear()

    def left(self) -> float:
        """Seconds that are left; a little more than none when the time is up."""
        return max(self._ends - time.monotonic(), 0.001)

    def hold(self, connection: socket.socket) -> None:
        """Shut this one too when the time is up."""
        with self._lock:
            self._held.append(connection)
            if self.fired:
                _shut(connection)

    def fire(self) -> None:
        """The time is up, or nobody wants the answer any more."""
        with self._lock:
            self.fired = True
            for connection in self._held:
                _shut(connection)


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # Of the class: that of a TLS socket would drop its keys, and the rest would be read as plain text.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


def watch_here() -> Watch | None:
    """The watch over what this thread is sending, if it is sending something."""
    watch: Watch | None = getattr(_here, "watch", None)
    return watch


def seconds_left(seconds: float) -> float:
    """The seconds, or fewer if the watch of this thread has fewer left."""
    watch = watch_here()
    return min(seconds, watch.left()) if watch else seconds


class _Quiet(logging.Filter):
    """Drops what urllib3 says of our exchanges: it names whole addresses, and a key may stand in one."""

    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 - the interface of logging
        return watch_here() is None


def quieten() -> None:
    """From now on nothing of our exchanges is logged, at any level; those of others still are."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(one, _Quiet) for one in logger.filters):
            logger.addFilter(_Quiet())
