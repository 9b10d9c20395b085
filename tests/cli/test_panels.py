"""`panels`: what was found in a photo as a table, as JSON, drawn, and cut out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
SCREENSHOT = FIXTURES / "hard" / "screenshot-a.png"
PLAIN = FIXTURES / "references" / "imke-dorsman" / "dog.jpg"


def found_in(command: Callable[..., Any], photo: Path, *more: object) -> list[dict[str, Any]]:
    done = command("panels", photo, "--json", *more)
    assert (done.code, done.err) == (0, "")
    line = json.loads(done.out)
    assert line["schema"] == "fakeprofile.panels/1"
    with Image.open(photo) as image:
        assert (line["photo"], line["width"], line["height"]) == (str(photo), *image.size)
    panels: list[dict[str, Any]] = line["panels"]
    assert [one["number"] for one in panels] == list(range(1, len(panels) + 1))
    return panels


def test_the_post_and_the_avatar_of_a_screenshot_are_told(command: Callable[..., Any]) -> None:
    whole, *found = found_in(command, SCREENSHOT)
    assert (whole["x"], whole["y"], whole["w"], whole["h"], whole["shape"]) == (0, 0, 720, 1560, "whole")
    assert {"round", "rectangle"} <= {one["shape"] for one in found}
    post = max(found, key=lambda one: one["confidence"] * one["w"])
    assert (post["x"], post["y"], post["w"], post["h"]) == (0, 246, 720, 720)


def test_the_table_has_the_same_numbers(command: Callable[..., Any]) -> None:
    done = command("panels", SCREENSHOT)
    assert (done.code, done.err) == (0, "")
    table = done.out.split("\n  #")[1].split("\n\n")[
        0
    ]  # what stands before it is as long as the path of the file
    rows = [line.split() for line in table.splitlines()[1:]]
    assert [row[:6] for row in rows] == [
        [str(one[key]) for key in ("number", "x", "y", "w", "h", "shape")]
        for one in found_in(command, SCREENSHOT)
    ]


def test_no_more_are_told_than_asked_for(command: Callable[..., Any]) -> None:
    assert len(found_in(command, SCREENSHOT, "--most", 2)) == 2


def test_each_one_is_saved_as_it_is_numbered(command: Callable[..., Any], tmp_path: Path) -> None:
    found = found_in(command, SCREENSHOT)[1:]
    done = command("panels", SCREENSHOT, "--save", tmp_path / "tiles")
    assert done.code == 0
    assert f"{len(found)} saved in" in done.err
    names = {f"screenshot-a-{one['number']}.png" for one in found}
    assert {file.name for file in (tmp_path / "tiles").iterdir()} == names
    with Image.open(SCREENSHOT) as image:
        whole = image.convert("RGB")
    for one in found:
        box = one["x"], one["y"], one["x"] + one["w"], one["y"] + one["h"]
        with Image.open(tmp_path / "tiles" / f"screenshot-a-{one['number']}.png") as crop:
            assert crop.tobytes() == whole.crop(box).tobytes()


def test_the_picture_is_drawn_in_other_colours(command: Callable[..., Any], tmp_path: Path) -> None:
    out = tmp_path / "found.png"
    done = command("panels", SCREENSHOT, "--picture", out)
    assert done.code == 0
    assert f"drawn: {out}" in done.err
    with Image.open(out) as drawn, Image.open(SCREENSHOT) as photo:
        assert (drawn.format, drawn.size) == ("PNG", photo.size)
        assert drawn.convert("RGB").tobytes() != photo.convert("RGB").tobytes()


def test_nothing_that_is_there_is_replaced(command: Callable[..., Any], tmp_path: Path) -> None:
    out, folder = tmp_path / "found.png", tmp_path / "tiles"
    folder.mkdir()
    kept = folder / "screenshot-a-2.png"
    for file in (out, kept):
        file.write_text("mine")
    for option, place, named in (("--picture", out, out), ("--save", folder, kept)):
        done = command("panels", SCREENSHOT, option, place)
        assert (done.code, done.out) == (2, "")
        assert f"{named} is there already" in done.err
    assert out.read_text() == kept.read_text() == "mine"
    assert [file.name for file in folder.iterdir()] == [kept.name]


@pytest.mark.parametrize("name", ["found.jpg", "no/such/folder/found.png"])
def test_a_drawing_that_cannot_be_written_is_wrong_usage(
    command: Callable[..., Any], tmp_path: Path, name: str
) -> None:
    done = command("panels", SCREENSHOT, "--picture", tmp_path / name)
    assert done.code == 2
    assert name in done.err


def test_what_goes_to_a_file_or_pipe_has_the_photo_on_one_line_however_long_its_name(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    photo = tmp_path / f"{'long ' * 20}.jpg"
    photo.write_bytes(PLAIN.read_bytes())
    assert f"{photo}: 1080 x 1080 pixels, no picture found in it" in command("panels", photo).out.splitlines()


def test_of_a_plain_photo_nothing_is_saved(command: Callable[..., Any], tmp_path: Path) -> None:
    done = command("panels", PLAIN, "--save", tmp_path / "tiles")
    assert done.code == 0
    assert "no picture found in it" in done.out
    assert "nothing saved" in done.err


def test_a_photo_that_cannot_be_read_is_wrong_input(command: Callable[..., Any], tmp_path: Path) -> None:
    done = command("panels", tmp_path / "missing.jpg")
    assert (done.code, done.out) == (2, "")
    assert "missing.jpg" in done.err
