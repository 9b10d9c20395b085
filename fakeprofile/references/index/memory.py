"""How much of the index is held in memory, and giving it back."""

from __future__ import annotations

import mmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SMALL = 1_250_000_000
"""Bytes of an index that may be mapped as a whole: that of a hundred thousand photos."""
MOST_RESIDENT = 900_000_000
"""Bytes of files that may stay mapped of a larger one. With 350 million a lookup among 200,000 photos takes 137 ms
instead of 80 to 104. What is given back stays in the system's cache of files, from where it comes back much faster than from
the disk; it only no longer counts as this program's."""
AT_ONCE = 300_000_000
"""Bytes that a lookup may touch before it looks how much is mapped."""
WORTH_READING_AHEAD = 50_000_000
"""Bytes of a file of the index from which on its lists are read ahead: a smaller one is soon in memory as a whole."""
COLD = 1_000_000
"""Bytes that a lookup must have had read before the next one reads ahead too: asking for what is in memory already takes
a quarter of the time of the lookup."""
_STATM, _IO = Path("/proc/self/statm"), Path("/proc/self/io")


def read_ahead(mapped: mmap.mmap, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> None:
    """Has the system read parts of a mapped file while the first of them is looked at, where that can be asked for.

    Otherwise each page is waited for, one after the other: several times as long where the file is not in memory.

    Args:
        mapped: the file.
        starts: the first byte of each part, in rising order.
        ends: the byte after its last one.
    """
    if not (hasattr(mapped, "madvise") and hasattr(mmap, "MADV_WILLNEED")):
        return
    firsts = starts // mmap.PAGESIZE * mmap.PAGESIZE
    for first, end in zip(firsts.tolist(), ends.tolist(), strict=True):
        if end > first:
            mapped.madvise(mmap.MADV_WILLNEED, first, end - first)


def bytes_read() -> int:
    """How much this process has had read from disks so far; 0 where the system does not say."""
    try:
        told = dict(line.split(b": ") for line in _IO.read_bytes().splitlines())
        return int(told[b"read_bytes"])
    except (OSError, KeyError, ValueError):
        return 0


def too_much_is_mapped(touched: int) -> bool:
    """Whether mapped files take more memory than they may.

    Args:
        touched: bytes that were read from mapped files; for systems that do not say what is resident.
    """
    try:
        pages = int(_STATM.read_bytes().split()[2])  # "shared": resident pages that are files
    except (OSError, IndexError, ValueError):
        return touched > MOST_RESIDENT
    return pages * mmap.PAGESIZE > MOST_RESIDENT


def give_back(mapped: mmap.mmap) -> None:
    """Gives the memory of a mapped file back to the system, where that can be asked for."""
    if hasattr(mapped, "madvise") and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)
