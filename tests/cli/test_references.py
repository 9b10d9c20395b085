"""``fakeprofile references``: data on standard output, talk on standard error, and nothing lost."""

from __future__ import annotations

import json
import os
import pty
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from shelf import (
    ROOT,
    TODAY,
    a_print,
    as_nobody,
    common_folder,
    picture,
    ran,
    seen,
    tables,
)
from shelf import (
    command as line_of,
)

from fakeprofile import api
from fakeprofile.cli.progress import stoppable
from fakeprofile.enroll import BATCH
from fakeprofile.records import Added, Handle, Level, NewHash
from fakeprofile.references.library import Library

Call = Callable[..., Any]
COUNT = 14


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photos of four people, some files that are none, and a date that cannot be."""
    folder = tmp_path_factory.mktemp("source")
    for number in range(COUNT):
        picture(folder / f"Person {number % 4}" / f"{number}.jpg", number, side=300)
    (folder / "Person 1" / "broken.jpg").write_bytes(b"\xff\xd8\xff no picture")
    (folder / "Person 2" / "identity.toml").write_text('name = "Imke"\nhandles = ["instagram:imke"]\n')
    shutil.copy(folder / "Person 0" / "0.jpg", folder / "Person 1" / "same as 0.jpg")
    return folder


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library into which all of it was imported, by a program that nobody stopped."""
    path = tmp_path_factory.mktemp("whole") / "library.sqlite"
    outcome = ran("references", "import", source, library=path)
    assert outcome.returncode == 4
    assert f"{COUNT + 1} added, 1 not looked at" in outcome.stderr
    return path


