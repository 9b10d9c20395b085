"""How the index grows: files are made of a long tail, and one file of many of about the same size."""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fakeprofile.references.index.building import Merger, written_entries
from fakeprofile.references.index.catalogue import Listed, Listing, alone, listing, publish, sweep
from fakeprofile.references.index.entries import entries_between
from fakeprofile.references.index.layout import MOST_PHOTOS, Header, Unsound
from fakeprofile.references.index.quantizer import LISTS, Centroids
from fakeprofile.references.index.segment import Segment
from fakeprofile.references.rows import Rows

LONG_TAIL, LONG_TAIL_PHOTOS = 16_384, 64
"""A tail of so many hashes, or of so many photos with codes, becomes a file."""
AT_ONCE = 4096
"""Photos of which a file is made at most; larger ones are made by merging."""
FAN_OUT = 4
"""So many files of about one size are made into one: every file costs a lookup some milliseconds."""
SMALLEST = 32_000
"""Codes of the files that are all taken for the smallest."""
PHOTO_CODES = 2
"""A photo takes as much room in a file as so many codes, besides its own."""
BUDGET = 2_000_000
"""Codes that may be merged after something was added: what takes less than half a second."""
EARNED = 10_000
"""Codes that may be merged for each photo that was added: twenty times its own, so that an import leaves few
files."""
MANY_DEAD = 0.1
"""The part of a file's photos that may be gone before it is made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Where an index grows."""

    rows: Rows
    folder: Path
    centroids: Centroids


def tail_is_long(rows: Rows, centroids: Centroids, now: Listing) -> bool:
    """Whether so many photos stand in no file that one is to be made."""
    photos = pictured = 0
    for first, last in now.gaps():
        row = rows.all(
            "SELECT count(*), count(CASE WHEN p.keypoint_algorithm = ? AND p.codes <> x'' THEN 1 END) "
            "FROM stamps s JOIN photos p ON p.id = s.photo_id WHERE s.stamp BETWEEN ? AND ?",
            centroids.algorithm,
            first,
            last,
        )[0]
        photos, pictured = photos + row[0], pictured + row[1]
    return photos >= LONG_TAIL or pictured >= LONG_TAIL_PHOTOS


def grow(ground: Ground, budget: int, *, purge: bool = False) -> int:
    """Makes the files that are due, unless another program is just doing that; what is left of the budget.

    Args:
        ground: where.
        budget: codes that may be merged.
        purge: make files anew, within the budget, from which any photo is gone.

    Raises:
        OSError: files cannot be written.
        LibraryError: the library cannot be read or written.
    """
    with alone(ground.folder) as first:
        if not first:
            return budget
        if tail_is_long(ground.rows, ground.centroids, _listing(ground)):
            while _filled(ground):
                budget = _merged(ground, budget, purge)
        while (left := _merged(ground, budget, purge)) != budget:
            budget = left
        sweep(ground.rows, ground.folder)
    return budget


def _listing(ground: Ground) -> Listing:
    return listing(ground.rows, ground.centroids.name)


def _filled(ground: Ground) -> bool:
    """Makes a file of the oldest photos that stand in none; whether there were any."""
    with ground.rows.reading():
        now = _listing(ground)
        for first, last in now.gaps():
            algorithm = ground.centroids.algorithm
            entries = entries_between(ground.rows, algorithm, first, last, AT_ONCE)
            if len(entries):
                break
        else:
            return False
    if len(entries) == AT_ONCE:
        last = int(entries.stamps[-1])
    header = _header(ground, now, (first, last), len(entries), len(entries.codes))
    name = _new_name()
    header, digest = written_entries(ground.folder / name, entries, header, ground.centroids)
    return publish(ground.rows, ground.centroids.name, _listed(name, header, digest), now.dead)


def _merged(ground: Ground, budget: int, purge: bool) -> int:
    """Makes one file of several if that is due; what is left of the budget."""
    now = _listing(ground)
    for run in _due(now, purge):
        cost = sum(map(_weight, run))
        if cost > budget or sum(one.photos for one in run) > MOST_PHOTOS:
            continue
        opened: list[Segment] = []
        try:
            opened += [Segment(ground.folder / one.name, one.digest, now.library) for one in run]
            merger = Merger(opened, now.dead)
            span = (run[0].first_stamp, run[-1].last_stamp)
            header = _header(ground, now, span, merger.photos, merger.codes)
            name = _new_name()
            digest = merger.write(ground.folder / name, header)
        except (Unsound, FileNotFoundError):
            return budget  # the next lookup finds out, and makes it anew
        finally:
            for segment in opened:
                segment.close()
        publish(ground.rows, ground.centroids.name, _listed(name, header, digest), now.dead)
        return budget - cost
    return budget


def _due(now: Listing, purge: bool) -> Iterator[tuple[Listed, ...]]:
    """Files that should become one, those that cost least first."""
    for one in now.segments:
        dead = np.searchsorted(now.dead, [one.first_stamp, one.last_stamp + 1])
        gone = int(dead[1] - dead[0])
        if gone and (purge or gone > MANY_DEAD * one.photos):
            yield (one,)
    for tier in sorted({_tier(one) for one in now.segments}):
        for run in _runs(now.segments, tier):
            if len(run) >= FAN_OUT:
                yield run


def _runs(segments: Sequence[Listed], tier: int) -> Iterator[tuple[Listed, ...]]:
    """Files of at most that size that follow each other without a gap."""
    run: list[Listed] = []
    for one in segments:
        follows = run and run[-1].last_stamp + 1 == one.first_stamp
        if run and not (follows and _tier(one) <= tier):
            yield tuple(run)
            run = []
        if _tier(one) <= tier:
            run.append(one)
    if run:
        yield tuple(run)


def _weight(one: Listed) -> int:
    return one.codes + PHOTO_CODES * one.photos


def _tier(one: Listed) -> int:
    return int(math.log(max(1.0, _weight(one) / SMALLEST), FAN_OUT))


def _header(ground: Ground, now: Listing, span: tuple[int, int], photos: int, codes: int) -> Header:
    return Header(
        library=now.library,
        algorithm=ground.centroids.name,
        lists=LISTS,
        first_stamp=span[0],
        last_stamp=span[1],
        photos=photos,
        codes=codes,
        longest=0,
        checksums={},
    )


def _listed(name: str, header: Header, digest: str) -> Listed:
    return Listed(
        name=name,
        first_stamp=header.first_stamp,
        last_stamp=header.last_stamp,
        photos=header.photos,
        codes=header.codes,
        digest=digest,
    )


def _new_name() -> str:
    """A name that no file ever had: an older copy of the library must not take a new file for an old one."""
    return f"{uuid.uuid4().hex}.segment"
