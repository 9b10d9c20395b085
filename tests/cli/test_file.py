"""`file`: what photos say of themselves, as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from photo_files import drawing
from PIL import Image

GPS = 0x8825


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    tags = Image.Exif()
    tags[0x010F], tags[0x0110] = "Kamera", "K-7"
    inner = tags.get_ifd(GPS)
    inner[1], inner[2], inner[3], inner[4] = "N", (52.0, 22.0, 12.0), "E", (4.0, 53.0, 24.0)
    path = tmp_path / "photos" / "a.jpg"
    path.parent.mkdir()
    drawing().save(path, exif=tags)
    return path


def test_the_marks_of_a_photo_are_told(command: Callable[..., Any], photo: Path) -> None:
    done = command("file", photo)
    assert (done.code, done.err) == (0, "")
    assert "camera: Kamera K-7 (EXIF Make and Model)" in done.out
    assert "Anybody can write these fields" in done.out
    assert "52.37" not in done.out


def test_the_place_is_told_when_it_is_asked_for(command: Callable[..., Any], photo: Path) -> None:
    assert "latitude 52.37000, longitude 4.89000" in command("file", photo, "--place").out
    assert "52.37" not in command("file", photo, "--json").out


def test_each_file_of_a_folder_has_its_json_line(command: Callable[..., Any], photo: Path) -> None:
    drawing().save(photo.with_name("b.png"))
    done = command("file", photo.parent, "--json")
    first, second = (json.loads(line) for line in done.out.splitlines())
    assert (done.code, done.err) == (0, "")
    assert (first["photo"], first["marks"][0]["value"]) == (str(photo), "Kamera K-7")
    assert (second["photo"], second["marks"], second["gaps"]) == (str(photo.with_name("b.png")), [], [])


def test_what_cannot_be_read_is_a_gap_and_the_rest_is_told(
    command: Callable[..., Any], photo: Path, tmp_path: Path
) -> None:
    note = tmp_path / "note.jpg"
    note.write_text("dear diary")
    done = command("file", tmp_path / "none.jpg", note, photo)
    assert done.code == 4
    assert "none.jpg: no such file" in done.err
    assert "not looked at: not a kind of picture" in done.out
    assert "Kamera K-7" in done.out
    lines = command("file", tmp_path / "none.jpg", photo, "--json").out.splitlines()
    assert [bool(json.loads(line)["gaps"]) for line in lines] == [True, False]


def test_only_what_cannot_be_read_prints_nothing(command: Callable[..., Any], tmp_path: Path) -> None:
    done = command("file", tmp_path / "none.jpg")
    assert (done.code, done.out) == (4, "")


def test_without_a_photo_it_is_wrong_usage(command: Callable[..., Any]) -> None:
    assert command("file").code == 2


def test_an_empty_file_is_called_that(command: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    done = command("file", tmp_path / "empty.jpg")
    assert done.code == 4
    assert "empty.jpg: an empty file: download or export it again" in done.err
