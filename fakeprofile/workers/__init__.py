"""One function over many things, by a pool of processes: in order, a few at a time, always the same.

``multiprocessing`` gives the processes and the pipes; the line and the crew are made here, because
``concurrent.futures`` gives up its whole pool when one process dies, cannot say which photo did it, and
leaves its processes behind when the program itself is killed.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from typing import Any, TypeVar

from fakeprofile.errors import UsageError
from fakeprofile.workers.crew import FEW, Crew
from fakeprofile.workers.tickets import Done, Lost, Ticket

__all__ = ["FEW", "Done", "Lost", "cores", "mapped"]

AHEAD = 4
"""Things for each worker that are taken from the source and not yet handed back: enough that nobody waits
for a slow one or while the results are written; few, so that memory is bounded and stopping is quick."""

Tag = TypeVar("Tag")
Work = TypeVar("Work")
Result = TypeVar("Result")


def cores() -> int:
    """How many cores this program may use."""
    allowed: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def mapped(
    function: Callable[[Work], Result], tasks: Iterable[tuple[Tag, Work | Done[Result]]], workers: int
) -> Generator[tuple[Tag, Result | Lost]]:
    """The tag of each task with what the function makes of its work, in the order of the tasks.

    The results do not depend on the number of workers. No process is started for ``FEW`` tasks or less, nor
    if there is to be one worker. Close the iterator to stop at once: the processes are gone afterwards.

    Args:
        function: of one work. It goes to each process once, so it must be one that can be pickled; what it
            has open must be opened again by being unpickled.
        tasks: a tag, which stays here, and the work, which travels: make it small, a path instead of pixels.
            Work that is ``Done`` already only keeps its place in the line.
        workers: how many processes, at most.

    Returns:
        For a work of which two processes have died, ``Lost`` stands in the place of the result.

    Raises:
        UsageError: fewer than one worker.
        WorkerError: no process can be started.
        Exception: whatever the function or the source raises, behind the results before it.
    """
    if workers < 1:
        raise UsageError(f"{workers} workers cannot do anything: give 1 or more")
    if workers == 1:
        return _here(function, tasks)
    return _shared(function, tasks, workers)


def _here(
    function: Callable[[Work], Result], tasks: Iterable[tuple[Tag, Work | Done[Result]]]
) -> Generator[tuple[Tag, Result | Lost]]:
    for tag, work in tasks:
        yield tag, work.result if isinstance(work, Done) else function(work)


def _shared(
    function: Callable[[Work], Result], tasks: Iterable[tuple[Tag, Work | Done[Result]]], workers: int
) -> Generator[tuple[Tag, Result | Lost]]:
    source = iter(tasks)
    ended: Exception | None = None
    line: deque[tuple[Tag, Ticket]] = deque()
    longest = max(AHEAD * workers, FEW + 1)
    with Crew(function, workers) as crew:
        while True:
            while ended is None and len(line) < longest:
                try:
                    tag, work = next(source)
                except Exception as error:  # noqa: BLE001 - raised below, behind the results before it
                    ended = error
                else:
                    line.append((tag, crew.ticket(work)))
            if not line:
                break
            tag, ticket = line.popleft()
            result: Any = crew.result_of(ticket)
            yield tag, result
    if ended is not None and not isinstance(ended, StopIteration):
        raise ended
