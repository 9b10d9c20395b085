"""Two pictures that lie over each other, compared block by block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.overlap.pixels import reduced

Floats = NDArray[np.float64]
Grey = NDArray[np.float32]
Mask = NDArray[np.bool_]

BLOCKS = 24
"""Blocks along the longest side of the frame, if that leaves them at least 8 pixels."""
MARGIN = 6
"""How many pixels of the frame a block is looked for around its place, at first."""
AGREES = 0.7
"""Correlation from which a block counts as the same."""
FLAT = 1.0
"""Variance of brightness that is reckoned with at least: less is rounding, and correlates with anything."""
TEXTURE = 4.0
"""Standard deviation of brightness (0 to 255) from which a block counts as textured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Where the blocks stand in a frame, or in one reduced by a whole number."""

    left: int
    top: int
    columns: int
    rows: int
    size: int

    def reduced(self, factor: int) -> Grid:
        return Grid(
            left=self.left // factor,
            top=self.top // factor,
            columns=self.columns,
            rows=self.rows,
            size=self.size // factor,
        )

    def cut(self, grey: Grey, right: int = 0, down: int = 0) -> Grey:
        """The part of a picture that the blocks cover, or that lies so far off from there."""
        top, left = self.top + down, self.left + right
        return grey[top : top + self.rows * self.size, left : left + self.columns * self.size]

    def means(self, cut: Grey) -> Grey:
        """The mean of each block of a part that was cut."""
        import cv2

        size = (self.columns, self.rows)
        return np.asarray(cv2.resize(cut, size, interpolation=cv2.INTER_AREA), dtype=np.float32)

    def means_at(self, grey: Grey, places: list[tuple[int, int]]) -> Grey:
        """The mean of each block as far off (right, down) as each of the places: places x rows x columns."""
        import cv2

        everywhere = np.asarray(cv2.blur(grey, (self.size, self.size)), dtype=np.float32)
        half = self.size // 2
        top, left = self.top + half, self.left + half
        return np.stack(
            [
                everywhere[top + down :: self.size, left + right :: self.size][: self.rows, : self.columns]
                for right, down in places
            ]
        )

    def centres(self) -> Floats:
        x = self.left + (np.arange(self.columns) + 0.5) * self.size
        y = self.top + (np.arange(self.rows) + 0.5) * self.size
        return np.stack(np.meshgrid(x, y), axis=-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What became of each block: rows x columns.

    ``shifts``: rows x columns x 2, x and y in pixels of the frame: how far from its place the
    block was found.
    """

    seen: Mask
    textured: Mask
    one_sided: Mask
    shifts: Floats
    correlations: Grey
    known_means: Grey
    query_means: Grey

    @property
    def same(self) -> Mask:
        """Blocks with texture that agree, drawn or not."""
        agree: Mask = self.textured & (self.correlations >= AGREES)
        return agree


def gridded(shape: tuple[int, ...], factor: float) -> Grid:
    """The blocks of a frame of that shape (height, width, …), ``factor`` times the usual size."""
    height, width = shape[:2]
    size = 2 * max(4, round(max(height, width) / BLOCKS * factor / 2))
    columns, rows = (max(0, (length - 2 * MARGIN) // size) for length in (width, height))
    left, top = ((length - count * size) // 4 * 2 for length, count in ((width, columns), (height, rows)))
    return Grid(left=left, top=top, columns=columns, rows=rows, size=size)


def compared(grid: Grid, known: Grey, query: Grey, inside: Grey, search: int, coarse: int) -> Found:
    """Each block of the known picture with the place nearby where it correlates best.

    ``search`` is in pixels of the pictures after they were reduced ``coarse`` times.
    """
    if coarse > 1:
        grid = grid.reduced(coarse)
        known, query, inside = (reduced(one, coarse) for one in (known, query, inside))
    ours = grid.cut(known)
    our_mean = grid.means(ours)
    our_variance = grid.means(ours * ours) - our_mean**2
    span = range(-search, search + 1)
    places = [(right, down) for down in span for right in span]
    mean, square = grid.means_at(query, places), grid.means_at(query * query, places)
    variance = square - mean**2
    product = np.empty_like(ours)  # one for all places: new memory for each takes longer than its numbers
    products = [grid.means(np.multiply(ours, grid.cut(query, *place), out=product)) for place in places]
    both = np.stack(products) - our_mean * mean
    scores = both / np.sqrt(np.maximum(our_variance, FLAT) * np.maximum(variance, FLAT))
    most = np.maximum(variance.max(axis=0), 0)
    best = scores.argmax(axis=0)
    correlations = np.take_along_axis(scores, best[None], axis=0)[0]
    seen = grid.means(grid.cut(inside)) > 0.999
    return Found(
        seen=seen,
        textured=seen & (our_variance >= TEXTURE**2) & (most >= (TEXTURE / 2) ** 2),
        one_sided=seen
        & (np.maximum(our_variance, most) >= (3 * TEXTURE) ** 2)
        & (np.minimum(our_variance, most) < (TEXTURE / 2) ** 2),
        shifts=np.array(places, dtype=np.float64)[best] * coarse,
        correlations=correlations,
        known_means=our_mean,
        query_means=grid.means(grid.cut(query)),
    )
