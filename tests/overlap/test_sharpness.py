"""Two pictures are made equally sharp before it is said where their blocks lie."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from drawn import next_moment, scene

from fakeprofile.overlap import overlap_of
from fakeprofile.overlap.blocks import Grid, gridded
from fakeprofile.overlap.drift import drift_of
from fakeprofile.overlap.pixels import blurred, moved_along, to_grey
from fakeprofile.overlap.sharpness import Even, equally_sharp
from fakeprofile.records import Finding, Matrix, Overlap, Pixels
from fakeprofile.strength import MOST_DRIFT, weighed_by_pixels

SCENE = scene(3, 384, 288)
UPRIGHT: Matrix = ((1, 0, 0), (0, 1, 0))


def grid_and_all() -> tuple[Grid, np.ndarray]:
    grid = gridded(SCENE.shape, 1.0)
    return grid, np.ones((grid.rows, grid.columns), np.bool_)


def softened(pixels: Pixels, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma))


def shaken(pixels: Pixels, length: int) -> Pixels:
    """Blurred along a line, as a moving hand does."""
    return np.asarray(cv2.blur(pixels, (length, 1)))


def saved(pixels: Pixels) -> Pixels:
    """Passed on as a JPEG."""
    return np.asarray(cv2.imdecode(cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 70])[1], 1))


def laid(query: Pixels, known: Pixels = SCENE) -> Overlap:
    return overlap_of(query, query.shape[1], known, known.shape[1], UPRIGHT)


@pytest.mark.parametrize("sigma", [1.2, 2.5, 4.0])
def test_how_much_softer_a_copy_is_is_found(sigma: float) -> None:
    """Within a tenth: a little too much or too little moves edges."""
    grid, everywhere = grid_and_all()
    even = equally_sharp(grid, to_grey(SCENE), to_grey(softened(SCENE, sigma)), 0.7, everywhere)
    assert even.blur == pytest.approx(sigma, rel=0.1)


def test_it_is_the_sharper_one_that_is_blurred() -> None:
    """Whichever of the two it is; the other stays as it was."""
    grid, everywhere = grid_and_all()
    sharp, soft = to_grey(SCENE), to_grey(softened(SCENE, 2.5))
    copy, original = (equally_sharp(grid, *both, 0.7, everywhere) for both in ((sharp, soft), (soft, sharp)))
    assert np.array_equal(copy.query, blurred(soft, 0.7))
    assert np.array_equal(original.known, blurred(soft, 0.7))
    assert copy.blur == original.blur > 0


def test_noise_is_not_taken_for_sharpness() -> None:
    """A blur makes noise weaker too, but hides how strong it was."""
    grid, everywhere = grid_and_all()
    noise = np.random.default_rng(2).normal(0, 25, SCENE.shape[:2]).astype(np.float32)
    assert equally_sharp(grid, to_grey(SCENE), to_grey(SCENE) + noise, 0.7, everywhere).blur == 0


def test_a_blurred_copy_is_in_place_only_once_both_are_equally_sharp() -> None:
    """Edges that end in a block seem to lie elsewhere when they are blurred."""
    grid, everywhere = grid_and_all()
    known, query = to_grey(SCENE), to_grey(saved(softened(SCENE, 2.5)))
    shifts = np.zeros((grid.rows, grid.columns, 2))
    uneven = Even(known=blurred(known, 0.7), query=blurred(query, 0.7), blur=0.0)
    assert drift_of(grid, uneven, everywhere, shifts)[0] > MOST_DRIFT
    drift, places = drift_of(grid, equally_sharp(grid, known, query, 0.7, everywhere), everywhere, shifts)
    assert drift < 0.03
    assert places > 100


@pytest.mark.parametrize(
    "made", [lambda pixels: softened(pixels, 3.5), lambda pixels: shaken(pixels, 11)], ids=["soft", "shaken"]
)
def test_a_copy_that_is_heavily_blurred_is_the_same_picture(made) -> None:  # type: ignore[no-untyped-def]
    """By the pixels alone."""
    assert weighed_by_pixels(None, laid(saved(made(SCENE))))[0] is Finding.SAME_PICTURE


@pytest.mark.parametrize("sigma", [0.0, 1.5, 3.0])
def test_no_blur_makes_another_moment_the_same_picture(sigma: float) -> None:
    """What lies elsewhere lies there however softly it is drawn."""
    second = next_moment(SCENE)
    overlap = laid(saved(softened(second, sigma) if sigma else second))
    assert overlap.drift > MOST_DRIFT
    assert weighed_by_pixels(None, overlap)[0] is not Finding.SAME_PICTURE


def along(pixels: Pixels, length: int, down: bool) -> Pixels:
    """Shaken sideways, or up and down."""
    turned = np.ascontiguousarray(np.swapaxes(pixels, 0, 1)) if down else pixels
    moved = shaken(turned, length)
    return np.ascontiguousarray(np.swapaxes(moved, 0, 1)) if down else moved


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("length", [9, 13])
def test_where_things_lie_is_known_of_a_shaken_copy_as_of_a_sharp_one(length: int, down: bool) -> None:
    """A round blur in place of the line leaves two thirds of the places unknown."""
    sharp, copy = laid(saved(SCENE)), laid(saved(along(SCENE, length, down)))
    assert copy.drift < 0.01
    assert copy.places > 0.9 * sharp.places


@pytest.mark.parametrize("length", [5, 9, 13])
def test_no_shake_makes_another_moment_the_same_picture(length: int) -> None:
    """What moved lies elsewhere all the more plainly once both are shaken."""
    overlap = laid(saved(shaken(next_moment(SCENE), length)))
    assert overlap.drift > 2 * MOST_DRIFT
    assert weighed_by_pixels(None, overlap)[0] is not Finding.SAME_PICTURE


def test_a_move_along_a_line_keeps_brightness_and_leaves_what_lies_along_it() -> None:
    """Stripes along the line stay as they are; those across it go."""
    stripes = np.tile(np.array([0, 0, 200, 200], np.float32), (64, 16))
    inner = (slice(16, 48), slice(16, 48))
    assert moved_along(stripes, 8, 90)[inner] == pytest.approx(stripes[inner], abs=1e-3)
    assert moved_along(stripes, 8, 0)[inner] == pytest.approx(100, abs=15)
    assert moved_along(stripes, 8, 33)[inner].mean() == pytest.approx(100, abs=2)


def test_too_few_blocks_say_nothing_of_sharpness() -> None:
    """Then both are only blurred as was asked."""
    grid, everywhere = grid_and_all()
    soft = to_grey(softened(SCENE, 2.5))
    assert equally_sharp(grid, to_grey(SCENE), soft, 0.7, np.zeros_like(everywhere)).blur == 0
