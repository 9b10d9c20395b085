"""The pictures of a saved page: from where it refers to -> the bytes, with every size checked first."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from fakeprofile.errors import PhotoError, SourceError
from fakeprofile.photo.kinds import kind_of
from fakeprofile.search.saved.limits import SavedLimits

FAVICON_SIDE = 64
"""Pixels. A picture whose longer side is no more is an icon of the page or of the engine (facts, 8.2)."""

_DATA = re.compile(r"data:([a-z0-9.+/-]{0,60})((?:;[a-z0-9=.+-]{0,60}){0,4}),", re.I)

LookUp = Callable[[str], bytes | None]
"""A reference as it stands in the page -> the bytes that the container holds of it.

May raise SourceError: there is something, and it cannot be read.
"""


class Thumbnails:
    """The pictures of one page, each kept once, as long as they stay within the limits."""

    def __init__(self, look_up: LookUp, limits: SavedLimits) -> None:
        self._look_up = look_up
        self._limits = limits
        self._kept: dict[str, bytes] = {}
        self._size = 0
        self.refused: list[str] = []
        """Why pictures were left out, once for each reason."""

    def of(self, reference: str) -> bytes | None:
        """The bytes that the reference stands for; None if they are not there, or are no picture."""
        try:
            data = self._inline(reference) if reference.startswith("data:") else self._look_up(reference)
        except SourceError as error:
            self._refuse(str(error))
            return None
        if data is None:
            return None
        try:
            kind_of(data)
        except PhotoError:
            return None
        return self._keep(data)

    def _inline(self, reference: str) -> bytes | None:
        start = _DATA.match(reference)
        if start is None or start[1].lower().startswith("image/svg"):
            return None
        # Four characters stand for three bytes: what is too long is refused before it is decoded.
        if (len(reference) - start.end()) * 3 // 4 > self._limits.picture_bytes:
            raise SourceError(f"thumbnails over {self._limits.picture_bytes:,} bytes were left out")
        text = reference[start.end() :]
        if "base64" not in start[2].lower():
            return unquote_to_bytes(text)
        plain = unquote_to_bytes(text).translate(None, b" \t\r\n")
        try:
            return base64.b64decode(plain + b"=" * (-len(plain) % 4))
        except (binascii.Error, ValueError):
            return None

    def _keep(self, data: bytes) -> bytes | None:
        if len(data) > self._limits.picture_bytes:
            self._refuse(f"thumbnails over {self._limits.picture_bytes:,} bytes were left out")
            return None
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._kept:
            return self._kept[digest]
        if self._size + len(data) > self._limits.pictures_bytes:
            self._refuse(f"only the first {self._limits.pictures_bytes:,} bytes of thumbnails were taken")
            return None
        self._size += len(data)
        self._kept[digest] = data
        return data

    def _refuse(self, reason: str) -> None:
        if reason not in self.refused and len(self.refused) < 5:
            self.refused.append(reason)


def is_icon(data: bytes) -> bool:
    """Whether the picture is no larger than an icon, as its header says; False where that is not known."""
    size = _size_of(data)
    return size is not None and max(size) <= FAVICON_SIDE


def _size_of(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels by the header of a PNG, GIF, JPEG or WebP; no decoder sees it."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        return struct.unpack_from(">II", data, 16)
    if data.startswith(b"GIF8") and len(data) >= 10:
        return struct.unpack_from("<HH", data, 6)
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    if data[8:12] == b"WEBP" and len(data) >= 30:
        return _webp_size(data)
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    for _ in range(200):
        at = data.find(b"\xff", at)
        if at < 0 or at + 9 > len(data):
            return None
        mark = data[at + 1]
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        alone = mark in (0x00, 0x01, 0xFF) or 0xD0 <= mark <= 0xD8
        at += 1 if mark == 0xFF else 2 if alone else 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    return None


def _webp_size(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return (bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    return None
