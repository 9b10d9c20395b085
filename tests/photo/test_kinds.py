"""``fakeprofile.photo.kinds``: the first bytes tell what a file is, whatever its name says."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from photo_files import FORMATS, NOISE, drawing, encoded, looks_the_same, refusal

from fakeprofile import photo
from fakeprofile.records import Photo


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("ending", ["jpg", "txt", "pdf", ""])
def test_the_content_tells_the_format_and_the_ending_never_does(
    kind: str, ending: str, tmp_path: Path
) -> None:
    data = encoded(drawing(), kind)
    path = tmp_path / f"a.{ending}"
    path.write_bytes(data)
    found = photo.read(path)
    assert isinstance(found, Photo)
    assert (found.name, found.width, found.height, found.frames) == (str(path), 96, 64, 1)
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert found.pixels.dtype == np.uint8
    assert looks_the_same(found.pixels, drawing())


@pytest.mark.parametrize("kind", ["EPS", "PDF", "PPM", "TGA", "ICO", "PCX", "SGI", "JPEG2000", "DDS", "ICNS"])
def test_formats_that_no_platform_hands_out_are_not_decoded(kind: str) -> None:
    assert "what can be read is JPEG, PNG" in refusal(encoded(drawing(64, 64), kind))


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.jpg", NOISE["JPEG"])
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "an empty file"),
        (b"\n<!DOCTYPE html><title>Log in</title>", "looks like a web page"),
        (b"\xef\xbb\xbf<!-- x --> <HTML>", "looks like a web page"),
        (b'<?xml version="1.0"?><svg xmlns="x"/>', "looks like an SVG drawing"),
        (b"%PDF-1.7\n/Encrypt", "looks like a PDF document"),
        (zipped(), "looks like a zip archive"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41", "looks like a video"),
        (b"\x1aE\xdf\xa3\x9fB\x86", "looks like a video"),
        (b"BMW is a maker of cars.", "looks like text"),
        ('{"naam": "Zoë"}'.encode(), "looks like text"),
        (bytes(range(256)) * 4, "not a picture of a known kind"),
        (b"\0" * 5000, "not a picture of a known kind"),
        (b"\xff", "looks like text"),
        (b"\xff\xd8\xff", "damaged"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"GIF89a", "damaged"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "damaged"),
    ],
)
def test_what_is_not_a_picture_is_called_what_it_is(data: bytes, says: str) -> None:
    assert says in refusal(data)
