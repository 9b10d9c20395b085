"""The table that a CDX server answers with: a JSON list of rows, of which the first names the columns."""

from __future__ import annotations

import json


def rows_of(body: bytes, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The rows below the names, with these columns in this order; none for an empty body or list.

    Raises:
        ValueError: it is no such table; in a few words.
    """
    if not body.strip():
        return ()
    table = _json_of(body)
    if not isinstance(table, list):
        raise ValueError("it is no list of rows")
    if not table:
        return ()
    rows = tuple(map(_texts_of, table))
    names = rows[0]
    missing = [column for column in columns if column not in names]
    if missing:
        raise ValueError(f"its first row does not name the column {missing[0]}")
    places = [names.index(column) for column in columns]
    if any(len(row) != len(names) for row in rows):
        raise ValueError("its rows differ in length")
    return tuple(tuple(row[place] for place in places) for row in rows[1:])


def _json_of(body: bytes) -> object:
    try:
        found: object = json.loads(body)
    except (ValueError, RecursionError):
        looks = "a web page" if body.lstrip()[:1] == b"<" else "cut off or no JSON"
    else:
        return found
    raise ValueError(f"it is {looks}")


def _texts_of(row: object) -> tuple[str, ...]:
    if not isinstance(row, list) or not all(isinstance(cell, str) for cell in row):
        raise ValueError("a row of it is no list of texts")
    return tuple(row)
