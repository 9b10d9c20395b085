"""Letters and marks over a picture: what lies between them is compared without them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakeprofile.overlap.blocks import Grid

Grey = NDArray[np.float32]
Mask = NDArray[np.bool_]

WHITE, BLACK = 225.0, 28.0
"""Brightness (0 to 255) of what people write with."""
APART = 40.0
"""Steps of brightness by which ink differs from what it covers."""
EDGE = 5
"""Pixels by which ink is widened: its edges are blurred."""
LEAST_LEFT = 0.4
"""The part of a block that must be left between the ink."""
AGREES = 0.85
"""Correlation of what is left from which the block is the same under the ink."""
TEXTURE = 3.0
"""Standard deviation of brightness that must be left."""

CLOSE = 14.0
"""Steps of brightness by which what is left may be off from the known picture around it."""
EXPLAINED = 0.93
"""The part of what is left that must be so close,"""
BETWEEN = 0.12
"""of a part of the block that must be left: a block that is all ink may hide anything."""
THICK_INK = 13
"""Pixels of the frame from which ink is no stroke of a letter: those of a headline measure 9."""
THIN_EDGE = 3
"""The same as ``EDGE`` where brightness is compared and not its correlation."""


def shows_through(grid: Grid, known: Grey, query: Grey) -> Mask:
    """Blocks in which all that white or black marks leave is as bright as in the known picture: rows x columns.

    Args:
        grid: where the blocks stand.
        known: brightness of the known picture as it would be in the photo, height x width float32, 0 to 255.
        query: the photo as it lies over it.
    """
    import cv2

    square = np.ones((3, 3), np.uint8)
    brightest, darkest = np.asarray(cv2.dilate(known, square)), np.asarray(cv2.erode(known, square))
    close = (query <= brightest + CLOSE) & (query >= darkest - CLOSE)
    ink = _ink(known, query, THIN_EDGE)
    # A dark wall or a black screen is no letter, though it is as black.
    thick = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((THICK_INK, THICK_INK), np.uint8))
    ink = np.where(np.asarray(thick) > 0, 0, ink).astype(np.uint8)
    left = grid.means(grid.cut((1 - ink).astype(np.float32)))
    explained = grid.means(grid.cut(((1 - ink) * close).astype(np.float32)))
    through: Mask = (left >= BETWEEN) & (left < 1.0) & (explained >= EXPLAINED * left)
    return through


def _ink(known: Grey, query: Grey, edge: int) -> NDArray[np.uint8]:
    """1 where one of two pictures is white or black and the other is something else, widened by that many pixels."""
    import cv2

    extreme = (known > WHITE) | (known < BLACK) | (query > WHITE) | (query < BLACK)
    ink = (extreme & (np.abs(known - query) > APART)).astype(np.uint8)
    return np.asarray(cv2.dilate(ink, np.ones((edge, edge), np.uint8)))


def agrees_under_ink(grid: Grid, known: Grey, query: Grey) -> Mask:
    """Blocks that are the same but for white or black marks on one of the pictures: rows x columns.

    Args:
        grid: where the blocks stand.
        known: brightness of the known picture, height x width float32, 0 to 255.
        query: the same of the photo as it lies over it.
    """
    left = (1 - _ink(known, query, EDGE)).astype(np.float32)
    ours, theirs, weight = grid.cut(known), grid.cut(query), grid.cut(left)
    share = grid.means(weight)
    total = np.maximum(share, 1e-6)
    our_mean, their_mean = grid.means(weight * ours) / total, grid.means(weight * theirs) / total
    our_variance = grid.means(weight * ours * ours) / total - our_mean**2
    their_variance = grid.means(weight * theirs * theirs) / total - their_mean**2
    both = grid.means(weight * ours * theirs) / total - our_mean * their_mean
    correlation = both / np.sqrt(np.maximum(our_variance * their_variance, 1e-3))
    textured = np.minimum(our_variance, their_variance) >= TEXTURE**2
    agrees: Mask = (share >= LEAST_LEFT) & (share < 1.0) & textured & (correlation >= AGREES)
    return agrees
