"""What noise drowns is no difference; what lies between two pictures is no noise."""

from __future__ import annotations

import numpy as np
from drawn import scene

from fakeprofile.overlap import overlap_of
from fakeprofile.overlap.blocks import Found, Grid, compared, gridded
from fakeprofile.overlap.pixels import blurred, to_grey
from fakeprofile.overlap.tone import within_noise
from fakeprofile.records import Finding, Matrix, Pixels
from fakeprofile.strength import weighed_by_pixels

UPRIGHT: Matrix = ((1, 0, 0), (0, 1, 0))
FAINT = 0.12


def half_faint(seed: int) -> Pixels:
    """A picture whose right half has little contrast, as haze has."""
    picture = scene(seed, 384, 288).astype(np.float32)
    picture[:, 192:] = 128 + FAINT * (picture[:, 192:] - 128)
    return picture.astype(np.uint8)


def noisy(pixels: Pixels, strength: float) -> Pixels:
    noise = np.random.default_rng(8).normal(0, strength, (*pixels.shape[:2], 1))
    return np.asarray((pixels + noise).clip(0, 255), np.uint8)


def met(known: Pixels, query: Pixels) -> tuple[Grid, np.ndarray, np.ndarray, Found]:
    """The two under the least blur, and what became of their blocks."""
    grid = gridded(known.shape, 1.0)
    ours, theirs = blurred(to_grey(known), 0.7), blurred(to_grey(query), 0.7)
    inside = np.ones(known.shape[:2], np.float32)
    return grid, ours, theirs, compared(grid, ours, theirs, inside, 2, 1)


def drowned(known: Pixels, query: Pixels) -> int:
    grid, ours, theirs, found = met(known, query)
    within = within_noise(grid, ours, theirs, found, found.same, 0.7)
    return int((within & found.textured & ~found.same).sum())


def test_faint_blocks_under_noise_differ_by_no_more_than_the_noise() -> None:
    """Half of the picture does not agree, and says nothing."""
    known, query = half_faint(1), noisy(half_faint(1), 30)
    found = met(known, query)[3]
    differing = int((found.textured & ~found.same).sum())
    assert differing > 60
    assert drowned(known, query) > 0.9 * differing


def test_another_picture_in_the_faint_half_is_not_drowned() -> None:
    """It differs by more than what lies between the halves that agree."""
    known, query = half_faint(1), half_faint(1)
    query[:, 192:] = scene(2, 384, 288)[:, 192:]
    query = noisy(query, 20)
    assert drowned(known, query) < 0.1 * (met(known, query)[3].textured & ~met(known, query)[3].same).sum()


def test_where_little_agrees_nothing_is_taken_for_noise() -> None:
    """What lies between the letters that two pictures share is as much as lies between the pictures."""
    one, other = scene(1, 384, 288), scene(2, 384, 288)
    other[:60] = one[:60]
    other[:60] = noisy(other[:60], 60)
    assert drowned(one, other) == 0


def test_a_noisy_copy_with_a_faint_half_is_the_same_picture() -> None:
    """By the pixels alone."""
    known, query = half_faint(1), noisy(half_faint(1), 30)
    overlap = overlap_of(query, 384, known, 384, UPRIGHT)
    assert overlap.agreeing > 0.9 * overlap.blocks
    assert overlap.hole < 0.05
    assert weighed_by_pixels(None, overlap)[0] is Finding.SAME_PICTURE


def test_something_else_as_faint_is_seen_where_many_blocks_are_taken_together() -> None:
    """Each block of it is drowned alone; all of them show that the known thing is not there."""
    known, query = half_faint(1), half_faint(5)
    query[:, :192] = known[:, :192]
    found = met(known, noisy(query, 30))[3]
    differing = int((found.textured & ~found.same).sum())
    assert drowned(known, noisy(query, 30)) < 0.5 * differing
    assert drowned(known, noisy(known, 30)) > 0.9 * differing
