"""Text in the columns of a terminal: wrapped, listed under a title, and cut or filled to a width."""

from __future__ import annotations

import textwrap
import unicodedata

WIDTH = 96


def wrapped(text: str, indent: int = 0, first: str | None = None) -> list[str]:
    """The text in lines of at most ``WIDTH`` characters: the first after ``first``, the others indented."""
    space = " " * indent
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=space if first is None else first,
        subsequent_indent=space,
        break_on_hyphens=False,
    )


def listed(title: str, items: list[str]) -> list[str]:
    """The items under their title, and an empty line; nothing if there are none."""
    if not items:
        return []
    return [*wrapped(title), *(line for item in items for line in wrapped(item, 4, "  - ")), ""]


def fitted(text: str, columns: int) -> str:
    """The text in exactly so many columns of a terminal, cut with an ellipsis if it is longer."""
    if columns_of(text) > columns:
        while columns_of(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - columns_of(text))


def columns_of(text: str) -> int:
    """How many columns of a terminal the text takes: East Asian letters two, accents above another none."""
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )
