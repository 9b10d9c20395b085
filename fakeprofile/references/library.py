"""The reference set: identities, their photos, and where those were seen; and the checked accounts.

SQLite alone is the truth. What is added is added whole or not at all, and adding it again
changes nothing. All that goes in and comes out is a record. What goes in stands in ``intake``,
what comes out in ``sightings``, the accounts that were checked in ``cases``, those to keep an eye on in ``watches``.
"""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from fakeprofile.errors import LibraryError, UsageError
from fakeprofile.fingerprint import KEYPOINTS
from fakeprofile.records import (
    Added,
    Case,
    Fingerprint,
    Handle,
    Identity,
    KeptPicture,
    Keypoints,
    Known,
    Level,
    NewHash,
    NewSighting,
    Print,
    Sighting,
    Source,
    Watch,
    WholeDistance,
)
from fakeprofile.references import blobs, cases, database, intake, upkeep, watches
from fakeprofile.references.hashlists import clean
from fakeprofile.references.index import Index, Vanished
from fakeprofile.references.index.whole import distance_to
from fakeprofile.references.rows import LARGEST, Rows, Values, row_number
from fakeprofile.references.sightings import (
    NOT_OF_CASES,
    OF_NAME,
    photo_of,
    photos_with_sightings,
    sightings_where,
    stamped,
)
from fakeprofile.settings import FULL, Effort

NOWHERE = Path(":memory:")
"""The path of a library that is in no file."""
TRIES = 5
"""How often to begin again because another program merged files of the index just then."""


