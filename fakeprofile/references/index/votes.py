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
    """Near codes for the pictures that are asked about, photo by photo, the heaviest first."""

    pairs: NDArray[np.int64]
    """The position of the pair."""
    keys: NDArray[np.int64]
    """Who votes for which photo: the number of the group of codes times that of all photos, and the number of the
    photo. Rising."""
    weights: NDArray[np.float64]


NO_VOTES = Votes(pairs=np.zeros(0, dtype=np.int64), keys=np.zeros(0, dtype=np.int64), weights=np.zeros(0))


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
    queries: NDArray[np.int64],
    keys: NDArray[np.int64],
    weights: NDArray[np.float64],
    known: int,
    groups: int,
    least: float = 0.0,
) -> Votes:
    """The votes for the photos that are worth a look; what is worth one is decided in each group by itself.

    Args:
        queries: the code of each pair.
        keys: its group and photo, as in ``Votes``.
        weights: of each pair.
        known: how many photos there are.
        groups: how many groups there are.
        least: the score that a photo must reach: those whose votes would not if all agreed are left out.
    """
    if known * groups <= SPARSE * len(keys):
        counts = np.bincount(keys, minlength=known * groups)
        total: NDArray[np.float64] = np.bincount(keys, weights=weights, minlength=known * groups).astype(
            np.float64
        )
        numbers, within = np.arange(known * groups), keys
    else:
        numbers, within, counts = np.unique(keys, return_inverse=True, return_counts=True)
        total = np.bincount(within, weights=weights, minlength=len(numbers)).astype(np.float64)
    enough = np.flatnonzero((counts >= FEWEST_VOTES) & (total >= least))
    if not len(enough):
        return NO_VOTES
    enough = enough[np.lexsort((-total[enough], numbers[enough] // known))]
    wanted = np.zeros(len(numbers), dtype=bool)
    wanted[enough[_ranks(numbers[enough] // known) < EXAMINED]] = True
    here = np.flatnonzero(wanted[within])
    here = here[np.lexsort((queries[here], -weights[here], within[here]))]
    here = here[_one_each(queries[here], within[here])]
    here = here[_ranks(within[here]) < MOST_PAIRS]
    here = here[_affordable(within[here], numbers // known, total)]
    return Votes(pairs=here, keys=keys[here], weights=weights[here])


def _one_each(queries: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The heaviest of the votes of one code for one photo."""
    both = keys * (int(queries.max(initial=0)) + 1) + queries
    _, first = np.unique(both, return_index=True)
    one = np.zeros(len(queries), dtype=bool)
    one[first] = True
    return one


def _ranks(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each of some things, ordered by key, how many of its key stand before it."""
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    lengths = np.diff(starts, append=len(keys))
    ranks: NDArray[np.int64] = np.arange(len(keys)) - np.repeat(starts, lengths)
    return ranks


def _affordable(
    keys: NDArray[np.int64], groups: NDArray[np.int64], total: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which votes are for the heaviest photos, as many in each group as can be laid over each other in bounded time.

    Args:
        keys: of the votes, rising.
        groups: of each key.
        total: what the votes for each key weigh.
    """
    found, counts = np.unique(keys, return_counts=True)
    order = np.lexsort((-total[found], groups[found]))
    cost = np.cumsum((counts * np.minimum(counts, HEAVIEST))[order])
    # What the groups before have cost is not its own.
    first = np.flatnonzero(np.diff(groups[found[order]], prepend=-1))
    before = np.concatenate([[0], cost])[first]
    own = cost - np.repeat(before, np.diff(first, append=len(found)))
    wanted = np.zeros(len(found), dtype=bool)
    wanted[order[own <= COUPLES]] = True
    return np.repeat(wanted, counts)


def scores_of(votes: Votes, asked: Places, known: Places) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The keys of which at least three votes agree, and how much those weigh together.

    Args:
        votes: of all pictures.
        asked: where the code of each vote lies in the picture asked about, n x 4.
        known: where it lies in the photo, n x 4.
    """
    if not len(votes.keys):
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    starts = np.flatnonzero(np.diff(votes.keys, prepend=-1))
    lengths = np.diff(starts, append=len(votes.keys))
    # Not all at once: of a screenshot with many pictures that would be hundreds of megabytes.
    turn = np.cumsum(lengths * np.minimum(lengths, HEAVIEST)) // COUPLES
    parts = np.split(starts, np.flatnonzero(np.diff(turn)) + 1)
    ends = [*(int(part[0]) for part in parts[1:]), len(votes.keys)]
    found = [
        _scored(votes, asked, known, slice(int(part[0]), end)) for part, end in zip(parts, ends, strict=True)
    ]
    keys, scores = (np.concatenate(column) for column in zip(*found, strict=True))
    return keys, scores


def _scored(
    votes: Votes, asked: Places, known: Places, part: slice
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """``scores_of`` some of the votes, all of each key."""
    keys, weights, asked, known = votes.keys[part], votes.weights[part], asked[part], known[part]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    one, other = _couples(starts, np.diff(starts, append=len(keys)))
    agreeing = _agreeing(asked, known, one, other)
    one, other = one[agreeing], other[agreeing]
    support = np.bincount(one, weights=weights[other], minlength=len(keys))
    support[np.bincount(one, minlength=len(keys)) < FEWEST_VOTES] = 0.0
    best = np.maximum.reduceat(support, starts)
    found = np.flatnonzero(best > 0)
    # Rounded, as sums in another order differ in the last digits.
    scores: NDArray[np.float64] = np.asarray(np.round(best[found], 6), dtype=np.float64)
    return keys[starts][found], scores


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
