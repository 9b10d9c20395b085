"""``fakeprofile compare``."""

from __future__ import annotations

from pathlib import Path

import click

from fakeprofile import api
from fakeprofile.avatar.templates import TemplateFile, file_beside, read_templates
from fakeprofile.cli.options import FLAGGED, Shared, say, shared_options, tell_gap
from fakeprofile.cli.paths import FILE, check_file, write_file
from fakeprofile.errors import LibraryError, UsageError
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
    type=FILE,
    metavar="OUT.png",
    help="Draw both side by side, with the matching points and the shared region.",
)
@shared_options
@click.pass_context
def compare(
    context: click.Context, one: str, other: str, as_json: bool, picture: Path | None, shared: Shared
) -> None:
    """Say whether two photos are the same picture, with the numbers.

    A is looked at as the possible copy of B. Of the library only the pictures that were named as default avatars are
    used.
    """
    if picture is not None:
        _check_free(picture, (one, other))
    copy, known = api.photo_in(one, DEFAULT), api.photo_in(other, DEFAULT)
    named = _named_avatars(shared)
    for gap in named.gaps:
        tell_gap(gap)
    comparison = compare_photos(copy, known, templates=named.templates)
    click.echo(comparison_line(comparison) if as_json else comparison_text(comparison), nl=as_json)
    if picture is not None:
        write_file(picture, side_by_side(copy, known, comparison))
        say(f"drawn: {picture}")
    if comparison.finding in (Finding.SAME_FILE, Finding.SAME_PICTURE):
        context.exit(FLAGGED)


def _named_avatars(shared: Shared) -> TemplateFile:
    """The pictures that the user has named as default avatars; the library beside them need not exist."""
    try:
        return read_templates(file_beside(shared.library or api.default_library()))
    except LibraryError:  # a user without a home folder has named none
        return TemplateFile()


def _check_free(file: Path, photos: tuple[str, ...]) -> None:
    """Nothing, if the drawing may go there.

    Raises:
        UsageError: it would replace one of the photos, be a PNG under another name, or cannot be written.
    """
    if file.suffix.lower() != ".png":
        raise UsageError(f"{file} is no name for a PNG, which is what is drawn: let it end in .png")
    if file.exists() and any(Path(photo).exists() and file.samefile(photo) for photo in photos):
        raise UsageError(f"{file} is one of the two photos and is not replaced: choose another name")
    check_file(file)
