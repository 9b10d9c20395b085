"""Pages (HTML) from outside -> their texts and links in reading order; nothing in them is run or fetched."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOT_TEXT = ("style", "script", "title")
Piece = tuple[str, str | None]
"""A text, and the address that it links to, if it is a link."""


def page_of(content: bytes) -> _Element | None:
    """The page as a tree; None if there is nothing in it. Broken markup is read as browsers read it."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None


def texts_and_links(root: _Element) -> Iterator[Piece]:
    """Every text that is shown and every link, in the order of the page."""
    from lxml import etree

    inside = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        is_link = element.tag == "a"
        if event == "start":
            if is_link and not inside:
                yield " ".join("".join(element.itertext()).split()), element.get("href") or ""
            elif (
                not inside
                and element.text
                and element.tag not in _NOT_TEXT
                and (text := element.text.strip())
            ):
                yield text, None
            inside += is_link
            continue
        inside -= is_link
        if not inside and element.tail and (text := element.tail.strip()):
            yield text, None


def rows_of(table: _Element) -> list[tuple[str, str]]:
    """The first two texts of each row of a table that has two: a label and its value."""
    pairs = []
    for row in table.iter("tr"):
        # No more than two: rows can lie in rows, and each would be read to its end.
        shown = (text for one in row.itertext() if (text := str(one).strip()))
        texts = list(itertools.islice(shown, 2))
        if len(texts) == 2:
            pairs.append((texts[0], texts[1]))
    return pairs
