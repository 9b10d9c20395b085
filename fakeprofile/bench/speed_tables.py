"""The numbers of a speed bench as text, in the tables that a README takes, and as JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator

from fakeprofile.bench.speed import DECODED, IMAGEHASH, QUERY, REFERENCE, WHOLE, SizeSpeed, Speed


def speed_text(speed: Speed) -> str:
    """One table for each size of photo, and what the ratios come to."""
    source = "drawn pictures" if speed.drawn else "photos"
    lines = [
        f"{speed.photos} {source}, {speed.rounds} rounds in which all methods take turns; of each photo the fastest turn"
    ]
    for size in speed.sizes:
        lines += ["", *_table(size), "", *_ratios(size), "", *_all_cores(size, speed.cores)]
    return "\n".join(lines)


def speed_json(speed: Speed) -> str:
    """Everything as one JSON object."""
    return json.dumps({"bench": "speed", **dataclasses.asdict(speed)}, indent=2)


def _table(size: SizeSpeed) -> Iterator[str]:
    yield f"### JPEG of {size.side:,} px, {size.bytes / 1000:.0f} kB, one core"
    yield ""
    yield "| method | ms | photos per second | times imagehash |"
    yield "|---|---:|---:|---:|"
    for rate in size.one_core:
        yield (
            f"| {rate.method} | {rate.seconds * 1000:.2f} | {rate.photos_per_second:,.0f} "
            f"| {rate.times_imagehash:.2f} |"
        )


def _ratios(size: SizeSpeed) -> Iterator[str]:
    seconds = {rate.method: rate.seconds for rate in size.one_core}
    sift_known, sift_asked = (taken for name, taken in seconds.items() if name.startswith("OpenCV"))
    yield (
        f"Whole-picture hashes: {seconds[IMAGEHASH] / seconds[WHOLE]:.2f} times as fast as imagehash, and "
        f"{seconds[WHOLE] / seconds[DECODED] - 1:.0%} longer than the reduced-scale decode alone."
    )
    yield (
        f"Full fingerprint: {sift_known / seconds[REFERENCE]:.1f} times as fast as OpenCV's SIFT for a known photo, "
        f"{sift_asked / seconds[QUERY]:.1f} times for one asked about."
    )


def _all_cores(size: SizeSpeed, cores: int) -> Iterator[str]:
    yield f"| {cores} processes, {size.side:,} px | photos per second | times one process |"
    yield "|---|---:|---:|"
    for shared in size.all_cores:
        yield f"| {shared.method} | {shared.photos_per_second:,.0f} | {shared.times_one_core:.2f} |"
