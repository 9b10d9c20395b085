"""The flat colours on which an app lays its pictures, and what stands on them in one piece."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.panels.boxes import Box
from fakeprofile.records import Pixels

Mask = NDArray[np.uint8]

LEVEL = 4
"""Steps of brightness within 3 x 3 pixels up to which they are flat: JPEG leaves a little."""
SHARE = 0.012
"""The part of the picture that a flat colour must fill to be ground."""
NEAR = 6
"""Steps in each of red, green and blue that still are that colour."""
SMOOTH = 0.02
"""The part of the picture that is one piece of ground if it is smooth, of whatever colours."""
THIN = 5
"""Pixels of what is no picture by itself."""
MOST = 8
CORNERS = 1.1
"""Where the corners begin: the square of the distance from the middle; 1 is the ellipse, 2 the corner."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands on the ground in one piece."""

    box: Box
    filled: float
    """The part of the box that it covers."""
    straight: float
    """The part of the faintest side of the box along which it reaches the side, without the corners."""
    round: float
    """The part of the corners, where a circle in the box would not reach, that it leaves free."""


def ground_of(pixels: Pixels, grey: Mask) -> Mask:
    """255 where the picture has one of its own flat colours."""
    import cv2

    kernel = np.ones((3, 3), np.uint8)
    flat = cv2.subtract(cv2.dilate(grey, kernel), cv2.erode(grey, kernel)) <= LEVEL
    ground = np.zeros_like(grey)
    # A sixteenth of the pixels tells which colours there are.
    chosen, shades = flat[::4, ::4], pixels[::4, ::4]
    codes = (shades >> 3).astype(np.int32)
    codes = codes[..., 0] << 10 | codes[..., 1] << 5 | codes[..., 2]
    counts = np.bincount(codes[chosen], minlength=1 << 15)
    for code in np.argsort(-counts, kind="stable")[:MOST]:
        if counts[code] < SHARE * codes.size:
            break
        colour = np.median(shades[chosen & (codes == code)], axis=0)
        low, high = np.clip(colour - NEAR, 0, 255), np.clip(colour + NEAR, 0, 255)
        cv2.bitwise_or(ground, cv2.inRange(pixels, low, high), ground)
    return ground


def smooth_of(grey: Mask) -> Mask:
    """255 in each large part of a picture without any edge: also where one colour runs into another."""
    import cv2

    kernel = np.ones((3, 3), np.uint8)
    flat = cv2.subtract(cv2.dilate(grey, kernel), cv2.erode(grey, kernel)) <= LEVEL
    _, labels, stats, _ = cv2.connectedComponentsWithStats(flat.astype(np.uint8), connectivity=4)
    large = stats[:, cv2.CC_STAT_AREA] >= SMOOTH * grey.size
    large[0] = False
    smooth: Mask = (large.astype(np.uint8) * 255)[labels]
    # The edge belongs to what stands there, but the pixel beside it is not flat either.
    return np.asarray(cv2.dilate(smooth, kernel), dtype=np.uint8)


def pieces_of(ground: Mask, shortest: int) -> list[Piece]:
    """What is not ground and at least so wide and high, in pixels."""
    import cv2

    _, labels, stats, _ = cv2.connectedComponentsWithStats(255 - ground, connectivity=4)
    found = []
    for label, (left, top, wide, high, area) in enumerate(stats.tolist()):
        if label and wide >= shortest and high >= shortest:
            box = left, top, left + wide, top + high
            inside = labels[top : top + high, left : left + wide] == label
            found.append(Piece(box, area / (wide * high), _straight(inside), _round(inside)))
    return found


def without_specks(ground: Mask) -> Mask:
    """The ground, with what is thin on it: letters, rings, and the noise that JPEG leaves around edges."""
    import cv2

    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (THIN, THIN))
    return np.asarray(cv2.morphologyEx(ground, cv2.MORPH_CLOSE, kernel), dtype=np.uint8)


def _straight(inside: NDArray[np.bool_]) -> float:
    """The part of the faintest side of a piece's box that it reaches within two pixels, without the corners."""
    high, wide = inside.shape
    rows, columns = slice(high // 8, high - high // 8), slice(wide // 8, wide - wide // 8)
    sides = (inside[rows, :2], inside[rows, -2:], inside[:2, columns].T, inside[-2:, columns].T)
    return min(float(side.any(axis=1).mean()) for side in sides)


def _round(inside: NDArray[np.bool_]) -> float:
    """The part of what lies outside the ellipse in the box that is free."""
    high, wide = inside.shape
    rows, columns = np.ogrid[:high, :wide]
    outside = ((rows + 0.5) / high * 2 - 1) ** 2 + ((columns + 0.5) / wide * 2 - 1) ** 2 > CORNERS
    return 1 - float(inside[outside].mean())
