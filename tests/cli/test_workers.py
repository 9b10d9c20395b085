"""What the commands say and write is the same for any number of workers, also when one is killed or stopped."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import jobs
import pytest
from shelf import ROOT, picture, tables
from shelf import command as line_of

from fakeprofile import enroll, looks
from fakeprofile.references.library import Library

FIXTURES = ROOT / "fixtures"
Call = Callable[..., Any]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fixtures with broken and plain photos, doubles and dates in the future in between."""
    folder = tmp_path_factory.mktemp("mixed")
    shutil.copytree(FIXTURES / "references", folder, dirs_exist_ok=True)
    person = folder / "imke-dorsman"
    first = next(path for path in sorted(person.iterdir()) if path.suffix in (".jpg", ".png"))
    (person / "0.jpg").write_bytes(b"no picture at all")
    (person / "zz.jpg").write_bytes(first.read_bytes()[:400])
    shutil.copy(first, person / "copy.jpg")
    shutil.copytree(FIXTURES / "cases" / "no-photo", folder / "Nobody")
    return folder


def dump_of(path: Path) -> list[str]:
    """All that stands in a library, to the last bit, as SQL; but for the name that each library draws by lot,
    and the names and checksums of the files of its index, which carry that name."""
    own = ('INSERT INTO "library"', 'INSERT INTO "segments"')
    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if not line.startswith(own)]


def test_an_import_writes_and_says_the_same_for_any_number_of_workers(
    mixed: Path, tmp_path: Path, command: Call
) -> None:
    done = {}
    for workers in (1, 2, 3):
        path = tmp_path / f"{workers}.sqlite"
        outcome = command("references", "import", mixed, "--workers", workers, library=path)
        again = command("references", "import", mixed, "--workers", workers, library=path)
        done[workers] = (outcome.code, outcome.out, outcome.err, again.err, dump_of(path))
    assert done[1][0] == 4
    assert "3 not looked at" in done[1][2]
    assert "0 added" in done[1][3]
    assert done[2] == done[1]
    assert done[3] == done[1]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten photos of one person."""
    folder = tmp_path_factory.mktemp("pictures")
    for seed in range(10):
        picture(folder / "Imke" / f"{seed}.jpg", seed)
    return folder


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few photos of the story, and more files that are quickly looked at, in between."""
    folder = tmp_path_factory.mktemp("asked")
    shutil.copy(FIXTURES / "cases" / "lars" / "1-stage.jpg", folder / "1.jpg")
    shutil.copy(FIXTURES / "cases" / "third-name" / "1-stage.webp", folder / "5.webp")
    shutil.copy(FIXTURES / "cases" / "no-photo" / "avatar.png", folder / "8.png")
    shutil.copy(FIXTURES / "hard" / "burst-a.jpg", folder / "11.jpg")
    for number in (2, 3, 4, 6, 7, 9, 10, 12):
        (folder / f"{number}.jpg").write_bytes(b"no picture" if number % 2 else b"")
    return folder


def test_match_prints_the_same_bytes_for_any_number_of_workers(
    asked: Path, story_library: Path, command: Call
) -> None:
    words = ("match", "--all", asked / "missing.jpg", asked, asked / "missing too.jpg", "--workers")
    said = [command(*words, workers, library=story_library) for workers in (1, 2, 3)]
    assert said[0].code == 3
    lines = [json.loads(line) for line in said[0].out.splitlines()]
    assert [Path(line["photo"]).stem for line in lines] == ["missing", *map(str, range(1, 13)), "missing too"]
    assert [line["photo"] for line in lines if line["matches"]]
    assert said[1] == said[0]
    assert said[2] == said[0]


def test_check_reports_the_same_for_any_number_of_workers(
    asked: Path, story_library: Path, command: Call
) -> None:
    words = ("check", asked, "--json", "--no-remember", "--workers")
    one = command(*words, 1, library=story_library)
    assert one.code == 3
    assert command(*words, 2, library=story_library) == one


def test_a_folder_to_compare_with_is_shared_out_and_the_photos_are_looked_at_here(
    pictures: Path, asked: Path, tmp_path: Path, command: Call
) -> None:
    """Nobody else can open what is only in memory."""
    broken = [asked / f"{number}.jpg" for number in (2, 3, 4, 6, 7, 9, 10, 12)]
    words = ("check", *broken, pictures / "Imke" / "4.jpg", "--json", "--references", pictures, "--workers")
    one, two = (command(*words, workers, library=tmp_path / "none.sqlite") for workers in (1, 2))
    assert one.code == 3
    assert two == one


