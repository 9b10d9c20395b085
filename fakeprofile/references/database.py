"""The SQLite file of a library: opened, created, brought up to date; its errors in the user's words."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
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
SCRIPTS = ("schema.sql", "schema-2.sql", "schema-3.sql", "schema-4.sql")
"""What makes version 1 of the tables out of nothing, version 2 out of version 1, and so on."""
VERSION = len(SCRIPTS)
"""Of the tables; ``user_version`` in the file."""
_MAGIC = b"SQLite format 3\0"
PATIENCE = 5.0
"""Seconds to wait for another program that writes."""


def connected(path: Path, *, create: bool, patience: float = PATIENCE) -> tuple[sqlite3.Connection, bool]:
    """An open library, and whether it can only be read.

    Args:
        path: the file.
        create: make an empty one if there is none.
        patience: seconds to wait for another program that writes.

    Raises:
        LibraryError: one of its kinds, with the path and what to do.
    """
    with told(path):
        # An empty file is a new library, but only looking must not write into it.
        if not path.exists() or (not create and path.is_file() and not path.stat().st_size):
            if not create:
                raise LibraryMissing(
                    f"there is no library at {path} yet: make one with `fakeprofile references import`"
                )
            _made(path)
        connection = _open(path, patience)
        try:
            return connection, _prepared(connection, path, patience)
        except BaseException:
            connection.close()
            raise


def in_memory() -> sqlite3.Connection:
    """An empty library that lives as long as the connection."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside, or nothing of it."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has undone it already if the disk is full; undoing it twice would hide why.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


# --- opening ------------------------------------------------------------------------------


