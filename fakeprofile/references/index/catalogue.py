"""Which files of the index count: the library says so, in the transaction that also says what they hold.

A file that is not listed is left over from a program that was stopped, and is swept away. One that is
listed but missing or damaged is taken off the list: its photos are then read from the library again.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fakeprofile.references.rows import Rows

LOCK = "lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One file of the index, as the library lists it."""

    name: str
    first_stamp: int
    last_stamp: int
    photos: int
    codes: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The index at one moment."""

    library: str
    """The library's id."""
    segments: tuple[Listed, ...]
    """By their stamps; no two overlap."""
    dead: NDArray[np.int64]
    """Stamps that a file may hold although no photo has them any more."""
    newest: int
    """The highest stamp."""

    def gaps(self) -> Iterator[tuple[int, int]]:
        """Ranges of stamps that no file holds."""
        first = 1
        for segment in self.segments:
            if first < segment.first_stamp:
                yield first, segment.first_stamp - 1
            first = segment.last_stamp + 1
        if first <= self.newest:
            yield first, self.newest


def listing(rows: Rows, algorithm: str, ignored: frozenset[str] = frozenset()) -> Listing:
    """What the library says of its index; ask for it in one transaction with the photos.

    Args:
        rows: of the library.
        algorithm: files for another one do not count.
        ignored: names of files that cannot be used.
    """
    found = rows.all(
        "SELECT name, first_stamp, last_stamp, photos, codes, digest FROM segments "
        "WHERE algorithm = ? ORDER BY first_stamp",
        algorithm,
    )
    dead = rows.all("SELECT stamp FROM graves ORDER BY stamp")
    return Listing(
        library=str(rows.all("SELECT id FROM library")[0][0]),
        segments=tuple(Listed(**dict(row)) for row in found if row["name"] not in ignored),
        dead=np.array([row[0] for row in dead], dtype=np.int64),
        newest=rows.all("SELECT ifnull(max(stamp), 0) FROM stamps")[0][0],
    )


def publish(rows: Rows, algorithm: str, new: Listed, dead: NDArray[np.int64]) -> bool:
    """Lists a new file in the place of those whose stamps it holds; whether that was still right.

    Args:
        rows: of the library.
        algorithm: of the file.
        new: the file.
        dead: stamps that were left out of it: nobody needs to know of them any more.
    """
    with rows.writing():
        span = (algorithm, new.first_stamp, new.last_stamp)
        crossed = rows.first(
            "SELECT 1 FROM segments WHERE algorithm = ? AND last_stamp >= ? AND first_stamp <= ? "
            "AND NOT (first_stamp >= ? AND last_stamp <= ?)",
            *span,
            *span[1:],
        )
        if crossed:
            return False
        rows.run("DELETE FROM segments WHERE algorithm = ? AND first_stamp >= ? AND last_stamp <= ?", *span)
        rows.run("DELETE FROM segments WHERE algorithm <> ?", algorithm)
        rows.insert(
            "segments",
            {
                "name": new.name,
                "algorithm": algorithm,
                "first_stamp": new.first_stamp,
                "last_stamp": new.last_stamp,
                "photos": new.photos,
                "codes": new.codes,
                "digest": new.digest,
            },
        )
        for stamp in dead[(dead >= new.first_stamp) & (dead <= new.last_stamp)].tolist():
            rows.run("DELETE FROM graves WHERE stamp = ?", stamp)
    return True


def strike(rows: Rows, names: frozenset[str]) -> None:
    """Takes files off the list."""
    with rows.writing():
        for name in sorted(names):
            rows.run("DELETE FROM segments WHERE name = ?", name)


def sweep(rows: Rows, folder: Path) -> None:
    """Removes the files that are not listed. Only the one who holds the lock may do it."""
    names = {row[0] for row in rows.all("SELECT name FROM segments")}
    for path in folder.glob("*.segment"):
        if path.name not in names:
            with contextlib.suppress(OSError):  # Windows keeps a file that somebody has mapped
                path.unlink()
    for path in folder.glob("*.partial"):
        with contextlib.suppress(OSError):
            path.unlink()


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether this program is the only one that changes the files of the index, until the end.

    SQLite's own lock on a file beside them is used: it works on every system, and the lock is gone at once
    when the program that holds it is killed.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / LOCK).touch(mode=0o600)
    connection = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        connection.close()
        yield False
        return
    try:
        yield True
    finally:
        connection.close()
