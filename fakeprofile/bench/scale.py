"""How a library behaves as it grows: how fast it is built and asked, and what it takes of disk and memory.

The library and its index are the real ones; the photos are those of ``bench/crowd.py``, without thumbnails.
What a photo costs before it reaches the library (decoding it, finding its keypoints) is not counted here.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fakeprofile.bench.crowd import BATCH, COPY, POOR_COPY, SIDE, Wear, copy_of, crowd, stranger
from fakeprofile.fingerprint import KEYPOINTS
from fakeprofile.records import Fingerprint, Keypoints, NewSighting, Print
from fakeprofile.references.library import Library
from fakeprofile.settings import DEFAULT

TODAY = "2026-01-01"
PANELS, PANEL_CODES = 12, 400
"""Pictures in a screenshot, and codes of each."""
LONE = 5
"""Photos that are added one at a time, to see how long one takes."""
WRITTEN = 500
"""Photos that are added in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """How long lookups took, and how often the picture that was copied was among the candidates."""

    median: float
    """Seconds."""
    p99: float
    """Seconds: 99 of 100 took no longer."""
    found: float
    """Part of the lookups, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A library of one size."""

    photos: int
    codes: int
    photos_per_second: float
    """Added to the library and to its index, since the size before."""
    index_bytes: int
    library_bytes: int
    segments: int
    first_answer: float
    """Seconds to open the library in a new process and to answer once; the program itself is loaded."""
    one_more: float
    """Seconds to add one photo, the longest of five."""
    photo: Spent
    """A copy of a photo: 1,200 keypoints, 100 of the photo's 500 among them."""
    poor: Spent
    """A poor copy: 50 of them, many changed beyond recognition."""
    screenshot: Spent
    """A poor copy as one of twelve pictures in a screenshot."""
    resident: int
    """Bytes of memory that the process held after all lookups, files included."""
    resident_files: int
    """Bytes among them that are files, and that the system can take back."""

    @property
    def bytes_a_code(self) -> float:
        """What the index takes on disk, photos included."""
        return self.index_bytes / max(1, self.codes)


def measured(counts: Sequence[int], folder: Path, *, queries: int = 40) -> Iterator[Scale]:
    """One library as it grows to each number of photos, in rising order.

    Args:
        counts: numbers of photos.
        folder: where the library is made; it must be empty.
        queries: how many lookups of each kind are made.
    """
    path = folder / "scale.sqlite"
    there = 0
    for count in sorted(set(counts)):
        start = time.perf_counter()
        with Library.open(path) as library:
            _fill(library, there, count)
        spent = time.perf_counter() - start
        one_more = _one_more(path, count)
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            answers = pool.submit(_lookups, path, count, queries).result()
        files = list(folder.glob("*-index/*.segment"))
        yield Scale(
            photos=count,
            codes=_codes(path),
            photos_per_second=(count - there) / spent,
            index_bytes=sum(file.stat().st_size for file in files),
            library_bytes=path.stat().st_size,
            segments=len(files),
            one_more=one_more,
            **answers,
        )
        there = count


# --- building -----------------------------------------------------------------------------


def _fill(library: Library, first: int, last: int) -> None:
    for start in range(first, last, WRITTEN):
        photos = crowd(start // BATCH)
        with library.writing():
            for number in range(start, min(start + WRITTEN, last)):
                within = number % BATCH
                fingerprint = Fingerprint(
                    width=SIDE[0],
                    height=SIDE[1],
                    whole=photos.whole[within],
                    keypoints=Keypoints(
                        algorithm=KEYPOINTS, points=photos.points[within], codes=photos.codes[within]
                    ),
                )
                photo = Print(sha256=sha256_of(number), fingerprint=fingerprint)
                library.add_photo(photo, NewSighting(identity=f"Person {number // 10}"), TODAY)


def sha256_of(number: int) -> str:
    """The SHA-256 under which the photo of that number is kept."""
    return hashlib.sha256(b"crowd %d" % number).hexdigest()


def _one_more(path: Path, count: int) -> float:
    """The longest of a few additions of one photo, which are removed again."""
    longest = 0.0
    for number in range(LONE):
        random = np.random.default_rng([7, count, number])
        photo = Print(sha256=sha256_of(-1 - number), fingerprint=stranger(500, random))
        start = time.perf_counter()
        with Library.open(path) as library:
            library.add_photo(photo, NewSighting(identity="one more"), TODAY)
        longest = max(longest, time.perf_counter() - start)
    with Library.open(path) as library:
        library.remove([one.id for one in library.sightings(identity="one more")])
    return longest


def _codes(path: Path) -> int:
    with Library.open(path) as library:
        return library.indexed_codes()


# --- asking -------------------------------------------------------------------------------


def _lookups(path: Path, count: int, queries: int) -> dict[str, Any]:
    """What a new process measures, by the names of the fields."""
    random = np.random.default_rng([11, count])
    numbers = random.integers(0, count, 3 * queries).tolist()
    first = _asked(numbers[0], COPY, random)
    start = time.perf_counter()
    with Library.open(path) as library:
        library.near_any(first[1], "0" * 64, DEFAULT.candidates)
        first_answer = time.perf_counter() - start
        kinds: dict[str, Callable[[int], tuple[int, list[Fingerprint]]]] = {
            "photo": lambda number: _asked(number, COPY, random),
            "poor": lambda number: _asked(number, POOR_COPY, random),
            "screenshot": lambda number: _screenshot(number, random),
        }
        spent = {
            name: _spent(library, [make(number) for number in numbers[at::3]])
            for at, (name, make) in enumerate(kinds.items())
        }
        resident, files = _resident()
    return {"first_answer": first_answer, "resident": resident, "resident_files": files, **spent}


def _asked(number: int, wear: Wear, random: np.random.Generator) -> tuple[int, list[Fingerprint]]:
    photos = crowd(number // BATCH)
    within = number % BATCH
    return number, [copy_of(photos.codes[within], photos.points[within], wear, 1200, random)]


def _screenshot(number: int, random: np.random.Generator) -> tuple[int, list[Fingerprint]]:
    photos = crowd(number // BATCH)
    within = number % BATCH
    copy = copy_of(photos.codes[within], photos.points[within], POOR_COPY, PANEL_CODES, random)
    return number, [copy, *(stranger(PANEL_CODES, random) for _ in range(PANELS - 1))]


def _spent(library: Library, questions: list[tuple[int, list[Fingerprint]]]) -> Spent:
    times, found = [], 0
    library.near_any(questions[0][1], "0" * 64, DEFAULT.candidates)
    for number, fingerprints in questions:
        start = time.perf_counter()
        answers = library.near_any(fingerprints, "0" * 64, DEFAULT.candidates)
        times.append(time.perf_counter() - start)
        found += any(known.sha256 == sha256_of(number) for known in answers[0])
    return Spent(
        median=statistics.median(times),
        p99=float(np.quantile(times, 0.99)),
        found=found / len(questions),
    )


def _resident() -> tuple[int, int]:
    """Bytes of memory held, and those of files among them; 0 where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
    except OSError:
        return 0, 0
    sizes = {line.split(":")[0]: int(line.split()[1]) * 1024 for line in lines if line.startswith("Rss")}
    return sum(sizes.values()), sizes.get("RssFile", 0)
