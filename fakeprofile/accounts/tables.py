"""A file -> the lists of accounts in it: what kind of file it is, where its heading stands, what its columns tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from fakeprofile.accounts.columns import Column, column_of, columns_of, is_heading, platform_in
from fakeprofile.accounts.handles import handle_of
from fakeprofile.accounts.lines import Heading
from fakeprofile.accounts.names import source_gap
from fakeprofile.accounts.objects import lists_in, parsed, string_rows, strings_in
from fakeprofile.accounts.rows import (
    DELIMITERS,
    Numbered,
    Row,
    cells_of,
    lines_of,
    rows_of,
    said_delimiter,
    text_of_bytes,
)
from fakeprofile.accounts.sheets import sheets_of
from fakeprofile.errors import SourceError
from fakeprofile.records import Gap, Tie

ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".xlsx", ".xlsm", ".json", ".jsonl", ".ndjson", ".list")
_TEXT_ENDINGS = (".json", ".jsonl", ".ndjson")
_FIRST_LINES = 20
"""Among so many lines a heading is looked for: spreadsheets have titles and empty lines above it."""
_SAMPLE = 200
"""So many rows say whether a column of ids only numbers the rows, and whether lines are handles."""
_JSON = re.compile(r"\s*[\[{]")
_FOLLOWERS = re.compile(r"(?<![a-z])(followers?|volgers?)(?![a-z])", re.IGNORECASE)
_FOLLOWING = re.compile(r"(?<![a-z])(following|followees|volgend|gevolgd)(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One list of accounts in a file."""

    heading: Heading
    rows: Iterator[Row | Gap]
    plain: bool = False
    """It has no heading: one handle or address a line."""


def tables_of(data: bytes, name: str, about: str) -> Iterator[Table | Gap]:
    """The lists of accounts in a file, and a gap for what was guessed; nothing if there is none.

    Args:
        data: the file, or its beginning to learn whether it is a list; not of a spreadsheet.
        name: of the file, which can tell whose list it is.
        about: what it is called in messages.

    Raises:
        SourceError: it is a damaged spreadsheet; the reason alone.
    """
    if data.startswith(b"PK\x03\x04"):
        yield from _sheet_tables(data, name, about)
        return
    text, gaps = text_of_bytes(data, about)
    if _JSON.match(text):
        found = list(_object_tables(text, name, about))
    else:
        table = _text_table(text, name, about)
        found = [table] if table is not None else []
    if found:
        yield from gaps
        yield from found


def looks_like_list(head: bytes, name: str) -> bool:
    """Whether a file that begins so is a list of accounts, as far as its beginning tells."""
    text = text_of_bytes(head, name)[0]
    if _JSON.match(text):
        keys = re.findall(r'"([^"\\]{1,60})"\s*:', text)
        strings = re.match(r'\s*\[\s*"[^"\\]{1,100}"\s*[,\]]', text)
        return is_heading(list(dict.fromkeys(keys))[:50]) if keys else strings is not None
    whole = text if len(head) < 65_536 else text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    return _text_table(whole or text, name, name) is not None


# --- text ---------------------------------------------------------------------------------


def _text_table(text: str, name: str, about: str) -> Table | None:
    lines = lines_of(text)
    first = list(islice(lines, _FIRST_LINES))
    said = next((delimiter for _, line in first[:2] if (delimiter := said_delimiter(line))), None)
    for place, (_, line) in enumerate(first):
        delimiter = said or _delimiter_of(line)
        cells = cells_of(line, delimiter)
        if said_delimiter(line) is None and any(cells) and _can_head(cells):
            rows = rows_of(chain(first[place + 1 :], lines), about, delimiter)
            return _headed(cells, rows, name)
    return _plain_table(chain(first, lines), name, about)


