"""All rectangles whose four sides lie on lines, and how clearly each is one picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.panels.ground import Piece
from fakeprofile.panels.seams import Lines

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LEAST_SIDE = 0.28
"""The part of the faintest side that must lie on a line,"""
LEAST_SIDES = 0.34
"""and the same for the mean of it and of all four."""
CUT = 0.6
"""How much the clearest line across a rectangle counts against it, next to its own sides."""
WIDEST = 6
"""Times that a rectangle may be longer than it is thick."""
MOST = 1500
"""Rectangles that are looked at more closely."""
STRAIGHT, PIECE = 0.5, 0.9
"""How straight the sides of what stands alone on the ground must be, and what it then counts."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Rectangles to choose from."""

    boxes: Ints
    """n x 4: left, top, right, bottom in pixels."""
    sides: Floats
    """How clearly the sides are seen, 0 to 1."""
    scores: Floats
    """The same, less what speaks against it; they order the pool."""

    def of(self, which: NDArray[np.int64] | NDArray[np.bool_]) -> Pool:
        """The chosen ones, in the order given."""
        return Pool(self.boxes[which], self.sides[which], self.scores[which])

    def ordered(self) -> Pool:
        """Best first."""
        return self.of(np.argsort(-self.scores, kind="stable"))

    def changed(self, by: Floats) -> Pool:
        """With other scores."""
        return Pool(self.boxes, self.sides, self.scores + by)


def pool_of(upright: Lines, level: Lines, pieces: list[Piece], shortest: int) -> Pool:
    """All rectangles between lines, and all that stands alone with straight sides."""
    across, down = _Spans.between(upright, shortest), _Spans.between(level, shortest)
    sides, ends = upright.support(down.starts, down.ends), level.support(across.starts, across.ends)
    x, y = _on_lines(across, down, sides, ends)
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
    clear = (0.5 * four.min(axis=0) + 0.5 * four.mean(axis=0)) / 255
    boxes = np.stack([across.starts[x], down.starts[y], across.ends[x], down.ends[y]], axis=1)
    pool = Pool(boxes, clear, clear - CUT / 255 * cut).of(clear >= LEAST_SIDES)
    alone = [piece for piece in pieces if piece.straight >= STRAIGHT]
    straight = np.array([PIECE * piece.straight for piece in alone])
    return Pool(
        np.concatenate([pool.boxes, np.array([piece.box for piece in alone], dtype=np.int64).reshape(-1, 4)]),
        np.concatenate([pool.sides, straight]),
        np.concatenate([pool.scores, straight]),
    )


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


def _on_lines(
    across: _Spans, down: _Spans, sides: NDArray[np.uint8], ends: NDArray[np.uint8]
) -> tuple[Ints, Ints]:
    """The pairs of spans that bound a rectangle with four sides on lines: indices across and down."""
    columns = np.minimum(sides[across.first], sides[across.second])
    rows = np.minimum(ends[down.first], ends[down.second]).T
    least = np.minimum(columns, rows)
    x, y = np.nonzero(least >= LEAST_SIDE * 255)
    if len(x) > MOST:
        order = np.argpartition(-least[x, y].astype(np.int16), MOST)[:MOST]
        x, y = x[order], y[order]
    wide, high = across.ends[x] - across.starts[x], down.ends[y] - down.starts[y]
    fits = (wide <= WIDEST * high) & (high <= WIDEST * wide)
    return x[fits], y[fits]


def _strongest_inside(
    places: Ints, support: NDArray[np.uint8], starts: Ints, ends: Ints
) -> NDArray[np.uint8]:
    """For each span, the support of the best line inside it; ``support``: spans x lines."""
    margin = np.maximum(6, (ends - starts) // 10)
    inside = (places >= (starts + margin)[:, None]) & (places <= (ends - margin)[:, None])
    return np.asarray(np.where(inside, support, 0).max(axis=1, initial=0), dtype=np.uint8)
