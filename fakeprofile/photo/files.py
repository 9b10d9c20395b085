"""Paths -> the files they name, and files -> bytes; devices, pipes and other traps are not opened."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from fakeprofile.errors import PhotoError
from fakeprofile.records import Gap
from fakeprofile.settings import DEFAULT, Limits

STEP = "photo"
PIECE = 1 << 18
"""Bytes that are read at once of a file that is read piece by piece."""
SIDECARS = frozenset({".json", ".txt", ".toml", ".csv", ".md", ".xz"})
"""Endings of files that exports and downloaders put next to pictures."""
CLUTTER = frozenset({"thumbs.db", "desktop.ini", "__macosx", "identity.toml"})


def files_of(paths: Sequence[Path | str], limits: Limits = DEFAULT.limits) -> Iterator[Path | Gap]:
    """The files that the paths name, folders opened up, each as a path or as a gap.

    A folder's files come in natural order (2.png before 10.png), those of its folders included.
    Left out are hidden files, what systems drop into folders and sidecars such as ``.json``; named
    directly, they are kept. Links to folders are not followed.
    """
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(Path(path).stat().st_mode)
        except (OSError, ValueError) as error:
            yield Gap(step=STEP, about=str(path), reason=_words(error))
            continue
        if is_folder:
            yield from _files_in(Path(path), limits.files)
        else:
            yield Path(path)


def _files_in(folder: Path, most: int) -> Iterator[Path | Gap]:
    files = gaps = 0
    for found in _walk(folder):
        if isinstance(found, Gap):
            gaps += 1
        elif files == most:
            reason = f"more than {most:,} files; only the first {most:,} are looked at: give smaller folders"
            yield Gap(step=STEP, about=str(folder), reason=reason)
            return
        else:
            files += 1
        yield found
    if not files and not gaps:
        reason = "no picture in this folder (hidden files and lists such as .json are passed over)"
        yield Gap(step=STEP, about=str(folder), reason=reason)


def _walk(folder: Path) -> Iterator[Path | Gap]:
    waiting = [folder]  # a stack, not recursion: a tree can be deeper than Python's stack
    while waiting:
        at = waiting.pop()
        if at is not folder and not at.is_dir():
            yield at
        elif at is not folder and at.is_symlink():
            reason = "a link to a folder, which is not followed: give that folder itself"
            yield Gap(step=STEP, about=str(at), reason=reason)
        else:
            try:
                names = sorted(filter(_is_wanted, os.listdir(at)), key=_natural, reverse=True)  # noqa: PTH208
            except OSError as error:
                yield Gap(step=STEP, about=str(at), reason=_words(error))
                continue
            waiting.extend(at / name for name in names)


def _is_wanted(name: str) -> bool:
    plain = name.casefold()
    return not (plain.startswith(".") or plain in CLUTTER or Path(plain).suffix in SIDECARS)


def _natural(name: str) -> tuple[list[str | int], str]:
    parts = re.split(r"([0-9]+)", name.casefold())
    return [int(part) if odd else part for part, odd in zip(parts, (0, 1) * len(parts), strict=False)], name


def bytes_of(path: Path | str, most: int) -> bytes:
    """What stands in the file.

    Raises:
        PhotoError: it is no regular file, cannot be read, or has more bytes than ``most``.
    """
    try:
        with _opened(path, most) as (file, size):
            data = file.read(min(size, most) + 1)  # no more memory than it takes
            # Files in /proc say 0 bytes, and a file can grow.
            return data if len(data) <= size else data + file.read(most + 1 - len(data))
    except (OSError, ValueError) as error:
        raise PhotoError(_words(error)) from error


def pieces_of(path: Path | str, most: int) -> Iterator[bytes]:
    """What stands in the file, piece by piece; close it if it is not read to its end.

    Raises:
        PhotoError: while iterating: see ``bytes_of``.
    """
    try:
        with _opened(path, most) as (file, _):
            left = most
            while left and (piece := file.read(min(PIECE, left))):
                left -= len(piece)
                yield piece
    except (OSError, ValueError) as error:
        raise PhotoError(_words(error)) from error


@contextlib.contextmanager
def _opened(path: Path | str, most: int) -> Iterator[tuple[IO[bytes], int]]:
    """The file and its size in bytes."""
    _check_regular(os.stat(path))  # noqa: PTH116 - before opening: opening a device can already act
    # Should it become a pipe in between, opening it must not wait for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:  # noqa: PTH123
        now = os.fstat(file.fileno())
        _check_regular(now)
        check_bytes(max(now.st_size, 1), most)
        yield file, now.st_size


def sha256_of(path: Path | str, most: int) -> str:
    """The SHA-256 of what stands in the file, in hex.

    Raises:
        PhotoError: see ``bytes_of``.
    """
    return hashlib.sha256(bytes_of(path, most)).hexdigest()


def _check_regular(found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise PhotoError("a folder, not a file: give the files in it")
    if not stat.S_ISREG(found.st_mode):
        raise PhotoError("a device, pipe or socket, not a regular file: copy the picture to a file first")


def check_bytes(size: int, most: int) -> None:
    """Nothing, if the file is neither empty nor too large.

    Raises:
        PhotoError: it is.
    """
    if not size:
        raise PhotoError("an empty file: download or export it again")
    if size > most:
        limit = f"{most / 2**20:,.0f} MB" if most >= 2**20 else f"{most:,} bytes"
        raise PhotoError(f"larger than the limit of {limit}: make it smaller and try again")


def _words(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "no such file or folder: check the spelling"
        case PermissionError():
            return "may not be read: change its permissions or run as another user"
        case OSError():
            return f"cannot be read ({(error.strerror or 'unknown reason').lower()}): copy it and try again"
    return "cannot be read (no file can have such a name): check the spelling"
