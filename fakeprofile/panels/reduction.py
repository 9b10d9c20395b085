"""A smaller copy of a picture to look for panels in, and the stretches that a long one is cut into."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from fakeprofile.records import Pixels

LONGEST, SHORTEST = 1400, 640
"""Pixels of the copy: its longest side is at most this, unless its shorter side would fall under that."""
MOST = 4_000_000
"""Pixels of the copy at most: a chat of 1080 x 20,000 pixels stays at a third of its size."""
STRETCH = 1600
"""Height or width, in pixels of the copy, of what is looked at in one go."""


def factor_of(width: int, height: int) -> int:
    """By how much a picture is reduced: a whole number, so that sharp edges fall on or between pixels."""
    longest, shortest = max(width, height), min(width, height)
    wanted = min(longest / LONGEST, shortest / SHORTEST)
    bounded = math.sqrt(width * height / MOST)
    # A little over the limit is better than twice as coarse.
    return max(1, math.ceil(max(wanted - 0.3, bounded)))


def reduced(pixels: Pixels, factor: int) -> Pixels:
    """The picture with each square of ``factor`` x ``factor`` pixels averaged; what is left over is cut off."""
    import cv2

    if factor == 1:
        return pixels
    height, width = max(1, pixels.shape[0] // factor), max(1, pixels.shape[1] // factor)
    cut = pixels[: height * factor, : width * factor]
    small: Pixels = np.asarray(cv2.resize(cut, (width, height), interpolation=cv2.INTER_AREA))
    return small


def stretches(width: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right, bottom of overlapping pieces; what is shorter than half of one lies whole in one."""
    long, across = max(width, height), min(width, height)
    step = max(STRETCH, 2 * across) // 2
    for start in range(0, max(1, long - step), step):
        end = min(long, start + 2 * step)
        yield (0, start, width, end) if height >= width else (start, 0, end, height)
