"""How many threads faiss uses: all for large work, one for small.

Threads that wait for each other cost more than they save when the work takes a millisecond, and on a busy
machine (another program, or the processes of an import) a hundred times as much.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

LARGE = 30_000_000
"""Comparisons from which on a second thread helps: about 30 ms of one."""


def most_threads() -> int:
    """How many threads there may be."""
    import faiss

    return int(faiss.omp_get_max_threads())


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """faiss works in this thread alone."""
    import faiss

    most = most_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(most)


def threads(comparisons: int) -> contextlib.AbstractContextManager[None]:
    """One thread inside, unless there are many comparisons to make."""
    return contextlib.nullcontext() if comparisons >= LARGE else one_thread()
