"""What every search service is: how it describes itself, what it is asked, and what it gives back.

A stranger's service is a class with these members, named in the entry-point group
``fakeprofile.search``; ``fakeprofile.testing.check_service`` tries it. A service maps between its
own format and our records; the wire it speaks over is given to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, runtime_checkable

from fakeprofile.net import Wire
from fakeprofile.records import Gap, Hit


class Price(StrEnum):
    """What a question costs, cheapest first: the order in which services are asked."""

    FREE = "free"
    FREE_QUOTA = "free up to a monthly number, then paid"
    CHEAP = "paid: less than a cent"
    PAID = "paid: a cent or more"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a user must know before a picture goes to a service."""

    name: str
    """As it is written in commands: ``tineye``; lower-case letters, digits and ``-``."""
    title: str
    """As it calls itself: ``TinEye``."""
    sends: str
    """What is sent, in words that follow "sends": ``the picture, made smaller``."""
    keeps: str
    """What the service does with it, in a sentence; "not documented" where it says nothing."""
    price: Price
    price_note: str
    """The price in words, with the month in which it was looked up."""
    keys: tuple[str, ...]
    """The values that it needs, as in the environment after ``FAKEPROFILE_``: ``TINEYE_KEY``."""
    gives_dates: bool = False
    uploads: bool = True
    """Whether it takes a picture; if not, only one that has a public address."""
    answers_least: bool = False
    """Whether what it returns is only similar pictures, never copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One photo as it may leave the machine: made smaller, without metadata."""

    photo: str
    """The name of the photo, for messages; it is not sent."""
    jpeg: bytes = field(repr=False)
    """RGB JPEG, longest side at most 1600 px, below 1 MB, no metadata."""
    url: str | None = None
    """The public address of the photo, if the user named one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many questions are left, as the service tells."""

    left: int | None
    until: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a service gave back: rows, and what is missing of them."""

    hits: tuple[Hit, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """With ``step`` ``found`` and ``about`` the title of the service. Any gap: not a whole answer."""
    meaningless: bool = False
    """The rows have nothing to do with the picture, such as those of a sandbox key."""
    charged: int = 1
    """How many paid questions it took, as far as is known."""
    closed: bool = False
    """Every other question would end the same, so none is asked: no quota is left, the key is refused."""


Keys = Mapping[str, str]
"""The values that ``Terms.keys`` names, without the prefix."""


@runtime_checkable
class Service(Protocol):
    """A service that finds where a picture stands on the web."""

    @property
    def terms(self) -> Terms:
        """What a user must know."""
        ...

    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        """What the service says of one photo. Whatever goes wrong at the service is a gap, not an exception."""
        ...

    def quota(self, wire: Wire, keys: Keys) -> Quota | Gap | None:
        """How many questions are left; a gap if it could not be asked, None if the service does not tell."""
        ...
