"""Transforms, polygons and their numbers: plane geometry for alignments. Positions are x, y; matrices 2 x 3."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakeprofile.records import Matrix, Point

Floats = NDArray[np.float64]

SCALES = (0.02, 50.0)
"""Pixels of one picture for one of the other, beyond which nothing is recognised."""
GREATEST_STRETCH = 2.0


def similarity(source: Floats, target: Floats) -> Floats:
    """The least-squares similarity transform (Umeyama 1991), 2 x 3."""
    middle, aim = source.mean(axis=0), target.mean(axis=0)
    one, two = source - middle, target - aim
    norm = max(float((one**2).sum()), 1e-9)
    cosine = float((one * two).sum()) / norm
    sine = float((one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]).sum()) / norm
    linear = np.array([[cosine, -sine], [sine, cosine]])
    return np.column_stack([linear, aim - linear @ middle])


def affine(source: Floats, target: Floats) -> Floats:
    """The least-squares affine transform, 2 x 3."""
    ones = np.column_stack([source, np.ones(len(source))])
    solution = np.linalg.lstsq(ones, target, rcond=None)[0]
    return np.asarray(solution.T, dtype=np.float64)


def plausible(matrix: Floats) -> bool:
    """Whether a transform neither folds, nor blows up, nor squeezes a picture flat."""
    linear = matrix[:, :2]
    if not np.isfinite(matrix).all() or np.linalg.det(linear) <= 0:
        return False
    large, small = np.linalg.svd(linear, compute_uv=False)
    return bool(SCALES[0] <= small and large <= SCALES[1] and large <= GREATEST_STRETCH * small)


def mapped(matrix: Floats, points: Floats) -> Floats:
    """Positions under a 2 x 3 matrix."""
    mapped: Floats = points @ matrix[:, :2].T + matrix[:, 2]
    return mapped


def inverse(matrix: Floats) -> Floats:
    """The matrix that undoes another.

    Raises:
        numpy.linalg.LinAlgError: there is none.
    """
    inverse: Floats = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))[:2]
    return inverse


def corners(left: float, top: float, right: float, bottom: float) -> Floats:
    """The corners of a box: top left, top right, bottom right, bottom left."""
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], dtype=np.float64)


def clipped(polygon: Floats, box: tuple[float, float, float, float]) -> Floats:
    """The part of a polygon inside a box (Sutherland and Hodgman 1974)."""
    left, top, right, bottom = box
    for axis, bound, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        kept: list[Floats] = []
        for here, there in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
            inside, next_inside = sign * (here[axis] - bound) >= 0, sign * (there[axis] - bound) >= 0
            if inside:
                kept.append(here)
            if inside != next_inside:
                kept.append(here + (there - here) * ((bound - here[axis]) / (there[axis] - here[axis])))
        polygon = np.array(kept).reshape(-1, 2)
    return polygon


def area(polygon: Floats) -> float:
    """The area of a polygon."""
    x, y = polygon[:, 0], polygon[:, 1]
    return float(abs((x * np.roll(y, -1) - y * np.roll(x, -1)).sum()) / 2)


def signs(codes: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The bits of codes as -1 and 1, float32."""
    return np.unpackbits(codes, axis=1).astype(np.float32) * 2 - 1


def doubles(points: NDArray[np.float32]) -> Floats:
    """The same numbers as float64."""
    return points.astype(np.float64)


def as_point(point: Floats) -> Point:
    """A position as plain numbers."""
    return float(point[0]), float(point[1])


def as_corners(points: Floats) -> tuple[Point, Point, Point, Point]:
    """Four positions as plain numbers."""
    one, two, three, four = (as_point(point) for point in points)
    return one, two, three, four


def as_matrix(matrix: Floats) -> Matrix:
    """A matrix as plain numbers."""
    (a, b, c), (d, e, f) = matrix.tolist()
    return (a, b, c), (d, e, f)
