"""The ordinary files below a folder on the disk; no link is followed out of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from fakeprofile.accounts.archive import LEADS_OUT, LINK
from fakeprofile.accounts.names import LeftOut, is_clutter, parts_of

ODD = "left out: no ordinary file, or it cannot be read"


def is_zip(path: Path) -> bool:
    """Whether a file begins like a zip, or is called like one."""
    try:
        with path.open("rb") as file:
            return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06") or path.suffix.lower() == ".zip"
    except OSError:
        return False


def files_below(root: Path, left_out: LeftOut) -> Iterator[tuple[os.DirEntry[str], tuple[str, ...]]]:
    """Every ordinary file below a folder, with the parts of its name; clutter is passed over in silence."""
    waiting = [str(root)]
    start = len(os.path.join(root, ""))  # noqa: PTH118 - pathlib would not end it in a slash
    while waiting:
        try:
            with os.scandir(waiting.pop()) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            left_out.add(ODD, str(error.filename or root.name).removeprefix(f"{root}{os.sep}"))
            continue
        folders = []
        for entry in entries:
            parts = parts_of(entry.path[start:].replace(os.sep, "/"))
            if parts is None:
                left_out.add(LEADS_OUT, entry.name)
            elif is_clutter(parts):
                continue
            elif _is_real_folder(entry):
                folders.append(entry.path)
            elif reason := _why_not(entry, root):
                left_out.add(reason, "/".join(parts))
            else:
                yield entry, parts
        waiting.extend(reversed(folders))


def _is_real_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _why_not(entry: os.DirEntry[str], root: Path) -> str | None:
    """Why a file is not in the tree, if it is not."""
    try:
        if entry.is_symlink():
            inside = Path(entry.path).resolve().is_relative_to(root.resolve())
            return None if inside and entry.is_file() else LINK
        return None if entry.is_file() else ODD
    except (OSError, RuntimeError):
        return ODD
