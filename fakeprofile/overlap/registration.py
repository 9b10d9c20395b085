"""The known picture as a frame, and the photo laid over it: first by the alignment, then by what the blocks show.

Keypoints give a transform that is right to a few pixels. Blocks of the two pictures then say where each of them really
lies, and the transform is corrected by that until they are in place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.overlap.blocks import MARGIN, Found, Grey, Grid, compared
from fakeprofile.overlap.pixels import blurred, resized, scaling, to_grey
from fakeprofile.overlap.sharpness import Even, equally_sharp
from fakeprofile.records import Matrix, Pixels

Floats = NDArray[np.float64]

FRAME = 384
"""Longest side, in pixels, of the frame in which the pictures are compared."""
LEAST_FRAME = 96
SEARCH = 2
"""How many pixels a block is looked for around its place once the transform has been corrected by what was found at
first."""
FEWEST = 12
"""With fewer agreeing blocks the transform is not corrected."""
MOST_TRIED = 500
"""Times that four blocks are drawn to see whether the others follow: enough where four in ten do, as of any copy."""
ROUND = 0.96
"""Of the ellipse in the box of a round picture, how much of each axis is surely picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The known picture as a frame, and the part of the photo that lies on it."""

    known: Pixels
    query: Pixels
    matrix: Floats
    """3 x 3: positions in the frame -> positions in ``query``."""
    query_seen: Grey
    """1 where the photo is picture, 0 outside of a round one."""
    known_seen: Grey
    """The same of the frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """The photo as it lies on the frame under the corrected transform, and what became of the blocks."""

    found: Found
    """At the sharpness that was asked for, or at that of the softer of the two."""
    colours: Pixels
    """The photo, RGB; with less blur than what was compared."""
    inside: Grey
    """1 where there is anything of it."""
    query: Grey
    """The same in grey."""
    even: Even
    """The two as they were compared."""


def framed(
    query: Pixels,
    query_width: int,
    known: Pixels,
    known_width: int,
    matrix: Matrix,
    rounds: tuple[bool, bool],
) -> Frame:
    """The known picture at the sharpness that both have, and the photo reduced to match."""
    import cv2

    to_query = np.vstack([np.array(matrix), [0.0, 0.0, 1.0]])
    to_query = scaling(query.shape[1] / query_width) @ to_query @ scaling(known_width / known.shape[1])
    finer = math.sqrt(abs(float(np.linalg.det(to_query[:2, :2]))))
    longest = max(known.shape[:2])
    aim = min(FRAME, longest, max(LEAST_FRAME, round(longest * min(1.0, finer))))
    known = resized(known, aim / longest)
    to_query = to_query @ scaling(longest / aim)
    reduce = min(1.0, 1.0 / max(finer * longest / aim, 1e-6))
    small = resized(query, reduce)
    return Frame(
        known=known,
        query=np.asarray(cv2.GaussianBlur(small, (0, 0), 0.3)) if reduce < 1 else small,
        matrix=scaling(small.shape[1] / query.shape[1]) @ to_query,
        query_seen=_picture_part(small.shape, rounds[0]),
        known_seen=_picture_part(known.shape, rounds[1]),
    )


def registered(frame: Frame, grid: Grid, known: Grey, blur: float) -> Laid:
    """The photo once the transform has been corrected, coarsely and then finely."""
    matrix = frame.matrix
    for coarse, search in ((2, MARGIN // 2), (2, MARGIN // 2), (1, SEARCH)):
        colours, inside = _laid_over(frame, matrix)
        query = to_grey(colours)
        found = compared(grid, blurred(known, blur), blurred(query, blur), inside, search, coarse)
        matrix = _corrected(matrix, grid, found)
    colours, inside = _laid_over(frame, matrix)
    query = to_grey(colours)
    found = compared(grid, blurred(known, blur), blurred(query, blur), inside, SEARCH, 1)
    even = equally_sharp(grid, known, query, blur, found.same)
    if even.blur:
        found = compared(grid, even.known, even.query, inside, SEARCH, 1)
    return Laid(found=found, colours=colours, inside=inside, query=query, even=even)


# --- steps --------------------------------------------------------------------------------


def _picture_part(shape: tuple[int, ...], is_round: bool) -> Grey:
    """1 where a picture of that shape is picture: everywhere, or inside the ellipse in its box."""
    import cv2

    height, width = shape[:2]
    if not is_round:
        return np.ones((height, width), dtype=np.float32)
    part = np.zeros((height, width), dtype=np.float32)
    middle, axes = (width / 2, height / 2), (ROUND * width, ROUND * height)
    cv2.ellipse(part, (middle, axes, 0.0), 1.0, cv2.FILLED)
    return part


def _corrected(matrix: Floats, grid: Grid, found: Found) -> Floats:
    """The transform with the tilt that the blocks show: a photographed screen is not affine."""
    import cv2

    agrees = found.same
    if agrees.sum() < FEWEST:
        return matrix
    source = grid.centres()[agrees]
    tilt, _ = cv2.findHomography(source, source + found.shifts[agrees], cv2.RANSAC, 1.5, maxIters=MOST_TRIED)
    return matrix if tilt is None else matrix @ np.asarray(tilt, dtype=np.float64)


def _laid_over(frame: Frame, matrix: Floats) -> tuple[Pixels, Grey]:
    """The photo as it lies on the frame, and where there is anything of it: 1, else 0."""
    import cv2

    size = frame.known.shape[1::-1]
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpPerspective(frame.query, matrix, size, flags=how, borderMode=cv2.BORDER_REPLICATE)
    inside = cv2.warpPerspective(frame.query_seen, matrix, size, flags=how, borderValue=(0,))
    seen = np.asarray(inside, dtype=np.float32) * frame.known_seen
    return np.asarray(laid, dtype=np.uint8), seen
