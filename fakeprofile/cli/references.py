"""``fakeprofile references``."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

import click

from fakeprofile import api
from fakeprofile.cli.options import NOT_ALL_SEEN, Shared, say, shared_options, tell_gap
from fakeprofile.cli.progress import shown
from fakeprofile.enroll import Enrolled
from fakeprofile.enroll import rehash as rehash_all
from fakeprofile.errors import LibraryForeign, UsageError
from fakeprofile.fingerprint import KEYPOINTS
from fakeprofile.records import Added, Gap, Sighting, Source
from fakeprofile.references.sources import count_of
from fakeprofile.report import export
from fakeprofile.report.document import as_line
from fakeprofile.report.text import plain
from fakeprofile.settings import DEFAULT

THUMBNAILS = click.option(
    "--no-thumbnails",
    is_flag=True,
    help="Keep no small pictures, only hashes. Copies that only keypoints show are then harder to prove.",
)


@click.group()
def references() -> None:
    """The reference set: who is known, with which photos, seen where and since when."""


@references.command()
@click.argument("photos", nargs=-1, required=True, metavar="PHOTO...")
@click.option("--identity", required=True, metavar="NAME", help="Whose photos these are.")
@click.option("--handle", "handles", multiple=True, metavar="PLATFORM:NAME", help="An account of theirs.")
@click.option("--page", metavar="URL", help="The page on which the photos stand.")
@click.option("--image-url", metavar="URL", help="The address of the picture itself.")
@click.option(
    "--seen", metavar="DATE", help="Since when it is known to stand there: 2016, 2016-05 or 2016-05-01."
)
@click.option("--note", metavar="TEXT", help="Anything worth remembering.")
@THUMBNAILS
@shared_options
@click.pass_context
def add(
    context: click.Context,
    photos: tuple[str, ...],
    identity: str,
    handles: tuple[str, ...],
    page: str | None,
    image_url: str | None,
    seen: str | None,
    note: str | None,
    no_thumbnails: bool,
    shared: Shared,
) -> None:
    """Add photos of somebody who is known."""
    sighting = api.sighting_of(
        identity=identity, handles=handles, page=page, image_url=image_url, seen=seen, note=note
    )
    with shared.opened() as library:
        outcomes = api.add_photos(photos, sighting, library=library, thumbnails=not no_thumbnails)
        _finish(context, outcomes, None)


@references.command("import")
@click.argument("source", metavar="SOURCE")
@THUMBNAILS
@shared_options
@click.pass_context
def import_(context: click.Context, source: str, no_thumbnails: bool, shared: Shared) -> None:
    """Add a whole folder or list. Running it again doubles nothing.

    SOURCE is a folder with one sub-folder for each person (in it, if you like, an identity.toml with
    name, handles, pages, and dates for each photo), a CSV with the columns
    photo,identity,handle,page,image_url,seen_on (or phash instead of photo), a list of lines
    "pdq <64 hex digits>", a ThreatExchange CSV, or what `references export` wrote.
    """
    with shared.opened() as library:
        outcomes = api.add_references(source, library=library, thumbnails=not no_thumbnails)
        _finish(context, outcomes, count_of(Path(source)))


@references.command("list")
@click.option("--identity", metavar="NAME", help="Only this person's.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each sighting.")
@shared_options
def list_references(identity: str | None, as_json: bool, shared: Shared) -> None:
    """List every sighting with its number."""
    with shared.opened(create=False) as library:
        found = library.sightings(identity=identity, source=Source.REFERENCE)
    for sighting in found:
        click.echo(as_line(export.sighting_values(sighting)) if as_json else _line(sighting))
    if not found:
        say(f"nobody called {plain(identity)} is known" if identity else "the reference set is empty")


@references.command()
@click.argument("number", type=int, metavar="ID")
@shared_options
def show(number: int, shared: Shared) -> None:
    """Show all that is known of one sighting, as JSON."""
    with shared.opened(create=False) as library:
        sighting, photo = library.sighting(number)
    click.echo(as_line(export.detailed_values(sighting, photo)))


@references.command()
@click.argument("numbers", type=int, nargs=-1, metavar="[ID]...")
@click.option("--identity", metavar="NAME", help="Everything of this person.")
@shared_options
def remove(numbers: tuple[int, ...], identity: str | None, shared: Shared) -> None:
    """Remove sightings by number, or everything of one person."""
    if bool(numbers) == (identity is not None):
        raise UsageError("say what to remove: either numbers from `references list`, or --identity NAME")
    with shared.opened(create=False) as library:
        chosen = numbers or [one.id for one in library.sightings(identity=identity, source=Source.REFERENCE)]
        if not chosen:
            raise UsageError(
                f"nobody called {identity!r} is known: `fakeprofile references list` shows the names"
            )
        count = library.remove(chosen)
    say(f"{count} {'sighting' if count == 1 else 'sightings'} removed")


@references.command("export")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False), metavar="[FILE]")
@click.option(
    "--threatexchange", is_flag=True, help='Lines "pdq <hex>" for safety teams: no names, no pages.'
)
@shared_options
def export_(file: Path | None, threatexchange: bool, shared: Shared) -> None:
    """Write the reference set to FILE.jsonl or FILE.csv, or as hash list; never over a file that is there.

    Without FILE it goes to standard output (--threatexchange only).
    """
    with shared.opened(create=False) as library:
        kind = export.kind_of(file, threatexchange=threatexchange)
        lines = export.lines_of(kind, library.photos())
        if file is None:
            for line in lines:
                click.echo(line)
            return
        count = _write_new(file, lines)
    say(f"{count} lines written to {file}")


@references.command()
@shared_options
@click.pass_context
def rehash(context: click.Context, shared: Shared) -> None:
    """Make the hashes again from the stored thumbnails, after an update of the program."""
    with shared.opened(create=False) as library:
        outcomes = list(shown(rehash_all(library, DEFAULT), "rehashed", None))
    for gap in outcomes:
        if isinstance(gap, Gap):
            tell_gap(gap)
    done = sum(not isinstance(one, Gap) for one in outcomes)
    say(f"{done} {'photo' if done == 1 else 'photos'} rehashed")
    if done != len(outcomes):
        context.exit(NOT_ALL_SEEN)


@references.command("check")
@shared_options
def check_references(shared: Shared) -> None:
    """Check that the library file is sound."""
    with shared.opened(create=False) as library:
        damage = list(library.damage())
        photos, hashes, other = library.counts(KEYPOINTS)
    for line in damage:
        click.echo(line)
    if damage:
        raise LibraryForeign(
            f"the library {library.path} is damaged: restore a copy, or import the sources again"
        )
    click.echo(f"{library.path} is sound: {photos} photos, {hashes} hashes without a picture")
    if other:
        click.echo(f"{other} photos were hashed by another version: run `fakeprofile references rehash`")


def _write_new(file: Path, lines: Iterable[str]) -> int:
    """Writes lines to a file that was not there; how many."""
    count = 0
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            for line in lines:
                out.write(f"{line}\n")
                count += 1
    except FileExistsError as error:
        raise UsageError(f"{file} is there already and is not overwritten: choose another name") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}): choose another place") from error
    return count


# --- talk ---------------------------------------------------------------------------------


def _finish(context: click.Context, outcomes: Iterable[Enrolled | Gap], total: int | None) -> None:
    """Shows the progress, and at the end what was added and what was not."""
    counts = dict.fromkeys(Added, 0)
    gaps: list[Gap] = []
    with contextlib.closing(shown(outcomes, "read", total)) as watched:
        try:
            for one in watched:
                if isinstance(one, Gap):
                    gaps.append(one)
                else:
                    counts[one.added] += 1
        finally:
            _tell(counts, gaps)
    if gaps:
        context.exit(NOT_ALL_SEEN)


def _tell(counts: dict[Added, int], gaps: list[Gap]) -> None:
    for gap in gaps:
        tell_gap(gap)
    parts = [f"{counts[Added.NEW]} added"]
    if counts[Added.COMPLETED]:
        parts.append(f"{counts[Added.COMPLETED]} completed")
    if counts[Added.KNOWN]:
        parts.append(f"{counts[Added.KNOWN]} known already")
    if gaps:
        parts.append(f"{len(gaps)} not looked at (listed above)")
    say(", ".join(parts))


def _line(sighting: Sighting) -> str:
    identity = sighting.identity
    name = plain(identity.name) if identity else "(owner unknown)"
    handles = " ".join(plain(str(handle)) for handle in identity.handles) if identity else ""
    seen = sighting.seen_on or "date unknown"
    return "  ".join(
        part for part in (f"{sighting.id:>6}", name, handles, seen, plain(sighting.page_url or "")) if part
    )
