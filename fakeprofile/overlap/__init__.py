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

from fakeprofile.overlap.blocks import AGREES, Grid, gridded
from fakeprofile.overlap.drift import SMALL, drift_of
from fakeprofile.overlap.ink import agrees_under_ink, under_marks
from fakeprofile.overlap.movement import has_movement
from fakeprofile.overlap.pixels import to_grey
from fakeprofile.overlap.rectangles import rectangle as best_rectangle
from fakeprofile.overlap.rectangles import shared_cells
from fakeprofile.overlap.registration import Frame, Laid, framed, registered
from fakeprofile.overlap.tone import off_tone, toned, within_noise
from fakeprofile.records import Matrix, Overlap, Pixels

Floats = NDArray[np.float64]
Grey = NDArray[np.float32]
Mask = NDArray[np.bool_]
Box = tuple[int, int, int, int]

LEVELS = ((0.7, 1.0), (2.0, 1.75))
"""(blur in pixels of the frame, size of the blocks): as it is, and for blurred copies."""
COARSE, CLEAR_ENOUGH = (3.0, 2.5), 0.85
"""The same where noise leaves no more than this agreement at both; it says nothing of a part of the overlap, as a
blur makes parts of different pictures alike."""
GROUND = 0.25
"""The part of a block's pixels that makes it a drawing if they all have one brightness,"""
PILED = 0.05
"""within this part of the block's contrast. In noise and foliage they take up 0.15 or more."""
WELL_KNOWN = 48
"""Places that tell a drift of some percent from chance."""
FEWEST = 12
"""With fewer agreeing blocks nothing is said of drift at that sharpness."""
FEWEST_AROUND, ALIKE = 8, 0.75
"""Blocks that must agree, and how many of them, before it is asked whether something moved between them."""
WHOLLY = 0.999
"""How much of a pixel there must be for it to be looked at."""
THICK = 0.15
"""Of the longest side, how much another picture measures at least each way."""
BAR = 0.5
"""What a thinner hole counts, or one along an edge in which the photo shows no picture, or what letters hide of a hole:
captions are bars, other pictures are not."""
BAND_INSET = 0.1
"""Of such a hole, how much may be picture in both."""
PLENTY, HOPELESS = 24, 0.25
"""Blocks that tell, and how many of them agree at the first look in no copy: of 200 proven ones, 0.9 and more."""
AT_REST = 0.01
"""Drift that is none."""
VERY_WELL_KNOWN, AT_REST_SHARE = 96, 0.75
"""With so many places of which none is off, as under a watermark all over, so many that agree are enough."""
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
TOGETHER = 6
"""Of the nine blocks of a square, how many must disagree for its middle to count as ``solid``."""


NO_OVERLAP = Overlap(
    blocks=0, agreeing=0, correlation=0.0, spread=0.0, drift=0.0, recoloured=False, grey=False
)


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
    return _told(framed(query, query_width, known, known_width, matrix, rounds), known_width)


# --- steps --------------------------------------------------------------------------------


def _told(frame: Frame, known_width: int) -> Overlap:
    """How well the two sides of a frame agree, at the sharpness that tells most."""
    zoom = known_width / frame.known.shape[1]
    first = _overlap(frame, *LEVELS[0], zoom)
    if _is_hopeless(first.overlap):
        return first.overlap
    levels = [first]
    if not _is_beyond_doubt(first):
        levels += [_overlap(frame, blur, factor, zoom) for blur, factor in LEVELS[1:]]
    if max(level.agreement for level in levels) < CLEAR_ENOUGH:
        coarse = _overlap(frame, *COARSE, zoom)
        enough = coarse.overlap.agreeing >= FEWEST and coarse.overlap.reach >= SHARP
        levels += [coarse] if enough else []
    overlaps = [level.overlap for level in levels]
    chosen = max(levels, key=lambda level: level.agreement)
    best = chosen.overlap
    recoloured, grey = _colours(frame, chosen)
    # A blur hides that things lie a little off, or differ: what the sharper look shows of that stays.
    sharp = [one for one in overlaps if one.agreeing >= FEWEST and _is_believed(one)]
    # A copy that is blurred is in place at the coarser look, another moment is at neither; but a small one moves so little
    # that only the sharpest look shows it.
    well_known = [one for one in sharp if one.places >= WELL_KNOWN]
    well_known = well_known[:1] if max(frame.known.shape) <= SMALL else well_known
    placed = min(well_known or [_most_placed(sharp or [best])], key=lambda one: one.drift)
    return dataclasses.replace(
        best,
        drift=placed.drift,
        places=placed.places,
        inset=max([best.inset, *(one.inset for one in sharp)]),
        moved=_is_alike(best) and _shows_movement(frame, first),
        recoloured=recoloured,
        grey=grey,
    )


