"""``fakeprofile bench speed``: photos per second, next to other programs."""

from __future__ import annotations

import time
from pathlib import Path

import click

from fakeprofile.cli.bench_plots import check_plot_place, plot_option
from fakeprofile.cli.options import VERBOSE, WORKERS, say
from fakeprofile.cli.paths import FOLDER_THERE, write_file
from fakeprofile.cli.progress import shown

EPILOG = """\b
Example:
  fakeprofile bench speed ~/Pictures --rounds 5
"""


@click.command(epilog=EPILOG)
@click.argument(
    "folder",
    required=False,
    type=FOLDER_THERE,
    metavar="[FOLDER]",
)
@click.option(
    "--rounds",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    metavar="N",
    help="How often each method sees every photo.",
)
@plot_option("Draw the photos per second of every method.")
@click.option("--json", "as_json", is_flag=True, help="Print all numbers as JSON.")
@WORKERS
@VERBOSE
def speed(folder: Path | None, rounds: int, plot: Path | None, as_json: bool, workers: int) -> None:
    """Say how many photos a second are hashed, on one core and on all.

    Beside fakeprofile, imagehash, pdqhash, OpenCV's SIFT and the mere decoding are measured in the same run,
    on JPEG copies of 1080, 320 and 150 pixels. The largest photos of FOLDER are taken; without it, pictures
    are drawn, which are much like photos but not quite.
    """
    # It draws, so it needs Pillow everywhere; the other commands start without it.
    from fakeprofile.bench.charts import speed_plot
    from fakeprofile.bench.speed import speed as measured
    from fakeprofile.bench.speed_tables import speed_json, speed_text

    check_plot_place(plot)
    since = time.monotonic()
    result = measured(folder, rounds=rounds, cores=workers, watch=shown)
    say(f"took {time.monotonic() - since:.0f} seconds")
    click.echo(speed_json(result) if as_json else speed_text(result))
    if plot is not None:
        write_file(plot, speed_plot(result))
        say(f"drawn: {plot}")
