"""A progress bar on standard error, for people, and a Ctrl-C that loses nothing."""

from __future__ import annotations

import contextlib
import math
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

    @contextlib.contextmanager
    def at_once(self) -> Iterator[None]:
        """While somebody is asked something, Ctrl-C ends the question; what was done is kept all the same."""
        before = signal.getsignal(signal.SIGINT)
        ours = before == self._ask
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            yield
        except (click.Abort, KeyboardInterrupt):
            if not ours:
                raise
            self.asked = True
        finally:
            if ours:
                signal.signal(signal.SIGINT, before)

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
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}"),
        TextColumn("{task.fields[more]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        number = progress.add_task(what, total=total, pace="", more="")
        task = progress.tasks[0]
        before: int | None = None
        for item in source:
            yield item
            done, more = told(item) if told is not None else (int(task.completed) + 1, "")
            # What an earlier run did, which this one goes on with, says nothing of its pace.
            before = done - 1 if before is None else before
            pace = pace_words(done - before, total and total - done, task.elapsed or 0)
            progress.update(number, completed=done, more=more, pace=pace)


def pace_words(done: int, left: int | None, seconds: float) -> str:
    """How fast it goes and how long it will take, from the second item on.

    rich's own numbers are unknown at first, and for ever if an item takes longer than half a minute.

    Args:
        done: how many, in this run.
        left: how many there are still, if that is known.
        seconds: since the run began.
    """
    if done < 2 or seconds <= 0:
        return ""
    rate = done / seconds
    words = next(
        f"{rate * unit:,.0f} per {name}"
        for unit, name in ((1, "second"), (60, "minute"), (3600, "hour"))
        if rate * unit >= 2 or name == "hour"
    )
    if left is None:
        return words
    minutes, rest = divmod(math.ceil(left / rate), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{words}, {hours}:{minutes:02}:{rest:02} left"
