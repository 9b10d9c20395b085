from __future__ import annotations

import hashlib
import io
import subprocess
import sys

import numpy as np
import pytest
from drawn import scene
from photo_files import drawing, encoded
from PIL import Image

from fakeprofile import photo
from fakeprofile.errors import PhotoError, UsageError
from fakeprofile.records import Photo, Pixels
from fakeprofile.search.question import fitted, question_of


def photo_of(pixels: Pixels) -> Photo:
    return Photo(name="a.jpg", sha256="0" * 64, width=pixels.shape[1], height=pixels.shape[0], pixels=pixels)


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg))
    image.load()
    return image


def noise(width: int, height: int) -> Pixels:
    return np.random.default_rng(3).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize(("width", "height"), [(3000, 2000), (900, 2400), (1600, 1600), (30, 40), (5000, 16)])
def test_a_question_is_a_small_jpeg_in_rgb_of_the_same_shape(width: int, height: int) -> None:
    question = question_of(photo_of(noise(width, height)))
    image = opened(question.jpeg)
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert len(question.jpeg) < 1_000_000
    assert max(image.size) <= 1600
    assert image.width / image.height == pytest.approx(width / height, rel=0.1)


def test_a_small_picture_is_not_enlarged_and_looks_the_same() -> None:
    pixels = scene(1, 320, 240)
    image = opened(question_of(photo_of(pixels)).jpeg)
    assert image.size == (320, 240)
    assert (
        np.abs(np.asarray(image, np.int16) - pixels).mean() < 12
    )  # of 255; the grain is colour, which JPEG halves


def test_nothing_that_the_file_says_of_itself_is_in_it() -> None:
    exif = Image.Exif()
    exif[271] = "Camera of somebody"
    exif[274] = 6
    exif.get_ifd(0x8825)[1] = "N"
    data = encoded(drawing(), "JPEG", exif=exif.tobytes(), comment=b"somebody's comment", dpi=(300, 300))
    found = photo.decode(data, name="private-name.jpg")
    assert isinstance(found, Photo)
    question = question_of(found)
    image = opened(question.jpeg)
    assert not image.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(image.info)
    for private in (b"somebody", b"Exif", b"private-name"):
        assert private in data or private == b"private-name"
        assert private not in question.jpeg
    assert image.size == (64, 96), "upright"


def test_the_same_pixels_give_the_same_bytes_in_another_process() -> None:
    code = (
        "import sys; sys.path[:0] = ['tests', '.'];"
        "from search.test_question import noise, photo_of; from fakeprofile.search.question import question_of;"
        "import hashlib; print(hashlib.sha256(question_of(photo_of(noise(900, 400))).jpeg).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    here = hashlib.sha256(question_of(photo_of(noise(900, 400))).jpeg).hexdigest()
    assert done.stdout.split() == [here], done.stderr


@pytest.mark.parametrize("most", [500_000, 60_000, 5_000])
def test_a_picture_is_fitted_to_what_a_service_takes(most: int) -> None:
    jpeg = question_of(photo_of(noise(1600, 1200))).jpeg
    small = fitted(jpeg, most)
    assert len(small) <= most < len(jpeg)
    image = opened(small)
    assert image.mode == "RGB"
    assert image.width / image.height == pytest.approx(4 / 3, rel=0.05)


def test_a_picture_that_fits_is_left_as_it_is() -> None:
    jpeg = question_of(photo_of(scene(1, 320, 240))).jpeg
    assert fitted(jpeg, len(jpeg)) is jpeg


def test_a_picture_that_cannot_be_made_so_small_is_an_error() -> None:
    jpeg = question_of(photo_of(scene(1, 320, 240))).jpeg
    with pytest.raises(PhotoError, match="cannot be made smaller than 100 bytes"):
        fitted(jpeg, 100)


def test_the_address_of_the_photo_goes_along() -> None:
    url = "https://cdn.example/a.jpg?x=1"
    assert question_of(photo_of(scene(1, 64, 48)), url).url == url


@pytest.mark.parametrize(
    "url", ["", "cdn.example/a.jpg", "file:///a.jpg", "https://me:pw@cdn.example/", "javascript:x"]
)
def test_an_address_that_no_service_could_fetch_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="is not a public address"):
        question_of(photo_of(scene(1, 64, 48)), url)
