"""``fakeprofile avatars``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from fakeprofile import api
from fakeprofile.avatar import AvatarSaid, Template, avatar_state, template_of
from fakeprofile.avatar.colours import is_busy
from fakeprofile.avatar.templates import (
    LONGEST_NAME,
    SCHEMA,
    TemplateFile,
    add_template,
    file_beside,
    read_templates,
    remove_templates,
)
from fakeprofile.cli.options import NOT_ALL_SEEN, Shared, example, say, shared_options, tell_gap
from fakeprofile.errors import LibraryMissing
from fakeprofile.fingerprint import reference_fingerprint
from fakeprofile.photo import read
from fakeprofile.records import Gap, Photo
from fakeprofile.report.columns import folded
from fakeprofile.report.document import as_line
from fakeprofile.report.lines import plain
from fakeprofile.report.signs import avatar_words
from fakeprofile.settings import DEFAULT
from fakeprofile.tools import utc_today

ADDING = 'avatars add fixtures/cases/no-photo/avatar.png --name "no face"'
CHECKING = "avatars check fixtures/cases/*/*.jpg"


@click.group(epilog=example(ADDING, CHECKING))
def avatars() -> None:
    """Default avatars: pictures that say nothing about who uses them, and are not compared.

    Those of the large platforms are known. Others can be named here; they stand in a file next to
    the library, with hashes and a small thumbnail, never the picture itself.
    """


@avatars.command(epilog=example(ADDING))
@click.argument("photos", nargs=-1, required=True, metavar="PHOTO...")
@click.option("--name", metavar="TEXT", help="What to call it in reports, instead of the name of the file.")
@shared_options
@click.pass_context
def add(context: click.Context, photos: tuple[str, ...], name: str | None, shared: Shared) -> None:
    """Name pictures as default avatars: who shows one of them shows no photo of their own.

    They are no longer compared, nor taken into the reference set.
    """
    path = _file(shared)
    added = known = 0
    gaps = list(_told(read_templates(path)).gaps)
    for photo in _photos(photos, gaps):
        fingerprint = reference_fingerprint(photo, DEFAULT)
        called = (name or Path(photo.name).name).strip()[:LONGEST_NAME]
        template = template_of(photo, fingerprint, name=called, added_on=utc_today())
        if not add_template(path, template):
            known += 1
            continue
        added += 1
        _warn(photo, template, shared)
    say(", ".join([f"{added} added", *([f"{known} known already"] if known else [])]))
    if gaps:
        context.exit(NOT_ALL_SEEN)


@avatars.command("list", epilog=example("avatars list --json"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each picture.")
@shared_options
@click.pass_context
def list_avatars(context: click.Context, as_json: bool, shared: Shared) -> None:
    """List the pictures that were named as default avatars, oldest first."""
    found = _told(read_templates(_file(shared)))
    for template in found.templates:
        click.echo(as_line(_values(template)) if as_json else _line(template))
    if not found.templates and not found.gaps:
        say(
            "no picture was named yet: `fakeprofile avatars add PHOTO`; those of the large platforms are known"
        )
    if found.gaps:
        context.exit(NOT_ALL_SEEN)


@avatars.command(epilog=example(ADDING, "avatars list", "avatars remove d05c35e85ad1"))
@click.argument("numbers", nargs=-1, required=True, metavar="NUMBER...")
@shared_options
def remove(numbers: tuple[str, ...], shared: Shared) -> None:
    """Take back that pictures are default avatars. NUMBER is as in `fakeprofile avatars list`."""
    count = len(remove_templates(_file(shared), numbers))
    say(f"{count} removed")


@avatars.command(epilog=example(CHECKING))
@click.argument("photos", nargs=-1, required=True, metavar="PHOTO...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each photo.")
@shared_options
@click.pass_context
def check(context: click.Context, photos: tuple[str, ...], as_json: bool, shared: Shared) -> None:
    """Say of each photo whether it is a default avatar, looks like one, or is somebody's own picture."""
    found = _told(read_templates(_file(shared)))
    gaps = list(found.gaps)
    for photo in _photos(photos, gaps):
        said = avatar_state(photo, file_name=photo.name, templates=found.templates)
        text = "\n".join(folded((f"{plain(photo.name)}: {avatar_words(said)}",), 4))
        click.echo(as_line(_said_values(photo, said)) if as_json else text)
    if gaps:
        context.exit(NOT_ALL_SEEN)


def _file(shared: Shared) -> Path:
    return file_beside(shared.library or api.default_library())


def _photos(paths: tuple[str, ...], gaps: list[Gap]) -> Iterator[Photo]:
    """The photos that can be read; what cannot is told, and put to the gaps."""
    for given in api.given_photos(paths, DEFAULT):
        photo = (
            read(given, limits=DEFAULT.limits, least_side=DEFAULT.decoded_side)
            if isinstance(given, Path)
            else given
        )
        if isinstance(photo, Gap):
            tell_gap(photo)
            gaps.append(photo)
        elif isinstance(photo, Photo):
            yield photo


def _warn(photo: Photo, template: Template, shared: Shared) -> None:
    """Says what may not be meant: that a photo is no longer compared, or that it still stands elsewhere."""
    if is_busy(photo.pixels):
        say(
            f"{photo.name} looks like a photo: from now on it is not compared, whoever shows it; "
            f"`fakeprofile avatars remove {_number(template)}` takes that back"
        )
    try:
        with shared.opened(create=False) as library:
            held = library.holds(photo.sha256, with_thumbnail=False)
    except LibraryMissing:
        return
    if held:
        say(
            f"{photo.name} stands in the reference set and stays there, so that screenshots may still find it: "
            "`fakeprofile references remove` takes it out"
        )


def _told(found: TemplateFile) -> TemplateFile:
    for gap in found.gaps:
        tell_gap(gap)
    return found


def _number(template: Template) -> str:
    return template.sha256[:12]


def _line(template: Template) -> str:
    size = f"{template.width}x{template.height}"
    return f"{_number(template)}  {template.added_on}  {size:>9}  {plain(template.name)}"


def _values(template: Template) -> dict[str, object]:
    names = ("name", "sha256", "width", "height", "phash", "pdq", "pdq_quality", "added_on")
    return {"schema": SCHEMA, **{name: getattr(template, name) for name in names}}


def _said_values(photo: Photo, said: AvatarSaid) -> dict[str, object]:
    return {
        "schema": "fakeprofile.avatar-state/1",
        "photo": photo.name,
        "sha256": photo.sha256,
        "state": said.state,
        "platform": said.platform,
        "why": said.why,
        "template": said.template,
    }
