"""Whole-picture hashes are those of imagehash and PDQ."""

from __future__ import annotations

from pathlib import Path

import imagehash
import numpy as np
import pdqhash
import pytest
from drawn import mirrored, resized, scene, turned
from PIL import Image

from fakeprofile.fingerprint.whole import LEAST_SIDE, forms_of, least_distance, whole_hashes_of
from fakeprofile.photo import read, read_grey
from fakeprofile.records import Photo

GOLDEN = (
    "phash64+pdq256/2",
    "ed12eeabb901485e",
    "09a969139605dd0dc1e1ed0359d59527e37592bd079bf644964e6aea18bb52e6",
    100,
)
SIZES = [(64, 48), (333, 500), (480, 360), (1080, 1350)]


def picture(width: int, height: int) -> np.ndarray:
    return np.asarray(Image.fromarray(scene(3)).resize((width, height), Image.Resampling.BICUBIC))


def bits_between(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def test_the_hashes_of_a_drawn_picture_never_move() -> None:
    """Lists that were exchanged stay valid."""
    hashes = whole_hashes_of(scene(1), turned=False)
    assert (hashes.algorithm, hashes.phash, hashes.pdq, hashes.pdq_quality) == GOLDEN


@pytest.mark.parametrize("size", SIZES)
def test_phash_is_what_imagehash_makes_of_the_file(size: tuple[int, int], tmp_path: Path) -> None:
    """In its own hex, at full decode."""
    pixels = picture(*size)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    with Image.open(tmp_path / "a.png") as image:
        assert whole_hashes_of(pixels, turned=False).phash == str(imagehash.phash(image))


@pytest.mark.parametrize("size", SIZES)
def test_pdq_is_what_pdqhash_makes_of_the_picture(size: tuple[int, int]) -> None:
    """To a bit or two, where PDQ's authors allow a reimplementation ten."""
    pixels = picture(*size)
    bits, quality = pdqhash.compute(pixels)
    ours = whole_hashes_of(pixels, turned=False)
    assert bits_between(ours.pdq, np.packbits(bits.astype(bool)).tobytes().hex()) <= 2
    assert ours.pdq_quality == pytest.approx(quality, abs=1)


@pytest.mark.parametrize("size", [(480, 360), (333, 500), (1080, 1350)])
def test_the_turned_forms_are_the_hashes_of_the_turned_pictures(size: tuple[int, int]) -> None:
    """Those that PDQ itself gives each of them, whichever side its boxes lie to."""
    pixels = picture(*size)
    forms = forms_of(whole_hashes_of(pixels, turned=True))
    assert len({form[:2] for form in forms}) == 8
    for is_mirrored, quarters, phash, pdq in forms:
        made = turned(mirrored(pixels) if is_mirrored else pixels, quarters)
        assert bits_between(phash, str(imagehash.phash(Image.fromarray(made)))) <= 2
        bits, _ = pdqhash.compute(made)
        assert bits_between(pdq, np.packbits(bits.astype(bool)).tobytes().hex()) <= 2


@pytest.mark.parametrize("reduction", [2, 4])
def test_a_reduced_picture_has_the_hashes_of_the_whole_one(reduction: int) -> None:
    """Given its full size: a JPEG is decoded at a quarter of it."""
    pixels = picture(1080, 1350)
    full = whole_hashes_of(pixels, turned=False)
    small = np.asarray(Image.fromarray(pixels).reduce(reduction))
    ours = whole_hashes_of(small, turned=False, full_size=(1080, 1350))
    assert bits_between(ours.phash, full.phash) <= 2
    assert bits_between(ours.pdq, full.pdq) <= 4


def test_a_photo_in_grey_has_the_hashes_of_the_one_in_colour(tmp_path: Path) -> None:
    """What a list of hashes is made from is decoded at a quarter and without its colours."""
    Image.fromarray(picture(1080, 1350)).save(tmp_path / "a.jpg", quality=90)
    colour, grey = read(tmp_path / "a.jpg"), read_grey(tmp_path / "a.jpg", least_side=LEAST_SIDE)
    assert isinstance(colour, Photo)
    assert isinstance(grey, Photo)
    assert (grey.width, grey.height, grey.sha256) == (colour.width, colour.height, colour.sha256)
    assert grey.pixels.shape == (338, 270)
    one = whole_hashes_of(colour.pixels, turned=False)
    two = whole_hashes_of(grey.pixels, turned=False, full_size=(grey.width, grey.height))
    assert bits_between(one.phash, two.phash) <= 2
    assert bits_between(one.pdq, two.pdq) <= 6


@pytest.mark.parametrize("is_mirrored", [False, True])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_the_nearest_form_says_how_the_photo_lies(quarters: int, is_mirrored: bool) -> None:
    """Mirrored, then turned, the photo is the known picture."""
    photo = scene(5)
    known = turned(mirrored(photo) if is_mirrored else photo, quarters)
    distance = least_distance(whole_hashes_of(photo, turned=True), whole_hashes_of(known, turned=False))
    assert (distance.mirrored, distance.quarter_turns) == (is_mirrored, quarters)
    assert distance.pdq is not None
    assert distance.pdq <= 4


def test_a_smaller_copy_is_near_and_another_picture_is_not() -> None:
    """31 bits of 256 is PDQ's own limit."""
    query = whole_hashes_of(resized(scene(1), 200), turned=True)
    near = least_distance(query, whole_hashes_of(scene(1), turned=False)).pdq
    far = least_distance(query, whole_hashes_of(scene(2), turned=False)).pdq
    assert near is not None
    assert far is not None
    assert near <= 31 < 80 <= far
