"""Files that are no photos, each bad in its own way, and what must be said of them."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image


def huge_png(width: int = 100_000, height: int = 100_000) -> bytes:
    """About 1 kB that say they are 10,000 megapixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(bytes(800_000), 9))
    return b"\x89PNG\r\n\x1a\n" + header + rows + chunk(b"IEND", b"")


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((200, 200), 60).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.jpg", jpeg())
    return out.getvalue()


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _unreadable(path: Path) -> None:
    path.write_bytes(jpeg())
    path.chmod(0)


def _data(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty.jpg": (_data(b""), "empty"),
    "truncated.jpg": (_data(jpeg()[:3000]), "cut off"),
    "corrupt.png": (_data(b"\x89PNG\r\n\x1a\n" + bytes(200)), "damaged"),
    "text.jpg": (_data(b"dear diary, this is no picture\n"), "text"),
    "archive.png": (_data(archive()), "zip"),
    "huge.png": (_data(huge_png()), "limit"),
    "flat.png": (_data(huge_png(0, 100)), "damaged"),
    "document.pdf": (_data(b"%PDF-1.7\n/Encrypt"), "PDF"),
    "pipe.jpg": (_fifo, "pipe"),
    "folder.jpg": (lambda path: path.mkdir(), "no picture"),
    "loop.jpg": (lambda path: path.symlink_to(path), "loop|levels|symbolic"),
    "device.jpg": (lambda path: path.symlink_to("/dev/zero"), "device"),
    "missing.jpg": (lambda path: None, "no such file"),
    "locked.jpg": (_unreadable, "may not be read"),
}
"""A name, how it is made, and a word of what must be said of it."""
