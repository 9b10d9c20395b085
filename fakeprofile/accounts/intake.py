"""Sources -> accounts: the surest reader reads each, entries about one account become one, and all is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fakeprofile.accounts.merging import Merged
from fakeprofile.accounts.names import ENTRY_STEP, shown, source_gap
from fakeprofile.accounts.reader import NOT_MINE, Reader
from fakeprofile.accounts.tree import Tree, TreeLimits, open_tree
from fakeprofile.errors import SourceError
from fakeprofile.records import Account, Gap

MOST_GAPS = 1000
"""So many entries of a source that cannot be read are told one by one; those beyond are counted."""
_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What was understood of one source: "412 of 415 entries read, 3 not"."""

    source: str
    reader: str
    """The reader's own name for it."""
    accounts: int
    """How many different accounts it tells of."""
    entries: int
    """How many entries about them were read; an account can stand in several files."""
    unread: int
    """How many entries could not be read, or not wholly."""
    gaps: int
    """How many gaps were told in all, those of files left closed included."""
    first: tuple[Gap, ...] = ()
    """The first few entries that could not be read."""


class Accounts(Iterator[Account | Gap]):
    """The accounts and gaps of all sources, one by one; ``understood`` grows with every source that is done.

    Raises:
        SourceError: at the end, if no source held any account.
    """

    def __init__(self, paths: Iterable[Path], limits: TreeLimits, readers: tuple[Reader, ...]) -> None:
        self._limits = limits
        self._readers = readers
        self._understood: list[Understood] = []
        self._items = self._all(paths)

    def __next__(self) -> Account | Gap:
        return next(self._items)

    @property
    def understood(self) -> tuple[Understood, ...]:
        """What was understood of each source that has been read to its end."""
        return tuple(self._understood)

    def _all(self, paths: Iterable[Path]) -> Iterator[Account | Gap]:
        refusals = []
        for path in paths:
            try:
                yield from self._source(path)
            except SourceError as refused:
                refusals.append(str(refused))
                yield source_gap(shown(path.name or str(path)), str(refused))
        if not self._understood:
            raise SourceError(refusals[0] if refusals else "no source was given: name a file, folder or zip")

    def _source(self, path: Path) -> Iterator[Account | Gap]:
        with open_tree(path, self._limits) as tree, Merged() as merged:
            yield from tree.gaps
            if tree.path.is_file() and [file.size for file in tree.files] == [0]:
                raise SourceError(f"{tree.name}: it is empty: export or save it again")
            reader = self._reader_of(tree)
            count = _Count(gaps=len(tree.gaps))
            for item in reader.read(tree):
                if isinstance(item, Gap):
                    if count.is_told(item):
                        yield item
                elif len(merged) < self._limits.accounts:
                    merged.add(item)
                    count.entries += 1
                else:
                    count.beyond += 1
            yield from count.rest(tree.name)
            if not len(merged):
                raise SourceError(_nothing(tree, reader, count))
            self._understood.append(count.understood(tree.name, reader.name, len(merged)))
            yield from merged

    def _reader_of(self, tree: Tree) -> Reader:
        """The reader that is surest of the source.

        Raises:
            SourceError: none is.
        """
        surest, best = NOT_MINE, None
        for reader in self._readers:
            if (fit := reader.fits(tree)) > surest:
                surest, best = fit, reader
        if best is None:
            raise SourceError(_not_understood(tree, self._readers))
        return best


class _Count:
    """What was met in one source."""

    def __init__(self, gaps: int) -> None:
        self.gaps = gaps
        self.entries = 0
        self.unread = 0
        self.beyond = 0
        self._first: list[Gap] = []
        self._why: Gap | None = None

    def is_told(self, gap: Gap) -> bool:
        """Counts a gap; whether it is told by itself."""
        if gap.step == ENTRY_STEP:
            self.unread += 1
            if len(self._first) < _NAMED:
                self._first.append(gap)
        self._why = self._why or gap
        self.gaps += 1
        return gap.step != ENTRY_STEP or self.unread <= MOST_GAPS

    def rest(self, source: str) -> Iterator[Gap]:
        """What was only counted."""
        if self.unread > MOST_GAPS:
            more = self.unread - MOST_GAPS
            yield source_gap(
                source,
                f"{more:,} more {_entries(more)} could not be read; only the first {MOST_GAPS:,} are named",
            )
        if self.beyond:
            were = "was" if self.beyond == 1 else "were"
            reason = (
                f"{self.beyond:,} {_entries(self.beyond)} beyond the limit of accounts {were} not read: "
                "split the source"
            )
            yield source_gap(source, reason)

    def understood(self, source: str, reader: str, accounts: int) -> Understood:
        """The figures of a source that has been read."""
        return Understood(
            source=source,
            reader=reader,
            accounts=accounts,
            entries=self.entries,
            unread=self.unread + self.beyond,
            gaps=self.gaps,
            first=tuple(self._first),
        )

    @property
    def why(self) -> str:
        """Why nothing could be read, by the first gap."""
        return f"{self._why.about}: {self._why.reason}" if self._why else "it holds no entries"


def _entries(number: int) -> str:
    return "entry" if number == 1 else "entries"


def _nothing(tree: Tree, reader: Reader, count: _Count) -> str:
    return f"{tree.name}: read as {reader.name}, and no account is understood: {count.why}"


def _not_understood(tree: Tree, readers: Sequence[Reader]) -> str:
    """Why no reader has a source: what closes its files goes before what was looked for in them."""
    reasons = tree.closed or tuple(gap.reason for gap in tree.gaps)
    why = "; ".join(reasons[:_NAMED])
    if not tree.files and why:
        return f"{tree.name}: {why}"
    looked_for = ", ".join(reader.name for reader in readers)
    but = f"{why}; and " if why else ""
    return f"{tree.name}: {but}no accounts are understood in {_holds(tree)}; looked for: {looked_for}"


def _holds(tree: Tree) -> str:
    """What a source holds, in a few words."""
    if not tree.files:
        return "it, for it holds no files"
    endings = Counter(file.ending for file in tree.files).most_common(_NAMED)
    told = (f"{times:,} {shown(ending, 10) or 'without ending'}" for ending, times in endings)
    return f"its files ({', '.join(told)})"