def test_rehash_makes_the_same_hashes_for_any_number_of_workers(
    imported_story: Path, tmp_path: Path, command: Call
) -> None:
    done = []
    for workers in (1, 2):
        path = Path(shutil.copy(imported_story, tmp_path / f"{workers}.sqlite"))
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("UPDATE photos SET keypoint_algorithm = 'old/1'")
            connection.execute("UPDATE photos SET thumbnail = NULL WHERE id = 4")
            connection.commit()
        outcome = command("references", "rehash", "--workers", workers, library=path)
        done.append((outcome.code, outcome.err, dump_of(path)))
    assert "photos rehashed" in done[0][1]
    assert done[1] == done[0]


def test_the_number_of_workers_stands_in_the_environment_or_beside_the_command(
    tmp_path: Path, command: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture(tmp_path / "a.jpg", 1)
    monkeypatch.setenv("FAKEPROFILE_WORKERS", "none")
    wrong = command("match", tmp_path / "a.jpg")
    assert (wrong.code, wrong.out) == (2, "")
    assert "--workers" in wrong.err
    assert command("match", tmp_path / "a.jpg", "--workers", "2").code == 0
    assert command("match", tmp_path / "a.jpg", "--workers", "0").code == 2


# --- a worker dies --------------------------------------------------------------------------


def test_a_photo_that_kills_its_worker_is_told_and_the_others_are_added_and_matched(
    pictures: Path, tmp_path: Path, command: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enroll, "_prepared", jobs.prepared_but_for_3)
    outcome = command("references", "import", pictures, "--workers", "2")
    assert outcome.code == 4
    (told, summary) = outcome.err.splitlines()
    assert str(pictures / "Imke" / "3.jpg") in told
    assert "SIGSEGV" in told
    assert summary.startswith("9 added, 1 not looked at")
    monkeypatch.setattr(looks, "look", jobs.look_but_at_3)
    matched = command("match", pictures, "--workers", "2")
    lines = matched.out.splitlines()
    assert ["unreadable" in line for line in lines] == [number == 3 for number in range(10)]
    assert matched.err.count("3.jpg") == 1


# --- stopped --------------------------------------------------------------------------------


def group_of(*words: object, library: Path) -> subprocess.Popen[str]:
    """A program with all that it starts, as a terminal would run it."""
    return subprocess.Popen(
        line_of(*words, "--workers", "2", library=library),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )


def all_gone(group: int) -> bool:
    """Whether no process of the group is left, within a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More photos than can be read in the time."""
    folder = tmp_path_factory.mktemp("many")
    for seed in range(5):
        picture(folder / "Imke" / f"{seed}.jpg", seed, side=800)
    for number in range(5, 300):
        data = (folder / "Imke" / f"{number % 5}.jpg").read_bytes()
        # Another file with the same picture: what stands behind the end of a JPEG is passed over.
        (folder / "Imke" / f"{number}.jpg").write_bytes(data + b"%d" % number)
    return folder


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals and groups of Unix")
@pytest.mark.parametrize("later", [0.0, 1.0])
def test_ctrl_c_keeps_what_was_told_and_leaves_no_process(many: Path, tmp_path: Path, later: float) -> None:
    """A terminal sends it to all processes at once."""
    path = tmp_path / "library.sqlite"
    process = group_of("references", "import", many, library=path)
    while process.poll() is None and not (path.exists() and path.stat().st_size):
        time.sleep(0.01)
    time.sleep(later)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, ""), err
    summary, *_, word = err.splitlines()
    assert word == "interrupted"
    assert "Traceback" not in err
    assert all_gone(process.pid)
    with Library.open(path) as library:
        assert not list(library.damage())
        assert summary == f"{len(library.sightings())} added"
        assert len(library.sightings()) < 300


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals and groups of Unix")
def test_a_killed_import_leaves_no_process_and_a_sound_library(many: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    process = group_of("references", "import", many, library=path)
    while process.poll() is None and not (path.exists() and path.stat().st_size):
        time.sleep(0.01)
    time.sleep(1)
    process.kill()
    process.communicate(timeout=60)
    assert all_gone(process.pid)
    with Library.open(path) as library:
        assert not list(library.damage())
    assert set(tables(path))
