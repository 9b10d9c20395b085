"""Long straight upright and level lines at which a picture changes: sides of what was pasted into it.

A pixel lies on a line if the step across it is larger than the steps just beside it. In what light
makes, about a quarter of the pixels do; along the side of a picture in a screenshot nearly all do,
even where two pictures touch without a gutter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Floats = NDArray[np.float32]

STEP, FULL = 2, 18
"""Steps of brightness by which a pixel stands out from what is beside it: on a line not at all, fully."""
_WEIGHTS = np.clip((np.arange(256) - STEP) * 255 / (FULL - STEP), 0, 255).astype(np.uint8)
RUN = 32
"""Pixels of the run along a line in which it is judged."""
DENSE = 0.4
"""The part of the run that must lie on the line."""
AROUND = 21
"""Pixels across in which it is compared with what is usual there."""
BESIDE = 2
"""Lines this near to a better one are the same."""
BORDER = 0.6
"""How much of a line the border of the picture is: less than one that is clearly seen."""
MOST = 44


@dataclass(frozen=True, slots=True)
class Lines:
    """Upright lines of a picture (level ones: those of the picture turned over), its two borders among them."""

    places: NDArray[np.int64]
    """Where they cross, in pixels, ascending; the first is 0, the last the length."""
    sums: Floats
    """lines x (height + 1): how many pixels on each line lie above each place; borders are all line."""

    def support(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint8]:
        """lines x spans: the part of each span that lies on each line, 0 to 255, without its corners."""
        off = (ends - starts) // 8
        starts, ends = starts + off, ends - off
        on_line = np.maximum(0, self.sums[:, ends] - self.sums[:, starts])
        return np.asarray(on_line * (255 / (ends - starts)), dtype=np.uint8)


def lines_of(grey: Grey, shortest: int) -> Lines:
    """The clearest upright lines of a picture that run for ``shortest`` pixels or more."""
    import cv2

    height, width = grey.shape
    on_line = steps_across(grey)
    run = min(RUN, shortest)
    usual = cv2.blur(on_line, (AROUND, 1))
    dense = cv2.blur(cv2.subtract(on_line, usual), (1, run), borderType=cv2.BORDER_CONSTANT) >= DENSE * 255
    lengths = (dense.sum(axis=0) + run * DENSE).astype(np.float32)
    kernel = np.ones((1, 2 * BESIDE + 1), np.uint8)
    peaks = lengths >= cv2.dilate(lengths[None], kernel)[0]
    # A step is seen on both of its sides: the line lies before the second.
    peaks[:-1] &= ~peaks[1:]
    found = np.flatnonzero(peaks & (lengths >= 0.8 * shortest))
    found = found[(found > BESIDE) & (found < width - 1 - BESIDE)]
    found = np.sort(found[np.argsort(-lengths[found], kind="stable")[:MOST]])
    columns = (on_line[:, found].T.astype(np.float32) - usual[:, found].T) / 255
    sums = np.pad(columns.cumsum(axis=1), ((0, 0), (1, 0)))
    border = BORDER * np.arange(height + 1, dtype=np.float32)[None]
    return Lines(np.concatenate(([0], found, [width])), np.concatenate((border, sums, border)))


def steps_across(grey: Grey) -> Grey:
    """How far each pixel stands on an upright line, 0 to 255.

    The step is taken over one pixel and over two, because in a reduced picture the pixel at an
    edge is often a mixture of both sides.
    """
    import cv2

    on_line = np.zeros_like(grey)
    if grey.shape[1] < 7:
        return on_line
    one = cv2.absdiff(grey[:, 1:], grey[:, :-1])  # one[x]: between x and x + 1
    two = cv2.absdiff(grey[:, 2:], grey[:, :-2])  # two[x]: around x + 1
    across = cv2.max(cv2.max(one[:, 1:-2], one[:, 2:-1]), two[:, 1:-1])  # of pixels 2 .. width - 3
    beside = cv2.max(one[:, :-3], one[:, 3:])
    clear = cv2.subtract(across, beside)
    on_line[:, 2:-2] = cv2.LUT(clear, _WEIGHTS)
    return on_line
