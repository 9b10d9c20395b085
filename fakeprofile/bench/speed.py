"""How many photos a second are hashed, next to plain imagehash, pdqhash and OpenCV's own SIFT, in one run.

A rate of one machine says little about another; the ratios do. So all methods take turns on every photo, in one
process with one thread, and what slows the machine slows all of them alike: of each photo the fastest turn counts.
"""

from __future__ import annotations

import functools
import importlib.util
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from fakeprofile.errors import PhotoError, UsageError
from fakeprofile.fingerprint import query_fingerprint, reference_fingerprint
from fakeprofile.fingerprint.keypoints import LEAST_SIDE as SIFT_SIDE
from fakeprofile.fingerprint.whole import LEAST_SIDE, whole_hashes_of
from fakeprofile.photo import files_of, read, read_grey
from fakeprofile.records import Gap, Photo
from fakeprofile.settings import DEFAULT
from fakeprofile.workers.crew import FEW, Crew

Picture = Image.Image
Watch = Callable[[Iterable[Any], str, int], Iterable[Any]]
"""What shows progress: it hands on the items, whose name and number it is told."""

SIDES = (1080, 320, 150)
"""Longest sides in pixels: a photo as platforms keep it, and avatars."""
MOST_PHOTOS = 30
QUALITY = 85
BATCH = 5
"""Photos that a process is given at once when all cores work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How fast one method is on photos of one size."""

    method: str
    seconds: float
    """Of one core for one photo, as its processor counts them: the median over the photos, each at its fastest turn."""
    photos_per_second: float
    times_imagehash: float
    """Its rate as a multiple of imagehash's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """How fast all cores together are, one process for each."""

    method: str
    photos_per_second: float
    times_one_core: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeSpeed:
    """All rates for photos of one size."""

    side: int
    bytes: int
    """Size of the median file."""
    one_core: tuple[Rate, ...]
    all_cores: tuple[Shared, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """What ``bench speed`` has measured."""

    photos: int
    drawn: bool
    """Whether the photos were drawn by the bench, because none were given."""
    rounds: int
    cores: int
    sizes: tuple[SizeSpeed, ...]


def speed(
    folder: Path | None, *, rounds: int, cores: int, watch: Watch, sides: tuple[int, ...] = ()
) -> Speed:
    """The rates of all methods on JPEG copies of photos at each of the sizes.

    Args:
        folder: its largest photos are taken; None: pictures drawn from numbers.
        rounds: how often every method sees each photo.
        cores: how many processes work in the part on all cores.
        watch: shows progress.
        sides: the longest sides of the copies; ``SIDES`` if none are given.

    Raises:
        UsageError: imagehash or pdqhash is missing, or the folder has no photo.
    """
    for package in ("imagehash", "pdqhash"):
        if importlib.util.find_spec(package) is None:
            raise UsageError(
                f"{package} is not installed, which is measured beside: install fakeprofile[bench]"
            )
    pictures = _drawn() if folder is None else _largest(folder)
    with tempfile.TemporaryDirectory(prefix="fakeprofile-speed-") as scratch:
        sizes = []
        for side in sides or SIDES:
            files = [_copy(picture, side, Path(scratch)) for picture in pictures]
            sizes.append(_size_speed(files, side, rounds, cores, watch))
    return Speed(photos=len(pictures), drawn=folder is None, rounds=rounds, cores=cores, sizes=tuple(sizes))


# --- photos -------------------------------------------------------------------------------


def _largest(folder: Path) -> list[Picture]:
    photos: list[tuple[int, str, Picture]] = []
    for found in files_of([folder]):
        photo = found if isinstance(found, Gap) else read(found)
        if isinstance(photo, Photo):
            photos.append((-max(photo.width, photo.height), photo.name, Image.fromarray(photo.pixels)))
            photos = sorted(photos, key=lambda one: one[:2])[:MOST_PHOTOS]
    if not photos:
        raise UsageError(f"{folder}: no photo that can be read: give a folder with photos")
    return [picture for _, _, picture in photos]


def _drawn(count: int = 12) -> list[Picture]:
    return [_scene(seed) for seed in range(count)]


def _scene(seed: int, width: int = 1200, height: int = 900) -> Picture:
    """A picture of clouds of every size with blots on them: as much detail at every scale as photos have."""
    dice = np.random.default_rng(seed)
    total = np.full((height, width, 3), 120.0)
    for octave in range(1, 9):
        noise = dice.normal(size=(3 << octave, 4 << octave, 3)) * 12 + 128
        small = Image.fromarray(noise.clip(0, 255).astype(np.uint8))
        total += np.asarray(small.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float64) - 128
    picture = Image.fromarray(total.clip(0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    for _ in range(150):
        x, y = int(dice.integers(width)), int(dice.integers(height))
        wide, high = (int(one) for one in dice.integers(4, 60, 2))
        colour = tuple(int(one) for one in dice.integers(20, 236, 3))
        pen.ellipse((x - wide, y - high, x + wide, y + high), fill=colour)
    return picture


def _copy(picture: Picture, side: int, folder: Path) -> Path:
    factor = side / max(picture.size)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    file = folder / f"{side}-{len(list(folder.iterdir()))}.jpg"
    picture.resize(size, Image.Resampling.LANCZOS).save(file, quality=QUALITY)
    return file


# --- methods ------------------------------------------------------------------------------


def _decoded(file: Path) -> object:
    """What Pillow takes to decode a JPEG in grey at the scale at which it is hashed."""
    with Image.open(file) as image:
        scale = max(1, max(image.size) // LEAST_SIDE)
        scale = min(8, 1 << scale.bit_length() - 1)
        image.draft("L", (image.width // scale, image.height // scale))
        return image.load()


def _imagehash(file: Path) -> object:
    import imagehash

    with Image.open(file) as image:
        return imagehash.phash(image)


def _pdqhash(file: Path) -> object:
    import pdqhash

    with Image.open(file) as image:
        return pdqhash.compute(np.asarray(image.convert("RGB")))


def _whole(file: Path) -> object:
    photo = _readable(read_grey(file, least_side=LEAST_SIDE))
    return whole_hashes_of(photo.pixels, turned=False, full_size=(photo.width, photo.height))


def _sift(file: Path, most: int, side: int) -> object:
    """OpenCV's SIFT on the size of picture that is fingerprinted here."""
    import cv2

    grey = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        raise PhotoError(f"{file} cannot be decoded by OpenCV: take it out of the folder")
    longest = max(grey.shape)
    factor = min(max(longest, SIFT_SIDE), side) / longest
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    small = grey if factor == 1 else cv2.resize(grey, None, fx=factor, fy=factor, interpolation=how)
    return cv2.SIFT.create(nfeatures=most).detectAndCompute(small, None)


