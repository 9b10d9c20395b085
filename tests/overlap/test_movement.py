"""Small things that moved before a ground that lies still; what lies over a copy moved nothing."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from drawn import captioned, scene, stickered

from fakeprofile.overlap import overlap_of
from fakeprofile.overlap.movement import has_movement
from fakeprofile.overlap.pixels import blurred, to_grey
from fakeprofile.records import Finding, Matrix, Pixels
from fakeprofile.strength import weighed_by_pixels

UPRIGHT: Matrix = ((1, 0, 0), (0, 1, 0))
YARD = scene(1, 384, 288)
YARD[90:] = (0.15 * YARD[90:] + 110).astype(np.uint8)
"""Trees behind a yard of tar."""


def passed(pixels: Pixels, *places: tuple[int, int], seed: int = 5) -> Pixels:
    """The yard with somebody at each of the places (left, top), in a coat with folds."""
    picture, coat = pixels.copy(), scene(seed, 60, 90)
    for number, (left, top) in enumerate(places):
        cloth = coat[number * 7 : number * 7 + 46, 8:24] // 2
        body = np.zeros((46, 16), np.uint8)
        cv2.ellipse(body, (8, 26), (7, 19), 0, 0, 360, 255, -1)
        cv2.circle(body, (8, 6), 5, 255, -1)
        there = picture[top : top + 46, left : left + 16]
        there[body > 0] = cloth[body > 0]
    return picture


def seen_later(pixels: Pixels, seed: int) -> Pixels:
    """With new noise."""
    noise = np.random.default_rng(seed).normal(0, 2, pixels.shape)
    return np.asarray((pixels + noise).clip(0, 255), np.uint8)


def moves(known: Pixels, query: Pixels, seen: np.ndarray | None = None) -> bool:
    ours, theirs = (blurred(to_grey(one), 0.7) for one in (known, query))
    return has_movement(
        ours, theirs, (known, query), np.ones(known.shape[:2], np.bool_) if seen is None else seen
    )


TWO = ((100, 130), (260, 180))


@pytest.mark.parametrize(
    "places",
    [((112, 132), (248, 178)), ((180, 120), (300, 210)), ((40, 200), (310, 110))],
    ids=["a step later", "somewhere else", "far from there"],
)
def test_people_who_walked_on_are_seen(places: tuple[tuple[int, int], ...]) -> None:
    assert moves(seen_later(passed(YARD, *TWO), 1), seen_later(passed(YARD, *places), 2))


def test_other_people_in_other_places_are_seen() -> None:
    known = seen_later(passed(YARD, *TWO), 1)
    assert moves(known, seen_later(passed(YARD, (40, 200), (310, 110), seed=9), 2))


def inked(pixels: Pixels) -> Pixels:
    """With a word and a line over it."""
    picture = pixels.copy()
    cv2.putText(picture, "SUNDAY 12:41", (60, 240), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (250, 250, 250), 3)
    cv2.line(picture, (20, 100), (360, 130), (220, 30, 60), 5)
    return picture


def darkened(pixels: Pixels) -> Pixels:
    """Under a veil that is darker towards the foot, as under the name on a dating card."""
    veil = np.linspace(1.0, 0.25, len(pixels))[:, None, None]
    return np.asarray(pixels * veil, np.uint8)


def lensed(pixels: Pixels) -> Pixels:
    """Bent by a lens, so that its edges lie two pixels off."""
    height, width = pixels.shape[:2]
    down, right = np.mgrid[:height, :width].astype(np.float32)
    x, y = right / width - 0.5, down / height - 0.5
    bend = 0.02 * (x * x + y * y - 0.25)
    return np.asarray(cv2.remap(pixels, right + bend * x * width, down + bend * y * height, cv2.INTER_LINEAR))


@pytest.mark.parametrize(
    "edit", [seen_later, stickered, captioned, inked, darkened, lensed], ids=lambda edit: edit.__name__
)
def test_what_is_done_to_a_copy_moves_nothing(edit: Callable[..., Pixels]) -> None:
    known = passed(YARD, *TWO)
    made = edit(known, 4) if edit is seen_later else edit(known)
    assert not moves(seen_later(known, 1), seen_later(made, 2))
    assert not moves(seen_later(made, 1), seen_later(known, 2))


def lettered(pixels: Pixels, left: int, top: int, ink: tuple[int, int, int]) -> Pixels:
    """With two words over it, as an app or a joke has them."""
    picture = pixels.copy()
    for down, words in ((0, "Send message"), (60, "to emma")):
        cv2.putText(picture, words, (left, top + down), cv2.FONT_HERSHEY_DUPLEX, 0.9, ink, 2, cv2.LINE_AA)
    return picture


@pytest.mark.parametrize(
    ("ink", "aside"), [((255, 255, 255), 9), ((255, 255, 255), 60), ((250, 40, 60), 9)], ids=str
)
def test_letters_over_two_copies_that_stand_elsewhere_are_no_movement(
    ink: tuple[int, int, int], aside: int
) -> None:
    """Two screenshots of one story have the same words at other places."""
    known, query = lettered(YARD, 40, 150, ink), lettered(YARD, 40 + aside, 153, ink)
    assert not moves(seen_later(known, 1), seen_later(query, 2))


def test_people_who_have_only_come_may_have_been_pasted_in() -> None:
    """What is added to a copy lies over it; that is no second moment."""
    assert not moves(seen_later(passed(YARD, TWO[0]), 1), seen_later(passed(YARD, *TWO), 2))


def test_what_is_not_shared_is_not_looked_at() -> None:
    """Beside a tile stand others, which differ as they like."""
    seen = np.zeros(YARD.shape[:2], np.bool_)
    seen[:, 300:] = True
    known, query = passed(YARD, *TWO), passed(YARD, (112, 132), (200, 178))
    assert not moves(seen_later(known, 1), seen_later(query, 2), seen)
    assert not moves(known, query, np.zeros_like(seen))


def test_a_yard_through_which_people_walk_is_similar_at_most() -> None:
    """Everything else agrees and lies in its place; a sticker on the same photo leaves it the same."""
    known, later = seen_later(passed(YARD, *TWO), 1), seen_later(passed(YARD, (118, 132), (240, 178)), 2)
    overlap = overlap_of(later, 384, known, 384, UPRIGHT)
    assert overlap.moved
    assert overlap.agreeing >= 0.97 * overlap.blocks
    assert weighed_by_pixels(None, overlap)[0] is Finding.SIMILAR
    copy = overlap_of(stickered(known), 384, known, 384, UPRIGHT)
    assert not copy.moved
    assert weighed_by_pixels(None, copy)[0] is Finding.SAME_PICTURE


def test_the_order_of_the_two_pictures_does_not_matter() -> None:
    for places in (TWO, ((112, 132), (248, 178)), ((40, 200), (310, 110))):
        known, query = seen_later(passed(YARD, *TWO), 1), seen_later(passed(YARD, *places), 2)
        assert moves(known, query) == moves(query, known)
