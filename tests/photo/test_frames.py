"""``fakeprofile.photo.frames``: frames and pages are counted, and only the first is looked at."""

from __future__ import annotations

import pytest
from photo_files import decoded, drawing, encoded, looks_the_same, noise
from PIL import Image

from fakeprofile.settings import DEFAULT


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "AVIF", "TIFF"])
def test_of_an_animation_the_first_frame_is_taken_and_all_are_counted(kind: str) -> None:
    others = [noise(), drawing().transpose(Image.Transpose.ROTATE_180)]
    found = decoded(encoded(drawing(), kind, save_all=True, append_images=others))
    assert found.frames == 3
    assert looks_the_same(found.pixels, drawing(), within=20)


def test_counting_a_million_frames_is_cut_short() -> None:
    frame = b",\0\0\0\0\1\0\1\0\0\x02\x02\x44\x01\0"
    found = decoded(encoded(drawing(), "GIF")[:-1] + frame * 1_000_000 + b";")
    assert found.frames == DEFAULT.limits.frames


def test_a_later_frame_that_is_cut_off_does_not_cost_the_first() -> None:
    for kind in ("GIF", "TIFF"):
        data = encoded(drawing(), kind, save_all=True, append_images=[noise()])
        assert looks_the_same(decoded(data[: len(data) * 3 // 4]).pixels, drawing())
