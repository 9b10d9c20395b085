"""HEIC and AVIF: the items with metadata in the boxes of the file (ISO 14496-12, 23008-12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from fakeprofile.provenance.blocks import MOST_BYTES, BlockKind

MOST_BOXES = 2000
MOST_ITEMS = 5000
MOST_ITEMS_READ = 16
C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
"""The UUID of the box that holds content credentials (C2PA 2.1, section A.5)."""

_DAMAGED = "its list of items is damaged, so not all of its data were read"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    kind: bytes
    start: int
    end: int


def read_boxes(data: bytes, miss: Callable[[str], None]) -> Iterator[tuple[BlockKind, bytes]]:
    """The EXIF and XMP items and the content credentials; what is broken goes to ``miss``."""
    for box in _boxes(data, 0, len(data)):
        if box.kind == b"uuid" and data[box.start : box.start + 16] == C2PA_BOX:
            yield BlockKind.CREDENTIALS, data[box.start + 16 : min(box.end, box.start + 4096)]
        if box.kind == b"meta":
            try:
                yield from _items(data, box)
            except (IndexError, ValueError):
                miss(_DAMAGED)


def _boxes(data: bytes, at: int, end: int) -> Iterator[_Box]:
    for _ in range(MOST_BOXES):
        if at + 8 > end:
            return
        size, head = int.from_bytes(data[at : at + 4]), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16]), 16
        stop = end if size == 0 else at + size
        if stop < at + head or stop > end:
            return
        yield _Box(kind=data[at + 4 : at + 8], start=at + head, end=stop)
        at = stop


def _items(data: bytes, meta: _Box) -> Iterator[tuple[BlockKind, bytes]]:
    boxes = {box.kind: box for box in reversed(list(_boxes(data, meta.start + 4, meta.end)))}
    if b"iinf" not in boxes or b"iloc" not in boxes:
        return
    kinds = dict(islice(_kinds(data, boxes[b"iinf"]), MOST_ITEMS_READ))
    inner = boxes[b"idat"].start if b"idat" in boxes else 0
    for number, extents in _places(data, boxes[b"iloc"], inner):
        # Each item once: a list can name the same one thousands of times.
        if number in kinds and sum(size for _, size in extents) <= MOST_BYTES:
            yield kinds.pop(number), b"".join(data[at : at + size] for at, size in extents)


def _kinds(data: bytes, iinf: _Box) -> Iterator[tuple[int, BlockKind]]:
    """The numbers of the items that are EXIF or XMP."""
    count_size = 2 if data[iinf.start] == 0 else 4
    for box in _boxes(data, iinf.start + 4 + count_size, iinf.end):
        version = data[box.start]
        if box.kind != b"infe" or version < 2:
            continue
        size = 2 if version == 2 else 4
        at = box.start + 4
        number, kind = int.from_bytes(data[at : at + size]), data[at + size + 2 : at + size + 6]
        if kind == b"Exif":
            yield number, BlockKind.EXIF
        elif kind == b"mime" and b"application/rdf+xml" in data[at : box.end]:
            yield number, BlockKind.XMP


class _Numbers:
    """Reads one number after the other."""

    def __init__(self, data: bytes, at: int, end: int) -> None:
        self._data, self._at, self._end = data, at, end

    def next(self, size: int) -> int:
        """The next number of that many bytes.

        Raises:
            ValueError: the box ends before.
        """
        if self._at + size > self._end:
            raise ValueError("the box is too short")
        self._at += size
        return int.from_bytes(self._data[self._at - size : self._at])


def _places(data: bytes, iloc: _Box, inner: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Where in the file each item lies: offset and size of its parts.

    Raises:
        ValueError: the list is cut off.
    """
    version = data[iloc.start]
    read = _Numbers(data, iloc.start + 4, iloc.end)
    sizes, more = read.next(1), read.next(1)
    wide = 4 if version == 2 else 2
    if not sizes:
        raise ValueError("an extent without a place")
    for _ in range(min(read.next(wide), MOST_ITEMS)):
        number = read.next(wide)
        method = read.next(2) & 15 if version in (1, 2) else 0
        read.next(2)
        base = read.next(more >> 4)
        start = {0: 0, 1: inner}.get(method, -1)
        extents = []
        for _ in range(read.next(2)):
            if version in (1, 2):
                read.next(more & 15)
            offset = read.next(sizes >> 4)
            extents.append((start + base + offset, read.next(sizes & 15)))
        if start >= 0:
            yield number, extents
