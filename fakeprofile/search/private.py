"""Files that only their owner may read: opened without following links, written whole or not at all.

Windows has no such modes: there, who may read a file is what its folder says.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path

PRIVATE = 0o600
PRIVATE_FOLDER = 0o700
HAS_MODES = os.name == "posix"


class NotPrivate(OSError):
    """The file is not what it should be; the message follows the name of the file."""


def read_private(path: Path, most: int) -> bytes:
    """The bytes of a file that nobody else may read.

    Raises:
        FileNotFoundError: there is none.
        NotPrivate: it is a link, no file, somebody else's, open to others, or larger than ``most``.
        OSError: it cannot be read.
    """
    if path.is_symlink():
        raise NotPrivate("is a link: put the file itself there")
    # Without O_NONBLOCK a pipe would keep us waiting; O_NOFOLLOW for a link that comes in between.
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    )
    with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - a descriptor is no path
        # Of the open file, not of the path: that may lead elsewhere by now.
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise NotPrivate("is not a file")
        _check_owner(status)
        if status.st_size > most:
            raise NotPrivate(f"is larger than {most:,} bytes")
        return file.read(most)


def write_private(path: Path, data: bytes) -> None:
    """Puts the file there, whole, readable by its owner alone; an older one is replaced.

    Raises:
        NotPrivate: a link stands in its place.
        OSError: it cannot be written.
    """
    if path.is_symlink():
        raise NotPrivate("is a link: put the file itself there")
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        flags = (
            os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        )
        with open(os.open(partial, flags, PRIVATE), "wb") as file:  # noqa: PTH123
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()


def _check_owner(status: os.stat_result) -> None:
    if not HAS_MODES:
        return
    if status.st_uid != os.geteuid():
        raise NotPrivate("belongs to another user")
    mode = stat.S_IMODE(status.st_mode)
    if mode & 0o077:
        raise NotPrivate(f"can be read or written by others (mode {mode:04o}; it must be 0600)")
