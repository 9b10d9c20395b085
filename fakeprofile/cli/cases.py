"""``fakeprofile cases``."""

from __future__ import annotations

from dataclasses import replace

import click

from fakeprofile.cli.options import Shared, say, shared_options
from fakeprofile.errors import LibraryForeign
from fakeprofile.records import Case
from fakeprofile.report.document import as_line, report_from_json, report_to_json
from fakeprofile.report.lines import plain
from fakeprofile.report.text import report_text


@click.group()
def cases() -> None:
    """The accounts that were checked, and what was found."""


@cases.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each case.")
@shared_options
def list_cases(as_json: bool, shared: Shared) -> None:
    """List the accounts that were checked, oldest first."""
    with shared.opened(create=False) as library:
        found = library.cases()
    for case in found:
        click.echo(as_line(_values(case)) if as_json else _line(case))
    if not found:
        say("no account has been checked yet: `fakeprofile check PHOTO... --handle NAME`")


@cases.command()
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


@cases.command()
@click.argument("numbers", type=int, nargs=-1, required=True, metavar="CASE...")
@shared_options
def forget(numbers: tuple[int, ...], shared: Shared) -> None:
    """Forget cases, with the hashes and thumbnails of their photos."""
    with shared.opened(create=False) as library:
        count = library.forget(numbers)
    say(f"{count} {'case' if count == 1 else 'cases'} forgotten")


def _line(case: Case) -> str:
    account = plain(str(case.handle)) if case.handle else "(no handle)"
    number = f" (id {plain(case.account_id)})" if case.account_id else ""
    span = case.first_checked_on
    if case.last_checked_on != span:
        span += f" to {case.last_checked_on}"
    photos = f"{case.photos} {'photo' if case.photos == 1 else 'photos'}"
    return f"{case.id:>5}  {account}{number}  “{plain(case.name or '')}”  {span}  {photos}  {case.level}"


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
