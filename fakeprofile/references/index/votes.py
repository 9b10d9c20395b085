"""Which photos the near codes point at: votes that are rare, near, and agree on one position count.

Three things tell a true copy with ten right pairs from the best of a million unrelated photos:

- how near a pair is: right pairs are mostly less than 15 bits apart, chance pairs mostly more;
- how rare it is: where many codes of the library are as near, the pair is chance, a common texture, or
  furniture that stands in many pictures (the inverse document frequency of text search);
- whether the pairs of one photo agree on one rotation, scale and shift (weak geometric consistency: Jégou,
  Douze and Schmid 2008). The heaviest pairs of a photo each say where the picture would lie; what the others
  add to the best of these is the score of the photo.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.references.index.pairs import NEIGHBOURS, VOTE_BITS
from fakeprofile.references.index.places import Places

SHARPNESS = 11.0
"""Bits that make a pair e times less telling."""
COMMON = 0.02
"""The weight of a pair of which there are more than there is room for: their true number is not known."""
EXAMINED = 1000
"""Photos whose pairs are laid over each other, at most."""
MOST_PAIRS = 48
"""Pairs of one photo that are, the heaviest first. A copy has hundreds and needs no more."""
HEAVIEST = 12
"""Pairs of one photo that say where it would lie."""
COUPLES = 150_000
"""Pairs that are laid over each other in all: what takes some 10 ms."""
SPARSE = 8
"""From so many photos for each pair on, only the photos that have pairs are counted through."""
FEWEST_VOTES = 3
"""Pairs that must agree before a photo is worth a closer look."""
SIZE_OFF, ANGLE_OFF = 0.7, 0.08
"""How far two pairs may differ, in octaves of scale and in turns."""
PLACE_OFF, PLACE_STRETCH = 0.05, 0.3
"""How far a keypoint may lie from where another pair puts it: in longest sides, and for each longest side that
lies between the two (a stretched copy has no one scale)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Near codes for one picture that is asked about, photo by photo, the heaviest first."""

    pairs: NDArray[np.int64]
    """The position of the pair."""
    photos: NDArray[np.int64]
    """The number of the photo voted for, rising."""
    weights: NDArray[np.float64]


def weights_of(bits: NDArray[np.int64], as_near: NDArray[np.int64]) -> NDArray[np.float64]:
    """How much each pair says.

    Args:
        bits: how far apart it is.
        as_near: how many pairs of the same code are as near.
    """
    rarity = np.where(as_near <= NEIGHBOURS, 1 / np.sqrt(as_near), COMMON)
    weights: NDArray[np.float64] = rarity * np.exp((VOTE_BITS - bits) / SHARPNESS)
    return weights


def examined(
    queries: NDArray[np.int64], photos: NDArray[np.int64], weights: NDArray[np.float64], known: int
) -> Votes:
    """The votes for the photos that are worth a look.

    Args:
        queries: the code of each pair.
        photos: its photo, by a number below ``known``.
        weights: of each pair.
        known: how many photos there are.
    """
    if known > SPARSE * len(photos):
        numbers, compact = np.unique(photos, return_inverse=True)
        votes = examined(queries, compact, weights, len(numbers))
        return Votes(pairs=votes.pairs, photos=numbers[votes.photos], weights=votes.weights)
    total: NDArray[np.float64] = np.bincount(photos, weights=weights, minlength=known).astype(np.float64)
    enough = np.flatnonzero(np.bincount(photos, minlength=known) >= FEWEST_VOTES)
    chosen = enough[np.argsort(-total[enough], kind="stable")[:EXAMINED]]
    wanted = np.zeros(known, dtype=bool)
    wanted[chosen] = True
    here = np.flatnonzero(wanted[photos])
    here = here[np.lexsort((queries[here], -weights[here], photos[here]))]
    here = here[_one_each(queries[here], photos[here])]
    here = here[_ranks(photos[here]) < MOST_PAIRS]
    return _affordable(Votes(pairs=here, photos=photos[here], weights=weights[here]), total)


def _one_each(queries: NDArray[np.int64], photos: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The heaviest of the votes of one code for one photo."""
    key = photos * (int(queries.max(initial=0)) + 1) + queries
    _, first = np.unique(key, return_index=True)
    one = np.zeros(len(queries), dtype=bool)
    one[first] = True
    return one


