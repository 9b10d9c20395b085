"""What Ctrl-C does while the program is being loaded: it ends with one word, as everywhere.

Loading takes half a second, before any code of ours could catch anything. A handler is used, not ``except``: numpy
and OpenCV turn a ``KeyboardInterrupt`` that meets them into errors of their own.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType

INTERRUPTED = 130
"""The exit code: what shells say of whoever was ended by SIGINT."""


def begin() -> None:
    """Ends the program at once at a Ctrl-C from now on; nothing if this is loaded by another program."""
    if _is_program() and _is_ours_to_set():
        signal.signal(signal.SIGINT, _end)


def done() -> None:
    """Makes Ctrl-C a ``KeyboardInterrupt`` again: all is loaded, and somebody catches it."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _is_program() -> bool:
    """Whether Python was started for this program alone.

    ``python -m`` calls itself "-m" until it has found the module (``sys.argv`` in Python's manual); the worker
    processes have the name of who started them, but not its arguments.
    """
    name = (getattr(sys, "argv", None) or [""])[0]  # a program that Python is built into need not have any
    by_name = name == "-m" or name.endswith(("fakeprofile", "fakeprofile.exe"))
    return by_name and "--multiprocessing-fork" not in sys.orig_argv


def _is_ours_to_set() -> bool:
    """Whether nobody else has said what Ctrl-C does: one that is ignored (``nohup``) stays so."""
    in_main = threading.current_thread() is threading.main_thread()
    return in_main and signal.getsignal(signal.SIGINT) is signal.default_int_handler


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
    os.write(2, b"interrupted\n")
    os._exit(INTERRUPTED)


begin()
