"""`avatars`: pictures that the user names as default avatars, and what becomes of them in a check."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import pytest
from avatar.made import badge, jpeg
from drawn import scene
from PIL import Image

import fakeprofile
from fakeprofile.records import Pixels

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
PLACEHOLDER = FIXTURES / "cases" / "no-photo" / "avatar.png"
LETTER = FIXTURES / "cases" / "letter" / "avatar.png"
STAGE = FIXTURES / "cases" / "lars" / "1-stage.jpg"


def saved(pixels: Pixels, path: Path) -> Path:
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture
def club(tmp_path: Path) -> Path:
    return saved(badge("FC"), tmp_path / "club.png")


@pytest.fixture
def smaller(tmp_path: Path) -> Path:
    return saved(jpeg(badge("FC"), 200, 90), tmp_path / "smaller.png")


def test_check_tells_the_three_states_one_line_each(command: Callable[..., Any], tmp_path: Path) -> None:
    named = Path(shutil.copy(LETTER, tmp_path / "10354686_10150004552801856_220367501106153455_n.png"))
    told = command("avatars", "check", PLACEHOLDER, LETTER, named, STAGE)
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        f"{PLACEHOLDER}: looks like a default picture of Instagram (one figure on a plain ground)",
        f"{LETTER}: looks like a default picture (letters or a sign on a plain ground)",
        f"{named}: a default picture of Facebook (by the name of the file)",
        f"{STAGE}: a picture of its own (it is none of the pictures that many accounts have by default)",
    ]


def test_check_as_json_holds_the_codes(command: Callable[..., Any]) -> None:
    line = json.loads(command("avatars", "check", "--json", LETTER).out)
    assert (line["state"], line["why"], line["platform"]) == ("looks like a default", "letters", None)


def test_what_is_added_is_listed_and_known_from_then_on(
    command: Callable[..., Any], club: Path, smaller: Path
) -> None:
    assert "a picture of its own" in command("avatars", "check", club).out
    told = command("avatars", "add", club, "--name", "our club")
    assert (told.code, told.out) == (0, "")
    assert told.err.endswith("1 added\n")
    assert command("avatars", "add", club).err == "0 added, 1 known already\n"
    (line,) = command("avatars", "list").out.splitlines()
    assert line.split(maxsplit=3)[1:] == ["2026-07-01", "320x320", "our club"]
    words = command("avatars", "check", club, smaller).out
    assert "every byte is equal to “our club”" in words
    assert "it looks the same as “our club”" in words


def test_a_picture_that_was_named_is_not_compared_by_check_match_and_references(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    """Here a wallpaper that half a school uses."""
    wallpaper = cv2.resize(scene(4), (320, 320))
    large, small = saved(wallpaper, tmp_path / "a.png"), saved(jpeg(wallpaper, 200, 90), tmp_path / "b.png")
    command("references", "add", small, "--identity", "Somebody")
    assert json.loads(command("match", large).out)["matches"]
    told = command("avatars", "add", large, small)
    assert "b.png stands in the reference set" in told.err
    assert "a.png stands" not in told.err
    for photo in (large, small, saved(jpeg(wallpaper, 250, 80), tmp_path / "c.png")):
        line = json.loads(command("match", photo).out)
        assert (line["status"], line["reason"], line["matches"]) == ("not-checkable", "default avatar", [])
    checked = command("check", large, "--no-remember", "--json")
    assert (checked.code, json.loads(checked.out)["verdict"]["level"]) == (0, "not-checkable")
    refused = command("references", "add", large, "--identity", "Somebody")
    assert refused.code == 4
    assert "a default avatar" in refused.err
    numbers = [json.loads(line)["sha256"] for line in command("avatars", "list", "--json").out.splitlines()]
    command("avatars", "remove", *numbers)
    assert json.loads(command("match", large).out)["matches"]


def test_workers_know_the_templates_too(command: Callable[..., Any], club: Path, tmp_path: Path) -> None:
    command("avatars", "add", club)
    photos = [saved(jpeg(badge("FC"), 150 + number, 90), tmp_path / f"{number}.png") for number in range(10)]
    told = command("match", *photos, "--workers", 2)
    assert {json.loads(line)["reason"] for line in told.out.splitlines()} == {"default avatar"}


def test_a_photo_is_added_with_a_warning_that_says_how_to_take_it_back(command: Callable[..., Any]) -> None:
    told = command("avatars", "add", STAGE)
    assert "looks like a photo" in told.err
    number = told.err.split("avatars remove ")[1].split("`")[0]
    assert command("avatars", "remove", number).err == "1 removed\n"
    assert command("avatars", "list").out == ""


def test_a_damaged_line_is_told_in_one_line_by_every_command_and_the_rest_works(
    command: Callable[..., Any], club: Path, smaller: Path, tmp_path: Path
) -> None:
    command("avatars", "add", club)
    with (tmp_path / "library.sqlite-avatars.jsonl").open("a") as file:
        file.write("oops\x1b[31m\n")
    for arguments in (["avatars", "list"], ["avatars", "check", smaller], ["match", smaller]):
        told = command(*arguments)
        assert told.err.count("library.sqlite-avatars.jsonl line 2: is no JSON object on one line") == 1
        assert "\x1b" not in told.err
    assert "default avatar" in command("match", smaller).out
    assert command("avatars", "list").code == 4
    checked = command("check", smaller, "--no-remember")
    assert "library.sqlite-avatars.jsonl line 2" in checked.out


def test_what_cannot_be_read_is_told_and_the_rest_is_added(
    command: Callable[..., Any], club: Path, tmp_path: Path
) -> None:
    told = command("avatars", "add", tmp_path / "nowhere.png", club)
    assert told.code == 4
    assert "nowhere.png: no such file" in told.err
    assert told.err.endswith("1 added\n")


def test_a_number_that_is_none_is_wrong_usage(command: Callable[..., Any]) -> None:
    told = command("avatars", "remove", "deadbeef")
    assert (told.code, told.out) == (2, "")
    assert "fakeprofile avatars list" in told.err


def test_the_name_of_a_template_cannot_move_the_cursor(command: Callable[..., Any], club: Path) -> None:
    command("avatars", "add", club, "--name", "a\x1b[2Jb\nc")
    assert "\x1b" not in command("avatars", "list").out
    assert len(command("avatars", "list").out.splitlines()) == 1


def test_an_empty_list_says_what_to_do(command: Callable[..., Any]) -> None:
    told = command("avatars", "list")
    assert (told.code, told.out) == (0, "")
    assert "fakeprofile avatars add" in told.err


def test_compare_knows_the_templates_too_and_needs_no_library_beside_them(
    command: Callable[..., Any], club: Path, smaller: Path, tmp_path: Path
) -> None:
    library = tmp_path / "named.sqlite"
    before = command("compare", smaller, club, library=library)
    assert "default avatar" not in before.out
    command("avatars", "add", club, library=library)
    told = command("compare", smaller, club, library=library)
    assert "One of them is a default avatar" in told.out
    assert command("compare", smaller, club, "--library", library).out == told.out
    assert not library.exists()
    with fakeprofile.open_library(library) as opened:
        assert fakeprofile.compare(smaller, club, library=opened).reason == "default avatar"
    assert fakeprofile.compare(smaller, club).reason is None
