"""What the older IPTC record says (IPTC-IIM 4.2): author, date, program, and whether there is a place."""

from __future__ import annotations

from collections.abc import Iterator

from fakeprofile.provenance.blocks import short, text_of
from fakeprofile.provenance.dates import iptc_date
from fakeprofile.provenance.exif import HAS_PLACE
from fakeprofile.provenance.generators import named_mark
from fakeprofile.records import Mark, MarkKind

MOST_SETS = 1000

_TEXTS = {
    80: ("By-line", MarkKind.AUTHOR),
    116: ("CopyrightNotice", MarkKind.AUTHOR),
    110: ("Credit", MarkKind.AUTHOR),
    65: ("OriginatingProgram", MarkKind.SOFTWARE),
}
_DATES = ((55, 60, "DateCreated"), (62, 63, "DigitalCreationDate"))
_PLACES = (92, 90, 95, 101)
"""Sublocation, city, province, country."""


def iptc_marks(data: bytes, *, show_place: bool) -> Iterator[Mark]:
    """The marks of a record; places only if they were asked for."""
    sets = _sets(data)
    for number, (name, kind) in _TEXTS.items():
        if text := sets.get(number):
            yield Mark(kind=kind, value=short(text), where=f"IPTC {name}")
            if mark := named_mark(text, f"IPTC {name}"):
                yield mark
    for day, time, name in _DATES:
        on = iptc_date(sets.get(day, ""), sets.get(time, ""))
        if on is not None:
            value = f"{sets[day]} {sets.get(time, '')}"
            yield Mark(kind=MarkKind.TAKEN, value=short(value), where=f"IPTC {name}", on=on)
    place = ", ".join(sets[number] for number in _PLACES if sets.get(number))
    if place:
        value = short(place) if show_place else HAS_PLACE
        yield Mark(kind=MarkKind.PLACE, value=value, where="IPTC location")


def _sets(data: bytes) -> dict[int, str]:
    """The datasets of the application record (number 2); those that repeat are joined."""
    found: dict[int, str] = {}
    at = 0
    for _ in range(MOST_SETS):
        if data[at : at + 1] != b"\x1c" or at + 5 > len(data):
            break
        size = int.from_bytes(data[at + 3 : at + 5])
        if size & 0x8000:  # longer than 32 kB: a picture, not one of these texts
            break
        if data[at + 1] == 2:
            text = text_of(data[at + 5 : at + 5 + size]).strip()
            number = data[at + 2]
            found[number] = f"{found[number]}, {text}"[:1000] if found.get(number) else text
        at += 5 + size
    return found
