"""The pictures that the services point at."""

from __future__ import annotations

import zlib
from functools import cache

from drawn import scene
from photo_files import encoded
from PIL import Image

from fakeprofile.testing.loopback import Heard, Spoken


@cache
def jpeg(seed: int) -> bytes:
    """A small picture, the same for the same number."""
    return encoded(Image.fromarray(scene(seed, 240, 180)), "JPEG")


def speak(heard: Heard, scenario: str) -> Spoken:
    """``/pictures/7.jpg``; any other name has a picture too. With the scenario ``no picture`` a page instead."""
    if scenario == "no picture":
        return Spoken(status=404, body=b"<p>gone</p>", kind="text/html")
    name = heard.path.rsplit("/", 1)[1].removesuffix(".jpg")
    seed = int(name) if name.isdigit() else zlib.crc32(name.encode()) % 1000
    return Spoken(body=jpeg(seed), kind="image/jpeg")
