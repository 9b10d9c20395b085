"""What every command shares: where the library is, and how much is said."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from fakeprofile.api import open_library
from fakeprofile.records import Gap, Looked, Status
from fakeprofile.references.library import Library
from fakeprofile.report.text import plain

Command = TypeVar("Command", bound=Callable[..., Any])

FLAGGED = 3
NOT_ALL_SEEN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The options that stand before or after the name of the command."""

    library: Path | None = None
    verbose: bool = False

    def opened(self, *, create: bool = True) -> Library:
        """The library that the options name, or the user's own."""
        return open_library(self.library, create=create)


def shared_options(command: Command) -> Command:
    """Adds ``--library`` and ``-v``; the command gets them as ``shared``."""

    @click.option(
        "--library",
        type=click.Path(path_type=Path, dir_okay=True),
        envvar="FAKEPROFILE_LIBRARY",
        metavar="FILE",
        help="The reference set to use, instead of the one in your data folder.",
    )
    @click.option("-v", "--verbose", is_flag=True, help="Show the details of an error.")
    @functools.wraps(command)
    def wrapper(*args: Any, library: Path | None, verbose: bool, **more: Any) -> Any:
        context = click.get_current_context()
        outer = context.obj if isinstance(context.obj, Shared) else Shared()
        given = context.get_parameter_source("library")
        # What stands nearer to the command wins; the environment is weaker than both.
        own = library if given is click.core.ParameterSource.COMMANDLINE else outer.library or library
        return command(*args, shared=Shared(library=own, verbose=verbose or outer.verbose), **more)

    return wrapper  # type: ignore[return-value]  # functools.wraps keeps the shape


def say(text: str) -> None:
    """One line of talk, on standard error."""
    click.echo(text, err=True)


def tell_gap(gap: Gap) -> None:
    """One line for something that was not looked at."""
    say(f"not looked at: {plain(gap.about)}: {plain(gap.reason)}")


def tell_unreadable(looked: Looked) -> None:
    """One line for a photo that could not be read; nothing for any other."""
    if looked.status is Status.UNREADABLE:
        say(f"not looked at: {plain(looked.photo)}: {plain(looked.reason or '')}")


def on_terminal() -> bool:
    """Whether somebody watches standard error."""
    return sys.stderr.isatty()
