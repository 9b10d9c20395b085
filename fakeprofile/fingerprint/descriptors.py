"""What is around each keypoint: its angle and its RootSIFT descriptor, for all keypoints at once.

As Lowe 2004 and Arandjelović and Zisserman 2012 describe it, sampled on a fixed grid. Sums that
a library may add up in any order are sums of whole numbers small enough for float32, so that the
result is the same, bit for bit, on any machine and for any number of threads.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from fakeprofile.fingerprint.pyramid import Blots, Pyramid

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Indices = NDArray[np.int64]

SPACING = 0.75
"""Distance of two samples, in standard deviations of the keypoint's blur: four fill one of SIFT's cells."""
GRID = 16
"""Samples on each side of what a descriptor sees: 4 x 4 cells of 4 x 4 samples."""
ANGLE_GRID = 12
"""The same for what an angle is taken from: 4.5 standard deviations around the keypoint."""
ANGLE_WINDOW = 1.5
"""Standard deviation of the weight that samples have in an angle, in those of the keypoint (Lowe 2004)."""
ANGLE_BINS = 36
SECOND_ANGLE = 0.8
"""A second peak this high, as a part of the highest, makes a second keypoint (Lowe 2004)."""
MOST_ANGLES = 2
ORIENTATIONS = 8
LARGEST_PART = 0.2
"""No bin may have more of a descriptor's length than this, as a part (Lowe 2004)."""
LENGTH = 511.0
"""Length of a descriptor; its 128 values are whole numbers."""
_STRENGTHS = 1023.0
_SHARES = 16
"""Gradients count in 1023 steps and share themselves between two orientations in 16, so that the sum
over one cell stays under 2 ** 24, up to which float32 holds every whole number."""


def angles_of(pyramid: Pyramid, blots: Blots) -> tuple[NDArray[np.intp], Floats]:
    """The index of a blot and an angle in radians, clockwise from the x axis; a blot may have two.

    In the order of the blots, the stronger angle first.
    """
    across, down = _gradients(pyramid, blots, np.zeros(len(blots), dtype=np.float32), ANGLE_GRID)
    strength, angle = _polar(across, down)
    strength *= _window(ANGLE_GRID, ANGLE_WINDOW / SPACING)[:, None]
    place = np.rint(angle * np.float32(ANGLE_BINS / (2 * np.pi))).astype(np.int64)
    place[place == ANGLE_BINS] = 0
    place += np.arange(0, len(blots) * ANGLE_BINS, ANGLE_BINS)
    bins = np.bincount(place.ravel(), strength.ravel(), len(blots) * ANGLE_BINS)
    return _peaks(bins.reshape(-1, ANGLE_BINS).astype(np.float64))


def _peaks(bins: Doubles) -> tuple[NDArray[np.intp], Floats]:
    def rolled(by: int) -> Doubles:
        return np.roll(bins, by, axis=1)

    bins = (rolled(2) + rolled(-2) + 4 * (rolled(1) + rolled(-1)) + 6 * bins) / 16
    before, after = rolled(1), rolled(-1)
    highest = bins.max(axis=1, keepdims=True)
    is_peak = (bins > before) & (bins >= after) & (bins >= SECOND_ANGLE * highest)
    row, column = np.nonzero(is_peak)
    left, middle, right = before[row, column], bins[row, column], after[row, column]
    place = column + (left - right) / (2 * (left - 2 * middle + right))
    order = np.lexsort((-middle, row))
    row, place = row[order], place[order]
    number = np.arange(len(row)) - np.searchsorted(row, row)
    kept = number < MOST_ANGLES
    return row[kept], (place[kept] % ANGLE_BINS * (2 * np.pi / ANGLE_BINS)).astype(np.float32)


