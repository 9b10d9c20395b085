"""Picture files, drawn and encoded for the tests, and what is asked of the photos that they become."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image, ImageCms

from fakeprofile import photo
from fakeprofile.records import Gap, Photo, Pixels
from fakeprofile.settings import Limits

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF")


def drawing(width: int = 96, height: int = 64) -> Image.Image:
    """Four quarters in red, green, blue and grey: no turn or mirror of it looks the same."""
    pixels = np.full((height, width, 3), 90, np.uint8)
    pixels[: height // 2, : width // 2] = (220, 20, 20)
    pixels[: height // 2, width // 2 :] = (20, 200, 20)
    pixels[height // 2 :, : width // 2] = (20, 20, 230)
    return Image.fromarray(pixels)


def noise(width: int = 96, height: int = 64) -> Image.Image:
    """A picture whose data spread evenly over the file."""
    pixels = np.random.default_rng(7).integers(0, 256, (height // 4, width // 4, 3), dtype=np.uint8)
    return Image.fromarray(pixels.repeat(4, 0).repeat(4, 1))


def ramp(dtype: type[np.generic] | str, white: float) -> np.ndarray[Any, Any]:
    """Grey from 0 to ``white``, left to right."""
    return np.tile(np.linspace(0, white, 96), (64, 1)).astype(dtype)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The file that Pillow writes."""
    out = io.BytesIO()
    image.save(out, kind, **({"quality": 92} if kind in ("JPEG", "WEBP", "AVIF", "HEIF") else {}) | options)
    return out.getvalue()


def turned(image: Image.Image, orientation: int, kind: str) -> bytes:
    """A file that shows ``image`` once its EXIF orientation is followed."""
    undo = Image.Transpose
    undoing = (
        None, undo.FLIP_LEFT_RIGHT, undo.ROTATE_180, undo.FLIP_TOP_BOTTOM,
        undo.TRANSPOSE, undo.ROTATE_90, undo.TRANSVERSE, undo.ROTATE_270,
    )[orientation - 1]  # fmt: skip
    stored = image if undoing is None else image.transpose(undoing)
    exif = Image.Exif()
    exif[274] = orientation
    # As bytes: pillow_heif writes HEIF's own turn only then, and that is what counts there.
    return encoded(stored, kind, exif=exif.tobytes())


def png_of(width: int, height: int, *, bits: int = 8, before: bytes = b"", rows: bytes = b"") -> bytes:
    """A PNG in RGB whose header says what it likes."""
    header = struct.pack(">IIBBBBB", width, height, bits, 2, 0, 0, 0)
    data = chunk(b"IHDR", header) + before + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + data


def chunk(name: bytes, data: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def swapped_profile() -> bytes:
    """A colour profile under which red means blue: sRGB with two tags swapped, under another name."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))
    return profile.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")


def srgb_profile() -> bytes:
    """The usual profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def lab_profile() -> bytes:
    """A sound profile that does not fit a picture in RGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


NOISE = {kind: encoded(noise(), kind) for kind in FORMATS}


# --- what is asked of a photo ---------------------------------------------------------------


def decoded(data: bytes, least_side: int | None = None) -> Photo:
    """The photo that the bytes must become."""
    found = photo.decode(data, name="x", least_side=least_side)
    assert isinstance(found, Photo), found
    return found


def refusal(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008
    """The reason why the bytes must not become a photo."""
    found = photo.decode(data, name="x", limits=limits)
    assert isinstance(found, Gap), found
    assert (found.step, found.about) == ("photo", "x")
    assert found.reason.isprintable()
    return found.reason


def quarters(pixels: Pixels) -> list[list[int]]:
    """The colours in the middle of the four quarters, in the order they are read."""
    height, width = pixels.shape[:2]
    return [pixels[height * y // 4, width * x // 4].tolist() for y in (1, 3) for x in (1, 3)]


def looks_the_same(one: Pixels, other: Image.Image | Pixels, within: int = 12) -> bool:
    """Whether two pictures have one size and the same quarters."""
    other = np.asarray(other)
    return one.shape == other.shape and np.allclose(quarters(one), quarters(other), atol=within)
