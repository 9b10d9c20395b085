"""``fakeprofile.photo.decoding``: any bytes become an upright RGB picture or a reason, and nothing else."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from photo_files import (
    FORMATS,
    NOISE,
    chunk,
    decoded,
    drawing,
    encoded,
    looks_the_same,
    noise,
    png_of,
    refusal,
    turned,
)
from PIL import Image

from fakeprofile import photo
from fakeprofile.errors import PhotoError
from fakeprofile.records import Gap, Photo
from fakeprofile.settings import Limits


def test_the_name_that_the_user_gave_stands_in_the_photo_and_in_the_gap(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(NOISE["PNG"])
    good = photo.read(tmp_path / "a", name="photo 1")
    bad = photo.read(tmp_path / "b", name="photo 2")
    assert isinstance(good, Photo)
    assert isinstance(bad, Gap)
    assert (good.name, bad.about) == ("photo 1", "photo 2")


@pytest.mark.parametrize("name", ["\x1b[31m\n\x00.png", "\udcff.png", "\u202egnp.exe", ""])
def test_odd_names_pass_through(name: str, tmp_path: Path) -> None:
    assert decoded(NOISE["PNG"]).pixels is not None
    assert isinstance(photo.decode(NOISE["PNG"], name=name), Photo)
    gap = photo.read(tmp_path / "missing", name=name)
    assert isinstance(gap, Gap)
    assert gap.about == name
    assert gap.reason.isprintable()


def test_loading_the_module_loads_no_picture_library() -> None:
    code = (
        "import sys, fakeprofile.photo; sys.exit(not sys.modules.keys().isdisjoint({'PIL', 'pillow_heif'}))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIF"])
def test_every_orientation_gives_the_same_upright_picture(kind: str, orientation: int) -> None:
    found = decoded(turned(drawing(), orientation, kind))
    assert (found.width, found.height) == (96, 64)
    assert looks_the_same(found.pixels, drawing())


def test_an_orientation_that_does_not_exist_is_ignored() -> None:
    exif = Image.Exif()
    exif[274] = 77
    assert looks_the_same(decoded(encoded(drawing(), "JPEG", exif=exif)).pixels, drawing())
    assert looks_the_same(decoded(encoded(drawing(), "JPEG", exif=b"Exif\0\0junk")).pixels, drawing())


def test_heic_is_turned_by_its_own_box_and_not_by_exif() -> None:
    """ISO/IEC 23000-22, 7.3.10.1: an orientation in EXIF shall be ignored."""
    exif = Image.Exif()
    exif[274] = 6
    found = decoded(encoded(drawing(), "HEIF", exif=exif))
    assert looks_the_same(found.pixels, drawing())


@pytest.mark.parametrize(
    ("least_side", "longest"),
    [(None, 800), (801, 800), (800, 800), (401, 800), (400, 400), (150, 200), (1, 100)],
)
@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_is_reduced_only_as_far_as_asked(mode: str, least_side: int | None, longest: int) -> None:
    found = decoded(encoded(drawing(800, 600).convert(mode), "JPEG"), least_side)
    assert (found.width, found.height) == (800, 600)
    assert found.pixels.shape == (longest * 3 // 4, longest, 3)
    expected = drawing(longest, longest * 3 // 4).convert(mode).convert("RGB")
    assert looks_the_same(found.pixels, expected)


def test_a_turned_jpeg_keeps_its_upright_full_size_when_reduced() -> None:
    found = decoded(turned(drawing(400, 800), 6, "JPEG"), 200)
    assert (found.width, found.height, found.pixels.shape) == (400, 800, (200, 100, 3))
    assert looks_the_same(found.pixels, drawing(100, 200))


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "JPEG"])
def test_other_formats_come_at_full_size(kind: str) -> None:
    assert decoded(encoded(drawing(), kind), 12).pixels.shape == (64, 96, 3)


def test_a_thumbnail_inside_a_file_is_never_taken_for_the_picture() -> None:
    data = encoded(drawing(512, 256), "HEIF", thumbnails=[128])
    assert decoded(data, 64).pixels.shape == (256, 512, 3)


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(bytes=100), "larger than the limit of 100 bytes"),
        (Limits(pixels=6000), "96x64 pixels; the limit is 0.006 megapixels: make it smaller"),
        (Limits(side=95), "96x64 pixels; the limit is 95 on a side"),
        (Limits(shortest_side=65), "96x64 pixels; the shorter side must have at least 65"),
    ],
)
@pytest.mark.parametrize("kind", FORMATS)
def test_each_limit_is_named_with_what_to_do(kind: str, limits: Limits, says: str) -> None:
    assert says in refusal(NOISE[kind], limits)


@pytest.mark.parametrize("kind", FORMATS)
def test_at_its_limits_a_picture_passes(kind: str) -> None:
    size = len(NOISE[kind])
    limits = Limits(bytes=size, pixels=96 * 64, side=96, shortest_side=64)
    assert isinstance(photo.decode(NOISE[kind], name="x", limits=limits), Photo)


@pytest.mark.parametrize(
    ("size", "says"),
    [
        ((100_000, 100_000), "100000x100000 pixels; the limit is 30,000 on a side"),
        ((20_000, 20_000), "20000x20000 pixels; the limit is 100 megapixels"),
        ((9_700, 9_700), "cut off"),
        ((20_000, 1), "at least 16"),
        ((0, 50), "damaged"),
    ],
)
def test_a_tiny_file_that_claims_a_huge_size_is_refused(size: tuple[int, int], says: str) -> None:
    assert says in refusal(png_of(*size, rows=b"\0" * 1000))


def test_a_webp_or_gif_that_claims_a_huge_size_is_refused() -> None:
    gif = NOISE["GIF"]
    at = gif.index(b",\0\0\0\0\x60\0\x40\0")
    assert "100 megapixels" in refusal(gif[: at + 5] + b"\xff\xff\xff\xff" + gif[at + 9 :])
    webp = bytearray(encoded(drawing().convert("RGBA"), "WEBP"))
    webp[24:30] = b"\xff\x3f\0\xff\x3f\0"
    assert "megapixels" in refusal(bytes(webp)) or "damaged" in refusal(bytes(webp))


def test_a_jpeg_with_thousands_of_passes_is_refused() -> None:
    data = encoded(drawing(3000, 2000), "JPEG", progressive=True)
    last = data[data.rindex(b"\xff\xda") : -2]
    assert "passes" in refusal(data[:-2] + last * 2000 + b"\xff\xd9")
    assert isinstance(photo.decode(data, name="x"), Photo)


def test_text_that_unpacks_to_gigabytes_is_refused() -> None:
    import zlib

    bomb = chunk(b"zTXt", b"a\0\0" + zlib.compress(b"a" * 30_000_000))
    assert "damaged" in refusal(png_of(20, 20, before=bomb, rows=b"\0" * 61 * 20))


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_file_that_is_cut_off_is_never_half_a_picture(kind: str, share: float) -> None:
    data = NOISE[kind]
    assert "again" in refusal(data[: int(len(data) * share)])


def test_a_progressive_jpeg_that_is_cut_off_is_called_so() -> None:
    data = encoded(noise(), "JPEG", progressive=True)
    assert "cut off" in refusal(data[: len(data) * 9 // 10])


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    kind=st.sampled_from(FORMATS),
    flips=st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), max_size=12),
    share=st.sampled_from([1.0, 1.0, 0.99, 0.5]),
    least_side=st.sampled_from([None, 24]),
)
def test_damaged_bytes_give_a_photo_or_a_gap_and_nothing_else(
    kind: str, flips: list[tuple[int, int]], share: float, least_side: int | None
) -> None:
    data = bytearray(NOISE[kind])
    for at, value in flips:
        data[at % len(data)] = value
    found = photo.decode(bytes(data[: int(len(data) * share)]), name="x", least_side=least_side)
    if isinstance(found, Photo):
        assert found.pixels.shape[2] == 3
        assert max(found.pixels.shape) <= max(found.width, found.height)
    else:
        assert found.reason.isprintable()


@pytest.mark.parametrize(("side", "size"), [(30, (30, 20)), (96, (96, 64)), (500, (96, 64)), (1, (1, 1))])
def test_a_thumbnail_is_a_jpeg_no_larger_than_asked_and_never_enlarged(
    side: int, size: tuple[int, int]
) -> None:
    thumbnail = photo.thumbnail_of(decoded(encoded(drawing(), "PNG")), side)
    with Image.open(io.BytesIO(thumbnail)) as image:
        assert (image.format, image.size) == ("JPEG", size)
    assert photo.pixels_of(thumbnail).shape == (size[1], size[0], 3)


def test_a_thumbnail_shows_the_picture() -> None:
    thumbnail = photo.thumbnail_of(decoded(encoded(drawing(800, 600), "PNG")), 200)
    assert looks_the_same(photo.pixels_of(thumbnail), drawing(200, 150))


def test_a_damaged_thumbnail_is_said_to_be_one() -> None:
    thumbnail = photo.thumbnail_of(decoded(NOISE["PNG"]), 64)
    with pytest.raises(PhotoError, match="a stored thumbnail cannot be read: cut off"):
        photo.pixels_of(thumbnail[:-300])
