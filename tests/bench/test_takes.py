"""Real takes of one scene: one is known, the others are asked about, and none of them is the same picture."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner
from drawn import next_moment, scene
from PIL import Image

from fakeprofile.bench.counting import TAKES
from fakeprofile.bench.takes import takes_in
from fakeprofile.cli import main
from fakeprofile.errors import UsageError


@pytest.fixture
def scenes(tmp_path: Path) -> Path:
    """A burst of three, a photo that is alone, a file that is none, and a video of twenty frames that fade."""
    folder = tmp_path / "scenes"
    for name, takes in {"burst": 3, "alone": 1}.items():
        (folder / name).mkdir(parents=True)
        for number in range(takes):
            pixels = scene(7) if number == 0 else next_moment(scene(7 + number))
            Image.fromarray(pixels).save(folder / name / f"{number}.png")
    (folder / "burst" / "notes.png").write_text("no picture")
    (folder / "notes.mp4").write_text("no video")
    video = cv2.VideoWriter(str(folder / "yard.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 10, (320, 240))
    for number in range(20):
        video.write(np.asarray(scene(30, 320, 240) * (1 - number / 40), np.uint8))
    video.release()
    return folder


def test_the_first_take_of_a_scene_is_known_in_three_forms_and_the_others_are_asked_about(
    scenes: Path, tmp_path: Path
) -> None:
    takes = takes_in(scenes, 1, tmp_path)
    assert [one.name for one in takes.known] == [
        *(f"burst 0.png{form}" for form in ("", " in a chat", " small")),
        *(f"yard.avi 3 frame 3{form}" for form in ("", " in a chat", " small")),
        *(f"yard.avi 11 frame 11{form}" for form in ("", " in a chat", " small")),
    ]
    asked = [(one.about, one.own) for one in takes.questions]
    assert asked == [
        ("burst 1.png", "burst 0.png"),
        ("burst 2.png", "burst 0.png"),
        ("yard.avi 3 frame 6", "yard.avi 3 frame 3"),
        ("yard.avi 3 frame 15", "yard.avi 3 frame 3"),
        ("yard.avi 11 frame 14", "yard.avi 11 frame 11"),
    ]
    assert {one.kind for one in takes.questions} == {TAKES}
    with Image.open(takes.known[2].path) as small:
        assert max(small.size) == 150
    assert not {what for one in takes.known for what in one.shows} & {
        what for one in takes.questions for what in one.shows
    }


def test_the_frames_are_those_of_their_numbers(scenes: Path, tmp_path: Path) -> None:
    """Frame 11 is darker than frame 3 by what the video fades in between."""
    known = {one.name: np.asarray(Image.open(one.path)).mean() for one in takes_in(scenes, 1, tmp_path).known}
    assert known["yard.avi 11 frame 11"] / known["yard.avi 3 frame 3"] == pytest.approx(
        (1 - 11 / 40) / (1 - 3 / 40), abs=0.02
    )


def test_what_cannot_be_read_is_told_and_costs_no_other_take(scenes: Path, tmp_path: Path) -> None:
    gaps = takes_in(scenes, 1, tmp_path).gaps
    assert sorted(Path(gap.about).name for gap in gaps) == ["notes.mp4", "notes.png"]


def test_two_takes_of_one_name_and_different_kinds_are_two_takes(tmp_path: Path) -> None:
    (tmp_path / "scenes" / "wall").mkdir(parents=True)
    for seed, name in ((1, "1.png"), (2, "1.jpg")):
        Image.fromarray(scene(seed)).save(tmp_path / "scenes" / "wall" / name)
    takes = takes_in(tmp_path / "scenes", 1, tmp_path)
    assert [one.about for one in takes.questions] == ["wall 1.png"]
    assert takes.questions[0].own == "wall 1.jpg"


def test_a_folder_without_two_takes_of_anything_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no scene with two takes"):
        takes_in(tmp_path / "empty", 1, tmp_path)


def test_a_bench_counts_the_takes_that_are_called_the_same(scenes: Path, tmp_path: Path) -> None:
    """The frames of the fading video are one picture made darker; the burst is not."""
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(7):
        Image.fromarray(scene(60 + number, 400, 300)).save(photos / f"{number}.png")
    few = (
        "--edits",
        "compression",
        "--queries",
        "1",
        "--pairs",
        "1",
        "--kinds",
        "qr-codes",
        "--workers",
        "1",
    )
    done = CliRunner().invoke(main, ["bench", "recall", str(photos), *few, "--takes", str(scenes), "--json"])
    assert done.exit_code == 0, done.stderr
    row = next(one for one in json.loads(done.stdout)["confused"] if one["name"] == TAKES)
    assert row["pairs"] == 5
    assert row["same"] == 3
    assert "notes.mp4" in done.stderr
    false = {one["query"] for one in json.loads(done.stdout)["false_matches"] if one["kind"] == TAKES}
    assert not any(about.startswith("burst") for about in false)
