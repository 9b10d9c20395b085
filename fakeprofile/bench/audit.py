"""What an audit takes: next to fingerprinting its avatars alone on the same cores, in time and in memory.

The audit, its library and its index are the real ones. The avatars are tiles of photos that the user gives, no two of
which overlap, or drawn; the photos of the library are those of ``bench/crowd.py``.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import multiprocessing
import resource
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from PIL import Image, ImageDraw

from fakeprofile.accounts import accounts_in
from fakeprofile.audit import audit
from fakeprofile.bench.scale import TODAY, _fill
from fakeprofile.errors import UsageError
from fakeprofile.fingerprint import query_fingerprint
from fakeprofile.photo import files_of, read
from fakeprofile.records import Account, Gap, Photo
from fakeprofile.references.library import Library
from fakeprofile.settings import DEFAULT, Settings
from fakeprofile.tools import Tools
from fakeprofile.workers import mapped

Result = TypeVar("Result")
SIDE, QUALITY = 320, 85
FOLLOWERS = 100_000
KILOBYTE = 1024
"""What Linux counts memory in."""
LEAST_TILE = 160
"""Pixels of a photo that one avatar is made of, at least: smaller ones have less to find than real avatars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What one run took."""

    seconds: float
    at_work: float
    """Seconds that cores worked on it, in all its processes."""
    resident: int
    """Bytes that the main process held at most."""
    worker_resident: int
    """Bytes that the largest other process held at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What an audit of so many accounts took."""

    accounts: int
    alone: Measure
    """Decoding and fingerprinting the avatars as ``check`` does, and nothing else, on the same cores."""
    lightly: Measure
    """The same with no more keypoints than an audit measures on a small picture."""
    audit: Measure
    again: Measure
    """The same command once more, when the audit was finished."""

    @property
    def ratio(self) -> float:
        """How many times as long as fingerprinting alone."""
        return self.audit.seconds / max(self.alone.seconds, 1e-9)

    @property
    def ratio_of_cores(self) -> float:
        """The same in seconds that cores were at work, which other programs on the machine change less."""
        return self.audit.at_work / max(self.alone.at_work, 1e-9)

    @property
    def ratio_to_lightly(self) -> float:
        """The same next to the fingerprints that an audit makes, which are fewer keypoints."""
        return self.audit.at_work / max(self.lightly.at_work, 1e-9)


def measured(
    counts: Sequence[int], library: int, folder: Path, *, photos: Path | None, workers: int
) -> Iterator[Spent]:
    """Audits of each number of accounts, in rising order, against one library.

    Args:
        counts: numbers of accounts, each with one avatar.
        library: how many photos are known.
        folder: an empty one, for all of it.
        photos: what the avatars are cut out of; they are drawn without it.
        workers: how many processes.
    """
    place = folder / "library.sqlite"
    # Apart, as a process begins with the peak of memory of the one that started it.
    _apart(functools.partial(_known, place, library))
    for count in sorted(set(counts)):
        source = folder / f"avatars-{count}"
        _draw(source, count, photos)
        alone, lightly = (
            _apart(functools.partial(_fingerprint, source, workers, settings))
            for settings in (DEFAULT, DEFAULT.for_picture(SIDE, SIDE))
        )
        run = functools.partial(_audit, source, folder / f"out-{count}", place, workers)
        yield Spent(accounts=count, alone=alone, lightly=lightly, audit=_apart(run), again=_apart(run))


def reading_followers(folder: Path, count: int = FOLLOWERS) -> float:
    """Seconds to read an Instagram export of so many followers."""
    path = folder / "instagram-someone-2026-01-01-aBcDeFgH.zip"
    entries = [
        {
            "title": "",
            "media_list_data": [],
            "string_list_data": [
                {
                    "href": f"https://www.instagram.com/user.{number}",
                    "value": f"user.{number}",
                    "timestamp": 1_700_000_000 + number,
                }
            ],
        }
        for number in range(count)
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("connections/followers_and_following/followers_1.json", json.dumps(entries))
    start = time.perf_counter()
    found = sum(isinstance(one, Account) for one in accounts_in([path]))
    spent = time.perf_counter() - start
    if found != count:
        raise UsageError(
            f"of {count:,} followers {found:,} were read: the bench does not measure what it should"
        )
    return spent


# --- measuring ----------------------------------------------------------------------------


def _apart(work: Callable[[], int]) -> Measure:
    """What it takes in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        pool.submit(_nothing).result()  # starting it is not measured
        return pool.submit(_timed, work).result()


def _nothing() -> None:
    return None


def _timed(work: Callable[[], int]) -> Measure:
    start, before = time.perf_counter(), _usage()
    work()
    seconds, after = time.perf_counter() - start, _usage()
    busy = [sum(one.ru_utime + one.ru_stime for one in both) for both in (before, after)]
    return Measure(
        seconds=seconds,
        at_work=busy[1] - busy[0],
        resident=after[0].ru_maxrss * KILOBYTE,
        worker_resident=after[1].ru_maxrss * KILOBYTE,
    )


def _usage() -> tuple[resource.struct_rusage, resource.struct_rusage]:
    """Of this process, and of those that it has started and that have ended."""
    return resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)


