"""How two pictures lie over each other, from their keypoint codes alone.

The steps, each keeping its number so that a "no" can be explained:

1. *candidates*: each keypoint of the photo with its nearest code in the other picture, if
   that one is clearly nearer than the second nearest (ratio test, Lowe 2004);
2. *hypotheses*: a keypoint has a size and an angle, so one pair alone fixes a similarity
   transform. All pairs are tried in turn, which is RANSAC without its dice: the same
   answer each time, also when only one pair in fifty is right;
3. *inliers*: the best hypotheses are refitted by least squares, first as a similarity, then
   as an affine transform (screenshots stretch pictures, photographs of a screen tilt them);
4. *distinct points*: many keypoints on one spot are one piece of evidence, not many.

Only numbers go in and come out; nothing is opened and nothing is remembered.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.alignment.geometry import (
    affine,
    area,
    as_corners,
    as_matrix,
    as_point,
    clipped,
    corners,
    doubles,
    inverse,
    mapped,
    plausible,
    signs,
    similarity,
)
from fakeprofile.records import Alignment, Keypoints, Matrix, Region, WholeDistance

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FARTHEST_BITS = 42
"""Codes further apart are never taken for the same place; unrelated ones are about 64 apart."""
RATIO = 0.85
"""The nearest code must be this much nearer than the second nearest."""
FEWEST_PAIRS = 4
"""Fewer pairs cannot be told from chance, so no transform is looked for."""
MOST_PAIRS = 700
"""More pairs than this do not make a transform better, only slower."""
TOLERANCE = 0.02
"""How far an inlier may be off, as a part of the diagonal of the other picture."""
COVERAGE_CELLS = 6
SAME_PLACE = 6
"""Keypoints that one place may have; more are rivals after all."""
FIRST_TRIED = 96
"""Pairs that are tried as hypotheses at first; the others only if none of these is clearly right."""
CLEARLY, CLEAR_PART = 48, 0.3
"""What agrees with a transform that is clearly right: so many pairs, and this part of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Keypoints of two pictures that may be the same place, best first.

    ``query`` and ``other`` are n x 4: x, y, diameter, angle in degrees.
    """

    query: Floats
    other: Floats

    def __len__(self) -> int:
        return len(self.query)


def align(query: Keypoints, query_width: int, other: Keypoints, other_diagonal: float) -> Alignment | None:
    """The best transform from the other picture to the photo, or None if none fits.

    Args:
        query: keypoints of the photo that is asked about, with mirrored codes.
        query_width: its width in pixels, about which it is mirrored.
        other: keypoints of the known picture.
        other_diagonal: the diagonal of the known picture in pixels.

    Raises:
        ValueError: the codes come from different algorithms.
    """
    if query.algorithm != other.algorithm:
        raise ValueError(f"codes of {query.algorithm} cannot be compared with codes of {other.algorithm}")
    plain = _aligned(query.codes, doubles(query.points), other, other_diagonal, None)
    if query.mirrored_codes is None or (plain is not None and _is_clear(plain.inliers, plain.candidates)):
        return plain
    points = mirrored_points(doubles(query.points), query_width)
    mirrored = _aligned(query.mirrored_codes, points, other, other_diagonal, query_width)
    found = [one for one in (plain, mirrored) if one is not None]
    return max(found, key=lambda one: (one.distinct_points, one.inliers), default=None)


def bits_apart(codes: NDArray[np.uint8], others: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Hamming distances between all 128-bit codes: n x m float32, whole numbers.

    As a product of matrices of signs, which a processor does far faster than it counts bits.
    """
    one, other = signs(codes), signs(others)
    product: NDArray[np.float32] = (codes.shape[1] * 8 - one @ other.T) / 2
    return product


