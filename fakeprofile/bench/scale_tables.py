"""The numbers of a scale bench as text, in the tables that a README takes, and as JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Sequence

from fakeprofile.bench.scale import Scale, Spent
from fakeprofile.bench.scale_whole import WholeSpent

MIB = 1024 * 1024


def scale_text(scales: Sequence[Scale], whole: Sequence[WholeSpent]) -> str:
    """A table of what libraries take, one of how long lookups take, and one of whole-picture hashes."""
    parts = [_taken(scales), _lookups(scales)] if scales else []
    parts += [_whole(whole)] if whole else []
    return "\n\n".join("\n".join(part) for part in parts)


def scale_json(scales: Sequence[Scale], whole: Sequence[WholeSpent]) -> str:
    """Everything as one JSON object."""
    values = {
        "bench": "scale",
        "libraries": [{**dataclasses.asdict(one), "bytes_a_code": one.bytes_a_code} for one in scales],
        "whole_hashes": [{**dataclasses.asdict(one), "ratio": one.ratio} for one in whole],
    }
    return json.dumps(values, indent=2)


def _taken(scales: Sequence[Scale]) -> Iterator[str]:
    yield (
        "| photos | codes | added a second | index, MiB | bytes a code | files | library, MiB "
        "| resident, MiB (of files) | open and answer, s | add one, s |"
    )
    yield "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for one in scales:
        yield (
            f"| {one.photos:,} | {one.codes:,} | {one.photos_per_second:,.0f} | {one.index_bytes / MIB:,.0f} "
            f"| {one.bytes_a_code:.2f} | {one.segments} | {one.library_bytes / MIB:,.0f} "
            f"| {one.resident / MIB:,.0f} ({one.resident_files / MIB:,.0f}) | {one.first_answer:.2f} "
            f"| {one.one_more:.2f} |"
        )


def _lookups(scales: Sequence[Scale]) -> Iterator[str]:
    yield (
        "| photos | photo, ms | 99 % | found | poor copy, ms | 99 % | found "
        "| screenshot of 12 pictures, ms | 99 % | found |"
    )
    yield "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for one in scales:
        cells = " | ".join(map(_spent, (one.photo, one.poor, one.screenshot)))
        yield f"| {one.photos:,} | {cells} |"


def _spent(spent: Spent) -> str:
    return f"{spent.median * 1000:,.0f} | {spent.p99 * 1000:,.0f} | {spent.found:.0%}"


def _whole(whole: Sequence[WholeSpent]) -> Iterator[str]:
    yield "| whole-picture hashes, 8 forms by phash and PDQ | ms | faiss, exhaustive, ms | times faiss |"
    yield "|---:|---:|---:|---:|"
    for one in whole:
        yield f"| {one.hashes:,} | {one.ours * 1000:,.1f} | {one.faiss * 1000:,.1f} | {one.ratio:.2f} |"
