"""What every text report is made of: lines of limited width, counts, and names that cannot do harm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from fakeprofile.records import Facts
from fakeprofile.report import english
from fakeprofile.report.columns import filled, room

WIDTH = 96
"""Of lines that go to no terminal, or to one that has more."""


def plain(text: str) -> str:
    """Text from outside without anything that could move a cursor, hide or turn text around."""
    return "".join(
        "�" if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else one for one in text
    )


def count(number: int, one: str, many: str | None = None) -> str:
    """``1 photo``, ``2 photos``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def wrapped(text: str, indent: int = 0, first: str | None = None) -> list[str]:
    """The text in lines of at most ``WIDTH`` columns, or as many as there are; a long word stays whole."""
    return filled(re.findall(r"\S+", text, re.ASCII), room(WIDTH), indent, first)


def listed(title: str, items: list[str]) -> Iterator[str]:
    """A title and what stands under it; nothing if there is nothing."""
    if items:
        yield title
        for item in items:
            yield from wrapped(item, 4, "  - ")
        yield ""


def edits_words(edits: tuple[object, ...]) -> str:
    """What was done to a picture, in a fixed order."""
    return ", ".join(english.EDITS[edit] for edit in english.EDITS if edit in edits)


def short_names(facts: Facts) -> dict[str, str]:
    """The names of the photos without the folder that all of them share."""
    names = [one.photo for one in facts.looked]
    folders = [name.replace("\\", "/").split("/")[:-1] for name in names]
    shared = 0
    while folders and all(len(one) > shared and one[shared] == folders[0][shared] for one in folders):
        shared += 1
    return {name: "/".join(name.replace("\\", "/").split("/")[shared:]) for name in names}
