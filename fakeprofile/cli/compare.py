"""``fakeprofile compare``."""

from __future__ import annotations

from pathlib import Path

import click

from fakeprofile import api
from fakeprofile.cli.options import FLAGGED, say
from fakeprofile.errors import UsageError
from fakeprofile.match import compare as compare_photos
from fakeprofile.records import Finding
from fakeprofile.report.document import comparison_line
from fakeprofile.report.picture import side_by_side
from fakeprofile.report.text import comparison_text
from fakeprofile.settings import DEFAULT

EPILOG = """\b
Example:
  fakeprofile compare profile.png original.jpg --picture both.png
"""


@click.command(epilog=EPILOG)
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
@click.option(
    "--picture",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="OUT.png",
    help="Draw both side by side, with the matching points and the shared region.",
)
@click.pass_context
def compare(context: click.Context, one: str, other: str, as_json: bool, picture: Path | None) -> None:
    """Say whether two photos are the same picture, with the numbers.

    A is looked at as the possible copy of B.
    """
    copy, known = api.photo_in(one, DEFAULT), api.photo_in(other, DEFAULT)
    comparison = compare_photos(copy, known)
    click.echo(comparison_line(comparison) if as_json else comparison_text(comparison), nl=as_json)
    if picture is not None:
        _write(picture, side_by_side(copy, known, comparison))
        say(f"drawn: {picture}")
    if comparison.finding in (Finding.SAME_FILE, Finding.SAME_PICTURE):
        context.exit(FLAGGED)


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}): choose another place") from error
