"""`watch`, `cases chain` and `cases graph`: the story as a user tells it to the program."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import fakeprofile

CASES = Path(__file__).resolve().parents[2] / "fixtures" / "cases"
LARS, THIRD = CASES / "lars" / "1-stage.jpg", CASES / "third-name" / "1-stage.webp"


@pytest.fixture(scope="module")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that remembers one account."""
    path = tmp_path_factory.mktemp("watch") / "x.sqlite"
    with fakeprofile.open_library(path) as library:
        claims = {"handle": "instagram:lars.2011", "name": "Lars"}
        fakeprofile.check([LARS], library=library, today=lambda: "2026-06-01", **claims)
    return path


@pytest.fixture
def file(remembered: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(remembered, tmp_path / "story.sqlite"))


@pytest.fixture
def told(command: Callable[..., Any], file: Path) -> Callable[..., Any]:
    """The command, on a library that remembers one account."""

    def called(*arguments: object) -> Any:
        return command(*arguments, library=file)

    return called


def test_the_next_account_with_the_picture_is_told_by_check_by_run_and_in_the_chain(
    told: Callable[..., Any], tmp_path: Path
) -> None:
    added = told("watch", "add", "--handle", "instagram:Lars.2011", "--note", "vanished")
    assert (added.code, added.out) == (0, "")
    assert "watched: instagram:Lars.2011 (vanished) (watch 1)" in added.err
    first = told("watch", "run")
    assert (first.code, first.err) == (0, "")
    assert "no all-clear" in first.out

    checked = told("check", THIRD, "--handle", "instagram:third")
    assert checked.code == 3
    assert "which you watch (watch 1" in " ".join(checked.out.split())
    case = json.loads(told("cases", "list", "--json").out.splitlines()[-1])["case"]
    assert "which you watch" in " ".join(told("cases", "show", case).out.split())

    second = told("watch", "run")
    assert second.code == 3
    assert "on the account instagram:third" in second.out
    assert "1 picture, " in " ".join(second.out.split())
    assert "Told before: 1 picture." in told("watch", "run").out
    again = json.loads(told("watch", "run", "--json").out)
    assert (again["schema"], [one["new"] for one in again["meetings"]]) == (
        "fakeprofile.watch-look/1",
        [False],
    )

    chain = told("cases", "chain", case)
    assert chain.code == 0
    assert "lars.2011 → third" in chain.out
    assert "2026-06-01" in chain.out
    assert json.loads(told("cases", "chain", "--json").out)["schema"] == "fakeprofile.chain/1"

    drawing = tmp_path / "chain.svg"
    drawn = told("cases", "graph", "--picture", drawing)
    assert (drawn.code, drawn.out) == (0, "")
    assert "drawn" in drawn.err
    images = [one for one in ET.parse(drawing).iter() if one.tag.endswith("image")]
    assert len(images) == 2
    assert told("cases", "graph", "--picture", drawing, "--no-photos").code == 0
    assert "data:" not in drawing.read_text("utf-8")

    forgotten = told(
        "cases", "forget", json.loads(told("cases", "list", "--json").out.splitlines()[0])["case"]
    )
    assert "still watched: instagram:Lars.2011" in forgotten.err


def test_the_list_tells_numbers_and_dates_and_is_empty_after_removing(told: Callable[..., Any]) -> None:
    assert "nothing is watched yet" in told("watch", "list").err
    told("watch", "add", "--name", "Mikkel Sandvang")
    told("watch", "add", "--id", "77")
    assert "watched already" in told("watch", "add", "--id", "77").err
    lines = told("watch", "list").out.splitlines()
    assert "“Mikkel Sandvang”" in lines[0]
    assert "not looked for yet" in lines[0]
    values = json.loads(told("watch", "list", "--json").out.splitlines()[1])
    assert (values["schema"], values["watch"], values["account_id"]) == ("fakeprofile.watch/1", 2, "77")
    assert told("watch", "remove", 1, 9).code == 2
    assert told("watch", "remove", 1, 2).code == 0
    assert told("watch", "list").out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "in one way"),
        (["--name", "A", "--handle", "b"], "in one way"),
        (["--case", "99"], "no case 99"),
        (["--id", "12x"], "not a number"),
        (["--handle", "a/b"], "a/b"),
    ],
)
def test_what_cannot_be_watched_is_said_in_one_line(
    told: Callable[..., Any], words: list[str], said: str
) -> None:
    done = told("watch", "add", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert len(done.err.splitlines()) == 1


def test_a_case_is_watched_by_its_number_until_it_is_forgotten(told: Callable[..., Any]) -> None:
    case = json.loads(told("cases", "list", "--json").out)["case"]
    assert told("watch", "add", "--case", case).code == 0
    assert f"case {case}" in told("watch", "list").out
    assert "still watched" not in told("cases", "forget", case).err
    assert told("watch", "list").out == ""


@pytest.mark.parametrize("words", [["list"], ["run"], ["remove", "1"]])
def test_asking_makes_no_library(command: Callable[..., Any], tmp_path: Path, words: list[str]) -> None:
    done = command("watch", *words)
    assert done.code == 2
    assert "no library" in done.err
    assert not (tmp_path / "library.sqlite").exists()


def test_a_chain_of_a_case_that_is_not_there_is_wrong_usage(told: Callable[..., Any]) -> None:
    assert told("cases", "chain", 999).code == 2
    alone = told("cases", "chain")
    assert (alone.code, alone.err) == (0, "")
    assert "No two remembered cases" in alone.out


def test_the_drawing_goes_into_an_svg_and_into_nothing_else(told: Callable[..., Any], file: Path) -> None:
    before = file.read_bytes()
    done = told("cases", "graph", "--picture", file)
    assert done.code == 2
    assert ".svg" in done.err
    assert file.read_bytes() == before
    missing = told("cases", "graph", "--picture", file.parent / "nowhere" / "x.svg")
    assert missing.code == 2
    assert "cannot be written" in missing.err
