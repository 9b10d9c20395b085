"""Letters and marks over a picture: what lies between them is compared without them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakeprofile.overlap.blocks import Grid
from fakeprofile.records import Pixels

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
BOTH_WAYS, MUCH = 150.0, 0.06
"""Steps of brightness by which one picture is brighter than the other in one part of a block and darker in another:
letters lie over one picture, and two drawings of black on white differ like that."""
THIN_EDGE = 3
"""The same as ``EDGE`` where brightness is compared and not its correlation."""
COLOUR_STEP, SAME_INK = 16, 24
"""Steps of each colour (0 to 255) in which colours are counted, and within which they are one ink."""
INKED, MOST_INKS, FEWEST_INKED = 0.08, 4, 200
"""Of the pixels that differ, how many have the colour of an ink; how many inks are looked for, and among how many."""


def under_marks(grid: Grid, known: Grey, query: Grey, colours: Pixels) -> tuple[Mask, Mask]:
    """Blocks that marks of few colours lie over, each rows x columns.

    First those in which all that the marks leave is as bright as in the known picture, then those of which they leave
    next to nothing, so that nobody knows what is under them.

    Args:
        grid: where the blocks stand.
        known: brightness of the known picture as it would be in the photo, height x width float32, 0 to 255.
        query: the photo as it lies over it.
        colours: the same, height x width x 3, RGB, uint8.
    """
    import cv2

    square = np.ones((3, 3), np.uint8)
    brightest, darkest = np.asarray(cv2.dilate(known, square)), np.asarray(cv2.erode(known, square))
    close = (query <= brightest + CLOSE) & (query >= darkest - CLOSE)
    ink = _strokes(known, query, colours, ~close)
    left = grid.means(grid.cut((1 - ink).astype(np.float32)))
    explained = grid.means(grid.cut(((1 - ink) * close).astype(np.float32)))
    brighter = grid.means(grid.cut((query - known > BOTH_WAYS).astype(np.float32)))
    darker = grid.means(grid.cut((known - query > BOTH_WAYS).astype(np.float32)))
    drawn = np.minimum(brighter, darker) >= MUCH
    through: Mask = (left >= BETWEEN) & (left < 1.0) & (explained >= EXPLAINED * left) & ~drawn
    covered: Mask = (left < BETWEEN) & ~drawn
    return through, covered


def _strokes(known: Grey, query: Grey, colours: Pixels, differs: Mask) -> NDArray[np.uint8]:
    """1 where one of two pictures is inked in thin strokes and the other is not, slightly widened.

    Each ink is looked at alone: letters with an edge of another ink are two thin things, no thick one. A dark wall or
    a black screen is thick, and therefore no letter, though it is as black.
    """
    apart = np.abs(known - query)
    strokes = np.zeros(known.shape, np.uint8)
    for ink in ((known > WHITE) | (query > WHITE), (known < BLACK) | (query < BLACK)):
        strokes |= _drawn(ink, apart, differs)
    # What the edge of a letter explains is not what the letter is filled with.
    for ink in _coloured(colours, differs & (strokes == 0)):
        strokes |= _drawn(ink, apart, differs)
    return strokes


def _drawn(ink: Mask, apart: Grey, differs: Mask) -> NDArray[np.uint8]:
    """1 where one ink makes thin strokes that stand out, slightly widened."""
    import cv2

    # What is white on nearly white belongs to a letter if the rest of it stands out.
    sure, faint = ink & (apart > APART), ink & differs
    if not sure.any():
        return np.zeros(ink.shape, np.uint8)
    edge, pen = np.ones((THIN_EDGE, THIN_EDGE), np.uint8), np.ones((THICK_INK, THICK_INK), np.uint8)
    drawn = np.asarray(cv2.dilate(_touching(faint | sure, sure), edge))
    thick = np.asarray(cv2.morphologyEx(drawn, cv2.MORPH_OPEN, pen))
    return np.where(thick > 0, 0, drawn).astype(np.uint8)


def _coloured(colours: Pixels, differs: Mask) -> list[Mask]:
    """Where the photo has a colour of which much of what differs is made: people write with one at a time."""
    import cv2

    if differs.sum() < FEWEST_INKED:
        return []
    steps = (colours // COLOUR_STEP).astype(np.int32)
    names = (steps[..., 0] * 64 + steps[..., 1]) * 64 + steps[..., 2]
    found, counts = np.unique(names[differs], return_counts=True)
    most = np.argsort(-counts)[:MOST_INKS]
    strong = [int(found[at]) for at in most if counts[at] >= INKED * differs.sum()]
    centres = [np.median(colours[differs & (names == name)], axis=0) for name in strong]
    return [np.asarray(cv2.inRange(colours, centre - SAME_INK, centre + SAME_INK)) > 0 for centre in centres]


def _touching(pixels: Mask, sure: Mask) -> NDArray[np.uint8]:
    """1 at the pixels that hang together with a sure one."""
    import cv2

    _, parts = cv2.connectedComponents(pixels.astype(np.uint8), connectivity=8)
    kept = np.zeros(int(parts.max()) + 1, np.uint8)
    kept[np.unique(parts[sure])] = 1
    kept[0] = 0
    return np.asarray(kept[parts], np.uint8)


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
