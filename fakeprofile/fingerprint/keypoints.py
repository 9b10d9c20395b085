"""Keypoints of a picture and a 128-bit code for each: what finds crops and screenshots.

RootSIFT (Lowe 2004; Arandjelović and Zisserman 2012) turned into 128 bits: the descriptor less
the mean descriptor, turned by a fixed random rotation; each bit is the sign of one coordinate
(Charikar 2002). Mean and rotation stand in ``projection-1.npz``, which
``tests/bench/make_projection.py`` made once. It never changes: another file is another
algorithm, with another name.

``pyramid`` finds the places, ``descriptors`` measures them, all at once; OpenCV's own SIFT does so
one by one and on a picture of twice the side, takes more than twice as long (``bench speed``) and finds
no more copies.
"""

from __future__ import annotations

import functools
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from fakeprofile.fingerprint.descriptors import LENGTH, angles_of, descriptors_of
from fakeprofile.fingerprint.pyramid import Blots, candidates_of, pyramid_of, refined
from fakeprofile.records import Keypoints, Pixels

ALGORITHM = "rootsift-sign128/2"
"""Name and version of everything below that decides what a code is."""

LEAST_SIDE = 400
"""Smaller pictures are enlarged to this longest side: little is found on an avatar as it is."""
CELLS = 8
"""The picture is divided into 8 x 8 cells that take turns, so that no corner goes empty."""
TURN = 4
"""How many keypoints a cell takes at its turn."""
SPARE = 3
"""This many times as many places as are wanted are looked at closely; the others (foliage, text) are the weakest."""

_FLIPPED_ROWS = np.array(
    [
        ((3 - row) * 4 + column) * 8 + (8 - angle) % 8
        for row in range(4)
        for column in range(4)
        for angle in range(8)
    ]
)
"""Where each of SIFT's 4 x 4 x 8 bins goes when the picture is mirrored."""

_UNITS = 32768
"""A rotation's numbers are rounded to 1 / 32768. A descriptor of length 511 times a row of length 32768 stays
under 2 ** 24, so that float32 holds every sum exactly: the bits do not depend on the order of adding."""


def keypoints_of(
    pixels: Pixels,
    *,
    width: int,
    most: int,
    side: int,
    mirrored: bool,
    region: tuple[float, float, float, float] | None = None,
) -> Keypoints:
    """Keypoints of a picture with their codes, the most telling first.

    Args:
        pixels: height x width x 3, RGB, uint8; may be reduced.
        width: the width of the picture at full size, for the positions.
        most: how many keypoints to keep.
        side: longest side, in pixels, of the picture they are measured on.
        mirrored: also give the codes of the mirrored picture.
        region: left, top, right and bottom, at full size, of the part that is measured as if it were
            the picture; the positions stay those in the whole picture.
    """
    grey, left, top = _grey(pixels, width / pixels.shape[1], region)
    small = _resized(grey, side)
    pyramid = pyramid_of(small)
    blots = refined(pyramid, _strongest(candidates_of(pyramid), small.shape, SPARE * most))
    blots = _strongest(blots, small.shape, most)
    if not len(blots):
        return _none(mirrored)
    rows, angles = angles_of(pyramid, blots)
    blots, angles = blots.taken(rows[:most]), angles[:most]
    descriptors = descriptors_of(pyramid, blots, angles)
    factors = np.array([grey.shape[1] / small.shape[1], grey.shape[0] / small.shape[0]])
    factors *= width / pixels.shape[1]
    return Keypoints(
        algorithm=ALGORITHM,
        points=_points(blots, angles, factors, np.array([left, top])),
        codes=_codes(descriptors),
        mirrored_codes=_codes(descriptors[:, _FLIPPED_ROWS]) if mirrored else None,
    )


def _grey(
    pixels: Pixels, factor: float, region: tuple[float, float, float, float] | None
) -> tuple[NDArray[np.uint8], float, float]:
    """The picture or part of it in grey, and where at full size its top left corner lies."""
    import cv2

    left = top = 0
    if region is not None:
        height, width = pixels.shape[:2]
        left, top = (
            min(max(0, round(at / factor)), most - 1)
            for at, most in ((region[0], width), (region[1], height))
        )
        right, bottom = (
            max(round(at / factor), start + 1) for at, start in ((region[2], left), (region[3], top))
        )
        pixels = np.ascontiguousarray(pixels[top:bottom, left:right])
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    return grey, left * factor, top * factor


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


def _strongest(blots: Blots, shape: tuple[int, ...], most: int) -> Blots:
    """The strongest of every cell in turn. Large ones survive what is done to pictures: they count more."""
    scale = np.exp2(blots.octave)
    strength = blots.contrast * blots.blur * scale
    across = np.minimum((blots.x * scale * CELLS / shape[1]).astype(np.int64), CELLS - 1)
    down = np.minimum((blots.y * scale * CELLS / shape[0]).astype(np.int64), CELLS - 1)
    cell = down * CELLS + across
    order = np.lexsort((-strength, cell))
    starts = np.searchsorted(cell[order], np.arange(CELLS * CELLS))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - starts[cell[order]]
    return blots.taken(np.lexsort((-strength, rank // TURN))[:most])


def _points(
    blots: Blots, angles: NDArray[np.float32], factors: NDArray[np.float64], corner: NDArray[np.float64]
) -> NDArray[np.float32]:
    """x, y, diameter and angle at full size; the middle of the first pixel lies at half a pixel."""
    scale = np.exp2(blots.octave)
    places = (np.column_stack([blots.x, blots.y]) * scale[:, None] + 0.5) * factors + corner
    diameters = 2 * blots.blur * scale * np.sqrt(factors.prod())
    return np.column_stack([places, diameters, np.degrees(angles)]).astype(np.float32)


def _codes(descriptors: NDArray[np.float32]) -> NDArray[np.uint8]:
    rotation, threshold = _rounded_projection()
    return np.packbits(descriptors @ rotation > threshold, axis=1)


def _none(mirrored: bool) -> Keypoints:
    no_codes = np.zeros((0, 16), dtype=np.uint8)
    return Keypoints(
        algorithm=ALGORITHM,
        points=np.zeros((0, 4), dtype=np.float32),
        codes=no_codes,
        mirrored_codes=no_codes if mirrored else None,
    )


@functools.cache
def _rounded_projection() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The rotation in whole numbers, and what the mean descriptor comes to."""
    mean, rotation = projection()
    rounded = np.rint(rotation.astype(np.float64) * _UNITS)
    return rounded.astype(np.float32), np.rint(mean * LENGTH @ rounded).astype(np.float32)


@functools.cache
def projection() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The published mean (128) and rotation (128 x 128), float32."""
    with files("fakeprofile.fingerprint").joinpath("projection-1.npz").open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        return stored["mean"], stored["rotation"]
