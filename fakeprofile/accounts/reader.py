"""What every account reader is: it says by content whether a source is its own, and tells of the accounts in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from fakeprofile.accounts.tree import Tree
from fakeprofile.records import Account, Gap

NOT_MINE = 0
POSSIBLE = 10
"""It can be read as such: a folder with pictures in it."""
LIKELY = 40
"""It has the looks: a table with a column of handles."""
SURE = 100
"""Only one program writes such files."""


class Reader(Protocol):
    """How one kind of source is read."""

    @property
    def name(self) -> str:
        """What it reads, in the user's words: ``Instagram export``."""
        ...

    def fits(self, tree: Tree) -> int:
        """How surely the source is of this kind, told by content; 0 if it is not."""
        ...

    def read(self, tree: Tree) -> Iterator[Account | Gap]:
        """Every account that it tells of, in its order, and a gap for what could not be understood.

        One entry that could not be read is an ``entry_gap``; a file of the source, a ``source_gap``. The
        gaps of the tree itself are told by whoever opened it. The same account may come several times.
        """
        ...
