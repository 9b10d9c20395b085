"""A picture at the few places that a whole-picture hash looks at, as Pillow and PDQ reduce it.

Both are weighted sums along rows and columns. Weights are whole numbers, so that every sum is exact and
the result is the same whatever order a library adds in. Each of the places sees only a part of a
line, so a line's weights are kept in a few blocks: that is four times less to multiply.
"""

from __future__ import annotations

import functools
import math

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Indices = NDArray[np.int64]
Blocks = tuple[tuple[int, int, NDArray[np.floating]], ...]
"""First pixel, last pixel + 1, and the weights of these pixels at the next few places: places x pixels."""

PDQ_PLACES = 64
PDQ_WEIGHTS = 1 << 16
"""The sum of the weights of one of PDQ's places. Times 255, that is just under 2 ** 24, up to which float32 holds
every whole number."""
_PILLOW_BITS = 22
"""Binary digits after the point of Pillow's weights (``Resample.c``, ``PRECISION_BITS``)."""
_LANCZOS = 3.0
_BLOCK = 8
"""Places in one block of weights."""


def pillow_reduced(grey: NDArray[np.uint8], side: int) -> Doubles:
    """What Pillow's ``resize((side, side), LANCZOS)`` makes of a grey picture, as float64.

    To the last digit where the picture is not higher than wide. Of a higher one, Pillow 13 may reduce
    the height first, as others do not; the two differ by the rounding in between.
    """
    return _reduced_down(_reduced_down(grey.astype(np.float64).T, side).T, side)


def _reduced_down(lines: Doubles, places: int) -> Doubles:
    sums = _applied(_lanczos(len(lines), places), lines)
    return np.floor(sums / (1 << _PILLOW_BITS) + 0.5).clip(0, 255)


def pdq_places(
    grey: NDArray[np.uint8], full_size: tuple[int, int], *, to_left: bool, to_top: bool
) -> Doubles:
    """The picture, blurred by PDQ's two boxes, at its 64 x 64 places: float64, 0 to 255.

    Args:
        grey: height x width; may be reduced.
        full_size: its width and height before, whose boxes are meant.
        to_left: the boxes are those of the mirrored picture, to_top: of the picture upside down.
    """
    height, width = grey.shape
    down = _boxes(full_size[1], height, to_top)
    across = _boxes(full_size[0], width, to_left)
    rows = _applied(down, grey.astype(np.float32)).astype(np.float64)
    return np.asarray(_applied(across, rows.T).T / PDQ_WEIGHTS**2)


def _applied(blocks: Blocks, lines: NDArray[np.floating]) -> NDArray[np.floating]:
    """The weighted sums of lines that run down the columns: places x columns."""
    return np.concatenate([weights @ lines[first:last] for first, last, weights in blocks])


def _in_blocks(weights: Doubles, kind: type[np.floating]) -> Blocks:
    blocks = []
    for start in range(0, len(weights), _BLOCK):
        part = weights[start : start + _BLOCK]
        used = np.flatnonzero(part.any(axis=0))
        first, last = int(used[0]), int(used[-1]) + 1
        blocks.append((first, last, np.ascontiguousarray(part[:, first:last]).astype(kind)))
    return tuple(blocks)


@functools.lru_cache(maxsize=256)
def _lanczos(length: int, places: int) -> Blocks:
    """Pillow's weights of each pixel of a line at each place (``Resample.c``, ``precompute_coeffs``)."""
    scale = length / places
    widen = max(1.0, scale)
    middle = (np.arange(places) + 0.5) * scale
    first = np.maximum((middle - _LANCZOS * widen + 0.5).astype(np.int64), 0)
    last = np.minimum((middle + _LANCZOS * widen + 0.5).astype(np.int64), length)
    pixel = np.arange(length)
    place = (pixel[None, :] - middle[:, None] + 0.5) / widen
    weights = np.where(np.abs(place) < _LANCZOS, np.sinc(place) * np.sinc(place / _LANCZOS), 0.0)
    weights[(pixel < first[:, None]) | (pixel >= last[:, None])] = 0.0
    weights *= (1 << _PILLOW_BITS) / weights.sum(axis=1, keepdims=True)
    return _in_blocks(np.trunc(weights + np.copysign(0.5, weights)), np.float64)


@functools.lru_cache(maxsize=256)
def _boxes(full: int, length: int, flipped: bool) -> Blocks:
    """PDQ's weights of each pixel of a line at its 64 places (``pdqhashing.cpp``, ``box1DFloat``).

    Args:
        full: length of the line at full size.
        length: its length in the reduced picture.
        flipped: the boxes lie to the other side.
    """
    before = _sums_before(full)
    # A JPEG is decoded at 1/2, 1/4 or 1/8, and its last pixel may reach over the rim.
    pixel = next((part for part in (1, 2, 4, 8) if math.ceil(full / part) == length), full / length)
    border = np.minimum(np.arange(length + 1) * pixel, full)
    if flipped:
        border = full - border
    whole = np.minimum(border.astype(np.int64), full - 1)
    sums = before[:, whole] + (before[:, whole + 1] - before[:, whole]) * (border - whole)
    if flipped:
        sums = 1 - sums[::-1]
    # Rounding what lies before each border keeps the sum of every place.
    return _in_blocks(np.diff(np.rint(sums * PDQ_WEIGHTS), axis=1), np.float32)


def _sums_before(length: int) -> Doubles:
    """How much of each place's weight lies before each pixel: 64 x (length + 1), 0 to 1."""
    window = (length + 2 * PDQ_PLACES - 1) // (2 * PDQ_PLACES)
    half = (window + 2) // 2
    place = ((np.arange(PDQ_PLACES) + 0.5) * length / PDQ_PLACES).astype(np.int64)

    def box(at: Indices) -> tuple[Indices, Indices]:
        return np.maximum(at + half - window, 0), np.minimum(at + half, length)

    first, last = box(place)
    inner = first[:, None] + np.arange(window)
    inside = inner < last[:, None]
    inner = np.minimum(inner, length - 1)
    begin, end = box(inner)
    share = inside / ((last - first)[:, None] * (end - begin))
    row = np.arange(PDQ_PLACES)[:, None] * (length + 1)
    size = PDQ_PLACES * (length + 1)
    steps = np.bincount((row + begin).ravel(), share.ravel(), size)
    steps -= np.bincount((row + end).ravel(), share.ravel(), size)
    weights = np.cumsum(steps.reshape(PDQ_PLACES, -1), axis=1)[:, :-1]
    return np.pad(np.cumsum(weights, axis=1), ((0, 0), (1, 0)))
