"""Keypoints measured a few at a time have the angles and descriptors of the plain way, to the last bit."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn import scene

from fakeprofile.fingerprint.descriptors import PART, angles_of, descriptors_of
from fakeprofile.fingerprint.pyramid import Blots, Pyramid, candidates_of, pyramid_of, refined


def plain_slopes(
    pyramid: Pyramid, blots: Blots, angles: np.ndarray, grid: int
) -> tuple[np.ndarray, np.ndarray]:
    """Strength and angle of what is around all keypoints at once."""
    row = (np.arange(grid + 2, dtype=np.float32) - (grid + 1) / 2) * np.float32(0.75)
    down, right = (one.reshape(-1, 1) for one in np.meshgrid(row, row, indexing="ij"))
    cosine, sine = (one * blots.blur.astype(np.float32) for one in (np.cos(angles), np.sin(angles)))
    height, width = pyramid.sizes[blots.octave].T.astype(np.float32)
    x = (right * cosine - down * sine + blots.x.astype(np.float32)).clip(0, width - 1)
    y = (right * sine + down * cosine + blots.y.astype(np.float32)).clip(0, height - 1)
    y += pyramid.tops[blots.octave, blots.level].astype(np.float32)
    seen = cv2.remap(pyramid.atlas, x, y, cv2.INTER_LINEAR).reshape(grid + 2, grid + 2, -1)
    across = (seen[1:-1, 2:] - seen[1:-1, :-2]).reshape(grid * grid, -1)
    along = (seen[2:, 1:-1] - seen[:-2, 1:-1]).reshape(grid * grid, -1)
    strength, angle = cv2.cartToPolar(across, -along if grid == 16 else along)
    place = np.arange(grid) - (grid - 1) / 2
    weights = np.exp(-(place**2) / (2 * (8.0 if grid == 16 else 2.0) ** 2))
    return strength * np.outer(weights, weights).ravel().astype(np.float32)[:, None], angle


def plain_angles(pyramid: Pyramid, blots: Blots) -> list[tuple[int, float]]:
    """Each keypoint's one or two angles, looked for in a loop."""
    strength, angle = plain_slopes(pyramid, blots, np.zeros(len(blots), dtype=np.float32), 12)
    place = np.rint(angle * np.float32(36 / (2 * np.pi))).astype(int) % 36
    found = []
    for number in range(len(blots)):
        rough = np.bincount(place[:, number], strength[:, number], 36)
        bins = [
            (rough[b - 2] + rough[(b + 2) % 36] + 4 * (rough[b - 1] + rough[(b + 1) % 36]) + 6 * rough[b])
            / 16
            for b in range(36)
        ]
        peaks = [
            b
            for b in sorted(range(36), key=lambda b: -bins[b])
            if bins[b] > bins[b - 1] and bins[b] >= bins[(b + 1) % 36] and bins[b] >= 0.8 * max(bins)
        ]
        for b in peaks[:2]:
            left, right = bins[b - 1], bins[(b + 1) % 36]
            exact = b + (left - right) / (2 * (left - 2 * bins[b] + right))
            found.append((number, float(np.float32(exact % 36 * (2 * np.pi / 36)))))
    return found


def plain_descriptors(pyramid: Pyramid, blots: Blots, angles: np.ndarray) -> np.ndarray:
    """Each slope shared between two orientations of its own, one by one."""
    strength, angle = plain_slopes(pyramid, blots, angles, 16)
    strength = np.rint(strength * (np.float32(1023) / np.maximum(strength.max(axis=0), np.float32(1e-6))))
    place = np.rint(angle * np.float32(128 / (2 * np.pi))).astype(int)
    spread = np.zeros((256, len(blots), 8), dtype=np.float64)
    sample, keypoint = np.indices(place.shape)
    spread[sample, keypoint, place // 16 % 8] = strength * (16 - place % 16)
    spread[sample, keypoint, (place // 16 + 1) % 8] = strength * (place % 16)
    near = np.maximum(0, 1 - np.abs(np.arange(16) - 7.5 - (np.arange(4) - 1.5)[:, None] * 4) / 4) * 8
    cells = np.einsum("ry,cx,yxno->nrco", near, near, spread.reshape(16, 16, -1, 8), optimize=True)
    sums = cells.reshape(len(blots), 128).astype(np.float32)
    length = np.sqrt((sums * sums).sum(axis=1, keepdims=True))
    cut = np.minimum(sums, 0.2 * length)
    rooted: np.ndarray = np.rint(np.sqrt(cut / cut.sum(axis=1, keepdims=True)) * np.float32(511))
    return rooted


@pytest.mark.parametrize("count", [1, PART - 1, PART, 2 * PART + 37])
def test_a_few_at_a_time_are_measured_as_all_at_once(count: int) -> None:
    """Stored codes and the calibration hang on it."""
    pyramid = pyramid_of(cv2.cvtColor(scene(3), cv2.COLOR_RGB2GRAY))
    blots = refined(pyramid, candidates_of(pyramid))
    blots = blots.taken(np.argsort(-blots.contrast)[:count])
    assert len(blots) == count
    rows, angles = angles_of(pyramid, blots)
    assert list(zip(rows.tolist(), angles.tolist(), strict=True)) == plain_angles(pyramid, blots)
    turned = blots.taken(rows)
    assert (descriptors_of(pyramid, turned, angles) == plain_descriptors(pyramid, turned, angles)).all()
