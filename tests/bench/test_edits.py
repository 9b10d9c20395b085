"""Every edit of the bench is there, stays the same for a seed, and leaves a picture."""

from __future__ import annotations

import numpy as np
import pytest
from drawn import scene
from PIL import Image, ImageOps

from fakeprofile.bench.chance import dice_of
from fakeprofile.bench.edits import EDITS, Edited, copy_of, edits_named, opened
from fakeprofile.bench.pool import Pool
from fakeprofile.errors import UsageError

ISSUE = {
    "compression", "size-1080", "size-64", "avatar-square", "avatar-round", "mirror", "crop-25", "aspect",
    "turn-5", "turn-90", "turn-180", "filter", "grey", "blur", "noise", "caption", "stickers", "frame",
    "watermark", "heavy-blur", "headline", "face-covered", "blended", "photo-of-screen", "story", "collage", "chain-3",
    *(f"shot-{kind}-{theme}" for kind in ("post", "profile", "story", "chat", "search") for theme in ("light", "dark")),
}  # fmt: skip
"""What the project promised to measure."""
PHOTO = Image.fromarray(scene(1, 420, 320))
OTHERS = {f"other {number}": Image.fromarray(scene(number, 300, 240)) for number in range(2, 7)}


def copy(name: str, seed: int = 1, photo: Image.Image = PHOTO) -> Edited:
    pool = Pool(list(OTHERS), OTHERS.__getitem__, dice_of(seed, "pool"))
    return copy_of(EDITS[name], photo, "photo", seed, pool)


def test_every_promised_edit_is_there() -> None:
    assert set(EDITS) >= ISSUE
    assert len(EDITS) >= 30


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_the_same_for_a_seed_and_another_for_another(name: str) -> None:
    assert copy(name) == copy(name)
    assert copy(name).data != copy(name, seed=2).data


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_leaves_a_picture_and_the_photo_as_it_was(name: str) -> None:
    photo = PHOTO.copy()
    for seed in (3, 4):
        result = opened(copy(name, seed, photo).data)
        assert min(result.size) >= 32
        assert np.asarray(result).std() > 10, "next to nothing is to be seen"
    assert photo.tobytes() == PHOTO.tobytes()


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("size", [(1200, 70), (40, 64)])
def test_an_edit_takes_a_photo_of_any_shape(name: str, size: tuple[int, int]) -> None:
    photo = Image.fromarray(scene(9, *size))
    assert min(opened(copy(name, 1, photo).data).size) >= 16


def test_what_stands_beside_the_photo_is_told() -> None:
    assert copy("mirror").beside == ()
    assert set(copy("collage").beside) <= set(OTHERS)
    assert copy("collage").beside


@pytest.mark.parametrize(
    ("name", "undo"), [("turn-180", Image.Transpose.ROTATE_180), ("mirror", Image.Transpose.FLIP_LEFT_RIGHT)]
)
def test_a_turned_copy_turned_back_is_the_photo(name: str, undo: Image.Transpose) -> None:
    """Seeds at which it is not cut as well."""
    whole = [opened(copy(name, seed).data) for seed in range(1, 12)]
    back = [one.transpose(undo) for one in whole if one.size == PHOTO.size]
    assert back
    for one in back:
        apart = np.abs(np.asarray(one, np.int16) - np.asarray(PHOTO, np.int16)).mean()
        assert apart < 20, "more than a JPEG does"


@pytest.mark.parametrize("side", [1080, 640, 320, 150, 64])
def test_a_resized_copy_has_the_size_in_its_name(side: int) -> None:
    assert max(opened(copy(f"size-{side}").data).size) == side


@pytest.mark.parametrize("share", [75, 50, 25])
def test_a_crop_keeps_the_share_of_the_area_in_its_name(share: int) -> None:
    for seed in range(5):
        width, height = opened(copy(f"crop-{share}", seed).data).size
        assert width * height / (PHOTO.width * PHOTO.height) == pytest.approx(share / 100, rel=0.03)


def test_a_grey_copy_has_one_tint() -> None:
    values = np.asarray(opened(copy("grey", 3).data).convert("HSV"))[:, :, 1]
    assert np.percentile(values, 95) < 160
    assert np.asarray(PHOTO.convert("HSV"))[:, :, 1].mean() > values.mean()


def test_a_screenshot_shows_the_photo() -> None:
    """A red photo makes much more red than a green one does."""
    red, green = (ImageOps.colorize(PHOTO.convert("L"), "black", colour) for colour in ("red", "lime"))
    for name in (name for name in EDITS if name.startswith("shot-")):
        shares = [
            np.asarray(opened(copy(name, 2, photo).data), np.float32).mean((0, 1)) for photo in (red, green)
        ]
        assert shares[0][0] > shares[1][0] + 0.5, name
        assert shares[1][1] > shares[0][1] + 0.5, name


def test_edits_are_chosen_by_name_once_each_and_a_wrong_name_lists_them() -> None:
    assert [edit.name for edit in edits_named("mirror, grey,mirror")] == ["mirror", "grey"]
    assert len(edits_named(None)) == len(EDITS)
    with pytest.raises(UsageError, match=r"no edit 'miror': choose from compression, .*mirror"):
        edits_named("miror")
