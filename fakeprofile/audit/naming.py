"""What the files of an audit are called in its results: by their place in the source, never by where that lies."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from fakeprofile.accounts import photo_name
from fakeprofile.records import Account, PhotoFile


class Naming:
    """Paths without what is private to one machine."""

    def __init__(self, sources: Sequence[Path]) -> None:
        self._several = len(sources) > 1
        self._sources = [
            (place, source.resolve().name) for source in sources for place in (source, source.resolve())
        ]

    def path(self, path: str) -> str:
        """A path from its source on, which is named where there are several; of a file elsewhere its name alone."""
        here = Path(path)
        for source, name in self._sources:
            if here.is_relative_to(source):
                inner = here.relative_to(source)
                if not inner.parts:
                    return name
                return (Path(name) / inner if self._several else inner).as_posix()
        return here.name

    def photo(self, photo: PhotoFile) -> str:
        """What a photo is called."""
        return photo_name(dataclasses.replace(photo, path=self.path(photo.path)))

    def account(self, account: Account) -> Account:
        """The account with its photos by their places in the source."""
        photos = tuple(dataclasses.replace(one, path=self.path(one.path)) for one in account.photos)
        return dataclasses.replace(account, photos=photos)
