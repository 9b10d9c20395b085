"""Keypoints of a picture and a 128-bit code for each: what finds crops and screenshots.

RootSIFT (Lowe 2004; Arandjelović and Zisserman 2012) as OpenCV computes it, turned into 128
bits: the descriptor less the mean descriptor, turned by a fixed random rotation; each bit is
the sign of one coordinate (Charikar 2002). Mean and rotation stand in ``projection-1.npz``,
which ``tests/bench/make_projection.py`` made once. It never changes: another file is another
algorithm, with another name.
"""

from __future__ import annotations

import functools
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from fakeprofile.records import Keypoints, Pixels

ALGORITHM = "rootsift-sign128/1"
"""Name and version of everything below that decides what a code is."""

LEAST_SIDE = 400
"""Smaller pictures are enlarged to this longest side: SIFT finds little on an avatar as it is."""
CONTRAST = 0.02
"""Half of OpenCV's usual threshold, so that faded and blurred copies keep their keypoints."""
CELLS = 8
"""The picture is divided into 8 x 8 cells that take turns, so that no corner goes empty."""
TURN = 4
"""How many keypoints a cell takes at its turn."""
DETECTED = 20_000
"""More keypoints than this (foliage, text) are cut to the strongest before they take turns."""

_FLIPPED_ROWS = np.array(
    [
        ((3 - row) * 4 + column) * 8 + (8 - angle) % 8
        for row in range(4)
        for column in range(4)
        for angle in range(8)
    ]
)
"""Where each of SIFT's 4 x 4 x 8 bins goes when the picture is mirrored."""


def keypoints_of(pixels: Pixels, *, width: int, most: int, side: int, mirrored: bool) -> Keypoints:
    """Keypoints of a picture with their codes, the most telling first.

    Args:
        pixels: height x width x 3, RGB, uint8; may be reduced.
        width: the width of the picture at full size, for the positions.
        most: how many keypoints to keep.
        side: longest side, in pixels, of the picture they are measured on.
        mirrored: also give the codes of the mirrored picture.
    """
    import cv2

    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    small = _resized(grey, side)
    sift = cv2.SIFT.create(nfeatures=DETECTED, contrastThreshold=CONTRAST)
    found = sift.detect(small, None)
    kept = [found[index] for index in _chosen(_measures(found), small.shape, most)] if found else []
    if not kept:
        return _none(mirrored)
    described, descriptors = sift.compute(small, kept)
    rooted = _rooted(np.asarray(descriptors, dtype=np.float32))
    return Keypoints(
        algorithm=ALGORITHM,
        points=_points(described, width / small.shape[1]),
        codes=_codes(rooted),
        mirrored_codes=_codes(rooted[:, _FLIPPED_ROWS]) if mirrored else None,
    )


def _resized(grey: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    """The picture at a longest side between ``LEAST_SIDE`` and ``side``."""
    import cv2

    longest = max(grey.shape)
    aim = min(max(longest, LEAST_SIDE), side)
    if aim == longest:
        return grey
    size = tuple(max(1, round(length * aim / longest)) for length in grey.shape[::-1])
    how = cv2.INTER_AREA if aim < longest else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, size, interpolation=how), dtype=np.uint8)


def _measures(found) -> NDArray[np.float64]:  # type: ignore[no-untyped-def]  # OpenCV's own class
    """x, y and strength of each keypoint. Large ones survive what is done to pictures: they count more."""
    return np.array([(*point.pt, point.response * point.size) for point in found])


def _chosen(measures: NDArray[np.float64], shape: tuple[int, ...], most: int) -> NDArray[np.intp]:
    """Indices of the keypoints to keep: the strongest of every cell in turn."""
    strength = measures[:, 2]
    cells = np.minimum((measures[:, :2] * CELLS / shape[1::-1]).astype(np.int64), CELLS - 1)
    cell = cells[:, 1] * CELLS + cells[:, 0]
    order = np.lexsort((-strength, cell))
    starts = np.searchsorted(cell[order], np.arange(CELLS * CELLS))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - starts[cell[order]]
    return np.lexsort((-strength, rank // TURN))[:most]


def _rooted(descriptors: NDArray[np.float32]) -> NDArray[np.float32]:
    """RootSIFT: Euclidean distance of the result is the Hellinger distance of the histograms."""
    total = np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-9)
    rooted: NDArray[np.float32] = np.sqrt(descriptors / total)
    return rooted


def _codes(rooted: NDArray[np.float32]) -> NDArray[np.uint8]:
    mean, rotation = projection()
    return np.packbits((rooted - mean) @ rotation > 0, axis=1)


def _points(kept, factor: float) -> NDArray[np.float32]:  # type: ignore[no-untyped-def]  # OpenCV's own class
    rows = [(point.pt[0] * factor, point.pt[1] * factor, point.size * factor, point.angle) for point in kept]
    return np.array(rows, dtype=np.float32)


def _none(mirrored: bool) -> Keypoints:
    no_codes = np.zeros((0, 16), dtype=np.uint8)
    return Keypoints(
        algorithm=ALGORITHM,
        points=np.zeros((0, 4), dtype=np.float32),
        codes=no_codes,
        mirrored_codes=no_codes if mirrored else None,
    )


@functools.cache
def projection() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The published mean (128) and rotation (128 x 128), float32."""
    with files("fakeprofile.fingerprint").joinpath("projection-1.npz").open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        return stored["mean"], stored["rotation"]
