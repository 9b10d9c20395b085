"""Which of all the rectangles are pictures: each stands beside the others, or well inside one of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakeprofile.panels.boxes import Box, area_of, holds, shared_area
from fakeprofile.panels.cells import Cells
from fakeprofile.panels.grids import gaps_in, neighbours_of
from fakeprofile.panels.rectangles import Ints, Pool

PICTURE = 0.07
"""The part of a rectangle that must be picture: of sky or fog most is flat,"""
OVER_DRAWN = 0.5
"""and how many times as much as is drawn."""
REST = 0.2
"""The part of what smaller ones leave of a rectangle that must be picture, or it is only what they stand on."""
EXPLAINED, AGAIN = 0.8, 0.5
"""The part of a rectangle that smaller ones must cover to be all of it, and how clear its sides must be then."""
TILE = 0.1
"""What counts for a rectangle for each neighbour of its size."""
MOST_TILES = 400
FILLED = 0.4
"""What a tile counts that only the grid around it shows."""
LOOSE = 0.1
"""What counts against a rectangle for each side with ground on both sides of it."""
SURE = 0.75
"""How clear the sides must be if two or more are so."""
FAINTEST = 0.05
"""The confidence of the least likely ones."""
SAME = 0.8
"""Area shared over area covered from which two rectangles are one."""
INSIDE = 0.95
"""The part of a rectangle that lies in another if it stands inside."""
APART = 0.1
"""The part of the smaller one that two rectangles may share if neither stands inside the other."""


def chosen_of(pool: Pool, cells: Cells, ground: NDArray[np.uint8]) -> list[tuple[Box, float]]:
    """The boxes of the pool that are pictures and how sure that is, 0 to 1, best first."""
    loose = _loose_sides(pool.boxes, ground)
    pool = (
        pool.changed(np.asarray(-LOOSE * loose, dtype=np.float64))
        .of((loose < 2) | (pool.sides >= SURE))
        .ordered()
    )
    tiles = pool.of(np.arange(min(MOST_TILES, len(pool.boxes)))).boxes
    more = np.zeros(len(pool.boxes), dtype=np.float64)
    more[: len(tiles)] = TILE * neighbours_of(tiles)
    pool = pool.changed(more).ordered()
    alive = np.ones(len(pool.boxes), dtype=bool)
    chosen: list[tuple[Box, float]] = []
    for index in range(len(pool.boxes)):
        if not alive[index]:
            continue
        box: Box = tuple(pool.boxes[index].tolist())
        if is_picture(box, cells) and not _is_told(box, float(pool.sides[index]), chosen, cells):
            chosen.append((box, max(FAINTEST, float(pool.scores[index]))))
            alive &= _agrees(pool.boxes, pool.boxes[index])
    return chosen + _filled(chosen, cells)


def is_picture(box: Box, cells: Cells) -> bool:
    """Whether enough of a box is picture, and not letters and icons."""
    picture, drawn = cells.shares(box)
    return picture >= PICTURE and picture >= OVER_DRAWN * drawn


def _is_told(box: Box, sides: float, chosen: list[tuple[Box, float]], cells: Cells) -> bool:
    """Whether all that is picture in a box is in the chosen ones inside it, and its own sides are faint."""
    count, picture, _ = cells.counts(box)
    inner: list[Box] = []
    for one, _ in chosen:
        if holds(box, one) and not any(shared_area(one, other) for other in inner):
            inner.append(one)
            rest = cells.counts(one)
            count, picture = count - rest[0], picture - rest[1]
    if not inner:
        return False
    covered = sum(area_of(one) for one in inner) / area_of(box)
    return sides < AGAIN if covered >= EXPLAINED else picture < REST * count


def _filled(chosen: list[tuple[Box, float]], cells: Cells) -> list[tuple[Box, float]]:
    """The tiles that a grid lacks, where something like a picture stands."""
    gaps = gaps_in(np.array([box for box, _ in chosen], dtype=np.int64).reshape(-1, 4))
    return [(tuple(gap), FILLED) for gap in gaps.tolist() if is_picture(tuple(gap), cells)]


def _loose_sides(boxes: Ints, ground: NDArray[np.uint8]) -> Ints:
    """How many sides of each box have only ground just inside: it is drawn too large."""
    import cv2

    sums = np.asarray(cv2.integral(ground), dtype=np.int32)
    left, top, right, bottom = boxes.T
    off_x, off_y = (right - left) // 8, (bottom - top) // 8
    strips = (
        (left + 2, top + off_y, left + 6, bottom - off_y),
        (right - 6, top + off_y, right - 2, bottom - off_y),
        (left + off_x, top + 2, right - off_x, top + 6),
        (left + off_x, bottom - 6, right - off_x, bottom - 2),
    )
    loose = np.zeros(len(boxes), dtype=np.int64)
    for x0, y0, x1, y1 in strips:
        filled = sums[y1, x1] - sums[y0, x1] - sums[y1, x0] + sums[y0, x0]
        loose += filled >= 0.9 * 255 * (x1 - x0) * (y1 - y0)
    return loose


def _agrees(boxes: Ints, chosen: Ints) -> NDArray[np.bool_]:
    """Which boxes can stand together with the chosen one: beside it, well inside it, or well around it."""
    wide = np.minimum(boxes[:, 2], chosen[2]) - np.maximum(boxes[:, 0], chosen[0])
    high = np.minimum(boxes[:, 3], chosen[3]) - np.maximum(boxes[:, 1], chosen[1])
    shared = np.maximum(wide, 0) * np.maximum(high, 0)
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    area = int((chosen[2] - chosen[0]) * (chosen[3] - chosen[1]))
    smaller = np.minimum(areas, area)
    beside = shared <= APART * smaller
    nested = (shared >= INSIDE * smaller) & (shared < SAME * np.maximum(areas, area))
    agrees: NDArray[np.bool_] = beside | nested
    return agrees
