"""The index as it is at one moment: files and tail, asked as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.records import Fingerprint
from fakeprofile.references.index.asked import AskedCodes, codes_asked, forms_asked
from fakeprofile.references.index.memory import SMALL, too_much_is_mapped
from fakeprofile.references.index.pairs import (
    NEIGHBOURS,
    Lookup,
    Pairs,
    as_near,
    by_nearness,
    concatenated,
    first_rank,
    lookup_of,
    numbered,
    selected,
)
from fakeprofile.references.index.places import unpacked_places
from fakeprofile.references.index.quantizer import LISTS, Centroids, lists_of
from fakeprofile.references.index.segment import Segment
from fakeprofile.references.index.tail import Tail
from fakeprofile.references.index.votes import examined, scores_of, weights_of
from fakeprofile.references.index.whole import near_rows
from fakeprofile.settings import FULL, Effort

FEWEST_PROBES = 2
"""Lists in which each code is looked for at least."""
COMPARED = 12_000_000
"""Codes that are compared in one lookup, as long as that takes enough lists."""
LEAST_KEYPOINTS = 300
"""Keypoints of each picture that are looked for at least, however long that takes: 300 of 1,200 find all of 384 hard copies
in crops, collages and screenshots among 10,220 photos (README)."""
LIST_COST = 200
"""Comparisons that take as long as finding one list of one file."""
CROWDED = 1.7
"""How many times the average length the list is in which a code stands: measured."""
SLACK = 6
"""Bits that a list may be further off than the nearest one to be looked at: costs nothing, and saves some."""

Part = Segment | Tail


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Near codes over all parts, ordered by the codes asked about and by nearness."""

    pairs: Pairs
    """With photos by numbers that no two photos of the index share."""
    parts: NDArray[np.int64]
    """The part of the index in which each near code stands."""
    weights: NDArray[np.float64]


