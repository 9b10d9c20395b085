"""Whether the pixels of two pictures agree where an alignment lays them over each other.

Keypoints also align where two *different* pictures share furniture: the icons of an app, a
caption, a sticker, a frame. So the known picture's frame is cut out of the photo, laid over its
thumbnail and compared block by block, at the sharpness of the coarser of the two.

Only blocks that *tell* count: both pictures have texture there, and in both it is picture and
not drawing (letters, icons and codes stand on flat ground; what light makes does not). A caption
or a sticker on a copy therefore counts neither way, and neither does a caption that two
different pictures share. What is left agrees nearly everywhere in a copy. In different pictures
inside one frame, blocks that tell and disagree stand together (``solid``) where the pictures are.

Where the line is drawn: a copy shows the *same moment from the same spot*. Its blocks agree and
lie exactly where the transform puts them. In a second photo of the same scene (a burst, a
stereo pair) the blocks that agree lie a little off, each by its own distance from the camera
(``drift``), and what moved stands together and does not agree at all.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.overlap.blocks import MARGIN, Found, Grid, compared, gridded
from fakeprofile.overlap.drift import drift_of
from fakeprofile.overlap.ink import agrees_under_ink, shows_through
from fakeprofile.overlap.pixels import blurred, resized, scaling, to_grey
from fakeprofile.overlap.rectangles import rectangle as best_rectangle
from fakeprofile.overlap.rectangles import shared_cells
from fakeprofile.overlap.tone import off_tone, toned
from fakeprofile.records import Matrix, Overlap, Pixels

Floats = NDArray[np.float64]
Grey = NDArray[np.float32]
Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]

FRAME = 384
"""Longest side, in pixels, of the frame in which the pictures are compared."""
LEAST_FRAME = 96
LEVELS = ((0.7, 1.0), (2.0, 1.75))
"""(blur in pixels of the frame, size of the blocks): as it is, and for blurred copies."""
COARSE, CLEAR_ENOUGH = (3.0, 2.5), 0.85
"""The same where noise leaves no more than this agreement at both; it says nothing of a part of the overlap, as a
blur makes parts of different pictures alike."""
SEARCH = 2
"""The same once the transform has been corrected by what was found at first."""
GROUND = 0.25
"""The part of a block's pixels that makes it a drawing if they all have one brightness,"""
PILED = 0.05
"""within this part of the block's contrast. In noise and foliage they take up 0.15 or more."""
AGREES = 0.7
"""Correlation from which a block counts as the same."""
WELL_KNOWN = 48
"""Places that tell a drift of some percent from chance."""
FEWEST = 12
"""With fewer agreeing blocks the transform is not corrected, and nothing is said of drift at that sharpness."""
THICK = 0.15
"""Of the longest side, how much another picture measures at least each way."""
BAR = 0.5
"""What a thinner hole counts, or one along an edge in which the photo shows no picture: captions are bars, other
pictures are not."""
BAND_INSET = 0.1
"""Of such a hole, how much may be picture in both."""
SHARP = 0.85
"""Of the blocks that tell, how many must agree before what the others show at that sharpness is believed."""
WHOLE = 0.9
"""Where this part of the blocks agrees, all of the overlap is one picture; else the best rectangle is looked at."""
LEAST_REACH = 0.6
"""But not if that is a smaller part of it: a sticker, a bar or an icon would agree with itself."""
NOTHING_SAID = 0.25
"""What a block that says nothing speaks against a hole: one that agrees is 1."""
PANEL_REACH, PANEL_SPREAD, THINNEST = 0.2, 0.3, 0.45
"""Unless it stands there like a picture: so much of the overlap, so much of it agreeing, no thinner than this."""
ONE_SIDED = 0.5
"""What a block speaks against being shared if only one picture has clear texture there, or if its brightness
is another; one that differs is 1."""
ROUND = 0.96
"""Of the ellipse in the box of a round picture, how much of each axis is surely picture."""
TOGETHER = 6
"""Of the nine blocks of a square, how many must disagree for its middle to count as ``solid``."""


