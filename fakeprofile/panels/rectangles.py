"""Rectangles whose four sides lie on lines, and that no line cuts in two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.panels.boxes import Box
from fakeprofile.panels.cells import Cells
from fakeprofile.panels.grids import gaps_in, neighbours_of
from fakeprofile.panels.ground import Piece
from fakeprofile.panels.seams import Lines

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

LEAST_SIDE = 0.36
"""The part of a side that must lie on a line."""
CUT = 0.6
"""How much the clearest line across a rectangle counts against it, next to its faintest side."""
LEAST_SCORE = 0.2
WIDEST = 6
"""Times that a rectangle may be longer than it is thick."""
MOST = 1500
"""Rectangles that are looked at more closely."""
PICTURE = 0.2
"""The part of a rectangle that must be picture,"""
OVER_DRAWN = 0.5
"""and how many times as much as is drawn."""
TILE = 0.1
"""What counts for a rectangle for each neighbour of its size."""
MOST_TILES = 400
FILLED = 0.4
"""What a tile counts that only the grid around it shows."""
LOOSE = 0.15
"""What counts against a rectangle for each side with ground on both sides of it."""
STRAIGHT, PIECE = 0.5, 0.9
"""How straight the sides of what stands alone on the ground must be, and what it then counts."""
SAME = 0.8
"""Area shared over area covered from which two rectangles are one."""
INSIDE = 0.95
"""The part of a rectangle that lies in another if it stands inside."""
APART = 0.1
"""The part of the smaller one that two rectangles may share if neither stands inside the other."""


@dataclass(frozen=True, slots=True)
class Found:
    """A rectangle in pixels of the copy and how clearly it is one picture."""

    box: Box
    score: float


def rectangles_of(
    upright: Lines, level: Lines, cells: Cells, ground: NDArray[np.uint8], pieces: list[Piece], shortest: int
) -> list[Found]:
    """The rectangles that hold a picture, best first; each stands inside another or beside it."""
    import cv2

    sums = np.asarray(cv2.integral(ground))
    boxes, scores = _scored(upright, level, shortest)
    alone = [(piece.box, PIECE * piece.straight) for piece in pieces if piece.straight >= STRAIGHT]
    if alone:
        boxes = np.concatenate([boxes, np.array([box for box, _ in alone])])
        scores = np.concatenate([scores, np.array([score for _, score in alone])])
    scores = scores - LOOSE * _loose_sides(boxes, sums)
    boxes, scores = _ordered(boxes, scores)
    scores[:MOST_TILES] += TILE * neighbours_of(boxes[:MOST_TILES])
    boxes, scores = _ordered(boxes, scores)
    alive = np.ones(len(boxes), dtype=bool)
    chosen: list[Found] = []
    for index in range(len(boxes)):
        if not alive[index]:
            continue
        box: Box = tuple(int(edge) for edge in boxes[index])  # type: ignore[assignment]
        picture, drawn = cells.shares(box)
        if picture < PICTURE or picture < OVER_DRAWN * drawn:
            continue
        chosen.append(Found(box, float(scores[index])))
        alive &= _agrees(boxes, boxes[index])
    return chosen + _filled(chosen, cells)


def _filled(chosen: list[Found], cells: Cells) -> list[Found]:
    """The tiles that a grid lacks, where something like a picture stands."""
    gaps = gaps_in(np.array([one.box for one in chosen], dtype=np.int64).reshape(-1, 4))
    found = []
    for gap in gaps.tolist():
        picture, drawn = cells.shares(tuple(gap))
        if picture >= PICTURE and picture >= OVER_DRAWN * drawn:
            found.append(Found(tuple(gap), FILLED))
    return found


def _ordered(boxes: Ints, scores: Floats) -> tuple[Ints, Floats]:
    order = np.argsort(-scores, kind="stable")
    return boxes[order], scores[order]


def _scored(upright: Lines, level: Lines, shortest: int) -> tuple[Ints, Floats]:
    """All rectangles between lines, n x 4, and how clearly each is one."""
    across, down = _Spans.between(upright, shortest), _Spans.between(level, shortest)
    sides, ends = upright.support(down.starts, down.ends), level.support(across.starts, across.ends)
    columns = np.minimum(sides[across.first], sides[across.second])
    rows = np.minimum(ends[down.first], ends[down.second]).T
    least = np.minimum(columns, rows)
    x, y = np.nonzero(least >= LEAST_SIDE * 255)
    if len(x) > MOST:
        order = np.argpartition(-least[x, y].astype(np.int16), MOST)[:MOST]
        x, y = x[order], y[order]
    wide, high = across.ends[x] - across.starts[x], down.ends[y] - down.starts[y]
    fits = (wide <= WIDEST * high) & (high <= WIDEST * wide)
    x, y = x[fits], y[fits]
    cut = np.maximum(
        _strongest_inside(upright.places, sides[:, y].T, across.starts[x], across.ends[x]),
        _strongest_inside(level.places, ends[:, x].T, down.starts[y], down.ends[y]),
    )
    four = np.stack(
        [
            sides[across.first[x], y],
            sides[across.second[x], y],
            ends[down.first[y], x],
            ends[down.second[y], x],
        ]
    )
    scores = (0.5 * four.min(axis=0) + 0.5 * four.mean(axis=0) - CUT * cut) / 255
    boxes = np.stack([across.starts[x], down.starts[y], across.ends[x], down.ends[y]], axis=1)
    good = scores >= LEAST_SCORE
    return boxes[good], scores[good]


def _loose_sides(boxes: Ints, sums: NDArray[np.int32]) -> Ints:
    """How many sides of each box have only ground just inside: it is drawn too large."""
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


@dataclass(frozen=True, slots=True)
class _Spans:
    """All pairs of lines that are far enough apart."""

    first: Ints
    second: Ints
    starts: Ints
    ends: Ints

    @classmethod
    def between(cls, lines: Lines, shortest: int) -> _Spans:
        """The pairs of these lines."""
        first, second = np.triu_indices(len(lines.places), 1)
        starts, ends = lines.places[first], lines.places[second]
        far = ends - starts >= shortest
        return cls(first[far], second[far], starts[far], ends[far])


def _strongest_inside(
    places: Ints, support: NDArray[np.uint8], starts: Ints, ends: Ints
) -> NDArray[np.uint8]:
    """For each span, the support of the best line inside it; ``support``: spans x lines."""
    margin = np.maximum(6, (ends - starts) // 10)
    inside = (places >= (starts + margin)[:, None]) & (places <= (ends - margin)[:, None])
    return np.asarray(np.where(inside, support, 0).max(axis=1, initial=0), dtype=np.uint8)


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
