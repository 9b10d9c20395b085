"""HAR -> the pages, answers and pictures that were recorded; never a cookie, header or form.

A recording holds the keys to the accounts of whoever made it. They are thrown away while it is
parsed, before anything can hold, show or copy them.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from fakeprofile.errors import SourceError
from fakeprofile.search.saved.addresses import engine_of, joined
from fakeprofile.search.saved.kinds import HEAD, Kind, kind_of
from fakeprofile.search.saved.limits import SavedLimits

DOCUMENTS = 5
"""How many pages in one recording are looked at."""

_SECRET = frozenset({"cookies", "headers", "postData", "queryString"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One answer in a recording."""

    address: str
    kind: str
    status: int
    body: bytes = field(repr=False)
    charset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Har:
    """The answers in a recording that have a body, in their order."""

    answers: tuple[Recorded, ...] = field(repr=False)
    without_body: int = 0
    by_address: dict[str, bytes] = field(repr=False)

    def look_up(self, reference: str, base: str) -> bytes | None:
        """The body of the answer that came from where the reference points to."""
        return self.by_address.get(joined(base, reference))

    @property
    def documents(self) -> tuple[Recorded, ...]:
        """The pages that may be the result page, largest first: those of engines if there are any."""
        pages = [one for one in self.answers if kind_of(one.body[:HEAD]) is Kind.HTML]
        known = [one for one in pages if engine_of(one.address)]
        # Frames of the engine, such as its menu, are pages too.
        return tuple(sorted(known or pages, key=lambda one: len(one.body), reverse=True)[:DOCUMENTS])

    def answers_from(self, path: str) -> Iterator[Recorded]:
        """The answers whose address has the path in it."""
        return (one for one in self.answers if path in one.address.partition("?")[0])


def read_har(text: str, limits: SavedLimits) -> Har:
    """The recording.

    Raises:
        SourceError: it is cut off, is no HAR, or holds too many answers.
    """
    # Python takes 25 times the room of the text for lists and objects that are empty.
    if text.count("[") + text.count("{") > 5 * limits.nodes:
        raise SourceError(
            f"it may have more than {5 * limits.nodes:,} values, the limit: record one search only, in a new window"
        )
    value = without_secrets(text)
    log = value.get("log") if isinstance(value, dict) else None
    entries = log.get("entries") if isinstance(log, dict) else None
    if not isinstance(entries, list):
        raise SourceError(
            "it is JSON, but no HAR: save the network log of the result page as HAR with content"
        )
    if len(entries) > limits.files:
        raise SourceError(f"it has more than {limits.files:,} entries, the limit: record one search only")
    answers = [_recorded(entry) for entry in entries]
    kept = tuple(one for one in answers if one is not None)
    by_address: dict[str, bytes] = {}
    for one in kept:
        by_address.setdefault(one.address, one.body)
    return Har(answers=kept, without_body=len(answers) - len(kept), by_address=by_address)


def without_secrets(text: str) -> object:
    """The value of the JSON, without any cookie, header, form or parameter, wherever it stands.

    Raises:
        SourceError: it is no JSON, or stands too deep.
    """
    try:
        value: object = json.loads(text, object_pairs_hook=_kept)
    except RecursionError as error:
        raise SourceError("its values stand too deep in each other: record the page again") from error
    except ValueError as error:
        raise SourceError(
            "it begins as a HAR, but it is cut off or damaged: record the page again and save it whole"
        ) from error
    return value


def _kept(pairs: list[tuple[str, object]]) -> dict[str, object]:
    return {key: value for key, value in pairs if key not in _SECRET}


def _recorded(entry: object) -> Recorded | None:
    """The answer of one entry; None if it has no body that can be read."""
    request = entry.get("request") if isinstance(entry, dict) else None
    response = entry.get("response") if isinstance(entry, dict) else None
    content = response.get("content") if isinstance(response, dict) else None
    address = request.get("url") if isinstance(request, dict) else None
    if not isinstance(response, dict) or not isinstance(content, dict) or not isinstance(address, str):
        return None
    body = _body(content)
    if not body:
        return None
    kind = content.get("mimeType")
    status = response.get("status")
    return Recorded(
        address=address,
        kind=kind if isinstance(kind, str) else "",
        status=status if isinstance(status, int) else 0,
        body=body,
    )


def _body(content: dict[str, object]) -> bytes | None:
    text = content.get("text")
    if not isinstance(text, str):
        return None
    if content.get("encoding") != "base64":
        return text.encode("utf-8", "replace")
    try:
        return base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError):
        return None