def descriptors_of(pyramid: Pyramid, blots: Blots, angles: Floats) -> Floats:
    """RootSIFT descriptors: n x 128 float32, whole numbers, of length ``LENGTH``.

    The order of the bins is OpenCV's: rows, columns, orientations counter-clockwise.
    """
    across, down = _gradients(pyramid, blots, angles, GRID)
    strength, angle = _polar(across, -down)
    strength *= _window(GRID, GRID / 2)[:, None]
    strength *= np.float32(_STRENGTHS) / np.maximum(strength.max(axis=0), np.float32(1e-6))
    strength = np.rint(strength, out=strength)
    place = np.rint(angle * np.float32(ORIENTATIONS * _SHARES / (2 * np.pi))).astype(np.int64)
    more = strength * (place & (_SHARES - 1)).astype(np.float32)
    place >>= _SHARES.bit_length() - 1
    start = np.arange(0, place.size * ORIENTATIONS, ORIENTATIONS).reshape(place.shape)
    spread = np.zeros(place.size * ORIENTATIONS, dtype=np.float32)
    spread[start + (place & (ORIENTATIONS - 1))] = strength * np.float32(_SHARES) - more
    spread[start + (place + 1 & (ORIENTATIONS - 1))] = more
    cells = _cells() @ spread.reshape(GRID * GRID, -1)
    return _rooted(cells.reshape(-1, len(blots), ORIENTATIONS).transpose(1, 0, 2).reshape(len(blots), -1))


def _rooted(sums: Floats) -> Floats:
    length = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
    cut = np.minimum(sums, LARGEST_PART * length)
    total = np.maximum(cut.sum(axis=1, keepdims=True), np.float32(1e-9))
    rooted: Floats = np.rint(np.sqrt(cut / total) * np.float32(LENGTH))
    return rooted


def _gradients(pyramid: Pyramid, blots: Blots, angles: Floats, grid: int) -> tuple[Floats, Floats]:
    """Slopes to the right and down, in the keypoint's own turned frame: each (grid * grid) x n."""
    import cv2

    row = (np.arange(grid + 2, dtype=np.float32) - (grid + 1) / 2) * np.float32(SPACING)
    down, right = (one.reshape(-1, 1) for one in np.meshgrid(row, row, indexing="ij"))
    blur = blots.blur.astype(np.float32)
    cosine, sine = np.cos(angles) * blur, np.sin(angles) * blur
    height, width = pyramid.sizes[blots.octave].T.astype(np.float32)
    x = right * cosine - down * sine + blots.x.astype(np.float32)
    y = right * sine + down * cosine + blots.y.astype(np.float32)
    np.clip(x, 0, width - 1, out=x)
    np.clip(y, 0, height - 1, out=y)
    y += pyramid.tops[blots.octave, blots.level].astype(np.float32)
    seen = cv2.remap(pyramid.atlas, x, y, cv2.INTER_LINEAR).reshape(grid + 2, grid + 2, -1)
    across = seen[1:-1, 2:] - seen[1:-1, :-2]
    along = seen[2:, 1:-1] - seen[:-2, 1:-1]
    return across.reshape(grid * grid, -1), along.reshape(grid * grid, -1)


def _polar(across: Floats, down: Floats) -> tuple[Floats, Floats]:
    """Strength and angle of slopes, the angle in radians from 0 to 2 pi."""
    import cv2

    strength, angle = cv2.cartToPolar(across, down)
    return np.asarray(strength, dtype=np.float32), np.asarray(angle, dtype=np.float32)


@functools.cache
def _window(grid: int, deviation: float) -> Floats:
    """How much each of the samples counts: a Gaussian of that many samples."""
    place = np.arange(grid) - (grid - 1) / 2
    weights = np.exp(-(place**2) / (2 * deviation**2))
    return np.outer(weights, weights).ravel().astype(np.float32)


@functools.cache
def _cells() -> Floats:
    """How much of each sample goes to each of the 4 x 4 cells, in 64ths: 16 x 256."""
    place = np.arange(GRID) - (GRID - 1) / 2
    middle = (np.arange(4) - 1.5) * (GRID / 4)
    share = np.maximum(0.0, 1 - np.abs(place[None, :] - middle[:, None]) / (GRID / 4)) * 8
    return np.kron(share, share).astype(np.float32)
