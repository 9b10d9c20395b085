"""A picture file -> its pieces of metadata; what is broken is skipped and noted, the rest is still read."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator

from fakeprofile.provenance.blocks import MOST_BYTES, BlockKind, Found
from fakeprofile.provenance.boxes import read_boxes
from fakeprofile.provenance.tiff import Tiff, Value

MOST_PARTS = 20_000
"""Segments, chunks or blocks of one file that are walked over."""

_EXIF_START = b"Exif\x00\x00"
_XMP_START = b"http://ns.adobe.com/xap/1.0/\x00"
_XMP_MORE = b"http://ns.adobe.com/xmp/extension/\x00"
_CUT = "it is cut off or damaged, so its data were read only up to there"


def read_container(data: bytes, found: Found) -> str:
    """Puts all metadata of the file into ``found``; gives the kind of file, empty if it is none that can be read."""
    for start, name, reader in _READERS:
        if re.match(start, data, re.DOTALL):
            reader(data, found)
            return name
    return ""


# --- JPEG -----------------------------------------------------------------------------------


def _read_jpeg(data: bytes, found: Found) -> None:
    """The segments before the picture itself (ITU T.81, annex B)."""
    more: dict[bytes, list[tuple[int, bytes]]] = {}
    credentials = b""
    for marker, body in _segments(data, found):
        if marker == 0xE1 and body.startswith(_EXIF_START):
            found.add(BlockKind.EXIF, body[6:])
        elif marker == 0xE1 and body.startswith(_XMP_START):
            found.add(BlockKind.XMP, body[len(_XMP_START) :])
        elif marker == 0xE1 and body.startswith(_XMP_MORE):
            at = len(_XMP_MORE)
            offset = int.from_bytes(body[at + 36 : at + 40])
            more.setdefault(body[at : at + 32], []).append((offset, body[at + 40 :]))
        elif marker == 0xEB and body.startswith(b"JP"):
            credentials += body[8:] if len(credentials) < MOST_BYTES else b""
        elif marker == 0xED and body.startswith(b"Photoshop 3.0\x00"):
            read_photoshop(body[14:], found)
        elif marker == 0xFE:
            found.add(BlockKind.COMMENT, body)
    for parts in more.values():
        found.add(BlockKind.XMP, b"".join(part for _, part in sorted(parts)))
    _add_credentials(credentials, found)


def _segments(data: bytes, found: Found) -> Iterator[tuple[int, bytes]]:
    at = 2
    for _ in range(MOST_PARTS):
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        marker = data[at + 1] if at + 1 < len(data) else -1
        if marker in (0xDA, 0xD9) and data[at] == 0xFF:
            return
        size = int.from_bytes(data[at + 2 : at + 4])
        if marker < 0 or data[at] != 0xFF or size < 2 or at + 2 + size > len(data):
            found.miss(_CUT)
            return
        yield marker, data[at + 4 : at + 2 + size]
        at += 2 + size


def read_photoshop(data: bytes, found: Found) -> None:
    """The IPTC record among Photoshop's image resources (``8BIM`` 0x0404)."""
    at = 0
    for _ in range(MOST_PARTS):
        if data[at : at + 4] != b"8BIM" or at + 12 > len(data):
            return
        name = data[at + 6] + 1
        size_at = at + 6 + name + name % 2
        size = int.from_bytes(data[size_at : size_at + 4])
        if data[at + 4 : at + 6] == b"\x04\x04":
            found.add(BlockKind.IPTC, data[size_at + 4 : size_at + 4 + size])
        at = size_at + 4 + size + size % 2


def _add_credentials(data: bytes, found: Found) -> None:
    """A JUMBF box with a C2PA store in it; other boxes are none."""
    if b"jumb" in data[:64] and b"c2pa" in data[:256]:
        found.add(BlockKind.CREDENTIALS, data[:256])


# --- PNG ------------------------------------------------------------------------------------


