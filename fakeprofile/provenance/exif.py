"""What EXIF says: camera, program, dates, author, and whether there is a place."""

from __future__ import annotations

from collections.abc import Iterator

from fakeprofile.provenance.blocks import short, text_of
from fakeprofile.provenance.dates import exif_date
from fakeprofile.provenance.generators import named_mark, text_mark
from fakeprofile.provenance.tiff import Tiff, Value
from fakeprofile.records import Mark, MarkKind

HAS_PLACE = "the file says where it was taken (`fakeprofile file --place` shows it)"

_DATES = (
    (0x9003, 0x9011, "DateTimeOriginal", MarkKind.TAKEN),
    (0x9004, 0x9012, "DateTimeDigitized", MarkKind.TAKEN),
    (0x0132, 0x9010, "DateTime", MarkKind.CHANGED),
)
"""The tag of the date, that of its zone, its name."""
_TEXTS = (
    (0x0131, "Software", MarkKind.SOFTWARE),
    (0x000B, "ProcessingSoftware", MarkKind.SOFTWARE),
    (0xA434, "LensModel", MarkKind.CAMERA),
    (0x013B, "Artist", MarkKind.AUTHOR),
    (0x8298, "Copyright", MarkKind.AUTHOR),
)
_EXIF, _GPS, _MAKE, _MODEL, _DESCRIPTION, _COMMENT, _XP_AUTHOR = (
    0x8769, 0x8825, 0x010F, 0x0110, 0x010E, 0x9286, 0x9C9D,
)  # fmt: skip


def exif_marks(tiff: Tiff, *, show_place: bool) -> Iterator[Mark]:
    """The marks of a TIFF structure; places only if they were asked for."""
    tags = tiff.tags(tiff.first)
    inner = tiff.within(tags, _EXIF)
    everything = {**inner, **tags}
    yield from _camera(everything)
    for tag, name, kind in _TEXTS:
        if text := _text(everything.get(tag)):
            yield Mark(kind=kind, value=short(text), where=f"EXIF {name}")
            if kind is not MarkKind.CAMERA and (mark := named_mark(text, f"EXIF {name}")):
                yield mark
    if isinstance(author := everything.get(_XP_AUTHOR), bytes):
        text = author.decode("utf-16-le", "replace").strip("\x00 ")
        if text:
            yield Mark(kind=MarkKind.AUTHOR, value=short(text), where="EXIF XPAuthor")
    yield from _dates(everything)
    yield from _generated(everything)
    yield from _place(tiff.within(tags, _GPS), show_place=show_place)


def _camera(tags: dict[int, Value]) -> Iterator[Mark]:
    make, model = _text(tags.get(_MAKE)), _text(tags.get(_MODEL))
    if model.startswith("{"):  # an older SwarmUI keeps its settings there
        return
    both = model if model.lower().startswith(make.lower()) else f"{make} {model}"
    if both.strip():
        yield Mark(kind=MarkKind.CAMERA, value=short(both), where="EXIF Make and Model")


def _dates(tags: dict[int, Value]) -> Iterator[Mark]:
    for tag, zone_tag, name, kind in _DATES:
        text, zone = _text(tags.get(tag)), _text(tags.get(zone_tag))
        on = exif_date(text, zone)
        if on is not None:
            yield Mark(kind=kind, value=short(f"{text} {zone}"), where=f"EXIF {name}", on=on)


def _generated(tags: dict[int, Value]) -> Iterator[Mark]:
    comment = tags.get(_COMMENT)
    texts = (
        ("UserComment", "UserComment", _comment(comment) if isinstance(comment, bytes) else ""),
        ("Description", "ImageDescription", _text(tags.get(_DESCRIPTION))),
        ("UserComment", "Model", _text(tags.get(_MODEL))),
    )
    for key, name, text in texts:
        if mark := text_mark(key, text, f"EXIF {name}"):
            yield mark


def _comment(data: bytes) -> str:
    """A UserComment: eight bytes name its code (EXIF 3.0, 4.6.6); either byte order is met with UNICODE."""
    code, text = data[:8], data[8:]
    if code.startswith(b"UNICODE"):
        readings = [text.decode(order, "replace") for order in ("utf-16-be", "utf-16-le")]
        return max(readings, key=lambda one: sum(c.isascii() for c in one[:1000])).strip("\x00 ")
    return text_of(text if code in (b"ASCII\x00\x00\x00", bytes(8)) else data)


def _place(tags: dict[int, Value], *, show_place: bool) -> Iterator[Mark]:
    latitude, longitude = (_degrees(tags, 2, b"S"), _degrees(tags, 4, b"W"))
    if latitude is None or longitude is None:
        return
    shown = f"latitude {latitude:.5f}, longitude {longitude:.5f}" if show_place else HAS_PLACE
    yield Mark(kind=MarkKind.PLACE, value=shown, where="EXIF GPS")


def _degrees(tags: dict[int, Value], tag: int, negative: bytes) -> float | None:
    """Degrees, minutes and seconds as one number; None if it is none."""
    parts, side = tags.get(tag), tags.get(tag - 1)
    if not isinstance(parts, tuple) or not parts:
        return None
    value = sum(part / 60.0**power for power, part in enumerate(parts[:3]))
    west_or_south = isinstance(side, bytes) and side[:1].upper() == negative
    return -value if west_or_south else value


def _text(value: Value | None) -> str:
    return text_of(value).strip("\x00 \t\r\n") if isinstance(value, bytes) else ""
