"""The processes: started when there is enough to do, replaced when they die, and gone at the end."""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any, Self

from fakeprofile.errors import WorkerError
from fakeprofile.workers.serving import READY
from fakeprofile.workers.tickets import Done, Lost, Raised, Ticket
from fakeprofile.workers.worker import Worker

FEW = 8
"""So much work is done here, without processes. Starting them takes as long as three to six photos each."""
EACH = 4
"""How much work there must be for each process before one more is started."""
AT_HAND = 2
"""What a worker is given: one work, and the next, so that it never waits while others are written down."""
MOST_DEATHS = 2
"""Processes that may die of one work. The first may have been the victim of a neighbour: when memory runs
out, the system ends whom it likes. So the second try is made while no other work is going on."""
MOST_FALSE_STARTS = 10


class _RemoteError(Exception):
    """Shows a traceback of another process above the one of this process."""

    def __str__(self) -> str:
        return f"in a worker process:\n{self.args[0]}"


class Crew:
    """Up to so many processes that do the work; use it as a context manager."""

    def __init__(self, function: Callable[[Any], Any], most: int) -> None:
        self._function = function
        self._packed: bytes | None = None
        self._most = most
        self._workers: list[Worker] = []
        self._waiting: deque[Ticket] = deque()
        self._suspects: deque[Ticket] = deque()
        self._started = self._served = False
        self._false_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.buried()

    def ticket(self, work: Any) -> Ticket:
        """A place in the line; work that is ``Done`` has its answer."""
        if isinstance(work, Done):
            return Ticket(work, work)
        ticket = Ticket(work)
        self._waiting.append(ticket)
        self._started = self._started or len(self._waiting) > FEW
        if self._started:
            self._hand_out()
        return ticket

    def result_of(self, ticket: Ticket) -> Any:
        """What came of the first ticket in the line, which may take a while.

        Raises:
            WorkerError: no process can be started.
            BaseException: what the function raised.
        """
        if not self._started and ticket.answer is None:
            self._waiting.popleft()
            return self._function(ticket.work)
        while ticket.answer is None:
            self._hand_out()
            self._hear()
        match ticket.answer:
            case Raised(error, text):
                raise error from _RemoteError(text)
            case Done(result):
                return result
        return ticket.answer

    # --- handing out ----------------------------------------------------------------------

    def _hand_out(self) -> None:
        """Gives the workers as much as they may have at hand; to a suspect nobody else works beside."""
        if self._suspects:
            if not any(worker.given for worker in self._workers):
                self._free().give(self._suspects.popleft())
            return
        while self._waiting:
            worker = self._free()
            if len(worker.given) >= AT_HAND:
                return
            worker.give(self._waiting.popleft())

    def _free(self) -> Worker:
        """The worker with least to do; a new one, if there is so much to do."""
        count = len(self._workers)
        work = len(self._waiting) + sum(len(worker.given) for worker in self._workers)
        if not count or (count < self._most and work > EACH * count):
            if self._packed is None:
                self._packed = pickle.dumps(self._function, pickle.HIGHEST_PROTOCOL)
            try:
                self._workers.append(Worker(self._packed))
            except OSError as error:
                if not count:
                    raise _not_started(str(error)) from error
                self._most = count  # the system gives no more of them
        return min(self._workers, key=lambda worker: len(worker.given))

    # --- hearing --------------------------------------------------------------------------

    def _hear(self) -> None:
        """Waits until somebody has something to say."""
        speaking = wait([worker.connection for worker in self._workers])
        for worker in [one for one in self._workers if one.connection in speaking]:
            try:
                message = worker.connection.recv_bytes()
            except (EOFError, OSError):
                self._workers.remove(worker)
                self._mourn(worker)
                continue
            answer = pickle.loads(message)  # noqa: S301 - it comes from a process of ours
            if answer == READY:
                worker.ready = self._served = True
            elif worker.ready:
                worker.given.popleft().answer = answer
            else:
                raise answer.error from _RemoteError(answer.trace)

    def _mourn(self, worker: Worker) -> None:
        """Sees to the work of one that has died."""
        how = worker.buried()
        if not worker.ready:
            self._false_starts += 1
            if not self._served or self._false_starts > MOST_FALSE_STARTS:
                raise _not_started(how)
        elif worker.given:
            ticket = worker.given.popleft()
            ticket.deaths += 1
            if ticket.deaths < MOST_DEATHS:
                self._suspects.append(ticket)
            else:
                ticket.answer = Lost(_reason(how))
        self._waiting.extendleft(reversed(worker.given))


def _reason(how: str) -> str:
    return (
        f"the program that read it was ended twice ({how}): it breaks the decoder, or needs more memory than "
        "there is; save it anew, smaller, and try again"
    )


def _not_started(how: str) -> WorkerError:
    return WorkerError(
        f"no worker process can be started ({how}): use one worker; in a script of your own, put what "
        "calls this under if __name__ == '__main__'"
    )
