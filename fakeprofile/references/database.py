"""The SQLite file of a library: opened, created, brought up to date; its errors in the user's words."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from fakeprofile.errors import (
    LibraryError,
    LibraryForeign,
    LibraryLocked,
    LibraryMissing,
    LibraryNewer,
    LibraryReadOnly,
)

APPLICATION_ID = 0x46504C42
"""``FPLB``: what SQLite's header says the file is."""
VERSION = 1
"""Of the tables; ``user_version`` in the file."""
PATIENCE = 5.0
"""Seconds to wait for another program that writes."""


def connected(path: Path, *, create: bool) -> tuple[sqlite3.Connection, bool]:
    """An open library, and whether it can only be read.

    Raises:
        LibraryError: one of its kinds, with the path and what to do.
    """
    with told(path):
        if not path.exists():
            if not create:
                raise LibraryMissing(
                    f"there is no library at {path} yet: make one with `fakeprofile references import`"
                )
            _made(path)
        connection = _open(path)
        try:
            return connection, _prepared(connection, path)
        except BaseException:
            connection.close()
            raise


def in_memory() -> sqlite3.Connection:
    """An empty library that lives as long as the connection."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _migrated(connection)
    return connection


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns SQLite's errors, and the file system's, into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error, path) from error
    except OSError as error:
        raise LibraryError(
            f"the library {path} cannot be opened ({error.strerror or error}): "
            "choose another place with --library FILE"
        ) from error


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _made(path: Path) -> None:
    """An empty file that only its owner may read: it will hold what families and schools look into."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise LibraryForeign(f"{path} is not a file: choose a file with --library FILE")
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        # A folder that cannot be written has no room for the files that WAL wants beside it.
        connection.close()
        if os.access(path.parent, os.W_OK):
            raise
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?immutable=1", uri=True, isolation_level=None
        )
    except BaseException:
        connection.close()
        raise
    return connection


def _prepared(connection: sqlite3.Connection, path: Path) -> bool:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    stamp = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and stamp != APPLICATION_ID:
        raise LibraryForeign(
            f"{path} is a database of another program: choose another file with --library FILE"
        )
    if version > VERSION:
        raise LibraryNewer(
            f"{path} was made by a newer fakeprofile (its tables are version {version}, this program knows "
            f"{VERSION}): update fakeprofile"
        )
    read_only = not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK)
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if version < VERSION:
            _migrated(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    return read_only


def _migrated(connection: sqlite3.Connection) -> None:
    """The tables at ``VERSION``, in one transaction."""
    with transaction(connection):
        # Another process may have been first.
        if connection.execute("PRAGMA user_version").fetchone()[0] < VERSION:
            for statement in _statements(
                files("fakeprofile.references").joinpath("schema.sql").read_text("utf-8")
            ):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("PRAGMA foreign_keys = ON")


def _statements(script: str) -> Iterator[str]:
    """The statements one by one: ``executescript`` would end the transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _translated(error: sqlite3.Error, path: Path) -> LibraryError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return LibraryLocked(
            f"another program is writing to the library {path}: wait until it is done and try again"
        )
    if "readonly" in text:
        return LibraryReadOnly(
            f"the library {path} cannot be written: change its permissions, or choose another with --library FILE"
        )
    if "not a database" in text or "malformed" in text:
        return LibraryForeign(
            f"{path} is not a fakeprofile library, or it is damaged: "
            "choose another file with --library FILE, or restore a copy of it"
        )
    if "full" in text:
        return LibraryError(
            f"there is no room left to write the library {path}: nothing of this step was kept"
        )
    return LibraryError(f"the library {path} cannot be used ({text})")
