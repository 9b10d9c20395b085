"""What changed between two exports, as text and as JSON lines. Gone is not deleted, and new is not suspect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fakeprofile.changes import Certainty, Changes, Ground, Hint, Renamed, TieChange
from fakeprofile.records import Account, Gap, Tie
from fakeprofile.report.columns import listed, wrapped
from fakeprofile.report.document import as_line
from fakeprofile.report.lines import plain

CHANGE_SCHEMA = "fakeprofile.change/1"
MOST = 100
"""How many of each kind are printed; all of them stand in the JSON."""

LISTS: dict[Tie, str] = {
    Tie.FOLLOWER: "followers",
    Tie.FOLLOWING: "following",
    Tie.REQUESTED: "asked to follow",
    Tie.UNFOLLOWED: "recently unfollowed",
    Tie.BLOCKED: "blocked",
    Tie.LISTED: "the list",
}
SINCE: dict[Tie, str] = {
    Tie.FOLLOWER: "follower since",
    Tie.FOLLOWING: "followed since",
    Tie.REQUESTED: "asked on",
    Tie.UNFOLLOWED: "unfollowed on",
    Tie.BLOCKED: "blocked on",
    Tie.LISTED: "dated",
}
GROUNDS: dict[Ground, str] = {
    Ground.ID: "the same numeric id ({id}): the same account under another name",
    Ground.FORMER_NAME: "the new export itself tells of the old name: probably the same account",
    Ground.TIME_AND_PICTURE: (
        "followed in the same second ({on}) and shows the same picture: probably the same account under another name"
    ),
}
GONE = "Gone means: no longer in the list. The account may be deleted or blocked, or only have stopped following."
GONE_CUT = "The new export is not whole (see below): an account that is not in it may still be there. Unknown is not gone."
NEW_CUT = "The old export is not whole (see below): an account that is not in it may have been there before."
RENAMED_NOTE = "“Probably” is a conclusion from what the exports say; only the numeric id makes it certain."
NOTHING = "Nothing changed in what both exports tell."


def changes_text(changes: Changes) -> str:
    """Who is new, gone, renamed or in other lists, in lines of at most 96 characters, ending in a newline."""
    lines = [_head(changes), ""]
    lines += _part("New", changes.new, [NEW_CUT] if changes.old_gaps else [])
    lines += _part("Gone", changes.gone, [GONE, *([GONE_CUT] if changes.new_gaps else [])])
    lines += _many("Renamed", [_renamed_words(one) for one in changes.renamed])
    if any(one.certainty is Certainty.PROBABLE for one in changes.renamed):
        lines[-1:] = [*wrapped(RENAMED_NOTE, 4), ""]
    lines += _many("Perhaps renamed", [_hint_words(one) for one in changes.hints])
    lines += _many(
        "Another account under the same name",
        [
            f"{_called(old)}: its numeric id was {_id(old)} and is {_id(new)} now"
            for old, new in changes.taken_over
        ],
    )
    lines += _many("In other lists than before", [_tie_words(one) for one in changes.ties])
    if len(lines) == 2:
        lines += [*wrapped(NOTHING), ""]
    lines += _part(_absent(changes.lists_only_old, "new", "gone"), changes.unknown_now, [])
    lines += _part(_absent(changes.lists_only_new, "old", "new"), changes.unknown_before, [])
    lines += listed("Not read of the old export", _gaps(changes.old_gaps))
    lines += listed("Not read of the new export", _gaps(changes.new_gaps))
    return "\n".join(lines[:-1]) + "\n"


def changes_lines(changes: Changes) -> Iterator[str]:
    """Every change as a JSON line: its ``change``, and the old and the new account."""
    for kind, accounts in (("new", changes.new), ("unknown-before", changes.unknown_before)):
        yield from (_line(kind, new=one) for one in accounts)
    for kind, accounts in (("gone", changes.gone), ("unknown-now", changes.unknown_now)):
        yield from (_line(kind, old=one, whole=not changes.new_gaps) for one in accounts)
    for one in changes.renamed:
        yield _line("renamed", old=one.old, new=one.new, ground=one.ground, certainty=one.certainty)
    for old, new in changes.taken_over:
        yield _line("taken-over", old=old, new=new)
    for tie in changes.ties:
        lost, gained = list(tie.lost), list(tie.gained)
        yield _line("lists", old=tie.old, new=tie.new, lost=lost, gained=gained, anew=tie.anew)
    for hint in changes.hints:
        gone, came = ([str(one.handle) for one in side] for side in (hint.gone, hint.new))
        yield _line("same-second", on=hint.on, gone=gone, came=came, ambiguous=hint.ambiguous)
    for side, gaps in (("old", changes.old_gaps), ("new", changes.new_gaps)):
        for gap in gaps:
            yield _line("not-read", export=side, about=gap.about, reason=gap.reason)


# --- text -----------------------------------------------------------------------------------


def _head(changes: Changes) -> str:
    old = f"{changes.old_count:,} accounts" + (f" on {changes.old_on}" if changes.old_on else "")
    new = f"{changes.new_count:,}" + (f" on {changes.new_on}" if changes.new_on else "")
    return f"Before: {old}; after: {new}"


def _part(title: str, accounts: tuple[Account, ...], notes: list[str]) -> list[str]:
    lines = _many(title, [_called(one) + _dated(one) for one in accounts])
    if lines and notes:
        lines[-1:] = [*(line for note in notes for line in wrapped(note, 4)), ""]
    return lines


def _many(title: str, items: list[str]) -> list[str]:
    if not items:
        return []
    more = len(items) - MOST
    shown = [*items[:MOST], f"… and {more:,} more, which stand in the JSON"] if more > 0 else items
    return listed(f"{title}: {len(items):,}", shown)


def _called(account: Account) -> str:
    name = f" “{plain(account.name)}”" if account.name else ""
    return f"{plain(str(account.handle))}{name}"


def _id(account: Account) -> str:
    return plain(account.handle.account_id or "unknown")


def _dated(account: Account) -> str:
    """In which lists it stands, and since when if that is known."""
    ties = account.ties or (Tie.LISTED,)
    if account.tied_on and len(ties) == 1:
        return f" ({SINCE[ties[0]]} {_moment(account.tied_on)})"
    date = f", {_moment(account.tied_on)}" if account.tied_on else ", since when is unknown"
    lists = ", ".join(LISTS[tie] for tie in ties)
    return f" ({lists}{date})"


def _moment(on: str) -> str:
    return plain(on).replace("T", " ").replace("Z", " UTC")


def _renamed_words(one: Renamed) -> str:
    ground = GROUNDS[one.ground].format(id=_id(one.old), on=_moment(one.old.tied_on or ""))
    return f"{_called(one.old)} is now {_called(one.new)}: {ground}"


def _hint_words(hint: Hint) -> str:
    gone, new = _some(hint.gone), _some(hint.new)
    if hint.ambiguous:
        return (
            f"{_moment(hint.on)}: {gone} went and {new} came with this same time of following. More than one pair "
            "fits, so it cannot be told whether any of them is the same account."
        )
    return (
        f"{gone} went and {new} came with the same time of following ({_moment(hint.on)}). It could be one account "
        "under another name; nothing else was compared that would show it."
    )


def _some(accounts: tuple[Account, ...]) -> str:
    names = ", ".join(plain(str(one.handle)) for one in accounts[:5])
    return names + (f" and {len(accounts) - 5:,} more" if len(accounts) > 5 else "")


def _tie_words(change: TieChange) -> str:
    parts = []
    if change.lost:
        parts.append(f"no longer in: {_lists(change.lost)}")
    if change.gained:
        parts.append(f"now in: {_lists(change.gained)}")
    if change.anew:
        parts.append(
            f"since {_moment(change.new.tied_on or '')}, before since {_moment(change.old.tied_on or '')}: "
            "it was away in between"
        )
    return f"{_called(change.new)}: {'; '.join(parts)}"


def _lists(ties: Iterable[Tie]) -> str:
    return ", ".join(LISTS[tie] for tie in ties)


def _absent(ties: tuple[Tie, ...], side: str, what: str) -> str:
    verb = "is" if what == "gone" else "was"
    return f"Not known whether {what} ({_lists(ties)} {verb} not in the {side} export at all)"


def _gaps(gaps: tuple[Gap, ...]) -> list[str]:
    return [f"{plain(gap.about)}: {plain(gap.reason)}" for gap in gaps]


# --- values ---------------------------------------------------------------------------------


def _line(kind: str, *, old: Account | None = None, new: Account | None = None, **more: Any) -> str:
    sides = {side: _values(one) for side, one in (("old", old), ("new", new)) if one is not None}
    return as_line({"schema": CHANGE_SCHEMA, "change": kind, **sides, **more})


def _values(account: Account) -> dict[str, Any]:
    return {
        "handle": str(account.handle),
        "account_id": account.handle.account_id,
        "name": account.name,
        "ties": list(account.ties),
        "tied_on": account.tied_on,
    }
