"""Pairs of a code that is asked about and a near one of the library: what photos are voted for with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

VOTE_BITS = 40
"""Codes further apart are noise."""
NEIGHBOURS = 64
"""Near codes that each code asked about may find in one part of the index. Generous, so that fifty copies
of one picture are all found; a code that finds more is furniture or a common texture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Near codes of one part of the index, in the order of the codes asked about."""

    queries: NDArray[np.int64]
    """The position of the code asked about."""
    bits: NDArray[np.int64]
    """How far apart the two are."""
    photos: NDArray[np.int64]
    """The position of the photo in its part."""
    codes: NDArray[np.int64]
    """The position of the near code in its part."""

    def __len__(self) -> int:
        return len(self.queries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Codes that are asked about, with the lists in which each is looked for."""

    codes: NDArray[np.uint8]
    """n x 16."""
    lists: NDArray[np.int64]
    """n x probes; -1 for none. Empty if there are no centroids for these codes."""


def kept(bits: NDArray[np.int32], found: NDArray[np.int64], *, room: bool) -> NDArray[np.bool_]:
    """Which of the nearest codes count, n x neighbours: those within ``VOTE_BITS``.

    Args:
        bits: how far they are, the nearest first.
        found: their positions, -1 for none.
        room: there are no more codes than were asked for. If there are, and all that were found are near,
            those as far off as the last one do not count: which of them were found would depend on the order
            in which photos were added.
    """
    inside: NDArray[np.bool_] = (found >= 0) & (bits <= VOTE_BITS)
    if room:
        return inside
    full = inside[:, -1:] & (bits[:, -1:] > bits[:, :1])
    told_apart: NDArray[np.bool_] = inside & ~(full & (bits == bits[:, -1:]))
    return told_apart


def selected(pairs: Pairs, which: NDArray[np.bool_] | NDArray[np.intp]) -> Pairs:
    """Some of the pairs."""
    return Pairs(
        queries=pairs.queries[which],
        bits=pairs.bits[which],
        photos=pairs.photos[which],
        codes=pairs.codes[which],
    )


def concatenated(parts: Sequence[Pairs]) -> Pairs:
    """All pairs, part by part."""
    none: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
    return Pairs(
        queries=np.concatenate([none, *(part.queries for part in parts)]),
        bits=np.concatenate([none, *(part.bits for part in parts)]),
        photos=np.concatenate([none, *(part.photos for part in parts)]),
        codes=np.concatenate([none, *(part.codes for part in parts)]),
    )
