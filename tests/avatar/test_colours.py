"""One simple figure, or a few letters, on a plain ground."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from avatar.made import COLOURS, initials, jpeg, silhouette
from drawn import avatar, scene, text_page

from fakeprofile.avatar.colours import Drawn, drawing_of, is_busy, is_one_colour
from fakeprofile.records import Pixels


def drawn(pixels: Pixels) -> Drawn | None:
    found = drawing_of(pixels)
    return found and found.drawn


@pytest.mark.parametrize("platform", COLOURS)
@pytest.mark.parametrize("side", [320, 150, 100])
def test_the_silhouette_of_each_platform_is_a_figure_at_any_size_square_and_round(
    platform: str, side: int
) -> None:
    pixels = jpeg(silhouette(*COLOURS[platform]), side, 95)
    assert drawn(pixels) is Drawn.FIGURE
    assert drawn(avatar(pixels, side)) is Drawn.FIGURE


@pytest.mark.parametrize("text", ["S", "LV", "MB"])
@pytest.mark.parametrize("ground", [(120, 60, 150), (0, 130, 160), (32, 44, 51)])
def test_initials_are_told_from_figures_square_and_round(text: str, ground: tuple[int, int, int]) -> None:
    pixels = initials(text, ground)
    assert drawn(pixels) is Drawn.LETTERS
    assert drawn(avatar(pixels, 150)) is Drawn.LETTERS


def test_a_drawing_tells_its_two_colours() -> None:
    found = drawing_of(silhouette((244, 245, 247), (130, 136, 148)))
    assert found is not None
    assert (found.ground, found.figure) == ((244, 245, 247), (130, 136, 148))


@pytest.mark.parametrize("colour", [(0, 0, 0), (134, 166, 207), (250, 250, 250)])
def test_the_corners_of_a_round_picture_are_no_figure(colour: tuple[int, int, int]) -> None:
    """A plain picture that was cut out round."""
    assert drawing_of(avatar(np.full((300, 300, 3), colour, dtype=np.uint8), 150)) is None


def test_a_singer_in_a_spotlight_on_a_black_stage_is_a_photo_also_when_it_is_round() -> None:
    """Most of it is one colour, and the white corners are a second one."""
    stage = np.zeros((320, 320, 3), dtype=np.uint8)
    stage[90:250, 110:210] = cv2.resize(scene(3), (100, 160))
    assert drawing_of(stage) is None
    assert drawing_of(avatar(stage, 150)) is None


def test_a_tree_before_a_sunset_is_a_photo() -> None:
    """The ground is shaded."""
    shade = np.linspace(0, 1, 320)[:, None, None]
    sky = np.broadcast_to((1 - shade) * (60, 40, 110) + shade * (255, 150, 40), (320, 320, 3)).astype(
        np.uint8
    )
    sky = np.ascontiguousarray(sky)
    cv2.circle(sky, (160, 220), 70, (5, 5, 8), -1)
    assert drawing_of(sky) is None


@pytest.mark.parametrize("seed", range(5))
def test_a_photo_is_busy_and_neither_a_drawing_nor_one_colour(seed: int) -> None:
    pixels = cv2.resize(scene(seed), (320, 320))
    assert (is_busy(pixels), drawing_of(pixels), is_one_colour(pixels)) == (True, None, False)


@pytest.mark.parametrize("side", [320, 150, 64])
def test_no_placeholder_is_busy(side: int) -> None:
    for colours in COLOURS.values():
        assert not is_busy(jpeg(silhouette(*colours), side, 80))


def test_a_page_of_text_and_a_wide_picture_are_no_drawings() -> None:
    assert drawing_of(text_page(1)) is None
    assert drawing_of(np.hstack([silhouette((200, 204, 212), (255, 255, 255))] * 2)) is None


def test_one_colour_is_one_colour() -> None:
    assert is_one_colour(np.full((100, 100, 3), 90, dtype=np.uint8))
    assert not is_one_colour(silhouette((244, 245, 247), (130, 136, 148)))
