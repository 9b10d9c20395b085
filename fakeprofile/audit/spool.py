"""The accounts of an audit on the disk, so that memory does not grow with their number."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import itertools
import os
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path

from fakeprofile.accounts import Accounts, Understood
from fakeprofile.accounts.packing import opened, packed
from fakeprofile.audit.folder import private
from fakeprofile.records import Account, Gap, PhotoFile, PhotoUse, Profile

MOST_GAPS = 1000
"""Gaps of the sources that are kept; those beyond are counted."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What came out of the sources, in numbers."""

    accounts: int
    photos: int
    understood: tuple[Understood, ...]
    gaps: tuple[Gap, ...]
    more_gaps: int = 0


class Spool:
    """Accounts in a file, each a line, in the order of the sources; their photos are numbered through."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offsets = array("Q")
        self._firsts = array("Q")
        self.photos = 0
        # Where a picture stands on many accounts, the same few of them are told of in the report of each.
        self._lately = functools.lru_cache(maxsize=1024)(lambda number: next(self.accounts(number)))

    def __len__(self) -> int:
        return len(self._offsets)

    def fill(self, accounts: Accounts) -> Intake:
        """Writes down all accounts that the sources tell of.

        Raises:
            SourceError: no source holds any.
        """
        self._lately.cache_clear()
        self._offsets, self._firsts, self.photos = array("Q"), array("Q"), 0
        gaps: list[Gap] = []
        more = place = 0
        with open(self._path, "wb", opener=private) as file:
            for one in accounts:
                if isinstance(one, Gap):
                    more += len(gaps) >= MOST_GAPS
                    gaps += [one] if len(gaps) < MOST_GAPS else []
                    continue
                self._offsets.append(place)
                self._firsts.append(self.photos)
                self.photos += len(one.photos)
                place += file.write(packed(one))
        with open(self._index, "wb", opener=private) as file:
            self._offsets.tofile(file)
            self._firsts.tofile(file)
        return Intake(
            accounts=len(self),
            photos=self.photos,
            understood=accounts.understood,
            gaps=tuple(gaps),
            more_gaps=more,
        )

    def load(self, intake: Intake) -> bool:
        """Takes up what was written down before; whether it is there, whole."""
        self._lately.cache_clear()
        count = intake.accounts
        self._offsets, self._firsts, self.photos = array("Q"), array("Q"), intake.photos
        with contextlib.suppress(OSError, EOFError), self._index.open("rb") as file:
            self._offsets.fromfile(file, count)
            self._firsts.fromfile(file, count)
            return self._path.is_file()
        self._offsets, self._firsts = array("Q"), array("Q")
        return False

    def accounts(self, first: int = 0) -> Iterator[Account]:
        """The accounts from a number on."""
        if first < len(self):
            with self._path.open("rb") as file:
                file.seek(self._offsets[first])
                for line in file:
                    yield opened(line)

    def account(self, number: int) -> Account:
        """One account."""
        return self._lately(number)

    def photos_from(self, first: int) -> Iterator[tuple[int, PhotoFile]]:
        """The photos from a place on, each with its place."""
        if first >= self.photos:
            return
        number = self.account_of(first)
        place = self._firsts[number]
        for account in self.accounts(number):
            for photo in account.photos:
                if place >= first:
                    yield place, photo
                place += 1

    def account_of(self, place: int) -> int:
        """The number of the account that a photo belongs to."""
        return bisect_right(self._firsts, place) - 1

    def places_of(self, number: int) -> range:
        """The places of an account's photos."""
        end = self._firsts[number + 1] if number + 1 < len(self) else self.photos
        return range(self._firsts[number], end)

    @property
    def _index(self) -> Path:
        return self._path.with_suffix(".index")


def profile_of(account: Account) -> Profile:
    """What an account says of itself."""
    posted = [photo.on for photo in account.photos if photo.on and photo.use is PhotoUse.POST]
    return Profile(
        handle=account.handle,
        name=account.name,
        account_id=account.handle.account_id,
        posted_on=min(posted)[:10] if posted else None,
    )


def stamp_of(sources: Iterable[Path]) -> str:
    """What changes when a file in one of the sources does: a digest of names, sizes and times."""
    digest = hashlib.sha256()
    for source in sources:
        for path in itertools.chain([source], _below(source)):
            with contextlib.suppress(OSError):
                found = path.stat()
                size = 0 if path.is_dir() else found.st_size
                digest.update(f"{os.fspath(path)!r} {size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders.sort()
        yield from (Path(place) / name for name in sorted(files))
