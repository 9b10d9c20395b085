"""What is around each keypoint: its angle and its RootSIFT descriptor, for all keypoints at once.

As Lowe 2004 and Arandjelović and Zisserman 2012 describe it, sampled on a fixed grid. Sums that
a library may add up in any order are sums of whole numbers small enough for float32, so that the
result is the same, bit for bit, on any machine and for any number of threads.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from fakeprofile.fingerprint.pyramid import Blots, Pyramid

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Shorts = NDArray[np.int16]

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
PART = 128
"""Keypoints that are measured together: all at once take half as long again, because they leave the processor's
cache. A multiple of what it takes in one step: libraries may round the odd ones at the end of a row in another
way, and those stay the same."""
_STRENGTHS = 1023.0
_SHARES = 16
"""Gradients count in 1023 steps and share themselves between two orientations in 16, so that the sum
over one cell stays under 2 ** 24, up to which float32 holds every whole number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """Where in the atlas of a pyramid the surroundings of keypoints lie: each array n, float32.

    ``cosine`` and ``sine`` of the angle, times the blur. ``right`` and ``bottom``: the last column and row
    of its picture; ``top``: the row of the atlas at which that starts.
    """

    cosine: Floats
    sine: Floats
    x: Floats
    y: Floats
    right: Floats
    bottom: Floats
    top: Floats

    def parts(self) -> Iterator[Frames]:
        """A few at a time: what is computed from those fits into a processor's cache."""
        columns = [getattr(self, field.name) for field in fields(self)]
        for start in range(0, len(self.x), PART):
            cosine, sine, x, y, right, bottom, top = (column[start : start + PART] for column in columns)
            yield Frames(cosine=cosine, sine=sine, x=x, y=y, right=right, bottom=bottom, top=top)


def angles_of(pyramid: Pyramid, blots: Blots) -> tuple[NDArray[np.intp], Floats]:
    """The index of a blot and an angle in radians, clockwise from the x axis; a blot may have two.

    In the order of the blots, the stronger angle first.
    """
    frames = _frames(pyramid, blots, np.zeros(len(blots), dtype=np.float32))
    return _peaks(np.concatenate([_directions(pyramid, part) for part in frames.parts()]))


def _frames(pyramid: Pyramid, blots: Blots, angles: Floats) -> Frames:
    blur = blots.blur.astype(np.float32)
    height, width = pyramid.sizes[blots.octave].T.astype(np.float32)
    return Frames(
        cosine=np.cos(angles) * blur,
        sine=np.sin(angles) * blur,
        x=blots.x.astype(np.float32),
        y=blots.y.astype(np.float32),
        right=width - 1,
        bottom=height - 1,
        top=pyramid.tops[blots.octave, blots.level].astype(np.float32),
    )


def _directions(pyramid: Pyramid, frames: Frames) -> Doubles:
    """How strong the slopes around each keypoint are in each direction: n x 36."""
    across, down = _gradients(pyramid, frames, ANGLE_GRID)
    strength, angle = _polar(across, down)
    strength *= _window(ANGLE_GRID, ANGLE_WINDOW / SPACING)[:, None]
    angle *= np.float32(ANGLE_BINS / (2 * np.pi))
    place = np.rint(angle, out=angle).astype(np.int64)
    place[place == ANGLE_BINS] = 0
    size = len(frames.x) * ANGLE_BINS
    place += np.arange(0, size, ANGLE_BINS)
    bins: Doubles = np.bincount(place.ravel(), strength.ravel(), size).astype(np.float64, copy=False)
    return bins.reshape(-1, ANGLE_BINS)


def _peaks(bins: Doubles) -> tuple[NDArray[np.intp], Floats]:
    bins = _with_rim(bins, 2)
    bins = (bins[:, :-4] + bins[:, 4:] + 4 * (bins[:, 1:-3] + bins[:, 3:-1]) + 6 * bins[:, 2:-2]) / 16
    around = _with_rim(bins, 1)
    before, after = around[:, :-2], around[:, 2:]
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


