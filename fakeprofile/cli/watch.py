"""``fakeprofile watch``."""

from __future__ import annotations

import click

from fakeprofile import api
from fakeprofile.cli.options import FLAGGED, NOT_ALL_SEEN, Shared, example, say, shared_options
from fakeprofile.errors import UsageError
from fakeprofile.patrol import looks_for_watched
from fakeprofile.records import Watch
from fakeprofile.report.watch import look_lines, look_text, watch_lines, watch_values, watch_words
from fakeprofile.tools import Tools, utc_today


@click.group(epilog=example('watch add --handle instagram:lars.2011 --note "asked for photos"', "watch run"))
def watch() -> None:
    """Accounts and identities to keep an eye on.

    Whenever a later check meets one of their pictures, its report says so.
    """


@watch.command(epilog=example('watch add --handle instagram:lars.2011 --note "asked for photos"'))
@click.option(
    "--handle", metavar="[PLATFORM:]NAME", help="An account by its name, such as instagram:lars_2011."
)
@click.option(
    "--id", "account_id", metavar="NUMBER", help="An account by its number, which outlives a new name."
)
@click.option(
    "--name", metavar="TEXT", help="An identity of the reference set, or a name that accounts show."
)
@click.option(
    "--case", type=int, metavar="CASE", help="An account that was checked, by the number of its case."
)
@click.option("--note", metavar="TEXT", help="Why, in your words; it stands in the reports.")
@shared_options
def add(
    handle: str | None,
    account_id: str | None,
    name: str | None,
    case: int | None,
    note: str | None,
    shared: Shared,
) -> None:
    """Keep an eye on one account or identity.

    An account is named by --handle, --id or both; an identity by --name; a case by --case.
    """
    given = [handle is not None or account_id is not None, name is not None, case is not None]
    if sum(given) != 1:
        raise UsageError("say what to watch in one way: --handle and --id, or --name, or --case")
    profile = api.profile_of(handle=handle, name=name, age=None, account_id=account_id)
    wanted = Watch(
        handle=profile.handle, account_id=profile.account_id, name=profile.name, case=case, note=note
    )
    with shared.opened() as library:
        number, new = library.watch_add(wanted, utc_today())
        kept = next(one for one in library.watch_list() if one.id == number)
    say(f"{'watched' if new else 'watched already'}: {watch_words(kept)} (watch {number})")


@watch.command("list", epilog=example("watch list --json"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each.")
@shared_options
def list_watches(as_json: bool, shared: Shared) -> None:
    """List what is watched, oldest first."""
    with shared.opened_if_any() as library:
        found = library.watch_list()
    for one in found:
        click.echo(watch_values(one) if as_json else "\n".join(watch_lines(one)))
    if not found:
        say("nothing is watched yet: `fakeprofile watch add --handle NAME`")


@watch.command(epilog=example("watch list", "watch remove 1"))
@click.argument("numbers", type=int, nargs=-1, required=True, metavar="WATCH...")
@shared_options
def remove(numbers: tuple[int, ...], shared: Shared) -> None:
    """Watch something no longer. Its cases and references stay."""
    with shared.opened(create=False) as library:
        count = library.watch_remove(numbers)
    say(f"{count} {'watch' if count == 1 else 'watches'} removed")


@watch.command(epilog=example("watch run"))
@click.argument("numbers", type=int, nargs=-1, metavar="[WATCH]...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line for each watch.")
@shared_options
@click.pass_context
def run(context: click.Context, numbers: tuple[int, ...], as_json: bool, shared: Shared) -> None:
    """Look in the library for the pictures of what is watched, and tell what is new.

    The kept small pictures are compared with the library as it is now; the photos are not needed. Without
    WATCH, for all that is watched.
    """
    new = unseen = 0
    with shared.opened(create=False) if numbers else shared.opened_if_any() as library:
        tools = Tools(library=library, templates=api.named_avatars(library).templates)
        looks = looks_for_watched(tools, numbers)
        for number, look in enumerate(looks):
            text = "".join(f"{line}\n" for line in look_lines(look)) if as_json else look_text(look)
            click.echo(f"\n{text}" if number and not as_json else text, nl=False)
            new += sum(meeting.new for meeting in look.meetings)
            unseen += len(look.gaps)
        if not library.watch_list():
            say("nothing is watched yet: `fakeprofile watch add --handle NAME`")
    if new:
        context.exit(FLAGGED)
    if unseen:
        context.exit(NOT_ALL_SEEN)
