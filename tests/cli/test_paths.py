"""Paths that are given with a command: one line for what cannot be, and before the work."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fakeprofile.cli.paths import check_file, check_folder, make_folder
from fakeprofile.errors import UsageError

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
PHOTO = FIXTURES / "cases" / "lars" / "1-stage.jpg"
FOLLOWERS = FIXTURES / "audit" / "followers"


@pytest.mark.parametrize(
    "words",
    [
        ["audit", "nothere"],
        ["audit", FOLLOWERS, "nothere"],
        ["audit", FOLLOWERS, "--references", "nothere"],
        ["audit", "diff", "nothere", FOLLOWERS],
        ["audit", "diff", FOLLOWERS, "nothere"],
        ["check", PHOTO, "--references", "nothere"],
        ["check", PHOTO, "--results", "nothere"],
        ["compare", PHOTO, "nothere"],
        ["panels", "nothere"],
        ["references", "import", "nothere"],
        ["search", "open", "nothere"],
        ["search", "import", "nothere", PHOTO],
        ["search", "import", PHOTO, "nothere"],
        ["search", "ask", "nothere", "--service", "google"],
        ["bench", "recall", "nothere"],
        ["bench", "speed", "nothere"],
        ["bench", "audit", "--photos", "nothere"],
        ["bench", "audit", "--folder", "nothere"],
        ["bench", "scale", "--folder", "nothere"],
    ],
)
def test_what_is_not_there_is_named_in_one_line(command: Callable[..., Any], words: list[object]) -> None:
    done = command(*words)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.startswith("fakeprofile: nothere")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["compare", PHOTO, PHOTO, "--picture", FIXTURES], "is a folder: name a file"),
        (["panels", PHOTO, "--picture", FIXTURES], "is a folder: name a file"),
        (["panels", PHOTO, "--save", PHOTO], "is no folder: name a folder"),
        (["cases", "graph", "--picture", FIXTURES], "is a folder: name a file"),
        (["references", "export", FIXTURES], "is a folder: name a file"),
        (["bench", "speed", PHOTO], "is no folder: name a folder"),
        (["bench", "speed", "--plot", FIXTURES], "is a folder: name a file"),
        (["bench", "recall", FIXTURES, "--save", PHOTO], "is no folder: name a folder"),
    ],
)
def test_a_folder_for_a_file_and_the_reverse_are_told_in_one_line(
    command: Callable[..., Any], words: list[object], said: str
) -> None:
    done = command(*words)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert line.startswith("fakeprofile: /")
    assert line.endswith(said)


@pytest.mark.parametrize(
    "words",
    [
        ["compare", PHOTO, PHOTO, "--picture"],
        ["panels", PHOTO, "--picture"],
        ["bench", "recall", FIXTURES, "--plot"],
        ["bench", "speed", "--plot"],
        ["bench", "scale", "--plot"],
    ],
)
def test_a_drawing_that_cannot_be_written_is_told_before_the_work(
    command: Callable[..., Any], tmp_path: Path, words: list[object]
) -> None:
    tmp_path.joinpath("file").touch()
    done = command(*words, tmp_path / "file" / "x.png")
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert "cannot be written" in line
    assert "choose another place" in line


def test_a_folder_that_takes_no_files_is_told_before_the_work(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    tmp_path.joinpath("file").touch()
    done = command("panels", PHOTO, "--save", tmp_path / "file" / "tiles")
    assert (done.code, done.out) == (2, "")
    assert "cannot be written" in done.err


def test_a_photo_that_cannot_be_read_leaves_no_folder_behind(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    assert command("panels", tmp_path / "none.png", "--save", tmp_path / "tiles").code == 2
    assert not (tmp_path / "tiles").exists()


@pytest.mark.parametrize("words", [["cases", "graph", "--picture"], ["references", "export"]])
def test_a_missing_folder_is_named(
    command: Callable[..., Any], tmp_path: Path, story_library: Path, words: list[object]
) -> None:
    file = tmp_path / "no" / ("x.svg" if "graph" in words else "x.jsonl")
    done = command(*words, file, library=story_library)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert f"there is no folder {file.parent}: make it, or choose another place" in line


def test_asking_whether_a_file_can_be_written_leaves_and_changes_nothing(tmp_path: Path) -> None:
    there = tmp_path / "there.png"
    there.write_text("whole")
    for file in (there, tmp_path / "new.png"):
        check_file(file)
    check_folder(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["there.png"]
    assert there.read_text() == "whole"


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too long"):
        check_file(tmp_path / f"{'x' * 300}.png")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is allowed to root")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    for asked in (check_folder, make_folder):
        with pytest.raises(UsageError, match="Permission denied"):
            asked(tmp_path)
    with pytest.raises(UsageError, match="Permission denied"):
        check_file(tmp_path / "x.png")
