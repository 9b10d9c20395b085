"""A picture at the few places that a whole-picture hash looks at, as Pillow and PDQ reduce it.

Both are weighted sums along rows and columns. Weights are whole numbers, so that every sum is exact and
the result is the same whatever order a library adds in. Each of the places sees only a part of a
line, so a line's weights are kept in a few blocks: that is four times less to multiply.
"""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
Indices = NDArray[np.int64]
Blocks = tuple[tuple[int, int, NDArray[np.floating]], ...]
"""First pixel, last pixel + 1, and the weights of these pixels at the next few places: pixels x places."""

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
    height, width = grey.shape
    rows = _rounded(_across(grey.astype(np.float64), _lanczos(width, side)))
    return _rounded(_down(_lanczos(height, side), rows))


def _rounded(sums: Doubles) -> Doubles:
    """Grey levels, made in place of their sums."""
    sums *= 0.5**_PILLOW_BITS
    sums += 0.5
    np.floor(sums, out=sums)
    np.maximum(sums, 0, out=sums)
    return np.minimum(sums, 255, out=sums)


def pdq_places(grey: NDArray[np.uint8], full_size: tuple[int, int], *, flipped: bool) -> Doubles:
    """The picture, blurred by PDQ's two boxes, at its 64 x 64 places: 1 x 1 x 64 x 64 float64, 0 to 255.

    Args:
        grey: height x width; may be reduced.
        full_size: its width and height before, whose boxes are meant.
        flipped: give all four that boxes lying to either side make, 2 x 2 x 64 x 64: the second of the
            first axis are those of the picture upside down, of the second axis of the mirrored picture.
    """
    height, width = grey.shape
    down = _boxes(full_size[1], height, flipped, np.float32)
    across = _boxes(full_size[0], width, flipped, np.float64)
    sums = _across(_down(down, grey.astype(np.float32)).astype(np.float64), across)
    parts = PDQ_PLACES // _BLOCK, 2 if flipped else 1, _BLOCK
    sides = sums.reshape(parts + parts).transpose(1, 4, 0, 2, 3, 5)
    return sides.reshape(parts[1], parts[1], PDQ_PLACES, PDQ_PLACES) * (1 / PDQ_WEIGHTS**2)


def _down(blocks: Blocks, lines: NDArray[np.floating]) -> NDArray[Any]:
    """The weighted sums of lines that run down the columns: places x columns."""
    return np.concatenate([weights.T @ lines[first:last] for first, last, weights in blocks])


def _across(lines: NDArray[np.floating], blocks: Blocks) -> NDArray[Any]:
    """The weighted sums of lines that run along the rows: rows x places."""
    return np.concatenate([lines[:, first:last] @ weights for first, last, weights in blocks], axis=1)


def _in_blocks(weights: Doubles, places: int, kind: type[np.floating]) -> Blocks:
    """The weights, places x pixels, in blocks of so many places."""
    blocks = []
    for start in range(0, len(weights), places):
        part = weights[start : start + places]
        used = np.flatnonzero(part.any(axis=0))
        first, last = int(used[0]), int(used[-1]) + 1
        blocks.append((first, last, np.ascontiguousarray(part[:, first:last].T).astype(kind)))
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
    return _in_blocks(np.trunc(weights + np.copysign(0.5, weights)), _BLOCK, np.float64)


@functools.lru_cache(maxsize=256)
def _boxes(full: int, length: int, flipped: bool, kind: type[np.floating]) -> Blocks:
    """PDQ's weights of each pixel of a line at its 64 places (``pdqhashing.cpp``, ``box1DFloat``).

    Args:
        full: length of the line at full size.
        length: its length in the reduced picture.
        flipped: after the places of each block come the same ones, for boxes that lie to the other side.
        kind: the type of the weights.
    """
    before = _sums_before(full)
    # A JPEG is decoded at 1/2, 1/4 or 1/8, and its last pixel may reach over the rim.
    pixel = next((part for part in (1, 2, 4, 8) if math.ceil(full / part) == length), full / length)
    border = np.minimum(np.arange(length + 1) * pixel, full)
    sides = [_sums_at(before, border)]
    if flipped:
        sides.append(1 - _sums_at(before, full - border)[::-1])
    # Rounding what lies before each border keeps the sum of every place.
    weights = np.diff(np.rint(np.stack(sides) * PDQ_WEIGHTS), axis=2)
    in_turn = weights.reshape(len(sides), -1, _BLOCK, length).swapaxes(0, 1)
    return _in_blocks(in_turn.reshape(-1, length), _BLOCK * len(sides), kind)


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
