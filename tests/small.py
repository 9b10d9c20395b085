"""Small drawn pictures as the web and a user have them, and rows that point at them; quick to compare."""

from __future__ import annotations

import functools
import io
from pathlib import Path

from drawn import photo_of, scene
from PIL import Image

from fakeprofile.records import Answer, Gap, Hit, HitKind, Photo
from fakeprofile.settings import DEFAULT
from fakeprofile.views import View, views_of


@functools.cache
def jpeg(seed: int, quality: int = 85) -> bytes:
    """The drawing of that number."""
    out = io.BytesIO()
    Image.fromarray(scene(seed, 240, 180)).save(out, "JPEG", quality=quality)
    return out.getvalue()


@functools.cache
def asked(seed: int = 1) -> tuple[Photo, tuple[View, ...]]:
    """The same drawing as a photo that is asked about, with its views."""
    photo = photo_of(scene(seed, 240, 180), f"{seed}.jpg")
    return photo, views_of(photo, DEFAULT)


def on_disk(folder: Path, seed: int = 1) -> Path:
    """The same drawing as the file of a user: other bytes than on the web."""
    path = folder / f"{seed}.jpg"
    path.write_bytes(jpeg(seed, 92))
    return path


def hit(seed: int | None, page: str | None = "https://pages.example/1", **more: object) -> Hit:
    """A row that comes with its small picture, or without any."""
    small = None if seed is None else jpeg(seed)
    fields: dict[str, object] = {"service": "one", "kind": HitKind.COPY, "page_url": page, "thumbnail": small}
    return Hit(**(fields | more))  # type: ignore[arg-type]


def answer(*hits: Hit, photo: str = "", gaps: tuple[Gap, ...] = ()) -> Answer:
    """What a service said of a photo, or a saved page of whichever."""
    return Answer(service=hits[0].service if hits else "one", photo=photo, hits=hits, gaps=gaps)
