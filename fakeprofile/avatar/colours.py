"""Two colours: one simple figure, or a few letters, on a plain ground.

Measured on Instagram's own placeholder (``facts/account-data.md`` section 5): two colours cover
0.92 to 0.99 of it at any size, also cut out round on white; of 310 real photos, square, round and
small, the highest reaches 0.75. A ground that is shaded is not looked for: a sunset with a tree
before it would be taken for one.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from fakeprofile.records import Pixels

SIDE = 64
TOLERANCE = 14
"""How far a channel may be off and still be the same colour."""
COVERED = 0.86
LEAST_FIGURE = 0.02
"""Smaller than this, the second colour is no figure but dirt."""
CONTRAST = 40
"""How far, in some channel, the figure must stand out from its ground."""
FLAT_TOLERANCE, FLAT_CONTRAST = 4, 20
"""The same two for a drawing without any shade, in which pale grey on white is a figure: no photo is so flat."""
MOST_PIECES = 6
"""Initials and silhouettes are a few pieces; text and QR codes are many."""
SQUARISH = 1.3
SHOWN = 0.94
"""Of the radius: inside of it stands what a round avatar shows, without the blurred edge."""
INNER = 0.78
"""Of the radius: letters stand within it, while the shoulders of a silhouette reach the edge of the circle."""
STEP = 12
"""Levels of grey from one of 64 x 64 cells to the next, above which something is going on there."""
BUSY = 0.4
"""Share of such cells above which it is a photo. Measured: drawn avatars at most 0.37, but for two letters in a JPEG
of 64 px and quality 60 (0.50); 201 of 310 photos are above. It only decides against what a name or flag says."""

Colour = tuple[int, int, int]
Mask = NDArray[np.bool_]


class Drawn(StrEnum):
    """What stands on the plain ground."""

    FIGURE = "figure"
    LETTERS = "letters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture of two colours, RGB."""

    drawn: Drawn
    ground: Colour
    figure: Colour


def drawing_of(pixels: Pixels) -> Drawing | None:
    """What a picture of two colours shows, or None if it is no such picture."""
    height, width = pixels.shape[:2]
    if max(height, width) > SQUARISH * min(height, width):
        return None
    small = _small(pixels)
    return _drawing(small, TOLERANCE, CONTRAST) or _drawing(small, FLAT_TOLERANCE, FLAT_CONTRAST)


def is_one_colour(pixels: Pixels) -> bool:
    """Whether there is one colour, and nothing on it."""
    small = _small(pixels)
    return bool(_commonest(small, np.ones((SIDE, SIDE), dtype=bool), TOLERANCE).mean() > 1 - LEAST_FIGURE / 2)


def is_busy(pixels: Pixels) -> bool:
    """Whether something is going on in so much of the picture that nobody has drawn it as a placeholder."""
    grey = _small(pixels).mean(axis=2)
    steps = np.maximum(np.abs(np.diff(grey, axis=1))[:-1], np.abs(np.diff(grey, axis=0))[:, :-1])
    return bool((steps > STEP).mean() > BUSY)


def _small(pixels: Pixels) -> NDArray[np.int64]:
    import cv2

    return np.asarray(cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA), dtype=np.int64)


def _drawing(small: NDArray[np.int64], tolerance: int, contrast: int) -> Drawing | None:
    import cv2

    # Round avatars stand on a third colour: what is in the corners is neither ground nor figure.
    shown = _circle(SHOWN) if _has_even_corners(small) else np.ones((SIDE, SIDE), dtype=bool)
    ground = _commonest(small, shown, tolerance)
    figure = _commonest(small, shown & ~ground, tolerance)
    # A sky is two shades of one colour, and a photo.
    if not figure.any() or np.abs(small[ground].mean(axis=0) - small[figure].mean(axis=0)).max() < contrast:
        return None
    if (ground | figure)[shown].mean() < COVERED or figure[shown].mean() < LEAST_FIGURE:
        return None
    pieces = cv2.connectedComponents(figure.astype(np.uint8))[0] - 1
    if pieces > MOST_PIECES:
        return None
    drawn = Drawn.FIGURE if (figure & ~_circle(INNER)).any() else Drawn.LETTERS
    return Drawing(drawn=drawn, ground=_colour(small, ground), figure=_colour(small, figure))


@functools.cache
def _circle(radius: float) -> Mask:
    """The cells inside a circle around the middle; 1.0 touches the sides."""
    rows, columns = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    inside: Mask = rows**2 + columns**2 <= (radius * SIDE / 2) ** 2
    return inside


def _colour(small: NDArray[np.int64], where: Mask) -> Colour:
    red, green, blue = (round(float(value)) for value in np.median(small[where], axis=0))
    return red, green, blue


def _commonest(small: NDArray[np.int64], among: Mask, tolerance: int) -> Mask:
    """Where the commonest colour of some pixels stands, with all that is nearly it."""
    if not among.any():
        return among
    coarse = (small[..., 0] >> 4) << 8 | (small[..., 1] >> 4) << 4 | small[..., 2] >> 4
    inside = among & (coarse == np.bincount(coarse[among]).argmax())
    colour = np.median(small[inside], axis=0)
    near: Mask = among & (np.abs(small - colour).max(axis=2) <= tolerance)
    return near


def _has_even_corners(small: NDArray[np.int64]) -> bool:
    corners = small[[0, 0, -1, -1], [0, -1, 0, -1]]
    return bool(np.ptp(corners, axis=0).max() <= TOLERANCE)
