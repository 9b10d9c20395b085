"""How much of the index is held in memory, and giving it back."""

from __future__ import annotations

import mmap
from pathlib import Path

SMALL = 1_250_000_000
"""Bytes of an index that may be mapped as a whole: that of a hundred thousand photos."""
MOST_RESIDENT = 900_000_000
"""Bytes of files that may stay mapped of a larger one. What is given back stays in the system's cache of files,
from where it comes back much faster than from the disk; it only no longer counts as this program's."""
AT_ONCE = 300_000_000
"""Bytes that a lookup may touch before it looks how much is mapped."""
_STATM = Path("/proc/self/statm")


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
