"""The numbers of a recall bench as text, in the tables that a README takes, and as JSON."""

from __future__ import annotations

import dataclasses
import json
import platform
from collections.abc import Iterator
from typing import Any

import numpy as np
import PIL

from fakeprofile.bench.asking import PEER_PDQ, PEER_PHASH
from fakeprofile.bench.counting import Confused, Counted, FalseShare, Recall
from fakeprofile.fingerprint import KEYPOINTS, WHOLE
from fakeprofile.version import VERSION

MOST_LISTED = 20
"""False matches that are named in the text; the JSON has all."""


def recall_text(counted: Counted) -> str:
    """Tables in Markdown, and what they add up to."""
    return "\n".join(_lines(counted))


def recall_json(counted: Counted) -> str:
    """Everything as one JSON object; the same for the same photos, seed and version."""
    said: dict[str, Any] = {
        "bench": "recall",
        "versions": _versions(),
        **dataclasses.asdict(counted),
    }
    for edit in (*said["edits"], *said["guards"]):
        edit["recall"] = edit["found"] / edit["copies"] if edit["copies"] else None
    return json.dumps(said, indent=2)


def _versions() -> dict[str, str]:
    import cv2

    return {
        "fakeprofile": VERSION,
        "whole": WHOLE,
        "keypoints": KEYPOINTS,
        "python": platform.python_version(),
        "opencv": str(cv2.__version__),
        "numpy": np.__version__,
        "pillow": PIL.__version__,
    }


def _lines(counted: Counted) -> Iterator[str]:
    yield (
        f"{counted.photos} photos: {counted.references} references and {counted.unrelated} unrelated ones; "
        f"{counted.known} pictures in the library with the pairs below ({counted.refused} refused as too plain); "
        f"{counted.queries} pictures looked up; seed {counted.seed}."
    )
    yield ""
    yield from _recall_table("edit", counted.edits)
    yield ""
    yield (
        f"Mean over the edits: {counted.mean_recall:.4f}; worst: {counted.worst} "
        f"({min(one.share for one in counted.edits if one.copies):.4f})."
        if any(one.copies for one in counted.edits)
        else "No copy could be looked up."
    )
    if counted.guards:
        yield ""
        yield from _recall_table("the same photo inside", counted.guards)
    if counted.confused:
        yield ""
        yield from _confused_table(counted.confused)
    yield ""
    yield from _false_lines(counted)


def _recall_table(title: str, rows: tuple[Recall, ...]) -> Iterator[str]:
    yield f"| {title} | found | recall | 95 % interval | only similar | phash <= {PEER_PHASH} | PDQ <= {PEER_PDQ} | false matches |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in rows:
        if not row.copies:
            yield f"| {row.name} | 0 of 0 | | | | | | {row.false} |"
            continue
        yield (
            f"| {row.name} | {row.found} of {row.copies} | {row.share:.3f} | {row.low:.3f}–{row.high:.3f} | "
            f"{row.similar} | {row.phash / row.copies:.2f} | {row.pdq / row.copies:.2f} | {row.false} |"
        )


def _confused_table(rows: tuple[Confused, ...]) -> Iterator[str]:
    yield (
        f"| not the same picture | pairs | called the same | at most (95 %) | only similar | phash <= {PEER_PHASH} "
        f"| PDQ <= {PEER_PDQ} | false matches with anything |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for row in rows:
        yield (
            f"| {row.name} | {row.pairs} | {row.same} | {row.high:.3f} | {row.similar} | {row.phash} | "
            f"{row.pdq} | {row.false} |"
        )


def _false_lines(counted: Counted) -> Iterator[str]:
    yield "| method | pairs that show nothing of each other | false matches | share | 95 % interval | at most (95 %) |"
    yield "|---|---|---|---|---|---|"
    for name, share in (
        ("fakeprofile", counted.fakeprofile),
        (f"imagehash phash <= {PEER_PHASH}", counted.phash),
        (f"PDQ <= {PEER_PDQ}, 8 forms", counted.pdq),
    ):
        yield _false_line(name, share)
    if counted.unanswered:
        yield f"\n{counted.unanswered} pictures ended the process that looked at them, twice each: not counted above."
    if counted.false_matches:
        yield "\nFalse matches:"
    for one in counted.false_matches[:MOST_LISTED]:
        yield f"  {one.kind}: {one.query} was called the same picture as {one.known} (10^{one.log10_lr:.1f})"
    more = len(counted.false_matches) - MOST_LISTED
    if more > 0:
        yield f"  and {more} more: --json lists all, --save draws them"


def _false_line(name: str, share: FalseShare) -> str:
    if not share.pairs:
        return f"| {name} | 0 | | | | |"
    return (
        f"| {name} | {share.pairs:,} | {share.false} | {share.false / share.pairs:.2g} | "
        f"{share.low:.2g}–{share.high:.2g} | {share.at_most:.2g} |"
    )
