"""Whole-picture hashes are those of imagehash and PDQ."""

from __future__ import annotations

from pathlib import Path

import imagehash
import numpy as np
import pdqhash
import pytest
from drawn import mirrored, resized, scene, turned
from PIL import Image

from fakeprofile.fingerprint.whole import forms_of, least_distance, whole_hashes_of

GOLDEN = (
    "phash64+pdq256/1",
    "ed12eeabb901485e",
    "09a969139605dd0dc1e1ed0359d59527e37592bd079bf644964e6aea18bb52e6",
    100,
)
SIZES = [(64, 48), (333, 500), (480, 360), (1080, 1350)]


def bits_between(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def test_the_hashes_of_a_drawn_picture_never_move() -> None:
    """Lists that were exchanged stay valid."""
    hashes = whole_hashes_of(scene(1), turned=False)
    assert (hashes.algorithm, hashes.phash, hashes.pdq, hashes.pdq_quality) == GOLDEN


@pytest.mark.parametrize("size", SIZES)
def test_phash_is_what_imagehash_makes_of_the_file(size: tuple[int, int], tmp_path: Path) -> None:
    """In its own hex, at full decode."""
    pixels = scene(3, *size)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as image:
        assert whole_hashes_of(pixels, turned=False).phash == str(imagehash.phash(image))


@pytest.mark.parametrize("size", SIZES)
def test_pdq_is_within_ten_bits_of_pdqhash(size: tuple[int, int]) -> None:
    """The tolerance that PDQ's authors give a reimplementation."""
    pixels = scene(3, *size)
    bits, quality = pdqhash.compute(pixels)
    ours = whole_hashes_of(pixels, turned=False)
    assert bits_between(ours.pdq, np.packbits(bits.astype(bool)).tobytes().hex()) <= 10
    assert ours.pdq_quality == pytest.approx(quality, abs=2)


def test_the_turned_forms_are_the_hashes_of_the_turned_pictures() -> None:
    """All eight of them are what they are called."""
    pixels = scene(4, 400, 300)
    forms = forms_of(whole_hashes_of(pixels, turned=True))
    assert len({form[:2] for form in forms}) == 8
    for is_mirrored, quarters, phash, pdq in forms:
        made = turned(mirrored(pixels) if is_mirrored else pixels, quarters)
        itself = whole_hashes_of(made, turned=False)
        assert bits_between(phash, itself.phash) <= 2
        assert bits_between(pdq, itself.pdq) <= 24


@pytest.mark.parametrize("is_mirrored", [False, True])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_the_nearest_form_says_how_the_photo_lies(quarters: int, is_mirrored: bool) -> None:
    """Mirrored, then turned, the photo is the known picture."""
    photo = scene(5)
    known = turned(mirrored(photo) if is_mirrored else photo, quarters)
    distance = least_distance(whole_hashes_of(photo, turned=True), whole_hashes_of(known, turned=False))
    assert (distance.mirrored, distance.quarter_turns) == (is_mirrored, quarters)
    assert distance.pdq is not None
    assert distance.pdq <= 24


def test_a_smaller_copy_is_near_and_another_picture_is_not() -> None:
    """31 bits of 256 is PDQ's own limit."""
    query = whole_hashes_of(resized(scene(1), 200), turned=True)
    near = least_distance(query, whole_hashes_of(scene(1), turned=False)).pdq
    far = least_distance(query, whole_hashes_of(scene(2), turned=False)).pdq
    assert near is not None
    assert far is not None
    assert near <= 31 < 80 <= far
