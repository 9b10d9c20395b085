"""Accounts that are put aside on the disk while their source is read, so that memory does not grow with their number.

They lie in a temporary file of SQLite that has no name: nobody else can open it, and it is gone when it is closed or
the program ends, in whatever way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from fakeprofile.accounts.packing import opened, packed
from fakeprofile.errors import SourceError
from fakeprofile.records import Account

Key = tuple[str, str | None, str]
"""What an account is found by: a kind of key, the platform, and its name or number there."""

_TABLES = (
    # Nothing of it outlives a crash, so nothing is written twice for one.
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "CREATE TABLE account (place INTEGER PRIMARY KEY, line BLOB NOT NULL)",
    "CREATE TABLE known (key BLOB PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID",
)


class Shelf:
    """Accounts by their place, and the places by the keys that lead there; close it.

    Raises:
        SourceError: from every method: the folder for temporary files has no room.
    """

    def __init__(self) -> None:
        # Whoever drops a source that is half read may do so in another thread, which then closes this.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        with _TOLD:
            for statement in _TABLES:
                self._database.execute(statement)

    def close(self) -> None:
        """Removes all of it."""
        self._database.close()

    def put(self, accounts: Iterable[tuple[int, Account]], places: Iterable[tuple[Key, int]]) -> None:
        """Puts accounts at their places, instead of what stands there, and says which keys lead where."""
        with _TOLD:
            self._database.execute("BEGIN")
            self._database.executemany(
                "INSERT OR REPLACE INTO account VALUES (?, ?)",
                ((place, packed(account)) for place, account in accounts),
            )
            self._database.executemany(
                "INSERT INTO known VALUES (?, ?)", ((_bytes(key), place) for key, place in places)
            )
            self._database.execute("COMMIT")

    def place_of(self, key: Key) -> int | None:
        """Where the key leads; None if it is not known here."""
        place: int | None = self._value("SELECT place FROM known WHERE key = ?", _bytes(key))
        return place

    def account(self, place: int) -> Account:
        """The account at a place.

        Raises:
            KeyError: there is none.
        """
        line = self._value("SELECT line FROM account WHERE place = ?", place)
        if line is None:
            raise KeyError(place)
        return opened(line)

    def __iter__(self) -> Iterator[Account]:
        """All accounts by their places."""
        with _TOLD:
            rows = self._database.execute("SELECT line FROM account ORDER BY place")
        while True:
            with _TOLD:
                row = rows.fetchone()
            if row is None:
                return
            yield opened(row[0])

    def _value(self, question: str, about: bytes | int) -> Any:
        with _TOLD:
            row = self._database.execute(question, (about,)).fetchone()
        return None if row is None else row[0]


def _bytes(key: Key) -> bytes:
    """The key as SQLite can keep it: text there cannot have every character that a name from outside may have."""
    return ascii(key).encode("ascii")


class _Told:
    """Says what SQLite says in the user's words. A class, as it is entered once for each account."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            raise SourceError(
                f"its accounts cannot be put aside on the disk ({error}): make room in the folder for temporary "
                "files, or name another one in TMPDIR"
            ) from error


_TOLD = _Told()