def _read_png(data: bytes, found: Found) -> None:
    """All chunks, those behind the picture too (PNG 3rd edition, section 11.3)."""
    at = 8
    for _ in range(MOST_PARTS):
        size = int.from_bytes(data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if len(name) < 4 or len(body) < size:
            if name != b"IEND":
                found.miss(_CUT)
            return
        if name == b"IEND":
            return
        _read_chunk(name, body, found)
        at += 12 + size
    found.miss(f"it has more than {MOST_PARTS:,} chunks; only the first were read")


def _read_chunk(name: bytes, body: bytes, found: Found) -> None:
    match name:
        case b"eXIf":
            found.add(BlockKind.EXIF, body.removeprefix(_EXIF_START))
        case b"caBX":
            _add_credentials(body, found)
        case b"tIME":
            found.add(BlockKind.TIME, body)
        case b"tEXt":
            key, _, text = body.partition(b"\x00")
            _add_text(key, text.decode("latin-1").encode(), found)
        case b"zTXt":
            key, _, packed = body.partition(b"\x00")
            _add_text(key, _unpacked(packed[1:], found).decode("latin-1").encode(), found)
        case b"iTXt":
            key, _, rest = body.partition(b"\x00")
            _, _, text = rest[2:].partition(b"\x00")
            _, _, text = text.partition(b"\x00")
            _add_text(key, _unpacked(text, found) if rest[:1] == b"\x01" else text, found)


def _add_text(key: bytes, text: bytes, found: Found) -> None:
    """A keyed text; XMP, and EXIF and IPTC as ImageMagick writes them in hex, as what they are."""
    name = key.decode("latin-1")
    if name == "XML:com.adobe.xmp":
        found.add(BlockKind.XMP, text)
        return
    raw = re.fullmatch(r"Raw profile type (exif|APP1|iptc|8bim|xmp)", name, re.IGNORECASE)
    if raw is None:
        if text:
            found.add(BlockKind.TEXT, text, name)
        return
    try:
        data = bytes.fromhex("".join(text.decode("latin-1").split()[2:]))
    except ValueError:
        found.miss(f"its text “{name[:40]}” is damaged")
        return
    if data.startswith(_EXIF_START):
        found.add(BlockKind.EXIF, data[6:])
    elif data.startswith(_XMP_START):
        found.add(BlockKind.XMP, data[len(_XMP_START) :])
    elif data.startswith(b"8BIM"):
        read_photoshop(data, found)
    elif data.startswith(b"\x1c"):
        found.add(BlockKind.IPTC, data)


def _unpacked(packed: bytes, found: Found) -> bytes:
    """What was packed, as far as it can be unpacked and is not too large."""
    stream = zlib.decompressobj()
    most = min(MOST_BYTES, found.room)
    try:
        text = stream.decompress(packed, most) if most > 0 else b""
    except zlib.error:
        found.miss("one of its packed texts is damaged")
        return b""
    found.room -= len(text)
    if stream.eof:
        return text
    if len(text) >= most:
        found.miss(
            f"its packed texts are larger than the limit of {MOST_BYTES >> 20} MB, and were not read to the end"
        )
    else:
        found.miss("one of its packed texts is cut off")
    return text


# --- WebP, GIF, TIFF ------------------------------------------------------------------------


def _read_webp(data: bytes, found: Found) -> None:
    """The chunks of the RIFF container (RFC 9649)."""
    at = 12
    for _ in range(MOST_PARTS):
        if at + 8 > len(data):
            return
        name, (size,) = data[at : at + 4], struct.unpack_from("<I", data, at + 4)
        body = data[at + 8 : at + 8 + size]
        if len(body) < size:
            found.miss(_CUT)
        if name == b"EXIF":
            found.add(BlockKind.EXIF, body.removeprefix(_EXIF_START))
        elif name == b"XMP ":
            found.add(BlockKind.XMP, body)
        elif name == b"C2PA":
            _add_credentials(body, found)
        at += 8 + size + size % 2


def _read_gif(data: bytes, found: Found) -> None:
    """Comments and application blocks (GIF89a, sections 24 and 26)."""
    flags = data[10] if len(data) > 10 else 0
    at = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    for _ in range(MOST_PARTS):
        kind = data[at : at + 1]
        if kind == b";":
            return
        if kind == b",":
            flags = data[at + 9] if len(data) > at + 9 else 0
            _, at = _sub_blocks(data, at + 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0))
        elif kind == b"!" and data[at + 1 : at + 2] == b"\xfe":
            body, at = _sub_blocks(data, at + 2)
            found.add(BlockKind.COMMENT, body)
        elif kind == b"!" and data[at + 3 : at + 14] == b"XMP DataXMP":
            end = data.find(
                b"\x00\x00", at
            )  # the packet lies there in one piece, with a tail that leads to its end
            found.add(
                BlockKind.XMP, data[at + 14 : end if end > 0 else at + 14].partition(b"\x01\xff\xfe")[0]
            )
            at = end + 2 if end > 0 else len(data)
        elif kind == b"!":
            body, at = _sub_blocks(data, at + 2)
            if body.startswith(b"C2PA_GIF"):
                _add_credentials(body[11:], found)
        else:
            found.miss(_CUT)
            return


def _sub_blocks(data: bytes, at: int) -> tuple[bytes, int]:
    """The blocks from there on, joined up to a limit, and where they end."""
    parts, size = [], 0
    while at < len(data) and data[at]:
        if size <= MOST_BYTES:
            parts.append(data[at + 1 : at + 1 + data[at]])
            size += data[at]
        at += 1 + data[at]
    return b"".join(parts), at + 1


def _read_tiff(data: bytes, found: Found) -> None:
    """The file is itself what EXIF is elsewhere; XMP, IPTC and C2PA are tags of it."""
    tiff = Tiff(data)
    tags: dict[int, Value] = tiff.tags(tiff.first)
    for tag, kind in ((700, BlockKind.XMP), (33723, BlockKind.IPTC), (0xCD41, BlockKind.CREDENTIALS)):
        value = tags.get(tag)
        if isinstance(value, bytes):
            found.add(kind, value)
    if isinstance(photoshop := tags.get(34377), bytes):
        read_photoshop(photoshop, found)
    found.tiff = tiff


def _read_heif(data: bytes, found: Found) -> None:
    for kind, body in read_boxes(data, found.miss):
        if kind is BlockKind.EXIF:
            # Four bytes say how much stands before the TIFF header; it is "Exif\0\0" or nothing.
            start = int.from_bytes(body[:4]) + 4
            found.add(kind, body[start:].removeprefix(_EXIF_START))
        elif kind is BlockKind.CREDENTIALS:
            _add_credentials(body, found)
        else:
            found.add(kind, body)


Reader = Callable[[bytes, Found], None]
_READERS: tuple[tuple[bytes, str, Reader], ...] = (
    (rb"\xff\xd8\xff", "image/jpeg", _read_jpeg),
    (rb"\x89PNG\r\n\x1a\n", "image/png", _read_png),
    (rb"RIFF....WEBP", "image/webp", _read_webp),
    (rb"GIF8[79]a", "image/gif", _read_gif),
    (rb"II\*\x00|MM\x00\*", "image/tiff", _read_tiff),
    (rb"....ftypavi[fs]", "image/avif", _read_heif),
    (rb"....ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1|miaf)", "image/heic", _read_heif),
)
