"""Codes ordered by list, searched by faiss where they lie: in memory or in a mapped file."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakeprofile.references.index.pairs import ASKED, Lookup, Pairs, kept
from fakeprofile.references.index.quantizer import CODE_BITS, CODE_BYTES
from fakeprofile.references.index.threads import shared

LONG_LISTS = 6
"""A code is compared with no more than so many times the codes that its lists hold on average, and the rest of
the list in which that number is passed: the lists of fonts and icons are a hundred times as long as others."""
SHORTEST = 256
"""Lists are never cut for being longer than the average if they are not longer than this."""


AT_ONCE = 64
"""Codes that are compared before the next ones: faiss counts bits in 67 kB for each, which stay in the cache."""


class Inverted:
    """The codes of one part of the index. Nothing is copied: the arrays must outlive this."""

    def __init__(self, counts: NDArray[np.uint32], codes: NDArray[np.uint8]) -> None:
        """Takes codes that are ordered by list.

        Args:
            counts: how many codes stand in each list.
            codes: n x 16 uint8, list after list.
        """
        import faiss

        self.starts = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        self.lengths = np.append(counts, 0).astype(np.int64)
        """How many codes stand in each list; in list -1, which is the last one here, none."""
        self._codes = codes
        self._lists = _lists_over(codes, counts.astype(np.uint64), self.starts)
        self._coarse = faiss.IndexBinaryFlat(CODE_BITS)  # asked for nothing: the lists are named
        self._index: Any = faiss.IndexBinaryIVF(self._coarse, CODE_BITS, len(counts))
        self._index.replace_invlists(self._lists, False)
        self._index.use_heap = False  # counting bits is about twice as fast as a heap of so many
        self._index.ntotal, self._index.is_trained = len(codes), True

    def close(self) -> None:
        """Lets go of the codes; nothing can be asked any more."""
        if hasattr(self._lists, "ptr"):
            self._lists.ptr = None  # it would unmap what is not its own
            self._lists.totsize = 0

    def __del__(self) -> None:
        self.close()

    def near(self, lookup: Lookup) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Positions of codes asked about, bits apart, and positions of the near codes."""
        import faiss

        number, probes = lookup.lists.shape
        self._index.nprobe = probes
        codes, lists = np.ascontiguousarray(lookup.codes), self._affordable(lookup.lists)
        bits = np.empty((number, ASKED), dtype=np.int32)
        found = np.empty((number, ASKED), dtype=np.int64)
        unused = np.zeros((number, probes), dtype=np.int32)
        average = len(self._codes) / (len(self.starts) - 1)
        self._index.max_codes = len(self._codes) + 1  # faiss would stop in the middle of a list

        def search(part: slice) -> None:
            # Asked for pairs, faiss answers with the number of the list and the place in it, and reads no
            # ids. The plain name is its Python shim, which cannot ask for pairs.
            self._index.search_preassigned_c(
                part.stop - part.start,
                faiss.swig_ptr(codes[part]),
                ASKED,
                faiss.swig_ptr(lists[part]),
                faiss.swig_ptr(unused[part]),
                faiss.swig_ptr(bits[part]),
                faiss.swig_ptr(found[part]),
                True,
            )

        shared(number, int(number * probes * (average + 64)), search, AT_ONCE)
        queries, places = np.nonzero(kept(lookup, bits, found))
        pair = found[queries, places]
        at = self.starts[pair >> 32] + (pair & 0xFFFFFFFF)
        return queries, bits[queries, places].astype(np.int64), at

    def _affordable(self, lists: NDArray[np.int64]) -> NDArray[np.int64]:
        """The lists of each code up to the one in which enough codes are passed; -1 for the others."""
        average = len(self._codes) / (len(self.starts) - 1)
        most = max(SHORTEST, LONG_LISTS * average) * lists.shape[1]
        lengths = self.lengths[lists]
        before = np.cumsum(lengths, axis=1) - lengths
        return np.ascontiguousarray(np.where(before < most, lists, -1))


def _lists_over(codes: NDArray[np.uint8], counts: NDArray[np.uint64], starts: NDArray[np.int64]) -> Any:
    """faiss's inverted lists over an array that stays where it is."""
    import faiss

    if not hasattr(faiss, "OnDiskInvertedLists"):  # on Windows they are copied
        copied = faiss.ArrayInvertedLists(len(counts), CODE_BYTES)
        numbers = np.zeros(int(counts.max(initial=0)), dtype=np.int64)
        for one in np.flatnonzero(counts).tolist():
            inside = np.ascontiguousarray(codes[starts[one] : starts[one + 1]])
            copied.add_entries(one, len(inside), faiss.swig_ptr(numbers), faiss.swig_ptr(inside))
        return copied
    lists: Any = faiss.OnDiskInvertedLists()
    lists.nlist, lists.code_size, lists.read_only = len(counts), CODE_BYTES, True
    lists.prefetch_nthread = 0
    lists.lists.resize(len(counts))
    # size, capacity and offset of each list, as in faiss's OnDiskOneList
    table = np.column_stack([counts, counts, starts[:-1].astype(np.uint64) * CODE_BYTES])
    table = np.ascontiguousarray(table, dtype=np.uint64)
    faiss.memcpy(lists.lists.data(), faiss.swig_ptr(table), table.nbytes)
    if len(codes):
        lists.totsize, lists.ptr = codes.nbytes, faiss.swig_ptr(codes)
    return lists


def pairs_of(
    found: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]], photos: NDArray[np.int64]
) -> Pairs:
    """The pairs, with the photo of each near code."""
    queries, bits, codes = found
    return Pairs(queries=queries, bits=bits, photos=photos, codes=codes)
