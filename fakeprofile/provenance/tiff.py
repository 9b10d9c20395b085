"""The tags of a TIFF structure, which is also what EXIF is (TIFF 6.0, EXIF 3.0)."""

from __future__ import annotations

import struct

MOST_TAGS = 1000
MOST_VALUE = 4 * 1024 * 1024

Value = bytes | tuple[int, ...] | tuple[float, ...]
"""Text and undefined as bytes, whole numbers and fractions as tuples."""

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 13: 4, 129: 1}


class Tiff:
    """A TIFF structure; whatever is broken in it is as if it were not there."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._room = 4 * MOST_VALUE
        self._order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(data[:4], "")

    @property
    def first(self) -> int:
        """Where the first directory stands; 0 if this is no TIFF."""
        return self._number(4, "I") if self._order else 0

    def tags(self, at: int) -> dict[int, Value]:
        """The values of a directory, by the number of the tag."""
        if not 8 <= at <= len(self._data) - 2:
            return {}
        found: dict[int, Value] = {}
        for entry in range(min(self._number(at, "H"), MOST_TAGS)):
            start = at + 2 + 12 * entry
            if start + 12 > len(self._data):
                break
            value = self._value(start)
            if value is not None:
                found.setdefault(self._number(start, "H"), value)
        return found

    def within(self, tags: dict[int, Value], tag: int) -> dict[int, Value]:
        """The values of the directory that a tag points at."""
        at = tags.get(tag)
        return self.tags(int(at[0])) if isinstance(at, tuple) and at else {}

    def _value(self, entry: int) -> Value | None:
        kind, count = self._number(entry + 2, "H"), self._number(entry + 4, "I")
        size = _SIZES.get(kind, 0) * count
        at = entry + 8 if size <= 4 else self._number(entry + 8, "I")
        if not 0 < size <= min(MOST_VALUE, self._room) or at + size > len(self._data):
            return None
        self._room -= size
        raw = self._data[at : at + size]
        if kind in (1, 2, 6, 7, 129):
            return raw
        count = min(count, 64)
        if kind in (5, 10):
            parts = struct.unpack_from(f"{self._order}{2 * count}{'I' if kind == 5 else 'i'}", raw)
            pairs = zip(parts[::2], parts[1::2], strict=True)
            return tuple(over / under if under else 0.0 for over, under in pairs)
        letter = {3: "H", 4: "I", 8: "h", 9: "i", 13: "I"}[kind]
        return struct.unpack_from(f"{self._order}{count}{letter}", raw)

    def _number(self, at: int, letter: str) -> int:
        size = struct.calcsize(letter)
        if not self._order or not 0 <= at <= len(self._data) - size:
            return 0
        return int(struct.unpack_from(self._order + letter, self._data, at)[0])
