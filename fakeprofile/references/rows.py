"""The rows of an open library: asked for, put in, changed; whole or not at all."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fakeprofile.errors import LibraryLocked
from fakeprofile.references import database

Values = dict[str, Any]
"""One row, by the names of its columns."""

LARGEST = 2**63 - 1


class Rows:
    """The tables behind a library; the only one who speaks SQL to the connection."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self._depth = 0
        self.path = path
        self.read_only = read_only

    def close(self) -> None:
        """Gives the file free."""
        self._connection.close()

    # --- asking ---------------------------------------------------------------------------

    def all(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """The rows that a query gives."""
        with database.told(self.path):
            return self._connection.execute(sql, values).fetchall()

    def first(self, sql: str, *values: object) -> sqlite3.Row | None:
        """The first row, if there is one."""
        with database.told(self.path):
            found: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
            return found

    def each(self, sql: str, *values: object) -> Iterator[sqlite3.Row]:
        """The rows one by one. What else is asked until the last one is of the same moment."""
        with database.told(self.path):
            cursor = self._connection.execute(sql, values)
        return self._told(cursor)

    def _told(self, cursor: sqlite3.Cursor) -> Iterator[sqlite3.Row]:
        while True:
            with database.told(self.path):
                row = cursor.fetchone()
            if row is None:
                return
            yield row

    def version(self) -> tuple[int, int]:
        """Something else after every change, whoever made it: by others, and by this connection."""
        return int(self.all("PRAGMA data_version")[0][0]), self._connection.total_changes

    @property
    def is_writing(self) -> bool:
        """Whether something is being changed that may still be undone."""
        return self._depth > 0

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """All that is asked inside is of the same moment, whatever other programs write meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        with database.told(self.path):
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    # --- changing -------------------------------------------------------------------------

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """All that is changed inside, or nothing of it. May be nested: the outermost counts.

        Raises:
            LibraryReadOnly, LibraryLocked: nothing was written.
        """
        if self.read_only:
            raise database.read_only(self.path)
        if self._depth:
            yield
            return
        with database.told(self.path), database.transaction(self._connection):
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1

    def run(self, sql: str, *values: object) -> int:
        """Changes rows; how many."""
        return self._connection.execute(sql, values).rowcount

    def insert(self, table: str, values: Values) -> int:
        """Puts a row in; its number."""
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        cursor = self._connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", (*values.values(),)
        )
        return int(cursor.lastrowid or 0)

    def update(self, table: str, number: int, values: Values) -> None:
        """Changes some columns of one row."""
        settings = ", ".join(f"{name} = ?" for name in values)
        self.run(f"UPDATE {table} SET {settings} WHERE id = ?", *values.values(), number)

    def wipe(self) -> None:
        """Takes what was removed out of the files for good, as far as other programs let it.

        ``secure_delete`` writes zeros over it, but the write-ahead log still holds the page as it was
        before. If another program is reading just now, the last one to close the library does it.
        """
        if not self._depth:
            with contextlib.suppress(LibraryLocked), database.told(self.path):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def row_number(number: int) -> int:
    """The number as SQLite takes it; for one that no row can have, 0, which none has."""
    return number if 0 < number <= LARGEST else 0
