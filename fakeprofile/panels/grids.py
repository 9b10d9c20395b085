"""Tiles of one size in rows and columns: what repeats is more likely a tile, and gaps can be filled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

OFF = 2
"""Pixels that tiles of one size may differ, and be out of line."""
WIDEST_GUTTER = 0.15
"""The part of a tile that lies between two neighbours, at most."""
FEWEST = 4
"""Tiles from which a grid is believed enough to fill its gaps."""


def neighbours_of(boxes: Ints) -> Ints:
    """How many of the four places beside each box (n x 4) hold a box of the same size."""
    if not len(boxes):
        return np.zeros(0, dtype=np.int64)
    sizes = boxes[:, 2:] - boxes[:, :2]
    alike = (np.abs(sizes[:, None] - sizes[None]) <= OFF).all(axis=2)
    away = boxes[None, :, :2] - boxes[:, None, :2]
    count = np.zeros(len(boxes), dtype=np.int64)
    for axis in (0, 1):
        in_line = alike & (np.abs(away[:, :, 1 - axis]) <= OFF)
        gutter = np.abs(away[:, :, axis]) - sizes[:, None, axis]
        beside = in_line & (gutter >= -OFF) & (gutter <= WIDEST_GUTTER * sizes[:, None, axis] + OFF)
        count += (beside & (away[:, :, axis] > 0)).any(axis=1)
        count += (beside & (away[:, :, axis] < 0)).any(axis=1)
    return count


def gaps_in(boxes: Ints) -> Ints:
    """Boxes, n x 4, where a grid of the given tiles has none."""
    filled: list[tuple[int, int, int, int]] = []
    left = boxes
    while len(left) >= FEWEST:
        sizes = left[:, 2:] - left[:, :2]
        alike = np.all(np.abs(sizes[:, None] - sizes[None]) <= OFF, axis=2)
        tiles = left[alike[int(alike.sum(axis=1).argmax())]]
        if len(tiles) >= FEWEST:
            filled += _missing(tiles)
        left = np.array([box for box in left if not (box == tiles).all(axis=1).any()]).reshape(-1, 4)
    return np.array(filled, dtype=np.int64).reshape(-1, 4)


def _missing(tiles: Ints) -> list[tuple[int, int, int, int]]:
    columns, rows = _places(tiles[:, [0, 2]]), _places(tiles[:, [1, 3]])
    if len(columns) * len(rows) > 3 * len(tiles):
        return []
    found = []
    for start, end in columns:
        for top, bottom in rows:
            off = np.abs(tiles - np.array([start, top, end, bottom])).max(axis=1)
            if off.min() > 2 * OFF:
                found.append((start, top, end, bottom))
    return found


def _places(spans: Ints) -> list[tuple[int, int]]:
    """The different starts and ends, those out of line by a little taken together."""
    found: list[tuple[int, int]] = []
    for start, end in spans[np.argsort(spans[:, 0], kind="stable")].tolist():
        if not found or start - found[-1][0] > 2 * OFF:
            found.append((start, end))
    return found