def _can_head(cells: Sequence[str]) -> bool:
    """Whether it is a heading; alone in its line, the word for a shown name heads a list of handles too."""
    filled = [cell for cell in cells if cell]
    return is_heading(cells) or (len(filled) == 1 and column_of(filled[0]) is Column.NAME)


def _delimiter_of(line: str) -> str:
    """The delimiter under which most cells of a line are headings that are known."""

    def known(delimiter: str) -> tuple[int, int]:
        cells = cells_of(line, delimiter)
        return sum(column_of(cell) is not None for cell in cells), len(cells)

    return max(DELIMITERS, key=known)


def _headed(cells: Sequence[str], rows: Iterator[Row | Gap], name: str) -> Table:
    columns = list(columns_of(cells))
    if [column for column in columns if column] == [Column.NAME]:
        columns[columns.index(Column.NAME)] = Column.HANDLE
    sample, rows = _sampled(rows)
    for place, column in enumerate(columns):
        if column is Column.ID and _numbers_rows(
            [row.cells[place] for row in sample if place < len(row.cells)]
        ):
            columns[place] = None
    platform = platform_in(cells) or _platform_in_name(name)
    heading = Heading(columns=tuple(columns), platform=platform, ties=ties_in(name), words=tuple(cells))
    return Table(heading=heading, rows=rows)


def _sampled(rows: Iterator[Row | Gap]) -> tuple[list[Row], Iterator[Row | Gap]]:
    taken = list(islice(rows, _SAMPLE))
    return [item for item in taken if isinstance(item, Row)], chain(taken, rows)


def _numbers_rows(cells: Sequence[str]) -> bool:
    """Whether the cells only count: 1, 2, 3… is nobody's id."""
    numbers = [int(cell) for cell in cells if re.fullmatch("[0-9]{1,7}", cell)]
    return bool(numbers) and len(numbers) == len(cells) and numbers == list(range(numbers[0], numbers[0] + len(cells))) and numbers[0] in (0, 1)  # fmt: skip


def _platform_in_name(name: str) -> str | None:
    """The platform that the name of the file begins or ends with: ``instagram_unfollowers.csv``."""
    words = {word for word in re.split(r"[^a-z]+", name.rpartition("/")[2].casefold()) if word}
    found = words & {"instagram", "tiktok", "snapchat", "twitter", "facebook"}
    return {"twitter": "x"}.get(only := found.pop(), only) if len(found) == 1 else None


def ties_in(name: str) -> tuple[Tie, ...]:
    """How those in a list stand to its owner, where the name of the list says so."""
    stem = name.rpartition("/")[2].replace("_", " ")
    followers, following = _FOLLOWERS.search(stem), _FOLLOWING.search(stem)
    if re.search(r"(?<![a-z])(not|un|niet|ghost|non)(?![a-z])", stem, re.IGNORECASE) or bool(
        followers
    ) == bool(following):
        return (Tie.LISTED,)
    return (Tie.FOLLOWER,) if followers else (Tie.FOLLOWING,)


# --- no heading ---------------------------------------------------------------------------


def _plain_table(lines: Iterator[Numbered], name: str, about: str) -> Table | None:
    """A list of one handle or address a line; or the column of a table that holds addresses or @names."""
    taken = [(number, line.strip()) for number, line in islice(lines, _SAMPLE)]
    sample = [line for _, line in taken if line and not _is_remark(line)]
    if not sample:
        return None
    if not _mostly_handles(sample):
        return _marked_table(chain(taken, lines), sample, name, about)
    heading = Heading(columns=(Column.HANDLE,), platform=_platform_in_name(name), ties=ties_in(name))
    return Table(heading=heading, rows=_plain_rows(chain(taken, lines), about), plain=True)


def _mostly_handles(lines: Sequence[str]) -> bool:
    """Whether half of the lines are handles, or one is marked as such: the others are told one by one.

    In a text that is none of this, most lines are sentences.
    """
    return 2 * sum(map(_is_handle, lines)) >= len(lines) or any(map(_is_marked, lines))


