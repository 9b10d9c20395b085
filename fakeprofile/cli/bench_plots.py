"""``--plot`` of the benches: where a plot goes, asked before the work of minutes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from fakeprofile.cli.paths import FILE, check_file, make_folder
from fakeprofile.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])


def plot_option(what: str) -> Callable[[Command], Command]:
    """``--plot OUT.png`` with what it draws as its help."""
    return click.option("--plot", type=FILE, metavar="OUT.png", help=what)


def check_plot_place(plot: Path | None) -> None:
    """Nothing, if a plot can be drawn and may go there.

    Raises:
        UsageError: matplotlib is not there, the name is not that of a PNG, or it cannot be written.
    """
    if plot is None:
        return
    from fakeprofile.bench.plot import check_plot

    check_plot()
    if plot.suffix.lower() != ".png":
        raise UsageError(f"{plot} is no name for a PNG, which is what is drawn: let it end in .png")
    make_folder(plot.parent)
    check_file(plot)
