"""JSON Lines of sightings, as this program exports them: one line, one photo or hash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from fakeprofile.records import Entry, Gap
from fakeprofile.references.cells import Line, Table, line_entries
from fakeprofile.references.hashlists import gap, lines_of, name_of, shortened
from fakeprofile.references.tables import SYNONYMS

SCHEMA = "fakeprofile.sighting/1"
"""What every line of exported JSON Lines says it is."""

LINE_FIELDS = frozenset(field.name for field in fields(Line))


def json_entries(path: Path, encoding: str) -> Iterator[Entry | Gap]:
    """What stands in exported JSON Lines, line by line."""
    table = Table(path=path, exported=True)
    for number, text in enumerate(lines_of(path, encoding), 1):
        about = f"{name_of(path)} line {number}"
        if isinstance(text, Gap):
            yield text
        elif text.strip():
            try:
                line = json_line(text)
            except ValueError as error:
                yield gap(about, str(error))
                continue
            yield from line_entries(line, about, table)
    yield from table.gaps()


def json_line(text: str) -> Line:
    """One line of JSON Lines; keys of later versions are passed over.

    Raises:
        ValueError: it is not such a line, or one of its values is not text.
    """
    try:
        values = json.loads(text, object_pairs_hook=_each_once)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError("is no JSON object on one line") from error
    if not isinstance(values, dict) or values.get("schema") != SCHEMA:
        raise ValueError(f"is not of the schema {SCHEMA}, which this version reads")
    texts = {name: _texts(name, values[name]) for name in values if name in LINE_FIELDS}
    return Line(
        handle=texts.pop("handle", ()),
        pages=texts.pop("pages", ()),
        **{name: text[0] for name, text in texts.items() if text},
    )


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object, under this program's names for its keys.

    Raises:
        ValueError: one of them stands there twice.
    """
    values: dict[str, object] = {}
    for key, value in pairs:
        name = SYNONYMS.get(key, key)
        if name in values:
            raise ValueError(f'"{shortened(name)}" stands there twice')
        values[name] = value
    return values


def _texts(name: str, value: object) -> tuple[str, ...]:
    """The texts that a value holds; handles and pages may be several.

    Raises:
        ValueError: it is something else.
    """
    values = value if isinstance(value, list) and name in ("handle", "pages") else [value]
    texts = [text for text in values if isinstance(text, str)]
    if len(texts) < len(values) and values != [None]:
        raise ValueError(f'"{name}" is not text')
    return tuple(text.strip() for text in texts if text.strip())
