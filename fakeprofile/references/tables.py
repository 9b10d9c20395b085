"""Tables of sightings: one line, one photo or hash, and where it was seen."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from fakeprofile.records import Entry, Gap, NewSighting
from fakeprofile.references.cells import Line, Table, handles_in, line_entries
from fakeprofile.references.hashlists import (
    Tally,
    clean,
    gap,
    lines_of,
    name_of,
    shortened,
    signal_entry,
    unsupported,
)

Numbered = tuple[int, str | Gap]

COLUMNS = {
    "photo": "file filename file_name path photo_path image picture",
    "identity": "name person",
    "handle": "handles account username user_name",
    "page": "page_url url link",
    "pages": "identity_pages",
    "image_url": "img_url photo_url picture_url image_link",
    "seen_on": "seen date first_seen",
    "date_kind": "",
    "source": "",
    "phash": "imagehash image_hash",
    "pdq": "pdq_hash hash_pdq",
    "sha256": "sha_256 sha256sum",
    "note": "notes comment comments",
    "identity_note": "",
    "signal_type": "",
    "signal_str": "",
    "collab": "",
    "category": "",
    "tags": "",
}
"""The columns, and other names that are understood for them."""

SYNONYMS = {other: name for name, others in COLUMNS.items() for other in others.split()}
KNOWN_UNUSED = frozenset(["schema", "id", "pdq_quality", "added_on"])
"""What an export also says, and the library works out again by itself."""

_SUBJECTS = ("photo", "phash", "pdq", "sha256")
_LOOKAHEAD = 100
"""How many lines one quoted field may run over before its opening quote counts as stray."""


# --- tables -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first line of a table: where it stands, and which column is which."""

    number: int
    delimiter: str
    columns: tuple[str, ...]
    """The name of each column, as this program calls it; empty for one it does not use."""
    unused: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether the lines can say which picture they are about."""
        return self.signals or any(name in _SUBJECTS for name in self.columns)

    @property
    def signals(self) -> bool:
        """Whether it is a table of the exchange."""
        return {"signal_type", "signal_str"} <= {*self.columns}


def table_entries(path: Path, encoding: str, header: Header) -> Iterator[Entry | Gap]:
    """What stands in a table, line by line."""
    table = Table(path=path, exported="date_kind" in header.columns)
    others = Tally()
    if header.unused:
        yield gap(name_of(path), f"columns that are not used: {shortened(', '.join(header.unused))}")
    for record in records_of(lines_of(path, encoding), name_of(path), header):
        if isinstance(record, Gap):
            yield record
        elif not any(record.cells):
            continue
        elif reason := _misfit(record, header):
            yield gap(record.about, reason)
        else:
            yield from _record_entries(record, header, table, others)
    yield from table.gaps()
    yield from unsupported(others, name_of(path))


def _misfit(record: Record, header: Header) -> str | None:
    """Why the cells cannot be told apart: read one column aside, a name would be somebody else's."""
    width = len(header.columns)
    if any(record.cells[width:]):
        return (
            f"has {len(record.cells)} fields, the header {width}: quote those that hold {header.delimiter!r}"
        )
    if not record.ended and len(record.cells) < width:
        return "the file ends within this line: complete it"
    return None


def _record_entries(record: Record, header: Header, table: Table, others: Tally) -> Iterator[Entry | Gap]:
    """What one record makes, in a table of signals or of sightings."""
    cells = {name: cell for name, cell in zip(header.columns, record.cells, strict=False) if name and cell}
    if header.signals:
        origin = _origin(cells.get("collab", ""), cells.get("category", ""), cells.get("tags", ""))
        kind, value = cells.get("signal_type", ""), cells.get("signal_str", "")
        if entry := signal_entry(kind, value, origin, record.about, others):
            yield entry
    else:
        yield from line_entries(line_of(cells), record.about, table)


@lru_cache(maxsize=1024)
def _origin(collab: str, category: str, tags: str) -> NewSighting:
    """Where a signal of the exchange comes from; it names no person."""
    parts = (("collab", collab), ("category", category), ("tags", tags))
    return NewSighting(note=clean("; ".join(f"{name} {text}" for name, text in parts if text)) or None)


def line_of(cells: Mapping[str, str]) -> Line:
    """The line with these cells, by the names of their columns."""
    texts = {name: text for name, text in cells.items() if name not in ("handle", "pages")}
    return Line(
        handle=handles_in(cells.get("handle", "")),
        pages=tuple(cells.get("pages", "").replace("|", " ").split()),
        **texts,
    )


# --- records ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The cells of one line of a table, or of several if a quoted cell runs over them."""

    about: str
    cells: tuple[str, ...]
    ended: bool
    """Whether a line ending stands behind it."""


def records_of(lines: Iterator[str | Gap], name: str, header: Header) -> Iterator[Record | Gap]:
    """The records below the header; a stray quotation mark costs its own line and no other."""
    numbered = enumerate(lines, 1)
    waiting: deque[Numbered] = deque(islice(numbered, header.number, header.number + 1))
    while waiting or (waiting := deque(islice(numbered, 1))):
        number, line = waiting.popleft()
        if isinstance(line, Gap):
            yield line
        elif '"' in line:
            waiting.appendleft((number, line))
            yield _quoted(waiting, numbered, name, header.delimiter)
        else:
            yield _record(name, number, line.split(header.delimiter), line)


def _record(name: str, number: int, cells: Iterable[str], last_line: str) -> Record:
    return Record(
        about=f"{name} line {number}",
        cells=tuple(_unguarded(cell.strip()) for cell in cells),
        ended=last_line[-1] in "\r\n",
    )


def _unguarded(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from running it as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _quoted(
    waiting: deque[Numbered],
    numbered: Iterator[Numbered],
    name: str,
    delimiter: str,
) -> Record | Gap:
    """The record that begins with the first waiting line; lines it does not need wait on."""
    taken: list[tuple[int, str]] = []

    def feed() -> Iterator[str]:
        while len(taken) < _LOOKAHEAD:
            following = waiting.popleft() if waiting else next(numbered, None)
            if following is None:
                return
            number, line = following
            if isinstance(line, Gap):
                waiting.appendleft(following)
                return
            taken.append((number, line))
            yield line

    try:
        cells = next(csv.reader(feed(), delimiter=delimiter, strict=True, skipinitialspace=True))
    except csv.Error:
        waiting.extendleft(reversed(taken[1:]))
        about = f"{name} line {taken[0][0]}"
        return gap(about, "its quotation marks do not pair up: double those inside a quoted field")
    return _record(name, taken[0][0], cells, taken[-1][1])
