"""Photos that stand in no file of the index yet, in memory: looked at one by one, or by lists if they are many."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakeprofile.references.index.entries import Entries
from fakeprofile.references.index.inverted import Inverted, pairs_of
from fakeprofile.references.index.pairs import ASKED, Lookup, Pairs, kept
from fakeprofile.references.index.quantizer import CODE_BITS, LISTS, Centroids, lists_of
from fakeprofile.references.index.threads import shared

FEW_CODES = 33_000
"""So many codes, of 64 photos, are compared with all that is asked about: that is quicker than to find out the
list of each."""
AT_ONCE = 65_536


class Tail:
    """Photos in memory, searched like a file of the index."""

    def __init__(self, entries: Entries, centroids: Centroids | None) -> None:
        """Takes the photos.

        Args:
            entries: the photos.
            centroids: for lists; without them every code is compared.
        """
        self.stamps, self.phash, self.pdq = entries.stamps, entries.phash, entries.pdq
        self._inverted: Inverted | None = None
        self._flat: Any = None
        codes, owners, places = entries.codes, entries.owners, entries.places
        if centroids is not None and len(codes) > FEW_CODES:
            lists = nearest_list(centroids, codes)
            order = np.argsort(lists, kind="stable")
            counts = np.bincount(lists, minlength=LISTS).astype(np.uint32)
            codes, owners, places = codes[order], owners[order], places[order]
            self._inverted = Inverted(counts, codes)
        self.codes, self.owners, self.places = codes, owners, places

    def __len__(self) -> int:
        return len(self.stamps)

    @property
    def mapped(self) -> int:
        """Nothing of it is mapped."""
        return 0

    @property
    def by_lists(self) -> bool:
        """Whether its codes stand in lists."""
        return self._inverted is not None

    def pairs(self, lookup: Lookup) -> Pairs:
        """The near codes among them."""
        found = self._inverted.near(lookup) if self._inverted else self._compared(lookup)
        return pairs_of(found, self.owners[found[2]])

    def _compared(self, lookup: Lookup) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The near codes, every one compared."""
        import faiss

        asked = lookup.codes
        if not len(self.codes) or not len(asked):
            return (np.zeros(0, dtype=np.int64),) * 3
        if self._flat is None:
            self._flat = faiss.IndexBinaryFlat(CODE_BITS)
            self._flat.add(self.codes)
        flat, most = self._flat, min(ASKED, len(self.codes))
        parts = shared(
            len(asked),
            len(asked) * len(self.codes),
            lambda part: flat.search(np.ascontiguousarray(asked[part]), most),
        )
        bits, found = (np.concatenate(column) for column in zip(*parts, strict=True))
        queries, places = np.nonzero(kept(lookup, bits, found))
        return queries, bits[queries, places].astype(np.int64), found[queries, places]

    def relax(self) -> None:
        """Nothing of it is mapped."""

    def close(self) -> None:
        """Lets go of the codes."""
        if self._inverted is not None:
            self._inverted.close()
            self._inverted = None


def nearest_list(centroids: Centroids, codes: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The list in which each code stands."""
    parts = [
        lists_of(centroids, codes[first : first + AT_ONCE], 1, CODE_BITS)[:, 0]
        for first in range(0, len(codes), AT_ONCE)
    ]
    return np.concatenate([np.zeros(0, dtype=np.int64), *parts])
