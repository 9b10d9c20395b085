"""The pictures that the services point at."""

from __future__ import annotations

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
    """``/pictures/7.jpg``; with the scenario ``no picture`` a page instead."""
    name = heard.path.rsplit("/", 1)[1].removesuffix(".jpg")
    if scenario == "no picture" or not name.isdigit():
        return Spoken(status=404, body=b"<p>gone</p>", kind="text/html")
    return Spoken(body=jpeg(int(name)), kind="image/jpeg")
