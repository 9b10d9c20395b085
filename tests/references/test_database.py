"""The file of a library: what is taken for one, and what is said of what is not."""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from shelf import AS_ROOT, TODAY, a_print, as_nobody, common_folder, fingerprint, seen, tables

from fakeprofile.errors import (
    LibraryError,
    LibraryForeign,
    LibraryLocked,
    LibraryMissing,
    LibraryNewer,
    LibraryReadOnly,
)
from fakeprofile.fingerprint import KEYPOINTS, WHOLE
from fakeprofile.records import Level
from fakeprofile.references import database
from fakeprofile.references.library import Library

UNIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions of Unix")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A library with three photos, one of them a case's."""
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        for number in range(2):
            library.add_photo(a_print(number), seen(page_url=f"https://example.org/{number}"), TODAY)
        library.remember(None, "Lars", [a_print(2)], level=Level.NOTHING_FOUND, report="{}", today=TODAY)
    return path


@pytest.fixture
def shared() -> Iterator[Path]:
    """A library in a folder that every user may enter; what stands there may be made read-only."""
    with common_folder() as folder:
        path = folder / "library.sqlite"
        with Library.open(path) as library:
            library.add_photo(a_print(1), seen(), TODAY)
        path.chmod(0o644)
        yield path


def refusal(path: Path, kind: type[LibraryError], *, create: bool = True) -> str:
    with pytest.raises(LibraryError) as caught:
        Library.open(path, create=create, patience=0.1)
    assert type(caught.value) is kind
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    return str(caught.value)


def everything(path: Path) -> list[str]:
    """Asks a library for all it has."""
    with Library.open(path, patience=0.1) as library:
        library.near(fingerprint(1), "0" * 64, 5)
        library.sightings()
        list(library.photos())
        library.cases()
        library.counts(KEYPOINTS)
        list(library.outdated(KEYPOINTS, WHOLE))
        return list(library.damage())


