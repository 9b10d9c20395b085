"""The hashes of some photos of a library as arrays: what goes into a segment, and what the tail is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.references import database
from fakeprofile.references.index.places import packed_places
from fakeprofile.references.index.quantizer import CODE_BYTES
from fakeprofile.references.rows import Rows

PHASH_BYTES, PDQ_BYTES = 8, 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Photos by rising stamp, and their codes one photo after the other."""

    stamps: NDArray[np.int64]
    phash: NDArray[np.uint8]
    """n x 8; all zero for none."""
    pdq: NDArray[np.uint8]
    """n x 32; all zero for none."""
    owners: NDArray[np.int64]
    """For each code the position of its photo."""
    codes: NDArray[np.uint8]
    """m x 16."""
    places: NDArray[np.uint8]
    """m x 4: see ``places.py``."""

    def __len__(self) -> int:
        return len(self.stamps)


NO_ENTRIES = Entries(
    stamps=np.zeros(0, dtype=np.int64),
    phash=np.zeros((0, PHASH_BYTES), dtype=np.uint8),
    pdq=np.zeros((0, PDQ_BYTES), dtype=np.uint8),
    owners=np.zeros(0, dtype=np.int64),
    codes=np.zeros((0, CODE_BYTES), dtype=np.uint8),
    places=np.zeros((0, 4), dtype=np.uint8),
)


def entries_between(rows: Rows, algorithm: str, first: int, last: int, most: int) -> Entries:
    """The photos with stamps from ``first`` to ``last``, the ``most`` oldest of them.

    Args:
        rows: of the library.
        algorithm: codes that another one made are left out.
        first: the lowest stamp.
        last: the highest stamp.
        most: how many photos to read at most.

    Raises:
        LibraryForeign: a hash is not what this program wrote.
    """
    found = rows.each(
        "SELECT s.stamp, p.width, p.height, p.phash, p.pdq, "
        "CASE WHEN p.keypoint_algorithm = ? THEN p.codes END AS codes, p.points "
        "FROM stamps s JOIN photos p ON p.id = s.photo_id WHERE s.stamp BETWEEN ? AND ? ORDER BY s.stamp LIMIT ?",
        algorithm,
        first,
        last,
        most,
    )
    with database.sound(rows.path):
        return _entries_of(found)


def _entries_of(rows: Iterable[sqlite3.Row]) -> Entries:
    stamps: list[int] = []
    phash: list[bytes] = []
    pdq: list[bytes] = []
    owners: list[NDArray[np.int64]] = []
    codes: list[NDArray[np.uint8]] = []
    places: list[NDArray[np.uint8]] = []
    for row in rows:
        phash.append(_bytes_of(row["phash"], PHASH_BYTES))
        pdq.append(_bytes_of(row["pdq"], PDQ_BYTES))
        if row["codes"]:
            if len(row["codes"]) % CODE_BYTES:
                raise ValueError(f"the codes of a photo are {len(row['codes'])} bytes")
            owners.append(np.full(len(row["codes"]) // CODE_BYTES, len(stamps)))
            codes.append(np.frombuffer(row["codes"], dtype=np.uint8).reshape(-1, CODE_BYTES))
            places.append(packed_places(row["points"], row["width"], row["height"]))
            if len(places[-1]) != len(codes[-1]):
                raise ValueError("a photo has not as many places as codes")
        stamps.append(row["stamp"])
    return Entries(
        stamps=np.array(stamps, dtype=np.int64),
        phash=np.frombuffer(b"".join(phash), dtype=np.uint8).reshape(-1, PHASH_BYTES),
        pdq=np.frombuffer(b"".join(pdq), dtype=np.uint8).reshape(-1, PDQ_BYTES),
        owners=np.concatenate([NO_ENTRIES.owners, *owners]),
        codes=np.concatenate([NO_ENTRIES.codes, *codes]),
        places=np.concatenate([NO_ENTRIES.places, *places]),
    )


def _bytes_of(text: str | None, length: int) -> bytes:
    found = bytes.fromhex(text or "0" * (2 * length))
    if len(found) != length:
        raise ValueError(f"a hash is {len(found)} bytes, not {length}")
    return found


def joined(parts: Sequence[Entries]) -> Entries:
    """The photos of several, whose stamps follow each other, as one."""
    starts = np.cumsum([0, *map(len, parts)])
    return Entries(
        stamps=np.concatenate([NO_ENTRIES.stamps, *(part.stamps for part in parts)]),
        phash=np.concatenate([NO_ENTRIES.phash, *(part.phash for part in parts)]),
        pdq=np.concatenate([NO_ENTRIES.pdq, *(part.pdq for part in parts)]),
        owners=np.concatenate(
            [
                NO_ENTRIES.owners,
                *(part.owners + start for part, start in zip(parts, starts, strict=False)),
            ]
        ),
        codes=np.concatenate([NO_ENTRIES.codes, *(part.codes for part in parts)]),
        places=np.concatenate([NO_ENTRIES.places, *(part.places for part in parts)]),
    )


def living(entries: Entries, dead: NDArray[np.int64]) -> Entries:
    """The photos whose stamps are not among the dead."""
    alive = ~np.isin(entries.stamps, dead)
    if alive.all():
        return entries
    codes = alive[entries.owners]
    position = np.cumsum(alive) - 1
    return Entries(
        stamps=entries.stamps[alive],
        phash=entries.phash[alive],
        pdq=entries.pdq[alive],
        owners=position[entries.owners[codes]],
        codes=entries.codes[codes],
        places=entries.places[codes],
    )
