"""The wire: one HTTP session for all that talks to services, and the only importer of requests.

(The interface; what is behind it comes with the next commit.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol


class Repeat(Enum):
    """What a request may be repeated after."""

    SAFE = "safe"
    """Anything that passes: it costs nothing and changes nothing."""
    PAID = "paid"
    """Only what shows that it was not counted: no connection, 429, 502, 503, 504. Never a read time-out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request to a service."""

    method: str
    url: str
    parameters: tuple[tuple[str, str], ...] = ()
    """Of the query."""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes | None = field(default=None, repr=False)
    form: tuple[tuple[str, str], ...] = ()
    """Fields of a multipart form, besides ``file``."""
    file: tuple[str, str, bytes] | None = field(default=None, repr=False)
    """Field, file name and JPEG bytes of a multipart form."""
    repeat: Repeat = Repeat.SAFE
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """Keys in it, which no message, log or exception may show."""
    service: str = ""
    """Whose rate limit it counts against; the host if empty."""
    per_minute: float | None = None
    most_bytes: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back, whatever its status."""

    status: int
    headers: Mapping[str, str]
    """With lower-case names."""
    body: bytes = field(repr=False)


class Wire(Protocol):
    """What sends requests."""

    def send(self, request: Request) -> Response:
        """The answer, after as many repetitions as are allowed; redirects are answers, never followed.

        Raises:
            NetError: no whole answer came; one line without any secret.
        """
        ...
