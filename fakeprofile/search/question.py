"""A photo -> what may leave the machine of it: fewer pixels, and nothing that the file says of itself.

A camera's place and time must not go to a service that needs pixels only, so the picture is written
anew from its pixels. The same pixels always give the same bytes, or nothing could be kept of an answer.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from fakeprofile.errors import PhotoError, UsageError
from fakeprofile.photo import pixels_of
from fakeprofile.records import Photo
from fakeprofile.search.rows import is_address, one_line
from fakeprofile.search.service import Question

if TYPE_CHECKING:
    from PIL import Image

SIDE = 1600
"""Pixels: no service asks for more, and copies are found with less."""
MOST_BYTES = 999_999
QUALITIES = (90, 82, 74, 66, 58)
SMALLER = 0.8
"""By how much the sides are shortened when the lowest quality is still too large."""
SHORTEST = 16


def question_of(photo: Photo, url: str | None = None) -> Question:
    """The photo as it may leave the machine: RGB JPEG, at most 1600 px, below 1 MB, no metadata.

    Args:
        photo: decoded, upright and in sRGB.
        url: the public address of the photo, if the user named one.

    Raises:
        UsageError: the address is none that a service could fetch.
    """
    from PIL import Image

    if url is not None and not is_address(url):
        raise UsageError(
            f"“{one_line(url, 80)}” is not a public address of a picture: write it whole, with http:// or https:// "
            "and without a user name"
        )
    jpeg = _jpeg(Image.fromarray(photo.pixels).convert("RGB"), MOST_BYTES)
    return Question(photo=photo.name, jpeg=jpeg, url=url)


def fitted(jpeg: bytes, most: int) -> bytes:
    """The same picture in at most so many bytes, for a service that takes less than others; as it was if it fits.

    Raises:
        PhotoError: it is no JPEG, or cannot be made so small.
    """
    if len(jpeg) <= most:
        return jpeg
    from PIL import Image

    return _jpeg(Image.fromarray(pixels_of(jpeg)), most)


def _jpeg(image: Image.Image, most: int) -> bytes:
    """The best JPEG that fits: first less quality, then fewer pixels."""
    from PIL import Image

    side = min(SIDE, max(image.size))
    while side >= SHORTEST:
        scale = side / max(image.size)
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        smaller = image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)
        poorest = _encoded(smaller, QUALITIES[-1])
        if len(poorest) <= most:
            better = (_encoded(smaller, quality) for quality in QUALITIES[:-1])
            return next((one for one in better if len(one) <= most), poorest)
        side = int(side * SMALLER)
    raise PhotoError(f"the picture cannot be made smaller than {most:,} bytes")


def _encoded(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling="4:2:0")
    return out.getvalue()
