"""Paths that are given with a command: whether they are there, and whether what is to be written may go there."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import click

from fakeprofile.errors import UsageError


class GivenPath(click.Path):
    """A path, refused in the one line that all errors have, where click says it in three."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The path.

        Raises:
            UsageError: it is not what the command takes.
        """
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            raise UsageError(f"{os.fspath(value)} {self._why_not(value)}") from error

    def _why_not(self, path: str | os.PathLike[str]) -> str:
        try:
            is_folder = stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116
        except PermissionError:
            return "may not be read: change its permissions or run as another user"
        except (OSError, ValueError):
            return "is not there: check the spelling"
        if is_folder and not self.dir_okay:
            return "is a folder: name a file"
        if not is_folder and not self.file_okay:
            return "is no folder: name a folder"
        return "may not be read: change its permissions or run as another user"


FILE = GivenPath(path_type=Path, dir_okay=False)
"""A file, there or not."""
FOLDER = GivenPath(path_type=Path, file_okay=False)
"""A folder, there or not."""
THERE = GivenPath(path_type=Path, exists=True)
"""A file or folder that is there."""
FOLDER_THERE = GivenPath(path_type=Path, exists=True, file_okay=False)


def check_file(file: Path) -> None:
    """Nothing, if a file can be written there: asked before the work begins, and nothing is left of the question.

    Raises:
        UsageError: it cannot; what to do.
    """
    if not file.parent.is_dir():
        raise UsageError(
            f"{file} cannot be written, for there is no folder {file.parent}: make it, or choose another place"
        )
    try:
        if file.exists():
            file.open("r+b").close()
        else:
            # Permissions alone do not tell: the disk can be read-only, the name too long.
            file.open("xb").close()
            file.unlink()
    except OSError as error:
        raise _not_written(file, error) from error


def make_folder(folder: Path) -> None:
    """The folder is there afterwards, and takes files.

    Raises:
        UsageError: it cannot be made, or takes none.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(folder, error) from error
    check_folder(folder)


def check_folder(folder: Path) -> None:
    """Nothing, if files can be written into the folder.

    Raises:
        UsageError: they cannot; what to do.
    """
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _not_written(folder, error) from error


def write_file(file: Path, data: bytes, *, new: bool = False) -> None:
    """Writes a file.

    Args:
        file: where.
        data: all that stands in it.
        new: never over one that is there.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        with file.open("xb" if new else "wb") as out:
            out.write(data)
    except OSError as error:
        raise _not_written(file, error) from error


def _not_written(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path} cannot be written ({error.strerror}): choose another place")
