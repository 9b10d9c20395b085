"""What hides a large part of a picture hides that part, and leaves the rest as it was."""

from __future__ import annotations

import numpy as np
import pytest
from drawn import scene
from PIL import Image

from fakeprofile.bench.chance import dice_of
from fakeprofile.bench.covers import blended, face_covered, headline
from fakeprofile.bench.pool import Pool

PHOTO = Image.fromarray(scene(1, 420, 320))
OTHER = Image.fromarray(scene(2, 300, 240))


def pool() -> Pool:
    return Pool(["other"], lambda name: OTHER, dice_of(1))


def changed(after: Image.Image) -> np.ndarray:
    """Which pixels are clearly another colour."""
    apart = np.abs(np.asarray(after, np.int16) - np.asarray(PHOTO, np.int16))
    return np.asarray(apart.max(axis=2) > 12)


@pytest.mark.parametrize("seed", range(6))
def test_a_headline_stands_over_the_middle_and_nowhere_else(seed: int) -> None:
    pixels = changed(headline(PHOTO, dice_of(seed, "headline"), pool()))
    assert 0.04 < pixels.mean() < 0.5
    assert pixels[160 - 60 : 160 + 60, 210 - 60 : 210 + 60].mean() > 0.1
    assert not pixels[:12].any()


@pytest.mark.parametrize("seed", range(6))
def test_a_covered_face_is_one_part_of_the_picture(seed: int) -> None:
    pixels = changed(face_covered(PHOTO, dice_of(seed, "face"), pool()))
    rows, columns = np.flatnonzero(pixels.any(axis=1)), np.flatnonzero(pixels.any(axis=0))
    assert 0.01 < pixels.mean() < 0.12
    assert np.ptp(rows) < 0.5 * PHOTO.height
    assert np.ptp(columns) < 0.5 * PHOTO.width


def test_another_photo_shines_through_all_of_a_blend_and_is_told() -> None:
    beside = pool()
    result = np.asarray(blended(PHOTO, dice_of(4, "blend"), beside), np.float32)
    other = np.asarray(OTHER.resize(PHOTO.size), np.float32)
    photo = np.asarray(PHOTO, np.float32)
    share = float(((result - photo) * (other - photo)).sum() / ((other - photo) ** 2).sum())
    assert 0.1 < share < 0.3
    assert beside.taken == ["other"]
