"""First bytes -> the kind of picture, and the one decoder for it."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from fakeprofile.errors import PhotoError

if TYPE_CHECKING:
    from PIL import ImageFile

READABLE = "JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF and HEIC"

_PICTURES = (
    ("JPEG", re.compile(rb"\xff\xd8\xff")),
    ("PNG", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("WebP", re.compile(rb"RIFF....WEBP", re.DOTALL)),
    ("GIF", re.compile(rb"GIF8[79]a")),
    # The size of the second header too: "BM" alone starts many a text.
    ("BMP", re.compile(rb"BM.{12}[\x0c\x10\x28\x34\x38\x40\x6c\x7c]\x00\x00\x00", re.DOTALL)),
    ("TIFF", re.compile(rb"II[*+]\x00|MM\x00[*+]")),
    ("AVIF", re.compile(rb".{4}ftyp(avif|avis|(mif1|msf1|miaf).{4}(.{4}){0,15}?(avif|avis))", re.DOTALL)),
    ("HEIC", re.compile(rb".{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)", re.DOTALL)),
)
_OTHERS = (
    ("a PDF document", re.compile(rb"\s*%PDF")),
    ("a web page", re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body)", re.I | re.DOTALL)),
    ("an SVG drawing", re.compile(rb"\s*(<\?xml.*?)?<svg", re.I | re.DOTALL)),
    ("a zip archive", re.compile(rb"PK(\x03\x04|\x05\x06|\x07\x08)")),
    ("an archive", re.compile(rb"\x1f\x8b|Rar!|7z\xbc\xaf|\xfd7zXZ|BZh[1-9]")),
    ("a JPEG 2000 picture", re.compile(rb"\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51")),
    ("a JPEG XL picture", re.compile(rb"\x00\x00\x00\x0cJXL |\xff\x0a")),
    ("an icon", re.compile(rb"\x00\x00[\x01\x02]\x00.\x00", re.DOTALL)),
    ("a Photoshop file", re.compile(rb"8BPS")),
    ("a PostScript file", re.compile(rb"%!PS|\xc5\xd0\xd3\xc6")),
    ("a video", re.compile(rb".{4}(ftyp|moov)|\x1aE\xdf\xa3|RIFF....AVI |\x00\x00\x01\xba", re.DOTALL)),
    ("a sound file", re.compile(rb"RIFF....WAVE|ID3|OggS|fLaC", re.DOTALL)),
)


def kind_of(data: bytes) -> str:
    """The kind of picture that the bytes begin like.

    Raises:
        PhotoError: it is none that can be read; the reason names what it is instead.
    """
    head = data[:1024].removeprefix(b"\xef\xbb\xbf")
    for kind, start in _PICTURES:
        if start.match(head):
            return kind
    for kind, start in _OTHERS:
        if start.match(head):
            raise PhotoError(f"looks like {kind}; what can be read is {READABLE}")
    if not re.search(rb"[\x00-\x08\x0e-\x1f\x7f]", head):
        raise PhotoError(f"looks like text; what can be read is {READABLE}")
    raise PhotoError(f"not a picture of a known kind; what can be read is {READABLE}")


def opened(kind: str, data: bytes) -> ImageFile.ImageFile:
    """The header, read by the one plug-in for this kind: ``Image.open`` would load and try others."""
    file = io.BytesIO(data)
    match kind:
        case "JPEG":
            from PIL.JpegImagePlugin import JpegImageFile as Plugin
        case "PNG":
            from PIL.PngImagePlugin import PngImageFile as Plugin  # type: ignore[assignment]
        case "WebP":
            from PIL.WebPImagePlugin import WebPImageFile as Plugin  # type: ignore[assignment]
        case "GIF":
            from PIL.GifImagePlugin import GifImageFile as Plugin  # type: ignore[assignment]
        case "BMP":
            from PIL.BmpImagePlugin import BmpImageFile as Plugin  # type: ignore[assignment]
        case "TIFF":
            from PIL.TiffImagePlugin import TiffImageFile as Plugin  # type: ignore[assignment]
        case "AVIF":
            from PIL.AvifImagePlugin import AvifImageFile as Plugin  # type: ignore[assignment]
        case _:
            from pillow_heif import HeifImageFile as Plugin  # type: ignore[assignment]
    return Plugin(file)
