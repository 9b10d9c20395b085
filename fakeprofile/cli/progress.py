"""A progress bar on standard error, for people; nothing where nobody watches."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TypeVar

from fakeprofile.cli.options import on_terminal

Item = TypeVar("Item")


def shown(items: Iterable[Item], what: str, total: int | None) -> Generator[Item]:
    """The items as they come, with rate and time left on a terminal.

    Closing it closes ``items``, so that what was made ready is still written.
    """
    source = iter(items)
    try:
        if on_terminal():
            yield from _with_bar(source, what, total)
        else:
            yield from source
    finally:
        close = getattr(source, "close", None)
        if close is not None:
            close()


def _with_bar(source: Iterable[Item], what: str, total: int | None) -> Generator[Item]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total, rate="")
        for item in source:
            yield item
            progress.advance(task)
            speed = progress.tasks[0].speed
            progress.update(task, rate=f"{speed:.0f} per second" if speed else "")
