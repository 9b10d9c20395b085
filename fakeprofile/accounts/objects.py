"""JSON that holds lists of users (one object each) -> rows of text under the names of their keys."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from fakeprofile.accounts.columns import IDENTIFYING, columns_of
from fakeprofile.accounts.names import entry_gap
from fakeprofile.accounts.rows import Row
from fakeprofile.accounts.values import unguarded
from fakeprofile.records import Gap

_SAMPLE = 200
"""So many objects say which keys there are."""
_MOST_KEYS = 200
_NOBODY = "names no account: neither a handle nor the page of a profile nor an id"
_NESTED = 3
"""How deep in the file a list of users is looked for."""


class ObjectList:
    """A list of objects in a JSON file, under the key that holds it."""

    def __init__(self, key: str, items: Sequence[object], about: str) -> None:
        self.key = key
        self._items = items
        self._about = about
        keys = dict.fromkeys(key for item in items[:_SAMPLE] if isinstance(item, dict) for key in item)
        self.keys: tuple[str, ...] = tuple(str(key) for key in keys)[:_MOST_KEYS]

    @property
    def names_accounts(self) -> bool:
        """Whether its objects have a key for a handle, an id or a page."""
        return bool(IDENTIFYING & {*columns_of(self.keys)})

    def rows(self) -> Iterator[Row | Gap]:
        """One row for each object, its values in the order of ``keys``."""
        for number, item in enumerate(self._items, 1):
            where = f"{self._about} entry {number}"
            if not isinstance(item, dict):
                yield entry_gap(where, "is not an object with a handle in it")
                continue
            cells = tuple([_text(item.get(key)) for key in self.keys])
            # An empty line of a text is nothing; an empty object is an entry that names nobody.
            yield Row(where=where, cells=cells) if any(cells) else entry_gap(where, _NOBODY)


def parsed(text: str) -> object:
    """What the text of a JSON or JSON Lines file means.

    Raises:
        ValueError: it is neither, or nested too deep.
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    except ValueError:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines[:3]):
            raise
        return [_line(line) for line in lines]


def lists_in(value: object, about: str) -> Iterator[ObjectList]:
    """The lists of objects that name accounts, at the top of a file or under a few keys; a lone object too."""
    if isinstance(value, list):
        if any(isinstance(item, dict) for item in value[:_SAMPLE]):
            yield from _naming([ObjectList("", value, about)])
    elif isinstance(value, dict):
        inside = list(_inside(value, about, _NESTED))
        found = list(_naming(inside))
        yield from found or _naming([ObjectList("", [value], about)])


def strings_in(value: object) -> list[str | None]:
    """The items of a list that holds texts, None for one that is null; empty if it holds anything else."""
    if not isinstance(value, list) or not any(isinstance(item, str) for item in value):
        return []
    found = [item for item in value if item is None or isinstance(item, str)]
    return found if len(found) == len(value) else []


def string_rows(items: Sequence[str | None], about: str) -> Iterator[Row | Gap]:
    """One row for each text, a gap for each that is empty."""
    for number, item in enumerate(items, 1):
        where, text = f"{about} entry {number}", (item or "").strip()
        yield Row(where=where, cells=(text,)) if text else entry_gap(where, _NOBODY)


def _inside(value: dict[str, object], about: str, depth: int) -> Iterator[ObjectList]:
    for key, item in value.items():
        if isinstance(item, list) and any(isinstance(one, dict) for one in item[:_SAMPLE]):
            yield ObjectList(key, item, f"{about} {key}")
        elif isinstance(item, dict) and depth > 1:
            yield from _inside(item, about, depth - 1)


def _naming(lists: Sequence[ObjectList]) -> Iterator[ObjectList]:
    return (one for one in lists if one.names_accounts)


def _line(line: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _text(value: object) -> str:
    """A value as the text of a cell; what is nested says nothing here."""
    match value:
        case str():
            return unguarded(value.strip())
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.5E}"
        case int():
            return str(value)
        case list():
            return "|".join(item for item in value if isinstance(item, str))
    return ""
