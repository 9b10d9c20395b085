"""The file of a segment: a header, and eight arrays one after the other.

::

    header      4,096 bytes: magic, length and CRC-32 of a JSON text, the text, zeros
    counts      lists x uint16 or uint32: how many codes stand in each list
    stamps      photos x int64, rising
    phash       photos x 8 bytes
    pdq         photos x 32 bytes
    codes       codes x 16 bytes, list after list, in a list by rising stamp
    owners      codes x 3 bytes: the position of the photo, little-endian
    places      codes x 4 bytes: see ``places.py``

So a code takes 23 bytes, and a photo 48. Numbers are little-endian. The header holds a CRC-32 of every
array; the library keeps a digest of the header. A file is written whole, brought to the disk, and only
then given its name; it is never changed afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

MAGIC = b"FPLINDEX"
FORMAT = 1
HEADER_BYTES = 4096
MOST_PHOTOS = 1 << 24
"""As many as three bytes can number."""
ARRAYS: dict[str, tuple[np.dtype[Any], int]] = {
    "counts": (np.dtype("<u2"), 1),
    "stamps": (np.dtype("<i8"), 1),
    "phash": (np.dtype("u1"), 8),
    "pdq": (np.dtype("u1"), 32),
    "codes": (np.dtype("u1"), 16),
    "owners": (np.dtype("u1"), 3),
    "places": (np.dtype("u1"), 4),
}
"""The arrays in their order: kind of number, and how many of them a row has."""
WIDE_COUNTS = np.dtype("<u4")
"""For the counts of a file of which a list is longer than two bytes can tell."""
CHUNK = 1 << 22
"""Bytes that are checked at a time."""


class Unsound(Exception):
    """A file of the index cannot be used; the index is then made anew from the library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the beginning of a file says about the rest."""

    format: int = FORMAT
    library: str
    """The library's own random id."""
    algorithm: str
    """Of the keypoints and of the centroids."""
    lists: int
    first_stamp: int
    last_stamp: int
    photos: int
    codes: int
    longest: int
    """Codes in the longest list."""
    checksums: dict[str, int]
    """CRC-32 of each array."""

    def rows(self, name: str) -> int:
        """How many rows an array has."""
        if name == "counts":
            return self.lists
        return self.photos if name in ("stamps", "phash", "pdq") else self.codes

    def kind(self, name: str) -> tuple[np.dtype[Any], int]:
        """The kind of number of an array, and how many of them a row has."""
        wide = name == "counts" and self.longest > np.iinfo(np.uint16).max
        return (WIDE_COUNTS, 1) if wide else ARRAYS[name]

    def offset(self, name: str) -> int:
        """Where an array begins in the file, in bytes."""
        at: int = HEADER_BYTES
        for other in ARRAYS:
            if other == name:
                break
            kind, width = self.kind(other)
            at += -(-self.rows(other) * kind.itemsize * width // 64) * 64
        return at

    @property
    def size(self) -> int:
        """How long the file is, in bytes."""
        return self.offset("places") + self.rows("places") * 4


def packed_header(header: Header) -> bytes:
    """The first bytes of a file."""
    text = json.dumps(asdict(header), sort_keys=True).encode("ascii")
    head = MAGIC + len(text).to_bytes(4, "little") + zlib.crc32(text).to_bytes(4, "little") + text
    return head.ljust(HEADER_BYTES, b"\0")


def unpacked_header(head: bytes, path: Path) -> Header:
    """The header that the first bytes of a file hold.

    Raises:
        Unsound: they are of no segment, or damaged, or of another version.
    """
    length, checksum = (int.from_bytes(head[at : at + 4], "little") for at in (8, 12))
    text = head[16 : 16 + length]
    if head[:8] != MAGIC or len(head) != HEADER_BYTES or zlib.crc32(text) != checksum:
        raise Unsound(f"{path} is not a segment of an index, or its header is damaged")
    values = json.loads(text)
    if values.get("format") != FORMAT:
        raise Unsound(f"{path} has the format {values.get('format')}, not {FORMAT}")
    return Header(**values)


def digest_of(head: bytes) -> str:
    """What the library keeps of a header: BLAKE2b, 32 hex digits."""
    return hashlib.blake2b(head, digest_size=16).hexdigest()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class Writer:
    """Writes a segment piece by piece; it gets its name only when it is whole and on the disk."""

    def __init__(self, path: Path, header: Header) -> None:
        self._path = path
        self._partial = path.with_suffix(".partial")
        self._header = header
        self._file: BinaryIO = open(self._partial, "wb", opener=_private)  # noqa: SIM115
        self._written = dict.fromkeys(ARRAYS, 0)
        self._checksums = dict.fromkeys(ARRAYS, 0)

    def write(self, name: str, rows: NDArray[Any]) -> None:
        """Adds rows to an array."""
        kind, _ = self._header.kind(name)
        data = np.ascontiguousarray(rows, dtype=kind).tobytes()
        self._file.seek(self._header.offset(name) + self._written[name])
        self._file.write(data)
        self._written[name] += len(data)
        self._checksums[name] = zlib.crc32(data, self._checksums[name])

    def finish(self) -> str:
        """Puts the file in its place; the digest of its header."""
        header = Header(**{**asdict(self._header), "checksums": self._checksums})
        head = packed_header(header)
        self._file.seek(0)
        self._file.write(head)
        self._file.truncate(header.size)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._partial.replace(self._path)
        _bring_to_disk(self._path.parent)
        return digest_of(head)

    def abandon(self) -> None:
        """Leaves nothing behind."""
        self._file.close()
        self._partial.unlink(missing_ok=True)


def _bring_to_disk(folder: Path) -> None:
    """The names in a folder survive a power cut; where folders cannot be opened, the system sees to it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def damaged_arrays(path: Path, header: Header) -> Iterator[str]:
    """The names of the arrays whose bytes are not those that were written. Reads the whole file."""
    with path.open("rb") as file:
        for name in ARRAYS:
            kind, width = header.kind(name)
            file.seek(header.offset(name))
            left, checksum = header.rows(name) * kind.itemsize * width, 0
            while left > 0 and (piece := file.read(min(left, CHUNK))):
                checksum, left = zlib.crc32(piece, checksum), left - len(piece)
            if left or checksum != header.checksums[name]:
                yield name
