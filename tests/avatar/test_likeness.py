"""A picture is a template only if it shows the same: a photo is never taken for one."""

from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest
from avatar.made import COLOURS, badge, initials, jpeg, silhouette
from drawn import avatar, captioned, cropped, grey, mirrored, next_moment, photo_of, scene, stickered

from fakeprofile.avatar import Template, plainness_of, template_of
from fakeprofile.avatar.likeness import matching, same_looks
from fakeprofile.fingerprint import query_fingerprint
from fakeprofile.records import Pixels, Plainness


def template(pixels: Pixels, name: str = "named") -> Template:
    photo = photo_of(pixels)
    return template_of(photo, query_fingerprint(photo), name=name, added_on="2026-07-01")


def found(pixels: Pixels, *templates: Template) -> str | None:
    one = same_looks(photo_of(pixels, "another name"), templates)
    return one and one.name


CLUB = template(badge("FC"), "club")


@pytest.mark.parametrize(("side", "quality"), [(320, 60), (224, 60), (150, 60), (110, 90), (80, 90)])
def test_a_template_is_recognised_smaller_and_saved_again(side: int, quality: int) -> None:
    assert found(jpeg(badge("FC"), side, quality), CLUB) == "club"


@pytest.mark.parametrize("side", [300, 150])
def test_a_template_is_recognised_when_it_is_cut_out_round(side: int) -> None:
    assert found(avatar(badge("FC"), side), CLUB) == "club"


@pytest.mark.parametrize(
    "near",
    [
        badge("SV"),
        badge("FC", (160, 30, 40)),
        mirrored(badge("FC")),
        grey(badge("FC")),
        captioned(badge("FC")),
        stickered(badge("FC")),
        cropped(badge("FC"), 0.1, 0.1, 0.9, 0.9),
        255 - badge("FC"),
    ],
    ids=["other letters", "other red", "mirrored", "grey", "caption", "stickers", "crop", "negative"],
)
def test_a_picture_that_is_only_near_to_a_template_is_not_it(near: Pixels) -> None:
    """Nor is the letter A the letter B."""
    assert found(near, CLUB) is None


def test_initials_and_silhouettes_are_told_apart_by_letter_and_colour() -> None:
    pictures = {
        "A": initials("A", (20, 90, 160)),
        "B": initials("B", (20, 90, 160)),
        "A red": initials("A", (160, 40, 40)),
        **{name: silhouette(*colours) for name, colours in COLOURS.items()},
    }
    templates = [template(pixels, name) for name, pixels in pictures.items()]
    for name, pixels in pictures.items():
        assert found(jpeg(pixels, 200, 90), *templates) == name


@pytest.mark.parametrize("seed", range(6))
def test_the_next_photo_of_a_burst_is_not_the_one_that_was_named(seed: int) -> None:
    """Nor any other photo of the same colours."""
    pixels = cv2.resize(scene(seed), (320, 320))
    named = template(pixels)
    assert found(jpeg(pixels, 160, 90), named) == "named"
    assert found(next_moment(pixels, seed), named) is None
    assert found(cv2.resize(scene(seed + 100), (320, 320)), named) is None


def test_a_small_picture_counts_only_by_its_file() -> None:
    """Below 64 pixels a burst cannot be told apart."""
    small = photo_of(jpeg(badge("FC"), 48, 95))
    assert same_looks(small, (CLUB,)) is None
    named = template_of(small, query_fingerprint(small), name="small", added_on="2026-07-01")
    assert matching(small, (named,)) == named


def test_fog_is_not_a_template_of_one_grey() -> None:
    """A template without contrast is recognised by its file alone."""
    plain = np.full((200, 200, 3), 128, dtype=np.uint8)
    fog = np.clip(128 + cv2.resize(scene(1), (200, 200)).astype(int) // 32 - 4, 0, 255).astype(np.uint8)
    assert found(fog, template(plain)) is None


def test_another_shape_is_another_picture() -> None:
    assert found(cv2.resize(badge("FC"), (320, 240)), CLUB) is None


def test_a_template_makes_a_picture_a_default_avatar_that_is_not_compared() -> None:
    photo = photo_of(jpeg(badge("FC"), 200, 90))
    fingerprint = query_fingerprint(photo)
    assert plainness_of(photo, fingerprint) is None
    assert plainness_of(photo, fingerprint, (CLUB,)) is Plainness.DEFAULT_AVATAR


def test_a_picture_without_a_file_is_not_the_file_of_any_template() -> None:
    """What was cut out of a screenshot has no SHA-256 of its own."""
    panel = dataclasses.replace(photo_of(scene(1)), sha256="")
    assert matching(panel, (dataclasses.replace(CLUB, sha256=""),)) is None
