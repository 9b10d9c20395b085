"""``fakeprofile check``."""

from __future__ import annotations

from pathlib import Path

import click

from fakeprofile import api
from fakeprofile.cli.options import (
    FLAGGED,
    NOT_ALL_SEEN,
    PANEL,
    WORKERS,
    Shared,
    say,
    shared_options,
    tell_gaps,
)
from fakeprofile.cli.web import Web, not_all_seen, web_options
from fakeprofile.errors import UsageError
from fakeprofile.records import Panel, Report
from fakeprofile.report.document import report_to_json
from fakeprofile.report.text import report_text

GIVEN = ("photo", "import")
"""Steps at which something that was given with the command could not be looked at."""

EPILOG = """\b
Example:
  fakeprofile check screenshot.png photos/ \\
      --handle instagram:lars --name Lars --age 11
"""


@click.command(epilog=EPILOG)
@click.argument("photos", nargs=-1, required=True, metavar="PHOTO...")
@click.option("--handle", metavar="[PLATFORM:]NAME", help="The account's name, such as instagram:lars_2011.")
@click.option("--name", metavar="TEXT", help="The name that the account shows.")
@click.option("--age", type=int, metavar="N", help="The age that the account claims, in years.")
@click.option("--id", "account_id", metavar="NUMBER", help="The account's number, which outlives a new name.")
@click.option(
    "--references",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Compare with this folder too, without adding it: a sub-folder for each person.",
)
@click.option(
    "--panel",
    "panels",
    type=PANEL,
    multiple=True,
    metavar="X,Y,W,H",
    help="Where in the photo a picture stands, in pixels, instead of looking for it; may be repeated. Only with one "
    "photo.",
)
@click.option(
    "--since",
    metavar="DATE",
    help="Since when the account shows these photos, as far as you know: younger copies may come from it.",
)
@web_options()
@click.option("--no-remember", is_flag=True, help="Do not keep this account as a case.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@WORKERS
@shared_options
@click.pass_context
def check(
    context: click.Context,
    photos: tuple[str, ...],
    handle: str | None,
    name: str | None,
    age: int | None,
    account_id: str | None,
    references: Path | None,
    panels: tuple[Panel, ...],
    since: str | None,
    web: Web,
    no_remember: bool,
    as_json: bool,
    workers: int,
    shared: Shared,
) -> None:
    """Say where else the photos of one account stand.

    PHOTO is a file, a folder, or - for standard input. All belong to one account. What is compared:
    the reference set (`fakeprofile references`) and the accounts that were checked before; with --results,
    --search, --fetch or --archive also what public image search shows. Without --search, --fetch and --archive
    nothing leaves this machine.
    """
    if web.url is not None and (len(photos) != 1 or Path(photos[0]).is_dir()):
        raise UsageError("--url is the address of one photo: give that photo alone")
    with shared.opened() as library, web.opened() as search:
        report = api.check(
            photos,
            library=library,
            handle=handle,
            name=name,
            age=age,
            account_id=account_id,
            references=references,
            remember=not no_remember,
            panels=panels,
            since=since,
            search=search,
            workers=workers,
        )
    unseen = [gap for gap in report.facts.gaps if gap.step in GIVEN]
    tell_gaps(unseen, reported=not as_json)
    click.echo(report_to_json(report) if as_json else report_text(report), nl=as_json)
    if report.case is None and not no_remember:
        say(_not_remembered(report))
    if report.verdict.flagged:
        context.exit(FLAGGED)
    if unseen or not_all_seen(report.facts):
        context.exit(NOT_ALL_SEEN)


def _not_remembered(report: Report) -> str:
    reasons = [gap.reason for gap in report.facts.gaps if gap.step == "remember"]
    unnamed = "this account was not kept as a case: give --handle, --name or --id, or --no-remember"
    return f"not remembered: {reasons[0]}" if reasons else unnamed
