"""The sides of a panel to the pixel, at the picture's full size."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakeprofile.panels.boxes import Box

Grey = NDArray[np.uint8]

CLIP = 24
"""A step of brightness counts up to this: a few strong ones are not a side."""
CLEAR = 0.6
"""The part of the clearest line's strength from which a line further in is the side: beyond it is a gutter."""
SAMPLES = 512
"""Pixels along a side that are looked at, at most."""


def refined(grey: Grey, box: Box, reach: int) -> Box:
    """The box with each side moved, by ``reach`` pixels at most, to the clearest line.

    Args:
        grey: the picture at full size, height x width uint8.
        box: left, top, right, bottom in its pixels.
        reach: how far off they can be.
    """
    left, top, right, bottom = box
    rows, columns = _middle(top, bottom), _middle(left, right)
    height, width = grey.shape
    left, right = (
        _side(grey[rows], left, reach, 0, width, inwards=1),
        _side(grey[rows], right, reach, 0, width, inwards=-1),
    )
    top, bottom = (
        _side(grey[:, columns].T, top, reach, 0, height, inwards=1),
        _side(grey[:, columns].T, bottom, reach, 0, height, inwards=-1),
    )
    return left, top, right, bottom


def _middle(start: int, end: int) -> slice:
    """The span without its rounded corners."""
    off = (end - start) // 6
    return slice(start + off, end - off, max(1, (end - start - 2 * off) // SAMPLES))


def _side(lines: Grey, place: int, reach: int, least: int, most: int, *, inwards: int) -> int:
    """Where the line near ``place`` lies; ``lines`` x positions across."""
    start, end = max(least, place - reach - 1), min(most, place + reach + 1)
    if place <= least + 1 or place >= most - 1 or end - start < 3:
        return min(max(place, least), most)
    strip = lines[:, start:end].astype(np.int16)
    steps = np.minimum(np.abs(np.diff(strip, axis=1)), CLIP).mean(axis=0)
    clear = np.flatnonzero(steps >= max(CLEAR * float(steps.max()), 1.0))
    if not len(clear):
        return place
    return int(start + 1 + (clear[-1] if inwards > 0 else clear[0]))
