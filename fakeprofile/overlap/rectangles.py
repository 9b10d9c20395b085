"""The rectangle of a grid of blocks that speaks most for something."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def rectangle(scores: Floats) -> tuple[slice, slice]:
    """The rows and columns of the rectangle with the largest sum: Kadane's rule over all pairs of rows."""
    tops, bottoms = np.triu_indices(len(scores))
    above = np.vstack([np.zeros(scores.shape[1]), scores.cumsum(axis=0)])
    before = np.pad((above[bottoms + 1] - above[tops]).cumsum(axis=1), ((0, 0), (1, 0)))
    gains = before[:, 1:] - np.minimum.accumulate(before[:, :-1], axis=1)
    band, end = divmod(int(gains.argmax()), scores.shape[1])
    left = int(before[band, : end + 1].argmin())
    return slice(int(tops[band]), int(bottoms[band]) + 1), slice(left, end + 1)


def shared_cells(scores: Floats) -> tuple[slice, slice]:
    """The rows and columns of the rectangle of blocks that speaks most for being shared.

    The rectangle of the largest sum, then grown over whatever says nothing either way: sky belongs to
    its picture.
    """
    rows, columns = rectangle(scores)
    top, bottom, left, right = rows.start, rows.stop, columns.start, columns.stop
    while top > 0 and scores[top - 1, left:right].sum() >= 0:
        top -= 1
    while bottom < scores.shape[0] and scores[bottom, left:right].sum() >= 0:
        bottom += 1
    while left > 0 and scores[top:bottom, left - 1].sum() >= 0:
        left -= 1
    while right < scores.shape[1] and scores[top:bottom, right].sum() >= 0:
        right += 1
    return slice(top, bottom), slice(left, right)
