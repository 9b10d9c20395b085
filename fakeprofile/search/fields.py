"""JSON from outside, read without trusting it: what is absent is empty, what is of the wrong type is counted.

Services that speak protobuf-JSON leave out empty lists and zeros and write 64-bit numbers as
strings; others write null. None of it may end in an exception, and none of it may pass for an
empty answer when it is something else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from fakeprofile.errors import NetError

MOST_ROWS = 1000
"""Rows that are read of one list; a service that sends more is not asked for so many."""


@dataclass(slots=True, kw_only=True)
class Left:
    """How much of an answer could not be used; it grows while the answer is read."""

    rows: int = 0
    """Rows of the wrong shape, or with an address that is none."""
    over: int = 0
    """Rows over ``MOST_ROWS``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """One JSON object of an answer."""

    values: dict[str, object] = field(repr=False)

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.values.get(name) is not None

    def text(self, name: str) -> str | None:
        """The text of a field; None if it is absent, null, empty or no text."""
        value = self.values.get(name)
        return value if isinstance(value, str) and value else None

    def number(self, name: str) -> int | None:
        """The whole number of a field, which may be written as text; None if there is none."""
        value = self.values.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 19:
            return int(value)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def truth(self, name: str) -> bool:
        """Whether the field says true."""
        return self.values.get(name) is True

    def inner(self, name: str) -> Fields | None:
        """The object in a field; None if it is absent, null or no object."""
        value = self.values.get(name)
        return Fields(values=value) if isinstance(value, dict) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts in a list; whatever else stands in it is passed over."""
        value = self.values.get(name)
        return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()

    def rows(self, name: str, left: Left) -> Iterator[Fields]:
        """The objects in a list; empty if it is absent or null.

        Rows that are no objects are counted in ``left``, and so are those over the limit.

        Raises:
            NetError: the field is there, and is no list.
        """
        value = self.values.get(name)
        if value is None:
            return
        if not isinstance(value, list):
            raise NetError(f"its answer is not in the form that it documents: “{name}” is no list")
        left.over += max(0, len(value) - MOST_ROWS)
        for one in value[:MOST_ROWS]:
            if isinstance(one, dict):
                yield Fields(values=one)
            else:
                left.rows += 1


def fields_of(body: bytes) -> Fields:
    """The JSON object that a body is.

    Raises:
        NetError: it is something else; the message follows the name of the service.
    """
    if not body.strip():
        raise NetError("it sent an empty answer: try again later")
    try:
        value = json.loads(body.decode("utf-8-sig"), parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        if body.lstrip()[:1] == b"<":
            raise NetError(
                "it sent a web page instead of data: a login page, a proxy or an outage may stand in the way; "
                "try again later"
            ) from error
        raise NetError("it sent data that are cut off or damaged: try again later") from error
    if not isinstance(value, dict):
        raise NetError("its answer is not in the form that it documents: no object at the top")
    return Fields(values=value)


def _refused(name: str) -> object:
    raise ValueError(f"{name} is not JSON")
