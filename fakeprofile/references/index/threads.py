"""How the work of a lookup is shared by threads: our own, each of which asks faiss for one thread.

faiss's own threads wait for each other at the end of every call. On a busy machine (another program, or the
processes of an import) that takes a hundred times as long as the call; ours only wait once, and small work is
not shared at all.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")

LARGE = 3_000_000
"""Comparisons from which on a second thread helps: some 5 ms of one."""


def shared(count: int, comparisons: int, work: Callable[[slice], Part], at_once: int = 0) -> list[Part]:
    """What ``work`` makes of each part of so many things, in their order.

    Args:
        count: of the things that are searched for or in.
        comparisons: that all of it takes.
        work: does one part; faiss must give other threads their turn in it.
        at_once: things in one part; without it, one part for each thread.
    """
    import faiss

    most = int(faiss.omp_get_max_threads())
    workers = most if comparisons >= LARGE else 1
    size = max(1, at_once or -(-count // workers))
    parts = [slice(first, min(first + size, count)) for first in range(0, count, size)]

    def alone(part: slice) -> Part:
        before = faiss.omp_get_max_threads()
        faiss.omp_set_num_threads(1)  # of the thread that calls
        try:
            return work(part)
        finally:
            faiss.omp_set_num_threads(before)

    if workers == 1 or len(parts) < 2:
        return [alone(part) for part in parts]
    with ThreadPoolExecutor(min(workers, len(parts))) as pool:
        return list(pool.map(alone, parts))