def _plain_rows(lines: Iterable[Numbered], about: str) -> Iterator[Row]:
    for number, line in lines:
        text = line.strip().strip('",;').strip()
        if text and not _is_remark(text):
            yield Row(where=f"{about} line {number}", cells=(text,))


def _is_remark(line: str) -> bool:
    return line.startswith(("#", "//"))


def _is_handle(text: str) -> bool:
    try:
        handle_of(text.strip('",; '))
    except ValueError:
        return False
    return True


def _marked_table(lines: Iterator[Numbered], sample: Sequence[str], name: str, about: str) -> Table | None:
    """A table without heading, by the one column in which most cells are ``@name`` or the page of a profile."""
    for delimiter in DELIMITERS:
        every = [cells_of(line, delimiter) for line in sample]
        width = Counter(map(len, every)).most_common(1)[0][0]
        cut = [cells for cells in every if len(cells) == width]
        if width < 2 or 2 * len(cut) < len(every):
            continue
        marked = [
            place
            for place in range(width)
            if 2 * sum(_is_marked(cells[place]) for cells in cut) >= len(every)
        ]
        if marked:
            columns = tuple(Column.HANDLE if place == marked[0] else None for place in range(width))
            heading = Heading(columns=columns, platform=_platform_in_name(name), ties=ties_in(name))
            return Table(heading=heading, rows=rows_of(lines, about, delimiter))
    return None


def _is_marked(cell: str) -> bool:
    return (cell.startswith("@") or "/" in cell) and _is_handle(cell)


# --- spreadsheets and JSON ----------------------------------------------------------------


def _sheet_tables(data: bytes, name: str, about: str) -> Iterator[Table | Gap]:
    for title, rows in sheets_of(data, about):
        first = list(islice(rows, _FIRST_LINES))
        place = next((place for place, row in enumerate(first) if _can_head(row.cells)), None)
        if place is not None:
            heading = list(first[place].cells)
            width = max((spot for spot, cell in enumerate(heading, 1) if cell), default=0)
            table = _headed(heading[:width], chain(_cut(first[place + 1 :], width), _cut(rows, width)), name)
            if table.heading.ties == (Tie.LISTED,):
                table = replace(table, heading=replace(table.heading, ties=ties_in(title)))
            yield table
        elif plain := [row for row in first if any(row.cells)]:
            if _mostly_handles(list(map(_joined, plain))):
                one = Heading(columns=(Column.HANDLE,), platform=_platform_in_name(name), ties=ties_in(name))
                joined = (replace(row, cells=(_joined(row),)) for row in chain(first, rows))
                yield Table(heading=one, rows=joined, plain=True)
            else:
                reason = "no heading that names a column of handles: call it `username` in the first line"
                yield source_gap(f"{about} sheet {title}", reason)


def _joined(row: Row) -> str:
    """The one cell of a row; of several, which are no handle together, all."""
    return " ".join(filter(None, row.cells))


def _cut(rows: Iterable[Row], width: int) -> Iterator[Row]:
    """The rows as wide as the heading; what stands right of it are remarks."""
    for row in rows:
        yield replace(row, cells=(*row.cells[:width], *("",) * (width - len(row.cells))))


def _object_tables(text: str, name: str, about: str) -> Iterator[Table]:
    try:
        value = parsed(text)
    except ValueError as error:
        raise SourceError("JSON that is cut off or damaged: export it again") from error
    for one in lists_in(value, about):
        table = _headed(one.keys, one.rows(), name)
        said = ties_in(one.key) if one.key else table.heading.ties
        yield replace(table, heading=replace(table.heading, ties=said, words=()))
    if strings := strings_in(value):
        rows = string_rows(strings, about)
        heading = Heading(columns=(Column.HANDLE,), platform=_platform_in_name(name), ties=ties_in(name))
        yield Table(heading=heading, rows=rows, plain=True)
