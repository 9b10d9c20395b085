"""The index as it is at one moment: files and tail, asked as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.records import Fingerprint
from fakeprofile.references.index.asked import AskedCodes, codes_asked, forms_asked
from fakeprofile.references.index.pairs import Lookup, Pairs, concatenated, selected
from fakeprofile.references.index.places import unpacked_places
from fakeprofile.references.index.quantizer import Centroids, lists_of
from fakeprofile.references.index.segment import MOST_RESIDENT, Segment
from fakeprofile.references.index.tail import Tail
from fakeprofile.references.index.threads import threads
from fakeprofile.references.index.votes import Votes, examined, one_each, scores_of, weights_of
from fakeprofile.references.index.whole import near_rows

PROBES = 6
"""Lists in which each code is looked for."""
SLACK = 12
"""Bits that a list may be further off than the nearest one to be looked at."""

Part = Segment | Tail


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Near codes over all parts, by the groups of the codes asked about."""

    pairs: Pairs
    parts: NDArray[np.int64]
    """The part of the index in which each near code stands."""
    stamps: NDArray[np.int64]
    """Of its photo."""
    ends: NDArray[np.int64]
    """Where each group begins, and the last one ends."""


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

    def near(self, fingerprints: Sequence[Fingerprint], most: int) -> list[list[int]]:
        """For each picture the stamps of the photos that may show it, likely ones first.

        Args:
            fingerprints: of the pictures that are asked about, with their turned and mirrored forms.
            most: how many to take by their whole-picture hashes, and how many by their keypoints.
        """
        by_hashes, by_codes = self._by_hashes(fingerprints, most), self._by_codes(fingerprints, most)
        return [list(dict.fromkeys([*one, *other])) for one, other in zip(by_hashes, by_codes, strict=True)]

    # --- whole-picture hashes -------------------------------------------------------------

    def _by_hashes(self, fingerprints: Sequence[Fingerprint], most: int) -> list[list[int]]:
        asked = forms_asked(fingerprints)
        best: list[dict[int, int]] = [{} for _ in fingerprints]
        for part, buried in zip(self._parts, self._buried, strict=True):
            with threads(len(part) * len(asked.pictures)):
                found, rows, bits = near_rows(part.phash, part.pdq, asked.phash, asked.pdq)
            if buried is not None:
                alive = ~buried[rows]
                found, rows, bits = found[alive], rows[alive], bits[alive]
            pictures, stamps = asked.pictures[found], part.stamps[rows]
            for picture, stamp, apart in zip(pictures.tolist(), stamps.tolist(), bits.tolist(), strict=True):
                best[picture][stamp] = min(apart, best[picture].get(stamp, apart))
        return [_first(near, most) for near in best]

    # --- keypoints ------------------------------------------------------------------------

    def _by_codes(self, fingerprints: Sequence[Fingerprint], most: int) -> list[list[int]]:
        asked = codes_asked(fingerprints)
        lists = np.zeros((len(asked.codes), 0), dtype=np.int64)
        if self._centroids is not None and any(part.by_lists for part in self._parts):
            lists = lists_of(self._centroids, asked.codes, PROBES, SLACK)
        near = self._near(asked, Lookup(codes=asked.codes, lists=lists), 2 * len(fingerprints))
        found = []
        for picture in range(len(fingerprints)):
            scores: dict[int, float] = {}
            for group in (2 * picture, 2 * picture + 1):
                for stamp, score in self._scores(asked, near, group):
                    scores[stamp] = min(-score, scores.get(stamp, 0.0))
            found.append(_first(scores, most))
        self._relax()
        return found

    def _near(self, asked: AskedCodes, lookup: Lookup, groups: int) -> Near:
        """All near codes, of photos that are still there."""
        found, stamps = [], [np.zeros(0, dtype=np.int64)]
        for part, buried in zip(self._parts, self._buried, strict=True):
            pairs = part.pairs(lookup)
            found.append(pairs if buried is None else selected(pairs, ~buried[pairs.photos]))
            stamps.append(part.stamps[found[-1].photos])
        pairs = concatenated(found)
        order = np.argsort(pairs.queries, kind="stable")
        pairs = selected(pairs, order)
        return Near(
            pairs=pairs,
            parts=np.repeat(np.arange(len(found)), [len(one) for one in found])[order],
            stamps=np.concatenate(stamps)[order],
            ends=np.searchsorted(asked.groups[pairs.queries], np.arange(groups + 1)),
        )

    def _scores(self, asked: AskedCodes, near: Near, group: int) -> list[tuple[int, float]]:
        """The photos that one group of codes points at, with how strongly it does."""
        here = np.arange(near.ends[group], near.ends[group + 1])
        here = here[one_each(_votes(near, here))]
        votes = _votes(near, here)
        weights = weights_of(votes)
        chosen = examined(votes, weights)
        here, weights = here[chosen], weights[chosen]
        stamps, scores = scores_of(
            near.stamps[here],
            weights,
            asked.places[near.pairs.queries[here]],
            unpacked_places(self._places(near.parts[here], near.pairs.codes[here])),
        )
        return list(zip(stamps.tolist(), scores.tolist(), strict=True))

    def _places(self, parts: NDArray[np.int64], codes: NDArray[np.int64]) -> NDArray[np.uint8]:
        places = np.zeros((len(codes), 4), dtype=np.uint8)
        for number in np.unique(parts).tolist():
            here = parts == number
            places[here] = self._parts[number].places[codes[here]]
        return places

    def _relax(self) -> None:
        """Gives mapped files back to the system if they could take much memory."""
        if sum(part.mapped for part in self._parts) > MOST_RESIDENT:
            for part in self._parts:
                part.relax()


def _votes(near: Near, here: NDArray[np.int64]) -> Votes:
    return Votes(queries=near.pairs.queries[here], photos=near.stamps[here], bits=near.pairs.bits[here])


def _first(distances: dict[int, int] | dict[int, float], most: int) -> list[int]:
    """The stamps with the least distances; of equal ones the older."""
    return sorted(distances, key=lambda stamp: (distances[stamp], stamp))[:most]
