"""``fakeprofile audit``, and ``fakeprofile audit diff``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import click

from fakeprofile import api
from fakeprofile.audit import Audited, Step
from fakeprofile.cli.options import (
    FLAGGED,
    NOT_ALL_SEEN,
    WORKERS,
    Shared,
    say,
    shared_options,
    tell_gaps,
)
from fakeprofile.cli.paths import THERE
from fakeprofile.cli.progress import shown, stoppable
from fakeprofile.cli.web import Web, web_options
from fakeprofile.errors import UsageError
from fakeprofile.report.audit import MOST_GAPS
from fakeprofile.report.changes import changes_lines, changes_text
from fakeprofile.report.lines import count

EPILOG = """\b
`fakeprofile audit diff OLD NEW` compares two exports, see its own --help.
A source that is itself called `diff` is written ./diff.

\b
Example:
  fakeprofile audit fixtures/audit/followers --out audit-followers
"""
DIFF_EPILOG = """\b
Example:
  fakeprofile audit diff \\
      fixtures/audit/followers fixtures/audit/followers-later
"""


@click.command(epilog=DIFF_EPILOG)
@click.argument("old", type=THERE)
@click.argument("new", type=THERE)
@click.option("--json", "as_json", is_flag=True, help="Print each change as a JSON line.")
@shared_options
@click.pass_context
def diff(context: click.Context, old: Path, new: Path, as_json: bool, shared: Shared) -> None:  # noqa: ARG001
    """Say what changed between two exports: who is new, gone, probably renamed.

    OLD and NEW are what `audit` takes. Nothing leaves this machine.
    """
    changes = api.changes(old, new)
    if as_json:
        for line in changes_lines(changes):
            click.echo(line)
    else:
        click.echo(changes_text(changes), nl=False)
    gaps = [*changes.old_gaps, *changes.new_gaps]
    tell_gaps(gaps, reported=not as_json)
    if gaps:
        context.exit(NOT_ALL_SEEN)


class AuditCommand(click.Command):
    """A command that takes sources, and has one command below it: ``diff`` (a source of that name is ./diff)."""

    commands: ClassVar[dict[str, click.Command]] = {"diff": diff}

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the command that was called."""
        place = self._first_word(args)
        below = self.commands.get(args[place]) if place < len(args) else None
        if below is None:
            return super().make_context(info_name, args, parent, **extra)
        rest = [*args[:place], *args[place + 1 :]]
        return below.make_context(f"{info_name} {args[place]}", rest, parent, **extra)

    def _first_word(self, args: list[str]) -> int:
        """Where the first word stands that is neither an option nor the value of one."""
        place = 0
        while place < len(args) and args[place].startswith("-") and args[place] not in ("-", "--"):
            name, _, value = args[place].partition("=")
            place += 2 if name in self._valued() and not value else 1
        return place

    def _valued(self) -> set[str]:
        """The options that have a value behind them."""
        options = [one for one in self.params if isinstance(one, click.Option) and not one.is_flag]
        return {name for one in options for name in one.opts}


@click.command(cls=AuditCommand, epilog=EPILOG)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=THERE)
@click.option(
    "--references",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Compare with this folder too, without adding it: a sub-folder for each person.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where the results go, and what is needed to go on; audit-SOURCE if not given.",
)
@click.option("--resume", is_flag=True, help="Only go on with an audit that was begun in --out.")
@click.option("--remember", is_flag=True, help="Keep the accounts that are flagged as cases.")
@web_options()
@click.option("--json", "as_json", is_flag=True, help="Print audit.jsonl: a JSON line for each account.")
@click.option("--csv", "as_csv", is_flag=True, help="Print audit.csv.")
@WORKERS
@shared_options
@click.pass_context
def audit(
    context: click.Context,
    sources: tuple[Path, ...],
    references: Path | None,
    out: Path | None,
    resume: bool,
    remember: bool,
    web: Web,
    as_json: bool,
    as_csv: bool,
    workers: int,
    shared: Shared,
) -> None:
    """Say which of many accounts show pictures that stand elsewhere too.

    SOURCE is what tells of accounts: an export of Instagram, TikTok, Snapchat, X or Facebook, a download of
    Instaloader or gallery-dl, a list (CSV, Excel, text, JSON), or a folder of photos named after the accounts; a zip
    or a folder. Messages are never opened. Nothing leaves this machine without --search, --fetch and --archive.

    All accounts go to audit.jsonl and audit.csv in --out, groups with the same picture to groups.jsonl, the numbers to
    summary.json. An audit that was ended, by Ctrl-C or otherwise, goes on when the same command is given again.
    """
    if as_json and as_csv:
        raise UsageError("--json and --csv both print to standard output: choose one")
    if web.url is not None:
        raise UsageError("--url is the address of one photo: use `fakeprofile check` for that")
    folder = out or Path(_folder_name(sources[0]))
    what = iter(("looked at", "answers"))
    with stoppable() as stop, shared.opened() as library, web.opened(stop) as search:

        def along(steps: Iterator[Step], total: int) -> Iterable[Step]:
            return shown(stop.before_next(steps), next(what), total, _told)

        audited = api.audit(
            sources,
            library=library,
            out=folder,
            references=references,
            search=search,
            resume=resume,
            remember=remember,
            workers=workers,
            along=along,
        )
        _print(audited, "audit.jsonl" if as_json else "audit.csv" if as_csv else "")
    if audited.summary.flagged:
        context.exit(FLAGGED)
    if not audited.summary.all_seen:
        context.exit(NOT_ALL_SEEN)


def _told(step: Step) -> tuple[int, str]:
    return step.done, f"{step.flagged:,} flagged so far" if step.flagged else ""


def _print(audited: Audited, result: str) -> None:
    if audited.went_on:
        say(audited.went_on)
    if result:
        with (audited.folder / result).open(encoding="utf-8-sig", newline="") as file:
            for line in file:
                click.echo(line, nl=False)
    else:
        click.echo(audited.text, nl=False)
    gaps = audited.summary.gaps
    more = max(0, len(gaps) - MOST_GAPS) + audited.summary.more_gaps
    tell_gaps(gaps[:MOST_GAPS], reported=not result, more=more)
    if audited.remembered:
        say(f"{count(audited.remembered, 'account')} kept as cases")
    say(f"the results are in {audited.folder}")


def _folder_name(source: Path) -> str:
    """``audit-`` and the name of the source, of letters that no system and no terminal stumbles over."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", source.resolve().stem)[:80].strip("-.")
    return f"audit-{name or 'accounts'}"
