"""A picture at the few places that a whole-picture hash looks at, as Pillow and PDQ reduce it.

Both are weighted sums along rows, then along columns. Weights are whole numbers, so that every sum is
exact and the result is the same whatever order a library adds in. A place sees only a part of a line,
so the weights are kept in four blocks, each for a quarter of the places; and the long way, along all rows
of the picture, is gone once for both.
"""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Indices = NDArray[np.int64]
Numbers = NDArray[np.floating[Any]]
Blocks = tuple[tuple[int, int, Numbers], ...]
"""First pixel, last pixel + 1, and the weights of these pixels at a quarter of the places: pixels x places."""

PILLOW_PLACES = 32
PDQ_PLACES = 64
PDQ_WEIGHTS = 1 << 16
"""The sum of the weights of one of PDQ's places. Times 255, that is just under 2 ** 24, up to which float32 holds
every whole number."""
_PILLOW_BITS = 22
"""Binary digits after the point of Pillow's weights (``Resample.c``, ``PRECISION_BITS``)."""
_LOW_BITS = 7
"""So many of them are summed apart: then both sums stay under 2 ** 24 too ..."""
_LONGEST = 5000
"""... along a line of up to so many pixels. Each place sees 6 / 32 of them, times 64 times 255."""
_LANCZOS = 3.0
_BLOCKS = 4


def both_reduced(
    grey: NDArray[np.uint8], full_size: tuple[int, int], *, flipped: bool
) -> tuple[Doubles, Doubles]:
    """``pillow_reduced`` and ``pdq_places`` of the same picture."""
    height, width = grey.shape
    sums = _across(grey, _both_weights(width, full_size[0], flipped))
    digits = 2 * PILLOW_PLACES // _BLOCKS
    return (
        _pillow_down(sums[:, :, :digits], height),
        _pdq_down(sums[:, :, digits:], height, full_size[1], flipped),
    )


def pillow_reduced(grey: NDArray[np.uint8]) -> Doubles:
    """What Pillow's ``resize((32, 32), LANCZOS)`` makes of a grey picture, as float64.

    To the last digit where the picture is not higher than wide. Of a higher one, Pillow 13 may reduce
    the height first, as others do not; the two differ by the rounding in between.
    """
    height, width = grey.shape
    return _pillow_down(_across(grey, _pillow_weights(width)), height)


def pdq_places(grey: NDArray[np.uint8], full_size: tuple[int, int], *, flipped: bool) -> Doubles:
    """The picture, blurred by PDQ's two boxes, at its 64 x 64 places: 1 x 1 x 64 x 64 float64, 0 to 255.

    Args:
        grey: height x width; may be reduced.
        full_size: its width and height before, whose boxes are meant.
        flipped: give all four that boxes lying to either side make, 2 x 2 x 64 x 64: the second of the
            first axis are those of the picture upside down, of the second axis of the mirrored picture.
    """
    height, width = grey.shape
    sums = _across(grey, _pdq_weights(width, full_size[0], flipped, _kind(width)))
    return _pdq_down(sums, height, full_size[1], flipped)


# --- sums -----------------------------------------------------------------------------------


def _across(grey: NDArray[np.uint8], blocks: Blocks) -> Numbers:
    """The weighted sums along the rows: rows x blocks x places."""
    weights = blocks[0][2]
    lines = grey.astype(weights.dtype)
    sums = np.empty((len(grey), len(blocks), weights.shape[1]), weights.dtype)
    for number, (first, last, weights) in enumerate(blocks):
        np.matmul(lines[:, first:last], weights, out=sums[:, number])
    return sums


def _down(lines: Numbers, blocks: Blocks) -> Numbers:
    """The weighted sums of lines that run down the columns: blocks x places x columns."""
    weights = blocks[0][2]
    sums = np.empty((len(blocks), weights.shape[1], lines.shape[1]), weights.dtype)
    for number, (first, last, weights) in enumerate(blocks):
        np.matmul(weights.T, lines[first:last], out=sums[number])
    return sums


def _pillow_down(sums: Numbers, height: int) -> Doubles:
    blocks = _pillow_weights(height)
    places = PILLOW_PLACES // _BLOCKS
    rows = _levels(sums[:, :, :places], sums[:, :, places:]).reshape(height, PILLOW_PLACES)
    sums = _down(rows.astype(blocks[0][2].dtype), blocks)
    levels = _levels(sums[:, :places], sums[:, places:])
    return levels.reshape(PILLOW_PLACES, PILLOW_PLACES).astype(np.float64)


def _levels(upper: Numbers, lower: Numbers) -> NDArray[np.int32]:
    """Grey levels, rounded as Pillow does it, from the sums of the weights' upper and lower digits."""
    levels = upper.astype(np.int32)
    levels <<= _LOW_BITS
    levels += lower.astype(np.int32)
    levels += 1 << _PILLOW_BITS - 1
    levels >>= _PILLOW_BITS
    np.maximum(levels, 0, out=levels)
    return np.minimum(levels, 255, out=levels)