def _is_alike(overlap: Overlap) -> bool:
    """Whether so much agrees that what differs may be a thing that moved."""
    return overlap.agreeing >= FEWEST_AROUND and overlap.agreeing >= ALIKE * overlap.blocks


def _shows_movement(frame: Frame, level: _Level) -> bool:
    """Whether things stand elsewhere in what both show, as sharp as it is."""
    if level.laid is None:
        return False
    left, top, right, bottom = level.box
    shared = np.zeros(level.laid.inside.shape, dtype=np.bool_)
    shared[top:bottom, left:right] = level.laid.inside[top:bottom, left:right] > WHOLLY
    even = level.laid.even
    return has_movement(even.known, even.query, (frame.known, level.laid.colours), shared)


def _is_hopeless(overlap: Overlap) -> bool:
    """Whether it is plainly another picture: what two screenshots of one app share is laid over each other all day."""
    return overlap.blocks >= PLENTY and overlap.agreeing < HOPELESS * overlap.blocks


def _is_believed(overlap: Overlap) -> bool:
    """Whether enough agrees that the rest is not noise, or so much lies in its place that it cannot be chance."""
    at_rest = overlap.places >= VERY_WELL_KNOWN and overlap.drift <= AT_REST
    return overlap.agreeing >= (AT_REST_SHARE if at_rest else SHARP) * overlap.blocks


def _is_beyond_doubt(level: _Level) -> bool:
    """Whether all of it agrees and lies in its place, as sharp as it is: then no blur shows more of either."""
    overlap = level.overlap
    return level.agreement >= 1.0 and overlap.places >= WELL_KNOWN and overlap.drift <= AT_REST


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """What one sharpness shows."""

    overlap: Overlap
    """But for its colours."""
    agreement: float = 0.0
    """How much agrees, 0 to 1; a rectangle that was chosen because it agrees says less than all of it, and so does a
    look at which noise drowns most."""
    laid: Laid | None = None
    """None if there are no blocks."""
    box: Box = (0, 0, 0, 0)
    """What is shared, in the frame."""