def _known(place: Path, photos: int) -> int:
    with Library.open(place) as library:
        _fill(library, 0, photos)
    return photos


def _fingerprint(source: Path, workers: int, settings: Settings) -> int:
    paths = [path for path in files_of([source], DEFAULT.limits) if isinstance(path, Path)]
    work = functools.partial(_fingerprinted, settings=settings)
    return sum(1 for _ in mapped(work, ((path, path) for path in paths), workers))


def _fingerprinted(path: Path, settings: Settings) -> int:
    photo = read(path, limits=settings.limits, least_side=settings.decoded_side)
    return 0 if isinstance(photo, Gap) else len(query_fingerprint(photo, settings).keypoints)


def _audit(source: Path, out: Path, library: Path, workers: int) -> int:
    with Library.open(library) as known:
        tools = Tools(library=known, today=_today)
        return audit([source], out, tools, workers=workers).summary.flagged


def _today() -> str:
    return TODAY


# --- avatars ------------------------------------------------------------------------------


def _draw(folder: Path, count: int, photos: Path | None) -> None:
    """So many avatars, named like accounts.

    Raises:
        UsageError: the photos do not give so many.
    """
    folder.mkdir()
    pictures = _tiles(photos, count) if photos is not None else map(_drawn, range(count))
    made = 0
    for number, picture in zip(range(count), pictures, strict=False):
        picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(
            folder / f"somebody.{number:06}.jpg", quality=QUALITY
        )
        made += 1
    if made < count:
        raise UsageError(
            f"{photos} gives {made:,} avatars that do not overlap, not {count:,}: name more photos"
        )


def _tiles(photos: Path, count: int) -> Iterator[Image.Image]:
    """Squares of the photos, none of which overlap: large ones if they are enough."""
    paths = [path for path in files_of([photos], DEFAULT.limits) if isinstance(path, Path)]
    across = max(1, round((count / max(1, len(paths))) ** 0.5 + 0.5))
    for path in paths:
        photo = read(path, limits=DEFAULT.limits, least_side=DEFAULT.decoded_side)
        if not isinstance(photo, Photo):
            continue
        picture = Image.fromarray(photo.pixels)
        side = max(LEAST_TILE, min(picture.size) // across)
        for top in range(0, picture.height - side + 1, side):
            for left in range(0, picture.width - side + 1, side):
                yield picture.crop((left, top, left + side, top + side))


def _drawn(number: int) -> Image.Image:
    """A picture of fields, edges and grain, unlike that of any other number."""
    random: Any = np.random.default_rng([29, number])
    grey = np.zeros((SIDE, SIDE, 3), np.float32)
    for cells in (4, 9, 24, 64):
        field = Image.fromarray((random.random((cells, cells, 3)) * 255).astype(np.uint8))
        smooth = field.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
        grey += np.asarray(smooth, np.float32) / cells**0.5
    picture = Image.fromarray(np.clip(grey * 0.9 - 20, 0, 255).astype(np.uint8))
    brush = ImageDraw.Draw(picture)
    for _ in range(24):
        x, y = random.integers(0, SIDE, 2).tolist()
        across, down = random.integers(6, 70, 2).tolist()
        colour = tuple(random.integers(0, 255, 3).tolist())
        shape = brush.ellipse if random.random() < 0.5 else brush.rectangle
        shape((x, y, x + across, y + down), fill=colour)
    return picture


def audit_json(spent: Sequence[Spent], library: int, workers: int, reading: float) -> str:
    """All numbers as one JSON document."""
    rows = [
        {
            "accounts": one.accounts,
            "fingerprinting_alone": dataclasses.asdict(one.alone),
            "fingerprinting_lightly": dataclasses.asdict(one.lightly),
            "audit": dataclasses.asdict(one.audit),
            "finished_again": dataclasses.asdict(one.again),
            "ratio": round(one.ratio, 3),
            "ratio_of_cores": round(one.ratio_of_cores, 3),
            "ratio_to_lightly": round(one.ratio_to_lightly, 3),
        }
        for one in spent
    ]
    values = {
        "library": library,
        "workers": workers,
        "audits": rows,
        "reading_100000_followers_seconds": reading,
    }
    return json.dumps({"schema": "fakeprofile.bench-audit/1", **values})


def audit_text(spent: Sequence[Spent], library: int, workers: int, reading: float) -> str:
    """The numbers as a table in Markdown."""
    lines = [
        f"{library:,} known photos, {workers} processes",
        "",
        "| accounts | fingerprinting alone | lightly | audit | ratio | of core time | to lightly | again "
        "| memory: main | a worker |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {one.accounts:,} | {one.alone.seconds:.1f} s | {one.lightly.seconds:.1f} s | "
            f"{one.audit.seconds:.1f} s | {one.ratio:.2f} | {one.ratio_of_cores:.2f} | "
            f"{one.ratio_to_lightly:.2f} | {one.again.seconds:.1f} s | {one.audit.resident / 1e6:.0f} MB | "
            f"{one.audit.worker_resident / 1e6:.0f} MB |"
            for one in spent
        ),
        "",
        "Lightly: with no more keypoints than an audit measures on a small picture.",
        f"Reading an Instagram export of {FOLLOWERS:,} followers: {reading:.1f} s",
    ]
    return "\n".join(lines)
