from __future__ import annotations

import os
from pathlib import Path

import pytest

from fakeprofile.search.private import HAS_MODES, NotPrivate, read_private, write_private

posix = pytest.mark.skipif(not HAS_MODES, reason="there are no modes here")


def test_what_was_written_is_read_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "file"
    write_private(path, b"one")
    write_private(path, b"two")
    assert read_private(path, 100) == b"two"
    assert [one.name for one in path.parent.iterdir()] == ["file"]


@posix
def test_a_written_file_is_its_owners_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_private(tmp_path / "new" / "file", b"x")
    finally:
        os.umask(before)
    assert (tmp_path / "new" / "file").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


@posix
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o601])
def test_a_file_that_others_can_open_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    write_private(path, b"x")
    path.chmod(mode)
    with pytest.raises(NotPrivate, match=f"mode {mode:04o}"):
        read_private(path, 100)


def test_links_are_neither_read_nor_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    write_private(target, b"kept")
    link.symlink_to(target)
    with pytest.raises(NotPrivate, match="is a link"):
        read_private(link, 100)
    with pytest.raises(NotPrivate, match="is a link"):
        write_private(link, b"new")
    assert target.read_bytes() == b"kept"


@posix
def test_pipes_and_folders_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe", 0o600)
    (tmp_path / "folder").mkdir(mode=0o700)
    with pytest.raises(NotPrivate, match="is not a file"):
        read_private(tmp_path / "pipe", 100)
    with pytest.raises(OSError):
        read_private(tmp_path / "folder", 100)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    write_private(tmp_path / "file", b"x" * 101)
    with pytest.raises(NotPrivate, match="larger than 100 bytes"):
        read_private(tmp_path / "file", 100)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    (tmp_path / "file" / "inside").touch()
    with pytest.raises(OSError):
        write_private(tmp_path / "file", b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