def _pdq_down(sums: Numbers, height: int, full: int, flipped: bool) -> Doubles:
    blocks = _pdq_weights(height, full, flipped, np.dtype(np.float64))
    parts = _BLOCKS, 2 if flipped else 1, PDQ_PLACES // _BLOCKS
    squares = _down(sums.reshape(height, -1).astype(np.float64), blocks).reshape(parts + parts)
    columns = squares.transpose(1, 4, 3, 5, 0, 2).reshape(parts[1], parts[1], PDQ_PLACES, PDQ_PLACES)
    # In memory column by column: what the transform of a plain picture rounds to hangs on it.
    columns = np.ascontiguousarray(columns) * (1 / PDQ_WEIGHTS**2)
    return columns.swapaxes(2, 3)


# --- weights --------------------------------------------------------------------------------


@functools.lru_cache(maxsize=256)
def _both_weights(length: int, full: int, flipped: bool) -> Blocks:
    return _in_blocks((*_lanczos(length), *_boxes(full, length, flipped)), _kind(length))


@functools.lru_cache(maxsize=256)
def _pillow_weights(length: int) -> Blocks:
    return _in_blocks(_lanczos(length), _kind(length))


@functools.lru_cache(maxsize=256)
def _pdq_weights(length: int, full: int, flipped: bool, kind: np.dtype[Any]) -> Blocks:
    return _in_blocks(_boxes(full, length, flipped), kind)


def _kind(length: int) -> np.dtype[Any]:
    """The type that holds the sums along a line of so many pixels."""
    return np.dtype(np.float32 if length <= _LONGEST else np.float64)


def _in_blocks(weights: tuple[Doubles, ...], kind: np.dtype[Any]) -> Blocks:
    """Weights, each places x pixels, a quarter of each kind side by side in every block."""
    blocks = []
    for parts in zip(*(np.split(one, _BLOCKS) for one in weights), strict=True):
        part = np.concatenate(parts)
        used = np.flatnonzero(part.any(axis=0))
        first, last = int(used[0]), int(used[-1]) + 1
        blocks.append((first, last, np.ascontiguousarray(part[:, first:last].T, dtype=kind)))
    return tuple(blocks)


def _lanczos(length: int) -> tuple[Doubles, Doubles]:
    """Pillow's weights of each pixel of a line at each place (``Resample.c``, ``precompute_coeffs``), in upper
    and lower digits."""
    scale = length / PILLOW_PLACES
    widen = max(1.0, scale)
    middle = (np.arange(PILLOW_PLACES) + 0.5) * scale
    first = np.maximum((middle - _LANCZOS * widen + 0.5).astype(np.int64), 0)
    last = np.minimum((middle + _LANCZOS * widen + 0.5).astype(np.int64), length)
    pixel = np.arange(length)
    place = (pixel[None, :] - middle[:, None] + 0.5) / widen
    weights = np.where(np.abs(place) < _LANCZOS, np.sinc(place) * np.sinc(place / _LANCZOS), 0.0)
    weights[(pixel < first[:, None]) | (pixel >= last[:, None])] = 0.0
    weights *= (1 << _PILLOW_BITS) / weights.sum(axis=1, keepdims=True)
    weights = np.trunc(weights + np.copysign(0.5, weights))
    upper = np.rint(weights / (1 << _LOW_BITS))
    return upper, weights - upper * (1 << _LOW_BITS)


def _boxes(full: int, length: int, flipped: bool) -> tuple[Doubles, ...]:
    """PDQ's weights of each pixel of a line at its 64 places (``pdqhashing.cpp``, ``box1DFloat``).

    Args:
        full: length of the line at full size.
        length: its length in the reduced picture.
        flipped: also give those of boxes that lie to the other side.
    """
    before = _sums_before(full)
    # A JPEG is decoded at 1/2, 1/4 or 1/8, and its last pixel may reach over the rim.
    pixel = next((part for part in (1, 2, 4, 8) if math.ceil(full / part) == length), full / length)
    border = np.minimum(np.arange(length + 1) * pixel, full)
    sides = [_sums_at(before, border)]
    if flipped:
        sides.append(1 - _sums_at(before, full - border)[::-1])
    # Rounding what lies before each border keeps the sum of every place.
    return tuple(np.diff(np.rint(side * PDQ_WEIGHTS), axis=1) for side in sides)


def _sums_at(before: Doubles, border: Doubles) -> Doubles:
    """How much of each place's weight lies before each border between two pixels of the reduced line."""
    whole = np.minimum(border.astype(np.int64), before.shape[1] - 2)
    sums: Doubles = before[:, whole] + (before[:, whole + 1] - before[:, whole]) * (border - whole)
    return sums


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
