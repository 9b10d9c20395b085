"""Letters of any colour are looked through; a wall of that colour is not."""

from __future__ import annotations

import io

import numpy as np
import pytest
from drawn import scene
from PIL import Image, ImageDraw

from fakeprofile.overlap import overlap_of
from fakeprofile.records import Finding, Matrix, Overlap, Pixels
from fakeprofile.strength import weighed_by_pixels

SCENE = scene(1)
UPRIGHT: Matrix = ((1, 0, 0), (0, 1, 0))
INKS = [(255, 0, 0), (255, 230, 0), (60, 90, 255), (255, 255, 255), (120, 75, 200), (110, 35, 35)]


def headlined(pixels: Pixels, ink: tuple[int, int, int], size: int = 62) -> Pixels:
    """Two lines of large letters with a black edge over the middle."""
    picture = Image.fromarray(pixels)
    pen = ImageDraw.Draw(picture)
    for number, word in enumerate(("WEER HOME", "SUMMER")):
        pen.text(
            (picture.width / 2, 110 + number * size * 1.15), word, ink, font_size=size, anchor="ma",
            stroke_width=size // 14, stroke_fill=(0, 0, 0),
        )  # fmt: skip
    return np.asarray(picture)


def edged(pixels: Pixels, ink: tuple[int, int, int]) -> Pixels:
    """Three tight lines with a broad black edge, at twice the size and compressed, as apps make them."""
    picture = Image.fromarray(pixels).resize((2 * pixels.shape[1], 2 * pixels.shape[0]))
    pen = ImageDraw.Draw(picture)
    for number, word in enumerate(("VANDAAG", "SCHOOL", "SUMMER")):
        pen.text(
            (picture.width / 2, 150 + number * 150), word, ink, font_size=130, anchor="ma",
            stroke_width=18, stroke_fill=(0, 0, 0),
        )  # fmt: skip
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    return np.asarray(Image.open(file).resize(pixels.shape[1::-1]).convert("RGB"))


def squares(seed: int) -> Pixels:
    """Black and white squares by chance, as a code has them, on white."""
    modules = np.random.default_rng(seed).random((57, 57)) < 0.5
    drawn = np.where(np.kron(modules, np.ones((7, 7))), 0, 255).astype(np.uint8)
    small = Image.fromarray(np.pad(drawn, 28, constant_values=255)).resize(
        (384, 384), Image.Resampling.LANCZOS
    )
    return np.repeat(np.asarray(small)[:, :, None], 3, axis=2)


def test_what_differs_both_ways_is_another_drawing_and_no_letters_over_it() -> None:
    """Everything black in one of two codes would be ink on the other, and the white left between would agree."""
    overlap = laid(squares(1), squares(2))
    assert overlap.hole > 0.25
    assert overlap.unlike > 0.5


def laid(query: Pixels, known: Pixels) -> Overlap:
    return overlap_of(query, query.shape[1], known, known.shape[1], UPRIGHT)


@pytest.mark.parametrize("ink", INKS)
def test_a_headline_of_any_colour_leaves_a_copy_the_same_picture(ink: tuple[int, int, int]) -> None:
    """What shows between the letters is as bright as it was; only where all is letter something is hidden."""
    overlap = laid(headlined(SCENE, ink), SCENE)
    assert overlap.agreeing > 0.93 * overlap.blocks
    assert overlap.hole < 0.1
    assert weighed_by_pixels(None, overlap)[0] is Finding.SAME_PICTURE


@pytest.mark.parametrize("ink", INKS[:-1])
def test_a_broad_edge_of_letters_is_ink_beside_what_they_are_filled_with(ink: tuple[int, int, int]) -> None:
    """Three tight lines hide a fifth of the picture; as another picture in that place they would be too much."""
    overlap = laid(edged(SCENE, ink), SCENE)
    assert overlap.agreeing == overlap.blocks
    assert weighed_by_pixels(None, overlap)[0] is Finding.SAME_PICTURE


def test_another_picture_where_letters_could_be_weighs_whole() -> None:
    lettered, other = SCENE.copy(), scene(2)
    lettered[75:300, 100:400] = other[75:300, 100:400]
    assert weighed_by_pixels(None, laid(lettered, SCENE))[0] is not Finding.SAME_PICTURE


@pytest.mark.parametrize("ink", INKS)
def test_two_pictures_under_one_headline_are_two(ink: tuple[int, int, int]) -> None:
    """The letters agree, and nothing that shows between them does."""
    overlap = laid(headlined(SCENE, ink), headlined(scene(2), ink))
    assert overlap.reach < 1.0 or overlap.agreeing < 0.4 * overlap.blocks
    assert weighed_by_pixels(None, overlap)[0] is not Finding.SAME_PICTURE


@pytest.mark.parametrize("ink", INKS)
def test_a_wall_of_one_colour_is_no_letter(ink: tuple[int, int, int]) -> None:
    """It is as thick as what it stands for, and hides another picture."""
    walled = SCENE.copy()
    walled[90:270, 150:330] = ink
    assert laid(walled, SCENE).hole > 0.12
    assert laid(SCENE, walled).hole > 0.12
