"""`match`: one line of JSON for each photo, whatever the photo is."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cli import bad_input
from PIL import Image

import fakeprofile
from fakeprofile.references.library import Library

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
STAGE = FIXTURES / "cases" / "lars" / "1-stage.jpg"
AVATAR = FIXTURES / "cases" / "no-photo" / "avatar.png"


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_each_photo_has_its_line_in_the_order_given(
    command: Callable[..., Any], story_library: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.jpg").write_bytes(b"")
    given = [tmp_path / "bad.jpg", STAGE, tmp_path / "missing.jpg", AVATAR]
    done = command("match", *given, library=story_library)
    found = lines_of(done.out)
    assert [line["photo"] for line in found] == [str(path) for path in given]
    assert [line["status"] for line in found] == ["unreadable", "ok", "unreadable", "not-checkable"]
    assert {line["schema"] for line in found} == {"fakeprofile.match/1"}
    assert found[3]["reason"] == "default avatar"
    assert done.code == 3
    assert len(done.err.splitlines()) == 2


def test_a_match_has_exactly_the_promised_keys_and_types(
    command: Callable[..., Any], story_library: Path
) -> None:
    done = command("match", STAGE, library=story_library)
    (line,) = lines_of(done.out)
    first = line["matches"][0]
    assert list(line) == ["schema", "photo", "sha256", "width", "height", "status", "fingerprint", "matches"]
    assert list(first) == [
        "sighting", "identity", "handles", "page_url", "image_url", "seen_on", "source", "photo_sha256",
        "inliers", "whole_distance", "mirrored", "rotation_degrees", "scale", "region", "edits", "support",
    ]  # fmt: skip
    assert (line["width"], line["height"]) == (640, 800)
    assert re.fullmatch(r"[0-9a-f]{16}", line["fingerprint"]["phash"])
    assert re.fullmatch(r"[0-9a-f]{64}", line["fingerprint"]["pdq"])
    assert (first["identity"], first["source"], first["seen_on"]) == (
        "Mikkel Sandvang",
        "reference",
        "2016-05-01",
    )
    assert "instagram:mikkelsandvang" in first["handles"]
    assert isinstance(first["inliers"], int)
    assert isinstance(first["mirrored"], bool)
    assert [len(corners) for corners in first["region"].values()] == [4, 4]
    assert first["support"]["words"] == "moderately strong"
    strengths = [match["support"]["log10_lr"] for match in line["matches"]]
    assert strengths == sorted(strengths, reverse=True)


def test_only_proven_matches_are_listed_unless_all_are_asked_for(
    command: Callable[..., Any], story_library: Path
) -> None:
    photo = FIXTURES / "hard" / "burst-a.jpg"
    usual = command("match", photo, library=story_library)
    everything = command("match", photo, "--all", library=story_library)
    assert (usual.code, everything.code) == (0, 0)
    assert lines_of(usual.out)[0]["matches"] == []
    assert not any(match["proven"] for match in lines_of(everything.out)[0]["matches"])


def test_a_hash_without_its_picture_is_found_without_a_region(
    command: Callable[..., Any], tmp_path: Path
) -> None:
    (line,) = lines_of(command("match", STAGE).out)
    (tmp_path / "list.txt").write_text(f"pdq {line['fingerprint']['pdq']}\n")
    assert command("references", "import", tmp_path / "list.txt").code == 0
    done = command("match", STAGE)
    (found,) = lines_of(done.out)[0]["matches"]
    assert done.code == 3
    assert (found["region"], found["inliers"], found["scale"]) == (None, None, None)
    assert found["whole_distance"] == {"phash": None, "pdq": 0}
    assert (found["identity"], found["handles"], found["photo_sha256"]) == (None, [], None)


def test_match_remembers_nothing(command: Callable[..., Any], story_library: Path) -> None:
    command("match", STAGE, library=story_library)
    assert command("cases", "list", library=story_library).out == ""


def test_an_empty_library_is_told_so_that_nobody_takes_it_for_an_answer(command: Callable[..., Any]) -> None:
    done = command("match", STAGE)
    assert (done.code, lines_of(done.out)[0]["matches"]) == (0, [])
    assert "empty" in done.err


def test_an_animation_is_looked_at_by_its_first_frame(command: Callable[..., Any], tmp_path: Path) -> None:
    frames = [Image.effect_noise((120, 120), 80).convert("RGB") for _ in range(3)]
    frames[0].save(tmp_path / "moving.gif", save_all=True, append_images=frames[1:])
    done = command("match", tmp_path / "moving.gif")
    assert lines_of(done.out)[0]["status"] in ("ok", "not-checkable")
    assert "only the first of its 3 frames" in done.err


# --- bad input ------------------------------------------------------------------------------


@pytest.fixture
def bad_folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "given"
    folder.mkdir()
    for name, (make, _) in bad_input.BAD.items():
        make(folder / name)
    yield folder
    (folder / "locked.jpg").chmod(0o600)


NAMES = [name for name in bad_input.BAD if name != "locked.jpg" or os.geteuid() != 0]
"""Nothing is unreadable for root."""


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "words", [["match"], ["check", "--json", "--handle", "x"], ["check", "--handle", "x"]]
)
def test_a_bad_photo_costs_one_clear_line_and_the_others_go_on(
    command: Callable[..., Any], bad_folder: Path, words: list[str], name: str
) -> None:
    """The names of the bad ones, and a reason, stand on standard error; the good one is looked at."""
    done = command(*words, bad_folder / name, STAGE)
    told = [line for line in done.err.splitlines() if "library" not in line]
    assert len(told) == 1
    assert str(bad_folder / name) in told[0]
    assert re.search(bad_input.BAD[name][1], told[0])
    assert done.code == 4
    assert "Traceback" not in done.err
    assert "1-stage.jpg" in done.out
    if words[0] == "match":
        assert [line["status"] for line in lines_of(done.out)] == ["unreadable", "ok"]


def test_a_flagged_photo_beside_a_bad_one_is_flagged(
    command: Callable[..., Any], bad_folder: Path, story_library: Path
) -> None:
    assert command("match", bad_folder / "empty.jpg", STAGE, library=story_library).code == 3
    done = command("check", bad_folder / "empty.jpg", STAGE, "--handle", "x", library=story_library)
    assert done.code == 3
    assert "empty.jpg" in done.out


@pytest.mark.parametrize(
    "name", ["\x1b[31mred.jpg", "\u202egpj.exe.jpg", "two\nlines.jpg", "\udcff.jpg", "\u2066x.jpg"]
)
def test_a_nasty_name_reaches_neither_terminal_nor_json_raw(
    command: Callable[..., Any], tmp_path: Path, name: str
) -> None:
    good, bad = tmp_path / name, tmp_path / f"bad{name}"
    good.write_bytes(STAGE.read_bytes())
    bad.write_bytes(b"")
    matched = command("match", good, bad)
    assert [line["photo"] for line in lines_of(matched.out)] == [str(good), str(bad)]
    for words in (["match"], ["check", "--handle", "x"], ["check", "--json", "--handle", "x"]):
        done = command(*words, good, bad)
        assert done.code == 4
        assert (done.out + done.err).replace("\n", "").isprintable()
        assert len([line for line in done.err.splitlines() if "library" not in line]) == 1


# --- a library that cannot be used ------------------------------------------------------------


def _newer(path: Path) -> None:
    Library.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()


def _not_sqlite(path: Path) -> None:
    path.write_bytes(b"this is my shopping list " * 100)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (_newer, "newer"),
        (_foreign, "another program"),
        (_not_sqlite, "not a fakeprofile library"),
        (lambda path: path.mkdir(), "not a file"),
    ],
)
@pytest.mark.parametrize("words", [["match"], ["check", "--handle", "x"]])
def test_a_library_that_cannot_be_used_is_said_in_one_line_and_left_as_it_is(
    command: Callable[..., Any], tmp_path: Path, words: list[str], make: Callable[[Path], object], told: str
) -> None:
    path = tmp_path / "bad.sqlite"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    done = command(*words, STAGE, library=path)
    (line,) = done.err.splitlines()
    assert (done.code, done.out) == (2, "")
    assert str(path) in line
    assert told in line
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_library_that_another_program_writes_to_still_answers(
    command: Callable[..., Any], story_library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only remembering the account has to wait, and that it was not done is said."""
    monkeypatch.setattr("fakeprofile.references.database.PATIENCE", 0.1)
    writer = sqlite3.connect(story_library, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    done = command("check", STAGE, "--handle", "instagram:lars", library=story_library)
    writer.execute("ROLLBACK")
    writer.close()
    assert done.code == 3
    assert "Mikkel Sandvang" in done.out
    (line,) = done.err.splitlines()
    assert str(story_library) in line
    assert "not remembered" in line
    with fakeprofile.open_library(story_library) as library:
        assert library.cases() == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_library_still_answers(command: Callable[..., Any], story_library: Path) -> None:
    story_library.chmod(0o400)
    done = command("check", STAGE, "--handle", "instagram:lars", library=story_library)
    assert done.code == 3
    assert "not remembered" in done.err