def nearest_codes(
    codes: NDArray[np.uint8], others: NDArray[np.uint8], most: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The nearest of the others to each code, and the bits to them: both n x at most ``most``, the nearest first.

    Of equally near ones that which stands first comes first.

    Args:
        codes: n x 16 uint8.
        others: m x 16 uint8.
        most: how many of the others.
    """
    most = min(most, len(others))
    if not most or not len(codes):
        return np.zeros((len(codes), most), dtype=np.int64), np.zeros((len(codes), most), dtype=np.float32)
    import faiss

    index = faiss.IndexBinaryFlat(codes.shape[1] * 8)
    index.add(np.ascontiguousarray(others))
    # faiss's threads wait for each other, which takes longer than so small a search.
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        bits, found = index.search(np.ascontiguousarray(codes), most)
    finally:
        faiss.omp_set_num_threads(before)
    return found, bits.astype(np.float32)


def mirrored_points(points: Floats, width: float) -> Floats:
    """The keypoints as they lie in the mirrored picture."""
    turned = points.copy()
    turned[:, 0] = width - points[:, 0]
    turned[:, 3] = (180.0 - points[:, 3]) % 360.0
    return turned


def whole_alignment(
    distance: WholeDistance, query_size: tuple[int, int], other_size: tuple[int, int]
) -> Alignment:
    """The transform that near whole-picture hashes suggest: the one picture is all of the other.

    Args:
        distance: of the hashes, with how the photo is mirrored and turned.
        query_size: width and height of the photo.
        other_size: width and height of the other picture.
    """
    # Top left, top right and bottom left of the other picture, as parts of the photo's sides.
    places = np.array([(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)])
    for _ in range(distance.quarter_turns % 4):
        places = np.column_stack([places[:, 1], 1.0 - places[:, 0]])
    if distance.mirrored:
        places[:, 0] = 1.0 - places[:, 0]
    origin, right, down = places * query_size
    matrix = np.column_stack([(right - origin) / other_size[0], (down - origin) / other_size[1], origin])
    singular = np.linalg.svd(matrix[:, :2], compute_uv=False)
    return Alignment(
        candidates=0,
        inliers=0,
        distinct_points=0,
        coverage=0.0,
        mirrored=distance.mirrored,
        rotation_degrees=float(-90 * distance.quarter_turns if distance.quarter_turns < 3 else 90),
        scale=math.sqrt(float(singular[0] * singular[1])),
        stretch=float(singular[0] / singular[1]),
        matrix=as_matrix(matrix),
    )


def region_of(
    matrix: Matrix,
    query_size: tuple[int, int],
    other_size: tuple[int, int],
    within: tuple[float, float, float, float] | None = None,
) -> Region | None:
    """The part that both pictures show, or None if they do not overlap.

    Args:
        matrix: from the other picture to the photo.
        query_size: width and height of the photo.
        other_size: width and height of the other picture.
        within: left, top, right and bottom of what is known to be shared, in the other picture.
    """
    there = np.array(matrix)
    try:
        back = inverse(there)
    except np.linalg.LinAlgError:
        return None
    seen = clipped(
        mapped(back, corners(0, 0, *query_size)),
        within or (0.0, 0.0, float(other_size[0]), float(other_size[1])),
    )
    if len(seen) < 3:
        return None
    low, high = seen.min(axis=0), seen.max(axis=0)
    box = corners(*low, *high)
    shared = area(seen)
    in_query = mapped(there, box)
    scale = abs(np.linalg.det(there[:, :2]))
    return Region(
        query=as_corners(in_query),
        sighting=as_corners(box),
        query_share=min(1.0, shared * scale / (query_size[0] * query_size[1])),
        sighting_share=min(1.0, shared / (other_size[0] * other_size[1])),
    )


# --- steps --------------------------------------------------------------------------------


def _aligned(
    codes: NDArray[np.uint8],
    points: Floats,
    other: Keypoints,
    other_diagonal: float,
    mirror_width: int | None,
) -> Alignment | None:
    if len(codes) < FEWEST_PAIRS or len(other) < FEWEST_PAIRS:
        return None
    pairs = _candidates(codes, points, other)
    if len(pairs) < FEWEST_PAIRS:
        return None
    tolerance = TOLERANCE * other_diagonal
    best: tuple[Floats, NDArray[np.bool_]] | None = None
    for one, start in _hypotheses(pairs, tolerance):
        if best is not None and best[1][one] and _is_clear(int(best[1].sum()), len(pairs)):
            continue  # it would end at the same transform
        fit = _refitted(pairs, start, tolerance)
        if fit is not None and (best is None or fit[1].sum() > best[1].sum()):
            best = fit
    return None if best is None else _measured(pairs, *best, tolerance, mirror_width)


def _is_clear(agreeing: int, pairs: int) -> bool:
    """Whether so many of the pairs agree that no other transform can be the right one."""
    return agreeing >= CLEARLY and agreeing >= CLEAR_PART * pairs


def _candidates(codes: NDArray[np.uint8], points: Floats, other: Keypoints) -> Pairs:
    """Step 1: pairs that pass the ratio test, nearest codes first."""
    nearest, least = nearest_codes(codes, other.codes, 1)
    # Of unrelated pictures few codes have a near one: only for these the others are worth a look.
    rows = np.flatnonzero(least[:, 0] <= FARTHEST_BITS)
    nearest, least = nearest_codes(codes[rows], other.codes, SAME_PLACE + 1)
    positions = doubles(other.points)
    good = np.flatnonzero(least[:, 0] <= RATIO * _rivals(least, nearest, positions))
    chosen = good[np.argsort(least[good, 0], kind="stable")][:MOST_PAIRS]
    return Pairs(query=points[rows[chosen]], other=positions[nearest[chosen, 0]])


def _rivals(bits: NDArray[np.float32], nearest: NDArray[np.int64], positions: Floats) -> NDArray[np.float32]:
    """For each code, the bits to the nearest one at another place than its nearest.

    A keypoint with two orientations, or found in two octaves, is no rival of itself.

    Args:
        bits: to the nearest codes, the nearest first.
        nearest: which ones they are.
        positions: of all of them.
    """
    apart = np.hypot(*np.moveaxis(positions[nearest[:, 1:], :2] - positions[nearest[:, :1], :2], -1, 0))
    elsewhere = apart >= positions[nearest[:, :1], 2] * 0.5
    # Where all lie at one place the furthest is a rival after all; where there is no other, there is none.
    elsewhere[:, SAME_PLACE - 1 :] = True
    rival = bits[np.arange(len(bits)), 1 + elsewhere.argmax(axis=1)] if elsewhere.shape[1] else np.inf
    alone = ~elsewhere.any(axis=1)
    return np.where(alone, np.float32(np.inf), rival)


def _hypotheses(pairs: Pairs, tolerance: float, most: int = 6) -> list[tuple[int, NDArray[np.bool_]]]:
    """Step 2: the best single pairs, each with which other pairs roughly agree with it."""
    tried = _agreeing(pairs, tolerance, np.arange(min(FIRST_TRIED, len(pairs))))
    if len(pairs) > FIRST_TRIED and not _is_clear(int(tried.sum(axis=1).max()), len(pairs)):
        tried = np.vstack([tried, _agreeing(pairs, tolerance, np.arange(FIRST_TRIED, len(pairs)))])
    votes = tried.sum(axis=1)
    order = np.argsort(-votes, kind="stable")[:most]
    return [(int(one), tried[one]) for one in order if votes[one] >= FEWEST_PAIRS]


def _agreeing(pairs: Pairs, tolerance: float, tried: Integers) -> NDArray[np.bool_]:
    """For each of the pairs that are tried, which of all pairs roughly agree with the transform that it fixes."""
    scale = pairs.query[:, 2] / pairs.other[:, 2]
    turn = np.radians(pairs.query[:, 3] - pairs.other[:, 3])
    sizes, cos, sin = np.log(scale), np.cos(turn), np.sin(turn)
    agrees: NDArray[np.bool_] = np.abs(sizes[None, :] - sizes[tried, None]) < 0.45
    agrees &= np.outer(cos[tried], cos) + np.outer(sin[tried], sin) > math.cos(math.radians(20))
    # Of unrelated pictures one in twenty is left: only for those it is worth asking where they lie.
    agrees[agrees.sum(axis=1) < FEWEST_PAIRS] = False
    rows, two = np.nonzero(agrees)
    one = tried[rows]
    (x, y), (to_x, to_y) = pairs.other[:, :2].T, pairs.query[:, :2].T
    right, down = x[two] - x[one], y[two] - y[one]
    along, across = (scale * cos)[one], (scale * sin)[one]
    off_x = along * right - across * down + to_x[one] - to_x[two]
    off_y = across * right + along * down + to_y[one] - to_y[two]
    # Roots of sums of squares, as np.hypot takes several times as long.
    far = np.sqrt(right * right + down * down)
    agrees[rows, two] = np.sqrt(off_x * off_x + off_y * off_y) <= scale[one] * (tolerance + 0.15 * far)
    return agrees


def _refitted(
    pairs: Pairs, inliers: NDArray[np.bool_], tolerance: float
) -> tuple[Floats, NDArray[np.bool_]] | None:
    """Step 3: the transform through the inliers, and the inliers of that transform."""
    for widen, fit in ((3.0, similarity), (1.5, similarity), (1.5, affine), (1.0, affine)):
        if inliers.sum() < FEWEST_PAIRS:
            return None
        # Three points fit any affine transform: it needs more to be held down.
        method = similarity if inliers.sum() < 8 else fit
        matrix = method(pairs.other[inliers, :2], pairs.query[inliers, :2])
        if not plausible(matrix):
            matrix = similarity(pairs.other[inliers, :2], pairs.query[inliers, :2])
        if not plausible(matrix):
            return None
        inliers = _inliers(pairs, matrix, tolerance * widen)
    return (matrix, inliers) if inliers.sum() >= FEWEST_PAIRS else None


def _inliers(pairs: Pairs, matrix: Floats, tolerance: float) -> NDArray[np.bool_]:
    """The pairs whose position, size and angle all agree with the transform."""
    scale = math.sqrt(abs(np.linalg.det(matrix[:, :2])))
    error = np.hypot(*(mapped(matrix, pairs.other[:, :2]) - pairs.query[:, :2]).T) / scale
    sizes = np.abs(np.log(pairs.query[:, 2] / pairs.other[:, 2] / scale))
    turn = math.atan2(matrix[1, 0] - matrix[0, 1], matrix[0, 0] + matrix[1, 1])
    angles = np.cos(np.radians(pairs.query[:, 3] - pairs.other[:, 3]) - turn)
    agreed: NDArray[np.bool_] = (error <= tolerance) & (sizes < 0.5) & (angles > math.cos(math.radians(25)))
    return agreed


def _measured(
    pairs: Pairs,
    matrix: Floats,
    inliers: NDArray[np.bool_],
    tolerance: float,
    mirror_width: int | None,
) -> Alignment:
    """Step 4: the numbers of the best transform, in the photo's own, unmirrored positions."""
    turn = math.degrees(math.atan2(matrix[1, 0] - matrix[0, 1], matrix[0, 0] + matrix[1, 1]))
    singular = np.linalg.svd(matrix[:, :2], compute_uv=False)
    query, other = pairs.query[inliers, :2].copy(), pairs.other[inliers, :2]
    scale = math.sqrt(float(singular[0] * singular[1]))
    coverage = _coverage(other, pairs.other[:, :2])
    distinct = min(_distinct(other, tolerance), _distinct(query, tolerance * scale))
    if mirror_width is not None:
        matrix = np.array([[-1.0, 0.0, mirror_width], [0.0, 1.0, 0.0]]) @ np.vstack([matrix, [0, 0, 1]])
        query[:, 0] = mirror_width - query[:, 0]
    return Alignment(
        candidates=len(pairs),
        inliers=int(inliers.sum()),
        distinct_points=distinct,
        coverage=coverage,
        mirrored=mirror_width is not None,
        rotation_degrees=turn,
        scale=scale,
        stretch=float(singular[0] / singular[1]),
        matrix=as_matrix(matrix),
        pairs=tuple((as_point(one), as_point(two)) for one, two in zip(query, other, strict=True)),
    )


def _coverage(inliers: Floats, everything: Floats) -> float:
    """Of the cells in which any candidate lies, the part in which inliers do."""
    low, high = everything.min(axis=0), everything.max(axis=0)
    cell = np.maximum((high - low) / COVERAGE_CELLS, 1e-9)

    def occupied(points: Floats) -> int:
        return len(np.unique(np.floor((points - low) / cell).astype(np.int64), axis=0))

    return occupied(inliers) / occupied(everything)


def _distinct(points: Floats, radius: float) -> int:
    """How many cells of a grid of that radius hold a point."""
    return len(np.unique(np.floor(points / max(radius, 1e-9)).astype(np.int64), axis=0))
