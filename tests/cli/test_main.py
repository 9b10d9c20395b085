"""Exit codes, and what is said when something goes wrong inside or outside the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import cv2
import numpy as np
import pytest
import reference
from PIL import Image

from fakeprofile.cli import main
from fakeprofile.references.library import Library

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
PROGRAM = [sys.executable, "-m", "fakeprofile"]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A small picture with something in it."""
    noise = np.random.default_rng(5).integers(0, 256, (20, 20, 3), dtype=np.uint8)
    path = tmp_path / "photo.png"
    Image.fromarray(np.asarray(cv2.resize(noise, (160, 160)), np.uint8)).save(path)
    return path


@pytest.fixture
def _broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A library whose reading fails in a way that nobody foresaw."""

    def near(*_: object) -> None:
        raise RuntimeError("the \x1b[31mscan fell over")

    monkeypatch.setattr(Library, "near_any", near)


@pytest.mark.usefixtures("_broken")
def test_an_internal_error_names_its_log_and_shows_no_traceback(
    command: Callable[..., Any], photo: Path
) -> None:
    done = command("check", photo, "--handle", "x")
    (line,) = done.err.splitlines()
    (log,) = Path.home().rglob("errors.log")
    assert done.code == 1
    assert str(log) in line
    assert "scan fell over" in line
    assert line.isprintable()
    assert "Traceback" in log.read_text()
    assert done.out == ""


@pytest.mark.skipif(os.name == "nt", reason="modes are of other systems")
@pytest.mark.usefixtures("_broken")
def test_only_the_user_may_read_what_the_program_keeps(command: Callable[..., Any], photo: Path) -> None:
    """The library in the data folder, the default avatars beside it, and the details of an error."""
    library = Path.home() / "data" / "fakeprofile" / "library.sqlite"
    command("avatars", "add", photo, library=library)
    command(
        "references", "add", FIXTURES / "cases" / "lars" / "1-stage.jpg", "--identity", "x", library=library
    )
    assert command("match", FIXTURES / "cases" / "lars" / "1-stage.jpg", library=library).code == 1
    kept = [path for path in Path.home().rglob("*") if path.is_file()]
    assert {"library.sqlite", "library.sqlite-avatars.jsonl", "errors.log"} <= {path.name for path in kept}
    assert not [path for path in kept if path.stat().st_mode & 0o077]


@pytest.mark.usefixtures("_broken")
@pytest.mark.parametrize("flag", ["-v", "--verbose"])
@pytest.mark.parametrize("before", [True, False])
def test_v_shows_the_traceback_before_or_after_the_command(
    command: Callable[..., Any], photo: Path, flag: str, before: bool
) -> None:
    words = [flag, "check", photo] if before else ["check", photo, flag]
    done = command(*words)
    assert done.code == 1
    assert "Traceback" in done.err
    assert done.err.replace("\n", "").isprintable()


@pytest.mark.usefixtures("_broken")
def test_an_internal_error_is_told_even_where_no_log_can_be_written(
    command: Callable[..., Any], photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(photo / "not a folder"))
    done = command("match", photo)
    assert done.code == 1
    assert "-v" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["check"],
        ["check", "x", "--age", "eleven"],
        ["check", "x", "--age", "-3"],
        ["check", "x", "--age", "400"],
        ["check", "x", "--id", "abc"],
        ["check", "x", "--references", "/no/such/folder"],
        ["check", "x", "--handle", ""],
        ["match"],
        ["match", "x", "--no-such-option"],
        ["compare", "only-one"],
        ["compare", "/no/a.png", "/no/b.png"],
        ["cases", "show", "7"],
        ["cases", "forget", "7"],
    ],
)
def test_wrong_usage_exits_with_2_and_no_traceback(command: Callable[..., Any], arguments: list[str]) -> None:
    done = command(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.strip()
    assert "Traceback" not in done.err


@pytest.mark.parametrize("word", ["\x1b[31mred", "\u202eturned", "two\nlines", "\udcff"])
@pytest.mark.parametrize("place", ["command", "option", "path", "library", "age", "handle", "name"])
def test_nothing_that_was_typed_reaches_the_terminal_raw(
    command: Callable[..., Any], photo: Path, tmp_path: Path, word: str, place: str
) -> None:
    words = {
        "command": [word],
        "option": ["check", f"--{word}"],
        "path": ["compare", word, word],
        "library": ["--library", str(tmp_path / word / "no" / "x"), "cases", "list"],
        "age": ["check", "x", "--age", word],
        "handle": ["check", str(photo), "--handle", word],
        "name": ["check", str(photo), "--name", word],
    }[place]
    done = command(*words)
    assert done.code in (0, 2)
    assert (done.out + done.err).replace("\n", "").isprintable()
    assert "Traceback" not in done.err


def test_an_interrupt_ends_with_130_and_one_word(tmp_path: Path) -> None:
    """A real one, while it waits for its input."""
    process = subprocess.Popen(
        [*PROGRAM, "match", "-", "--library", str(tmp_path / "x.sqlite")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "x.sqlite").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "interrupted" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "words", [["match"], ["check", "--json", "--handle", "x"], ["check", "--handle", "x"]]
)
def test_a_reader_that_goes_away_is_no_error(photo: Path, tmp_path: Path, words: list[str]) -> None:
    """As ``| head -1`` does, but at once."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*PROGRAM, *words, *[str(photo)] * 3],
        env={**os.environ, "FAKEPROFILE_LIBRARY": str(tmp_path / "x.sqlite")},
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 0
    assert "rror" not in done.stderr
    assert "roken" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_in_one_line(photo: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "compare", str(photo), str(photo)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "No space left" in line


def test_a_terminal_without_curly_quotes_gets_a_report_all_the_same(photo: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "check", str(photo), "--name", "Zoë", "--library", str(tmp_path / "x.sqlite")],
        env={**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert b"?Zo\xeb?" in done.stdout


def test_the_nearer_library_wins_and_the_environment_is_weakest(
    command: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("environment", "before", "after"):
        Library.open(tmp_path / name).close()
    monkeypatch.setenv("FAKEPROFILE_LIBRARY", str(tmp_path / "environment"))
    said = [
        command("references", "check", "--library", tmp_path / "after", library=tmp_path / "before").out,
        command("references", "check", library=tmp_path / "before").out,
    ]
    assert [str(tmp_path / name) in text for name, text in zip(("after", "before"), said, strict=True)] == [
        True,
        True,
    ]


@pytest.mark.parametrize("words", [["file"], ["check"], ["compare", "x.png"], ["audit"], ["match", "--all"]])
@pytest.mark.parametrize("name", ["-x.jpg", "--photo.jpg"])
def test_a_file_whose_name_begins_with_a_dash_is_told_how_to_write(
    command: Callable[..., Any],
    photo: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    name: str,
) -> None:
    monkeypatch.chdir(photo.parent)
    photo.rename(name)
    done = command(*words, name)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.endswith(f"write ./{name}")
    assert command("file", f"./{name}").code == 0


def test_an_option_that_there_is_not_stays_one(command: Callable[..., Any]) -> None:
    assert "No such option" in command("file", "-x.jpg").err


def test_the_version_is_told(command: Callable[..., Any]) -> None:
    done = command("--version")
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    "context", tuple(reference.contexts(main, "fakeprofile")), ids=lambda one: one.command_path
)
def test_every_help_ends_in_an_example_of_its_own(context: click.Context) -> None:
    """A group may show one of the commands below it."""
    *_, example = reference.help_of(context).partition("\n  Example:\n")
    called = context.command_path.replace(" SOURCE... ", " ")
    assert any(f"{line} ".startswith(f"    {called} ") for line in example.splitlines()), example
