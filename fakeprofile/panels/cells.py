"""What each small window of a picture is: flat, drawn (letters, icons, lines), or picture.

Letters and icons stand on ground of exactly one brightness, which fills much of every window
around them; what light makes has no such ground.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.panels.boxes import Box

Grey = NDArray[np.uint8]
Sums = NDArray[np.int64]

SIZE = 8
"""Pixels from one window to the next; a window is twice that wide and high."""
BINS = 64
CONTRAST = 6
"""Steps of brightness between the darkest and the lightest pixel from which a window is not flat."""
STRONG = 40
"""The same from which it may hold letters."""
PILED, PILED_SOFT = 0.42, 0.8
"""The part of a window's pixels within 8 steps of one brightness that makes it drawn, in strong and soft ones."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Summed tables of (rows + 1) x (columns + 1): how many windows above and left of each place are of a kind."""

    picture: Sums
    drawn: Sums

    def shares(self, box: Box) -> tuple[float, float]:
        """The parts of the windows inside a box of pixels that are picture and drawn, 0 to 1."""
        count, picture, drawn = self.counts(box)
        return picture / max(1, count), drawn / max(1, count)

    def counts(self, box: Box) -> tuple[int, int, int]:
        """How many windows lie inside a box of pixels, and how many of those are picture and drawn."""
        left, top, right, bottom = box
        rows, columns = self.picture.shape[0] - 1, self.picture.shape[1] - 1
        x0, y0 = min(columns, -(-left // SIZE)), min(rows, -(-top // SIZE))
        x1, y1 = min(columns, right // SIZE - 1), min(rows, bottom // SIZE - 1)
        if x1 <= x0 or y1 <= y0:
            return 0, 0, 0
        picture, drawn = (
            int(sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0])
            for sums in (self.picture, self.drawn)
        )
        return (x1 - x0) * (y1 - y0), picture, drawn


def cells_of(grey: Grey) -> Cells:
    """The kinds of all windows of a picture, height x width uint8."""
    rows, columns = grey.shape[0] // SIZE, grey.shape[1] // SIZE
    if rows < 2 or columns < 2:
        none = np.zeros((1, 1), dtype=np.int64)
        return Cells(none, none)
    cut = grey[: rows * SIZE, : columns * SIZE]
    place = np.arange(rows)[:, None, None, None] * columns + np.arange(columns)[None, None, :, None]
    blocks = cut.reshape(rows, SIZE, columns, SIZE)
    keys = place.astype(np.int32) * BINS + (blocks >> 2)
    counts = np.bincount(keys.ravel(), minlength=rows * columns * BINS).astype(np.int16)
    counts = _windowed(counts.reshape(rows, columns, BINS), np.add)
    piled = (counts[:, :, :-1] + counts[:, :, 1:]).max(axis=2) / (4 * SIZE * SIZE)
    contrast = _windowed(blocks.max(axis=(1, 3)).astype(np.int16), np.maximum) - _windowed(
        blocks.min(axis=(1, 3)).astype(np.int16), np.minimum
    )
    strong = contrast >= STRONG
    drawn = strong & (piled >= PILED)
    picture = np.where(strong, piled < PILED, (contrast >= CONTRAST) & (piled < PILED_SOFT))
    return Cells(_summed(picture), _summed(drawn))


def _windowed(values: NDArray[np.int16], both: np.ufunc) -> NDArray[np.int16]:
    """The values of 2 x 2 neighbours put together."""
    across = both(values[:, :-1], values[:, 1:])
    together: NDArray[np.int16] = both(across[:-1], across[1:])
    return together


def _summed(mask: NDArray[np.bool_]) -> Sums:
    return np.pad(mask.astype(np.int64).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
