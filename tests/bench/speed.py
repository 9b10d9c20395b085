"""Photos per second from file to hashes, next to plain imagehash and pdqhash, in one run and on one core.

    python tests/bench/speed.py [FOLDER] [--rounds N]

FOLDER holds JPEG photos of any size; without it, the drawn references of ``fixtures`` are used. The
methods take turns on every photo, so that a busy machine slows all of them alike. The ratios are more solid
than the rates.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import imagehash
import numpy as np
import pdqhash
from PIL import Image

from fakeprofile.fingerprint import query_fingerprint, reference_fingerprint
from fakeprofile.fingerprint.whole import PDQ_SIDE, whole_hashes_of
from fakeprofile.photo import read
from fakeprofile.records import Gap, Photo

FIXTURES = Path(__file__).parents[2] / "fixtures" / "references"
SIDES = (1080, 320)
MOST = 60


def main() -> None:
    """Prints a table for photos of 1080 pixels and one for avatars of 320."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=FIXTURES)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    for side in SIDES:
        found = sorted(file for file in options.folder.rglob("*") if file.suffix.lower() in (".jpg", ".jpeg"))
        files = _resized(found[:: max(1, len(found) // MOST)], side)
        print(f"{len(files)} JPEG photos of {side} pixels, {options.rounds} rounds, one core\n")
        _print_table(_measured(files, options.rounds))


def _photo(file: Path, least_side: int) -> Photo:
    photo = read(file, least_side=least_side)
    if isinstance(photo, Gap):
        raise SystemExit(f"{photo.about}: {photo.reason}")
    return photo


def _sift(file: Path) -> object:
    grey = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    factor = min(1.0, 640 / max(grey.shape))
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return cv2.SIFT_create(nfeatures=500).detectAndCompute(small, None)


METHODS: dict[str, Callable[[Path], object]] = {
    "decode only (Pillow, full size)": lambda file: np.asarray(Image.open(file).convert("RGB")),
    "imagehash.phash(Image.open(f))": lambda file: imagehash.phash(Image.open(file)),
    "pdqhash.compute(np.asarray(Image.open(f)))": lambda file: pdqhash.compute(
        np.asarray(Image.open(file).convert("RGB"))
    ),
    "fakeprofile: phash and PDQ": lambda file: whole_hashes_of(_photo(file, PDQ_SIDE).pixels, turned=False),
    "OpenCV SIFT, 500 keypoints at 640 px": _sift,
    "fakeprofile: full fingerprint, as a reference": lambda file: reference_fingerprint(_photo(file, 1024)),
    "fakeprofile: full fingerprint, asked about": lambda file: query_fingerprint(_photo(file, 1024)),
}


def _resized(files: list[Path], side: int) -> list[Path]:
    """The photos at that longest side, as JPEG of quality 85, in a temporary folder."""
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="fakeprofile-bench-"))
    made = []
    for number, file in enumerate(files[:MOST]):
        photo = Image.open(file).convert("RGB")
        factor = side / max(photo.size)
        size = (round(photo.width * factor), round(photo.height * factor))
        made.append(folder / f"{number}.jpg")
        photo.resize(size, Image.Resampling.LANCZOS).save(made[-1], quality=85)
    return made


def _measured(files: list[Path], rounds: int) -> dict[str, float]:
    """Median seconds per photo of each method."""
    times: dict[str, list[float]] = {name: [] for name in METHODS}
    for method in METHODS.values():
        method(files[0])
    for _ in range(rounds):
        for file in files:
            for name, method in METHODS.items():
                start = time.perf_counter()
                method(file)
                times[name].append(time.perf_counter() - start)
    return {name: statistics.median(spent) for name, spent in times.items()}


def _print_table(medians: dict[str, float]) -> None:
    peer = medians["imagehash.phash(Image.open(f))"]
    print("| method | photos per second | times imagehash |\n|---|---|---|")
    for name, seconds in medians.items():
        print(f"| {name} | {1 / seconds:.0f} | {peer / seconds:.2f} |")
    print()


if __name__ == "__main__":
    main()
