"""One process of the crew, as seen from outside."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Iterator
from multiprocessing import resource_tracker

from fakeprofile.workers.serving import serve
from fakeprofile.workers.tickets import Ticket

ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",  # faiss, and every BLAS
        "OPENBLAS_NUM_THREADS",  # numpy, scipy
        "MKL_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",  # numpy on a Mac
        "OPENCV_FOR_THREADS_NUM",
    ),
    "1",
)
"""The libraries read these when they are loaded. With a process for each core, more threads only wait."""


PATIENCE = 5.0
"""Seconds that a process may take to die after its pipe has ended: the system may write its memory down."""


class Worker:
    """A running process, and what it was given and has not answered."""

    def __init__(self, function: bytes) -> None:
        """Starts it.

        Args:
            function: pickled.

        Raises:
            OSError: the system gives no process.
        """
        # Not fork: OpenCV, faiss and BLAS have threads, which a forked process would wait for in vain.
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs,), daemon=True)
        self.given: deque[Ticket] = deque()
        self.ready = False
        try:
            with _environment(ONE_THREAD), _deaf_to_ctrl_c():
                self.process.start()
        except BaseException:
            self.connection.close()
            raise
        finally:
            theirs.close()
        self._send(function)

    def give(self, ticket: Ticket) -> None:
        """Puts one more work into its hands."""
        self.given.append(ticket)
        self._send(pickle.dumps(ticket.work, pickle.HIGHEST_PROTOCOL))

    def _send(self, message: bytes) -> None:
        with contextlib.suppress(OSError):  # that it is dead is seen when it should answer
            self.connection.send_bytes(message)

    def kill(self) -> None:
        """Ends it at once, whatever it is doing; it only reads, so nothing is left half done."""
        self.connection.close()
        self.process.kill()

    def buried(self) -> str:
        """How it ended, in a few words; nothing of it is left in the system afterwards."""
        self.process.join(PATIENCE)
        self.kill()
        self.process.join()
        code = self.process.exitcode or 0
        self.process.close()
        if -code in list(signal.Signals):
            return signal.Signals(-code).name
        return f"signal {-code}" if code < 0 else f"exit code {code}"


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """What is started inside never hears of Ctrl-C, not even before its first line; we hear of it after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # It is started with the first process otherwise, and would leave us with our ears open.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _environment(more: dict[str, str]) -> Iterator[None]:
    """What is started inside finds these in its environment."""
    before = {name: os.environ.get(name) for name in more}
    os.environ.update(more)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
