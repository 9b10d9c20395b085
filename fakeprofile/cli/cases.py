"""``fakeprofile cases``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from fakeprofile.chain import chains_of
from fakeprofile.cli.options import Shared, example, say, shared_options, tell_gap
from fakeprofile.cli.paths import FILE, check_file, write_file
from fakeprofile.errors import LibraryForeign, UsageError
from fakeprofile.history import remembered_in, shared_pictures
from fakeprofile.records import Case
from fakeprofile.report.audit import LEVELS
from fakeprofile.report.chain import chains_lines, chains_text
from fakeprofile.report.columns import folded
from fakeprofile.report.document import as_line, report_from_json, report_to_json
from fakeprofile.report.graph import SMALL, graph_svg
from fakeprofile.report.lines import plain
from fakeprofile.report.text import report_text
from fakeprofile.report.watch import watch_words
from fakeprofile.watch import met_by


@click.group(epilog=example("cases list", "cases chain"))
def cases() -> None:
    """The accounts that were checked, and what was found."""


@cases.command("list", epilog=example("cases list --json"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each case.")
@shared_options
def list_cases(as_json: bool, shared: Shared) -> None:
    """List the accounts that were checked, oldest first."""
    with shared.opened_if_any() as library:
        found = library.cases()
    for case in found:
        click.echo(as_line(_values(case)) if as_json else "\n".join(_lines(case)))
    if not found:
        say("no account has been checked yet: `fakeprofile check PHOTO... --handle NAME`")


@cases.command(epilog=example("cases list", "cases show 5"))
@click.argument("number", type=int, metavar="CASE")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@shared_options
def show(number: int, as_json: bool, shared: Shared) -> None:
    """Show the report of the last check of CASE."""
    with shared.opened(create=False) as library:
        stored = library.case_report(number)
    try:
        report = replace(report_from_json(stored), case=number)
    except ValueError as error:
        raise LibraryForeign(
            f"the report of case {number} is damaged or of another version: check that account again"
        ) from error
    click.echo(report_to_json(report) if as_json else report_text(report), nl=as_json)


@cases.command(epilog=example("cases list", "cases forget 5"))
@click.argument("numbers", type=int, nargs=-1, required=True, metavar="CASE...")
@shared_options
def forget(numbers: tuple[int, ...], shared: Shared) -> None:
    """Forget cases, with the hashes and thumbnails of their photos."""
    with shared.opened(create=False) as library:
        known = [one for one, _ in library.identities() if one.id in numbers]
        count = library.forget(numbers)
        watched = [watch for watch in library.watch_list() if any(met_by(watch, one, None) for one in known)]
    say(f"{count} {'case' if count == 1 else 'cases'} forgotten")
    for watch in watched:
        say(f"still watched: {watch_words(watch)} (`fakeprofile watch remove {watch.id}` ends it)")


@cases.command(epilog=example("cases chain"))
@click.argument("number", type=int, required=False, metavar="[CASE]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each chain.")
@shared_options
def chain(number: int | None, as_json: bool, shared: Shared) -> None:
    """Show under which names one set of pictures was seen, with dates.

    Without CASE, all chains of the accounts that were checked.
    """
    with shared.opened_if_any() if number is None else shared.opened(create=False) as library:
        if number is not None:
            library.case_report(number)
        remembered, gaps = remembered_in(library)
    for gap in gaps:
        tell_gap(gap)
    found = chains_of(remembered)
    if as_json:
        for line in chains_lines(found, number):
            click.echo(line)
    else:
        click.echo(chains_text(found, number), nl=False)


@cases.command(epilog=example("cases graph --picture accounts.svg"))
@click.option(
    "--picture",
    type=FILE,
    required=True,
    metavar="OUT.svg",
    help="The file to draw into.",
)
@click.option("--no-photos", is_flag=True, help="Draw the accounts without small pictures of their photos.")
@shared_options
def graph(picture: Path, no_photos: bool, shared: Shared) -> None:
    """Draw the accounts that share pictures, in time order."""
    if picture.suffix.lower() != ".svg":
        raise UsageError(f"{picture} is no name for an SVG, which is what is drawn: let it end in .svg")
    check_file(picture)
    with shared.opened_if_any() as library:
        remembered, gaps = remembered_in(library)
        found = chains_of(remembered)
        drawing = graph_svg(found, {} if no_photos else shared_pictures(library, found, SMALL))
    for gap in gaps:
        tell_gap(gap)
    write_file(picture, drawing.encode())
    say(f"drawn: {picture}" if found.chains else f"drawn, but no two accounts share a picture: {picture}")


def _lines(case: Case) -> list[str]:
    """The line of the list, folded on a terminal."""
    account = plain(str(case.handle)) if case.handle else "(no handle)"
    number = f" (id {plain(case.account_id)})" if case.account_id else ""
    span = case.first_checked_on
    if case.last_checked_on != span:
        span += f" to {case.last_checked_on}"
    photos = f"{case.photos} {'photo' if case.photos == 1 else 'photos'}"
    name = f"“{plain(case.name)}”" if case.name else ""
    return folded((f"{case.id:>5}", f"{account}{number}", name, span, f"{photos}: {LEVELS[case.level]}"), 7)


def _values(case: Case) -> dict[str, object]:
    return {
        "schema": "fakeprofile.case/1",
        "case": case.id,
        "handle": str(case.handle) if case.handle else None,
        "name": case.name,
        "account_id": case.account_id,
        "first_checked_on": case.first_checked_on,
        "last_checked_on": case.last_checked_on,
        "level": case.level,
        "photos": case.photos,
    }
