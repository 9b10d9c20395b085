"""`cases`: what is remembered of the accounts that were checked, and how it is forgotten."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import fakeprofile
from fakeprofile.cli import run

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
STAGE = FIXTURES / "cases" / "lars" / "1-stage.jpg"


@pytest.fixture(scope="module")
def remembered(imported_story: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference set and one account that was checked."""
    path = Path(shutil.copy(imported_story, tmp_path_factory.mktemp("cases") / "x.sqlite"))
    with fakeprofile.open_library(path) as library:
        claims = {"handle": "instagram:lars.2011", "name": "Lars"}
        fakeprofile.check([STAGE], library=library, today=lambda: "2026-07-01", **claims)
    return path


@pytest.fixture
def story_library(remembered: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copy(remembered, tmp_path / "story.sqlite"))


@pytest.fixture
def told(command: Callable[..., Any], story_library: Path) -> Callable[..., Any]:
    """The command, on a library that remembers one account."""

    def called(*arguments: object) -> Any:
        return command(*arguments, library=story_library)

    return called


def number_of(told: Callable[..., Any]) -> int:
    return int(json.loads(told("cases", "list", "--json").out)["case"])


def test_a_case_is_listed_with_its_account_day_and_answer(told: Callable[..., Any]) -> None:
    done = told("cases", "list")
    (line,) = done.out.splitlines()
    assert (done.code, done.err) == (0, "")
    for part in (
        "instagram:lars.2011",
        "Lars",
        "2026-07-01",
        "1 photo: the same pictures under another name",
    ):
        assert part in line


LOOKING = [
    ("cases", "list"),
    ("cases", "chain"),
    ("cases", "chain", "--json"),
    ("cases", "graph", "--picture", "graph.svg"),
    ("watch", "list"),
    ("watch", "run"),
]


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_who_has_checked_nothing_yet_is_told_how_to_begin(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    code = run(list(words))
    out, err = capfd.readouterr()
    assert (code, out) == (0, "")
    assert err.startswith("nothing yet: run `fakeprofile check ")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", LOOKING, ids=" ".join)
def test_a_library_that_was_named_and_is_not_there_is_an_error(
    command: Callable[..., Any], tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = command(*words, library=tmp_path / "nosuch.sqlite")
    assert (done.code, done.out) == (2, "")
    assert "nosuch.sqlite" in done.err


@pytest.mark.parametrize("words", [("cases", "chain", "7"), ("watch", "run", "7")], ids=" ".join)
def test_a_number_without_any_library_is_an_error(words: tuple[str, ...]) -> None:
    assert run(list(words)) == 2


def test_a_case_is_listed_as_json(told: Callable[..., Any]) -> None:
    line = json.loads(told("cases", "list", "--json").out)
    assert line["schema"] == "fakeprofile.case/1"
    assert (line["handle"], line["name"], line["level"], line["photos"]) == (
        "instagram:lars.2011",
        "Lars",
        "other-identity",
        1,
    )


def test_the_report_is_shown_again_as_it_was(told: Callable[..., Any]) -> None:
    shown = told("cases", "show", number_of(told))
    assert shown.code == 0
    assert "Mikkel Sandvang" in shown.out
    assert f"case {number_of(told)}" in shown.out


def test_checking_again_keeps_one_case_and_one_answer(told: Callable[..., Any]) -> None:
    first = number_of(told)
    again = told("check", STAGE, "--handle", "instagram:Lars.2011", "--name", "Lars")
    assert again.code == 3
    assert number_of(told) == first
    assert json.loads(told("cases", "list", "--json").out)["photos"] == 1


def test_a_forgotten_case_is_gone_with_its_photos(told: Callable[..., Any], story_library: Path) -> None:
    number = number_of(told)
    done = told("cases", "forget", number)
    assert (done.code, told("cases", "list").out) == (0, "")
    assert told("cases", "show", number).code == 2
    connection = sqlite3.connect(story_library)
    assert connection.execute("SELECT count(*) FROM photos WHERE parent_id IS NULL").fetchone() == (16,)
    assert connection.execute("SELECT count(*) FROM sightings").fetchone() == (16,)
    connection.close()


def test_a_number_that_is_none_forgets_nothing(told: Callable[..., Any]) -> None:
    number = number_of(told)
    done = told("cases", "forget", number, 999)
    assert done.code == 2
    assert "999" in done.err
    assert number_of(told) == number


@pytest.mark.parametrize("words", [["list"], ["show", "1"], ["forget", "1"]])
def test_asking_makes_no_library(command: Callable[..., Any], tmp_path: Path, words: list[str]) -> None:
    done = command("cases", *words)
    assert done.code == 2
    assert "no library" in done.err
    assert not (tmp_path / "library.sqlite").exists()


@pytest.mark.parametrize("report", ["", "{}", '{"schema": "fakeprofile.report/9"}'])
def test_a_damaged_report_is_said_in_one_line(
    told: Callable[..., Any], story_library: Path, report: str
) -> None:
    number = number_of(told)
    connection = sqlite3.connect(story_library)
    connection.execute("UPDATE cases SET report = ?", (report,))
    connection.commit()
    connection.close()
    done = told("cases", "show", number)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1
