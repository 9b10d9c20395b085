"""Two sources, an older and a newer one -> what changed between them, with their pictures where those decide."""

from __future__ import annotations

from pathlib import Path

from fakeprofile.accounts import accounts_in, read_photo
from fakeprofile.changes import Changes, changes_between
from fakeprofile.match import compare
from fakeprofile.records import Account, Finding, Gap
from fakeprofile.settings import Settings


def changes_of(old: Path, new: Path, settings: Settings) -> Changes:
    """Who is new, gone, or probably renamed.

    Raises:
        SourceError: one of them holds no account.
    """
    (before, old_gaps), (after, new_gaps) = _accounts_in(old), _accounts_in(new)

    def same_picture(one: Account, other: Account) -> bool:
        return _show_the_same(one, other, settings)

    return changes_between(before, after, same_picture, old_gaps=old_gaps, new_gaps=new_gaps)


def _accounts_in(source: Path) -> tuple[list[Account], tuple[Gap, ...]]:
    items = list(accounts_in([source]))
    return (
        [one for one in items if isinstance(one, Account)],
        tuple(one for one in items if isinstance(one, Gap)),
    )


def _show_the_same(one: Account, other: Account, settings: Settings) -> bool:
    """Whether a picture of one is proven to be one of the other, and says something."""
    for ours in one.photos:
        for theirs in other.photos:
            here, there = read_photo(ours, settings), read_photo(theirs, settings)
            if isinstance(here, Gap) or isinstance(there, Gap):
                continue
            said = compare(here, there, settings)
            if said.reason is None and said.finding in (Finding.SAME_FILE, Finding.SAME_PICTURE):
                return True
    return False
