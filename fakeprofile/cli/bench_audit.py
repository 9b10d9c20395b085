"""``fakeprofile bench audit``: what an audit takes, next to fingerprinting its avatars alone."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import click

from fakeprofile.cli.bench_scale import _numbers
from fakeprofile.cli.options import VERBOSE, WORKERS, say
from fakeprofile.cli.paths import FOLDER_THERE, check_folder

EPILOG = """\b
Example:
  fakeprofile bench audit --accounts 1000 --known 10000
"""


@click.command(epilog=EPILOG)
@click.option(
    "--accounts",
    default="1000,10000",
    show_default=True,
    metavar="N,...",
    help="Numbers of accounts, each with one avatar of 320 pixels.",
)
@click.option(
    "--known",
    type=click.IntRange(min=0),
    default=10_000,
    show_default=True,
    metavar="N",
    help="Known photos.",
)
@click.option(
    "--photos",
    type=FOLDER_THERE,
    metavar="FOLDER",
    help="Photos that the avatars are cut out of; they are drawn without it.",
)
@click.option(
    "--folder",
    type=FOLDER_THERE,
    metavar="FOLDER",
    help="Where all of it is made, and removed again; the system's temporary folder if not given.",
)
@click.option("--json", "as_json", is_flag=True, help="Print all numbers as JSON.")
@WORKERS
@VERBOSE
def audit(
    accounts: str, known: int, photos: Path | None, folder: Path | None, as_json: bool, workers: int
) -> None:
    """Say what an audit takes of time and memory.

    10,000 accounts take about half an hour on two cores and 2 GB of disk.
    """
    # It needs Pillow; the other commands start without it.
    from fakeprofile.bench.audit import audit_json, audit_text, measured, reading_followers

    if folder is not None:
        check_folder(folder)
    since = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fakeprofile-", dir=folder) as made:
        spent = []
        for one in measured(
            _numbers("--accounts", accounts), known, Path(made), photos=photos, workers=workers
        ):
            spent.append(one)
            say(f"{one.accounts:,} accounts: measured after {time.monotonic() - since:.0f} seconds")
        reading = reading_followers(Path(made))
    told = audit_json if as_json else audit_text
    click.echo(told(spent, known, workers, reading))
