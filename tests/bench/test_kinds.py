"""What is said of every kind of hard pair, and of every edit, made of free photographs that come with scikit-image."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
import skimage
from PIL import Image

from fakeprofile.bench.chance import dice_of
from fakeprofile.bench.edits import EDITS, copy_of, saved
from fakeprofile.bench.negatives import PAIRINGS, Expected, pair_of
from fakeprofile.bench.pool import Picture, Pool
from fakeprofile.match import compare
from fakeprofile.photo import decode
from fakeprofile.records import Finding, Photo

FOLDER = Path(skimage.__file__).parent / "data"
SAME = (Finding.SAME_PICTURE, Finding.SAME_FILE)
HARD = [name for name, kind in PAIRINGS.items() if kind.expected is Expected.NOT_SAME]


@functools.cache
def picture(name: str) -> Picture:
    """One of the photographs, as it is."""
    found = next(FOLDER.glob(f"{name}.*"))
    with Image.open(found) as image:
        return image.convert("RGB")


def pool(*names: str) -> Pool:
    return Pool(list(names), picture, dice_of(1, "pool", *names))


def photo(made: Picture, lossless: bool = False) -> Photo:
    """The picture as it comes from a file."""
    data, suffix = saved(made, dice_of(1, "file"), lossless=lossless)
    read = decode(data, name=f"photo{suffix}")
    assert isinstance(read, Photo)
    return read


@pytest.mark.parametrize("name", HARD)
def test_a_hard_pair_is_not_the_same_picture(name: str) -> None:
    """Different photos in one furniture, pictures without a photo, and other moments: ``similar`` at most."""
    pools = (pool("coffee", "hubble_deep_field"), pool("rocket", "motorcycle_left"))
    pair = pair_of(PAIRINGS[name], picture("astronaut"), picture("chelsea"), dice_of(3, name), pools)
    said = compare(photo(pair.query), photo(pair.known))
    assert said.finding not in SAME, f"log10 of the likelihood ratio {said.support.log10_lr}"


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_copy_is_the_same_picture(edit: str) -> None:
    """Every edit, on a portrait."""
    made = copy_of(EDITS[edit], picture("astronaut"), "astronaut", 2, pool("coffee", "rocket", "chelsea"))
    copy = decode(made.data, name=f"copy{made.suffix}")
    assert isinstance(copy, Photo)
    said = compare(copy, photo(picture("astronaut"), lossless=True))
    assert said.finding in SAME, said.overlap
