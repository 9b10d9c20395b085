"""``fakeprofile match``."""

from __future__ import annotations

import click

from fakeprofile import api
from fakeprofile.check import compared_with, library_gaps, photo_gaps
from fakeprofile.cli.options import (
    FLAGGED,
    NOT_ALL_SEEN,
    WORKERS,
    Shared,
    shared_options,
    tell_gap,
)
from fakeprofile.records import Status
from fakeprofile.report.document import match_line
from fakeprofile.tools import Tools

EPILOG = """\b
Example:
  fakeprofile match *.jpg | jq -r 'select(.matches != []) | .photo'
"""


@click.command(epilog=EPILOG)
@click.argument("photos", nargs=-1, required=True, metavar="PHOTO...")
@click.option("--all", "everything", is_flag=True, help="Also list what looks alike but is unproven, marked.")
@WORKERS
@shared_options
@click.pass_context
def match(
    context: click.Context, photos: tuple[str, ...], everything: bool, workers: int, shared: Shared
) -> None:
    """Print one JSON line for each photo: what it is the same picture as.

    In input order, also for a path that does not exist or cannot be read.
    """
    found = unread = False
    with shared.opened() as library:
        for gap in library_gaps(compared_with(Tools(library=library))):
            tell_gap(gap)
        for gap in api.named_avatars(library).gaps:
            tell_gap(gap)
        for looked in api.match(photos, library=library, workers=workers):
            for gap in photo_gaps(looked):
                tell_gap(gap)
            click.echo(match_line(looked, unproven=everything))
            found |= any(match.proven for match in looked.matches)
            unread |= looked.status is Status.UNREADABLE
    if found or unread:
        context.exit(FLAGGED if found else NOT_ALL_SEEN)
