"""`check`: what a family reads, and what a script reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from shelf import picture

from fakeprofile.records import Level, Source
from fakeprofile.report.document import report_from_json, report_to_json

CASES = Path(__file__).parents[2] / "fixtures" / "cases"

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
STAGE = FIXTURES / "cases" / "lars" / "1-stage.jpg"
CANAL = FIXTURES / "cases" / "nowhere" / "1-canal.jpg"


def test_json_is_the_whole_report_and_comes_back_as_it_was(
    command: Callable[..., Any], story_library: Path
) -> None:
    done = command("check", STAGE, "--handle", "instagram:lars", "--json", library=story_library)
    (line,) = done.out.splitlines()
    report = report_from_json(line)
    assert report_to_json(report) == line
    assert report.verdict.level is Level.OTHER_IDENTITY
    assert json.loads(line)["schema"] == "fakeprofile.report/1"
    shown = command("cases", "show", report.case, "--json", library=story_library)
    assert report_from_json(shown.out) == report


def test_an_account_without_any_name_is_checked_and_said_not_to_be_kept(
    command: Callable[..., Any], story_library: Path
) -> None:
    done = command("check", CANAL, library=story_library)
    assert done.code == 0
    assert "--handle" in done.err
    assert command("cases", "list", library=story_library).out == ""


def test_a_folder_is_all_its_photos(command: Callable[..., Any], tmp_path: Path, story_library: Path) -> None:
    folder = tmp_path / "album"
    folder.mkdir()
    for number, photo in enumerate((CANAL, STAGE)):
        (folder / f"{number}.jpg").write_bytes(photo.read_bytes())
    (folder / "list.json").write_text("{}")
    done = command("check", folder, "--handle", "x", "--json", library=story_library)
    looked = json.loads(done.out)["facts"]["looked"]
    assert [Path(one["photo"]).name for one in looked] == ["0.jpg", "1.jpg"]


def test_a_reference_folder_with_a_bad_photo_says_so(command: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "references" / "Somebody"
    folder.mkdir(parents=True)
    (folder / "a.jpg").write_bytes(STAGE.read_bytes())
    (folder / "b.jpg").write_bytes(b"")
    done = command("check", CANAL, "--references", folder.parent, "--handle", "x")
    assert done.code == 4
    assert "b.jpg" in done.err
    assert "b.jpg" in " ".join(done.out.split())


def test_an_empty_library_is_a_gap_and_no_answer(command: Callable[..., Any]) -> None:
    done = command("check", CANAL, "--handle", "x")
    assert done.code == 0
    assert "empty" in done.out
    assert "not an all-clear" in done.out


@pytest.mark.parametrize(("age", "code"), [("0", 0), ("120", 0), ("121", 2), ("-1", 2)])
def test_an_age_must_be_possible(
    command: Callable[..., Any], story_library: Path, age: str, code: int
) -> None:
    photo = FIXTURES / "cases" / "letter" / "avatar.png"
    assert command("check", photo, "--handle", "x", "--age", age, library=story_library).code == code


def test_a_panel_outside_of_the_photo_is_wrong_usage(command: Callable[..., Any]) -> None:
    """The line names the panel, the photo and its size."""
    done = command(
        "check", CASES / "soepkieke" / "6-profile.png", "--no-remember", "--panel", "700,0,240,240"
    )
    assert done.code == 2
    assert "700,0,240,240" in done.err
    assert "720x1560" in done.err


def test_a_panel_belongs_to_one_photo(command: Callable[..., Any]) -> None:
    done = command("check", CASES / "soepkieke", "--no-remember", "--panel", "0,0,240,240")
    assert done.code == 2
    assert "one photo" in done.err


# --- the web ------------------------------------------------------------------------------

SAVED = FIXTURES / "saved"


def test_saved_results_name_where_the_pictures_stand_and_nothing_is_sent(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    done = command(
        "check", STAGE, "--handle", "instagram:lars", "--age", "11", "--results", SAVED / "tineye.har",
        "--results", SAVED / "blocked" / "google-captcha.html",
    )  # fmt: skip
    text = " ".join(done.out.split())
    assert done.code == 3
    assert "mikkelsandvang.example: 1 page" in text
    assert "The earliest date on the web is 2016-05-03" in text
    assert "google-captcha.html: the page asks whether you are a robot" in text
    assert "only the saved result pages were read: nothing left this machine" in text
    shown = command("cases", "show", 1, "--json")
    assert report_from_json(shown.out).facts.leads


def test_what_a_search_found_never_becomes_a_reference(command: Callable[..., Any], tmp_path: Path) -> None:
    command("check", STAGE, "--handle", "instagram:lars", "--results", SAVED / "tineye.har")
    again = command("check", STAGE, "--handle", "instagram:another", "--json")
    report = report_from_json(again.out)
    assert {match.sighting.source for one in report.facts.looked for match in one.matches} == {Source.CASE}


def test_since_is_told_and_weighed(command: Callable[..., Any]) -> None:
    options = ("--no-remember", "--results", SAVED / "tineye.har", "--name", "Lars")
    later = " ".join(command("check", STAGE, "--since", "2012", *options).out.split())
    assert "shows the pictures since 2012" in later
    assert "they may have taken the pictures from the account" in later
    assert "The other account took the pictures from this one." in later
    before = " ".join(command("check", STAGE, "--since", "2026-01-01", *options).out.split())
    assert "taken the pictures from the account" not in before


@pytest.mark.parametrize("since", ["", "soon", "2016-13", "16-05-01", "2016-02-30"])
def test_since_must_be_a_date(command: Callable[..., Any], since: str) -> None:
    done = command("check", STAGE, "--since", since, "--no-remember")
    assert done.code == 2
    assert "2016-05-01" in done.err  # how a date is written


def test_what_was_fetched_or_asked_of_the_archive_is_not_called_nothing_sent(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body>nothing</body></html>")
    done = command("check", CANAL, "--results", page, "--archive", "--no-remember")
    assert "nothing left this machine" not in " ".join(done.out.split())
    assert "no search service was asked" in " ".join(done.out.split())


def test_of_what_is_no_photo_nothing_is_said_but_that(command: Callable[..., Any]) -> None:
    done = command("check", SAVED / "yandex.html", "--no-remember")
    assert done.code == 4
    assert "What the files say of themselves" not in done.out


def test_that_the_account_was_checked_before_is_one_quiet_line_and_no_finding(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    photo = picture(tmp_path / "a.jpg", 1, side=150)
    words = ("check", photo, "--handle", "instagram:lars")
    first, again = command(*words), command(*words)
    assert (first.code, again.code) == (0, 0)
    assert "and showed a.jpg then" not in first.out and "Seen before" not in again.out
    lines = again.out.splitlines()
    line = "This account was checked before, on 2026-07-01, and showed a.jpg then too."
    assert lines.index(line) == len(lines) - 2