class Library:
    """An open reference set. Close it, or use it as a context manager."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, read_only: bool = False) -> None:
        self._rows = Rows(connection, path, read_only=read_only)
        self._indexes: dict[str, Index] = {}
        self._pictures: tuple[tuple[int, int], int] | None = None
        self.path = path
        self.read_only = read_only

    @classmethod
    def open(cls, path: Path, *, create: bool = True, patience: float = database.PATIENCE) -> Self:
        """The library in a file.

        Args:
            path: the file.
            create: make an empty one if there is none.
            patience: seconds to wait, then and later, for another program that writes.

        Raises:
            LibraryError: the file cannot be used, or is missing and not to be made.
        """
        connection, read_only = database.connected(path, create=create, patience=patience)
        return cls(connection, path, read_only=read_only)

    @classmethod
    def in_memory(cls) -> Self:
        """An empty library that is gone when it is closed."""
        return cls(database.in_memory(), NOWHERE)

    @classmethod
    def open_to_read(cls, path: Path) -> Self:
        """The library in a file, which is not changed by anything that is asked of it.

        Raises:
            LibraryError: the file cannot be used, or is missing.
        """
        connection, _ = database.connected(path, create=False)
        return cls(connection, path, read_only=True)

    def __reduce__(self) -> tuple[Callable[[Path], Library], tuple[Path]]:
        """A library travels to another process as its place: there it is opened again, to read it.

        Raises:
            TypeError: it is in memory.
        """
        if not self.on_disk:
            raise TypeError("a library in memory cannot be opened by another process")
        return type(self).open_to_read, (self.path.absolute(),)

    @property
    def on_disk(self) -> bool:
        """Whether there is a file, which others can open too."""
        return bool(self._rows.all("PRAGMA database_list")[0]["file"])

    def close(self) -> None:
        """Gives the files free."""
        for index in self._indexes.values():
            index.close()
        self._indexes.clear()
        self._rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- adding ---------------------------------------------------------------------------

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All that is added inside, or nothing of it. May be nested: the outermost counts.

        Raises:
            LibraryReadOnly, LibraryLocked: nothing was written.
        """
        with self._rows.writing():
            yield
        self._index_for(KEYPOINTS).tidy()

    def add_photo(self, photo: Print, sighting: NewSighting, today: str) -> Added:
        """Adds a photo under a sighting; the photo itself is kept once, however often it is seen."""
        with self.writing():
            return self._sighted(*intake.photo_id(self._rows, photo, today), sighting, today)

    def add_hash(self, hashes: NewHash, sighting: NewSighting, today: str) -> Added:
        """Adds a hash that came without its picture."""
        with self.writing():
            return self._sighted(*intake.hash_id(self._rows, hashes, today), sighting, today)

    def add_sighting(self, sha256: str, sighting: NewSighting, today: str) -> Added:
        """Adds a sighting of a photo that the library ``holds``.

        Raises:
            UsageError: it does not; another program may have removed it.
        """
        with self.writing():
            found = self._rows.first("SELECT id FROM photos WHERE sha256 = ?", sha256)
            if found is None:
                raise UsageError(f"the photo {sha256} is not in the library (any more): add it again")
            return self._sighted(int(found["id"]), False, sighting, today)

    def _sighted(self, photo: int, filled: bool, sighting: NewSighting, today: str) -> Added:
        identity = intake.identity_id(self._rows, sighting)
        added = intake.sight(self._rows, photo, identity, sighting, today)
        return Added.COMPLETED if filled and added is Added.KNOWN else added

    def holds(
        self, sha256: str, *, with_thumbnail: bool, keypoints: str | None = None, whole: str | None = None
    ) -> bool:
        """Whether the photo of that file is there, hashed, and with a thumbnail if that is asked for.

        Args:
            sha256: of the file.
            with_thumbnail: not without one.
            keypoints: not if another algorithm made its keypoints.
            whole: not if another algorithm made its whole-picture hashes.
        """
        return bool(
            self._rows.first(
                "SELECT 1 FROM photos WHERE sha256 = ? AND width IS NOT NULL "
                "AND (NOT ? OR thumbnail IS NOT NULL) "
                "AND keypoint_algorithm IS ifnull(?, keypoint_algorithm) "
                "AND whole_algorithm IS ifnull(?, whole_algorithm)",
                sha256,
                with_thumbnail,
                keypoints,
                whole,
            )
        )

    # --- asking ---------------------------------------------------------------------------

    def number_of(self, sha256: str) -> int | None:
        """The number of the photo of that file; photos that were added later have higher ones."""
        found = self._rows.first("SELECT id FROM photos WHERE sha256 = ?", sha256)
        return None if found is None else int(found["id"])

    def counts(self, algorithm: str) -> tuple[int, int, int]:
        """How many photos, hashes without a picture, and photos whose keypoints another version made."""
        row = self._rows.all(
            "SELECT count(width), count(*) - count(width), "
            "count(CASE WHEN width IS NOT NULL AND keypoint_algorithm IS NOT ? THEN 1 END) FROM photos "
            "WHERE parent_id IS NULL",
            algorithm,
        )[0]
        return row[0], row[1], row[2]

    def pictures(self) -> int:
        """How many pictures a photo is compared with: photos, and the pictures in them that are kept."""
        version = self._rows.version()
        if self._pictures is None or self._pictures[0] != version:
            count = self._rows.all("SELECT count(*) FROM stamps")[0][0]
            self._pictures = (version, int(count))
        return self._pictures[1]

    def state(self) -> str:
        """Something else after every change of what a photo is compared with, or of what is said of a match."""
        with self._rows.reading():
            return upkeep.state(self._rows)

    def indexed_codes(self) -> int:
        """How many keypoint codes stand in the files of the index."""
        return int(self._rows.all("SELECT ifnull(sum(codes), 0) FROM segments")[0][0])

    def near(self, fingerprint: Fingerprint, sha256: str, most: int) -> tuple[Known, ...]:
        """The photos and hashes that may be the picture asked about, with their sightings.

        Args:
            fingerprint: of the photo that is asked about.
            sha256: of its file.
            most: how many candidates to take from each kind of hash.
        """
        return self.near_any([fingerprint], sha256, most)[0]

    def near_any(
        self,
        fingerprints: Sequence[Fingerprint],
        sha256: str,
        most: int,
        effort: Effort = FULL,
        before: int | None = None,
    ) -> tuple[tuple[Known, ...], ...]:
        """For each of several pictures in one photo what ``near`` says of it: one search for all of them.

        A photo of the library that may be in several of them is read once.

        Args:
            fingerprints: of the photo and the pictures in it, of one algorithm.
            sha256: of its file; a photo of the same bytes is a candidate for the first of them.
            most: how many candidates to take for each picture from each kind of hash.
            effort: how hard the keypoints are looked for.
            before: only photos whose number is less, which were added before the one of that number.
        """
        if not fingerprints:
            return ()
        index = self._index_for(fingerprints[0].keypoints.algorithm)
        for _ in range(TRIES):
            index.prepare()
            with self._rows.reading():
                try:
                    found = index.near(fingerprints, most, effort)
                except Vanished:
                    continue
                return self._known_at(fingerprints, sha256, found, LARGEST if before is None else before)
        raise LibraryError(f"the index of {self.path} changes faster than it can be read: try again")

    def _index_for(self, algorithm: str) -> Index:
        """The index for the codes of an algorithm; only that of this version is kept in files."""
        if algorithm not in self._indexes:
            kept = algorithm == KEYPOINTS and self.path != NOWHERE
            folder = self.path.with_name(f"{self.path.name}-index") if kept else None
            self._indexes[algorithm] = Index(self._rows, folder, algorithm)
        return self._indexes[algorithm]

    def _known_at(
        self, fingerprints: Sequence[Fingerprint], sha256: str, stamps: list[list[int]], before: int
    ) -> tuple[tuple[Known, ...], ...]:
        """The photos that have these stamps, for each picture, with their distances from it."""
        numbers = stamped(self._rows, {stamp for found in stamps for stamp in found})
        lists = [
            [numbers[stamp] for stamp in found if numbers.get(stamp, LARGEST) < before] for found in stamps
        ]
        same = self._rows.all("SELECT id FROM photos WHERE sha256 = ? AND id < ?", sha256, before)
        lists[0] += [int(row["id"]) for row in same if row["id"] not in lists[0]]
        read: dict[int, tuple[Known, sqlite3.Row]] = {}
        answer = []
        for fingerprint, found in zip(fingerprints, lists, strict=True):
            for number in found:
                if number not in read:
                    read[number] = self._known(number, fingerprint.keypoints.algorithm)
            answer.append(tuple(_seen_from(fingerprint, *read[number]) for number in found))
        return tuple(answer)

    def beside(self, known: Known, fingerprint: Fingerprint) -> tuple[Known, ...]:
        """The photo that a picture of the library stands in, and the pictures in it that are kept; with their distances.

        Args:
            known: one of them, which comes back too.
            fingerprint: of the picture that is asked about.
        """
        with self._rows.reading():
            own = self._rows.first(
                "SELECT ifnull(parent_id, id) AS whole FROM photos WHERE id = ?", known.photo_id
            )
            if own is None:  # removed by another process since it was found
                return ()
            rows = self._rows.all(
                "SELECT id FROM photos WHERE id = ?1 OR parent_id = ?1 ORDER BY id", own["whole"]
            )
            algorithm = fingerprint.keypoints.algorithm
            return tuple(_seen_from(fingerprint, *self._known(int(row["id"]), algorithm)) for row in rows)

    def _known(self, number: int, algorithm: str) -> tuple[Known, sqlite3.Row]:
        row = self._rows.all("SELECT * FROM photos WHERE id = ?", number)[0]
        whole = row
        if row["parent_id"] is not None:
            whole = self._rows.all("SELECT * FROM photos WHERE id = ?", row["parent_id"])[0]
        with database.sound(self.path):
            known = Known(
                photo_id=number,
                sha256=row["sha256"],
                panel=None if row["panel"] is None else intake.panel_in(row["panel"]),
                photo_size=(whole["width"], whole["height"]) if whole["width"] else None,
                width=row["width"],
                height=row["height"],
                keypoints=_keypoints_of(row, algorithm),
                thumbnail=row["thumbnail"],
                distance=WholeDistance(phash=None, pdq=None),
                sightings=sightings_where(self._rows, "s.photo_id = ?", whole["id"]),
            )
        return known, row

    def sightings(
        self, *, identity: str | None = None, source: Source | None = None, cases: bool = True
    ) -> tuple[Sighting, ...]:
        """All sightings, oldest number first.

        Args:
            identity: only those under this name.
            source: only those that came into the library this way.
            cases: also those of the accounts that were checked with this library.
        """
        conditions, values = [] if cases else [NOT_OF_CASES], []
        if identity is not None:
            conditions.append(OF_NAME)
            values += [clean(identity)] * 2
        if source is not None:
            conditions.append("s.source = ?")
            values.append(source)
        return sightings_where(self._rows, " AND ".join(conditions) or "1", *values)

    def sighting(self, number: int) -> tuple[Sighting, Values]:
        """One sighting, and what is known of its photo: its columns, but for the picture and its codes.

        Raises:
            UsageError: there is none of that number.
        """
        with self._rows.reading():
            found = sightings_where(self._rows, "s.id = ?", row_number(number))
            if not found:
                raise UsageError(
                    f"there is no sighting {number}: `fakeprofile references list` shows their numbers"
                )
            return found[0], photo_of(self._rows, number)

    def photos(self) -> Iterator[tuple[Values, tuple[Sighting, ...]]]:
        """Every photo and hash, as its columns, with its sightings but those of cases: for exports."""
        return photos_with_sightings(self._rows)

    # --- removing -------------------------------------------------------------------------

    def remove(self, numbers: Iterable[int]) -> int:
        """Removes sightings, and what only they held; all of them or none. How many there were.

        Raises:
            UsageError: there is no sighting of one of the numbers, or it is a case's; nothing is removed.
        """
        chosen = tuple(dict.fromkeys(numbers))
        with self.writing():
            for number in chosen:
                self._remove(number)
            intake.sweep(self._rows)
        self._index_for(KEYPOINTS).tidy(purge=True)
        self._rows.wipe()
        return len(chosen)

    def forget_sightings(self) -> None:
        """Takes all sightings and identities away but those of cases; photos stay until something is removed."""
        with self.writing():
            intake.forget_sightings(self._rows)

    def _remove(self, number: int) -> None:
        found = self._rows.first(
            "SELECT identity_id, identity_id IN (SELECT id FROM cases) AS of_case FROM sightings WHERE id = ?",
            row_number(number),
        )
        if found is None:
            raise UsageError(
                f"there is no sighting {number}: nothing was removed; "
                "`fakeprofile references list` shows their numbers"
            )
        if found["of_case"]:
            raise UsageError(
                f"sighting {number} belongs to a checked account: nothing was removed; "
                f"`fakeprofile cases forget {found['identity_id']}` forgets that account"
            )
        self._rows.run("DELETE FROM sightings WHERE id = ?", number)

    # --- cases ----------------------------------------------------------------------------

    def remember(
        self,
        account: Handle | None,
        name: str,
        photos: Iterable[Print],
        *,
        level: Level,
        report: str,
        today: str,
    ) -> int:
        """Remembers a checked account; its photos become sightings. The number of the case.

        Args:
            account: its handle, with the numeric id if that is known.
            name: the name it shows, or its handle.
            photos: what was seen of it.
            level: of the verdict.
            report: JSON of the facts and the verdict.
            today: the date of the check.
        """
        with self.writing():
            return cases.remember(self._rows, account, name, photos, level=level, report=report, today=today)

    def cases(self) -> tuple[Case, ...]:
        """The remembered accounts, in the order of their first check."""
        return cases.all_cases(self._rows)

    def case_report(self, number: int) -> str:
        """The JSON of the last check of a case.

        Raises:
            UsageError: there is no such case.
        """
        return cases.case_report(self._rows, number)

    def forget(self, numbers: Iterable[int]) -> int:
        """Forgets cases and what only they held; all of them or none. How many there were.

        Their thumbnails are gone from the file as well, not only from its tables.

        Raises:
            UsageError: there is no case of one of the numbers; nothing is forgotten.
        """
        with self.writing():
            count = cases.forget(self._rows, numbers)
        self._index_for(KEYPOINTS).tidy(purge=True)
        self._rows.wipe()
        return count

    # --- watching -------------------------------------------------------------------------

    def watch_add(self, watch: Watch, today: str) -> tuple[int, bool]:
        """Keeps an eye on something. Its number, and whether it was not watched yet.

        Raises:
            UsageError: there is no such case, or nothing to watch for.
        """
        with self.writing():
            return watches.add(self._rows, watch, today)

    def watch_list(self) -> tuple[Watch, ...]:
        """What is watched, in the order in which it was added."""
        return watches.all_watches(self._rows)

    def watch_remove(self, numbers: Iterable[int]) -> int:
        """Ends watches; all of them or none. How many there were.

        Raises:
            UsageError: there is none of one of the numbers; nothing is removed.
        """
        with self.writing():
            count = watches.remove(self._rows, numbers)
        self._rows.wipe()
        return count

    def watch_told(self, number: int) -> frozenset[int]:
        """The sightings that were told of a watch before."""
        return watches.told(self._rows, number)

    def watch_tell(self, number: int, sightings: Iterable[int], today: str) -> None:
        """Notes what was told of a watch, and when."""
        with self.writing():
            watches.tell(self._rows, number, sightings, today)

    def identities(self) -> Iterator[tuple[Identity, bool]]:
        """Every identity with its handles, without its pages, and whether it is an account checked here."""
        return watches.identities(self._rows)

    def kept_pictures(self, identity: int) -> Iterator[KeptPicture]:
        """What is kept of the photos of an identity or case, whole photos and the pictures in them."""
        return watches.kept_pictures(self._rows, identity)

    # --- upkeep ---------------------------------------------------------------------------

    def outdated(self, keypoints: str, whole: str) -> Iterator[tuple[int, Values]]:
        """Photos to be hashed again, one by one: id, and sha256, width, height and thumbnail.

        Another version of an algorithm hashed them, or their keypoints are damaged.
        """
        return upkeep.outdated(self._rows, keypoints, whole)

    def outdated_count(self, keypoints: str, whole: str) -> int:
        """How many there are."""
        return upkeep.outdated_count(self._rows, keypoints, whole)

    def rehash(self, photo_id: int, fingerprint: Fingerprint) -> None:
        """Puts new hashes in the place of a photo's old ones."""
        with self.writing():
            self._rows.update("photos", photo_id, intake.columns_of(fingerprint))

    def damage(self) -> Iterator[str]:
        """What is wrong with the file, a line each; nothing if it is sound."""
        yield from upkeep.damage(self._rows)
        yield from self._index_for(KEYPOINTS).damage()


def _seen_from(fingerprint: Fingerprint, known: Known, row: sqlite3.Row) -> Known:
    """A photo with its distance from the picture that is asked about."""
    return dataclasses.replace(known, distance=distance_to(fingerprint.whole, row["phash"], row["pdq"]))


def _keypoints_of(row: sqlite3.Row, algorithm: str) -> Keypoints | None:
    """The keypoints of a photo, if this version made them."""
    if row["codes"] is None or row["keypoint_algorithm"] != algorithm:
        return None
    return blobs.unpacked(algorithm, row["points"], row["codes"], row["width"], row["height"])
