"""``fakeprofile bench scale``: what a library of many photos takes, and how long it takes to answer."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

import click

from fakeprofile.cli.bench_plots import check_plot_place, plot_option
from fakeprofile.cli.options import VERBOSE, say
from fakeprofile.cli.paths import FOLDER_THERE, check_folder, write_file
from fakeprofile.errors import UsageError

EPILOG = """\b
Example:
  fakeprofile bench scale --photos 1000,10000
"""
BYTES_A_PHOTO = 40_000
"""On disk while it runs: the library, its index, and room to merge files."""


@click.command(epilog=EPILOG)
@click.option(
    "--photos",
    default="1000,10000,100000",
    show_default=True,
    metavar="N,...",
    help="Sizes of the library.",
)
@click.option(
    "--hashes",
    default="1000000,10000000",
    show_default=True,
    metavar="N,...",
    help="How many whole-picture hashes are compared next to faiss; 0 for none.",
)
@click.option(
    "--queries",
    type=click.IntRange(min=1),
    default=40,
    show_default=True,
    metavar="N",
    help="Lookups of each kind.",
)
@click.option(
    "--folder",
    type=FOLDER_THERE,
    metavar="FOLDER",
    help="Where the library is made, and removed again; the system's temporary folder if not given.",
)
@plot_option("Draw how long lookups take, and what the library takes.")
@click.option("--json", "as_json", is_flag=True, help="Print all numbers as JSON.")
@VERBOSE
def scale(
    photos: str, hashes: str, queries: int, folder: Path | None, plot: Path | None, as_json: bool
) -> None:
    """Say what a library takes of disk, memory and time as it grows.

    Its photos are made up: their codes lie as close together as those of real photos. A million photos take
    about 35 GB of disk and an hour; a hundred thousand 4 GB and ten minutes.
    """
    # It needs Pillow and faiss; the other commands start without them.
    from fakeprofile.bench.charts import scale_plot
    from fakeprofile.bench.scale import measured
    from fakeprofile.bench.scale_tables import scale_json, scale_text
    from fakeprofile.bench.scale_whole import whole_spent

    check_plot_place(plot)
    if folder is not None:
        check_folder(folder)
    counts, sizes = _numbers("--photos", photos), [one for one in _numbers("--hashes", hashes) if one]
    since = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fakeprofile-", dir=folder) as made:
        _check_room(Path(made), max(counts, default=0))
        scales = []
        for one in measured([count for count in counts if count], Path(made), queries=queries):
            scales.append(one)
            say(f"{one.photos:,} photos: measured after {time.monotonic() - since:.0f} seconds")
        whole = [whole_spent(size, Path(made)) for size in sizes]
    click.echo(scale_json(scales, whole) if as_json else scale_text(scales, whole))
    if plot is not None and scales:
        write_file(plot, scale_plot(scales))
        say(f"drawn: {plot}")


def _numbers(option: str, text: str) -> list[int]:
    """The numbers in a list with commas.

    Raises:
        UsageError: something else is in it.
    """
    parts = [part.strip().replace("_", "") for part in text.split(",") if part.strip()]
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        raise UsageError(f"{option} {text} is no list of numbers: write them like 1000,10000")
    return sorted({int(part) for part in parts})


def _check_room(folder: Path, photos: int) -> None:
    """Nothing, if the disk has room for a library of that size.

    Raises:
        UsageError: it has not.
    """
    free, needed = shutil.disk_usage(folder).free, photos * BYTES_A_PHOTO
    if free < needed:
        raise UsageError(
            f"{photos:,} photos take {needed / 1e9:.0f} GB while they are measured, and {folder} has room for "
            f"{free / 1e9:.0f} GB: choose fewer, or another place with --folder FOLDER"
        )
