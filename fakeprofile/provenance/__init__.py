"""What a picture file says of itself: bytes in, marks out.

Anybody can write these fields, and nearly every platform takes them away: a mark is evidence, its
absence says nothing. The picture itself is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from fakeprofile.errors import PhotoError
from fakeprofile.provenance.blocks import Block, BlockKind, Found, text_of
from fakeprofile.provenance.blocks import short as _short
from fakeprofile.provenance.containers import read_container
from fakeprofile.provenance.credentials import UNREAD, WHERE, credentials_marks
from fakeprofile.provenance.dates import exif_date, xmp_date
from fakeprofile.provenance.exif import exif_marks
from fakeprofile.provenance.generators import named_mark, text_mark
from fakeprofile.provenance.iptc import iptc_marks
from fakeprofile.provenance.tiff import Tiff
from fakeprofile.provenance.xmp import xmp_marks
from fakeprofile.records import FileMarks, Mark, MarkKind

MOST_MARKS = 100

_TEXT_KINDS = {"Software": MarkKind.SOFTWARE, "Author": MarkKind.AUTHOR, "Copyright": MarkKind.AUTHOR}
"""Keywords that the PNG standard names (section 11.3.3.2)."""


def marks_of(data: bytes, name: str, *, show_place: bool = False) -> FileMarks:
    """All that a JPEG, PNG, WebP, HEIC, AVIF, TIFF or GIF says of itself; whatever is broken in it is a gap.

    Args:
        data: the whole file.
        name: what it is called in the result.
        show_place: tell where the picture was taken, not only that the file says so.
    """
    found = Found(name)
    kind = read_container(data, found)
    if not kind:
        found.miss("not a kind of picture whose marks can be read (JPEG, PNG, WebP, HEIC, AVIF, TIFF, GIF)")
    marks = list(exif_marks(found.tiff, show_place=show_place)) if found.tiff else []
    for block in found.blocks:
        try:
            marks += _marks(block, data, kind, show_place)
        except PhotoError as error:
            found.miss(str(error))
            marks.append(Mark(kind=MarkKind.CREDENTIALS, value=UNREAD, where=WHERE))
        except ValueError:
            found.miss(f"its {block.kind.value} data are damaged")
    unique = tuple(dict.fromkeys(marks))
    if len(unique) > MOST_MARKS:
        found.miss(f"it has more than {MOST_MARKS} marks; only the first are told")
    return FileMarks(photo=name, marks=unique[:MOST_MARKS], gaps=tuple(found.gaps))


def _marks(block: Block, data: bytes, kind: str, show_place: bool) -> list[Mark]:
    """The marks of one block.

    Raises:
        ValueError: it is damaged.
        PhotoError: its content credentials are.
    """
    match block.kind:
        case BlockKind.EXIF:
            tiff = Tiff(block.data)
            if not tiff.first:
                raise ValueError("no TIFF header")
            return list(exif_marks(tiff, show_place=show_place))
        case BlockKind.XMP:
            return list(xmp_marks(block.data, show_place=show_place))
        case BlockKind.IPTC:
            return list(iptc_marks(block.data, show_place=show_place))
        case BlockKind.CREDENTIALS:
            return credentials_marks(data, kind)
        case BlockKind.TIME:
            return list(_time_marks(block.data))
        case BlockKind.COMMENT:
            mark = text_mark("comment", text_of(block.data), "comment")
            return [mark] if mark else []
        case BlockKind.TEXT:
            return list(_text_marks(block.key, text_of(block.data)))


def _text_marks(key: str, text: str) -> Iterator[Mark]:
    """A keyed text of a PNG."""
    where = f"PNG {_short(key)}"
    generated = text_mark(key, text, where) or (named_mark(text, where) if key in _TEXT_KINDS else None)
    if generated:
        yield generated
    if key in _TEXT_KINDS and text.strip():
        yield Mark(kind=_TEXT_KINDS[key], value=_short(text), where=where)
    if key == "Creation Time" and (on := xmp_date(text[:40]) or exif_date(text[:40])):
        yield Mark(kind=MarkKind.TAKEN, value=_short(text), where=where, on=on)


def _time_marks(data: bytes) -> Iterator[Mark]:
    """The last change of a PNG, in UTC."""
    if len(data) == 7:
        on = xmp_date(f"{int.from_bytes(data[:2]):04}-{data[2]:02}-{data[3]:02}")
        if on:
            clock = ":".join(f"{part:02}" for part in data[4:])
            yield Mark(kind=MarkKind.CHANGED, value=f"{on} {clock} UTC", where="PNG tIME", on=on)


__all__ = ["marks_of"]
