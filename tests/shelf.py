"""Prints, pictures and libraries for the tests of the reference set."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from fakeprofile.fingerprint import KEYPOINTS, WHOLE
from fakeprofile.records import Fingerprint, Handle, Keypoints, NewSighting, Print, WholeHashes

TODAY = "2026-11-23"
ROOT = Path(__file__).parents[1]
NOBODY = 65534
AS_ROOT = hasattr(os, "getuid") and os.getuid() == 0


def fingerprint(seed: int, *, keypoints: str = KEYPOINTS, whole: str = WHOLE) -> Fingerprint:
    """A fingerprint of no picture, unlike that of any other seed."""
    random = np.random.default_rng(seed)
    points = random.uniform(1, 400, (40, 4)).astype(np.float32)
    points[:, 3] %= 360
    return Fingerprint(
        width=400,
        height=500,
        whole=WholeHashes(
            algorithm=whole, phash=random.bytes(8).hex(), pdq=random.bytes(32).hex(), pdq_quality=90
        ),
        keypoints=Keypoints(
            algorithm=keypoints, points=points, codes=random.integers(0, 256, (40, 16), dtype=np.uint8)
        ),
    )


def thumbnail(seed: int) -> bytes:
    """Bytes that begin like a JPEG and stand nowhere else; longer than a page of SQLite."""
    return b"\xff\xd8\xff" + np.random.default_rng([seed, 1]).bytes(9000)


def a_print(seed: int, *, pictured: bool = True, keypoints: str = KEYPOINTS, whole: str = WHOLE) -> Print:
    """What a library keeps of a photo."""
    return Print(
        sha256=hashlib.sha256(b"%d" % seed).hexdigest(),
        fingerprint=fingerprint(seed, keypoints=keypoints, whole=whole),
        thumbnail=thumbnail(seed) if pictured else None,
    )


def seen(identity: str | None = "Imke", handle: str | None = None, **more: Any) -> NewSighting:
    """A sighting of somebody's photo."""
    handles = (Handle(name=handle, platform="instagram"),) if handle else ()
    return NewSighting(identity=identity, handles=handles, **more)


def tables(path_or_connection: Any) -> dict[str, list[tuple[Any, ...]]]:
    """All that stands in a library, but for the numbers that SQLite will give next."""
    connection = path_or_connection
    if isinstance(path_or_connection, Path):
        connection = sqlite3.connect(path_or_connection)
    names = ("identities", "handles", "pages", "photos", "sightings", "cases")
    found = {
        name: [tuple(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2")]
        for name in names
    }
    if connection is not path_or_connection:
        connection.close()
    return found


def picture(path: Path, seed: int, side: int = 400) -> Path:
    """A textured picture, unlike that of any other seed."""
    import cv2

    random = np.random.default_rng(seed)
    grey = sum(
        cv2.resize(random.normal(size=(cells, cells, 3)), (side, side), interpolation=cv2.INTER_CUBIC)
        / cells**0.5
        for cells in (5, 12, 30, 80)
    )
    pixels = np.clip(127 + 90 * grey, 0, 255).astype(np.uint8)
    for _ in range(12):
        x, y, r = (int(one) for one in random.integers(20, side - 20, 3))
        cv2.circle(pixels, (x, y), 8 + r // 8, [int(one) for one in random.integers(0, 255, 3)], -1)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path, quality=90)
    return path


def command(*arguments: object, library: Path) -> list[str]:
    """A command line of the program, to be run as a process of its own."""
    words = [str(argument) for argument in arguments]
    return [sys.executable, "-m", "fakeprofile", *words, "--library", str(library)]


def ran(*arguments: object, library: Path) -> subprocess.CompletedProcess[str]:
    """What a process of the program said."""
    return subprocess.run(
        command(*arguments, library=library), capture_output=True, text=True, cwd=ROOT, timeout=60
    )


@contextlib.contextmanager
def common_folder() -> Iterator[Path]:
    """A folder that every user may enter (pytest's own is closed to others)."""
    folder = Path(tempfile.mkdtemp(prefix="fakeprofile-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """As a user for whom permissions count, which they do not for root."""
    if not AS_ROOT:
        yield
        return
    os.setresgid(NOBODY, NOBODY, 0)
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)