# --- made and found -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["a b", "what?", "no#1", "100%", "%20", "žluť 照片", "q&a=b;c'd\"e", ":memory:"]
)
def test_a_library_may_have_any_name(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(name)
    with Library.open(path) as library:
        library.add_photo(a_print(1), seen(), TODAY)
    assert path.is_file()
    with Library.open(path, create=False) as library:
        assert len(library.sightings()) == 1


@UNIX
def test_a_name_that_is_no_text_is_a_name_too(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.sqlite")
    with Library.open(path) as library:
        library.add_photo(a_print(1), seen(), TODAY)
    with Library.open(path, create=False) as library:
        assert len(library.sightings()) == 1


def test_missing_folders_are_made_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "fakeprofile" / "library.sqlite"
    Library.open(path).close()
    if sys.platform != "win32":
        assert path.parent.stat().st_mode & 0o077 == 0
        assert path.stat().st_mode & 0o077 == 0


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.touch()
    with Library.open(path) as library:
        library.add_photo(a_print(1), seen(), TODAY)
        assert not list(library.damage())


def test_only_looking_writes_nothing_into_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.touch()
    assert "references import" in refusal(path, LibraryMissing, create=False)
    assert not path.stat().st_size


def test_a_missing_library_is_not_made_where_it_is_only_read(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    assert "references import" in refusal(path, LibraryMissing, create=False)
    assert not path.exists()


def test_what_a_deleted_library_left_behind_does_not_haunt_a_new_one(file: Path) -> None:
    with closing(sqlite3.connect(file)) as keeper, Library.open(file) as library:
        keeper.execute("SELECT count(*) FROM photos")
        library.add_photo(a_print(9), seen(), TODAY)
        left = file.with_name(f"{file.name}-wal").read_bytes()
    assert left
    file.unlink()
    file.with_name(f"{file.name}-wal").write_bytes(left)
    with Library.open(file) as library:
        assert library.counts(KEYPOINTS) == (0, 0, 0)
        assert not list(library.damage())


def test_several_programs_may_make_the_same_library_at_once(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    code = (
        "import sys; from pathlib import Path; from fakeprofile.references.library import Library\n"
        "sys.stdin.readline(); library = Library.open(Path(sys.argv[1])); print(library.counts('x'))"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for process in started:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[0] for process in started] == ["(0, 0, 0)\n"] * 4


def test_an_older_library_is_brought_up_to_date_in_one_step(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        before = tables(connection)
        version = database.VERSION
        schema = [
            *[""] * version,
            "ALTER TABLE photos ADD COLUMN colour TEXT;\nCREATE TABLE extra (id INTEGER);",
            "nonsense;",
        ]
        with pytest.raises(sqlite3.OperationalError):
            database.migrate(connection, schema)
        assert tables(connection) == before
        assert connection.execute("PRAGMA user_version").fetchone()[0] == version
        database.migrate(connection, schema[:-1])
        assert connection.execute("PRAGMA user_version").fetchone()[0] == version + 1
        assert connection.execute("SELECT count(colour) FROM photos").fetchone()[0] == 0
        assert tables(connection)["sightings"] == before["sightings"]


# --- what is no library -------------------------------------------------------------------


def test_a_newer_library_is_refused_and_left_as_it_is(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version = {database.VERSION + 1}")
        connection.commit()
    before = file.read_bytes()
    assert "update fakeprofile" in refusal(file, LibraryNewer)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "made", ["CREATE TABLE notes (text)", "PRAGMA user_version = 7", "PRAGMA application_id = 9"]
)
def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path, made: str) -> None:
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(made)
        connection.commit()
    before = path.read_bytes()
    assert "another program" in refusal(path, LibraryForeign)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"just a text\n" * 200, b"x", bytes(5000), b"SQLite format 3\0", b"\x89PNG\r\n" * 50]
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert "--library FILE" in refusal(path, LibraryForeign)
    assert path.read_bytes() == content
    assert not list(tmp_path.glob("notes.txt?*"))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "not a file" in refusal(tmp_path, LibraryForeign)


@UNIX
def test_a_device_is_refused() -> None:
    assert "not a file" in refusal(Path("/dev/null"), LibraryForeign)


def test_a_file_is_not_taken_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    assert "cannot be opened" in refusal(tmp_path / "file" / "library.sqlite", LibraryError)


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(tmp_path / ("x" * 300), LibraryError)


# --- damage -------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [0.01, 0.2, 0.5, 0.9, 0.999])
def test_a_truncated_library_is_called_damaged(file: Path, part: float) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: int(len(data) * part)])
    try:
        found = everything(file)
    except LibraryError as error:
        assert str(file) in str(error)
    else:
        assert found


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bits_never_end_in_anything_but_an_error_about_the_library(file: Path, seed: int) -> None:
    random = np.random.default_rng(seed)
    data = bytearray(file.read_bytes())
    for _ in range(10):
        copy = bytearray(data)
        for place in random.integers(0, len(copy), 40):
            copy[place] ^= 1 << int(random.integers(0, 8))
        file.write_bytes(copy)
        try:
            everything(file)
        except LibraryError as error:
            assert str(file) in str(error)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ("UPDATE photos SET codes = x'00'", "keypoints"),
        ("UPDATE photos SET points = NULL", "keypoints"),
        ("UPDATE photos SET pdq = replace(pdq, substr(pdq, 1, 1), 'g')", "hashes"),
        ("UPDATE photos SET thumbnail = x'0011'", "thumbnail"),
        ("UPDATE photos SET width = 0", "size"),
        ("DELETE FROM sightings", "no sighting"),
        ("UPDATE sightings SET identity_id = 77", "refers to"),
    ],
)
def test_damage_within_a_value_is_found_and_named(file: Path, change: str, word: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(change)
        connection.commit()
    with Library.open(file) as library:
        assert any(word in line for line in library.damage())


# --- who may write ------------------------------------------------------------------------


def can_only_be_read(path: Path) -> None:
    with Library.open(path) as library:
        assert library.read_only
        assert len(library.sightings()) == 1
        assert [known.photo_id for known in library.near(fingerprint(1), "0" * 64, 5)] == [1]
        assert not list(library.damage())
        with pytest.raises(LibraryReadOnly, match=re.escape(str(path))):
            library.add_photo(a_print(5), seen(), TODAY)
        with pytest.raises(LibraryReadOnly):
            library.remove([1])


@UNIX
def test_a_read_only_file_can_be_read_and_says_that_it_cannot_be_written(shared: Path) -> None:
    shared.parent.chmod(0o777)
    shared.chmod(0o444)
    with as_nobody():
        can_only_be_read(shared)


@UNIX
@pytest.mark.parametrize("mode", [0o444, 0o666])
def test_a_library_in_a_read_only_folder_can_be_read(shared: Path, mode: int) -> None:
    shared.chmod(mode)
    shared.parent.chmod(0o555)
    with as_nobody():
        can_only_be_read(shared)


@UNIX
def test_a_library_that_was_not_closed_is_not_read_without_its_last_changes(shared: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from fakeprofile.references.library import Library\n"
        "from shelf import *; library = Library.open(Path(sys.argv[1]))\n"
        "library.add_photo(a_print(2), seen(), TODAY); os._exit(0)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(["tests", "."])}
    subprocess.run([sys.executable, "-c", code, str(shared)], check=True, env=environment)
    wal = shared.with_name(f"{shared.name}-wal")
    assert wal.stat().st_size
    shared.with_name(f"{shared.name}-shm").unlink()
    wal.chmod(0o644)
    shared.parent.chmod(0o555)
    with as_nobody():
        assert wal.name in refusal(shared, LibraryReadOnly)
    shared.parent.chmod(0o755)
    with Library.open(shared) as library:
        assert len(library.sightings()) == 2


@UNIX
def test_an_unreadable_library_is_an_error(shared: Path) -> None:
    shared.chmod(0)
    with as_nobody():
        assert "Permission denied" in refusal(shared, LibraryError)


@UNIX
def test_an_empty_file_that_cannot_be_written_is_an_error(shared: Path) -> None:
    shared.write_bytes(b"")
    shared.chmod(0o444)
    with as_nobody():
        assert "is empty" in refusal(shared, LibraryReadOnly)


@UNIX
def test_a_library_is_not_made_in_a_folder_that_cannot_be_written(shared: Path) -> None:
    with as_nobody():
        assert "cannot be opened" in refusal(shared.parent / "new.sqlite", LibraryError)


@pytest.mark.skipif(not AS_ROOT or not shutil.which("mount"), reason="only root may mount a disk")
def test_a_full_disk_costs_the_step_at_hand_and_nothing_before_it(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(disk)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.strip()}")
    try:
        fills_up(disk / "library.sqlite")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_library_that_may_not_grow_keeps_what_it_has(file: Path) -> None:
    fills_up(file, lambda library: library._rows.all("PRAGMA max_page_count = 60"))


def fills_up(path: Path, limit: Callable[[Library], object] = lambda library: None) -> None:
    whole = 0
    with Library.open(path) as library:
        limit(library)
        before = len(library.sightings())
        with pytest.raises(LibraryError, match="no room left"):
            for number in range(100, 400):
                with library.writing():
                    library.add_photo(a_print(number), seen(), TODAY)
                    library.add_photo(a_print(number + 1000), seen(), TODAY)
                whole += 2
        assert whole
        assert len(library.sightings()) == before + whole
    with Library.open(path) as library:
        assert len(library.sightings()) == before + whole
        assert not list(library.damage())


# --- others at the same time --------------------------------------------------------------


def test_a_library_to_which_another_program_writes_can_be_read_and_says_so_when_written(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM sightings")
        with Library.open(file, patience=0.1) as library:
            assert len(library.sightings()) == 3
            with pytest.raises(LibraryLocked, match="wait until it is done"):
                library.add_photo(a_print(7), seen(), TODAY)
            other.execute("ROLLBACK")
            library.add_photo(a_print(7), seen(), TODAY)
            assert len(library.sightings()) == 4


def test_a_transaction_ends_with_the_error_that_ended_it(file: Path) -> None:
    with Library.open(file) as library:
        before = tables(library._rows._connection)
        with pytest.raises(KeyboardInterrupt), library.writing():
            library.add_photo(a_print(7), seen(), TODAY)
            raise KeyboardInterrupt
        # A full disk makes SQLite undo everything by itself.
        with pytest.raises(ZeroDivisionError), library.writing():
            library._rows.run("ROLLBACK")
            raise ZeroDivisionError
        assert tables(library._rows._connection) == before
        library.add_photo(a_print(7), seen(), TODAY)


def _imports(path: Path, count: int) -> None:
    with Library.open(path) as library:
        for first in range(0, count, 10):
            with library.writing():
                for number in range(first, first + 10):
                    library.add_photo(a_print(1000 + number), seen(f"Person {number}"), TODAY)


def test_one_program_reads_whole_batches_while_another_imports(file: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_imports, args=(file, 300))
    process.start()
    counts = []
    with Library.open(file, patience=1.0) as library:
        while process.is_alive() or len(counts) < 3:
            counts.append(len(library.sightings()))
            library.near(fingerprint(1100), "0" * 64, 5)
            photos = list(library.photos())
            assert len(photos) % 10 == 3
        process.join()
        assert process.exitcode == 0
        assert len(library.near(fingerprint(1100), "0" * 64, 5)) == 1
        assert len(library.sightings()) == 303
    assert all(count % 10 == 3 for count in counts)
    assert counts == sorted(counts)
