"""The reference set as JSON Lines, CSV or hash list; ``references import`` reads all three again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from pathlib import Path
from typing import Any

from fakeprofile.errors import UsageError
from fakeprofile.records import Sighting
from fakeprofile.report.document import SIGHTING_SCHEMA, as_line

COLUMNS = (
    "photo", "identity", "handle", "page", "image_url", "seen_on", "date_kind", "source",
    "phash", "pdq", "pdq_quality", "sha256", "note", "pages", "identity_note",
)  # fmt: skip
PHOTO = (
    "width", "height", "phash", "pdq", "pdq_quality", "whole_algorithm", "keypoint_algorithm", "keypoints",
    "thumbnail",
)  # fmt: skip
"""What is told of a photo; ``keypoints`` is how many, ``thumbnail`` whether there is one."""
LEAST_QUALITY = 50
"""ThreatExchange drops PDQ hashes of pictures with less in them."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would calculate."""

Item = tuple[dict[str, Any], tuple[Sighting, ...]]


class Kind(Enum):
    """The shapes in which a reference set can be written."""

    JSON_LINES = auto()
    CSV = auto()
    THREATEXCHANGE = auto()


def kind_of(file: Path | None, *, threatexchange: bool) -> Kind:
    """The shape that the name of the file asks for.

    Raises:
        UsageError: it asks for none.
    """
    if threatexchange:
        return Kind.THREATEXCHANGE
    kind = {".jsonl": Kind.JSON_LINES, ".csv": Kind.CSV}.get(file.suffix.lower() if file else "")
    if kind is None:
        raise UsageError("say where to write: FILE.jsonl, FILE.csv, or --threatexchange")
    return kind


def lines_of(kind: Kind, photos: Iterable[Item]) -> Iterator[str]:
    """The lines of an export, without their line ends.

    Args:
        kind: its shape.
        photos: each as its columns, with the sightings to be written; one without any is left out.
    """
    if kind is Kind.THREATEXCHANGE:
        yield from _hash_lines(photos)
        return
    if kind is Kind.CSV:
        yield ",".join(COLUMNS)
    for photo, sightings in photos:
        for sighting in sightings:
            values = detailed_values(sighting, photo)
            yield as_line(values) if kind is Kind.JSON_LINES else _csv_line(values)


def _hash_lines(photos: Iterable[Item]) -> Iterator[str]:
    """Each hash once; of a hash that came without its picture the quality is not known."""
    written: set[str] = set()
    for photo, sightings in photos:
        pdq, quality = photo["pdq"], photo["pdq_quality"]
        if sightings and pdq and pdq not in written and (quality is None or quality >= LEAST_QUALITY):
            written.add(pdq)
            yield f"pdq {pdq}"


def sighting_values(sighting: Sighting) -> dict[str, Any]:
    """What a sighting says, for JSON."""
    identity = sighting.identity
    return {
        "schema": SIGHTING_SCHEMA,
        "sighting": sighting.id,
        "identity": identity.name if identity else None,
        "handles": [str(handle) for handle in identity.handles] if identity else [],
        "pages": list(identity.pages) if identity else [],
        "identity_note": identity.note if identity else None,
        "page": sighting.page_url,
        "image_url": sighting.image_url,
        "seen_on": sighting.seen_on,
        "date_kind": sighting.date_kind,
        "source": sighting.source,
        "added_on": sighting.added_on,
        "note": sighting.note,
        "sha256": sighting.photo_sha256,
    }


def detailed_values(sighting: Sighting, photo: dict[str, Any]) -> dict[str, Any]:
    """The same with what is known of its photo."""
    return {**sighting_values(sighting), **{name: photo[name] for name in PHOTO}}


def _csv_line(values: dict[str, Any]) -> str:
    # A bar stands between two handles or pages, so one within an address is written as %7C.
    pages = "|".join(page.replace("|", "%7C") for page in values["pages"])
    cells = {**values, "handle": "|".join(values["handles"]), "pages": pages, "photo": None}
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([_cell(cells[name]) for name in COLUMNS])
    return out.getvalue()


def _cell(value: object) -> str:
    """Text that no spreadsheet takes for a formula; ``references import`` takes the mark off again."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
