"""Text files of unknown origin -> lines and cells, each with the number of the line that it began on."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from fakeprofile.accounts.names import entry_gap, source_gap
from fakeprofile.accounts.values import unguarded
from fakeprofile.records import Gap

DELIMITERS = (";", "\t", ",", "|")
_LOOKAHEAD = 100
"""How many lines one quoted cell may run over before its opening quote counts as stray."""
_LONGEST_LINE = 1_000_000
_SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
"""The first line that Excel writes and reads to say which delimiter follows."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line at a time: io.StringIO would keep four bytes for every letter of a file."""
_RETURNS = "\r\n"

Numbered = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The cells of one line, without white space around them."""

    where: str
    """``list.csv line 17``, for messages."""
    cells: tuple[str, ...]


def text_of_bytes(data: bytes, about: str) -> tuple[str, tuple[Gap, ...]]:
    """The text that the bytes of a list are, and a gap where the encoding had to be guessed.

    UTF-8 and UTF-16 with and without a mark, else Windows-1252, which is what spreadsheets in western Europe
    write.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), ()
    head = data[:1000]
    if head.count(b"\0") * 3 > len(head):
        return data.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "replace"), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and error.reason == "unexpected end of data":
            # The beginning of a file can end within a letter.
            return data[: error.start].decode("utf-8-sig"), ()
        reason = "is not UTF-8 and was read as Windows-1252: check the names, or save it as UTF-8"
        return data.decode("cp1252", "replace"), (source_gap(about, reason),)


def lines_of(text: str) -> Iterator[Numbered]:
    """The lines with their numbers, from 1; only line feeds and carriage returns end one."""
    return enumerate(map(_ended, _LINE.finditer(text)), 1)


def _ended(line: re.Match[str]) -> str:
    """The line with a line feed behind it, if there was any ending."""
    found = line[0]
    return f"{found.rstrip(_RETURNS)}\n" if found[-1] in _RETURNS else found


def said_delimiter(line: str) -> str | None:
    """The delimiter that a ``sep=;`` line names; None if it is no such line."""
    found = _SEP.fullmatch(line)
    return found[1] if found else None


def cells_of(line: str, delimiter: str) -> tuple[str, ...]:
    """The cells of a line that stands alone."""
    try:
        row = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        row = line.split(delimiter)
    return _cleaned(row)


def rows_of(lines: Iterator[Numbered], about: str, delimiter: str) -> Iterator[Row | Gap]:
    """The rows that the lines make; a stray quotation mark costs its own line and no other."""
    waiting: deque[Numbered] = deque()
    while waiting or (waiting := deque(islice(lines, 1))):
        number, line = waiting.popleft()
        where = f"{about} line {number}"
        if not line.strip():
            continue
        if "\0" in line or len(line) > _LONGEST_LINE:
            yield entry_gap(where, "is damaged: it holds NUL bytes, or is longer than a million characters")
        elif '"' in line:
            waiting.appendleft((number, line))
            yield _quoted(waiting, lines, where, delimiter)
        else:
            yield Row(where=where, cells=_cleaned(line.split(delimiter)))


def _quoted(waiting: deque[Numbered], lines: Iterator[Numbered], where: str, delimiter: str) -> Row | Gap:
    """The row that begins with the first waiting line; lines that it does not need wait on."""
    taken: list[Numbered] = []

    def feed() -> Iterator[str]:
        while len(taken) < _LOOKAHEAD:
            following = waiting.popleft() if waiting else next(lines, None)
            if following is None:
                return
            taken.append(following)
            yield following[1]

    try:
        cells = next(csv.reader(feed(), delimiter=delimiter, strict=True, skipinitialspace=True))
    except csv.Error:
        waiting.extendleft(reversed(taken[1:]))
        return entry_gap(where, "its quotation marks do not pair up: double those inside a quoted cell")
    return Row(where=where, cells=_cleaned(cells))


def _cleaned(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple([unguarded(bare) if (bare := cell.strip())[:1] in "'=" else bare for cell in cells])
