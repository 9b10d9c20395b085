"""Tilted pictures: a photographed screen or print, a picture turned a little on the ground of a story."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from fakeprofile.panels.boxes import Box
from fakeprofile.panels.ground import smooth_of

Grey = NDArray[np.uint8]

SIDE = 240
"""Longest side, in pixels, of the copy that is looked at: grain and wallpaper are gone in it."""
LEAST, MOST = 0.05, 0.9
"""The part of the picture that it fills."""
STRAIGHT, FILLED = 0.92, 0.6
"""Area shared over area covered of a rubber band around the piece and a shape with four corners, and the part of
that which the piece must fill: a dark photo can lie at the edge of a light screen."""
SQUARE = 0.35
"""How far from square its corners may be: the cosine of the angle."""


def tilted_of(grey: Grey) -> list[tuple[Box, float]]:
    """The boxes around pieces with four corners and straight sides, and how straight these are, 0 to 1.

    Args:
        grey: the picture, height x width uint8; the boxes are in its pixels.
    """
    import cv2

    scale = min(1.0, SIDE / max(grey.shape))
    size = round(grey.shape[1] * scale), round(grey.shape[0] * scale)
    if min(size) < SIDE // 8:
        return []
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    found = []
    for mask in _masks(small):
        outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        for outline in outlines:
            corners, fit = _cornered(np.asarray(outline, dtype=np.int32), size)
            if fit >= STRAIGHT:
                left, top = np.floor((corners.min(axis=0) - 1) / scale).astype(int).tolist()
                right, bottom = np.ceil((corners.max(axis=0) + 2) / scale).astype(int).tolist()
                box = max(0, left), max(0, top), min(grey.shape[1], right), min(grey.shape[0], bottom)
                found.append((box, fit))
    return found


def _masks(small: Grey) -> Iterator[Grey]:
    """What does not lie on smooth ground; and what is lighter, and darker, than the rest."""
    import cv2

    kernel = np.ones((5, 5), np.uint8)
    yield np.asarray(cv2.morphologyEx(255 - smooth_of(small), cv2.MORPH_OPEN, kernel), dtype=np.uint8)
    calm = cv2.GaussianBlur(small, (0, 0), 1.5)
    level, _ = cv2.threshold(calm, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    for threshold in (level, 0.6 * level):
        light = ((calm > threshold) * 255).astype(np.uint8)
        yield np.asarray(cv2.morphologyEx(light, cv2.MORPH_CLOSE, kernel), dtype=np.uint8)


def _cornered(outline: NDArray[np.int32], size: tuple[int, int]) -> tuple[NDArray[np.float64], float]:
    """The four corners of an outline, 4 x 2, and how well it fills them; 0 if it is no such shape."""
    import cv2

    none = np.zeros((4, 2)), 0.0
    around = cv2.boundingRect(outline)
    if not LEAST * size[0] * size[1] <= around[2] * around[3] <= MOST * size[0] * size[1]:
        return none
    hull = cv2.convexHull(outline)
    shape = cv2.approxPolyDP(hull, 0.04 * cv2.arcLength(hull, True), True)
    if len(shape) != 4:
        return none
    corners = np.asarray(shape, dtype=np.float64).reshape(4, 2)
    sides = np.roll(corners, -1, axis=0) - corners
    sides /= np.linalg.norm(sides, axis=1, keepdims=True)
    if np.abs((sides * np.roll(sides, -1, axis=0)).sum(axis=1)).max() > SQUARE:
        return none
    at_border = (corners <= 1) | (corners >= np.array(size) - 2)
    if at_border.any(axis=1).sum() > 2:
        return none
    area, whole = cv2.contourArea(shape), cv2.contourArea(hull)
    if cv2.contourArea(outline) < FILLED * area:
        return none
    return corners, min(area, whole) / max(area, whole)
