"""`compare`: two photos, the same picture or not, with the numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
COPY = FIXTURES / "cases" / "lars" / "1-stage.jpg"
KNOWN = FIXTURES / "references" / "mikkel-sandvang" / "stage.jpg"
OTHER = FIXTURES / "cases" / "nowhere" / "2-cat.jpg"
AVATAR = FIXTURES / "cases" / "letter" / "avatar.png"


def test_a_copy_is_told_with_its_numbers(command: Callable[..., Any]) -> None:
    done = command("compare", COPY, KNOWN)
    assert (done.code, done.err) == (3, "")
    assert "same picture" in done.out.lower()
    assert "of 256" in done.out


def test_json_gives_the_same_numbers(command: Callable[..., Any]) -> None:
    done = command("compare", COPY, KNOWN, "--json")
    line = json.loads(done.out)
    assert (line["schema"], line["finding"]) == ("fakeprofile.compare/1", "same picture")
    assert line["photos"] == [str(COPY), str(KNOWN)]
    assert line["inliers"] > 20
    assert line["region"]


def test_different_pictures_are_not_shown_to_be_the_same(command: Callable[..., Any]) -> None:
    done = command("compare", COPY, OTHER)
    assert done.code == 0
    assert "Not shown" in done.out


def test_the_same_file_is_said_to_be_that_even_if_it_says_nothing(command: Callable[..., Any]) -> None:
    done = command("compare", AVATAR, AVATAR)
    assert done.code == 3
    assert "every byte" in done.out


def test_an_avatar_says_nothing(command: Callable[..., Any]) -> None:
    done = command("compare", AVATAR, KNOWN)
    assert done.code == 0
    assert "default avatar" in done.out


def test_the_picture_is_drawn_where_it_is_asked_for(command: Callable[..., Any], tmp_path: Path) -> None:
    out = tmp_path / "both.png"
    done = command("compare", COPY, KNOWN, "--picture", out)
    assert done.code == 3
    assert str(out) in done.err
    with Image.open(out) as image:
        assert image.format == "PNG"
        assert image.width > image.height / 2


@pytest.mark.parametrize("name", ["one.png", "both.jpg", "no/such/folder/both.png"])
def test_the_picture_is_drawn_over_no_photo_and_under_no_wrong_name(
    command: Callable[..., Any], tmp_path: Path, name: str
) -> None:
    one = tmp_path / "one.png"
    one.write_bytes(AVATAR.read_bytes())
    done = command("compare", one, AVATAR, "--picture", tmp_path / name)
    assert done.code == 2
    assert name in done.err
    assert one.read_bytes() == AVATAR.read_bytes()


def test_a_photo_that_cannot_be_read_is_wrong_input(command: Callable[..., Any], tmp_path: Path) -> None:
    done = command("compare", COPY, tmp_path / "missing.jpg")
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    assert "missing.jpg" in line


def test_no_library_is_made_or_needed(command: Callable[..., Any], tmp_path: Path) -> None:
    command("compare", AVATAR, KNOWN)
    assert not (tmp_path / "library.sqlite").exists()