def _made(path: Path) -> None:
    """An empty file that only its owner may read: it will hold what families and schools look into."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _open(path: Path, patience: float) -> sqlite3.Connection:
    if not path.is_file():
        raise LibraryForeign(f"{path} is not a file: choose a file with --library FILE")
    with path.open("rb") as file:
        head = file.read(100)
    # SQLite takes a text of a few letters for an empty database, and would write over it.
    if head and (len(head) < 100 or not head.startswith(_MAGIC)):
        raise damaged(path)
    # Absolute, as SQLite takes the name ":memory:" for no file at all.
    place = path.resolve()
    connection = sqlite3.connect(place, timeout=patience, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        # A folder that cannot be written has no room for the files that WAL wants beside it.
        frozen = _primary(error) in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not frozen or _may_write(place):
            raise
        return _frozen(path, place)
    except BaseException:
        connection.close()
        raise
    return connection


def _frozen(path: Path, place: Path) -> sqlite3.Connection:
    """A library in a folder that cannot be written, as it is.

    Raises:
        LibraryReadOnly: its last changes still stand in the file beside it, and would be passed over.
    """
    beside = place.with_name(f"{place.name}-wal")
    if beside.exists() and beside.stat().st_size:
        raise LibraryReadOnly(
            f"the library {path} was not closed, and its folder cannot be written: copy it together with "
            f"{beside.name} to a folder of yours, and choose the copy with --library FILE"
        )
    return sqlite3.connect(f"{place.as_uri()}?immutable=1", uri=True, isolation_level=None)


def _prepared(connection: sqlite3.Connection, path: Path, patience: float) -> bool:
    """Brings the tables up to date; whether they can only be read."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    stamp = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if stamp != APPLICATION_ID and (tables or stamp or version):
        raise LibraryForeign(
            f"{path} is a database of another program: choose another file with --library FILE"
        )
    if version > VERSION:
        raise LibraryNewer(
            f"{path} was made by a newer fakeprofile (its tables are version {version}, this program knows "
            f"{VERSION}): update fakeprofile"
        )
    writable = _may_write(path.resolve()) and _made_writable(connection, patience)
    if not writable and version < VERSION:
        what = "was made by an older fakeprofile" if version else "is empty"
        raise LibraryReadOnly(f"the library {path} {what}, and {_NOT_WRITABLE}")
    if version < VERSION:
        migrate(connection)
    # The thumbnails of a forgotten case must not linger in the free pages of the file, or in a temporary one.
    for setting in ("foreign_keys = ON", "secure_delete = ON", "temp_store = MEMORY", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {setting}")
    return not writable


def _may_write(place: Path) -> bool:
    """Whether the file and the files that SQLite wants beside it can be written."""
    return os.access(place, os.W_OK) and os.access(place.parent, os.W_OK)


def _made_writable(connection: sqlite3.Connection, patience: float) -> bool:
    """Lets others read while this program writes; whether anything can be written at all."""
    waited = 0.0
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
                break  # some network drives cannot; the library works there, one at a time
        except sqlite3.OperationalError as error:
            if _primary(error) == sqlite3.SQLITE_READONLY:
                return False
            # SQLite does not wait by itself here, when several programs make the file at once.
            if _primary(error) != sqlite3.SQLITE_BUSY or waited >= patience:
                raise
            time.sleep(0.05)
            waited += 0.05
    connection.execute("PRAGMA synchronous = NORMAL")
    return True


def migrate(connection: sqlite3.Connection, scripts: Sequence[str] | None = None) -> None:
    """Brings the tables to the newest version, in one transaction.

    Args:
        connection: with tables of any version up to that.
        scripts: the SQL that leads from each version to the next; without it the files of ``SCRIPTS``.
    """
    if scripts is None:
        folder = files("fakeprofile.references")
        scripts = [folder.joinpath(name).read_text("utf-8") for name in SCRIPTS]
    with transaction(connection):
        # Another process may have been first.
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for script in scripts[version:]:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {max(version, len(scripts))}")


def _statements(script: str) -> Iterator[str]:
    """The statements one by one: ``executescript`` would end the transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


# --- errors -------------------------------------------------------------------------------

_NOT_WRITABLE = "cannot be written: change its permissions, or choose another with --library FILE"


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns SQLite's errors, and the file system's, into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(error, path) from error
    except UnicodeDecodeError as error:  # in a message of SQLite, about a name that is none
        raise damaged(path) from error
    except OSError as error:
        raise LibraryError(
            f"the library {path} cannot be opened ({error.strerror or error}): "
            "choose another place with --library FILE"
        ) from error


@contextlib.contextmanager
def sound(path: Path) -> Iterator[None]:
    """Turns values that this program never wrote into an error about the file."""
    try:
        yield
    except (ValueError, TypeError, IndexError) as error:  # IndexError: a column that is not there
        raise damaged(path) from error


def damaged(path: Path) -> LibraryForeign:
    """What is said of a file whose contents make no sense."""
    return LibraryForeign(
        f"{path} is not a fakeprofile library, or it is damaged: "
        "choose another file with --library FILE, or restore a copy of it"
    )


def read_only(path: Path) -> LibraryReadOnly:
    """What is said of a file that was to be written, and cannot be."""
    return LibraryReadOnly(f"the library {path} {_NOT_WRITABLE}")


def _primary(error: sqlite3.Error) -> int:
    """SQLite's code for the kind of error; 0 if it is Python's own."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _translated(error: sqlite3.Error, path: Path) -> LibraryError:
    match _primary(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return LibraryLocked(
                f"another program is writing to the library {path}: wait until it is done and try again"
            )
        case sqlite3.SQLITE_READONLY:
            return read_only(path)
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_MISMATCH:
            return damaged(path)
        case sqlite3.SQLITE_FULL:
            return LibraryError(
                f"there is no room left to write the library {path}: nothing of this step was kept; "
                "make room and run it again"
            )
        case sqlite3.SQLITE_IOERR:
            return LibraryError(
                f"the library {path} cannot be read or written ({error}): nothing of this step was kept; "
                "look after the disk, or choose another place with --library FILE"
            )
        case sqlite3.SQLITE_CANTOPEN:
            return LibraryError(
                f"the library {path} cannot be opened: change its permissions and those of its folder, "
                "or choose another with --library FILE"
            )
    # Text that is no UTF-8; tables or columns that are not there.
    if "decode" in str(error) or "no such" in str(error):
        return damaged(path)
    return LibraryError(f"the library {path} cannot be used ({error})")
