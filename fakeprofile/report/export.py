"""The reference set as JSON Lines, CSV or hash list; ``references import`` reads all three again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from pathlib import Path
from typing import Any

from fakeprofile.errors import UsageError
from fakeprofile.records import Sighting, Source
from fakeprofile.report.document import SIGHTING_SCHEMA, as_line

COLUMNS = (
    "photo", "identity", "handle", "page", "image_url", "seen_on", "date_kind", "source",
    "phash", "pdq", "pdq_quality", "sha256", "note",
)  # fmt: skip
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
    """The lines of an export, without their line ends."""
    if kind is Kind.CSV:
        yield ",".join(COLUMNS)
    for photo, sightings in photos:
        chosen = [one for one in sightings if one.source is Source.REFERENCE]
        if kind is Kind.THREATEXCHANGE:
            if chosen and photo["pdq"] and (photo["pdq_quality"] or LEAST_QUALITY) >= LEAST_QUALITY:
                yield f"pdq {photo['pdq']}"
            continue
        for sighting in chosen:
            values = detailed_values(sighting, photo)
            yield as_line(values) if kind is Kind.JSON_LINES else _csv_line(values)


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
    """The same with the hashes of its photo."""
    keypoints = len(photo["codes"]) // 16 if photo["codes"] is not None else None
    names = ("width", "height", "phash", "pdq", "pdq_quality", "whole_algorithm", "keypoint_algorithm")
    return {
        **sighting_values(sighting),
        **{name: photo[name] for name in names},
        "keypoints": keypoints,
        "thumbnail": photo["thumbnail"] is not None,
    }


def _csv_line(values: dict[str, Any]) -> str:
    cells = {**values, "handle": "|".join(values["handles"]), "photo": None}
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([_cell(cells[name]) for name in COLUMNS])
    return out.getvalue()


def _cell(value: object) -> str:
    """Text that no spreadsheet takes for a formula; ``references import`` takes the mark off again."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