NO_OVERLAP = Overlap(
    blocks=0, agreeing=0, correlation=0.0, spread=0.0, drift=0.0, recoloured=False, grey=False
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The known picture as a frame, and the part of the photo that lies on it."""

    known: Pixels
    query: Pixels
    matrix: Floats
    """3 x 3: positions in the frame -> positions in ``query``."""
    query_seen: Grey
    """1 where the photo is picture, 0 outside of a round one."""
    known_seen: Grey
    """The same of the frame."""


def overlap_of(
    query: Pixels,
    query_width: int,
    known: Pixels,
    known_width: int,
    matrix: Matrix,
    *,
    round_query: bool = False,
    round_known: bool = False,
) -> Overlap:
    """How well the pixels of a photo agree with those of a known picture.

    Args:
        query: the photo, height x width x 3, RGB; may be reduced.
        query_width: its width at full size.
        known: the known picture or its thumbnail, the same way.
        known_width: its width at full size.
        matrix: from positions in the known picture to positions in the photo, both at full size.
        round_query: only the ellipse inside the photo's box is picture, as avatars are shown.
        round_known: the same of the known picture.
    """
    rounds = (round_query, round_known)
    frame = _framed(query, query_width, known, known_width, matrix, rounds)
    zoom = known_width / frame.known.shape[1]
    levels = [_overlap(frame, blur, factor, zoom) for blur, factor in LEVELS]
    if _agreement(max(levels, key=_agreement)) < CLEAR_ENOUGH:
        coarse = _overlap(frame, *COARSE, zoom)
        levels += [coarse] if coarse[0].agreeing >= FEWEST and coarse[0].reach >= SHARP else []
    overlaps = [overlap for overlap, _, _ in levels]
    best, transform, box = max(levels, key=_agreement)
    recoloured, grey = _colours(frame, transform, box)
    # A blur hides that things lie a little off, or differ: what the sharper look shows of that stays.
    sharp = [one for one in overlaps if one.agreeing >= FEWEST and one.agreeing >= SHARP * one.blocks]
    # A copy that is blurred is in place at the coarser look, another moment is at neither.
    well_known = [one for one in sharp if one.places >= WELL_KNOWN] or sharp[:1] or [best]
    placed = min(well_known, key=lambda one: one.drift)
    return dataclasses.replace(
        best,
        drift=placed.drift,
        places=placed.places,
        inset=max([best.inset, *(one.inset for one in sharp)]),
        recoloured=recoloured,
        grey=grey,
    )


# --- steps --------------------------------------------------------------------------------


def _agreement(level: tuple[Overlap, Floats, Box]) -> float:
    """How much agrees, 0 to 1; a rectangle that was chosen because it agrees says less than all of it."""
    overlap = level[0]
    return overlap.reach * overlap.agreeing / max(1, overlap.blocks)


def _framed(
    query: Pixels,
    query_width: int,
    known: Pixels,
    known_width: int,
    matrix: Matrix,
    rounds: tuple[bool, bool],
) -> _Frame:
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
    return _Frame(
        known=known,
        query=np.asarray(cv2.GaussianBlur(small, (0, 0), 0.3)) if reduce < 1 else small,
        matrix=scaling(small.shape[1] / query.shape[1]) @ to_query,
        query_seen=_picture_part(small.shape, rounds[0]),
        known_seen=_picture_part(known.shape, rounds[1]),
    )


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


def _registered(frame: _Frame, grid: Grid, known: Grey, blur: float) -> tuple[Found, Grey, Floats]:
    """What became of the blocks once the transform has been corrected, coarsely and then finely.

    With it the photo as it lies on the frame, and the corrected transform.
    """
    matrix = frame.matrix
    for coarse, search in ((2, MARGIN // 2), (2, MARGIN // 2), (1, SEARCH)):
        query, inside = _laid_over(frame, matrix)
        found = compared(grid, blurred(known, blur), blurred(query, blur), inside, search, coarse)
        matrix = _corrected(matrix, grid, found)
    query, inside = _laid_over(frame, matrix)
    found = compared(grid, blurred(known, blur), blurred(query, blur), inside, SEARCH, 1)
    return found, query, matrix


def _overlap(frame: _Frame, blur: float, factor: float, scale: float) -> tuple[Overlap, Floats, Box]:
    """The overlap at one sharpness, but for its colours; the corrected transform; the shared box in the frame.

    ``scale``: pixels of the sighting's picture for one of the frame.
    """
    grid, known = gridded(frame.known.shape, factor), to_grey(frame.known)
    if not grid.columns or not grid.rows:
        return NO_OVERLAP, frame.matrix, (0, 0, 0, 0)
    found, query, matrix = _registered(frame, grid, known, blur)
    tells = found.textured & _is_picture(grid, known) & _is_picture(grid, query)
    under = agrees_under_ink(grid, known, query) | shows_through(
        grid, toned(known, found, found.textured & (found.correlations >= AGREES)), query
    )
    overlaid = (found.textured | found.one_sided) & (found.correlations < AGREES) & under
    tells &= ~overlaid
    same, other = tells & (found.correlations >= AGREES), tells & (found.correlations < AGREES)
    strange = (found.one_sided | (off_tone(found, same) & ~tells)) & ~overlaid
    cells = shared_cells(same.astype(np.float64) - other - ONE_SIDED * (strange & found.seen))
    rectangle = np.zeros_like(same)
    rectangle[cells] = True
    box = _box(grid, cells, known.shape)
    seen = max(1, int(found.seen.sum()))
    in_part = same.sum() < WHOLE * tells.sum() and _holds(cells, same, found.seen)
    counted = rectangle if in_part else np.ones_like(same)
    blocks, agreeing = tells & counted, same & counted
    unlike = strange | (found.textured & (found.correlations < AGREES))
    differs = unlike & found.seen & counted & ~same & ~overlaid
    thick = math.ceil(THICK * max(known.shape) / grid.size)
    hole, inset = _hole(differs, agreeing, found.seen & counted, other, thick)
    left, top, right, bottom = (float(edge * scale) for edge in box)
    drift, places = drift_of(grid, blurred(known, blur), blurred(query, blur), agreeing, found.shifts)
    overlap = Overlap(
        blocks=int(blocks.sum()),
        agreeing=int(agreeing.sum()),
        hole=hole,
        inset=inset,
        unlike=float(differs.sum() / max(1, (found.seen & counted).sum())),
        solid=int(_standing_together(other & counted).sum()),
        correlation=float(np.median(found.correlations[blocks])) if blocks.any() else 0.0,
        spread=float(agreeing.sum() / max(1, (found.seen & counted).sum())),
        reach=float((found.seen & counted).sum() / seen),
        outside=float((same & ~counted).sum() / max(1, same.sum())),
        drift=drift,
        places=places,
        box=(left, top, right, bottom),
        recoloured=False,
        grey=False,
    )
    return overlap, matrix, box


def _holds(cells: tuple[slice, slice], same: Mask, seen: Mask) -> bool:
    """Whether the rectangle is most of the overlap, or stands in it as a picture does in a screenshot.

    A strip of a shared frame is thin, and a sticker is small; a picture is neither.
    """
    rows, columns = same[cells].shape
    reach = seen[cells].sum() / max(1, seen.sum())
    shaped = THINNEST <= rows / columns <= 1 / THINNEST
    dense = same[cells].sum() >= PANEL_SPREAD * max(1, seen[cells].sum())
    return bool(reach >= LEAST_REACH or (reach >= PANEL_REACH and shaped and dense))


def _hole(differs: Mask, agreeing: Mask, held: Mask, other: Mask, thick: int) -> tuple[float, float]:
    """The part of what is held that differs in the rectangle that holds most of what differs.

    And the part that is picture there in both: what covers a picture is drawn, another picture is not.
    A rectangle of fewer than ``thick`` blocks one way is a bar over the picture, not another picture.
    """
    says_nothing = held & ~differs & ~agreeing
    scores = differs.astype(np.float64) - agreeing - NOTHING_SAID * says_nothing
    cells = best_rectangle(scores)
    area = max(1, held.sum())
    thin = min(differs[cells].shape)
    inset = (differs & other)[cells].sum() if thin >= thick else 0
    bar = thin <= thick or (_is_band(cells, differs.shape) and inset <= BAND_INSET * differs[cells].sum())
    return float(differs[cells].sum() / area * (BAR if bar else 1.0)), float(inset / area)


def _is_band(cells: tuple[slice, slice], shape: tuple[int, ...]) -> bool:
    """Whether it lies along one edge from end to end, as the ground of a caption does."""
    touches = [(side.start <= 1, side.stop >= length - 1) for side, length in zip(cells, shape, strict=True)]
    return any(all(one) and any(other) for one, other in (touches, touches[::-1]))


def _box(grid: Grid, cells: tuple[slice, slice], shape: tuple[int, ...]) -> Box:
    """Left, top, right and bottom of the cells in pixels of the frame; at the edge of it if they reach there."""
    rows, columns = cells
    left = 0 if columns.start == 0 else grid.left + columns.start * grid.size
    top = 0 if rows.start == 0 else grid.top + rows.start * grid.size
    right = shape[1] if columns.stop == grid.columns else grid.left + columns.stop * grid.size
    bottom = shape[0] if rows.stop == grid.rows else grid.top + rows.stop * grid.size
    return left, top, right, bottom


def _corrected(matrix: Floats, grid: Grid, found: Found) -> Floats:
    """The transform with the tilt that the blocks show: a photographed screen is not affine."""
    import cv2

    agrees = found.textured & (found.correlations >= AGREES)
    if agrees.sum() < FEWEST:
        return matrix
    source = grid.centres()[agrees]
    tilt, _ = cv2.findHomography(source, source + found.shifts[agrees], cv2.RANSAC, 1.5)
    return matrix if tilt is None else matrix @ np.asarray(tilt, dtype=np.float64)


def _is_picture(grid: Grid, grey: Grey) -> Mask:
    """Blocks in which no single brightness holds a large part of the pixels, as flat ground does."""
    cut = grid.cut(grey)
    blocks = cut.reshape(grid.rows, grid.size, grid.columns, grid.size).swapaxes(1, 2)
    blocks = np.sort(blocks.reshape(grid.rows, grid.columns, -1), axis=2)
    last = grid.size**2 - 1
    contrast = blocks[:, :, round(0.98 * last)] - blocks[:, :, round(0.02 * last)]
    part = round(GROUND * last)
    narrowest = (blocks[:, :, part:] - blocks[:, :, :-part]).min(axis=2)
    picture: Mask = narrowest >= PILED * contrast
    return picture


def _standing_together(blocks: Mask) -> Mask:
    """The blocks among them that are the middle of a square of nine that are nearly all among them."""
    import cv2

    around = cv2.boxFilter(
        blocks.astype(np.float32), -1, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT
    )
    together: Mask = blocks & (np.asarray(around) > TOGETHER - 0.5)
    return together


def _laid_over(frame: _Frame, matrix: Floats) -> tuple[Grey, Grey]:
    """The photo as it lies on the frame, grey, and where there is anything of it: 1, else 0."""
    import cv2

    size = frame.known.shape[1::-1]
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = cv2.warpPerspective(frame.query, matrix, size, flags=how, borderMode=cv2.BORDER_REPLICATE)
    inside = cv2.warpPerspective(frame.query_seen, matrix, size, flags=how, borderValue=(0,))
    seen = np.asarray(inside, dtype=np.float32) * frame.known_seen
    return to_grey(np.asarray(laid, dtype=np.uint8)), seen


def _colours(frame: _Frame, matrix: Floats, box: Box) -> tuple[bool, bool]:
    """Whether the photo's colours differ from the known picture's in a box, and whether it lost them."""
    import cv2

    size = frame.known.shape[1::-1]
    how = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid = np.asarray(cv2.warpPerspective(frame.query, matrix, size, flags=how), dtype=np.float64)
    inside = np.asarray(cv2.warpPerspective(frame.query_seen, matrix, size, flags=how))
    seen = inside * frame.known_seen > 0.98
    left, top, right, bottom = box
    inner = np.zeros_like(seen)
    inner[top:bottom, left:right] = True
    seen &= inner
    if not seen.any():
        return False, False
    ours, theirs = laid[seen], frame.known[seen].astype(np.float64)
    grey = _colourfulness(ours) < 4 and _colourfulness(theirs) > 10
    means = np.abs(np.median(ours, axis=0) - np.median(theirs, axis=0)).max()
    contrasts = np.log(np.maximum(ours.std(axis=0), 1) / np.maximum(theirs.std(axis=0), 1))
    return bool(not grey and (means > 12 or np.abs(contrasts).max() > 0.25)), grey


def _colourfulness(colours: Floats) -> float:
    return float((colours.max(axis=1) - colours.min(axis=1)).mean())
