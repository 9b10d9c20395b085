"""The pictures that public search pointed at, hung side by side so that photos can be compared with them.

They are compared exactly as the pictures of the reference set are: by the same proofs, and with a bar
that rises with their number. They are kept in memory only, and never become references.
"""

from __future__ import annotations

import dataclasses
import hashlib
from types import TracebackType
from typing import Self

from fakeprofile.match import matches_in
from fakeprofile.photo import decode
from fakeprofile.records import Gap, Match, NewSighting, Photo, Print
from fakeprofile.references.library import Library
from fakeprofile.settings import Limits, Settings
from fakeprofile.views import View, print_of, views_of

LIMITS = Limits(bytes=15 * 1024 * 1024, pixels=50_000_000, frames=500)
"""What a picture from the web may be: less than a file that a user chose."""
EVERY = 200
"""How many pictures are examined for each photo: all that a search usually points at."""


class Gallery:
    """Pictures from the web, each hung under the number of the row that pointed at it."""

    def __init__(self, settings: Settings) -> None:
        self._library = Library.in_memory()
        self._settings = dataclasses.replace(settings, candidates=EVERY)
        self._day = "1970-01-01"
        self._known: dict[str, Print | Gap] = {}
        """By the SHA-256 of the bytes: many rows point at one picture, and to measure it takes longest."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._library.close()

    def hang(self, row: int, data: bytes, name: str) -> str | Gap:
        """The SHA-256 of a picture that now hangs under a row, or why it does not.

        Args:
            row: the number that its matches will carry.
            data: the bytes as they came.
            name: what to call it in a message.
        """
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._known:
            self._known[digest] = self._measured(data, name)
        known = self._known[digest]
        if isinstance(known, Gap):
            return dataclasses.replace(known, about=name)
        self._library.add_photo(known, NewSighting(note=str(row), image_url=f"row:{row}"), self._day)
        return known.sha256

    def _measured(self, data: bytes, name: str) -> Print | Gap:
        photo = decode(data, name=name, limits=LIMITS, least_side=self._settings.decoded_side)
        if isinstance(photo, Gap):
            return photo
        views = views_of(photo, self._settings, known=True)
        if views[0].plainness is not None:
            return Gap(step="found", about=name, reason=f"the picture that it points at is {PLAIN}")
        return print_of(views, self._settings)

    def matches(self, photo: Photo, views: tuple[View, ...]) -> dict[int, Match]:
        """The best match of the photo with each row that has a picture like it; proven or not.

        Args:
            photo: that is asked about.
            views: of that photo.
        """
        found: dict[int, Match] = {}
        for match in matches_in(photo, views, self._library, self._settings).matches:
            row = int(match.sighting.note or 0)
            before = found.get(row)
            if before is None or _strength(match) > _strength(before):
                found[row] = match
        return found


PLAIN = "too plain to compare, or a default avatar"


def _strength(match: Match) -> tuple[bool, float]:
    return match.proven, match.support.log10_lr
