"""A progress bar on standard error, for people, and a Ctrl-C that loses nothing."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from types import FrameType
from typing import TypeVar

import click

from fakeprofile.cli.options import on_terminal

Item = TypeVar("Item")


class Stop:
    """Whether the user has asked to stop."""

    def __init__(self) -> None:
        self.asked = False

    def before_next(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items until somebody asks to stop."""
        for item in items:
            if self.asked:
                return
            yield item

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            signal.default_int_handler(number, frame)
        self.asked = True


@contextlib.contextmanager
def stoppable() -> Iterator[Stop]:
    """Lets the first Ctrl-C end the work behind the item at hand, and the second one at once.

    Raises:
        KeyboardInterrupt: on leaving, if it was asked to stop.
    """
    stop = Stop()
    # A signal that is ignored (``nohup``) stays so, and only the main thread may say what it does.
    ours = (
        threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    if not ours:
        yield stop
        return
    signal.signal(signal.SIGINT, stop._ask)
    try:
        yield stop
    except click.exceptions.Exit:
        if not stop.asked:
            raise
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if stop.asked:
        raise KeyboardInterrupt


def shown(
    items: Iterable[Item],
    what: str,
    total: int | None,
    told: Callable[[Item], tuple[int, str]] | None = None,
) -> Generator[Item]:
    """The items as they come, with rate and time left on a terminal.

    Closing it closes ``items``, so that what was made ready is still written.

    Args:
        items: what is done, one by one.
        what: was done to them.
        total: how many there will be, if that is known.
        told: of an item how many are done with it, and what else to say; each is one if not given.
    """
    source = iter(items)
    try:
        if on_terminal():
            yield from _with_bar(source, what, total, told)
        else:
            yield from source
    finally:
        close = getattr(source, "close", None)
        if close is not None:
            close()


def _with_bar(
    source: Iterable[Item], what: str, total: int | None, told: Callable[[Item], tuple[int, str]] | None
) -> Generator[Item]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[more]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total, rate="", more="")
        for item in source:
            yield item
            done, more = told(item) if told is not None else (int(progress.tasks[0].completed) + 1, "")
            progress.update(task, completed=done, more=more)
            speed = progress.tasks[0].speed
            progress.update(task, rate=f"{speed:.0f} per second" if speed else "")
