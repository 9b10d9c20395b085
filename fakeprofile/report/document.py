"""Reports as JSON and back without loss, and the JSON lines of ``match``."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any, TypeVar

from fakeprofile.records import Comparison, Looked, Match, Region, Report, Sighting

if TYPE_CHECKING:
    from cattrs import Converter

Record = TypeVar("Record")

REPORT_SCHEMA = "fakeprofile.report/1"
MATCH_SCHEMA = "fakeprofile.match/1"
COMPARE_SCHEMA = "fakeprofile.compare/1"
SIGHTING_SCHEMA = "fakeprofile.sighting/1"


def report_to_json(report: Report) -> str:
    """One line of JSON from which ``report_from_json`` makes the same report."""
    return as_line({"schema": REPORT_SCHEMA, **_converter().unstructure(report)})


def report_from_json(text: str) -> Report:
    """The report that ``report_to_json`` was given.

    Raises:
        ValueError: the text is not such a report.
    """
    from cattrs.errors import BaseValidationError

    values = json.loads(text)
    if not isinstance(values, dict) or values.pop("schema", None) != REPORT_SCHEMA:
        raise ValueError(f"this is not a {REPORT_SCHEMA} document")
    try:
        report: Report = _converter().structure(values, Report)
    except BaseValidationError as error:
        raise ValueError(f"this {REPORT_SCHEMA} document lacks something or has too much") from error
    return report


def match_line(looked: Looked, *, unproven: bool) -> str:
    """The JSON line that ``match`` prints for a photo; with ``unproven`` matches too if asked for."""
    line: dict[str, Any] = {
        "schema": MATCH_SCHEMA,
        "photo": looked.photo,
        "sha256": looked.sha256,
        "width": looked.width,
        "height": looked.height,
        "status": looked.status,
    }
    if looked.reason is not None:
        line["reason"] = looked.reason
    line["fingerprint"] = None
    if looked.phash is not None:
        names = ("phash", "pdq", "pdq_quality", "keypoints")
        line["fingerprint"] = {name: getattr(looked, name) for name in names}
    chosen = [match for match in looked.matches if match.proven or unproven]
    line["matches"] = [_match_values(match, marked=unproven) for match in chosen]
    return as_line(line)


def comparison_line(comparison: Comparison) -> str:
    """The JSON line that ``compare`` prints."""
    values = _proof_values(comparison)
    return as_line(
        {
            "schema": COMPARE_SCHEMA,
            "photos": [comparison.one, comparison.other],
            "finding": comparison.finding,
            "reason": comparison.reason,
            **values,
            "overlap": _converter().unstructure(comparison.overlap),
        }
    )


def as_line(values: object) -> str:
    """Values as one line of JSON that any terminal and any reader takes."""
    return json.dumps(values, ensure_ascii=True, allow_nan=False)


def _match_values(match: Match, *, marked: bool) -> dict[str, Any]:
    values = {**_sighting_values(match.sighting), **_proof_values(match)}
    return {**values, "proven": match.proven} if marked else values


def _sighting_values(sighting: Sighting) -> dict[str, Any]:
    identity = sighting.identity
    return {
        "sighting": sighting.id,
        "identity": identity.name if identity else None,
        "handles": [str(handle) for handle in identity.handles] if identity else [],
        "page_url": sighting.page_url,
        "image_url": sighting.image_url,
        "seen_on": sighting.seen_on,
        "source": sighting.source,
        "photo_sha256": sighting.photo_sha256,
    }


def _proof_values(match: Match | Comparison) -> dict[str, Any]:
    alignment, distance = match.alignment, match.whole_distance
    # Adding 0.0 makes zero of minus zero.
    turned = {0: 0.0, 1: -90.0, 2: 180.0, 3: 90.0}[distance.quarter_turns]
    return {
        "inliers": alignment.inliers if alignment else None,
        "whole_distance": {"phash": distance.phash, "pdq": distance.pdq},
        "mirrored": alignment.mirrored if alignment else distance.mirrored,
        "rotation_degrees": round(alignment.rotation_degrees, 1) + 0.0 if alignment else turned,
        "scale": round(alignment.scale, 4) if alignment else None,
        "region": _region_values(match.region),
        "edits": list(match.edits),
        "support": {"log10_lr": match.support.log10_lr, "words": match.support.words},
    }


def _region_values(region: Region | None) -> dict[str, Any] | None:
    if region is None:
        return None
    return {
        "query": [[round(x, 1), round(y, 1)] for x, y in region.query],
        "sighting": [[round(x, 1), round(y, 1)] for x, y in region.sighting],
    }


def to_values(record: Any) -> Any:
    """A record, or a tuple of them, as values for JSON, from which ``from_values`` makes the same."""
    return _converter().unstructure(record)


def from_values(values: Any, kind: type[Record]) -> Record:
    """The record that ``to_values`` was given.

    Raises:
        ValueError: the values are not of that kind.
    """
    from cattrs.errors import BaseValidationError

    try:
        return _converter().structure(values, kind)
    except (BaseValidationError, KeyError, TypeError) as error:
        raise ValueError(f"these values are no {kind.__name__}") from error


@functools.cache
def _converter() -> Converter:
    """cattrs with our records: frozen, slotted, tuples and enums, numbers as they are."""
    import cattrs

    return cattrs.Converter(forbid_extra_keys=True)
