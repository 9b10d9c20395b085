"""Text in the columns of a terminal: wrapped, listed under a title, folded, and cut or filled to a width."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextvars import ContextVar

WIDTH = 80
"""As wide as a terminal is before anybody makes it wider."""
NARROWEST = 40
"""On a terminal that is narrower than that, lines run over: text in fewer columns cannot be read either."""
GAP = "  "
"""Between the columns of a line that is folded."""

_terminal: ContextVar[int | None] = ContextVar("terminal", default=None)
# Every line of every report needs it, and it is one for all that a command prints.


@contextlib.contextmanager
def at_width(columns: int | None) -> Iterator[None]:
    """Makes what is written meanwhile fit a terminal of so many columns; None if it goes to no terminal."""
    before = _terminal.set(columns)
    try:
        yield
    finally:
        _terminal.reset(before)


def room(most: int = WIDTH) -> int:
    """How many columns a line may have: ``most``, or as many as there are."""
    columns = _terminal.get()
    return most if columns is None else max(NARROWEST, min(most, columns))


def wrapped(text: str, indent: int = 0, first: str | None = None) -> list[str]:
    """The text in lines of at most ``WIDTH`` columns: the first after ``first``, the others indented."""
    width, longest = room(), max(indent, columns_of(first or ""))
    return filled(_pieces(text.split(), width - longest), width, indent, first)


def filled(words: Iterable[str], width: int, indent: int, first: str | None) -> list[str]:
    """The words in lines of at most so many columns; one that is longer stays whole, on a line of its own."""
    space = " " * indent
    lines, line = [], space if first is None else first
    left, begun = width - columns_of(line), False
    for word in words:
        if begun and columns_of(word) >= left:
            lines.append(line)
            line, left, begun = space, width - indent, False
        line += f" {word}" if begun else word
        left -= columns_of(word) + begun
        begun = True
    return [*lines, line] if begun else []


def folded(parts: Sequence[str], indent: int, most: int = WIDTH) -> list[str]:
    """A line of a table: on a terminal on as many lines as it takes, else one, for programs that read lines.

    Args:
        parts: its columns. A name or an address is only broken at its spaces, and only if it has no room on a line.
        indent: of the lines behind the first.
        most: columns, however wide the terminal is.
    """
    parts = [part for part in parts if part]
    if _terminal.get() is None:
        return [GAP.join(parts)]
    width, lines = room(most), [""]
    for part in parts:
        words, beside = part.split(" "), f"{lines[-1]}{GAP}" if lines[-1] else ""
        # What must be broken anyway begins beside what stands there already.
        together = words[0] if columns_of(part) > width - indent else part
        if columns_of(f"{beside}{together}") <= width:
            lines[-1:] = filled(words, width, indent, beside)
        else:
            lines += filled(words, width, indent, None)
    return lines


def _pieces(words: Iterable[str], most: int) -> Iterator[str]:
    """The words, those that are longer than a line in pieces."""
    for word in words:
        start = 0
        while start < len(word):
            piece = _beginning(word, start, most) or word[start]
            yield piece
            start += len(piece)


def _beginning(text: str, start: int, columns: int) -> str:
    """What of the text fits into so many columns, from ``start`` on."""
    end = start
    while end < len(text) and (width := _width(text[end])) <= columns:
        columns -= width
        end += 1
    return text[start:end]


def listed(title: str, items: list[str]) -> list[str]:
    """The items under their title, and an empty line; nothing if there are none."""
    if not items:
        return []
    return [*wrapped(title), *(line for item in items for line in wrapped(item, 4, "  - ")), ""]


def fitted(text: str, columns: int) -> str:
    """The text in exactly so many columns of a terminal, cut with an ellipsis if it is longer."""
    shown = _beginning(text, 0, columns)
    if len(shown) < len(text):
        shown = f"{_beginning(text, 0, columns - 1)}…"
    return shown + " " * (columns - columns_of(shown))


def columns_of(text: str) -> int:
    """How many columns of a terminal the text takes: East Asian letters two, accents above another none."""
    return sum(map(_width, text))


def _width(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me"):  # accents, and what makes a letter an emoji
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
