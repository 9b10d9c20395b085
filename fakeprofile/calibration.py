"""What the numbers of two pictures are worth, as it was measured: the table that ``strength`` reads.

``calibration.json`` is made by ``tests/bench/make_calibration.py`` from the numbers of millions of pairs of which it
is known whether they show the same picture. It is read once; nothing here changes.
"""

from __future__ import annotations

import functools
import importlib.resources
import json
import math
from bisect import bisect_right
from dataclasses import dataclass

FILE = "calibration.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """How often unrelated pictures reach a number: a generalised Pareto tail above a threshold (Pickands 1975)."""

    threshold: float
    share: float
    """Of all pairs, how many lie above the threshold."""
    shape: float
    """0 is exponential, more is longer, less ends somewhere."""
    scale: float

    def chance(self, number: float) -> float:
        """The chance that a pair of unrelated pictures reaches this number; below the threshold an upper bound."""
        over = (number - self.threshold) / self.scale
        if over <= 0:
            return 1.0
        if abs(self.shape) < 1e-9:
            return self.share * math.exp(-over)
        rest = 1 + self.shape * over
        return self.share * float(rest ** (-1 / self.shape)) if rest > 0 else 0.0

    def reached(self, chance: float) -> float:
        """The number that a pair of unrelated pictures reaches with this chance, which is at most ``share``."""
        part = self.share / chance
        if abs(self.shape) < 1e-9:
            return self.threshold + self.scale * math.log(part)
        return self.threshold + self.scale * (float(part**self.shape) - 1) / self.shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratios:
    """Logarithms of likelihood ratios at some numbers, in rising order; straight lines between them."""

    numbers: tuple[float, ...]
    log10_lrs: tuple[float, ...]

    def at(self, number: float) -> float:
        """The logarithm to base 10 at a number; beyond the ends that of the end."""
        place = bisect_right(self.numbers, number)
        if place == 0:
            return self.log10_lrs[0]
        if place == len(self.numbers):
            return self.log10_lrs[-1]
        low, high = self.numbers[place - 1], self.numbers[place]
        part = (number - low) / (high - low)
        return self.log10_lrs[place - 1] + part * (self.log10_lrs[place] - self.log10_lrs[place - 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The whole table."""

    pairs: int
    """Pairs of unrelated pictures that it was made from."""
    place_chance: float
    """How often a place in blocks of different pictures that agree is in order."""
    weights: tuple[tuple[str, float], ...]
    """What each term of ``strength`` adds to the score, and the constant under the name ``""``."""
    tail: Tail
    """Of the scores of unrelated pictures."""
    ratios: Ratios
    """Of a score: the lesser of that against unrelated pictures and that against look-alikes."""
    pdq_ratios: Ratios
    """Of the bits between two PDQ hashes."""
    phash_ratios: Ratios


@functools.cache
def calibration() -> Calibration:
    """The table that comes with this version."""
    text = importlib.resources.files("fakeprofile").joinpath(FILE).read_text("utf-8")
    values = json.loads(text)
    return Calibration(
        pairs=values["made_from"]["unrelated_pairs"],
        place_chance=values["place_chance"],
        weights=tuple(values["weights"].items()),
        tail=Tail(**values["tail"]),
        ratios=_ratios(values["ratios"]),
        pdq_ratios=_ratios(values["pdq_ratios"]),
        phash_ratios=_ratios(values["phash_ratios"]),
    )


def _ratios(values: dict[str, list[float]]) -> Ratios:
    return Ratios(numbers=tuple(values["numbers"]), log10_lrs=tuple(values["log10_lrs"]))