def _with_rim(bins: Doubles, count: int) -> Doubles:
    """The bins of full circles, so many of the other end before and behind."""
    return np.concatenate([bins[:, -count:], bins, bins[:, :count]], axis=1)


def descriptors_of(pyramid: Pyramid, blots: Blots, angles: Floats) -> Floats:
    """RootSIFT descriptors: n x 128 float32, whole numbers, of length ``LENGTH``.

    The order of the bins is OpenCV's: rows, columns, orientations counter-clockwise.
    """
    frames = _frames(pyramid, blots, angles)
    return _rooted(np.concatenate([_sums(pyramid, part) for part in frames.parts()]))


def _sums(pyramid: Pyramid, frames: Frames) -> Floats:
    """The slopes in each cell, by orientation: n x 128."""
    across, down = _gradients(pyramid, frames, GRID)
    strength, angle = _polar(across, np.negative(down, out=down))
    strength *= _window(GRID, GRID / 2)[:, None]
    strength *= np.float32(_STRENGTHS) / np.maximum(strength.max(axis=0), np.float32(1e-6))
    strength = np.rint(strength, out=strength)
    angle *= np.float32(ORIENTATIONS * _SHARES / (2 * np.pi))
    spread = _shared(np.rint(angle, out=angle).astype(np.int16), strength.astype(np.int16))
    cells = _cells() @ spread  # orientations x cells x n
    # Row by row in memory: the order in which a length is added up hangs on it.
    return np.ascontiguousarray(cells.transpose(2, 1, 0)).reshape(len(frames.x), -1)


def _shared(place: Shorts, strength: Shorts) -> Floats:
    """What the two orientations next to each slope get of its strength: orientations x samples x n."""
    count = ORIENTATIONS * _SHARES
    middles = np.arange(0, count, _SHARES, dtype=np.int16)[:, None]
    share = np.abs(place.ravel() - middles)
    np.minimum(share[0], count - place.ravel(), out=share[0])  # the first lies next to the last
    np.subtract(_SHARES, share, out=share)
    np.clip(share, 0, _SHARES, out=share)  # ``np.maximum`` with one number is several times slower
    share *= strength.ravel()
    return np.asarray(share.reshape(ORIENTATIONS, *place.shape), dtype=np.float32)


def _rooted(sums: Floats) -> Floats:
    length = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
    cut = np.minimum(sums, LARGEST_PART * length)
    total = np.maximum(cut.sum(axis=1, keepdims=True), np.float32(1e-9))
    rooted: Floats = np.rint(np.sqrt(cut / total) * np.float32(LENGTH))
    return rooted


def _gradients(pyramid: Pyramid, frames: Frames, grid: int) -> tuple[Floats, Floats]:
    """Slopes to the right and down, in the keypoint's own turned frame: each (grid * grid) x n."""
    import cv2

    step = _steps(grid)
    along_x, along_y = step * frames.cosine, step * frames.sine
    x = along_x[None, :, :] - along_y[:, None, :]
    y = along_y[None, :, :] + along_x[:, None, :]
    x += frames.x
    y += frames.y
    for places, last in ((x, frames.right), (y, frames.bottom)):
        np.maximum(places, 0, out=places)
        np.minimum(places, last, out=places)
    y += frames.top
    flat = (grid + 2) ** 2, -1
    seen = cv2.remap(pyramid.atlas, x.reshape(flat), y.reshape(flat), cv2.INTER_LINEAR)
    seen = seen.reshape(grid + 2, grid + 2, -1)
    across = seen[1:-1, 2:] - seen[1:-1, :-2]
    along = seen[2:, 1:-1] - seen[:-2, 1:-1]
    return across.reshape(grid * grid, -1), along.reshape(grid * grid, -1)


@functools.cache
def _steps(grid: int) -> Floats:
    """How far the samples of a grid, and one more on each side, lie from its middle: a column."""
    return ((np.arange(grid + 2, dtype=np.float32) - (grid + 1) / 2) * np.float32(SPACING))[:, None]


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
