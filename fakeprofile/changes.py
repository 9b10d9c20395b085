"""What changed between two exports of one account's followers: who is new, gone, or probably renamed.

A name that is missing says little by itself. The numeric id outlives a rename, and so does the second
in which somebody began to follow: an entry that is new, but whose time lies long back, stood in the old
export under another name. That Instagram keeps that second over exports is not documented, so it
counts only together with the same pictures, and never where many have it in common.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fakeprofile.identity import platform_of
from fakeprofile.records import Account, Gap, Tie

SamePicture = Callable[[Account, Account], bool]
"""Whether two accounts are proven to show the same picture of their own (no default avatar, no stock picture)."""
MOST_AT_ONCE = 3
"""Accounts with one and the same time in an export: more than these share it for another reason, such as a
table that has one date for all."""


class Ground(StrEnum):
    """What speaks for two names being one account."""

    ID = "same numeric id"
    FORMER_NAME = "former name"
    """The source of the new export itself tells of the old name."""
    TIME_AND_PICTURE = "same follow time and same picture"


class Certainty(StrEnum):
    """How sure it is."""

    SURE = "sure"
    PROBABLE = "probable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """One account under two names."""

    old: Account
    new: Account
    ground: Ground

    @property
    def certainty(self) -> Certainty:
        """Platforms give a numeric id to one account only; all else is a conclusion."""
        return Certainty.SURE if self.ground is Ground.ID else Certainty.PROBABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class TieChange:
    """An account that stands in other lists than before, or since another time."""

    old: Account
    new: Account
    lost: tuple[Tie, ...] = ()
    gained: tuple[Tie, ...] = ()
    anew: bool = False
    """In the same lists, but since a later time: it was away in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """Names that are gone and names that are new with the same time of following, and nothing else in common."""

    on: str
    gone: tuple[Account, ...]
    new: tuple[Account, ...]

    @property
    def ambiguous(self) -> bool:
        """Whether it cannot even be told which could be which."""
        return len(self.gone) > 1 or len(self.new) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed from an old export to a new one. All in the order of their names."""

    old_count: int
    new_count: int
    old_on: str | None = None
    new_on: str | None = None
    """The dates of the exports, if they are known."""
    new: tuple[Account, ...] = ()
    gone: tuple[Account, ...] = ()
    """In the old export and not in the new one. If ``new_gaps`` holds anything, they may still be there."""
    renamed: tuple[Renamed, ...] = ()
    ties: tuple[TieChange, ...] = ()
    taken_over: tuple[tuple[Account, Account], ...] = ()
    """Old and new account of one name with different numeric ids: somebody else has the name now."""
    hints: tuple[Hint, ...] = ()
    unknown_now: tuple[Account, ...] = ()
    """The lists in which they stood are not in the new export at all: whether they are gone is not known."""
    unknown_before: tuple[Account, ...] = ()
    """The lists in which they stand were not in the old export: whether they are new is not known."""
    lists_only_old: tuple[Tie, ...] = ()
    lists_only_new: tuple[Tie, ...] = ()
    old_gaps: tuple[Gap, ...] = ()
    new_gaps: tuple[Gap, ...] = ()
    """What of the exports could not be read, or was cut off: what is missing there may exist."""


def changes_between(
    old: Iterable[Account],
    new: Iterable[Account],
    same_picture: SamePicture | None = None,
    *,
    old_gaps: tuple[Gap, ...] = (),
    new_gaps: tuple[Gap, ...] = (),
    old_on: str | None = None,
    new_on: str | None = None,
) -> Changes:
    """Who is new, gone, renamed or stands in other lists; the same whatever the order of what is given.

    Args:
        old: the accounts of the earlier export.
        new: those of the later one.
        same_picture: tells of an old and a new account whether they show the same picture; asked only of
            those that have a time of following in common. Without it that time alone is only a hint.
        old_gaps: what the earlier export lacks, as far as is known.
        new_gaps: what the later one lacks, such as that it was cut to a range of dates.
        old_on: the date of the earlier export.
        new_on: the date of the later one.
    """
    before, after = _by_name(old), _by_name(new)
    lists_before, lists_after = _lists(before.values()), _lists(after.values())
    kept = [(before[name], after[name]) for name in before if name in after]
    stayed = [(one, other) for one, other in kept if not _other_ids(one, other)]
    left = {name: one for name, one in before.items() if name not in after or _other_ids(one, after[name])}
    came = {name: one for name, one in after.items() if name not in before or _other_ids(before[name], one)}
    renamed = [*_by_id(left, came), *_by_former_names(left, came)]
    crowded = _crowded(before.values()) | _crowded(after.values())
    by_time, hints = _by_time(left, came, crowded, same_picture)
    renamed += by_time
    same = [*stayed, *((one.old, one.new) for one in renamed)]
    gone = [one for one in left.values() if _ties(one) & lists_after]
    arrived = [one for one in came.values() if _ties(one) & lists_before]
    return Changes(
        old_count=len(before),
        new_count=len(after),
        old_on=old_on,
        new_on=new_on,
        new=_ordered(arrived),
        gone=_ordered(gone),
        renamed=tuple(sorted(renamed, key=lambda one: _key(one.old))),
        ties=_tie_changes(same, lists_before, lists_after),
        taken_over=tuple(
            sorted((pair for pair in kept if _other_ids(*pair)), key=lambda pair: _key(pair[0]))
        ),
        hints=hints,
        unknown_now=_ordered(one for one in left.values() if not _ties(one) & lists_after),
        unknown_before=_ordered(one for one in came.values() if not _ties(one) & lists_before),
        lists_only_old=tuple(tie for tie in Tie if tie in lists_before - lists_after),
        lists_only_new=tuple(tie for tie in Tie if tie in lists_after - lists_before),
        old_gaps=old_gaps,
        new_gaps=new_gaps,
    )


# --- names, ids and lists -------------------------------------------------------------------

_Name = tuple[str, str]
_Rest = dict[_Name, Account]
"""Accounts by name that are not explained yet; what is explained is taken out."""


def _name_of(platform: str | None, name: str) -> _Name:
    return platform_of(platform or ""), unicodedata.normalize("NFC", name).lstrip("@").casefold()


def _key(account: Account) -> _Name:
    return _name_of(account.handle.platform, account.handle.name)


def _ordered(accounts: Iterable[Account]) -> tuple[Account, ...]:
    return tuple(sorted(accounts, key=_key))


def _by_name(accounts: Iterable[Account]) -> dict[_Name, Account]:
    """Each account once, in the order of names; one that stands there twice has the lists of both."""
    found: dict[_Name, Account] = {}
    for account in sorted(accounts, key=lambda one: (_key(one), one.tied_on or "~", one.where)):
        first = found.setdefault(_key(account), account)
        missing = tuple(tie for tie in account.ties if tie not in first.ties)
        if missing:
            found[_key(account)] = dataclasses.replace(first, ties=(*first.ties, *missing))
    return found


def _ties(account: Account) -> frozenset[Tie]:
    return frozenset(account.ties) or frozenset({Tie.LISTED})


def _lists(accounts: Iterable[Account]) -> frozenset[Tie]:
    return frozenset(tie for account in accounts for tie in _ties(account))


def _id(account: Account) -> str:
    return (account.handle.account_id or "").strip()


def _other_ids(one: Account, other: Account) -> bool:
    """Whether the ids show that they are two accounts; an id that is not known shows nothing."""
    return bool(_id(one) and _id(other) and _id(one) != _id(other))


# --- renamed --------------------------------------------------------------------------------


def _by_id(left: _Rest, came: _Rest) -> list[Renamed]:
    """Names with the same numeric id on the same platform."""
    numbered: dict[_Name, _Name] = {}
    for name, account in came.items():
        if _id(account):
            numbered.setdefault((name[0], _id(account)), name)
    pairs = []
    for name, account in left.items():
        other = numbered.pop((name[0], _id(account)), None)
        if other is not None:
            pairs.append((name, other))
    return [_taken(left, came, pair, Ground.ID) for pair in pairs]


def _by_former_names(left: _Rest, came: _Rest) -> list[Renamed]:
    """New names of which their source says what they were before; not if two claim the same one."""
    claims: dict[_Name, list[_Name]] = defaultdict(list)
    for name, account in came.items():
        for former in {_name_of(name[0], former) for former in account.former_names}:
            if former in left and not _other_ids(left[former], account):
                claims[former].append(name)
    claimed = Counter(names[0] for names in claims.values() if len(names) == 1)
    pairs = [(old, names[0]) for old, names in claims.items() if len(names) == 1 and claimed[names[0]] == 1]
    return [_taken(left, came, pair, Ground.FORMER_NAME) for pair in sorted(pairs)]


def _by_time(
    left: _Rest, came: _Rest, crowded: frozenset[str], same_picture: SamePicture | None
) -> tuple[list[Renamed], tuple[Hint, ...]]:
    """Names that began to follow in the same second: renamed with the same picture, else only a hint."""
    seconds: dict[str, tuple[list[_Name], list[_Name]]] = defaultdict(lambda: ([], []))
    for side, rest in enumerate((left, came)):
        for name, account in rest.items():
            if _is_second(account.tied_on):
                seconds[account.tied_on or ""][side].append(name)
    renamed, hints = [], []
    for on, (gone, new) in sorted(seconds.items()):
        pairs = (
            [(one, other) for one in gone for other in new if _may_be_one(left[one], came[other])]
            if on not in crowded
            else []
        )
        proven = _one_to_one(
            [
                pair
                for pair in pairs
                if same_picture is not None and same_picture(left[pair[0]], came[pair[1]])
            ]
        )
        renamed += [_taken(left, came, pair, Ground.TIME_AND_PICTURE) for pair in proven]
        # In a crowd every pair could be one: they are told together, not one by one.
        open_pairs = [pair for pair in pairs if pair[0] in left and pair[1] in came]
        if on in crowded or open_pairs:
            hints += _hint(
                on, [left[one] for one in gone if one in left], [came[one] for one in new if one in came]
            )
    return renamed, tuple(hints)


def _taken(left: _Rest, came: _Rest, pair: tuple[_Name, _Name], ground: Ground) -> Renamed:
    return Renamed(old=left.pop(pair[0]), new=came.pop(pair[1]), ground=ground)


def _hint(on: str, gone: Sequence[Account], new: Sequence[Account]) -> list[Hint]:
    return [Hint(on=on, gone=tuple(gone), new=tuple(new))] if gone and new else []


def _may_be_one(one: Account, other: Account) -> bool:
    same_platform = _key(one)[0] == _key(other)[0]
    return same_platform and not _other_ids(one, other) and bool(_ties(one) & _ties(other))


def _is_second(on: str | None) -> bool:
    """Whether it is a time of day, to the second: many begin to follow on one day."""
    return on is not None and "T" in on and on.count(":") >= 2


def _crowded(accounts: Iterable[Account]) -> frozenset[str]:
    """The times that more accounts have than chance allows."""
    counted = Counter(account.tied_on for account in accounts if account.tied_on is not None)
    return frozenset(on for on, count in counted.items() if count > MOST_AT_ONCE)


def _one_to_one(pairs: list[tuple[_Name, _Name]]) -> list[tuple[_Name, _Name]]:
    """The pairs of which neither side stands in another pair."""
    olds, news = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    return [pair for pair in pairs if olds[pair[0]] == news[pair[1]] == 1]


# --- lists ----------------------------------------------------------------------------------


def _tie_changes(
    same: Iterable[tuple[Account, Account]], lists_before: frozenset[Tie], lists_after: frozenset[Tie]
) -> tuple[TieChange, ...]:
    """Accounts in other lists than before; a list that one export lacks says nothing."""
    found = []
    for old, new in sorted(same, key=lambda pair: _key(pair[1])):
        lost, gained = (_ties(old) - _ties(new)) & lists_after, (_ties(new) - _ties(old)) & lists_before
        anew = (
            _ties(old) == _ties(new)
            and _is_second(old.tied_on)
            and _is_second(new.tied_on)
            and old.tied_on != new.tied_on
        )
        if lost or gained or anew:
            change = TieChange(
                old=old,
                new=new,
                lost=tuple(tie for tie in Tie if tie in lost),
                gained=tuple(tie for tie in Tie if tie in gained),
                anew=anew,
            )
            found.append(change)
    return tuple(found)
