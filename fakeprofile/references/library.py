"""The reference set: identities, their photos, and where those were seen; and the checked accounts.

SQLite alone is the truth. What is added is added whole or not at all, and adding it again
changes nothing. All that goes in and comes out is a record.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from fakeprofile.errors import LibraryReadOnly, UsageError
from fakeprofile.records import (
    Added,
    Case,
    DateKind,
    Fingerprint,
    Handle,
    Identity,
    Known,
    Level,
    NewHash,
    NewSighting,
    Print,
    Sighting,
    Source,
)
from fakeprofile.references import blobs, database
from fakeprofile.references.scan import Row, Scan

Values = dict[str, Any]


class Library:
    """An open reference set. Close it, or use it as a context manager."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, read_only: bool = False) -> None:
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self._scan: Scan | None = None
        self._scanned = -1
        self._depth = 0
        self.path = path
        self.read_only = read_only

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """The library in a file.

        Raises:
            LibraryError: the file cannot be used, or is missing and not to be made.
        """
        connection, read_only = database.connected(path, create=create)
        return cls(connection, path, read_only=read_only)

    @classmethod
    def in_memory(cls) -> Self:
        """An empty library that is gone when it is closed."""
        return cls(database.in_memory(), Path(":memory:"))

    def close(self) -> None:
        """Gives the file free."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- adding ---------------------------------------------------------------------------

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """All that is added inside, or nothing of it. May be nested: the outermost counts.

        Raises:
            LibraryReadOnly, LibraryLocked: nothing was written.
        """
        if self.read_only:
            raise LibraryReadOnly(
                f"the library {self.path} cannot be written: "
                "change its permissions, or choose another with --library FILE"
            )
        if self._depth:
            yield
            return
        with database.told(self.path), database.transaction(self._connection):
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1

    def add_photo(self, photo: Print, sighting: NewSighting, today: str) -> Added:
        """Adds a photo under a sighting; the photo itself is kept once, however often it is seen."""
        with self.writing():
            return self._sight(self._photo_id(photo, today), sighting, today)

    def add_hash(self, hashes: NewHash, sighting: NewSighting, today: str) -> Added:
        """Adds a hash that came without its picture."""
        with self.writing():
            return self._sight(self._hash_id(hashes, today), sighting, today)

    def add_sighting(self, sha256: str, sighting: NewSighting, today: str) -> Added:
        """Adds a sighting of a photo that the library ``holds``."""
        with self.writing():
            photo_id = int(self._rows("SELECT id FROM photos WHERE sha256 = ?", sha256)[0]["id"])
            return self._sight(photo_id, sighting, today)

    def holds(self, sha256: str, *, with_thumbnail: bool) -> bool:
        """Whether the photo of that file is there, hashed, and with a thumbnail if that is asked for."""
        found = self._rows("SELECT width, thumbnail FROM photos WHERE sha256 = ?", sha256)
        return (
            bool(found)
            and found[0]["width"] is not None
            and not (with_thumbnail and found[0]["thumbnail"] is None)
        )

    def _photo_id(self, photo: Print, today: str) -> int:
        print_ = photo.fingerprint
        values = {
            **_stored(print_),
            "sha256": photo.sha256,
            "thumbnail": photo.thumbnail,
            "added_on": today,
        }
        found = self._rows("SELECT id, width, thumbnail FROM photos WHERE sha256 = ?", photo.sha256)
        if not found:
            return self._insert("photos", values)
        # A hash list may have brought the SHA-256 alone, or the photo came without a thumbnail.
        if found[0]["width"] is None or (found[0]["thumbnail"] is None and photo.thumbnail is not None):
            del values["added_on"]
            self._update("photos", int(found[0]["id"]), values)
        return int(found[0]["id"])

    def _hash_id(self, hashes: NewHash, today: str) -> int:
        if hashes.sha256:
            found = self._rows("SELECT id FROM photos WHERE sha256 = ?", hashes.sha256)
        else:
            found = self._rows(
                "SELECT id FROM photos WHERE sha256 IS NULL AND ifnull(pdq, '') = ? AND ifnull(phash, '') = ?",
                hashes.pdq or "",
                hashes.phash or "",
            )
        if found:
            return int(found[0]["id"])
        values = {"sha256": hashes.sha256, "phash": hashes.phash, "pdq": hashes.pdq, "added_on": today}
        return self._insert("photos", values)

    def _sight(self, photo_id: int, sighting: NewSighting, today: str) -> Added:
        identity_id = self._identity_id(sighting)
        return self._sight_of(photo_id, identity_id, sighting, today)

    def _sight_of(self, photo_id: int, identity_id: int | None, sighting: NewSighting, today: str) -> Added:
        details = {
            "page_url": sighting.page_url,
            "image_url": sighting.image_url,
            "seen_on": sighting.seen_on,
            "date_kind": sighting.date_kind,
            "note": sighting.note,
        }
        before = self._rows(
            "SELECT * FROM sightings WHERE photo_id = ? AND identity_id IS ? AND source = ? ORDER BY id",
            photo_id,
            identity_id,
            sighting.source,
        )
        for row in before:
            if all(value is None or row[name] in (None, value) for name, value in details.items()):
                missing = {
                    name: value for name, value in details.items() if row[name] is None and value is not None
                }
                if missing:
                    self._update("sightings", row["id"], missing)
                return Added.COMPLETED if missing else Added.KNOWN
        values = {
            "photo_id": photo_id,
            "identity_id": identity_id,
            "source": sighting.source,
            "added_on": today,
        }
        self._insert("sightings", values | details)
        return Added.NEW

    def _identity_id(self, sighting: NewSighting) -> int | None:
        """The identity of a reference, made or completed as needed; its name decides."""
        if sighting.identity is None:
            return None
        found = self._rows(
            "SELECT id, note FROM identities WHERE kind = 'reference' AND name = ?", sighting.identity
        )
        if not found:
            values = {"kind": "reference", "name": sighting.identity, "note": sighting.identity_note}
            identity_id = self._insert("identities", values)
        else:
            identity_id = int(found[0]["id"])
            if sighting.identity_note and not found[0]["note"]:
                self._update("identities", identity_id, {"note": sighting.identity_note})
        self._describe(identity_id, sighting.handles, sighting.pages)
        return identity_id

    def _describe(self, identity_id: int, handles: Iterable[Handle], pages: Iterable[str]) -> None:
        for handle in handles:
            self._execute(
                "INSERT INTO handles VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
                "SET account_id = ifnull(excluded.account_id, account_id)",
                identity_id,
                handle.platform or "",
                handle.name,
                handle.account_id,
            )
        for page in pages:
            self._execute("INSERT OR IGNORE INTO pages VALUES (?, ?)", identity_id, page)

    # --- asking ---------------------------------------------------------------------------

    def counts(self, algorithm: str) -> tuple[int, int, int]:
        """How many photos, hashes without a picture, and photos whose keypoints another version made."""
        row = self._rows(
            "SELECT count(width), count(*) - count(width), "
            "count(CASE WHEN width IS NOT NULL AND keypoint_algorithm IS NOT ? THEN 1 END) FROM photos",
            algorithm,
        )[0]
        return row[0], row[1], row[2]

    def near(self, fingerprint: Fingerprint, sha256: str, most: int) -> tuple[Known, ...]:
        """The photos and hashes that may be the picture asked about, with their sightings.

        Args:
            fingerprint: of the photo that is asked about.
            sha256: of its file.
            most: how many candidates to take from each kind of hash.
        """
        algorithm = fingerprint.keypoints.algorithm
        found = self._scanner(algorithm).candidates(fingerprint.whole, fingerprint.keypoints, most)
        no_distance = Scan.no_distance()
        for row in self._rows("SELECT id FROM photos WHERE sha256 = ?", sha256):
            found.setdefault(int(row["id"]), no_distance)
        known = []
        for photo_id, distance in found.items():
            row = self._rows("SELECT * FROM photos WHERE id = ?", photo_id)[0]
            keypoints = None
            if row["codes"] is not None and row["keypoint_algorithm"] == algorithm:
                keypoints = blobs.unpacked(
                    algorithm, row["points"], row["codes"], row["width"], row["height"]
                )
            known.append(
                Known(
                    photo_id=photo_id,
                    sha256=row["sha256"],
                    width=row["width"],
                    height=row["height"],
                    keypoints=keypoints,
                    thumbnail=row["thumbnail"],
                    distance=distance,
                    sightings=self._sightings("s.photo_id = ?", photo_id),
                )
            )
        return tuple(known)

    def sightings(self, *, identity: str | None = None, source: Source | None = None) -> tuple[Sighting, ...]:
        """All sightings, oldest number first, or those of one identity or source."""
        return self._sightings(
            "(? IS NULL OR i.name = ?) AND (? IS NULL OR s.source = ?)", identity, identity, source, source
        )

    def sighting(self, number: int) -> tuple[Sighting, Values]:
        """One sighting, and its photo's columns.

        Raises:
            UsageError: there is none of that number.
        """
        found = self._sightings("s.id = ?", number)
        if not found:
            raise UsageError(
                f"there is no sighting {number}: `fakeprofile references list` shows their numbers"
            )
        photo = self._rows(
            "SELECT p.* FROM photos p JOIN sightings s ON s.photo_id = p.id WHERE s.id = ?", number
        )[0]
        return found[0], dict(photo)

    def photos(self) -> Iterator[tuple[Values, tuple[Sighting, ...]]]:
        """Every photo and hash, as its columns, with its sightings: for exports."""
        for row in self._rows("SELECT id FROM photos ORDER BY id"):
            values = dict(self._rows("SELECT * FROM photos WHERE id = ?", row["id"])[0])
            yield values, self._sightings("s.photo_id = ?", row["id"])

    # --- removing -------------------------------------------------------------------------

    def remove(self, numbers: Iterable[int]) -> int:
        """Removes sightings, and what only they held; all of them or none. How many there were.

        Raises:
            UsageError: there is no sighting of one of the numbers; nothing is removed.
        """
        with self.writing():
            count = 0
            for number in numbers:
                if not self._execute("DELETE FROM sightings WHERE id = ?", number).rowcount:
                    raise UsageError(
                        f"there is no sighting {number}: nothing was removed; "
                        "`fakeprofile references list` shows their numbers"
                    )
                count += 1
            self._sweep()
            return count

    def _sweep(self) -> None:
        """Removes photos and identities that nothing refers to any more."""
        self._execute("DELETE FROM photos WHERE id NOT IN (SELECT photo_id FROM sightings)")
        self._execute(
            "DELETE FROM identities WHERE kind = 'reference' AND id NOT IN "
            "(SELECT identity_id FROM sightings WHERE identity_id IS NOT NULL)"
        )

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
            case_id = self._case_id(account, name, today)
            self._update(
                "cases",
                case_id,
                {"last_checked_on": today, "level": level, "report": report, "display_name": name},
            )
            if account:
                self._describe(case_id, (account,), ())
            sighting = NewSighting(source=Source.CASE, seen_on=today, date_kind=DateKind.CHECKED)
            for photo in photos:
                photo_id = self._photo_id(photo, today)
                if not self._rows(
                    "SELECT 1 FROM sightings WHERE photo_id = ? AND identity_id = ?", photo_id, case_id
                ):
                    self._sight_of(photo_id, case_id, sighting, today)
            return case_id

    def _case_id(self, account: Handle | None, name: str, today: str) -> int:
        platform = (account.platform if account else None) or ""
        handle = account.name if account else ""
        account_id = account.account_id if account else None
        found = self._rows(
            "SELECT id FROM cases WHERE platform = ? AND lower(handle) = lower(?) "
            "AND (handle <> '' OR display_name = ?) "
            "AND (account_id IS NULL OR ? IS NULL OR account_id = ?) ORDER BY account_id IS NULL LIMIT 1",
            platform,
            handle,
            name,
            account_id,
            account_id,
        )
        if found:
            case_id = int(found[0]["id"])
            if account_id:
                self._update("cases", case_id, {"account_id": account_id})
            self._update("identities", case_id, {"name": name})
            return case_id
        case_id = self._insert("identities", {"kind": "case", "name": name})
        values = {
            "id": case_id,
            "platform": platform,
            "handle": handle,
            "account_id": account_id,
            "display_name": name,
            "first_checked_on": today,
            "last_checked_on": today,
            "level": Level.NOTHING_FOUND,
            "report": "",
        }
        return self._insert("cases", values)

    def cases(self) -> tuple[Case, ...]:
        """The remembered accounts, in the order of their first check."""
        rows = self._rows(
            "SELECT c.*, (SELECT count(*) FROM sightings s WHERE s.identity_id = c.id) AS photos "
            "FROM cases c ORDER BY c.id"
        )
        return tuple(_case_of(row) for row in rows)

    def case_report(self, number: int) -> str:
        """The JSON of the last check of a case.

        Raises:
            UsageError: there is no such case.
        """
        found = self._rows("SELECT report FROM cases WHERE id = ?", number)
        if not found:
            raise UsageError(f"there is no case {number}: `fakeprofile cases list` shows their numbers")
        return str(found[0]["report"])

    def forget(self, numbers: Iterable[int]) -> int:
        """Forgets cases and what only they held; all of them or none. How many there were.

        Raises:
            UsageError: there is no case of one of the numbers; nothing is forgotten.
        """
        with self.writing():
            count = 0
            for number in numbers:
                self.case_report(number)
                self._execute("DELETE FROM sightings WHERE identity_id = ? AND source = 'case'", number)
                self._execute("DELETE FROM cases WHERE id = ?", number)
                self._execute("DELETE FROM identities WHERE id = ?", number)
                count += 1
            self._sweep()
            return count

    # --- upkeep ---------------------------------------------------------------------------

    def outdated(self, keypoints: str, whole: str) -> tuple[tuple[int, Values], ...]:
        """Photos that another version of an algorithm hashed: id, and their columns."""
        rows = self._rows(
            "SELECT * FROM photos WHERE width IS NOT NULL "
            "AND (keypoint_algorithm IS NOT ? OR whole_algorithm IS NOT ?) ORDER BY id",
            keypoints,
            whole,
        )
        return tuple((int(row["id"]), dict(row)) for row in rows)

    def rehash(self, photo_id: int, fingerprint: Fingerprint) -> None:
        """Puts new hashes in the place of a photo's old ones."""
        with self.writing():
            self._update("photos", photo_id, _stored(fingerprint))

    def damage(self) -> Iterator[str]:
        """What is wrong with the file, a line each; nothing if it is sound."""
        with database.told(self.path):
            for row in self._connection.execute("PRAGMA integrity_check"):
                if row[0] != "ok":
                    yield f"SQLite: {row[0]}"
            for row in self._connection.execute("PRAGMA foreign_key_check"):
                yield f"{row[0]} row {row[1]} refers to a row of {row[2]} that is gone"
        for row in self._rows(
            "SELECT id FROM photos WHERE width IS NOT NULL AND "
            "(codes IS NULL OR length(codes) % 16 OR length(points) <> length(codes) / 2)"
        ):
            yield f"photo {row['id']}: its keypoints are damaged: `fakeprofile references rehash` makes them again"
        for row in self._rows("SELECT id FROM photos WHERE id NOT IN (SELECT photo_id FROM sightings)"):
            yield f"photo {row['id']}: no sighting refers to it"

    # --- SQL ------------------------------------------------------------------------------

    def _scanner(self, algorithm: str) -> Scan:
        """The hashes in memory, read again if this or another process has written since."""
        version = self._rows("PRAGMA data_version")[0][0] * 1_000_000_007 + self._connection.total_changes
        if self._scan is None or version != self._scanned:
            rows = self._rows(
                "SELECT id, phash, pdq, CASE WHEN keypoint_algorithm = ? THEN codes END AS codes FROM photos",
                algorithm,
            )
            self._scan = Scan(
                Row(photo_id=row["id"], phash=row["phash"], pdq=row["pdq"], codes=row["codes"])
                for row in rows
            )
            self._scanned = version
        return self._scan

    def _sightings(self, condition: str, *values: object) -> tuple[Sighting, ...]:
        rows = self._rows(
            "SELECT s.*, p.sha256, p.width, i.name, i.note AS identity_note FROM sightings s "
            "JOIN photos p ON p.id = s.photo_id LEFT JOIN identities i ON i.id = s.identity_id "
            f"WHERE {condition} ORDER BY s.id",
            *values,
        )
        return tuple(self._sighting_of(row) for row in rows)

    def _sighting_of(self, row: sqlite3.Row) -> Sighting:
        return Sighting(
            id=row["id"],
            source=Source(row["source"]),
            identity=None if row["identity_id"] is None else self._identity(row),
            photo_sha256=row["sha256"],
            page_url=row["page_url"],
            image_url=row["image_url"],
            seen_on=row["seen_on"],
            date_kind=None if row["date_kind"] is None else DateKind(row["date_kind"]),
            added_on=row["added_on"],
            note=row["note"],
        )

    def _identity(self, row: sqlite3.Row) -> Identity:
        number = row["identity_id"]
        handles = self._rows("SELECT * FROM handles WHERE identity_id = ? ORDER BY platform, name", number)
        pages = self._rows("SELECT url FROM pages WHERE identity_id = ? ORDER BY url", number)
        return Identity(
            id=number,
            name=row["name"],
            handles=tuple(
                Handle(name=one["name"], platform=one["platform"] or None, account_id=one["account_id"])
                for one in handles
            ),
            pages=tuple(page["url"] for page in pages),
            note=row["identity_note"],
        )

    def _rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with database.told(self.path):
            return self._connection.execute(sql, values).fetchall()

    def _execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(sql, values)

    def _insert(self, table: str, values: Values) -> int:
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        cursor = self._execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", *values.values())
        return int(cursor.lastrowid or 0)

    def _update(self, table: str, number: int, values: Values) -> None:
        settings = ", ".join(f"{name} = ?" for name in values)
        self._execute(f"UPDATE {table} SET {settings} WHERE id = ?", *values.values(), number)


def _stored(fingerprint: Fingerprint) -> Values:
    """The columns of ``photos`` that hold a fingerprint."""
    keypoints, whole = fingerprint.keypoints, fingerprint.whole
    return {
        "width": fingerprint.width,
        "height": fingerprint.height,
        "phash": whole.phash,
        "pdq": whole.pdq,
        "pdq_quality": whole.pdq_quality,
        "whole_algorithm": whole.algorithm,
        "keypoint_algorithm": keypoints.algorithm,
        "points": blobs.packed_points(keypoints, fingerprint.width, fingerprint.height),
        "codes": keypoints.codes.tobytes(),
    }


def _case_of(row: sqlite3.Row) -> Case:
    handle = None
    if row["handle"]:
        handle = Handle(name=row["handle"], platform=row["platform"] or None, account_id=row["account_id"])
    return Case(
        id=row["id"],
        handle=handle,
        name=row["display_name"],
        account_id=row["account_id"],
        first_checked_on=row["first_checked_on"],
        last_checked_on=row["last_checked_on"],
        level=Level(row["level"]),
        photos=row["photos"],
    )
