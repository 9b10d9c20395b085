"""The index beside a library answers like the library alone, whatever happens to its files."""

from __future__ import annotations

import dataclasses
import logging
import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest
from shelf import TODAY, a_print, as_nobody, common_folder, fingerprint, seen

from fakeprofile.records import Fingerprint
from fakeprofile.references import database
from fakeprofile.references.index.growth import FAN_OUT, LONG_TAIL_PHOTOS
from fakeprofile.references.library import Library

MANY = LONG_TAIL_PHOTOS + 30
"""Photos of which one file and a tail are made."""


def add(library: Library, numbers: range) -> None:
    """Adds photos in one go."""
    with library.writing():
        for number in numbers:
            library.add_photo(a_print(number, pictured=False), seen(f"Person {number}"), TODAY)


def by_codes(number: int) -> Fingerprint:
    """The photo of that number as only its keypoints tell it."""
    return dataclasses.replace(fingerprint(number), whole=fingerprint(-1 - number + 2**40).whole)


def found(library: Library, number: int) -> bool:
    """Whether a photo is found by its keypoints, and by its whole-picture hashes."""
    sha256 = a_print(number).sha256
    ways = [
        [one.sha256 for one in library.near(asked, "0" * 64, 5)]
        for asked in (by_codes(number), fingerprint(number))
    ]
    assert ways[0] == ways[1]
    return ways[0] == [sha256]


def folder_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-index")


