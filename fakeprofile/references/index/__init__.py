"""The index beside a library: which photos may be the one asked about, quickly, however many there are.

SQLite stays the truth. The index is a folder of files that never change (``layout.py``), each with all photos
whose stamps lie between two numbers, and a tail: the newest photos, which are read from SQLite when they are
asked for. Adding a photo only adds to the tail; when that is long a file is made of it, and when there are
many files of one size they are made into one, so that there are never many. The library lists the files that
count (``catalogue.py``); nothing that happens to a file or to a program can make the answer wrong:

- a photo that is removed or hashed again loses its stamp, and what a file holds under that stamp is dead;
- a file that is missing, damaged or not the library's own is made anew;
- where files cannot be written the tail holds everything.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from fakeprofile.errors import LibraryError
from fakeprofile.records import Fingerprint
from fakeprofile.references.index.catalogue import Listed, Listing, listing, strike
from fakeprofile.references.index.entries import NO_ENTRIES, Entries, entries_between, joined, living
from fakeprofile.references.index.growth import BUDGET, EARNED, Ground, grow, tail_is_long
from fakeprofile.references.index.layout import Unsound, damaged_arrays
from fakeprofile.references.index.quantizer import Centroids, centroids_of
from fakeprofile.references.index.segment import Segment
from fakeprofile.references.index.tail import Tail
from fakeprofile.references.index.view import View
from fakeprofile.references.rows import LARGEST, Rows
from fakeprofile.settings import FULL, Effort

__all__ = ["Index", "Vanished"]

LOG = logging.getLogger("fakeprofile")
UNLIMITED = LARGEST


class Vanished(Exception):
    """A file went away while the index was being opened: look again."""


class Index:
    """The index of one open library, for the codes of one algorithm."""

    def __init__(self, rows: Rows, folder: Path | None, algorithm: str) -> None:
        """Opens nothing yet.

        Args:
            rows: of the library.
            folder: of the files; None for a library in memory.
            algorithm: of the keypoints.
        """
        self._rows = rows
        self._algorithm = algorithm
        self._folder = folder
        self._segments: dict[str, Segment] = {}
        self._ignored: frozenset[str] = frozenset()
        self._may_write = folder is not None and not rows.read_only
        self._entries = NO_ENTRIES
        self._read: tuple[tuple[int, int], ...] = ()
        self._view: View | None = None
        self._seen: tuple[int, int] | None = None
        self._newest: int | None = None
        self._earned = 0

    def close(self) -> None:
        """Unmaps the files."""
        self._view = self._seen = None
        for segment in self._segments.values():
            segment.close()
        self._segments.clear()

    # --- asking ---------------------------------------------------------------------------

    def prepare(self) -> None:
        """Makes what is missing, before anything is asked: files that are gone, or of a long tail."""
        if self._rows.is_writing or self._seen == self._rows.version():
            return
        centroids = centroids_of(self._algorithm)
        if centroids is None or self._folder is None:
            return
        with self._rows.reading():
            now = self._listing(centroids)
            unsound = self._unsound(now)
            long = tail_is_long(self._rows, centroids, now)
        if unsound:
            self._replace(unsound)
        if (long or unsound) and self._may_write:
            LOG.info("the index of %s is brought up to date", self._rows.path)
            self._grow(centroids, UNLIMITED)

    def near(self, fingerprints: Sequence[Fingerprint], most: int, effort: Effort = FULL) -> list[list[int]]:
        """For each picture the stamps of the photos that may show it, likely ones first.

        Call it within one moment of the library (``Rows.reading``), and read the photos in the same.

        Raises:
            Vanished: call ``prepare``, and ask again in a new moment.
        """
        found = self._current().near(fingerprints, most, effort)
        if self._rows.is_writing:
            self._seen = None  # what is undone later must not be remembered
            self._read = ()
        return found

    def _current(self) -> View:
        """The index as it is at this moment."""
        version = self._rows.version()
        if self._view is None or version != self._seen:
            centroids = centroids_of(self._algorithm)
            now = self._listing(centroids)
            segments = [self._opened(one, now) for one in now.segments]
            for name in set(self._segments) - {one.name for one in now.segments}:
                self._segments.pop(name).close()
            tail = self._tail(now)
            rest = [Tail(tail, centroids)] if len(tail) else []
            self._view = View([*segments, *rest], now.dead, centroids)
            self._seen = version
        return self._view

    def _listing(self, centroids: Centroids | None) -> Listing:
        usable = centroids is not None and self._folder is not None
        return listing(self._rows, centroids.name if usable and centroids else "", self._ignored)

    def _opened(self, one: Listed, now: Listing) -> Segment:
        if one.name not in self._segments:
            if self._folder is None:
                raise Vanished
            try:
                self._segments[one.name] = Segment(self._folder / one.name, one.digest, now.library)
            except (OSError, Unsound) as error:
                raise Vanished from error
        return self._segments[one.name]

    def _tail(self, now: Listing) -> Entries:
        """The photos that stand in no file; only those are read that were not there the last time."""
        gaps = tuple(now.gaps())
        grown = gaps and self._read and gaps[:-1] == self._read[:-1] and gaps[-1][0] == self._read[-1][0]
        new = ((self._read[-1][1] + 1, gaps[-1][1]),) if grown else gaps
        parts = [
            entries_between(self._rows, self._algorithm, first, last, LARGEST)
            for first, last in new
            if first <= last
        ]
        self._entries = living(joined([self._entries, *parts] if grown else parts), now.dead)
        self._read = gaps
        return self._entries

    # --- growing --------------------------------------------------------------------------

    def tidy(self, *, purge: bool = False) -> None:
        """Makes the files that are due after something was written; never fails because of them.

        Args:
            purge: photos were removed: make files anew that held them, if they are not large.
        """
        centroids = centroids_of(self._algorithm)
        if self._rows.is_writing or not self._may_write or centroids is None:
            return
        newest = self._rows.all("SELECT ifnull(max(stamp), 0) FROM stamps")[0][0]
        added = newest - (newest if self._newest is None else self._newest)
        self._newest = newest
        self._earned += max(0, added) * EARNED
        try:
            with self._rows.reading():
                now = self._listing(centroids)
                due = tail_is_long(self._rows, centroids, now) or (purge and now.segments)
            if due:
                left = self._grow(centroids, max(BUDGET, self._earned), purge=purge)
                self._earned = min(self._earned, left)
        except LibraryError as error:  # what was added is in the library, and that alone counts
            LOG.warning("the index of %s did not grow: %s", self._rows.path, error)

    def _grow(self, centroids: Centroids, budget: int, *, purge: bool = False) -> int:
        if self._folder is None:
            return budget
        ground = Ground(rows=self._rows, folder=self._folder, centroids=centroids)
        try:
            return grow(ground, budget, purge=purge)
        except (OSError, sqlite3.Error) as error:
            self._may_write = False
            LOG.warning(
                "the index of %s cannot be written (%s): lookups go on without it, and take longer",
                self._rows.path,
                error,
            )
            return 0

    # --- damage ---------------------------------------------------------------------------

    def damage(self) -> Iterator[str]:
        """What is wrong with the files, a line each. Reads all of them."""
        centroids = centroids_of(self._algorithm)
        if centroids is None or self._folder is None:
            return
        now = self._listing(centroids)
        bad = self._unsound(now)
        for reason in bad.values():
            yield f"index: {reason}: it is made again at the next lookup"
        for one in now.segments:
            if one.name in bad:
                continue
            path = self._folder / one.name
            if names := ", ".join(damaged_arrays(path, self._opened(one, now).header)):
                bad[one.name] = names
                yield f"index: {path} is damaged ({names}): it is made again at the next lookup"
        if bad and self._may_write:
            strike(self._rows, frozenset(bad))

    def _unsound(self, now: Listing) -> dict[str, str]:
        """The listed files that cannot be used, with the reason."""
        found = {}
        for one in now.segments:
            if one.name in self._segments or self._folder is None:
                continue
            path = self._folder / one.name
            try:
                self._segments[one.name] = Segment(path, one.digest, now.library)
            except FileNotFoundError:
                found[one.name] = f"{path} is missing"
            except (OSError, Unsound) as error:
                found[one.name] = str(error)
        return found

    def _replace(self, unsound: dict[str, str]) -> None:
        """Takes files that cannot be used off the list, or passes them over if nothing can be written."""
        centroids = centroids_of(self._algorithm)
        with self._rows.reading():
            listed = {one.name for one in self._listing(centroids).segments}
        # Another program may have merged them meanwhile: then they are no longer listed.
        names = frozenset(unsound) & listed
        if not names:
            return
        reason = next(unsound[name] for name in sorted(names))
        LOG.warning(
            "the index of %s is damaged (%s): %s", self._rows.path, reason,
            "it is made again from the library" if self._may_write else "lookups go on without it",
        )  # fmt: skip
        if self._may_write:
            try:
                strike(self._rows, names)
                return
            except LibraryError:
                pass  # somebody else is writing; until then it is passed over
        self._ignored |= names
