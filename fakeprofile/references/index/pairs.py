"""Pairs of a code that is asked about and a near one of the library: what photos are voted for with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

VOTE_BITS = 40
"""Codes further apart are noise."""
NEIGHBOURS = 64
"""A pair counts if no more than so many codes of the whole library are as near as it is. Generous, so that
fifty copies of one picture are all found."""
ASKED = NEIGHBOURS + 1
"""How many near codes each part of the index is asked for: one more, which tells that there are too many."""
FAR = 1 << 20
"""More bits than a code has."""


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
    """n x probes; -1 for none. Empty if no part has its codes in lists."""
    limits: NDArray[np.int32]
    """For each code the bits from which on pairs are of no use: other parts have enough that are nearer.
    Lowered by every part that is asked."""


def lookup_of(codes: NDArray[np.uint8], lists: NDArray[np.int64], bits: int = VOTE_BITS) -> Lookup:
    """A lookup that no part has answered yet, of codes at most so many bits apart."""
    limit = min(bits, VOTE_BITS) + 1
    return Lookup(codes=codes, lists=lists, limits=np.full(len(codes), limit, dtype=np.int32))


def part_of(lookup: Lookup, first: int, last: int) -> Lookup:
    """Some of the codes; lowering their limits lowers those of the whole."""
    here = slice(first, last)
    return Lookup(codes=lookup.codes[here], lists=lookup.lists[here], limits=lookup.limits[here])


def kept(lookup: Lookup, bits: NDArray[np.int32], found: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the nearest codes of one part count, n x at most ``ASKED``; lowers the limits.

    Where all that were asked for are near there are more, and those as far off as the last one do not count:
    which of them were found would depend on the order in which photos were added. Only if all are equally
    near, as in many copies of one file, some are taken.

    Args:
        lookup: the codes that were asked about.
        bits: how far the codes of the part are, the nearest first.
        found: their positions, -1 for none.
    """
    last = bits[:, ASKED - 1] if bits.shape[1] == ASKED else np.full(len(bits), FAR, dtype=np.int32)
    last = np.minimum(last, FAR)  # for none, faiss says the largest number there is
    last = np.where(last > bits[:, 0], last, last + 1)
    np.minimum(lookup.limits, last, out=lookup.limits)
    return (found >= 0) & (bits < lookup.limits[:, None])


def selected(pairs: Pairs, which: NDArray[np.bool_] | NDArray[np.intp]) -> Pairs:
    """Some of the pairs."""
    return Pairs(
        queries=pairs.queries[which],
        bits=pairs.bits[which],
        photos=pairs.photos[which],
        codes=pairs.codes[which],
    )


def numbered(pairs: Pairs, first: int) -> Pairs:
    """The pairs, their photos numbered from ``first`` on."""
    return Pairs(queries=pairs.queries, bits=pairs.bits, photos=pairs.photos + first, codes=pairs.codes)


def concatenated(parts: Sequence[Pairs]) -> Pairs:
    """All pairs, part by part."""
    none: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
    return Pairs(
        queries=np.concatenate([none, *(part.queries for part in parts)]),
        bits=np.concatenate([none, *(part.bits for part in parts)]),
        photos=np.concatenate([none, *(part.photos for part in parts)]),
        codes=np.concatenate([none, *(part.codes for part in parts)]),
    )


def by_nearness(pairs: Pairs) -> NDArray[np.intp]:
    """The order of the pairs by code, and of one code by nearness."""
    order: NDArray[np.intp] = np.argsort(pairs.queries * (VOTE_BITS + 1) + pairs.bits)
    return order


def as_near(pairs: Pairs) -> NDArray[np.int64]:
    """For each pair how many pairs of its code are as near or nearer, itself included.

    The pairs must be in the order of ``by_nearness``.
    """
    places = np.arange(len(pairs))
    fresh = np.diff(pairs.queries, prepend=-1) != 0
    start = np.maximum.accumulate(np.where(fresh, places, 0))
    last = np.ones(len(pairs), dtype=bool)
    last[:-1] = fresh[1:] | (np.diff(pairs.bits) != 0)
    ends = np.flatnonzero(last)
    counts: NDArray[np.int64] = np.repeat(ends, np.diff(ends, prepend=-1)) - start + 1
    return counts


def first_rank(pairs: Pairs, ranks: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each pair what ``as_near`` says of the nearest one of its code."""
    fresh = np.flatnonzero(np.diff(pairs.queries, prepend=-1))
    first: NDArray[np.int64] = np.repeat(ranks[fresh], np.diff(fresh, append=len(pairs)))
    return first
