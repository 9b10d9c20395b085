"""``fakeprofile.photo.files``: paths become files, and whatever is no plain file a reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from photo_files import NOISE

from fakeprofile import photo
from fakeprofile.records import Gap, Photo
from fakeprofile.settings import Limits


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("missing.png", "no such file"),
        ("file.png/a.png", "no such file"),
        (".", "a folder, not a file"),
        ("pipe", "not a regular file"),
        ("/dev/zero", "not a regular file"),
        ("loop", "cannot be read"),
        ("x" * 5000, "cannot be read"),
        ("nul\0.png", "no file can have such a name"),
        ("\ud800.png", "no file can have such a name"),
        ("empty.png", "an empty file"),
        ("large.png", "larger than the limit of 64 MB"),
    ],
)
def test_what_cannot_be_read_is_a_gap_at_once(path: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "file.png").write_bytes(NOISE["PNG"])
    (tmp_path / "empty.png").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "large.png").open("wb") as large:
        large.truncate(64 * 2**20 + 1)
    found = photo.read(f"{tmp_path}/{path}" if not path.startswith("/") else path)
    assert isinstance(found, Gap)
    assert says in found.reason
    assert found.reason.isprintable()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_gap(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch(mode=0)
    found = photo.read(tmp_path / "a.png")
    assert isinstance(found, Gap)
    assert "may not be read" in found.reason


def test_a_link_to_a_picture_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(NOISE["PNG"])
    (tmp_path / "b").symlink_to("a")
    assert isinstance(photo.read(tmp_path / "b"), Photo)


def grown(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def listed(*paths: Path | str, limits: Limits = Limits()) -> list[Path | Gap]:  # noqa: B008
    return list(photo.files_of([str(path) for path in paths], limits))


def test_a_folder_gives_its_files_in_natural_order(tmp_path: Path) -> None:
    names = ["2.png", "10.png", "B.png", "a/1.png", "a/x/01.png", "a/x/1.png", "c.png"]
    expected = ["2.png", "10.png", "a/1.png", "a/x/01.png", "a/x/1.png", "B.png", "c.png"]
    grown(tmp_path, *reversed(names))
    assert listed(tmp_path) == [tmp_path / name for name in expected]


def test_hidden_files_clutter_and_sidecars_are_passed_over_in_a_folder_only(tmp_path: Path) -> None:
    passed_over = [".hidden.png", ".git/a.png", "Thumbs.db", "desktop.ini", "__MACOSX/a.png", "identity.toml"]
    passed_over += ["a.json", "a.TXT", "a.toml", "a.csv", "a.md", "a.json.xz"]
    grown(tmp_path, "a.png", "no ending", *passed_over)
    assert listed(tmp_path) == [tmp_path / "a.png", tmp_path / "no ending"]
    named = [tmp_path / name for name in passed_over]
    assert listed(*named) == named


def test_paths_keep_the_order_in_which_they_were_given(tmp_path: Path) -> None:
    grown(tmp_path, "z.png", "b/1.png", "a.png")
    names = [tmp_path / "z.png", tmp_path / "b", tmp_path / "a.png"]
    assert listed(*names) == [tmp_path / "z.png", tmp_path / "b/1.png", tmp_path / "a.png"]


def test_links_to_folders_are_a_gap_and_no_loop(tmp_path: Path) -> None:
    grown(tmp_path, "a/1.png")
    (tmp_path / "a/up").symlink_to(tmp_path)
    first, second = listed(tmp_path)
    assert first == tmp_path / "a/1.png"
    assert isinstance(second, Gap)
    assert second.about == str(tmp_path / "a/up")
    assert "link" in second.reason


def test_a_link_to_a_folder_that_is_named_is_followed(tmp_path: Path) -> None:
    grown(tmp_path, "a/1.png")
    (tmp_path / "b").symlink_to("a")
    assert listed(tmp_path / "b") == [tmp_path / "b/1.png"]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("missing", "no such file or folder"),
        ("nul\0", "such a name"),
        ("empty", "no picture in this folder"),
        ("sidecars", "no picture in this folder"),
    ],
)
def test_a_path_that_gives_no_file_is_a_gap(path: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "empty/deeper").mkdir(parents=True)
    grown(tmp_path, "sidecars/a.json")
    (gap,) = listed(f"{tmp_path}/{path}")
    assert isinstance(gap, Gap)
    assert gap.about == f"{tmp_path}/{path}"
    assert says in gap.reason


def test_too_many_files_in_a_folder_are_a_gap_after_the_first_ones(tmp_path: Path) -> None:
    grown(tmp_path, *[f"{number}.png" for number in range(5)])
    *files, gap = listed(tmp_path, limits=Limits(files=3))
    assert files == [tmp_path / f"{number}.png" for number in range(3)]
    assert isinstance(gap, Gap)
    assert "more than 3 files; only the first 3" in gap.reason
    assert len(listed(tmp_path, limits=Limits(files=5))) == 5