def _most_placed(overlaps: list[Overlap]) -> Overlap:
    return max(overlaps, key=lambda one: one.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Blocks:
    """What became of the blocks, each rows x columns."""

    tells: Mask
    """Picture in both, and not drawing, ink or noise."""
    same: Mask
    other: Mask
    """Of those that tell, which agree and which do not."""
    strange: Mask
    """Only one of the two has texture there, or it has another brightness."""
    overlaid: Mask
    """What differs is ink or noise over it."""
    covered: Mask
    """Marks leave nothing of it."""
    drowned: Mask
    """It would tell, but for the noise."""


def _overlap(frame: Frame, blur: float, factor: float, scale: float) -> _Level:
    """What is seen at one sharpness.

    ``scale``: pixels of the sighting's picture for one of the frame.
    """
    grid, known = gridded(frame.known.shape, factor), to_grey(frame.known)
    if not grid.columns or not grid.rows:
        return _Level(overlap=NO_OVERLAP)
    laid = registered(frame, grid, known, blur)
    found, cut = laid.found, _blocks(grid, known, laid, blur)
    same, other, seen = cut.same, cut.other, laid.found.seen
    cells = shared_cells(same.astype(np.float64) - other - ONE_SIDED * (cut.strange & seen))
    rectangle = np.zeros_like(same)
    rectangle[cells] = True
    box = _box(grid, cells, known.shape)
    in_part = same.sum() < WHOLE * cut.tells.sum() and _holds(cells, same, seen)
    counted = rectangle if in_part else np.ones_like(same)
    blocks, agreeing, held = cut.tells & counted, same & counted, seen & counted
    unlike = cut.strange | (found.textured & (found.correlations < AGREES))
    differs = unlike & held & ~same & ~cut.overlaid
    thick = math.ceil(THICK * max(known.shape) / grid.size)
    hole, inset = _hole(differs, agreeing, held, other, thick, cut.covered)
    left, top, right, bottom = (float(edge * scale) for edge in box)
    drift, places = drift_of(grid, laid.even, agreeing, found.shifts)
    overlap = Overlap(
        blocks=int(blocks.sum()),
        agreeing=int(agreeing.sum()),
        hole=hole,
        inset=inset,
        unlike=float(differs.sum() / max(1, held.sum())),
        solid=int(_standing_together(other & counted).sum()),
        correlation=float(np.median(found.correlations[blocks])) if blocks.any() else 0.0,
        spread=float(agreeing.sum() / max(1, held.sum())),
        reach=float(held.sum() / max(1, seen.sum())),
        outside=float((same & ~counted).sum() / max(1, same.sum())),
        drift=drift,
        places=places,
        box=(left, top, right, bottom),
        recoloured=False,
        grey=False,
    )
    weighed = overlap.blocks + int((cut.drowned & counted).sum())
    agreement = overlap.reach * overlap.agreeing / max(1, weighed)
    return _Level(overlap=overlap, agreement=agreement, laid=laid, box=box)


def _blocks(grid: Grid, known: Grey, laid: Laid, blur: float) -> _Blocks:
    """Which blocks tell something, and what."""
    found, query, even, sure = laid.found, laid.query, laid.even, laid.found.same
    tells = found.textured & _is_picture(grid, known) & _is_picture(grid, query)
    through, covered = under_marks(grid, toned(known, found, sure), query, laid.colours)
    under = agrees_under_ink(grid, known, query) | through
    noise = within_noise(grid, toned(even.known, found, sure), even.query, found, sure, blur)
    differing = (found.textured | found.one_sided) & (found.correlations < AGREES)
    drowned, overlaid = tells & differing & noise & ~under, differing & (under | noise)
    tells &= ~overlaid
    same, other = tells & (found.correlations >= AGREES), tells & (found.correlations < AGREES)
    strange = (found.one_sided | (off_tone(found, same) & ~tells)) & ~overlaid
    return _Blocks(
        tells=tells,
        same=same,
        other=other,
        strange=strange,
        overlaid=overlaid,
        covered=covered,
        drowned=drowned,
    )


def _holds(cells: tuple[slice, slice], same: Mask, seen: Mask) -> bool:
    """Whether the rectangle is most of the overlap, or stands in it as a picture does in a screenshot.

    A strip of a shared frame is thin, and a sticker is small; a picture is neither.
    """
    rows, columns = same[cells].shape
    reach = seen[cells].sum() / max(1, seen.sum())
    shaped = THINNEST <= rows / columns <= 1 / THINNEST
    dense = same[cells].sum() >= PANEL_SPREAD * max(1, seen[cells].sum())
    return bool(reach >= LEAST_REACH or (reach >= PANEL_REACH and shaped and dense))


def _hole(
    differs: Mask, agreeing: Mask, held: Mask, other: Mask, thick: int, covered: Mask
) -> tuple[float, float]:
    """The part of what is held that differs in the rectangle that holds most of what differs.

    And the part that is picture there in both: what covers a picture is drawn, another picture is not.
    A rectangle of fewer than ``thick`` blocks one way is a bar over the picture, not another picture; neither is a
    block that letters cover.
    """
    says_nothing = held & ~differs & ~agreeing
    scores = differs.astype(np.float64) - agreeing - NOTHING_SAID * says_nothing
    cells = best_rectangle(scores)
    area = max(1, held.sum())
    thin = min(differs[cells].shape)
    inset = (differs & other)[cells].sum() if thin >= thick else 0
    bar = thin <= thick or (_is_band(cells, differs.shape) and inset <= BAND_INSET * differs[cells].sum())
    hidden = differs & covered
    hole = BAR * differs[cells].sum() if bar else differs[cells].sum() - (1 - BAR) * hidden[cells].sum()
    return float(hole / area), float(inset / area)


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


def _colours(frame: Frame, level: _Level) -> tuple[bool, bool]:
    """Whether the photo's colours differ from the known picture's in what is shared, and whether it lost them."""
    if level.laid is None:
        return False, False
    left, top, right, bottom = level.box
    # A quarter of the pixels has the same colours.
    few = (slice(top, bottom, 2), slice(left, right, 2))
    seen = level.laid.inside[few] > 0.98
    if not seen.any():
        return False, False
    ours, theirs = level.laid.colours[few][seen], frame.known[few][seen]
    grey = _colourfulness(ours) < 4 and _colourfulness(theirs) > 10
    means = np.abs(np.median(ours, axis=0) - np.median(theirs, axis=0)).max()
    contrasts = np.log(np.maximum(ours.std(axis=0), 1) / np.maximum(theirs.std(axis=0), 1))
    return bool(not grey and (means > 12 or np.abs(contrasts).max() > 0.25)), grey


def _colourfulness(colours: Pixels) -> float:
    return float((colours.max(axis=1) - colours.min(axis=1)).mean())
