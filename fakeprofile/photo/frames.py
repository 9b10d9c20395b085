"""How many frames or pages a picture file holds, counted without decoding them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFile

MOST_PAGES = 100
"""Counting stops here at the latest in a TIFF, where each page costs a parsed directory."""


def frames_of(kind: str, image: ImageFile.ImageFile, data: bytes, most: int) -> int:
    """Frames of an animation or pages of a TIFF, 1 for a single picture; counting stops at ``most``."""
    match kind:
        case "JPEG":  # what may follow is a preview, a depth or a brightness map of the same picture
            return 1
        case "GIF":
            return _frames_of_gif(data, most)
        case "TIFF":
            return _pages_of_tiff(image, min(most, MOST_PAGES))
    frames = getattr(image, "n_frames", 1)
    return max(1, min(int(frames), most))


def _frames_of_gif(data: bytes, most: int) -> int:
    """Image blocks of a GIF (GIF89a, section 20), counted without decoding them."""
    at = 13 + _table_bytes(data, 10)
    frames = 0
    while frames < most:
        match data[at : at + 1]:
            case b"!":
                at = _after_blocks(data, at + 2)
            case b",":
                at = _after_blocks(data, at + 11 + _table_bytes(data, at + 9))
                frames += 1
            case _:
                break
    return max(1, frames)


def _table_bytes(data: bytes, flags_at: int) -> int:
    flags = data[flags_at] if flags_at < len(data) else 0
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1


def _pages_of_tiff(image: ImageFile.ImageFile, most: int) -> int:
    pages = 1
    try:
        while pages < most:
            image.seek(pages)
            pages += 1
    except Exception:  # noqa: BLE001, S110 - a damaged later page says nothing about the first one
        pass
    image.seek(0)
    return pages