class View:
    """Files and tail of one moment."""

    def __init__(self, parts: Sequence[Part], dead: NDArray[np.int64], centroids: Centroids | None) -> None:
        """Takes the parts.

        Args:
            parts: that together hold every photo.
            dead: stamps that they may hold although no photo has them any more.
            centroids: of the codes; None if there are none, and every code is to be compared.
        """
        self._parts = parts
        self._centroids = centroids
        self._buried = [np.isin(part.stamps, dead) if len(dead) else None for part in parts]
        self._firsts = np.cumsum([0, *map(len, parts)])

    def near(self, fingerprints: Sequence[Fingerprint], most: int, effort: Effort = FULL) -> list[list[int]]:
        """For each picture the stamps of the photos that may show it, likely ones first.

        Args:
            fingerprints: of the pictures that are asked about, with their turned and mirrored forms.
            most: how many to take by their whole-picture hashes, and how many by their keypoints.
            effort: how hard the latter are looked for.
        """
        by_hashes, by_codes = self._by_hashes(fingerprints, most), self._by_codes(fingerprints, most, effort)
        return [list(dict.fromkeys([*one, *other])) for one, other in zip(by_hashes, by_codes, strict=True)]

    # --- whole-picture hashes -------------------------------------------------------------

    def _by_hashes(self, fingerprints: Sequence[Fingerprint], most: int) -> list[list[int]]:
        asked = forms_asked(fingerprints)
        best: list[dict[int, int]] = [{} for _ in fingerprints]
        for part, buried in zip(self._parts, self._buried, strict=True):
            found, rows, bits = near_rows(part.phash, part.pdq, asked.phash, asked.pdq)
            if buried is not None:
                alive = ~buried[rows]
                found, rows, bits = found[alive], rows[alive], bits[alive]
            pictures, stamps = asked.pictures[found], part.stamps[rows]
            for picture, stamp, apart in zip(pictures.tolist(), stamps.tolist(), bits.tolist(), strict=True):
                best[picture][stamp] = min(apart, best[picture].get(stamp, apart))
        return [_first(near, most) for near in best]

    # --- keypoints ------------------------------------------------------------------------

    def _by_codes(self, fingerprints: Sequence[Fingerprint], most: int, effort: Effort) -> list[list[int]]:
        asked = codes_asked(fingerprints, self._affordable(fingerprints, effort))
        if not len(asked.codes):
            return [[] for _ in fingerprints]
        lists = np.zeros((len(asked.codes), 0), dtype=np.int64)
        if self._centroids is not None and any(part.by_lists for part in self._parts):
            probes = self._probes(len(asked.codes), effort.lists)
            lists = lists_of(self._centroids, asked.codes, probes, SLACK, effort.regions)
        near = self._near(lookup_of(asked.codes, lists, effort.bits))
        scores: list[dict[int, float]] = [{} for _ in fingerprints]
        for group, stamp, score in self._scores(asked, near, 2 * len(fingerprints), effort.score):
            one = scores[group // 2]
            one[stamp] = min(-score, one.get(stamp, 0.0))
        mapped = sum(part.mapped for part in self._parts)
        if mapped > SMALL and too_much_is_mapped(mapped):
            for part in self._parts:
                part.relax()
        return [_first(one, most) for one in scores]

    def _affordable(self, fingerprints: Sequence[Fingerprint], effort: Effort) -> int:
        """How many keypoints of each picture are looked for: fewer where lists are long, or many pictures are asked about."""
        codes = COMPARED / (self._cost() * min(FEWEST_PROBES, effort.lists))
        each = int(codes / (2 * max(1, len(fingerprints))))
        return min(effort.keypoints, max(LEAST_KEYPOINTS, each))

    def _cost(self) -> float:
        """How many comparisons it takes to look for a code in one list of every part."""
        sizes = [len(part.codes) for part in self._parts if part.by_lists]
        return max(1.0, CROWDED * sum(sizes) / LISTS + LIST_COST * len(sizes))

    def _probes(self, codes: int, most: int) -> int:
        """In how many lists each of so many codes is looked for: many if few codes are asked about, or the lists are short.

        Of pictures with many codes the fewest find as many copies as the most do; a blurred one needs every code it has (README).
        """
        return int(np.clip(COMPARED / (codes * self._cost()), min(FEWEST_PROBES, most), most))

    def _near(self, lookup: Lookup) -> Near:
        """All near codes, of photos that are still there."""
        found, parts = [], []
        # The largest part first: what it finds sets limits to the others.
        for number in sorted(range(len(self._parts)), key=lambda one: -len(self._parts[one].codes)):
            pairs, buried = self._parts[number].pairs(lookup), self._buried[number]
            pairs = pairs if buried is None else selected(pairs, ~buried[pairs.photos])
            found.append(numbered(pairs, int(self._firsts[number])))
            parts.append(np.full(len(pairs), number))
        pairs = concatenated(found)
        order = np.flatnonzero(pairs.bits < lookup.limits[pairs.queries])
        order = order[by_nearness(selected(pairs, order))]
        pairs = selected(pairs, order)
        rank = as_near(pairs)
        # Too many together, though each part had few; the nearest of all are kept all the same.
        few = (rank <= NEIGHBOURS) | (rank == first_rank(pairs, rank))
        pairs = selected(pairs, few)
        return Near(
            pairs=pairs,
            parts=np.concatenate([np.zeros(0, dtype=np.int64), *parts])[order][few],
            weights=weights_of(pairs.bits, rank[few]),
        )

    def _scores(
        self, asked: AskedCodes, near: Near, groups: int, least: float
    ) -> list[tuple[int, int, float]]:
        """Each group of codes with the stamp of a photo that it points at, and how strongly it does."""
        known, queries = int(self._firsts[-1]), near.pairs.queries
        keys = asked.groups[queries] * known + near.pairs.photos
        votes = examined(queries, keys, near.weights, known, groups, least)
        if not len(votes.keys):
            return []
        places = unpacked_places(self._places(near.parts[votes.pairs], near.pairs.codes[votes.pairs]))
        found, scores = scores_of(votes, asked.places[queries[votes.pairs]], places)
        stamps = self._stamps(found % known)
        told = zip((found // known).tolist(), stamps, scores.tolist(), strict=True)
        return [one for one in told if one[2] >= least]

    def _stamps(self, photos: NDArray[np.int64]) -> list[int]:
        """The stamps of photos by their numbers."""
        parts = np.searchsorted(self._firsts, photos, side="right") - 1
        return [
            int(self._parts[part].stamps[photo - self._firsts[part]])
            for part, photo in zip(parts.tolist(), photos.tolist(), strict=True)
        ]

    def _places(self, parts: NDArray[np.int64], codes: NDArray[np.int64]) -> NDArray[np.uint8]:
        places = np.zeros((len(codes), 4), dtype=np.uint8)
        for number in np.unique(parts).tolist():
            here = parts == number
            places[here] = self._parts[number].places[codes[here]]
        return places


def _first(distances: dict[int, int] | dict[int, float], most: int) -> list[int]:
    """The stamps with the least distances; of equal ones the older."""
    return sorted(distances, key=lambda stamp: (distances[stamp], stamp))[:most]
