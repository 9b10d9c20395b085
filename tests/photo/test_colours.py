"""``fakeprofile.photo.colours``: every mode, depth, profile and transparency becomes sRGB on white."""

from __future__ import annotations

import numpy as np
import pytest
from photo_files import (
    chunk,
    decoded,
    drawing,
    encoded,
    lab_profile,
    looks_the_same,
    png_of,
    quarters,
    ramp,
    srgb_profile,
    swapped_profile,
)
from PIL import Image

from fakeprofile.photo.colours import LARGEST_PROFILE
from fakeprofile.records import Pixels


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        *[("1", "PNG"), ("1", "TIFF"), ("L", "PNG"), ("L", "JPEG"), ("P", "PNG"), ("P", "BMP"), ("P", "GIF")],
        *[("CMYK", "JPEG"), ("CMYK", "TIFF"), ("YCbCr", "TIFF"), ("YCbCr", "JPEG")],
    ],
)
def test_every_colour_mode_becomes_rgb(mode: str, kind: str) -> None:
    image = drawing().convert(mode)
    found = decoded(encoded(image, kind)).pixels
    assert looks_the_same(found, image.convert("RGB"), within=16)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (ramp(np.uint16, 65535), "PNG"),
        (ramp(np.uint16, 65535), "TIFF"),
        (ramp(">u2", 65535), "TIFF"),
        (ramp(np.int32, 65535), "TIFF"),
        (ramp(np.int32, 2**31 - 1), "TIFF"),
        (ramp(np.int32, 255), "TIFF"),
        (ramp(np.float32, 1), "TIFF"),
        (ramp(np.float32, 255), "TIFF"),
        (ramp(np.float32, 3e30), "TIFF"),
    ],
)
def test_deep_grey_is_scaled_to_eight_bits_and_not_clipped(values: Pixels, kind: str) -> None:
    found = decoded(encoded(Image.fromarray(values), kind)).pixels
    # 31-bit whites are read against 32 bits: what the file calls white is not known.
    white = 127.5 if values.max() > 2**30 and values.dtype == np.int32 else 255
    assert np.abs(found[:, :, 0].astype(float) - ramp(np.float64, white)).max() <= 1


def test_deep_grey_with_negative_and_missing_values_is_stretched() -> None:
    values = ramp(np.float32, 200) - 100
    values[0, 0] = np.nan
    found = decoded(encoded(Image.fromarray(values), "TIFF")).pixels
    assert (found[5, 0, 0], found[5, 95, 0]) == (0, 255)


def test_sixteen_bit_white_is_zero_is_turned_round() -> None:
    data = encoded(Image.fromarray(ramp(np.uint16, 65535)), "TIFF", tiffinfo={262: 0})
    found = decoded(data).pixels
    assert (found[0, 0, 0], found[0, 95, 0]) == (255, 0)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_what_is_transparent_shows_white(mode: str, kind: str) -> None:
    image = drawing().convert(mode)
    image.putalpha(Image.fromarray(np.repeat([[0] * 48 + [255] * 48], 64, 0).astype(np.uint8)))
    found = decoded(encoded(image, kind)).pixels
    assert np.allclose(found[:, :44], 255, atol=3)
    assert np.allclose(found[16, 72], np.asarray(image.convert("RGB"))[16, 72], atol=12)


@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_transparent_palette_colour_shows_white(kind: str) -> None:
    image = drawing().quantize(4)
    data = encoded(image, kind, transparency=image.getpixel((5, 5)))
    assert quarters(decoded(data).pixels)[0] == [255, 255, 255]
    assert quarters(decoded(data).pixels)[1] != [255, 255, 255]


def test_a_transparent_colour_key_shows_white() -> None:
    found = decoded(encoded(drawing(), "PNG", transparency=(220, 20, 20))).pixels
    assert quarters(found)[:2] == [[255, 255, 255], [20, 200, 20]]


def test_a_sixteen_bit_colour_key_is_no_reason_to_refuse() -> None:
    row = b"\0" + b"\x12\x34" * 3 * 20
    data = png_of(20, 20, bits=16, before=chunk(b"tRNS", b"\x12\x34" * 3), rows=row * 20)
    assert decoded(data).pixels[3, 3].tolist() == [0x12] * 3


def test_a_fully_opaque_alpha_changes_nothing() -> None:
    assert looks_the_same(decoded(encoded(drawing().convert("RGBA"), "PNG")).pixels, drawing(), within=0)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_a_colour_profile_is_followed(kind: str) -> None:
    found = decoded(encoded(drawing(), kind, icc_profile=swapped_profile())).pixels
    red, green, blue = found[16, 24]
    assert blue > 180
    assert red < 60
    assert green < 60


@pytest.mark.parametrize("profile", [b"no profile", swapped_profile()[:200], lab_profile(), srgb_profile()])
def test_a_profile_that_is_broken_unfit_or_srgb_changes_nothing(profile: bytes) -> None:
    image = drawing()
    found = decoded(encoded(image, "PNG", icc_profile=profile)).pixels
    assert looks_the_same(found, image, within=0)


def test_a_profile_of_megabytes_is_not_looked_at() -> None:
    data = encoded(drawing(), "TIFF", icc_profile=swapped_profile() + b"\0" * LARGEST_PROFILE)
    assert looks_the_same(decoded(data).pixels, drawing(), within=0)


def test_a_profile_for_colour_on_a_grey_picture_changes_nothing() -> None:
    data = encoded(drawing().convert("L"), "PNG", icc_profile=swapped_profile())
    assert looks_the_same(decoded(data).pixels, drawing().convert("L").convert("RGB"), within=0)


def test_lab_becomes_rgb() -> None:
    data = encoded(Image.new("LAB", (20, 20), (255, 128, 128)), "TIFF")
    assert decoded(data).pixels.min() > 240
