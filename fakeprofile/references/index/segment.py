"""One file of the index, mapped into memory: some photos of the library that never change."""

from __future__ import annotations

import contextlib
import itertools
import mmap
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakeprofile.references.index.inverted import Inverted
from fakeprofile.references.index.layout import (
    HEADER_BYTES,
    Unsound,
    digest_of,
    unpacked_header,
)
from fakeprofile.references.index.memory import (
    AT_ONCE,
    COLD,
    SMALL,
    WORTH_READING_AHEAD,
    bytes_read,
    give_back,
    read_ahead,
    too_much_is_mapped,
)
from fakeprofile.references.index.pairs import Lookup, Pairs, concatenated, part_of
from fakeprofile.references.index.quantizer import CODE_BYTES


class Segment:
    """An open file of the index."""

    def __init__(self, path: Path, digest: str, library: str) -> None:
        """Maps the file.

        Args:
            path: of the file.
            digest: of its header, as the library keeps it.
            library: the id of the library.

        Raises:
            FileNotFoundError: it is gone.
            Unsound: it is damaged, or belongs to another library.
        """
        self.path = path
        with path.open("rb") as file:
            head = file.read(HEADER_BYTES)
            self.header = unpacked_header(head, path)
            if digest_of(head) != digest or self.header.library != library:
                raise Unsound(f"{path} belongs to another library or to another state of it")
            if path.stat().st_size != self.header.size:
                raise Unsound(f"{path} is {path.stat().st_size} bytes long, not {self.header.size}")
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        counts = self.array("counts")
        if zlib.crc32(counts.tobytes()) != self.header.checksums["counts"]:
            raise Unsound(f"{path} is damaged")
        self.counts = counts.astype(np.uint32)
        self.stamps = self.array("stamps")
        self.phash, self.pdq = self.array("phash"), self.array("pdq")
        self.codes, self.owners, self.places = self.array("codes"), self.array("owners"), self.array("places")
        self._inverted: Inverted | None = None
        self._is_large = self._cold = self.header.size > WORTH_READING_AHEAD
        """Whether its lists are probably not in memory: that is not known before they were looked at once."""

    def __len__(self) -> int:
        return self.header.photos

    @property
    def mapped(self) -> int:
        """Bytes of the file."""
        return self.header.size

    @property
    def by_lists(self) -> bool:
        """Its codes stand in lists."""
        return True

    def array(self, name: str) -> NDArray[Any]:
        """An array of the file, mapped."""
        kind, width = self.header.kind(name)
        rows = self.header.rows(name)
        found: NDArray[Any] = np.frombuffer(
            self._map, dtype=kind, count=rows * width, offset=self.header.offset(name)
        )
        return found.reshape(rows, width) if width > 1 else found

    def pairs(self, lookup: Lookup) -> Pairs:
        """The near codes of this file, with no more of it mapped than may be."""
        if self._inverted is None:
            self._inverted = Inverted(self.counts, self.codes)
        lengths = self._inverted.lengths[lookup.lists].sum(axis=1)
        touched = np.cumsum(lengths * CODE_BYTES)
        cuts = np.searchsorted(touched, np.arange(AT_ONCE, int(touched[-1]) + AT_ONCE, AT_ONCE)) + 1
        found = []
        before = bytes_read()
        for first, last in itertools.pairwise(sorted({0, *np.minimum(cuts, len(lengths)).tolist()})):
            part = part_of(lookup, first, last)
            if self._cold:
                self._read_ahead(part.lists)
            found.append(self._pairs(part, first))
            if self.header.size > SMALL and too_much_is_mapped(int(touched[last - 1])):
                self.relax()
        self._cold = self._is_large and bytes_read() - before > COLD
        return concatenated(found)

    def _pairs(self, lookup: Lookup, first: int) -> Pairs:
        if self._inverted is None:
            return concatenated([])
        queries, bits, at = self._inverted.near(lookup)
        owners = numbers_of(self.owners[at])
        sound = owners < len(self)  # a damaged file must not point outside of it
        return Pairs(queries=queries[sound] + first, bits=bits[sound], photos=owners[sound], codes=at[sound])

    def _read_ahead(self, lists: NDArray[np.int64]) -> None:
        """Has the codes of these lists read, before they are compared one list after the other."""
        if self._inverted is None:
            return
        wanted = np.unique(lists[lists >= 0])
        first = self.header.offset("codes")
        starts, ends = self._inverted.starts[wanted], self._inverted.starts[wanted + 1]
        read_ahead(self._map, first + starts * CODE_BYTES, first + ends * CODE_BYTES)

    def relax(self) -> None:
        """Gives mapped memory back to the system."""
        give_back(self._map)

    def close(self) -> None:
        """Unmaps the file."""
        if self._inverted is not None:
            self._inverted.close()
            self._inverted = None
        del self.stamps, self.phash, self.pdq, self.codes, self.owners, self.places
        # An array that somebody still holds keeps the map alive until it goes.
        with contextlib.suppress(BufferError):
            self._map.close()


def numbers_of(owners: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The positions that three bytes each stand for, n x 3."""
    wide = owners.astype(np.int64)
    numbers: NDArray[np.int64] = wide[:, 0] | wide[:, 1] << 8 | wide[:, 2] << 16
    return numbers


def owners_of(numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The three bytes that stand for each position."""
    return np.ascontiguousarray(numbers.astype("<u4")).view(np.uint8).reshape(-1, 4)[:, :3]
