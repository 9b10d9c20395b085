"""How long it takes to compare whole-picture hashes with millions, next to faiss's own exhaustive search."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fakeprofile.references.index.peer import exhaustive
from fakeprofile.references.index.whole import near_rows

FORMS = 8
"""A picture is looked for as it is, mirrored, and turned."""
AT_ONCE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeSpent:
    """Seconds for one lookup of a picture in its eight forms by both hashes; medians."""

    hashes: int
    ours: float
    """From a mapped file, as the index does it."""
    faiss: float
    """``IndexBinaryFlat.range_search`` of 256 and of 64 bits, from memory."""

    @property
    def ratio(self) -> float:
        """How many times as long as faiss it takes."""
        return self.ours / self.faiss


def whole_spent(hashes: int, folder: Path, *, rounds: int = 7) -> WholeSpent:
    """Both searches in turns over the same random hashes.

    Args:
        hashes: how many there are.
        folder: for two files of 8 and 32 bytes a hash, which are removed again.
        rounds: how often each search is made.
    """
    random = np.random.default_rng(20261125)
    files = folder / "phash.bench", folder / "pdq.bench"
    try:
        for file, width in zip(files, (8, 32), strict=True):
            with file.open("wb") as opened:
                for first in range(0, hashes, AT_ONCE):
                    opened.write(random.bytes(width * min(AT_ONCE, hashes - first)))
        phash, pdq = (
            np.memmap(file, dtype=np.uint8, mode="r").reshape(-1, width)
            for file, width in zip(files, (8, 32), strict=True)
        )
        asked, asked_pdq = (random.integers(0, 256, (FORMS, width), dtype=np.uint8) for width in (8, 32))
        peer = exhaustive(phash, pdq)
        ways: tuple[Callable[[], object], ...] = (
            lambda: near_rows(phash, pdq, asked, asked_pdq),
            lambda: peer(asked, asked_pdq),
        )
        ours, faiss = _turns(ways, rounds)
        return WholeSpent(hashes=hashes, ours=statistics.median(ours), faiss=statistics.median(faiss))
    finally:
        for file in files:
            file.unlink(missing_ok=True)


def _turns(ways: tuple[Callable[[], object], ...], rounds: int) -> list[list[float]]:
    """Seconds of each way, in turns, so that a busy machine slows all alike."""
    spent: list[list[float]] = [[] for _ in ways]
    for _ in range(rounds + 1):
        for way, times in zip(ways, spent, strict=True):
            start = time.perf_counter()
            way()
            times.append(time.perf_counter() - start)
    return [times[1:] for times in spent]
