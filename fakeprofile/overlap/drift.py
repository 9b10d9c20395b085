"""How far the blocks that agree lie off their places, each by itself: what parallax and movement leave.

A block is found to a fraction of a pixel by least squares on its gradients (Lucas and Kanade 1981), together with
the change of contrast and brightness; the residual says how well it is known. Of each block the two directions of
its structure tensor are taken apart, as an edge is only placed across itself. What all blocks have in common (a
transform that is a little off) is taken away first: a copy's blocks are then in place to a third of a pixel, those
of a second photo from elsewhere are not, because near things move against far ones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakeprofile.overlap.blocks import Grey, Grid, Mask
from fakeprofile.overlap.sharpness import Even

Floats = NDArray[np.float64]

ROUNDS = 3
STRIDE = 1.5
"""Pixels of the frame that a block may go in one round: gradients say nothing of what is further off."""
ROUNDED = 0.08
"""The variance of brightness that rounding to whole numbers leaves at least."""
LEAST_CONTRAST = 0.05
"""Of the known block's contrast, what is reckoned with at least."""
RESTING = 1.2
"""A block that fits nearly as well from its own place was never elsewhere: noise finds better places anywhere."""
CORRELATED = 8.0
"""How much less neighbouring pixels say together than if each had noise of its own, after blur and resampling."""
PATCH, PATCHED = 4, 1.6
"""Compression makes noise coarser than that; how much is seen in means of so many pixels each way, which miss
some of it."""
CLEAR = 0.28
"""Standard error, in pixels of the frame, up to which a place is known well enough to be judged."""
IN_PLACE, ERRORS = 0.2, 2.6
"""A place is off if it is so many pixels off, and so many standard errors more: in copies one in thirty is, in real
second photos of a scene one in three."""
SMALL, SMALL_IN_PLACE = 200, 0.12
"""Up to this longest side of the frame, a picture is so small that a second moment moves in it by less: in 143 looks at
copies there, 0.055 of some hundred places are off at most; in four of seven second moments 0.07 to 0.15."""
SOFT = 0.06
"""For each pixel of blur that was made up for, so many pixels more: no lens, shake or app blurs quite like a Gaussian."""
FEWEST_PLACES = 6
"""Fewer places say nothing about each other."""
BENT = 24
"""From so many places on, what is common to all may be an affine transform; with fewer it is a shift."""
CURVED, BENT_LEFT = 64, 0.03
"""And from so many on what a lens does, which bends a copy that was photographed or corrected: of 24 that were bent by 0.5
to 2 % 18 are in place so. But no more than this part of the places may then be off: a smooth parallax, seen in a tile
of a collage, looks like a lens and left 0.07."""


def drift_of(grid: Grid, even: Even, agreeing: Mask, shifts: Floats) -> tuple[float, int]:
    """The part of the places that are off, 0 to 1, and how many places were judged.

    Args:
        grid: where the blocks stand.
        even: the frame and the photo as it lies on it.
        agreeing: rows x columns: blocks that are judged.
        shifts: rows x columns x 2: where each was found, in whole pixels.
    """
    if agreeing.sum() < 2:
        return 0.0, 0
    offsets, tensors, noise, residual = _placed(grid, even.known, even.query, shifts)
    offsets, tensors, noise = offsets[agreeing], tensors[agreeing], noise[agreeing]
    values, axes = np.linalg.eigh(tensors)
    errors = np.sqrt(_coarseness(grid, residual, agreeing) * noise[:, None] / np.maximum(values, 1e-6))
    clear = errors < CLEAR
    if clear.sum() < FEWEST_PLACES:
        return 0.0, int(clear.sum())
    across = np.swapaxes(axes, 1, 2)[clear]
    off = np.einsum("nac,nc->na", np.swapaxes(axes, 1, 2), offsets)[clear]
    at = np.broadcast_to(grid.centres()[agreeing][:, None], (*clear.shape, 2))[clear]
    in_place = SMALL_IN_PLACE if max(even.known.shape) <= SMALL else IN_PLACE
    allowed = in_place + SOFT * even.blur + ERRORS * errors[clear]
    where = (at - at.mean(axis=0)) / max(1.0, float(at.std()))
    basis = np.column_stack([across, across * where[:, :1], across * where[:, 1:]])
    drift = _far(basis if len(off) >= BENT else across, off, errors[clear], allowed)
    if drift and len(off) >= CURVED:
        bent = _far(np.column_stack([basis, _bent(where, across)]), off, errors[clear], allowed)
        drift = bent if bent <= BENT_LEFT else drift
    return drift, int(clear.sum())


def _coarseness(grid: Grid, residual: Grey, agreeing: Mask) -> float:
    """How many pixels of the residual say as much as one with noise of its own: the median of the blocks."""
    import cv2

    patched = cv2.boxFilter(residual, -1, (PATCH, PATCH)) ** 2
    ratios = grid.means(np.asarray(patched))[agreeing] / np.maximum(grid.means(residual**2)[agreeing], 1e-6)
    return max(CORRELATED, PATCHED * PATCH**2 * float(np.median(ratios)))


