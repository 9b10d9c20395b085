"""What an XMP packet says (ISO 16684-1): dates, program, author, source type, and whether there is a place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element, ParseError

from fakeprofile.provenance.blocks import MOST_TEXT, short
from fakeprofile.provenance.dates import xmp_date
from fakeprofile.provenance.exif import HAS_PLACE
from fakeprofile.provenance.generators import named_mark, source_type_mark, text_mark
from fakeprofile.records import Mark, MarkKind

MOST_PROPERTIES = 200

_XMP = "{http://ns.adobe.com/xap/1.0/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_TIFF = "{http://ns.adobe.com/tiff/1.0/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_IPTC = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"

_DATES = {
    f"{_XMP}CreateDate": MarkKind.TAKEN,
    f"{_EXIF}DateTimeOriginal": MarkKind.TAKEN,
    f"{_EXIF}DateTimeDigitized": MarkKind.TAKEN,
    f"{_PHOTOSHOP}DateCreated": MarkKind.TAKEN,
    f"{_XMP}ModifyDate": MarkKind.CHANGED,
    f"{_XMP}MetadataDate": MarkKind.CHANGED,
}
_TEXTS = {
    f"{_XMP}CreatorTool": MarkKind.SOFTWARE,
    f"{_TIFF}Software": MarkKind.SOFTWARE,
    f"{_TIFF}Model": MarkKind.CAMERA,
    f"{_DC}creator": MarkKind.AUTHOR,
    f"{_DC}rights": MarkKind.AUTHOR,
    f"{_PHOTOSHOP}Credit": MarkKind.AUTHOR,
    f"{_IPTC}AISystemUsed": MarkKind.GENERATED,
    f"{_IPTC}AISystemVersionUsed": MarkKind.GENERATED,
    f"{_IPTC}AIPromptInformation": MarkKind.GENERATED,
    f"{_IPTC}AIPromptWriterName": MarkKind.GENERATED,
}
_PLACES = {
    f"{_EXIF}GPSLatitude", f"{_EXIF}GPSLongitude", f"{_PHOTOSHOP}City", f"{_PHOTOSHOP}State", f"{_PHOTOSHOP}Country",
    f"{_CORE}Location", f"{_IPTC}City", f"{_IPTC}Sublocation", f"{_IPTC}CountryName",
}  # fmt: skip
_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
_ELSEWHERE = "{http://purl.org/dc/terms/}provenance"
_SOURCE = f"{_IPTC}DigitalSourceType"
_COMMENT = f"{_EXIF}UserComment"
_WANTED = {*_DATES, *_TEXTS, *_PLACES, _SOURCE, _COMMENT, _ELSEWHERE}
_SHORT = {
    _XMP: "xmp", _PHOTOSHOP: "photoshop", _EXIF: "exif", _TIFF: "tiff", _DC: "dc", _IPTC: "Iptc4xmpExt",
    _CORE: "Iptc4xmpCore",
}  # fmt: skip


def xmp_marks(data: bytes, *, show_place: bool) -> Iterator[Mark]:
    """The marks of a packet; places only if they were asked for.

    Raises:
        ValueError: it is not well formed, or has entities of its own, which can grow without end.
    """
    places = {}
    for name, text in islice(_properties(_parsed(data)), MOST_PROPERTIES):
        if not text:
            continue
        if name in _PLACES:
            places[name] = short(text)
        else:
            yield from _marks(name, text)
    if places:
        value = short(", ".join(places.values())) if show_place else HAS_PLACE
        yield Mark(kind=MarkKind.PLACE, value=value, where="XMP location")


def _parsed(data: bytes) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    start, end = data.find(b"<"), data.rfind(b">")
    try:
        root: Element = fromstring(data[max(0, start) : end + 1], forbid_dtd=True)
    except (ParseError, DefusedXmlException, UnicodeError, LookupError) as error:
        raise ValueError("the XMP packet is damaged") from error
    return root


def _properties(root: Element) -> Iterator[tuple[str, str]]:
    """Name and text of every property that is wanted, as an attribute or an element."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in _WANTED and value.strip():
                yield name, value
        if element.tag in _WANTED:
            # Also if it is empty: whoever asks stops after so many, and each of a million could hold all the others.
            yield element.tag, _text_in(element)


def _text_in(element: Element) -> str:
    """The texts in a property, which can be a list; or the address that it stands for."""
    parts = ((inner.text or "").strip() for inner in islice(element.iter(), 100))
    return ", ".join(part for part in parts if part) or element.get(_RESOURCE, "")


def _marks(name: str, text: str) -> Iterator[Mark]:
    space, _, local = name.rpartition("}")
    where = f"XMP {_SHORT.get(space + '}', 'dcterms')}:{local}"
    if name == _SOURCE:
        mark = source_type_mark(text, where)
    elif name == _ELSEWHERE:
        value = short(
            f"the file names content credentials that lie elsewhere, which were not fetched: {text}"
        )
        mark = Mark(kind=MarkKind.CREDENTIALS, value=value, where=where)
    elif name == _COMMENT:
        mark = text_mark("XMP UserComment", text, where)
    elif name in _DATES:
        on = xmp_date(text[:MOST_TEXT])
        mark = Mark(kind=_DATES[name], value=short(text), where=where, on=on) if on else None
    else:
        yield Mark(kind=_TEXTS[name], value=short(text), where=where)
        mark = named_mark(text, where) if _TEXTS[name] is not MarkKind.GENERATED else None
    if mark is not None:
        yield mark
