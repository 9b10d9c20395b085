"""``fakeprofile references``."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

import click

from fakeprofile import api
from fakeprofile.cli.options import (
    NOT_ALL_SEEN,
    WORKERS,
    Shared,
    example,
    keep_private,
    say,
    shared_options,
    tell_gap,
)
from fakeprofile.cli.paths import FILE, check_file
from fakeprofile.cli.progress import shown, stoppable
from fakeprofile.dating import is_in_future
from fakeprofile.enroll import Enrolled, enroll, entries_of_photos
from fakeprofile.enroll import rehash as rehash_all
from fakeprofile.errors import LibraryForeign, UsageError
from fakeprofile.fingerprint import KEYPOINTS, WHOLE
from fakeprofile.records import Added, Entry, Gap, Sighting, Source
from fakeprofile.references.library import Library
from fakeprofile.references.sources import count_of, entries_of
from fakeprofile.report import export
from fakeprofile.report.columns import folded
from fakeprofile.report.document import as_line
from fakeprofile.report.lines import plain
from fakeprofile.settings import DEFAULT
from fakeprofile.tools import utc_today

THUMBNAILS = click.option(
    "--no-thumbnails",
    is_flag=True,
    help="Keep no small pictures, only hashes. Crops and screenshots are then at most called similar.",
)
IMPORT = "references import fixtures/references"


@click.group(epilog=example(IMPORT, "references list"))
def references() -> None:
    """The reference set: who is known, with which photos, seen where and since when."""


@references.command(epilog=example("references add fixtures/cases/nowhere/3-mill.jpg --identity Ada"))
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
@WORKERS
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
    workers: int,
    shared: Shared,
) -> None:
    """Add photos of somebody who is known."""
    sighting = api.sighting_of(
        identity=identity, handles=handles, page=page, image_url=image_url, seen=seen, note=note
    )
    if sighting.seen_on and is_in_future(sighting.seen_on, date.fromisoformat(utc_today())):
        raise UsageError(f"the date {sighting.seen_on} lies in the future: write the day it was seen there")
    entries = entries_of_photos(photos, sighting, DEFAULT.limits)
    with stoppable() as stop, shared.opened() as library:
        asked = stop.before_next(entries)
        _add_all(context, asked, library, thumbnails=not no_thumbnails, total=None, workers=workers)


@references.command("import", epilog=example(IMPORT))
@click.argument("source", metavar="SOURCE")
@THUMBNAILS
@WORKERS
@shared_options
@click.pass_context
def import_(context: click.Context, source: str, no_thumbnails: bool, workers: int, shared: Shared) -> None:
    """Add a whole folder or list. Running it again doubles nothing.

    SOURCE is a folder with one sub-folder for each person (in it, if you like, an identity.toml with
    name, handles, pages, and dates for each photo), a CSV with the columns
    photo,identity,handle,page,image_url,seen_on (or phash instead of photo), a list of lines
    "pdq <64 hex digits>", a ThreatExchange CSV, or what `references export` wrote.
    """
    entries = entries_of(Path(source), limits=DEFAULT.limits)
    total = count_of(Path(source))
    with stoppable() as stop, shared.opened() as library:
        asked = stop.before_next(entries)
        _add_all(context, asked, library, thumbnails=not no_thumbnails, total=total, workers=workers)


@references.command("list", epilog=example("references list --identity 'Mikkel Sandvang'"))
@click.option("--identity", metavar="NAME", help="Only this person's.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each sighting.")
@shared_options
def list_references(identity: str | None, as_json: bool, shared: Shared) -> None:
    """List every sighting with its number."""
    with shared.opened(create=False) as library:
        found = library.sightings(identity=identity, cases=False)
    for sighting in found:
        values = as_line(export.sighting_values(sighting)) if as_json else ""
        click.echo(values or "\n".join(_lines(sighting)))
    if not found:
        say(_nobody(identity) if identity is not None else "the reference set is empty")


@references.command(epilog=example("references list", "references show 1"))
@click.argument("number", type=int, metavar="ID")
@shared_options
def show(number: int, shared: Shared) -> None:
    """Show all that is known of one sighting, as JSON."""
    with shared.opened(create=False) as library:
        sighting, photo = library.sighting(number)
    click.echo(as_line(export.detailed_values(sighting, photo)))


@references.command(epilog=example("references remove 1", "references remove --identity 'Imke Dorsman'"))
@click.argument("numbers", type=int, nargs=-1, metavar="[ID]...")
@click.option("--identity", metavar="NAME", help="Everything of this person.")
@shared_options
def remove(numbers: tuple[int, ...], identity: str | None, shared: Shared) -> None:
    """Remove sightings by number, or everything of one person."""
    if bool(numbers) == (identity is not None):
        raise UsageError("say what to remove: either numbers from `references list`, or --identity NAME")
    with shared.opened(create=False) as library:
        chosen = numbers or [one.id for one in library.sightings(identity=identity, cases=False)]
        if not chosen:
            raise UsageError(_nobody(identity or ""))
        count = library.remove(chosen)
    say(f"{count} {'sighting' if count == 1 else 'sightings'} removed")


@references.command("export", epilog=example("references export references.jsonl"))
@click.argument("file", required=False, type=FILE, metavar="[FILE]")
@click.option(
    "--threatexchange", is_flag=True, help='Lines "pdq <hex>" for safety teams: no names, no pages.'
)
@shared_options
def export_(file: Path | None, threatexchange: bool, shared: Shared) -> None:
    """Write the reference set to FILE.jsonl or FILE.csv, or as hash list; never over a file that is there.

    Without FILE it goes to standard output (--threatexchange only).
    """
    if file is not None:
        check_file(file)
    with shared.opened(create=False) as library:
        kind = export.kind_of(file, threatexchange=threatexchange)
        lines = export.lines_of(kind, library.photos())
        if file is None:
            for line in lines:
                click.echo(line)
            return
        count = _write_new(file, lines)
    say(f"{count} lines written to {plain(str(file))}")


@references.command(epilog=example("references rehash"))
@WORKERS
@shared_options
@click.pass_context
def rehash(context: click.Context, workers: int, shared: Shared) -> None:
    """Make the hashes again from the stored thumbnails, after an update of the program."""
    done, gaps = 0, []
    keep_private()
    with (
        shared.opened(create=False) as library,
        stoppable() as stop,
        closing(rehash_all(library, DEFAULT, workers)) as hashed,
    ):
        total = library.outdated_count(KEYPOINTS, WHOLE)
        try:
            for one in shown(stop.before_next(hashed), "rehashed", total):
                if isinstance(one, Gap):
                    gaps.append(one)
                else:
                    done += 1
        finally:
            for gap in gaps:
                tell_gap(gap)
            say(f"{done} {'photo' if done == 1 else 'photos'} rehashed")
    if gaps:
        context.exit(NOT_ALL_SEEN)


@references.command("check", epilog=example("references check"))
@shared_options
def check_references(shared: Shared) -> None:
    """Check that the library file is sound."""
    with shared.opened(create=False) as library:
        damage = list(library.damage())
        photos, hashes, _ = library.counts(KEYPOINTS)
        other = library.outdated_count(KEYPOINTS, WHOLE)
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
    try:
        out = file.open("x", encoding="utf-8", newline="\n")
    except FileExistsError as error:
        raise UsageError(f"{file} is there already and is not overwritten: choose another name") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}): choose another place") from error
    count = 0
    try:
        with out:
            for line in lines:
                out.write(f"{line}\n")
                count += 1
    except BaseException as error:
        # Half an export looks like a whole one.
        file.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise UsageError(f"{file} cannot be written ({error.strerror}): choose another place") from error
        raise
    return count


# --- talk ---------------------------------------------------------------------------------


def _add_all(
    context: click.Context,
    entries: Iterable[Entry | Gap],
    library: Library,
    *,
    thumbnails: bool,
    total: int | None,
    workers: int,
) -> None:
    """Adds the entries with the progress shown, and says what was added and what was not."""
    counts = dict.fromkeys(Added, 0)
    gaps: list[Gap] = []
    watched = shown(entries, "read", total)
    avatars = api.named_avatars(library)
    for gap in avatars.gaps:
        tell_gap(gap)
    outcomes = enroll(
        watched,
        library,
        today=utc_today(),
        settings=DEFAULT,
        thumbnails=thumbnails,
        workers=workers,
        templates=avatars.templates,
    )
    try:
        for one in outcomes:
            if isinstance(one, Enrolled):
                counts[one.added] += 1
            else:
                gaps.append(one)
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


def _nobody(name: str) -> str:
    return f"nobody called {plain(name)} is known: `fakeprofile references list` shows the names"


def _lines(sighting: Sighting) -> list[str]:
    """The line of the list, folded on a terminal."""
    identity = sighting.identity
    name = plain(identity.name) if identity else "(owner unknown)"
    if sighting.source is Source.CASE:
        name += " (a checked account)"
    handles = " ".join(plain(str(handle)) for handle in identity.handles) if identity else ""
    seen = sighting.seen_on or "date unknown"
    return folded((f"{sighting.id:>6}", name, handles, seen, plain(sighting.page_url or "")), 8)