def files_of(path: Path) -> list[Path]:
    """The files of the index."""
    return sorted(folder_of(path).glob("*.segment"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a file of the index, two photos removed since then, and a tail."""
    path = tmp_path_factory.mktemp("filled") / "library.sqlite"
    with Library.open(path) as library:
        add(library, range(MANY - 20))
        add(library, range(MANY - 20, MANY))
    return path


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(filled.parent, tmp_path / "copy")
    return tmp_path / "copy" / filled.name


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[str]]]:
    """The lines that were logged."""
    caplog.set_level(logging.WARNING, logger="fakeprofile")
    yield lambda: [record.getMessage() for record in caplog.records if record.name == "fakeprofile"]


# --- as it should be ----------------------------------------------------------------------


def test_photos_in_files_and_in_the_tail_are_found(path: Path) -> None:
    assert len(files_of(path)) == 1
    with Library.open(path) as library:
        assert all(found(library, number) for number in (0, 1, MANY - 21, MANY - 20, MANY - 1))
        assert library.near(by_codes(MANY + 5), "0" * 64, 5) == ()


def test_a_small_library_needs_no_files(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.sqlite") as library:
        add(library, range(20))
        assert found(library, 7)
    assert not folder_of(library.path).exists()


def test_several_pictures_are_looked_for_at_once(path: Path) -> None:
    with Library.open(path) as library:
        numbers = (3, MANY - 2, 3, MANY + 9)
        answers = library.near_any([by_codes(number) for number in numbers], a_print(5).sha256, 5)
        expected = [[a_print(number).sha256] for number in numbers[:3]] + [[]]
        expected[0].append(a_print(5).sha256)
        assert [[one.sha256 for one in answer] for answer in answers] == expected
        assert library.near_any([], "0" * 64, 5) == ()


def test_an_import_leaves_few_files(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.sqlite") as library:
        for first in range(0, (FAN_OUT + 1) * LONG_TAIL_PHOTOS, LONG_TAIL_PHOTOS):
            add(library, range(first, first + LONG_TAIL_PHOTOS))
        assert len(files_of(library.path)) == 2
        assert all(found(library, number) for number in range(0, FAN_OUT * LONG_TAIL_PHOTOS, 97))


def test_what_is_removed_is_gone_at_once_and_what_is_hashed_again_is_found_as_it_is(path: Path) -> None:
    with Library.open(path) as library, Library.open(path) as other:
        assert found(other, 3)
        for number in (3, MANY - 1):
            gone = [one.id for one in library.sightings(identity=f"Person {number}")]
            library.remove(gone)
            assert not found(library, number)
            assert not found(other, number)
        number = library.near(fingerprint(5), "0" * 64, 5)[0].photo_id
        library.rehash(number, fingerprint(9000))
        for one in (library, other):
            assert not one.near(fingerprint(5), "0" * 64, 5)
            assert one.near(by_codes(9000), "0" * 64, 5)[0].photo_id == number
            assert found(one, 4)


def test_removing_undoes_adding(path: Path) -> None:
    questions = [by_codes(number) for number in range(0, MANY + 40, 7)]
    with Library.open(path) as library:
        before = library.near_any(questions, "0" * 64, 5)
        add(library, range(MANY, MANY + 40))
        assert library.near_any(questions, "0" * 64, 5) != before
        library.remove([one.id for one in library.sightings() if one.id > MANY])
        assert library.near_any(questions, "0" * 64, 5) == before


def test_codes_of_removed_photos_leave_the_files(path: Path) -> None:
    secret = fingerprint(3).keypoints.codes[0].tobytes()
    assert any(secret in file.read_bytes() for file in files_of(path))
    with Library.open(path) as library:
        library.remove([one.id for one in library.sightings(identity="Person 3")])
    assert files_of(path)
    assert not any(secret in file.read_bytes() for file in files_of(path))


def test_the_order_of_adding_does_not_matter(tmp_path: Path) -> None:
    answers = []
    for name, numbers in (("up", range(MANY)), ("down", range(MANY - 1, -1, -1))):
        with Library.open(tmp_path / name) as library:
            add(library, numbers[: MANY - 20])
            add(library, numbers[MANY - 20 :])
            assert files_of(library.path)
            questions = [by_codes(number) for number in range(MANY)]
            answers.append(library.near_any(questions, "0" * 64, 5))
    up, down = ([[one.sha256 for one in answer] for answer in one] for one in answers)
    assert up == down
    assert all(up)


def test_what_is_undone_was_never_there(path: Path) -> None:
    with Library.open(path) as library:
        with pytest.raises(ZeroDivisionError), library.writing():
            library.add_photo(a_print(7000), seen(), TODAY)
            assert found(library, 7000)
            raise ZeroDivisionError
        assert not found(library, 7000)
        library.add_photo(a_print(7001), seen(), TODAY)  # it gets the stamp that was taken back
        assert not found(library, 7000)
        assert found(library, 7001)


def test_a_library_in_memory_is_searched_without_files() -> None:
    with Library.in_memory() as library:
        add(library, range(1200))
        assert all(found(library, number) for number in range(0, 1200, 130))
    assert not Path(":memory:-index").exists()


def test_a_library_of_the_first_version_gets_an_index(path: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.sqlite"
    script = files("fakeprofile.references").joinpath("schema.sql").read_text("utf-8")
    with closing(sqlite3.connect(older)) as connection:
        database.migrate(connection, [script])
        connection.execute("ATTACH ? AS newer", (str(path),))
        for table in ("identities", "photos", "sightings"):
            names = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} SELECT {names} FROM newer.{table}")
        connection.commit()
    assert not files_of(older)
    with Library.open(older) as library:
        assert found(library, 0)
        assert found(library, MANY - 1)
    assert files_of(older)


# --- damage -------------------------------------------------------------------------------


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def emptied(file: Path) -> None:
    os.truncate(file, 0)


def scribbled(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(100)
        opened.write(b"scribble")


def lists_scribbled(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(4096 + 1000)
        opened.write(b"\xff" * 64)


def of_a_newer_version(file: Path) -> None:
    head = file.read_bytes()
    file.write_bytes(head.replace(b'"format": 1', b'"format": 9'))


def a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "harm", [Path.unlink, cut, emptied, scribbled, lists_scribbled, of_a_newer_version, a_folder]
)
def test_a_damaged_file_is_made_again_with_one_line_in_the_log(
    path: Path, harm: Callable[[Path], None], said: Callable[[], list[str]]
) -> None:
    (file,) = files_of(path)
    harm(file)
    with Library.open(path) as library:
        assert all(found(library, number) for number in (0, MANY - 1))
        (line,) = said()
        assert str(path) in line
        assert "again" in line
        assert not list(library.damage())
    assert [one for one in files_of(path) if one != file and one.is_file()]
    with Library.open(path) as library:
        assert found(library, 1)
    assert len(said()) == 1


def test_an_index_of_another_library_is_not_taken_for_its_own(
    path: Path, tmp_path: Path, said: Callable[[], list[str]]
) -> None:
    with Library.open(tmp_path / "other.sqlite") as other:
        add(other, range(5000, 5000 + MANY))
    (theirs,), (ours,) = files_of(tmp_path / "other.sqlite"), files_of(path)
    shutil.copy(theirs, ours)
    with Library.open(path) as library:
        assert found(library, 0)
        assert not found(library, 5000)
    assert "another library" in said()[0]


def test_an_older_copy_of_the_library_beside_a_newer_index_is_right(path: Path, tmp_path: Path) -> None:
    copy = shutil.copy(path, tmp_path / "older.sqlite")
    with Library.open(path) as library:
        library.remove([one.id for one in library.sightings(identity="Person 3")])
        add(library, range(MANY, 4 * MANY))
    shutil.copy(copy, path)
    with Library.open(path) as library:
        assert found(library, 3)
        assert not found(library, MANY + 1)
        add(library, range(6000, 6000 + 2 * MANY))
        assert all(found(library, number) for number in (0, 3, 6000, 6000 + 2 * MANY - 1))
        assert not found(library, MANY + 1)


def test_codes_that_changed_on_the_disk_are_found_by_a_check_and_made_again(path: Path) -> None:
    (file,) = files_of(path)
    with file.open("r+b") as opened:
        opened.seek(-5, os.SEEK_END)
        opened.write(b"\xff\xff")
    with Library.open(path) as library:
        (line,) = library.damage()
        assert str(file) in line
        assert not list(library.damage())
        assert found(library, 0)
        assert not list(library.damage())
    assert file not in files_of(path)


def test_files_that_nobody_lists_are_swept_away(path: Path) -> None:
    for name in ("left.segment", "left.partial"):
        (folder_of(path) / name).write_bytes(b"left over from a program that was stopped")
    with Library.open(path) as library:
        add(library, range(MANY, 2 * MANY))
    assert not list(folder_of(path).glob("left.*"))


# --- who may write ------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise there")
def test_where_no_files_can_be_written_lookups_go_on_from_memory_with_one_line(
    said: Callable[[], list[str]],
) -> None:
    with common_folder() as folder:
        path = folder / "library.sqlite"
        folder.chmod(0o777)
        folder_of(path).mkdir(mode=0o555)
        with as_nobody(), Library.open(path) as library:
            add(library, range(MANY))
            assert all(found(library, number) for number in (0, MANY - 1))
            add(library, range(MANY, 2 * MANY))
            assert all(found(library, number) for number in (0, 2 * MANY - 1))
        assert len(said()) == 1
        assert "cannot be written" in said()[0]


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise there")
@pytest.mark.parametrize("damaged", [False, True])
def test_a_library_that_can_only_be_read_is_searched_with_its_index_or_without(
    path: Path, damaged: bool, said: Callable[[], list[str]]
) -> None:
    with common_folder() as folder:
        at = folder / "theirs"
        shutil.copytree(path.parent, at)
        (file,) = files_of(at / path.name)
        if damaged:
            cut(file)
        for one in at.rglob("*"):
            one.chmod(0o555 if one.is_dir() else 0o444)
        at.chmod(0o555)
        with as_nobody(), Library.open(at / path.name) as library:
            assert library.read_only
            assert all(found(library, number) for number in (0, MANY - 1))
            assert all(found(library, number) for number in (1, MANY - 2))
        assert len(said()) == damaged
        assert files_of(at / path.name) == [file]
        at.chmod(0o755)


# --- others at the same time --------------------------------------------------------------


def _adds_for_ever(path: Path, first: int) -> None:
    with Library.open(path, patience=30) as library:
        for start in range(first, sys.maxsize, 40):
            add(library, range(start, start + 40))


@pytest.mark.parametrize("delay", [0.0, 0.3, 0.9])
def test_a_program_killed_at_any_moment_leaves_a_library_that_is_right(path: Path, delay: float) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_adds_for_ever, args=(path, 10_000))
    process.start()
    with Library.open(path) as library:
        while len(library.sightings()) == MANY:
            time.sleep(0.01)
    time.sleep(delay)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    with Library.open(path) as library:
        added = len(library.sightings()) - MANY
        assert added > 0
        assert added % 40 == 0
        assert all(found(library, number) for number in (0, MANY - 1, 10_000, 10_000 + added - 1))
        assert not found(library, 10_000 + added)
        add(library, range(5000, 5000 + LONG_TAIL_PHOTOS))
        assert found(library, 5000)
        assert not list(library.damage())
        listed = {row[0] for row in library._rows.all("SELECT name FROM segments")}
    assert {file.name for file in files_of(path)} == listed


def _adds(path: Path, numbers: range) -> None:
    with Library.open(path, patience=30) as library:
        for start in range(numbers.start, numbers.stop, 50):
            add(library, range(start, min(start + 50, numbers.stop)))


def test_readers_see_whole_batches_while_two_programs_add_and_merge(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    writers = [
        context.Process(target=_adds, args=(path, range(first, first + 1200))) for first in (20_000, 30_000)
    ]
    for writer in writers:
        writer.start()
    asked = [by_codes(number) for start in (20_000, 30_000) for number in range(start, start + 100)]
    with Library.open(path) as library:
        while any(writer.is_alive() for writer in writers):
            answers = library.near_any(asked, "0" * 64, 5)
            there = [len(answer) for answer in answers]
            assert all(len(set(there[start : start + 50])) == 1 for start in range(0, 200, 50))
            assert found(library, 0)
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    with Library.open(path) as library:
        assert all(len(answer) == 1 for answer in library.near_any(asked, "0" * 64, 5))
        assert not list(library.damage())
