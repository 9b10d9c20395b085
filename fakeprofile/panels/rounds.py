"""Round pictures: avatars on flat ground, with or without a ring around them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakeprofile.panels.boxes import Box
from fakeprofile.panels.cells import Cells
from fakeprofile.panels.ground import Piece
from fakeprofile.panels.seams import steps_across

Mask = NDArray[np.uint8]

STRETCH = 1.12
"""Times that a round picture may be higher than wide, or wider than high."""
FILLED = (0.6, 0.88)
"""The part of its box that it fills: a circle fills 0.785, less where it shows the colour of the ground."""
FREE = 0.93
"""The part of the corners of the box, where a circle does not reach, that must be free."""
PICTURE = 0.2
RING = 0.66, 1.1
"""How far in and how far out the edge of the picture is looked for, in radii of what was found."""
TURNS = 96
AROUND = 8
"""Pixels further in and out with which a circle is compared."""
CLEAR, STANDS_OUT = 0.5, 0.3
"""The part of a circle that must stand out from its neighbours, and how much more than is usual around it."""


def rounds_of(pieces: list[Piece], cells: Cells) -> list[tuple[Box, float]]:
    """The boxes around round pictures and how clearly they are round, 0 to 1."""
    found = []
    for piece in pieces:
        left, top, right, bottom = piece.box
        wide, high = right - left, bottom - top
        if max(wide, high) > STRETCH * min(wide, high) or not FILLED[0] <= piece.filled <= FILLED[1]:
            continue
        inner = (left + wide // 7, top + high // 7, right - wide // 7, bottom - high // 7)
        picture, drawn = cells.shares(inner)
        if piece.round >= FREE and picture >= PICTURE and picture >= drawn:
            found.append((piece.box, piece.round))
    return found


def refined_round(grey: Mask, box: Box) -> Box:
    """The box with its sides moved to the innermost circle at which the picture changes: inside any ring.

    Args:
        grey: the picture at full size, height x width uint8.
        box: around all that is round, in its pixels; may be a little off.
    """
    left, top, right, bottom = box
    x, y, radius = (left + right - 1) / 2, (top + bottom - 1) / 2, (right - left + bottom - top) / 4
    x, y, radius = _centred(grey, x, y, radius)
    radii = np.arange(RING[0] * radius, RING[1] * radius, dtype=np.float32)
    clear = steps_across(_unrolled(grey, x, y, radii)).mean(axis=0) / 255
    padded = np.pad(clear, AROUND, mode="edge")
    usual = np.convolve(padded, np.full(2 * AROUND + 1, 1 / (2 * AROUND + 1)), "valid")
    circles = np.flatnonzero((clear >= CLEAR) & (clear - usual >= STANDS_OUT))
    if not len(circles):
        return box
    radius = float(radii[circles[0]]) + 0.5
    return round(x + 0.5 - radius), round(y + 0.5 - radius), round(x + 0.5 + radius), round(y + 0.5 + radius)


def _unrolled(grey: Mask, x: float, y: float, radii: NDArray[np.float32]) -> Mask:
    """The picture along circles: turns x radii."""
    import cv2

    turns = np.linspace(0, 2 * np.pi, TURNS, endpoint=False, dtype=np.float32)[:, None]
    across = (x + radii * np.cos(turns)).astype(np.float32)
    down = (y + radii * np.sin(turns)).astype(np.float32)
    sampled = cv2.remap(grey, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(sampled, dtype=np.uint8)


def _centred(grey: Mask, x: float, y: float, radius: float) -> tuple[float, float, float]:
    """Middle and radius of the circle through the outermost edge in each direction."""
    radii = np.arange(0.7 * radius, 1.2 * radius, dtype=np.float32)
    edges = steps_across(_unrolled(grey, x, y, radii)) >= 128
    seen = edges.any(axis=1)
    if seen.sum() < TURNS // 2:
        return x, y, radius
    turns = np.linspace(0, 2 * np.pi, TURNS, endpoint=False)[seen]
    away = radii[edges.shape[1] - 1 - edges[seen, ::-1].argmax(axis=1)]
    points = np.stack([away * np.cos(turns), away * np.sin(turns)], axis=1)
    kept = np.ones(len(points), dtype=bool)
    for _ in range(3):
        rows = np.column_stack([2 * points[kept], np.ones(int(kept.sum()))])
        found = np.linalg.lstsq(rows, (points[kept] ** 2).sum(axis=1), rcond=None)[0]
        size = float(np.sqrt(max(1.0, found[2] + found[0] ** 2 + found[1] ** 2)))
        off = np.abs(np.hypot(*(points - found[:2]).T) - size)
        kept = off <= max(1.5, float(np.median(off)) * 1.5)
    if np.hypot(found[0], found[1]) > 0.2 * radius or not 0.75 <= size / radius <= 1.2:
        return x, y, radius
    return x + float(found[0]), y + float(found[1]), size
