"""Draws from a seeded generator: every number in an edit comes from one of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Dice = np.random.Generator
Colour = tuple[int, int, int]
Item = TypeVar("Item")


def dice_of(*seeds: int | str) -> Dice:
    """A generator that depends on all of these and on nothing else."""
    numbers: list[int] = []
    for seed in seeds:
        numbers += [seed] if isinstance(seed, int) else list(seed.encode())
    return np.random.default_rng(numbers)


def between(dice: Dice, low: float, high: float) -> float:
    """A number from ``low`` to ``high``, evenly."""
    return float(dice.uniform(low, high))


def whole_between(dice: Dice, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    return int(dice.integers(low, high + 1))


def chosen(dice: Dice, items: Sequence[Item]) -> Item:
    """One of the items."""
    return items[int(dice.integers(len(items)))]


def happens(dice: Dice, share: float) -> bool:
    """True in that share of the cases."""
    return bool(dice.random() < share)


def sign(dice: Dice) -> int:
    """-1 or 1."""
    return 1 if happens(dice, 0.5) else -1


def colour(dice: Dice, low: int = 0, high: int = 255) -> Colour:
    """Any colour whose parts lie between the limits."""
    red, green, blue = (whole_between(dice, low, high) for _ in range(3))
    return red, green, blue
