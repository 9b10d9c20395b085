"""Several entries about one account -> one account: nothing is lost, and nothing is overwritten without a date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import TracebackType
from typing import Self, TypeVar

from fakeprofile.accounts.shelf import Key, Shelf
from fakeprofile.records import Account, Handle, PhotoFile, PhotoUse, Tie

T = TypeVar("T")
IN_MEMORY = 4096
"""Accounts of a source that are kept in memory; they take some 6 MB."""


class Merged:
    """The accounts of one source, each once, in the order in which they were met first; a context manager.

    An account is met again if platform and handle are the same and the ids do not contradict, or if the id is
    the same and the handles do not. One id under two handles stays two accounts unless the source dates both:
    nobody knows otherwise which name is the former one, and whoever compares ids sees it anyway.

    Raises:
        SourceError: from ``add`` and while iterating: there is no room to put accounts aside.
    """

    def __init__(self, most: int = IN_MEMORY) -> None:
        """Of the accounts the last ``most`` are kept in memory, at most; the others are put aside on the disk."""
        self._most = most
        self._shelf: Shelf | None = None
        self._aside = 0
        """How many are put aside: the place of the first account in memory."""
        self._accounts: list[Account] = []
        self._places: dict[Key, int] = {}
        """Where the keys lead that were met since accounts were put aside last."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shelf is not None:
            self._shelf.close()

    def __len__(self) -> int:
        return self._aside + len(self._accounts)

    def __iter__(self) -> Iterator[Account]:
        if self._shelf is not None:
            yield from self._shelf
        yield from self._accounts

    def add(self, account: Account) -> bool:
        """Whether it is one that was not met before."""
        known = {key: self._place_at(key) for key in _keys(account)}
        place = self._place_of(account, list(known.values()))
        if place is None:
            self._places.update((key, len(self)) for key, at in known.items() if at is None)
            self._accounts.append(account)
        else:
            account = merged(self._at(place), account)
            self._replace(place, account)
            self._places.update((key, place) for key in _keys(account) if self._place_at(key) is None)
        if len(self._accounts) >= self._most:
            self._put_aside()
        return place is None

    def _place_of(self, account: Account, places: list[int | None]) -> int | None:
        """Which account it is, of those that its keys lead to."""
        by_handle, *by_id = places
        for place in by_id:
            if place is not None and _is_same_id(self._at(place), account):
                return place
        if by_handle is None:
            return None
        known, met = self._at(by_handle).handle.account_id, account.handle.account_id
        return by_handle if not (known and met) or known == met else None

    # --- in memory and put aside --------------------------------------------------------------

    def _place_at(self, key: Key) -> int | None:
        place = self._places.get(key)
        return self._shelf.place_of(key) if place is None and self._shelf is not None else place

    def _at(self, place: int) -> Account:
        if self._shelf is not None and place < self._aside:
            return self._shelf.account(place)
        return self._accounts[place - self._aside]

    def _replace(self, place: int, account: Account) -> None:
        if self._shelf is not None and place < self._aside:
            self._shelf.put([(place, account)], ())
        else:
            self._accounts[place - self._aside] = account

    def _put_aside(self) -> None:
        self._shelf = self._shelf or Shelf()
        self._shelf.put(enumerate(self._accounts, self._aside), self._places.items())
        self._aside = len(self)
        self._accounts.clear()
        self._places.clear()


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


def _keys(account: Account) -> Iterator[Key]:
    """What an account is met again by: its handle, and its number if that is known."""
    handle = account.handle
    yield "handle", handle.platform, folded(handle)
    if handle.account_id:
        yield "id", handle.platform, handle.account_id


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
