"""The reader of a folder or zip in which somebody keeps exports of several platforms: none of them is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fakeprofile.accounts.names import ENTRY_STEP
from fakeprofile.accounts.reader import SURE, Reader
from fakeprofile.accounts.tree import Tree
from fakeprofile.records import Account, Gap

_SURE_ENOUGH = 90
_IN_FILE = re.compile(r" (entry|line) \d+$")


class SeveralReader:
    """Has every reader read that is sure of a part of the source."""

    name = "several exports"

    def __init__(self, readers: tuple[Reader, ...]) -> None:
        self._readers = readers

    def fits(self, tree: Tree) -> int:
        """Surer than each of them if two are sure of it."""
        return SURE + 1 if len(self._fitting(tree)) > 1 else 0

    def read(self, tree: Tree) -> Iterator[Account | Gap]:
        """What each of them reads. A file in which one finds no list of its own is a gap only if no other does."""
        foreign: list[Gap] = []
        places: set[str] = set()
        for reader in self._fitting(tree):
            for item in reader.read(tree):
                if isinstance(item, Account):
                    places.add(item.where.rpartition(" entry ")[0])
                elif item.step == ENTRY_STEP and not _IN_FILE.search(item.about):
                    foreign.append(item)
                    continue
                yield item
        yield from (gap for gap in foreign if not _is_understood(gap, tree, places))

    def _fitting(self, tree: Tree) -> list[Reader]:
        return [reader for reader in self._readers if reader.fits(tree) >= _SURE_ENOUGH]


def _is_understood(gap: Gap, tree: Tree, places: set[str]) -> bool:
    """Whether accounts were found in the file that the gap is about."""
    last = gap.about.removeprefix(f"{tree.name}: ").rpartition("/")[2]
    return any(place.startswith(last) for place in places)
