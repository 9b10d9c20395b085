"""Round pictures: avatars on flat ground, with or without a ring around them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakeprofile.panels.boxes import Box
from fakeprofile.panels.cells import Cells
from fakeprofile.panels.ground import Piece

Mask = NDArray[np.uint8]

STRETCH = 1.12
"""Times that a round picture may be higher than wide, or wider than high."""
FILLED = (0.6, 0.88)
"""The part of its box that it fills: a circle fills 0.785, less where it shows the colour of the ground."""
FREE = 0.93
"""The part of the corners of the box, where a circle does not reach, that must be free."""
PICTURE = 0.2
RING, GAP = 0.68, 0.7
"""How far in a gap inside a ring is looked for, and the part of a circle that must be ground there."""


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


def without_ring(ground: Mask, box: Box) -> Box:
    """The box of the picture inside a ring, if there is a ring: a gap of ground between it and the picture.

    Args:
        ground: height x width uint8: 255 where the picture has a flat colour.
        box: around all that is round.
    """
    left, top, right, bottom = box
    middle = (left + right) / 2, (top + bottom) / 2
    radii = (right - left) / 2, (bottom - top) / 2
    shares = np.arange(RING, 1.0, 1 / max(radii))
    turns = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    x = middle[0] + radii[0] * shares[:, None] * np.cos(turns) - 0.5
    y = middle[1] + radii[1] * shares[:, None] * np.sin(turns) - 0.5
    columns = np.clip(np.rint(x).astype(int), 0, ground.shape[1] - 1)
    rows = np.clip(np.rint(y).astype(int), 0, ground.shape[0] - 1)
    gap = np.flatnonzero((ground[rows, columns] > 0).mean(axis=1) >= GAP)
    if not len(gap):
        return box
    inner = float(shares[gap[0]])
    return (
        int(np.floor(middle[0] - radii[0] * inner)),
        int(np.floor(middle[1] - radii[1] * inner)),
        int(np.ceil(middle[0] + radii[0] * inner)),
        int(np.ceil(middle[1] + radii[1] * inner)),
    )
