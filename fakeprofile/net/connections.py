"""The connections of a wire: opened when they are first needed, and ended together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import requests


class Connections:
    """One session that several threads may use at once; as a context manager it is closed at the end.

    Args:
        made: makes the session.
    """

    def __init__(self, made: Callable[[], requests.Session]) -> None:
        self._made = made
        self._session: requests.Session | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends every connection; the next request opens new ones."""
        with self._lock:
            if self._session is not None:
                self._session.close()
            self._session = None

    def _opened(self) -> requests.Session:
        with self._lock:
            if self._session is None:
                self._session = self._made()
            return self._session
