"""The pages of an Instagram export (HTML is its default) -> whom each record names.

Links say who; the classes of the boxes are scrambled and change, and all words are translated. A newer kind of page has
a table of labels and values for each record, with or without links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fakeprofile.accounts.instagram.entries import Entry
from fakeprofile.accounts.instagram.labels import named_by_labels
from fakeprofile.accounts.instagram.links import name_in_link
from fakeprofile.accounts.moments import day_in
from fakeprofile.accounts.pages import page_of, rows_of, texts_and_links

if TYPE_CHECKING:
    from lxml.etree import _Element

_BOXES = re.compile(rb'class="[^"]*\b(uiBoxWhite|_a6-g)\b')
_LINK = re.compile(rb'href="https?://(www\.)?instagram\.com/', re.IGNORECASE)


def page_entries(content: bytes) -> Iterator[Entry]:
    """Whom each record of a page names, in the order of the page.

    Days are as the page has them: local time without a zone, so never finer than a day; unknown where the month is
    in a language that is not known here.

    Raises:
        ValueError: it has tables of labels, and which label is the account's name cannot be told.
    """
    root = page_of(content)
    if root is None:
        return
    innermost = (table for table in root.iter("table") if table.find(".//table") is None)
    tables = [pairs for table in innermost if len(pairs := rows_of(table)) > 1]
    if tables and not any(name_in_link(link.get("href", "")) for link in root.iter("a")):
        yield from _table_entries(tables)
        return
    yield from _link_entries(root)


def looks_like_page(content: bytes) -> bool:
    """Whether a page links to profiles of Instagram."""
    return _LINK.search(content) is not None


def boxes_in(content: bytes) -> int:
    """How many records a page seems to have, by its boxes; to say how many could not be read."""
    return len(_BOXES.findall(content))


def _link_entries(root: _Element) -> Iterator[Entry]:
    """One entry for each link to a profile, dated by the first day between it and the next one."""
    number, waiting, day = 0, "", None
    last = ""
    for text, href in texts_and_links(root):
        if href is None:
            day = day or (day_in(text) if waiting and len(text) < 60 else None)
            continue
        name = name_in_link(href)
        if name is None or (name == last and not day):
            continue
        if waiting:
            yield Entry(number=number, name=waiting, on=day)
        number, waiting, day, last = number + 1, name, None, name
    if waiting:
        yield Entry(number=number, name=waiting, on=day)


def _table_entries(tables: list[list[tuple[str, str]]]) -> Iterator[Entry]:
    records = [
        [{"label": label, "value": value} for label, value in pairs if not day_in(value)] for pairs in tables
    ]
    days = [next((day for _, value in pairs if (day := day_in(value))), None) for pairs in tables]
    for number, ((name, called), day) in enumerate(zip(named_by_labels(records), days, strict=True), start=1):
        yield Entry(
            number=number, name=name, shown_name=called, on=day, said="" if name else "no user name in it"
        )
