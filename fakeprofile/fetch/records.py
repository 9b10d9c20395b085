"""What was fetched, and how much may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Content(StrEnum):
    """What the bytes are, by their own beginning; what the server calls them does not count."""

    IMAGE = "image"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What one address points at, with every byte that was sent."""

    url: str
    """As it was given."""
    final_url: str
    """Where it was found in the end."""
    content: Content
    data: bytes = field(repr=False)
    """Untrusted; a picture is not decoded, and its size in pixels is not known yet."""
    last_modified: str | None = None
    """The UTC date of the server's copy, if the server tells one that can be."""
    served_on: str | None = None
    """The UTC date of the answer by the server's clock, if it tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What one address may cost."""

    bytes: int = 15 * 1024 * 1024
    seconds: float = 30.0
    """For all hops together, from the first connection to the last byte."""
    connect_seconds: float = 10.0
    redirects: int = 3
    at_a_time: int = 4
