"""What the files of an audit are called in its results: by their place in the source, never by where that lies."""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Sequence
from pathlib import Path

from fakeprofile.accounts import photo_name
from fakeprofile.records import Account, Gap, PhotoFile


class Naming:
    """Paths without what is private to one machine."""

    def __init__(self, sources: Sequence[Path], besides: Sequence[Path] = ()) -> None:
        """Of what is ``besides`` the sources names are never alone: they begin with what that is called."""
        self._besides = [
            (place, one.resolve().name) for one in besides for place in (one, one.resolve(), one.absolute())
        ]
        self._several = len(sources) > 1
        self._sources = [
            (place, source.resolve().name)
            for source in sources
            for place in (source, source.resolve(), source.absolute())
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

    def text(self, text: str) -> str:
        """A message with every path of the sources in it told like that."""
        places = [(os.fspath(place), name, self._several) for place, name in self._sources]
        places += [(os.fspath(place), name, True) for place, name in self._besides]
        # The longest first: one source can lie in another. A name alone tells nothing of the machine.
        for place, name, whole in sorted(places, key=lambda one: -len(one[0])):
            if os.sep in place.rstrip(os.sep):
                path = rf"(?<![\w.:/\\-]){re.escape(place)}"
                own = name.replace("\\", r"\\")
                text = re.sub(rf"{path}[\\/]", f"{own}/" if whole else "", text)
                text = re.sub(rf"{path}(?![\w-])", own, text)
        return text

    def gap(self, gap: Gap) -> Gap:
        """A gap in those words."""
        return dataclasses.replace(gap, about=self.text(gap.about), reason=self.text(gap.reason))

    def photo(self, photo: PhotoFile) -> str:
        """What a photo is called."""
        return photo_name(dataclasses.replace(photo, path=self.path(photo.path)))

    def account(self, account: Account) -> Account:
        """The account with its photos by their places in the source."""
        photos = tuple(dataclasses.replace(one, path=self.path(one.path)) for one in account.photos)
        return dataclasses.replace(account, photos=photos)
