"""``fakeprofile panels``."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from fakeprofile import api
from fakeprofile.cli.options import VERBOSE, say
from fakeprofile.cli.paths import FILE, FOLDER, check_file, make_folder, write_file
from fakeprofile.errors import UsageError
from fakeprofile.panels import crop_of, panels_of
from fakeprofile.records import Panel, PanelShape, Photo
from fakeprofile.report.lines import plain
from fakeprofile.report.panels import outlined, panels_line, panels_text, png_of
from fakeprofile.settings import DEFAULT

FULL_SIZE = dataclasses.replace(DEFAULT, query_side=DEFAULT.limits.side)
"""A JPEG is not decoded at reduced scale: the crops are the user's to look at."""
EPILOG = """\b
Example:
  fakeprofile panels fixtures/hard/screenshot-a.png \\
      --picture found.png --save tiles
If a picture was missed or badly cut, say yourself where it stands, in pixels:
  fakeprofile check fixtures/hard/screenshot-a.png --panel 0,140,540,540
"""


@click.command(epilog=EPILOG)
@click.argument("photo", metavar="PHOTO")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as one line of JSON.")
@click.option(
    "--picture",
    type=FILE,
    metavar="OUT.png",
    help="Draw the photo with a numbered outline around each picture that was found.",
)
@click.option(
    "--save",
    type=FOLDER,
    metavar="FOLDER",
    help="Write each picture that was found to a PNG of its own, NAME-NUMBER.png.",
)
@click.option(
    "--most",
    type=click.IntRange(1, 200),
    default=16,
    show_default=True,
    help="How many are told, the whole picture among them.",
)
@VERBOSE
def panels(photo: str, as_json: bool, picture: Path | None, save: Path | None, most: int) -> None:
    """Show the pictures inside a screenshot, collage or frame.

    X, Y, W and H are pixels of the photo, from its upper left corner. The first one is always the whole.
    """
    if picture is not None:
        _check_free(picture)
    given = api.photo_in(photo, FULL_SIZE)
    if save is not None:
        make_folder(save)
    found = panels_of(given.pixels, most=most)
    crops = _crops(given, found, save) if save is not None else ()
    click.echo(panels_line(given, found) if as_json else panels_text(given, found), nl=as_json)
    if picture is not None:
        write_file(picture, outlined(given, found), new=True)
        say(f"drawn: {picture}")
    for file, panel in crops:
        write_file(file, png_of(crop_of(given.pixels, panel)), new=True)
    if save is not None:
        say(f"{len(crops)} saved in {save}" if crops else "nothing saved: no picture was found in the photo")


def _crops(photo: Photo, found: tuple[Panel, ...], folder: Path) -> tuple[tuple[Path, Panel], ...]:
    """Where each panel but the whole is written, none of them over a file that is there.

    Raises:
        UsageError: one of the files is there already.
    """
    name = plain(Path(photo.name).stem) if photo.name != api.STANDARD_INPUT else "photo"
    crops = tuple(
        (folder / f"{name}-{number}.png", panel)
        for number, panel in enumerate(found, 1)
        if panel.shape is not PanelShape.WHOLE
    )
    for file, _ in crops:
        if file.exists():
            raise UsageError(f"{file} is there already and is not replaced: choose another folder")
    return crops


def _check_free(file: Path) -> None:
    """Nothing, if the drawing may go there.

    Raises:
        UsageError: something is there already, it would be a PNG under another name, or cannot be written.
    """
    if file.suffix.lower() != ".png":
        raise UsageError(f"{file} is no name for a PNG, which is what is drawn: let it end in .png")
    if file.exists():
        raise UsageError(f"{file} is there already and is not replaced: choose another name")
    check_file(file)
