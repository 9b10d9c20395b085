"""Groups of accounts that share a picture, as text with a matrix and as JSON lines."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from typing import Any

from fakeprofile.groups import Excluded, Group, Grouped, Member, Renaming, SetAside
from fakeprofile.report import english
from fakeprofile.report.columns import fitted, listed, wrapped
from fakeprofile.report.document import as_line
from fakeprofile.report.lines import plain

GROUP_SCHEMA = "fakeprofile.group/1"
SET_ASIDE_SCHEMA = "fakeprofile.set-aside/1"
RENAMED_SCHEMA = "fakeprofile.renamed/1"

NAME_COLUMNS, ID_COLUMNS = 28, 18
MOST_PICTURES = 10
MOST_MEMBERS = 40
MOST_GROUPS = 25
"""What is printed of each; all of it stands in the JSON."""
LETTERS = string.ascii_uppercase

TITLE = "The same picture on several accounts"
NO_GROUPS = "No two accounts were found to show the same picture, among those whose pictures were compared."
INCOMPLETE = (
    "There are more ways to group these accounts than could be tried: every group shown is proven, and an account "
    "can belong to others as well."
)
OTHER_IDS = "Their numeric ids differ: these are several accounts, not one that was renamed."
UNKNOWN_IDS = (
    "The numeric id of {count} of them is not known: it cannot be told whether they are accounts of their own, or one "
    "that was renamed."
)
SET_ASIDE: dict[Excluded, str] = {
    Excluded.DEFAULT_AVATAR: "{accounts} {have} a default avatar",
    Excluded.LETTER_AVATAR: "{accounts} {have} a letter on a plain colour",
    Excluded.TOO_PLAIN: "{accounts} {have} a picture that is too plain to compare",
    Excluded.STOCK: "{accounts} {have} a stock picture that thousands may have bought",
}
SET_ASIDE_WHY = (
    "Such pictures stand on many accounts that have nothing to do with each other: they make no group."
)
RENAMED = "{names}: the same numeric id, so one account under several names"
EXPLANATIONS = ("second-account", "fan-page", "shared-picture", "stock-or-meme")


def groups_text(
    grouped: Grouped, labels: Mapping[str, str] | None = None, *, nothing: str = NO_GROUPS
) -> str:
    """The groups, with who shows which picture, in lines of at most 80 columns, ending in a newline.

    Args:
        grouped: what ``groups_of`` found.
        labels: what to call a picture, by its key; without one the beginning of the key.
        nothing: what to say where there are no groups.
    """
    lines = [TITLE, ""]
    for number, group in enumerate(grouped.groups[:MOST_GROUPS], 1):
        lines += [*_group_lines(number, group, labels or {}), ""]
    if not grouped.groups:
        lines += [*wrapped(nothing), ""]
    if len(grouped.groups) > MOST_GROUPS:
        lines += [
            f"… and {len(grouped.groups) - MOST_GROUPS:,} more groups, which stand in groups.jsonl.",
            "",
        ]
    if not grouped.complete:
        lines += [*wrapped(INCOMPLETE), ""]
    if grouped.groups:
        lines += ["What else could explain this"]
        for code in EXPLANATIONS:
            lines += wrapped(english.EXPLANATIONS[code], 4, "  - ")
        lines += [""]
    lines += listed("Renamed", [_renaming_words(one) for one in grouped.renamed])
    lines += listed("Not grouped", [_aside_words(one) for one in grouped.set_aside])
    if grouped.set_aside:
        lines += [*wrapped(SET_ASIDE_WHY), ""]
    return "\n".join(lines[:-1]) + "\n"


def groups_lines(grouped: Grouped) -> Iterator[str]:
    """The groups, what was set aside, and renamed accounts, as JSON lines."""
    for number, group in enumerate(grouped.groups, 1):
        yield as_line({"schema": GROUP_SCHEMA, "group": number, **_group_values(group)})
    for aside in grouped.set_aside:
        values: dict[str, Any] = {
            "reason": aside.reason,
            "accounts": list(aside.accounts),
            "pictures": list(aside.pictures),
        }
        yield as_line({"schema": SET_ASIDE_SCHEMA, **values})
    for one in grouped.renamed:
        names = [str(handle) for handle in one.handles]
        values = {"account_id": one.handles[0].account_id, "accounts": list(one.accounts), "handles": names}
        yield as_line({"schema": RENAMED_SCHEMA, **values})


# --- text -----------------------------------------------------------------------------------


def _group_lines(number: int, group: Group, labels: Mapping[str, str]) -> Iterator[str]:
    shown = group.pictures[:MOST_PICTURES]
    pictures = len(group.pictures)
    what = "show the same picture" if pictures == 1 else f"share {pictures:,} pictures"
    yield f"Group {number}: {len(group.members):,} accounts {what}"
    letters = "".join(f"  {letter}" for letter, _ in zip(LETTERS, shown, strict=False))
    yield f"  {'account':<{NAME_COLUMNS}}  {'numeric id':<{ID_COLUMNS}}{letters}"
    for member in group.members[:MOST_MEMBERS]:
        yield from _member_lines(member)
    if len(group.members) > MOST_MEMBERS:
        yield f"  … and {len(group.members) - MOST_MEMBERS:,} more accounts, which stand in groups.jsonl"
    yield ""
    for place, (letter, picture) in enumerate(zip(LETTERS, shown, strict=False)):
        holders = sum(bool(member.shows[place]) for member in group.members)
        all_of = len(group.members)
        everybody = "both" if all_of == 2 else f"all {all_of:,}"
        on = everybody if holders == all_of else f"{holders:,} of the {all_of:,}"
        yield from wrapped(f"on {on} accounts: {_label(picture, labels)}", 5, f"  {letter}  ")
    if len(group.pictures) > MOST_PICTURES:
        yield f"  … and {len(group.pictures) - MOST_PICTURES:,} more pictures that some of them share"
    unknown = sum(not member.id_known for member in group.members)
    words = UNKNOWN_IDS.format(count=f"{unknown:,}") if unknown else OTHER_IDS
    yield from wrapped(words, 2)


def _member_lines(member: Member) -> Iterator[str]:
    marks = "".join("  x" if files else "  ." for files in member.shows[:MOST_PICTURES])
    name = fitted(plain(str(member.handle)), NAME_COLUMNS)
    number = fitted(plain(member.handle.account_id or "") or "unknown", ID_COLUMNS)
    yield f"  {name}  {number}{marks}"
    if member.other_names:
        names = ", ".join(plain(str(handle)) for handle in member.other_names)
        yield from wrapped(f"also called {names}: the same numeric id", 6)


def _label(picture: tuple[str, ...], labels: Mapping[str, str]) -> str:
    first = next((labels[one] for one in picture if one in labels), None)
    name = plain(first) if first else f"picture {plain(picture[0][:12])}"
    more = len(picture) - 1
    return (
        f"{name} and {more:,} more {'file that shows' if more == 1 else 'files that show'} it"
        if more
        else name
    )


def _renaming_words(one: Renaming) -> str:
    names = dict.fromkeys(plain(str(handle)) for handle in one.handles)
    return RENAMED.format(names=", ".join(names))


def _aside_words(aside: SetAside) -> str:
    one = len(aside.accounts) == 1
    accounts = f"{len(aside.accounts):,} {'account' if one else 'accounts'}"
    return SET_ASIDE[aside.reason].format(accounts=accounts, have="has" if one else "have")


# --- values ---------------------------------------------------------------------------------


def _group_values(group: Group) -> dict[str, Any]:
    return {
        "pictures": [list(picture) for picture in group.pictures],
        "members": [
            {
                "account": member.account,
                "handle": str(member.handle),
                "account_id": member.handle.account_id,
                "other_names": [str(handle) for handle in member.other_names],
                "shows": [list(files) for files in member.shows],
            }
            for member in group.members
        ],
    }
