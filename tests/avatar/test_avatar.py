"""Pictures that say nothing about who uses them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from drawn import avatar, code, photo_of, scene, text_page
from PIL import Image, ImageDraw

from fakeprofile.avatar import plainness_of
from fakeprofile.fingerprint import query_fingerprint
from fakeprofile.records import Pixels, Plainness

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "cases"


def plainness(pixels: Pixels) -> Plainness | None:
    photo = photo_of(pixels)
    return plainness_of(photo, query_fingerprint(photo))


def letters(text: str, side: int, colour: tuple[int, int, int]) -> Pixels:
    picture = Image.new("RGB", (side, side), colour)
    ImageDraw.Draw(picture).text((side * 0.2, side * 0.2), text, fill=(255, 255, 255), font_size=side // 2)
    return np.asarray(picture)


@pytest.mark.parametrize("side", [64, 150, 400])
@pytest.mark.parametrize("text", ["S", "LV"])
def test_initials_on_a_colour_are_a_default_avatar(text: str, side: int) -> None:
    """At any size."""
    assert plainness(letters(text, side, (120, 60, 150))) is Plainness.DEFAULT_AVATAR


def test_round_initials_on_white_are_a_default_avatar() -> None:
    """As they are cut out of a page."""
    assert plainness(avatar(letters("S", 300, (20, 110, 90)), 150)) is Plainness.DEFAULT_AVATAR


@pytest.mark.parametrize("folder", ["no-photo", "letter"])
def test_the_drawn_default_avatars_are_recognised(folder: str) -> None:
    """Those in `fixtures/`."""
    with Image.open(CASES / folder / "avatar.png") as image:
        assert plainness(np.asarray(image.convert("RGB"))) is Plainness.DEFAULT_AVATAR


@pytest.mark.parametrize("level", [0, 128, 255])
def test_one_colour_is_too_plain(level: int) -> None:
    """There is nothing to compare."""
    assert plainness(np.full((300, 300, 3), level, dtype=np.uint8)) is Plainness.TOO_PLAIN


def test_a_gradient_is_too_plain() -> None:
    """Many colours, no keypoint."""
    ramp = np.linspace(0, 255, 300).astype(np.uint8)
    assert plainness(np.repeat(np.tile(ramp, (300, 1))[:, :, None], 3, axis=2)) is Plainness.TOO_PLAIN


@pytest.mark.parametrize(
    "pixels",
    [scene(1), avatar(scene(1), 150), avatar(scene(2), 64), text_page(1), code(1)],
    ids=["scene", "avatar", "small avatar", "text", "code"],
)
def test_pictures_with_something_in_them_can_be_checked(pixels: Pixels) -> None:
    """Text and codes too: whether they prove anything is decided later."""
    assert plainness(pixels) is None