def _ranks(photos: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each vote, ordered by photo, how many of its photo stand before it."""
    starts = np.flatnonzero(np.diff(photos, prepend=-1))
    lengths = np.diff(starts, append=len(photos))
    ranks: NDArray[np.int64] = np.arange(len(photos)) - np.repeat(starts, lengths)
    return ranks


def _affordable(votes: Votes, total: NDArray[np.float64]) -> Votes:
    """The votes for the heaviest photos, as many as can be laid over each other in bounded time."""
    photos, counts = np.unique(votes.photos, return_counts=True)
    order = np.argsort(-total[photos], kind="stable")
    cost = np.cumsum((counts * np.minimum(counts, HEAVIEST))[order])
    wanted = np.zeros(len(photos), dtype=bool)
    wanted[order[cost <= COUPLES]] = True
    here = np.repeat(wanted, counts)
    return Votes(pairs=votes.pairs[here], photos=votes.photos[here], weights=votes.weights[here])


def scores_of(votes: Votes, asked: Places, known: Places) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Photos of which at least three votes agree, and how much those weigh together.

    Args:
        votes: of one picture.
        asked: where the code of each vote lies in the picture asked about, n x 4.
        known: where it lies in the photo, n x 4.
    """
    if not len(votes.photos):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    starts = np.flatnonzero(np.diff(votes.photos, prepend=-1))
    one, other = _couples(starts, np.diff(starts, append=len(votes.photos)))
    agreeing = _agreeing(asked, known, one, other)
    one, other = one[agreeing], other[agreeing]
    support = np.bincount(one, weights=votes.weights[other], minlength=len(votes.photos))
    support[np.bincount(one, minlength=len(votes.photos)) < FEWEST_VOTES] = 0.0
    best = np.maximum.reduceat(support, starts)
    found = np.flatnonzero(best > 0)
    # Rounded, as sums in another order differ in the last digits.
    scores: NDArray[np.float64] = np.asarray(np.round(best[found], 6), dtype=np.float64)
    return votes.photos[starts][found], scores


def _couples(
    starts: NDArray[np.intp], lengths: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The heaviest votes of each photo, each with every vote of the same photo, itself included."""
    heavy = np.minimum(lengths, HEAVIEST)
    one = np.repeat(starts - np.cumsum(heavy) + heavy, heavy) + np.arange(heavy.sum())
    length, start = np.repeat(lengths, heavy), np.repeat(starts, heavy)
    other = np.repeat(start - np.cumsum(length) + length, length) + np.arange(length.sum())
    return np.repeat(one, length), other


def _agreeing(
    asked: Places, known: Places, one: NDArray[np.int64], other: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether the second vote lies where the first one puts it."""
    size = asked[:, 2] - known[:, 2]
    turn = asked[:, 3] - known[:, 3]
    agreeing = np.abs(size[one] - size[other]) <= SIZE_OFF
    near = np.flatnonzero(agreeing)
    apart = np.abs((turn[one[near]] - turn[other[near]] + 0.5) % 1.0 - 0.5)
    near = near[apart <= ANGLE_OFF]
    one, other = one[near], other[near]
    angle = turn * np.float32(2 * np.pi)
    cos, sin, wide = np.cos(angle), np.sin(angle), np.exp2(-size)
    x, y = (known[other, :2] - known[one, :2]).T
    seen_x, seen_y = (asked[other, :2] - asked[one, :2]).T * wide[one]
    off = np.hypot(seen_x - (cos[one] * x - sin[one] * y), seen_y - (sin[one] * x + cos[one] * y))
    agreeing[:] = False
    agreeing[near] = off <= PLACE_OFF + PLACE_STRETCH * np.hypot(x, y)
    return agreeing
