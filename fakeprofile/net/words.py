"""What is asked over the wire and what comes back; whoever sends it is a ``Wire``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol


def scrubbed(text: str, secrets: tuple[str, ...] = ()) -> str:
    """The text on one line, without the secrets, any query string, and names and passwords in addresses."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "…")
    text = re.sub(r"//[^/@\s]*@", "//", text)
    return " ".join(re.sub(r"(\w://[^\s?#]*)[?#]\S*", r"\1?…", text).split())


class Repeat(Enum):
    """What a request may be repeated after."""

    SAFE = "safe"
    """Anything that passes: it costs nothing and changes nothing."""
    PAID = "paid"
    """Only what shows that it was not counted: no connection, 429, 502, 503, 504. Never a read time-out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request to a service; shown without anything that may hold a key."""

    method: str
    url: str
    parameters: tuple[tuple[str, str], ...] = ()
    """Of the query."""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    form: tuple[tuple[str, str], ...] = ()
    """Fields of a multipart form, besides ``file``."""
    file: tuple[str, str, bytes] | None = None
    """Field, file name and JPEG bytes of a multipart form."""
    repeat: Repeat = Repeat.SAFE
    secrets: tuple[str, ...] = ()
    """Keys in it, which no message, log or exception may show."""
    service: str = ""
    """Whose rate limit it counts against; the host if empty."""
    per_minute: float | None = None
    pause_after_429: float | None = None
    """Seconds to wait after a 429 that does not say how long; None waits as after other errors."""
    most_bytes: int = 16 * 1024 * 1024

    def __repr__(self) -> str:
        return f"Request({self.method} {scrubbed(self.url, self.secrets)})"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long one try may take, in seconds."""

    connect: float = 10.0
    read: float = 60.0
    """Without a single byte."""
    total: float = 120.0
    """From the first connection to the last byte: an answer that drips is cut off."""


class Stop(Enum):
    """Why no whole answer came, as far as it decides whether to ask again."""

    NOT_CONNECTED = "not connected"
    """Nothing was sent."""
    NO_ANSWER = "no answer"
    BROKEN = "broken"
    """The connection ended before the answer did."""
    TOO_SLOW = "too slow"
    REFUSED = "refused"
    """By us, or by what will not change: asking again would end the same way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why no whole answer came; it holds nothing of the request or of the exception."""

    stop: Stop
    words: str
    """What follows the name of the service."""