def _placed(grid: Grid, known: Grey, query: Grey, shifts: Floats) -> tuple[Floats, Floats, Floats, Grey]:
    """For each block its offset, the structure tensor of its gradients, and the variance that is left.

    With them what is left of every pixel where the blocks have their own places.

    Started from its own place, and from where it was found in whole pixels; what fits better stands. The photo is
    explained by the known picture and not the other way round, because noise is for the most part in the photo.
    """
    import cv2

    slopes = [cv2.Sobel(known, cv2.CV_32F, *which, ksize=3, scale=1 / 8) for which in ((1, 0), (0, 1))]
    right, down, here = (np.ascontiguousarray(grid.cut(np.asarray(one))) for one in (*slopes, known))
    terms = (right, down, here, np.ones_like(here))
    normal = _normal(grid, terms)
    offsets, left, residual = _fitted(grid, query, terms, normal, np.zeros_like(shifts))
    if shifts.any():
        moved, other, _ = _fitted(grid, query, terms, normal, shifts)
        better = other * RESTING < left
        offsets, left = np.where(better[..., None], moved, offsets), np.where(better, other, left)
    means = normal[..., :2, 3]
    tensors = normal[..., :2, :2] - means[..., :, None] * means[..., None, :]
    return offsets, tensors * float(grid.size**2), left, residual


def _normal(grid: Grid, terms: tuple[Grey, ...]) -> Floats:
    """The normal matrix of each block: rows x columns x 4 x 4."""
    count = len(terms)
    normal = np.empty((grid.rows, grid.columns, count, count))
    for i in range(count):
        for j in range(i, count):
            normal[..., i, j] = normal[..., j, i] = grid.means(terms[i] * terms[j])
    return normal


def _fitted(
    grid: Grid, query: Grey, terms: tuple[Grey, ...], normal: Floats, start: Floats
) -> tuple[Floats, Floats, Grey]:
    """The offsets that fit best, from a start on, and the variance that they leave, for a contrast of 1.

    With them what is left of every pixel.
    """
    import cv2

    offsets, left = start.astype(np.float64), np.zeros(start.shape[:2])
    high, wide = terms[0].shape
    rows, columns = np.mgrid[grid.top : grid.top + high, grid.left : grid.left + wide].astype(np.float32)
    for _ in range(ROUNDS):
        x, y = (_spread(grid, offsets[..., axis]) for axis in (0, 1))
        there = np.asarray(
            cv2.remap(query, columns + x, rows + y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE),
            dtype=np.float32,
        )
        aim = np.stack([grid.means(one * there).astype(np.float64) for one in terms], axis=-1)
        # A hair on the diagonal: a block without texture has no answer, and is not asked for one.
        solution = np.linalg.solve(normal + np.eye(len(terms)) * 1e-3, aim[..., None])[..., 0]
        contrast = np.maximum(solution[..., 2], LEAST_CONTRAST)
        offsets = offsets - np.clip(solution[..., :2] / contrast[..., None], -STRIDE, STRIDE)
        square = grid.means(there * there).astype(np.float64)
        left = np.maximum(square - np.einsum("rck,rck->rc", solution, aim), ROUNDED) / contrast**2
    residual = there
    for at, one in enumerate(terms):
        residual = residual - _spread(grid, np.asarray(solution[..., at], np.float64)) * one
    return offsets, left, residual


def _spread(grid: Grid, values: Floats) -> Grey:
    """The number of each block at all of its pixels."""
    return np.repeat(np.repeat(values.astype(np.float32), grid.size, 0), grid.size, 1)


def _far(basis: Floats, off: Floats, errors: Floats, allowed: Floats) -> float:
    """The part of the places that are further off than is allowed once what the basis explains is taken away, robustly."""
    weights = np.ones(len(off))
    explained = np.zeros(len(off))
    for _ in range(8):
        sure = weights / np.hypot(errors, 0.15)
        solution = np.linalg.lstsq(basis * sure[:, None], off * sure, rcond=None)[0]
        explained = basis @ solution
        weights = 1 / np.sqrt(1 + ((off - explained) / np.hypot(errors, 0.2)) ** 2)
    return float((np.abs(off - explained) > allowed).mean())


def _bent(where: Floats, across: Floats) -> Floats:
    """What tilt and a lens add to an affine transform: places x 5.

    Brown's first radial term about any middle (Brown 1966), multiplied out, and the perspective that a tilt gives.
    """
    square = (where**2).sum(axis=1, keepdims=True)
    outwards = (across * where).sum(axis=1, keepdims=True)
    return np.column_stack([outwards * where, square * across, square * outwards])
