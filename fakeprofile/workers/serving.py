"""What a worker does: one work after the other, until nobody is there to hear of it."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from fakeprofile.workers.tickets import Answer, Done, Raised

READY = "ready"
"""The first message of a worker, once it has its function."""


def serve(connection: Connection) -> None:
    """Answers each work that comes through the pipe; the first thing that comes is the function."""
    # Ctrl-C goes to all processes of a terminal; what to do then is for the first of them to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(connection, inbox), daemon=True).start()
    try:
        function = _opened(inbox.get())
        connection.send_bytes(_packed(READY if not isinstance(function, Raised) else function))
        while not isinstance(function, Raised):
            connection.send_bytes(_packed(_answer(function, inbox.get())))
    except OSError:  # nobody listens any more
        return


def _receive(connection: Connection, inbox: SimpleQueue[bytes]) -> None:
    """Empties the pipe, so that whoever writes to it never waits, and ends the process with the pipe.

    The pipe ends when its other end is closed, also by the death of that process, whatever its cause.
    """
    try:
        while True:
            inbox.put(connection.recv_bytes())
    except (EOFError, OSError):
        # Not later: the work at hand may take seconds, and nobody wants it.
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def _opened(message: bytes) -> Callable[[Any], Any] | Raised:
    try:
        function: Callable[[Any], Any] = pickle.loads(message)  # noqa: S301 - it comes from our own process
    except Exception as error:  # noqa: BLE001 - told to the one who sent it
        return Raised(error, traceback.format_exc())
    return function


def _answer(function: Callable[[Any], Any], message: bytes) -> Answer:
    try:
        return Done(function(pickle.loads(message)))  # noqa: S301 - as above
    except BaseException as error:  # noqa: BLE001 - raised again where the work came from
        return Raised(error, traceback.format_exc())


def _packed(message: object) -> bytes:
    try:
        return pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - an error, or a result, that cannot travel
        told = RuntimeError(f"{message!r:.500} cannot be sent to another process: {error}")
        return pickle.dumps(Raised(told, traceback.format_exc()), pickle.HIGHEST_PROTOCOL)
