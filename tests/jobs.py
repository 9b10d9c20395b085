"""What the worker processes of the tests do: they import it by name, like any other function."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from fakeprofile.enroll import _prepared
from fakeprofile.looks import look
from fakeprofile.match import Seen


def doubled(number: int) -> int:
    """Slow for some, so that answers come back in another order."""
    time.sleep(0.02 if number % 3 == 0 else 0)
    return 2 * number


def process_of(_: object) -> int:
    return os.getpid()


def length_of(text: bytes) -> bytes:
    """As much as came."""
    return text[::-1]


def fatal(number: int) -> int:
    """Nobody survives 7 and 11."""
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 11:
        os.kill(os.getpid(), signal.SIGSEGV)
    return number


def fatal_once(work: tuple[int, str]) -> int:
    """The first process that gets it dies, the next one does not."""
    number, mark = work
    if number == 7 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def failing(number: int) -> int:
    if number == 10:
        raise ValueError(f"{number} is not my number")
    return number


class Stubborn(Exception):
    """Cannot be sent anywhere."""

    def __reduce__(self) -> Any:
        raise TypeError("I stay here")


def stubborn(number: int) -> int:
    raise Stubborn(number)


def endless(number: int) -> int:
    """Says who is at work, and works for a minute."""
    sys.stdout.write(f"{os.getpid()}\n")
    sys.stdout.flush()
    time.sleep(60)
    return number


def threads(_: object) -> tuple[int, int, str]:
    """How many threads OpenCV and faiss would use, and what BLAS was told."""
    import cv2
    import faiss

    return cv2.getNumThreads(), faiss.omp_get_max_threads(), os.environ["OPENBLAS_NUM_THREADS"]


class Shut:
    """A function that cannot be opened in another process."""

    def __call__(self, number: int) -> int:
        return number

    def __reduce__(self) -> Any:
        return _not_opened, ()


def _not_opened() -> None:
    raise FileNotFoundError("the book is not there")


def prepared_but_for_3(path: str, settings: Any, thumbnails: bool, templates: Any) -> Any:
    """Makes a photo ready; nobody survives 3.jpg."""
    if Path(path).name == "3.jpg":
        os.kill(os.getpid(), signal.SIGSEGV)
    return _prepared(path, settings, thumbnails, templates)


def look_but_at_3(given: Any, tools: Any) -> Seen:
    """Looks at a photo; nobody survives 3.jpg."""
    if isinstance(given, Path) and given.name == "3.jpg":
        os.kill(os.getpid(), signal.SIGSEGV)
    return look(given, tools)