def contents(path: Path) -> list[dict[str, Any]]:
    """The export of a library, without the days on which it was made."""
    with Library.open(path) as library:
        assert not list(library.damage())
        return [
            {
                **photo,
                "added_on": "",
                "sightings": [(s.id, s.identity, s.photo_sha256, s.seen_on) for s in sightings],
            }
            for photo, sightings in library.photos()
        ]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A library with two sightings, a hash and a case."""
    path = tmp_path / "small.sqlite"
    with Library.open(path) as library:
        library.add_photo(
            a_print(1), seen("Imke", "imke", page_url="https://example.org/1", seen_on="2016"), TODAY
        )
        library.add_photo(a_print(2), seen("Lars"), TODAY)
        library.add_hash(NewHash(pdq="d8f8" * 16), seen(None, note="=1+1"), TODAY)
        handle = Handle(name="secret", platform="x")
        library.remember(handle, "Secret", [a_print(1)], level=Level.SIMILAR, report="{}", today=TODAY)
    return path


# --- import and add -----------------------------------------------------------------------


def test_a_second_import_knows_everything_already_and_lists_again_what_it_cannot_read(
    source: Path, whole: Path, tmp_path: Path, command: Call
) -> None:
    path = Path(shutil.copy(whole, tmp_path))
    before = tables(path)
    outcome = command("references", "import", source, library=path)
    assert outcome.code == 4
    assert outcome.out == ""
    assert f"0 added, {COUNT + 1} known already, 1 not looked at (listed above)" in outcome.err
    assert "broken.jpg" in outcome.err
    assert tables(path) == before


def test_an_import_of_what_is_nothing_makes_no_library(tmp_path: Path, command: Call) -> None:
    path = tmp_path / "new.sqlite"
    outcome = command("references", "import", tmp_path / "missing", library=path)
    assert outcome.code == 2
    assert "is not there" in outcome.err
    assert not path.exists()


def test_photos_are_added_under_one_identity(source: Path, command: Call) -> None:
    photo = source / "Person 0" / "0.jpg"
    words = (
        "--identity",
        "Imke",
        "--handle",
        "ig:imke",
        "--page",
        "https://example.org",
        "--seen",
        "2016-05",
    )
    assert command("references", "add", photo, *words).err == "1 added\n"
    assert command("references", "add", photo, *words).err == "1 known already\n".join(["0 added, ", ""])
    assert command("references", "add", photo, *words, "--note", "early").err == "0 added, 1 completed\n"
    (line,) = command("references", "list").out.splitlines()
    assert line.split() == ["1", "Imke", "instagram:imke", "2016-05", "https://example.org"]


def test_a_date_in_the_future_is_refused_before_anything_is_added(
    source: Path, tmp_path: Path, command: Call
) -> None:
    path = tmp_path / "new.sqlite"
    photo = source / "Person 0" / "0.jpg"
    outcome = command("references", "add", photo, "--identity", "Imke", "--seen", "2027", library=path)
    assert outcome.code == 2
    assert "2027 lies in the future" in outcome.err
    assert not path.exists()


def test_a_date_in_the_future_in_a_list_is_left_out_and_told(tmp_path: Path, command: Call) -> None:
    table = tmp_path / "list.csv"
    table.write_text(f"pdq,identity,seen_on\n{'d8f8' * 16},Imke,2027-01-01\n")
    outcome = command("references", "import", table)
    assert outcome.code == 4
    assert "list.csv line 2: the date 2027-01-01 lies in the future" in outcome.err
    assert "1 added" in outcome.err
    assert json.loads(command("references", "list", "--json").out)["seen_on"] is None


def test_names_that_are_no_text_are_kept_as_they_can_be_written(
    source: Path, tmp_path: Path, command: Call
) -> None:
    folder = os.fsencode(tmp_path) + b"/set/caf\xe9"
    Path(os.fsdecode(folder)).mkdir(parents=True)
    shutil.copy(source / "Person 0" / "0.jpg", folder + b"/\xff.jpg")
    Path(os.fsdecode(folder + b"/\xfe.jpg")).write_bytes(b"no picture")
    outcome = command("references", "import", tmp_path / "set")
    assert "1 added, 1 not looked at" in outcome.err
    one = Path(os.fsdecode(folder + b"/\xff.jpg"))
    assert command("references", "add", one, "--identity", os.fsdecode(b"\xe9"), "--note", "\udcff").code == 0
    names = [
        json.loads(line)["identity"] for line in command("references", "list", "--json").out.splitlines()
    ]
    assert names == [r"caf\xe9", r"\xe9"]


def test_a_library_that_cannot_be_used_is_one_line_and_no_traceback(
    source: Path, tmp_path: Path, command: Call
) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("not a library\n" * 100)
    for path in (text, tmp_path, text / "library.sqlite"):
        for words in (
            ("import", source),
            ("list",),
            ("check",),
            ("rehash",),
            ("remove", "1"),
            ("export", "a.csv"),
        ):
            outcome = command("references", *words, library=path)
            assert outcome.code == 2
            assert outcome.out == ""
            assert str(path) in outcome.err
            assert len(outcome.err.splitlines()) == 1, outcome.err
    assert not (ROOT / "a.csv").exists()


# --- stopped ------------------------------------------------------------------------------


def started(source: Path, path: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        line_of("references", "import", source, *words, library=path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def wait_for_library(process: subprocess.Popen[str], path: Path) -> None:
    """Until the import has begun its library: an empty file is none yet, and `check` says so."""
    while process.poll() is None and not (path.exists() and path.stat().st_size):
        time.sleep(0.01)


@pytest.mark.parametrize("later", [0.0, 0.3])
def test_ctrl_c_keeps_what_was_read_says_how_much_and_the_next_run_completes_it(
    source: Path, whole: Path, tmp_path: Path, later: float
) -> None:
    path = tmp_path / "library.sqlite"
    process = started(source, path)
    wait_for_library(process, path)
    time.sleep(later)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert out == ""
    assert err.splitlines()[-1] == "interrupted"
    assert "Traceback" not in err
    with Library.open(path) as library:
        assert not list(library.damage())
        there = len(library.sightings())
    assert later or there <= 1
    assert f"{there} added" in err
    again = ran("references", "import", source, library=path)
    assert f"{COUNT + 1 - there} added" in again.stderr
    assert contents(path) == contents(whole)


@pytest.mark.parametrize("later", [0.0, 0.3, 0.6])
def test_a_killed_import_leaves_a_sound_library_and_the_next_run_completes_it(
    source: Path, whole: Path, tmp_path: Path, later: float
) -> None:
    path = tmp_path / "library.sqlite"
    process = started(source, path)
    wait_for_library(process, path)
    time.sleep(later)
    process.kill()
    process.communicate(timeout=60)
    sound = ran("references", "check", library=path)
    assert sound.returncode == 0, sound.stderr
    assert "is sound" in sound.stdout
    ran("references", "import", source, library=path)
    assert contents(path) == contents(whole)


def test_an_import_killed_while_it_writes_leaves_whole_batches(tmp_path: Path) -> None:
    table, path = tmp_path / "hashes.txt", tmp_path / "library.sqlite"
    table.write_text("".join(f"pdq {number + 1:064x}\n" for number in range(40_000)))
    for _ in range(3):
        process = started(table, path)
        before = 0
        wait_for_library(process, path)
        while process.poll() is None:
            with closing(sqlite3.connect(path, timeout=5)) as reader:
                made = reader.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
                rows = reader.execute("SELECT count(*) FROM sightings").fetchone()[0] if made else 0
            before = before or rows
            if rows > before:
                process.kill()
        process.communicate(timeout=60)
        with Library.open(path) as library:
            assert len(library.sightings()) % BATCH == 0
            assert not list(library.damage())
    assert "added" in ran("references", "import", table, library=path).stderr
    with Library.open(path) as library:
        assert len(library.sightings()) == 40_000


def test_two_imports_at_once_double_nothing(source: Path, whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    both = [started(source, path) for _ in range(2)]
    for process in both:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 4, err
    assert len(contents(path)) == len(contents(whole))
    with Library.open(path) as library:
        assert len(library.sightings()) == COUNT + 1


def test_a_second_ctrl_c_stops_at_once() -> None:
    with pytest.raises(KeyboardInterrupt), stoppable() as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop.asked
        assert list(stop.before_next([1, 2])) == []
        signal.raise_signal(signal.SIGINT)
        pytest.fail("it went on")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with stoppable() as stop:
            signal.raise_signal(signal.SIGINT)
            assert list(stop.before_next([1, 2])) == [1, 2]
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_terminal_sees_a_progress_bar_and_a_pipe_does_not(source: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    words = line_of("references", "import", source / "Person 0" / "..", library=tmp_path / "library.sqlite")
    with subprocess.Popen(words, stderr=theirs, stdout=subprocess.PIPE, cwd=ROOT) as process:
        os.close(theirs)
        seen_there = b"".join(pieces(ours))
        assert process.stdout
        assert process.stdout.read() == b""
    os.close(ours)
    assert b"read" in seen_there
    assert f"/{COUNT + 2}".encode() in seen_there
    assert f"{COUNT + 1} added".encode() in seen_there


def pieces(terminal: int) -> Iterator[bytes]:
    try:
        while piece := os.read(terminal, 4096):
            yield piece
    except OSError:  # Linux's way of saying that nobody is at the other end
        return


# --- list, show, remove -------------------------------------------------------------------


def test_list_shows_references_and_no_checked_account(small: Path, command: Call) -> None:
    outcome = command("references", "list", library=small)
    assert outcome.code == 0
    assert outcome.err == ""
    assert [line.split()[:2] for line in outcome.out.splitlines()] == [
        ["1", "Imke"],
        ["2", "Lars"],
        ["3", "(owner"],
    ]
    lines = command("references", "list", "--json", "--identity", "Imke", library=small).out.splitlines()
    assert [json.loads(line)["handles"] for line in lines] == [["instagram:imke"]]


def test_list_of_somebody_unknown_says_so_and_prints_nothing(small: Path, command: Call) -> None:
    outcome = command("references", "list", "--identity", "Nobody", library=small)
    assert (outcome.code, outcome.out) == (0, "")
    assert "nobody called Nobody is known" in outcome.err


@pytest.mark.parametrize(
    "words", [("list",), ("show", "1"), ("remove", "1"), ("check",), ("rehash",), ("export", "a.csv")]
)
def test_a_missing_library_is_told_and_not_made(
    tmp_path: Path, command: Call, words: tuple[str, ...]
) -> None:
    path = tmp_path / "none.sqlite"
    outcome = command("references", *words, library=path)
    assert outcome.code == 2
    assert "references import" in outcome.err
    assert not path.exists()


def test_show_tells_all_of_one_sighting(small: Path, command: Call) -> None:
    values = json.loads(command("references", "show", 1, library=small).out)
    assert values["identity"] == "Imke"
    assert (values["keypoints"], values["thumbnail"], values["width"]) == (40, True, 400)
    for number in (99, 2**70):
        outcome = command("references", "show", number, library=small)
        assert outcome.code == 2
        assert f"there is no sighting {number}" in outcome.err


def test_remove_takes_numbers_or_a_name_and_never_half_of_them(small: Path, command: Call) -> None:
    before = tables(small)
    for words in ((), ("1", "--identity", "Imke"), ("1", "99"), ("1", "4"), ("--identity", "Nobody")):
        outcome = command("references", "remove", *words, library=small)
        assert outcome.code == 2
        assert outcome.err.count("\n") == 1
        assert tables(small) == before
    assert command("references", "remove", "2", "3", library=small).err == "2 sightings removed\n"
    assert command("references", "remove", "--identity", "Imke", library=small).err == "1 sighting removed\n"
    assert command("references", "list", library=small).err == "the reference set is empty\n"
    assert len(tables(small)["cases"]) == 1
    assert len(tables(small)["photos"]) == 1


# --- export -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["all.jsonl", "all.csv"])
def test_an_export_is_read_by_an_empty_library_and_written_the_same(
    small: Path, tmp_path: Path, command: Call, name: str
) -> None:
    assert "lines written" in command("references", "export", tmp_path / name, library=small).err
    new = tmp_path / "new.sqlite"
    assert command("references", "import", tmp_path / name, library=new).err == "3 added\n"
    (tmp_path / "second").mkdir()
    command("references", "export", tmp_path / "second" / name, library=new)
    third = tmp_path / "third.sqlite"
    command("references", "import", tmp_path / "second" / name, library=third)
    (tmp_path / "third").mkdir()
    command("references", "export", tmp_path / "third" / name, library=third)
    assert (tmp_path / "second" / name).read_text() == (tmp_path / "third" / name).read_text()


def test_an_export_is_never_written_over_a_file_that_is_there(
    small: Path, tmp_path: Path, command: Call
) -> None:
    file = tmp_path / "all.csv"
    file.write_text("mine")
    outcome = command("references", "export", file, library=small)
    assert outcome.code == 2
    assert "not overwritten" in outcome.err
    assert file.read_text() == "mine"


def test_an_export_without_a_file_is_the_hash_list_on_standard_output(small: Path, command: Call) -> None:
    outcome = command("references", "export", "--threatexchange", library=small)
    assert outcome.out.splitlines()[-1] == f"pdq {'d8f8' * 16}"
    assert all(line.startswith("pdq ") and len(line) == 68 for line in outcome.out.splitlines())
    assert command("references", "export", library=small).code == 2


def test_an_export_that_fails_leaves_no_half_of_it_behind(small: Path, tmp_path: Path, command: Call) -> None:
    with Library.open(small) as library:
        for number in range(200):
            library.add_hash(NewHash(pdq=f"{number + 1:064x}"), seen(note="x" * 500), TODAY)
    folder = tmp_path / "out"
    folder.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    try:
        outcome = command("references", "export", folder / "all.jsonl", library=small)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert outcome.code == 2
    assert "all.jsonl cannot be written (File too large)" in outcome.err
    assert not list(folder.iterdir())
    # Nor if it is the library that fails.
    with closing(sqlite3.connect(small)) as connection:
        connection.execute("UPDATE sightings SET date_kind = 'nonsense' WHERE id = 150")
        connection.commit()
    outcome = command("references", "export", folder / "all.jsonl", library=small)
    assert outcome.code == 2
    assert "damaged" in outcome.err
    assert not list(folder.iterdir())


def test_an_export_to_where_nothing_can_be_written_is_told(
    small: Path, tmp_path: Path, command: Call
) -> None:
    for file in (tmp_path / "no folder" / "all.csv", tmp_path / f"{'x' * 300}.csv", small / "all.csv"):
        outcome = command("references", "export", file, library=small)
        assert outcome.code == 2
        assert "cannot be written" in outcome.err


# --- upkeep -------------------------------------------------------------------------------


def test_check_says_that_a_library_is_sound_and_how_much_is_in_it(small: Path, command: Call) -> None:
    outcome = command("references", "check", library=small)
    assert outcome.code == 0
    assert outcome.out == f"{small} is sound: 2 photos, 1 hashes without a picture\n"


def test_check_names_what_is_damaged(small: Path, command: Call) -> None:
    with closing(sqlite3.connect(small)) as connection:
        connection.execute("UPDATE photos SET codes = x'00' WHERE id = 1")
        connection.commit()
    outcome = command("references", "check", library=small)
    assert outcome.code == 2
    assert outcome.out.startswith("photo 1: its keypoints are damaged")
    assert "is damaged: restore a copy" in outcome.err


def test_a_library_of_another_version_says_so_and_is_hashed_again(
    source: Path, whole: Path, tmp_path: Path, command: Call
) -> None:
    path = Path(shutil.copy(whole, tmp_path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE photos SET whole_algorithm = 'old/1', phash = NULL, pdq = NULL")
        connection.execute("UPDATE photos SET keypoint_algorithm = 'old/1' WHERE id < 4")
        connection.execute("UPDATE photos SET thumbnail = NULL WHERE id = 2")
        connection.commit()
    assert (
        f"{COUNT} photos were hashed by another version" in command("references", "check", library=path).out
    )
    outcome = command("references", "rehash", library=path)
    assert outcome.code == 4
    assert "has no stored thumbnail: import the photo again" in outcome.err
    assert f"{COUNT - 1} photos rehashed" in outcome.err
    assert command("references", "import", source, library=path).err.startswith("not looked at")
    assert "another version" not in command("references", "check", library=path).out
    with api.open_library(path) as library:
        (looked,) = api.match([source / "Person 0" / "4.jpg"], library=library)
        assert [match.sighting.identity.name for match in looked.matches if match.sighting.identity] == [
            "Person 0"
        ]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of Unix")
def test_a_read_only_library_can_be_listed_exported_and_checked_and_refuses_the_rest(command: Call) -> None:
    with common_folder() as folder:
        path = folder / "library.sqlite"
        with Library.open(path) as library:
            assert library.add_photo(a_print(1), seen(), TODAY) is Added.NEW
        path.chmod(0o444)
        folder.chmod(0o555)
        with as_nobody():
            for words in (("list",), ("show", "1"), ("check",), ("export", "--threatexchange")):
                outcome = command("references", *words, library=path)
                assert outcome.code == 0, outcome.err
                assert outcome.out
            outcome = command("references", "remove", "1", library=path)
            assert outcome.code == 2
            assert "cannot be written: change its permissions" in outcome.err
        folder.chmod(0o755)
