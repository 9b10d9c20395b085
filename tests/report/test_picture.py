"""The drawing shows both photos, and where they are the same."""

from __future__ import annotations

import dataclasses
import io

import numpy as np
import pytest
from PIL import Image

from fakeprofile.records import (
    Alignment,
    Comparison,
    Finding,
    Photo,
    Region,
    Support,
    WholeDistance,
)
from fakeprofile.report.picture import (
    GAP,
    HEIGHT,
    MARGIN,
    MOST_LINES,
    REGION,
    WIDEST,
    _shown_pairs,
    side_by_side,
)


def photo(width: int, height: int, grey: int, reduced: int = 1) -> Photo:
    pixels = np.full((max(1, height // reduced), max(1, width // reduced), 3), grey, np.uint8)
    return Photo(name="x", sha256="", width=width, height=height, pixels=pixels)


def comparison(pairs: int = 3) -> Comparison:
    return Comparison(
        one="a",
        other="b",
        finding=Finding.SAME_PICTURE,
        support=Support(log10_lr=4.0, words="very strong"),
        whole_distance=WholeDistance(phash=1, pdq=2),
        alignment=Alignment(
            candidates=pairs, inliers=pairs, distinct_points=pairs, coverage=1.0, mirrored=False,
            rotation_degrees=0.0, scale=1.0, stretch=1.0, matrix=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
            pairs=tuple(((50.0 + n / 10, 60.0), (50.0 + n / 10, 60.0)) for n in range(pairs)),
        ),
        region=Region(
            query=((20.0, 20.0), (180.0, 20.0), (180.0, 80.0), (20.0, 80.0)),
            sighting=((0.0, 0.0), (199.0, 0.0), (199.0, 99.0), (0.0, 99.0)),
            query_share=0.6,
            sighting_share=1.0,
        ),
    )  # fmt: skip


def drawn(one: Photo, other: Photo, what: Comparison) -> Image.Image:
    image = Image.open(io.BytesIO(side_by_side(one, other, what)))
    image.load()
    return image


def test_both_photos_stand_side_by_side_with_the_first_on_the_left() -> None:
    nothing = dataclasses.replace(comparison(), alignment=None, region=None)
    image = drawn(photo(200, 100, 10), photo(200, 100, 240), nothing)
    assert image.format == "PNG"
    assert image.getpixel((MARGIN + 5, MARGIN + 5)) == (10, 10, 10)
    assert image.getpixel((image.width - MARGIN - 5, MARGIN + 5)) == (240, 240, 240)
    assert REGION not in {colour for _, colour in image.getcolors(1 << 20)}


def test_the_shared_region_is_outlined_in_both() -> None:
    image = drawn(photo(200, 100, 10), photo(200, 100, 240), comparison(0))
    at = np.argwhere((np.asarray(image) == REGION).all(axis=2))[:, 1]
    middle = image.width // 2
    assert (at < middle).any()
    assert (at > middle).any()
    # The first region begins a tenth inside its photo, the second at its edge.
    assert at[at < middle].min() > MARGIN + 50
    assert abs(at[at > middle].min() - (middle + GAP // 2)) < 5


def test_matching_points_are_joined_by_lines() -> None:
    without = np.asarray(drawn(photo(200, 100, 10), photo(200, 100, 240), comparison(0)))
    joined = np.asarray(drawn(photo(200, 100, 10), photo(200, 100, 240), comparison(3)))
    gap = slice(without.shape[1] // 2 - 3, without.shape[1] // 2 + 3)
    assert (without[:, gap] == 255).all()
    assert (joined[:, gap] != 255).any()


@pytest.mark.parametrize("pairs", [0, 1, MOST_LINES, MOST_LINES + 1, 2 * MOST_LINES - 1, 1000])
def test_there_are_never_so_many_lines_that_they_hide_the_pictures(pairs: int) -> None:
    assert min(pairs, MOST_LINES // 2) <= len(_shown_pairs(comparison(pairs))) <= MOST_LINES


@pytest.mark.parametrize("size", [(16, 16), (16, 3000), (30000, 16), (4000, 3000)])
def test_any_photo_is_drawn_at_a_size_that_a_screen_shows(size: tuple[int, int]) -> None:
    image = drawn(photo(*size, 10, reduced=8), photo(200, 100, 240), comparison())
    assert image.width <= 2 * WIDEST + GAP + 2 * MARGIN
    assert image.height <= HEIGHT + 2 * MARGIN
