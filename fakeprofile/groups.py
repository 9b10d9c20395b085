"""Accounts that show the same picture: groups in which every picture is proven against every other.

What is common to many says nothing of anybody: default avatars, letters on a colour, plain pictures
and stock pictures are counted, named, and never make a group. The same numeric id under another name
is one account, which was renamed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fakeprofile.cliques import graph_of, maximal_cliques
from fakeprofile.records import Handle


class Excluded(StrEnum):
    """Why a picture makes no group."""

    DEFAULT_AVATAR = "default avatar"
    LETTER_AVATAR = "letter avatar"
    TOO_PLAIN = "too plain"
    STOCK = "stock picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One picture that one account shows."""

    account: str
    """The caller's key of the account: one for each, whatever it is called."""
    picture: str
    """The SHA-256 of the file, or of the one that stands for it."""
    excluded: Excluded | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One account of a group, and which of the group's pictures it shows."""

    account: str
    handle: Handle
    other_names: tuple[Handle, ...] = ()
    """Other names with the same numeric id on the same platform: the account was renamed."""
    shows: tuple[tuple[str, ...], ...]
    """For each of the group's pictures the files of it that this account shows; empty if it does not show it."""

    @property
    def id_known(self) -> bool:
        """Whether its numeric id is known; without one it may be another member, renamed."""
        return bool(self.handle.account_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Accounts that all show the first of these pictures; some of them show the others too."""

    members: tuple[Member, ...]
    pictures: tuple[tuple[str, ...], ...]
    """Each picture as the files that show it, every two of them proven to be the same picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Pictures that many may have, and who shows them."""

    reason: Excluded
    accounts: tuple[str, ...]
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """One account under several names: the numeric id is the same."""

    accounts: tuple[str, ...]
    handles: tuple[Handle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """Who shows the same pictures as whom."""

    groups: tuple[Group, ...] = ()
    """The largest first."""
    set_aside: tuple[SetAside, ...] = ()
    renamed: tuple[Renaming, ...] = ()
    complete: bool = True
    """Whether the search came to its end; if not, there are more groups of parts of these accounts."""


def groups_of(
    shown: Iterable[Shared], pairs: Iterable[tuple[str, str]], handles: Mapping[str, Handle]
) -> Grouped:
    """The groups of accounts that share a picture; the same whatever the order of what is given.

    Args:
        shown: which account shows which picture.
        pairs: pictures that are proven to be the same, in any order; a file needs none with itself.
        handles: for each account its name, with the numeric id if that is known. An account that is not
            there is called by its key.
    """
    shown = tuple(shown)
    named = {one.account: handles.get(one.account) or Handle(name=one.account) for one in shown}
    one_of = _one_account(named)
    graph = graph_of(pairs)
    excluded = _excluded(shown, graph)
    showing = _showing(shown, excluded, one_of)
    joined = {picture: {other for other in graph.get(picture, ()) if other in showing} for picture in showing}
    cliques = maximal_cliques({picture: others for picture, others in joined.items() if others})
    alone = [(picture,) for picture, others in joined.items() if not others]
    pictures = _with_accounts([*cliques.cliques, *alone], showing)
    others = _other_names(named, one_of)
    return Grouped(
        groups=tuple(
            _group(accounts, columns, showing, named, others) for accounts, columns in _joined(pictures)
        ),
        set_aside=_set_aside(shown, excluded),
        renamed=_renamings(named, one_of),
        complete=cliques.complete,
    )


# --- steps --------------------------------------------------------------------------------


def _one_account(named: Mapping[str, Handle]) -> dict[str, str]:
    """For each account the first of those with the same numeric id on the same platform."""
    by_id: dict[tuple[str, str], str] = {}
    one_of = {}
    for account in sorted(named):
        handle = named[account]
        number = (handle.account_id or "").strip()
        key = ((handle.platform or "").casefold(), number)
        one_of[account] = by_id.setdefault(key, account) if number else account
    return one_of


def _excluded(shown: Iterable[Shared], graph: Mapping[str, set[str]]) -> dict[str, Excluded]:
    """The pictures that make no group: those named so, and those proven to be the same as one of these."""
    named: dict[str, Excluded] = {}
    for one in sorted(
        (one for one in shown if one.excluded), key=lambda one: (one.picture, str(one.excluded))
    ):
        if one.excluded is not None:
            named.setdefault(one.picture, one.excluded)
    spread = dict(named)
    for picture in sorted(named):
        for other in graph.get(picture, ()):
            spread.setdefault(other, named[picture])
    return spread


def _showing(
    shown: Iterable[Shared], excluded: Mapping[str, Excluded], one_of: Mapping[str, str]
) -> dict[str, set[str]]:
    """For each picture that counts the accounts that show it."""
    showing: dict[str, set[str]] = defaultdict(set)
    for one in shown:
        if one.picture not in excluded:
            showing[one.picture].add(one_of[one.account])
    return dict(showing)


_Picture = tuple[frozenset[str], tuple[str, ...]]
"""The accounts that show a picture, and its files."""


def _with_accounts(cliques: Iterable[tuple[str, ...]], showing: Mapping[str, set[str]]) -> list[_Picture]:
    """The pictures that two accounts or more show, on the most accounts first."""
    pictures = [
        (frozenset(account for picture in clique for account in showing[picture]), clique)
        for clique in cliques
    ]
    shared = [one for one in pictures if len(one[0]) > 1]
    return sorted(shared, key=lambda one: (-len(one[0]), sorted(one[0]), one[1]))


def _joined(pictures: Iterable[_Picture]) -> list[tuple[frozenset[str], list[tuple[str, ...]]]]:
    """Pictures by the accounts that show them; one that only some of a group show is told with that group."""
    groups: list[tuple[frozenset[str], list[tuple[str, ...]]]] = []
    groups_with: dict[str, set[int]] = defaultdict(set)
    for accounts, clique in pictures:
        within = set.intersection(*(groups_with[account] for account in accounts))
        for number in within:
            groups[number][1].append(clique)
        if not within:
            for account in accounts:
                groups_with[account].add(len(groups))
            groups.append((accounts, [clique]))
    return groups


def _group(
    accounts: frozenset[str],
    columns: list[tuple[str, ...]],
    showing: Mapping[str, set[str]],
    named: Mapping[str, Handle],
    others: Mapping[str, list[Handle]],
) -> Group:
    members = [
        Member(
            account=account,
            handle=named[account],
            other_names=tuple(others.get(account, ())),
            shows=tuple(
                tuple(picture for picture in column if account in showing[picture]) for column in columns
            ),
        )
        for account in sorted(accounts, key=lambda one: (_natural(str(named[one])), one))
    ]
    return Group(members=tuple(members), pictures=tuple(columns))


def _other_names(named: Mapping[str, Handle], one_of: Mapping[str, str]) -> dict[str, list[Handle]]:
    """For the first name of an account its other ones."""
    others: dict[str, list[Handle]] = defaultdict(list)
    for account in sorted(named):
        first = one_of[account]
        if _name_key(named[account]) != _name_key(named[first]):
            others[first].append(named[account])
    return others


def _set_aside(shown: Iterable[Shared], excluded: Mapping[str, Excluded]) -> tuple[SetAside, ...]:
    accounts: dict[Excluded, set[str]] = defaultdict(set)
    pictures: dict[Excluded, set[str]] = defaultdict(set)
    for one in shown:
        reason = excluded.get(one.picture)
        if reason is not None:
            accounts[reason].add(one.account)
            pictures[reason].add(one.picture)
    return tuple(
        SetAside(
            reason=reason,
            accounts=tuple(sorted(accounts[reason])),
            pictures=tuple(sorted(pictures[reason])),
        )
        for reason in Excluded
        if reason in accounts
    )


def _renamings(named: Mapping[str, Handle], one_of: Mapping[str, str]) -> tuple[Renaming, ...]:
    same: dict[str, list[str]] = defaultdict(list)
    for account in sorted(named):
        same[one_of[account]].append(account)
    return tuple(
        Renaming(accounts=tuple(accounts), handles=tuple(named[account] for account in accounts))
        for accounts in same.values()
        if len({_name_key(named[account]) for account in accounts}) > 1
    )


def _name_key(handle: Handle) -> str:
    return handle.name.casefold()


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """What orders names as people do: ``lars2`` before ``lars10``."""
    parts = re.findall(r"([0-9]{1,18})|([^0-9]+)", text.casefold())
    return tuple((0, int(number), "") if number else (1, 0, letters) for number, letters in parts)
