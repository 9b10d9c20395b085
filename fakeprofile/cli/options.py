"""What every command shares: where the library is, and how much is said."""

from __future__ import annotations

import contextlib
import functools
import os
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from fakeprofile import starting
from fakeprofile.api import open_library
from fakeprofile.errors import LibraryMissing
from fakeprofile.records import Gap, Panel
from fakeprofile.references.library import Library
from fakeprofile.report.lines import plain
from fakeprofile.settings import DEFAULT
from fakeprofile.workers import cores

Command = TypeVar("Command", bound=Callable[..., Any])

NOTHING_YET = "nothing yet: run `fakeprofile check PHOTO... --handle NAME`, which remembers the account"

INTERNAL_ERROR = 1
WRONG_USAGE = 2
FLAGGED = 3
NOT_ALL_SEEN = 4
INTERRUPTED = starting.INTERRUPTED
"""Exit codes; 0 is all that was left to say."""

VERBOSE = click.option(
    "-v", "--verbose", is_flag=True, expose_value=False, help="Show the details of an error."
)
"""Taken everywhere; ``cli.run`` looks for it, because an error can come before any option is parsed."""


WORKERS = click.option(
    "--workers",
    type=click.IntRange(min=1),
    envvar="FAKEPROFILE_WORKERS",
    default=cores,
    metavar="N",
    help="How many processes share the work, instead of one for each core.",
)
"""For the commands that take many photos; what they say is the same for any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The options that stand before or after the name of the command."""

    library: Path | None = None

    def opened(self, *, create: bool = True) -> Library:
        """The library that the options name, or the user's own; what a command adds to it, only its user may read."""
        if create:
            keep_private()
        return open_library(self.library, create=create)

    def opened_if_any(self) -> Library:
        """The library; if nobody named one and the user has none yet, the command ends with a friendly word.

        Raises:
            LibraryError: it cannot be used, or the one that was named is missing.
        """
        try:
            return self.opened(create=False)
        except LibraryMissing:
            if self.library is not None:
                raise
        say(NOTHING_YET)
        raise click.exceptions.Exit(0)


def keep_private() -> None:
    """Lets nobody but the user read the files that this command makes from now on: they tell of people.

    Their folders are closed to others, but one that was copied or opened up no longer protects what is in it. Not for
    commands that write a file which the user asked for.
    """
    before = os.umask(0o077)
    click.get_current_context().call_on_close(lambda: os.umask(before))


def shared_options(command: Command) -> Command:
    """Adds ``--library`` and ``-v``; the command gets them as ``shared``."""

    @click.option(
        "--library",
        type=click.Path(path_type=Path, dir_okay=True),
        envvar="FAKEPROFILE_LIBRARY",
        metavar="FILE",
        help="The reference set to use, instead of the one in your data folder.",
    )
    @VERBOSE
    @functools.wraps(command)
    def wrapper(*args: Any, library: Path | None, **more: Any) -> Any:
        context = click.get_current_context()
        outer = context.obj if isinstance(context.obj, Shared) else Shared()
        given = context.get_parameter_source("library")
        # What stands nearer to the command wins; the environment is weaker than both.
        own = library if given is click.core.ParameterSource.COMMANDLINE else outer.library or library
        return command(*args, shared=Shared(library=own), **more)

    return wrapper  # type: ignore[return-value]  # functools.wraps keeps the shape


class PanelType(click.ParamType[Panel]):
    """``X,Y,W,H`` in pixels of the upright photo at full size: a panel that the user names."""

    name = "panel"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Panel:
        """The panel; anything else is wrong usage and says what is expected."""
        if isinstance(value, Panel):
            return value
        found = re.fullmatch(
            r"\s*(\d{1,6})\s*,\s*(\d{1,6})\s*,\s*(\d{1,6})\s*,\s*(\d{1,6})\s*", str(value), re.ASCII
        )
        if found is None:
            self.fail(
                f"{str(value)!r} is not X,Y,W,H: four whole numbers of pixels from the photo's upper left corner, "
                "such as 0,140,540,540 (`fakeprofile panels PHOTO` lists what was found)",
                param,
                ctx,
            )
        left, top, width, height = (int(part) for part in found.groups())
        least = DEFAULT.limits.shortest_side
        if min(width, height) < least:
            self.fail(
                f"{str(value)!r} is {width} x {height} pixels: a panel needs at least {least} x {least}; "
                "the third and fourth number are its width and height",
                param,
                ctx,
            )
        return Panel(left=left, top=top, width=width, height=height)


PANEL = PanelType()


def example(*lines: str) -> str:
    """What a help ends in: command lines that work, written without the name of the program."""
    return "\n".join(("\b", "Example:", *(f"  fakeprofile {line}" for line in lines)))


def say(text: str) -> None:
    """One line of talk, on standard error; what cannot be seen in it is made visible."""
    try:
        click.echo("\n".join(plain(line) for line in text.split("\n")), err=True)
    except BrokenPipeError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Nobody reads the stream any more: Python would complain of that when it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def tell_gap(gap: Gap) -> None:
    """One line for something that was not looked at."""
    say(f"not looked at: {plain(gap.about)}: {plain(gap.reason)}")


def tell_gaps(gaps: Iterable[Gap], *, reported: bool, more: int = 0) -> None:
    """What was not looked at, one line each; nothing where a report that says it too is on the same screen.

    Args:
        gaps: what was not looked at.
        reported: whether the output is a text that says it too.
        more: how many others stand in summary.json.
    """
    if reported and on_terminal() and sys.stdout.isatty():
        return
    for gap in gaps:
        tell_gap(gap)
    if more:
        say(f"not looked at: {more:,} more, which stand in summary.json")


def on_terminal() -> bool:
    """Whether somebody watches standard error."""
    return sys.stderr.isatty()
