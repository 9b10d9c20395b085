"""``fakeprofile file``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from fakeprofile import api
from fakeprofile.cli.options import NOT_ALL_SEEN, VERBOSE, tell_gap
from fakeprofile.errors import PhotoError
from fakeprofile.photo import files_of
from fakeprofile.photo.files import STEP, bytes_of, check_bytes
from fakeprofile.provenance import marks_of
from fakeprofile.records import FileMarks, Gap
from fakeprofile.report.marks import file_line, marks_text
from fakeprofile.settings import DEFAULT

EPILOG = """\b
Example:
  fakeprofile file found.jpg --place
  fakeprofile file downloads --json | jq -r 'select(.marks != []) | .photo'
"""


@click.command(epilog=EPILOG)
@click.argument("photos", nargs=-1, required=True, metavar="PHOTO...")
@click.option("--place", is_flag=True, help="Also tell where a photo was taken, if its file says so.")
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each file.")
@VERBOSE
@click.pass_context
def file(context: click.Context, photos: tuple[str, ...], place: bool, as_json: bool) -> None:
    """Tell what the files of photos say of themselves.

    Camera, dates, program, author, marks of generators and content credentials. Anybody can write
    these, and most platforms take them away: that there are none says nothing.
    """
    told: list[FileMarks] = []
    gaps = False
    for one in _files(photos):
        marks = FileMarks(photo=one.about, gaps=(one,)) if isinstance(one, Gap) else _marks(one, place=place)
        gaps |= bool(marks.gaps)
        if as_json:
            click.echo(file_line(marks))
        elif not isinstance(one, Gap):
            told.append(marks)
        for gap in marks.gaps if as_json or isinstance(one, Gap) else ():  # else the text has them
            tell_gap(gap)
    if told:
        click.echo(marks_text(tuple(told)), nl=False)
    if gaps:
        context.exit(NOT_ALL_SEEN)


def _files(photos: tuple[str, ...]) -> Iterator[tuple[str, bytes] | Gap]:
    """Name and bytes of each file, one at a time, or why it cannot be read."""
    most = DEFAULT.limits.bytes
    for photo in photos:
        for path in (photo,) if photo == api.STANDARD_INPUT else files_of([photo]):
            if isinstance(path, Gap):
                yield path
                continue
            try:
                data = _standard_input(most) if path == api.STANDARD_INPUT else bytes_of(path, most)
                check_bytes(len(data), most)
                yield str(path), data
            except PhotoError as error:
                yield Gap(step=STEP, about=str(path), reason=str(error))


def _standard_input(most: int) -> bytes:
    """What is sent to the program, cut a byte beyond the limit."""
    return sys.stdin.buffer.read(most + 1)


def _marks(file: tuple[str, bytes], *, place: bool) -> FileMarks:
    name, data = file
    return marks_of(data, name, show_place=place)
