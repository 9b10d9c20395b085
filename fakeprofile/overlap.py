"""Whether the pixels of two pictures agree where an alignment lays them over each other.

Keypoints also align where two *different* pictures share furniture: the icons of an app, a
caption, a sticker, a frame. So the known picture's frame is cut out of the photo, laid over its
thumbnail and compared block by block, at the sharpness of the coarser of the two. A copy
agrees nearly everywhere that there is texture; shared furniture agrees only where it stands.

Where the line is drawn: a copy shows the *same moment from the same spot*. Its blocks agree and
lie exactly where the transform puts them. In a second photo of the same scene (a burst, a
stereo pair) the blocks that agree lie a little off, each by its own distance from the camera,
so they correlate better a pixel or two off their place (``drift``), and what moved does not
agree at all.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.records import Matrix, Overlap, Pixels

Floats = NDArray[np.float64]
Grey = NDArray[np.float32]

FRAME = 384
"""Longest side, in pixels, of the frame in which the pictures are compared."""
LEAST_FRAME = 64
BLOCKS = 24
"""Blocks along the longest side of the frame, if that leaves them at least 8 pixels."""
LEVELS = ((0.7, 1.0), (2.0, 1.75))
"""(blur in pixels of the frame, size of the blocks): as it is, and for blurred copies."""
FIRST_SEARCH = 6
"""How many pixels of the frame a block is looked for around its place, at first."""
SEARCH = 2
"""The same once the transform has been corrected by what was found at first."""
TEXTURE = 4.0
"""Standard deviation of brightness (0 to 255) from which a block counts as textured."""
AGREES = 0.7
"""Correlation from which a block counts as the same."""
DRIFTING = 80
"""The percentile of the blocks' gains that is their drift: a fifth may have slid along an edge."""
FEWEST = 6
"""With fewer textured blocks, or agreeing ones, nothing can be corrected or said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The known picture as a frame, and the part of the photo that lies on it."""

    known: Pixels
    query: Pixels
    matrix: Floats
    """3 x 3: positions in the frame -> positions in ``query``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Blocks:
    """What became of the blocks with texture, one row or item each.

    ``centres`` and ``shifts`` are n x 2, in pixels of the frame: where the block stands, and how
    far from there it was found. ``gains``: how much better it correlates there than in its place.
    ``compared`` counts the blocks without texture too.
    """

    centres: Floats
    shifts: Floats
    correlations: Floats
    gains: Floats
    compared: int

    @property
    def agrees(self) -> NDArray[np.bool_]:
        return self.correlations >= AGREES

    @property
    def share(self) -> float:
        return float(self.agrees.mean()) if len(self.correlations) else 0.0


def overlap_of(query: Pixels, query_width: int, known: Pixels, known_width: int, matrix: Matrix) -> Overlap:
    """How well the pixels of a photo agree with those of a known picture.

    Args:
        query: the photo, height x width x 3, RGB; may be reduced.
        query_width: its width at full size.
        known: the known picture or its thumbnail, the same way.
        known_width: its width at full size.
        matrix: from positions in the known picture to positions in the photo, both at full size.
    """
    frame = _framed(query, query_width, known, known_width, matrix)
    rounds = [_compared(frame, blur, factor) for blur, factor in LEVELS]
    best = max(rounds, key=lambda one: one.share)
    agrees = best.agrees
    recoloured, grey = _colours(frame)
    return Overlap(
        blocks=len(best.correlations),
        agreeing=int(agrees.sum()),
        correlation=float(np.median(best.correlations)) if len(best.correlations) else 0.0,
        spread=float(agrees.sum() / best.compared) if best.compared else 0.0,
        drift=float(np.percentile(best.gains[agrees], DRIFTING)) if agrees.any() else 0.0,
        recoloured=recoloured,
        grey=grey,
    )


# --- steps --------------------------------------------------------------------------------


def _framed(query: Pixels, query_width: int, known: Pixels, known_width: int, matrix: Matrix) -> _Frame:
    """The known picture at the sharpness that both have, and the photo reduced to match."""
    import cv2

    to_query = np.vstack([np.array(matrix), [0.0, 0.0, 1.0]])
    to_query = _scaling(query.shape[1] / query_width) @ to_query @ _scaling(known_width / known.shape[1])
    finer = math.sqrt(abs(float(np.linalg.det(to_query[:2, :2]))))
    longest = max(known.shape[:2])
    aim = min(FRAME, longest, max(LEAST_FRAME, round(longest * min(1.0, finer))))
    known = _resized(known, aim / longest)
    to_query = to_query @ _scaling(longest / aim)
    reduce = min(1.0, 1.0 / max(finer * longest / aim, 1e-6))
    small = _resized(query, reduce)
    return _Frame(
        known=known,
        query=np.asarray(cv2.GaussianBlur(small, (0, 0), 0.3)) if reduce < 1 else small,
        matrix=_scaling(small.shape[1] / query.shape[1]) @ to_query,
    )


def _compared(frame: _Frame, blur: float, factor: float) -> _Blocks:
    """The blocks after the transform has been corrected by where they were found at first."""
    first = _blocks(frame, frame.matrix, blur, factor, FIRST_SEARCH)
    corrected = _corrected(frame.matrix, first)
    return _blocks(frame, corrected, blur, factor, SEARCH)


def _corrected(matrix: Floats, blocks: _Blocks) -> Floats:
    """The transform with the tilt that the blocks show: a photographed screen is not affine."""
    import cv2

    agrees = blocks.agrees
    if agrees.sum() < 2 * FEWEST:
        return matrix
    source, target = blocks.centres[agrees], blocks.centres[agrees] + blocks.shifts[agrees]
    tilt, _ = cv2.findHomography(source, target, cv2.RANSAC, 1.0)
    return matrix if tilt is None else matrix @ np.asarray(tilt, dtype=np.float64)


def _blocks(frame: _Frame, matrix: Floats, blur: float, factor: float, search: int) -> _Blocks:
    """Each textured block of the known picture with the place nearby where it correlates best."""
    known, (query, seen) = _grey(frame.known, blur), _laid_over(frame, matrix, blur)
    size = max(8, round(max(known.shape) / BLOCKS * factor))
    centres, shifts, correlations, gains, compared = [], [], [], [], 0
    for top in range(search, known.shape[0] - size - search + 1, size):
        for left in range(search, known.shape[1] - size - search + 1, size):
            wide = np.s_[top - search : top + size + search, left - search : left + size + search]
            if not seen[wide].all():
                continue
            compared += 1
            block, around = known[top : top + size, left : left + size], query[wide]
            if block.std() < TEXTURE or around.std() < TEXTURE / 2:
                continue
            shift, correlation, still = _found(block, around, search)
            centres.append((left + size / 2, top + size / 2))
            shifts.append(shift)
            correlations.append(correlation)
            gains.append(correlation - still)
    return _Blocks(
        centres=np.array(centres, dtype=np.float64).reshape(-1, 2),
        shifts=np.array(shifts, dtype=np.float64).reshape(-1, 2),
        correlations=np.array(correlations, dtype=np.float64),
        gains=np.array(gains, dtype=np.float64),
        compared=compared,
    )


def _found(block: Grey, around: Grey, search: int) -> tuple[tuple[float, float], float, float]:
    """Where nearby a block correlates best (x, y off its place), how well, and how well in its place."""
    import cv2

    scores = cv2.matchTemplate(around, block, cv2.TM_CCOEFF_NORMED)
    row, column = divmod(int(scores.argmax()), scores.shape[1])
    return (column - search, row - search), float(scores[row, column]), float(scores[search, search])


def _laid_over(frame: _Frame, matrix: Floats, blur: float) -> tuple[Grey, NDArray[np.bool_]]:
    """The photo as it lies on the frame, grey, and where there is anything of it."""
    import cv2

    size = frame.known.shape[1::-1]
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpPerspective(frame.query, matrix, size, flags=how, borderMode=cv2.BORDER_REPLICATE)
    inside = np.full(frame.query.shape[:2], 255, dtype=np.uint8)
    seen = cv2.warpPerspective(inside, matrix, size, flags=how, borderValue=(0,))
    return _grey(np.asarray(laid, dtype=np.uint8), blur), np.asarray(seen) > 250


def _colours(frame: _Frame) -> tuple[bool, bool]:
    """Whether the photo's colours differ from the known picture's, and whether it lost them."""
    import cv2

    size = frame.known.shape[1::-1]
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = np.asarray(cv2.warpPerspective(frame.query, frame.matrix, size, flags=how), dtype=np.float64)
    inside = np.full(frame.query.shape[:2], 255, dtype=np.uint8)
    seen = np.asarray(cv2.warpPerspective(inside, frame.matrix, size, flags=how)) > 250
    if not seen.any():
        return False, False
    ours, theirs = laid[seen], frame.known[seen].astype(np.float64)
    grey = _colourfulness(ours) < 4 and _colourfulness(theirs) > 10
    means = np.abs(np.median(ours, axis=0) - np.median(theirs, axis=0)).max()
    contrasts = np.log(np.maximum(ours.std(axis=0), 1) / np.maximum(theirs.std(axis=0), 1))
    return bool(not grey and (means > 12 or np.abs(contrasts).max() > 0.25)), grey


def _colourfulness(colours: Floats) -> float:
    return float((colours.max(axis=1) - colours.min(axis=1)).mean())


def _grey(pixels: Pixels, blur: float) -> Grey:
    import cv2

    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), blur), dtype=np.float32)


def _resized(pixels: Pixels, factor: float) -> Pixels:
    import cv2

    if factor >= 1:
        return pixels
    size = (max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _scaling(factor: float) -> Floats:
    return np.diag([factor, factor, 1.0])