def _reference(file: Path) -> object:
    return reference_fingerprint(_readable(read(file, least_side=DEFAULT.reference_side)))


def _query(file: Path) -> object:
    return query_fingerprint(_readable(read(file, least_side=DEFAULT.query_side)))


def _readable(photo: Photo | Gap) -> Photo:
    if isinstance(photo, Gap):
        raise PhotoError(f"{photo.about}: {photo.reason}")
    return photo


DECODED = "Pillow: reduced-scale decode alone"
IMAGEHASH = "imagehash.phash(Image.open(f))"
WHOLE = "fakeprofile: whole-picture hashes (phash and PDQ)"
REFERENCE = "fakeprofile: full fingerprint of a known photo"
QUERY = "fakeprofile: full fingerprint of a photo asked about"
METHODS: dict[str, Callable[[Path], object]] = {
    DECODED: _decoded,
    IMAGEHASH: _imagehash,
    "pdqhash.compute(np.asarray(Image.open(f)))": _pdqhash,
    WHOLE: _whole,
    f"OpenCV SIFT: {DEFAULT.reference_keypoints} keypoints, {DEFAULT.reference_side} px": functools.partial(
        _sift, most=DEFAULT.reference_keypoints, side=DEFAULT.reference_side
    ),
    REFERENCE: _reference,
    f"OpenCV SIFT: {DEFAULT.query_keypoints:,} keypoints, {DEFAULT.query_side} px": functools.partial(
        _sift, most=DEFAULT.query_keypoints, side=DEFAULT.query_side
    ),
    QUERY: _query,
}


# --- measuring ----------------------------------------------------------------------------


def _size_speed(files: list[Path], side: int, rounds: int, cores: int, watch: Watch) -> SizeSpeed:
    turns = [file for _ in range(rounds) for file in files]
    # More than a crew does here: its process is one with one thread.
    turns += files[:1] * max(0, FEW + 1 - len(turns))
    fastest: dict[Path, list[float]] = {}
    with Crew(_one_turn, 1) as crew:
        tickets = [(file, crew.ticket(file)) for file in turns]
        for file, ticket in watch(tickets, f"{side} px", len(tickets)):
            seconds = crew.result_of(ticket)
            best = fastest.setdefault(file, seconds)
            fastest[file] = [min(pair) for pair in zip(best, seconds, strict=True)]
    medians = dict(zip(METHODS, map(statistics.median, zip(*fastest.values(), strict=True)), strict=True))
    peer = medians[IMAGEHASH]
    rates = [
        Rate(method=name, seconds=taken, photos_per_second=1 / taken, times_imagehash=peer / taken)
        for name, taken in medians.items()
    ]
    sizes = sorted(file.stat().st_size for file in files)
    return SizeSpeed(
        side=side,
        bytes=sizes[len(sizes) // 2],
        one_core=tuple(rates),
        all_cores=tuple(_shared(files, name, cores) for name in (WHOLE, REFERENCE, QUERY)),
    )


def _one_turn(file: Path) -> list[float]:
    """Seconds of the processor that each method takes for this photo; what others compute is not counted."""
    taken = []
    for method in METHODS.values():
        start = time.process_time()
        method(file)
        taken.append(time.process_time() - start)
    return taken


def _shared(files: list[Path], method: str, cores: int) -> Shared:
    """The rate of a crew that has been warmed up, against that of a crew of one in the same run."""
    one, several = (_crew_rate(files, method, workers) for workers in (1, cores))
    return Shared(method=method, photos_per_second=several, times_one_core=several / one)


def _crew_rate(files: list[Path], method: str, workers: int) -> float:
    """Photos per second, once all processes are there and have all in memory."""
    with Crew(functools.partial(_several, method), workers) as crew:
        start = 0.0
        for count in (FEW + 1, FEW + BATCH * workers):
            start = time.perf_counter()
            works = [
                [files[(number + turn) % len(files)] for turn in range(BATCH)] for number in range(count)
            ]
            for ticket in [crew.ticket(work) for work in works]:
                crew.result_of(ticket)
        return count * BATCH / (time.perf_counter() - start)


def _several(method: str, files: list[Path]) -> None:
    for file in files:
        METHODS[method](file)
