"""Several entries about one account -> one account: nothing is lost, and nothing is overwritten without a date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from fakeprofile.records import Account, Handle, PhotoFile, PhotoUse, Tie

T = TypeVar("T")


class Merged:
    """The accounts of one source, each once, in the order in which they were met first.

    An account is met again if platform and handle are the same and the ids do not contradict, or if the id is
    the same and the handles do not. One id under two handles stays two accounts unless the source dates both:
    nobody knows otherwise which name is the former one, and whoever compares ids sees it anyway.
    """

    def __init__(self) -> None:
        self._accounts: list[Account] = []
        self._by_handle: dict[tuple[str | None, str], int] = {}
        self._by_id: dict[tuple[str | None, str], int] = {}

    def __len__(self) -> int:
        return len(self._accounts)

    def __iter__(self) -> Iterator[Account]:
        return iter(self._accounts)

    def add(self, account: Account) -> bool:
        """Whether it is one that was not met before."""
        place = self._place_of(account)
        if is_new := place is None:
            place = len(self._accounts)
            self._accounts.append(account)
        else:
            self._accounts[place] = account = merged(self._accounts[place], account)
        self._by_handle.setdefault(_handle_key(account.handle), place)
        if account.handle.account_id:
            self._by_id.setdefault((account.handle.platform, account.handle.account_id), place)
        return is_new

    def _place_of(self, account: Account) -> int | None:
        handle = account.handle
        by_id = self._by_id.get((handle.platform, handle.account_id)) if handle.account_id else None
        if by_id is not None and _is_same_id(self._accounts[by_id], account):
            return by_id
        by_handle = self._by_handle.get(_handle_key(handle))
        if by_handle is None:
            return None
        known = self._accounts[by_handle].handle.account_id
        return by_handle if not (known and handle.account_id) or known == handle.account_id else None


def merged(one: Account, other: Account) -> Account:
    """One account out of two entries about it; where both are dated, the later one's counts and name stand."""
    newer, older = (other, one) if _is_later(other, one) else (one, other)
    numbers = _is_number(newer.handle) or _is_number(older.handle)
    renamed = folded(newer.handle) != folded(older.handle) and not numbers
    former = (*older.former_names, *([older.handle.name] if renamed else []), *newer.former_names)
    named = newer if not _is_number(newer.handle) else older
    return Account(
        handle=replace(named.handle, account_id=newer.handle.account_id or older.handle.account_id),
        name=_first(newer.name, older.name),
        bio=_first(newer.bio, older.bio),
        posts=_first(newer.posts, older.posts),
        followers=_first(newer.followers, older.followers),
        following=_first(newer.following, older.following),
        private=_first(newer.private, older.private),
        verified=_first(newer.verified, older.verified),
        created_on=_first(newer.created_on, older.created_on),
        former_names=tuple(dict.fromkeys(former)),
        avatar_url=_first(newer.avatar_url, older.avatar_url),
        has_default_avatar=_first(newer.has_default_avatar, older.has_default_avatar),
        photos=_united(one.photos, other.photos),
        ties=_tied(one.ties, other.ties),
        tied_on=_first(one.tied_on, other.tied_on),
        as_of=_first(newer.as_of, older.as_of),
        where=one.where or other.where,
    )


def _tied(some: tuple[Tie, ...], others: tuple[Tie, ...]) -> tuple[Tie, ...]:
    """Every tie once; that it is listed says nothing where more is known."""
    every = tuple(dict.fromkeys((*some, *others)))
    return tuple(tie for tie in every if tie is not Tie.LISTED) or every


def _united(some: tuple[PhotoFile, ...], others: tuple[PhotoFile, ...]) -> tuple[PhotoFile, ...]:
    """Every file once, with what it is used for where one of the entries knows."""
    found: dict[tuple[str, str | None], PhotoFile] = {}
    for photo in (*some, *others):
        place = (photo.path, photo.member)
        known = found.setdefault(place, photo)
        if known.use is PhotoUse.UNKNOWN:
            found[place] = photo
    return tuple(found.values())


def folded(handle: Handle) -> str:
    """The handle as it is compared: capitals do not count."""
    return handle.name.casefold()


def _handle_key(handle: Handle) -> tuple[str | None, str]:
    return handle.platform, folded(handle)


def _is_same_id(one: Account, other: Account) -> bool:
    """Whether two entries with one id can be put together."""
    same = folded(one.handle) == folded(other.handle)
    return same or _is_number(one.handle) or _is_number(other.handle) or bool(one.as_of and other.as_of)


def _is_number(handle: Handle) -> bool:
    """Whether it is called by its id, because the source has no name."""
    return handle.account_id is not None and handle.name == handle.account_id


def _is_later(one: Account, other: Account) -> bool:
    return bool(one.as_of and other.as_of and one.as_of > other.as_of)


def _first(one: T | None, other: T | None) -> T | None:
    return one if one is not None else other
