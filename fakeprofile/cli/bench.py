"""``fakeprofile bench``: what is found and missed, measured on photos and a machine of the user's own."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import click

from fakeprofile.cli.bench_audit import audit
from fakeprofile.cli.bench_plots import check_plot_place, plot_option
from fakeprofile.cli.bench_scale import scale
from fakeprofile.cli.bench_speed import speed
from fakeprofile.cli.options import VERBOSE, WORKERS, say, tell_gap
from fakeprofile.cli.paths import FOLDER, FOLDER_THERE, THERE, make_folder, write_file
from fakeprofile.cli.progress import shown
from fakeprofile.errors import UsageError
from fakeprofile.tools import utc_today

EPILOG = """\b
Example:
  fakeprofile bench recall ~/Pictures --queries 20 --plot recall.png
"""
SHARE_OF_PAIRS = 3


@click.group(epilog=EPILOG)
@VERBOSE
def bench() -> None:
    """Measure what is found and missed, and how fast, on photos and a machine of your own."""


@click.command(epilog=EPILOG)
@click.argument("photos", nargs=-1, required=True, metavar="PHOTOS...", type=THERE)
@click.option("--edits", metavar="NAME,...", help="Only these edits; a wrong name lists all there are.")
@click.option(
    "--queries",
    type=click.IntRange(min=1),
    default=30,
    show_default=True,
    metavar="N",
    help="How many of the references are edited and looked up.",
)
@click.option(
    "--kinds", metavar="NAME,...", help="Only these kinds of pairs; a wrong name lists all there are."
)
@click.option(
    "--pairs",
    type=click.IntRange(min=0),
    metavar="N",
    help="How many pairs of each kind that fools others; a third of the queries if not given.",
)
@click.option(
    "--takes",
    type=FOLDER_THERE,
    metavar="FOLDER",
    help="Also real photos of one scene at different moments: a folder of photos for each scene in it, or videos.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Other edits of other photos."
)
@click.option("--json", "as_json", is_flag=True, help="Print all numbers as JSON.")
@plot_option("Draw the recall of each edit.")
@click.option(
    "--save",
    type=FOLDER,
    metavar="FOLDER",
    help="Draw each false match and each missed copy beside the known picture.",
)
@click.option(
    "--export",
    type=FOLDER,
    metavar="FOLDER",
    help="Leave all pictures there, with a list, to measure other programs on.",
)
@WORKERS
@VERBOSE
def recall(
    photos: tuple[Path, ...],
    edits: str | None,
    queries: int,
    kinds: str | None,
    pairs: int | None,
    takes: Path | None,
    seed: int,
    as_json: bool,
    plot: Path | None,
    save: Path | None,
    export: Path | None,
    workers: int,
) -> None:
    """Say how many edited copies of your photos are found, and what is taken for a copy that is none.

    Most of PHOTOS become a reference set for the time of the bench; the others stay out. Copies of the
    references are looked up, made by about 40 edits that are drawn anew for each seed, and pairs that
    are not the same picture: two photos in one app, under one caption, in one frame, of one moment.
    """
    # They draw, so they need Pillow everywhere; the other commands start without it.
    from fakeprofile.bench.edits import edits_named
    from fakeprofile.bench.mistakes import save_mistakes
    from fakeprofile.bench.negatives import kinds_named
    from fakeprofile.bench.plot import recall_plot
    from fakeprofile.bench.recall import Wishes, recall
    from fakeprofile.bench.tables import recall_json, recall_text

    check_plot_place(plot)
    _check_places(save, export)
    wishes = Wishes(
        edits=edits_named(edits),
        queries=queries,
        kinds=kinds_named(kinds),
        pairs=max(1, queries // SHARE_OF_PAIRS) if pairs is None else pairs,
        seed=seed,
        workers=workers,
        export=export,
        takes=takes,
    )
    since = time.monotonic()
    with recall(photos, wishes, today=utc_today(), watch=_watched) as outcome:
        for gap in outcome.gaps:
            tell_gap(gap)
        say(f"took {time.monotonic() - since:.0f} seconds with {workers} workers")
        counted = outcome.counted
        click.echo(recall_json(counted) if as_json else recall_text(counted))
        if save is not None:
            false, missed = save_mistakes(outcome, save)
            say(f"{save}: {false} false matches and {missed} missed copies drawn")
    if plot is not None:
        write_file(plot, recall_plot(counted))
        say(f"drawn: {plot}")


def _check_places(*folders: Path | None) -> None:
    """Nothing, if what is drawn and left may go there: asked before the work of minutes.

    Raises:
        UsageError: it would mix with what is there, or cannot be written.
    """
    for folder in folders:
        if folder is not None and folder.exists() and any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty: name a new folder")
    for folder in folders:
        if folder is not None:
            make_folder(folder)


def _watched(items: Iterable[Any], what: str, total: int) -> Generator[Any]:
    return shown(items, what, total)


for command in (audit, recall, scale, speed):
    bench.add_command(command)
