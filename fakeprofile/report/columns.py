"""Text in the columns of a terminal: wrapped, listed under a title, and cut or filled to a width."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

WIDTH = 80
"""As wide as a terminal is before anybody makes it wider."""


def wrapped(text: str, indent: int = 0, first: str | None = None) -> list[str]:
    """The text in lines of at most ``WIDTH`` columns: the first after ``first``, the others indented."""
    space = " " * indent
    lines, line = [], space if first is None else first
    room, begun = WIDTH - columns_of(line), False
    for word in _pieces(text.split(), WIDTH - max(indent, columns_of(line))):
        if begun and columns_of(word) >= room:
            lines.append(line)
            line, room, begun = space, WIDTH - indent, False
        line += f" {word}" if begun else word
        room -= columns_of(word) + begun
        begun = True
    return [*lines, line] if begun else []


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
