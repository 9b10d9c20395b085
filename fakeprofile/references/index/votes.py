"""Which photos the near codes point at: votes that are rare, near, and agree on one position count.

Three things tell a true copy with ten right pairs from the best of a million unrelated photos:

- how near a pair is: right pairs are 10 to 30 bits apart, chance pairs 35 to 40;
- how rare: a code that is near to codes of many photos is furniture, or a common texture (the inverse document
  frequency of text search);
- whether the pairs of one photo agree on one rotation, scale and shift (weak geometric consistency: Jégou,
  Douze and Schmid 2008). Every pair of a photo says where the picture would lie by itself; what the others add
  to the best of these is the score of the photo.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.references.index.pairs import NEIGHBOURS, VOTE_BITS
from fakeprofile.references.index.places import Places

SHARPNESS = 11.0
"""Bits that make a pair e times less telling, measured on pairs of real photos: see ``weights_of``."""
COMMON = 0.02
"""The weight of a code that found as many photos as there is room for: their true number is not known."""
EXAMINED = 1500
"""Photos whose pairs are laid over each other."""
MOST_PAIRS = 64
"""Pairs of one photo that are, the heaviest first. A copy has hundreds and needs no more."""
FEWEST_VOTES = 3
"""Pairs that must agree before a photo is worth a closer look."""
SIZE_OFF, ANGLE_OFF = 0.7, 0.08
"""How far two pairs may differ, in octaves of scale and in turns."""
PLACE_OFF, PLACE_STRETCH = 0.05, 0.3
"""How far a keypoint may lie from where another pair puts it: in longest sides, and for each longest side that
lies between the two (a stretched copy has no one scale)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Pairs of near codes for one picture that is asked about, over all parts of the index."""

    queries: NDArray[np.int64]
    """The code asked about."""
    photos: NDArray[np.int64]
    """The photo voted for, by a number that no other photo of the index has."""
    bits: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.queries)


def one_each(votes: Votes) -> NDArray[np.intp]:
    """The votes that count: of those of one code for one photo the nearest; by code, then photo."""
    order = np.lexsort((votes.bits, votes.photos, votes.queries))
    queries, photos = votes.queries[order], votes.photos[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (queries[1:] != queries[:-1]) | (photos[1:] != photos[:-1])
    kept: NDArray[np.intp] = order[first]
    return kept


def weights_of(votes: Votes) -> NDArray[np.float64]:
    """How much each vote says, if each code votes once for a photo."""
    at_least_as_near = _as_near(votes)
    rarity = np.where(at_least_as_near < NEIGHBOURS, 1 / np.sqrt(at_least_as_near), COMMON)
    nearness = np.exp((VOTE_BITS - votes.bits) / SHARPNESS)
    weights: NDArray[np.float64] = rarity * nearness
    return weights


def _as_near(votes: Votes) -> NDArray[np.int64]:
    """For each vote how many photos its code finds that are as near or nearer."""
    order = np.lexsort((votes.bits, votes.queries))
    queries, bits = votes.queries[order], votes.bits[order]
    places = np.arange(len(order))
    fresh = np.diff(queries, prepend=-1) != 0
    start = np.maximum.accumulate(np.where(fresh, places, 0))
    # Those equally far all count up to the last of them.
    last = np.ones(len(order), dtype=bool)
    last[:-1] = (queries[1:] != queries[:-1]) | (bits[1:] != bits[:-1])
    ends = np.flatnonzero(last)
    counts = np.empty(len(order), dtype=np.int64)
    counts[order] = ends[np.searchsorted(ends, places)] - start + 1
    return counts


def examined(votes: Votes, weights: NDArray[np.float64]) -> NDArray[np.intp]:
    """The votes for the photos that are worth a look, photo by photo, the heaviest first."""
    photos, inverse, count = np.unique(votes.photos, return_inverse=True, return_counts=True)
    total = np.bincount(inverse, weights=weights, minlength=len(photos))
    total[count < FEWEST_VOTES] = 0.0
    chosen = np.argsort(-total, kind="stable")[:EXAMINED]
    wanted = np.zeros(len(photos), dtype=bool)
    wanted[chosen[total[chosen] > 0]] = True
    here = np.flatnonzero(wanted[inverse])
    here = here[np.lexsort((-weights[here], votes.photos[here]))]
    rank = _ranks(votes.photos[here])
    kept: NDArray[np.intp] = here[rank < MOST_PAIRS]
    return kept


def _ranks(photos: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each vote, ordered by photo, how many of its photo stand before it."""
    starts = np.flatnonzero(np.diff(photos, prepend=-1))
    lengths = np.diff(starts, append=len(photos))
    ranks: NDArray[np.int64] = np.arange(len(photos)) - np.repeat(starts, lengths)
    return ranks


def scores_of(
    photos: NDArray[np.int64], weights: NDArray[np.float64], asked: Places, known: Places
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Photos of which at least three votes agree, and how much those weigh together; the best first.

    Args:
        photos: the photo of each vote, in rising order.
        weights: of each vote.
        asked: where its code lies in the picture asked about, n x 4.
        known: where it lies in the photo, n x 4.
    """
    starts = np.flatnonzero(np.diff(photos, prepend=-1))
    lengths = np.diff(starts, append=len(photos))
    one, other = _couples(starts, lengths)
    agreeing = _agreeing(asked, known, one, other)
    one, other = one[agreeing], other[agreeing]
    support = np.bincount(one, weights=weights[other], minlength=len(photos))
    support[np.bincount(one, minlength=len(photos)) < FEWEST_VOTES] = 0.0
    if not len(starts):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    best = np.maximum.reduceat(support, starts)
    numbers = photos[starts]
    order = np.lexsort((numbers, -best))
    order = order[best[order] > 0]
    return numbers[order], best[order]


def _couples(
    starts: NDArray[np.intp], lengths: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every vote with every vote of the same photo, itself included."""
    squares = lengths.astype(np.int64) ** 2
    total = int(squares.sum())
    first = np.repeat(np.cumsum(squares) - squares, squares)
    within = np.arange(total) - first
    length, start = np.repeat(lengths, squares), np.repeat(starts, squares)
    return start + within // np.maximum(length, 1), start + within % np.maximum(length, 1)


def _agreeing(
    asked: Places, known: Places, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether the second vote lies where the first one puts it."""
    size = asked[:, 2] - known[:, 2]
    turn = asked[:, 3] - known[:, 3]
    same_size = np.abs(size[one] - size[other]) <= SIZE_OFF
    apart = np.abs((turn[one] - turn[other] + 0.5) % 1.0 - 0.5)
    near = np.flatnonzero(same_size & (apart <= ANGLE_OFF))
    one, other = one[near], other[near]
    angle = turn[one] * (2 * np.pi)
    cos, sin = np.cos(angle), np.sin(angle)
    x, y = (known[other, :2] - known[one, :2]).T
    wide = np.exp2(-size[one])
    seen_x, seen_y = (asked[other, :2] - asked[one, :2]).T * wide
    off = np.hypot(seen_x - (cos * x - sin * y), seen_y - (sin * x + cos * y))
    agreeing = np.zeros(len(same_size), dtype=bool)
    agreeing[near] = off <= PLACE_OFF + PLACE_STRETCH * np.hypot(x, y)
    return agreeing
