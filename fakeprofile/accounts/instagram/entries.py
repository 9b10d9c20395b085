"""The records of one list of an Instagram export, in every layout of its JSON -> names and moments.

Layouts: an array of records, one record alone, or either under a key; in a record the name stands as ``value`` of its
link, as ``title``, in the link alone (``/_u/NAME``), or among ``label_values`` (see ``labels``).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fakeprofile.accounts.documents import PARTED, Node, list_in, node_in, text_in
from fakeprofile.accounts.instagram.labels import labels_of
from fakeprofile.accounts.instagram.links import name_in_link
from fakeprofile.accounts.instagram.lists import Listing, listing_of_key
from fakeprofile.accounts.moments import moment_of
from fakeprofile.accounts.names import shown
from fakeprofile.accounts.stream import Items, Listed
from fakeprofile.accounts.wording import cleaned, handle_name, repaired

_MARK = re.compile(rb'"(relationships_[a-z_]+|string_list_data)"\s*:\s*\[')


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record of a list: whom it names, or why that is not known."""

    number: int
    """Counted from 1 in the file."""
    name: str | None
    shown_name: str | None = None
    on: str | None = None
    said: str = ""
    """What stands there, for the message, if it names nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The records of one list as they stand in a file."""

    listing: Listing | None
    """What the file says that it is; None if it does not say."""
    items: Items


def records_in(content: object) -> Iterator[Records]:
    """Every list of accounts in a parsed file, or in the outline of a large one; none if it has nothing of the kind."""
    if isinstance(content, list | Listed):
        yield Records(listing=None, items=content)
        return
    node = node_in(content)
    if "string_list_data" in node or "label_values" in node:
        # A record alone is not large, and what is in it is looked at as what it is.
        record: Node = {
            key: list(value) if isinstance(value, Listed) else value for key, value in node.items()
        }
        yield Records(listing=None, items=[record])
        return
    for key, value in node.items():
        listing = listing_of_key(key)
        items: Items | None = [value] if listing and isinstance(value, dict) else None
        items = value if isinstance(value, list | Listed) else items
        if items is not None and (listing or any(map(is_record, itertools.islice(items, 20)))):
            yield Records(listing=listing, items=items)


def is_record(item: object) -> bool:
    """Whether it looks like a record of one account."""
    node = node_in(item)
    return isinstance(node.get("string_list_data"), list) or isinstance(node.get("label_values"), list)


class Entries:
    """What each record says, in their order; it can be gone through several times, and holds nothing of them."""

    def __init__(self, items: Items) -> None:
        self._items = items
        self._labels = labels_of(_Labelled(items))

    def __iter__(self) -> Iterator[Entry]:
        for number, item in enumerate(self._items, start=1):
            node = node_in(item)
            if isinstance(values := node.get("label_values"), list):
                name, called = self._labels.named(values)
                yield Entry(number=number, name=name, shown_name=called, on=moment_of(node.get("timestamp")))
            else:
                yield _entry(number, item, node)


class _Labelled:
    """The labelled values of the records that have such."""

    def __init__(self, items: Items) -> None:
        self._items = items

    def __iter__(self) -> Iterator[list[object]]:
        found = (node_in(item).get("label_values") for item in self._items)
        return (values for values in found if isinstance(values, list))


def entries_of(items: Items) -> Entries:
    """What each record says.

    Raises:
        ValueError: they are in the layout of labels, and which label is the account's name cannot be told.
    """
    return Entries(items)


def _entry(number: int, item: object, node: Node) -> Entry:
    links = list_in(node.get("string_list_data"))
    link = node_in(links[0]) if links else {}
    on = moment_of(link.get("timestamp")) or moment_of(node.get("timestamp"))
    name = _name(node, link)
    return Entry(number=number, name=name, on=on, said="" if name else _said(item, node, link))


def _name(node: Node, link: Node) -> str | None:
    """By ``value``, else by ``title``, else by the link."""
    for text in (text_in(link, "value"), text_in(node, "title")):
        name = handle_name(text, "instagram") if text else None
        if name:
            return name
    return name_in_link(text_in(link, "href") or "")


def _said(item: object, node: Node, link: Node) -> str:
    text = text_in(link, "value", "href") or text_in(node, "title")
    if text:
        return f"no account can be called “{shown(cleaned(text) or text)}”"
    keys = ", ".join(shown(repaired(key), 20) for key in list(node)[:4])
    return f"a record of {keys or 'nothing'}, not of an account" if isinstance(item, dict) else "not a record"


def looks_like_list(content: bytes) -> bool:
    """Whether a file holds lists of accounts as Instagram writes them."""
    return any_looks_like_list([content])


def any_looks_like_list(pieces: Iterable[bytes]) -> bool:
    """The same of a file that is read piece by piece."""
    before, linked, labelled = b"", False, False
    for piece in pieces:
        part = before + piece
        linked, labelled = linked or b"instagram.com" in part, labelled or b'"label_values"' in part
        if (linked and labelled) or _MARK.search(part):
            return True
        before = part[-PARTED:]
    return False
