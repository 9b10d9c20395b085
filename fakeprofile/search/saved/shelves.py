"""Where saved files lie: a folder, or a zip. Both give files by name, and neither lets a name lead out.

Nothing is unpacked to the disk. Sizes are counted on what comes out, not on what a header claims.
"""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol
from urllib.parse import unquote

from fakeprofile.errors import PhotoError, SourceError
from fakeprofile.photo.files import bytes_of
from fakeprofile.search.saved.limits import SavedLimits, megabytes

_DIRECTORY = 4 * 1024 * 1024
"""Bytes of the list of a zip: about 50,000 names."""


class Shelf(Protocol):
    """Files by name; names are relative, with ``/``."""

    refused: list[tuple[str, str]]
    """Names that were not looked at, and why."""

    def names(self) -> Iterator[str]:
        """Every file that may be read, those that stand higher first."""
        ...

    def head(self, name: str, most: int) -> bytes:
        """The first bytes of a file.

        Raises:
            SourceError: it cannot be read.
        """
        ...

    def read(self, name: str, most: int) -> bytes:
        """All bytes of a file.

        Raises:
            SourceError: it is not there, cannot be read, or has more than ``most`` bytes.
        """
        ...


def file_beside(page: str, reference: str) -> str | None:
    """The name of a file that a page refers to, in a folder next to the page; None for anything else.

    A page may only name files in a folder of its own: what else lies beside it is none of its business.
    """
    plain = reference.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0]
    if ":" in plain.split("/")[0] or plain.startswith("/") or not plain or len(plain) > 4096:
        return None
    parts = [part for part in unquote(plain).split("/") if part != "."]
    if len(parts) < 2 or any(part in ("", "..") or "\\" in part or "\x00" in part for part in parts):
        return None
    return str(PurePosixPath(page).parent.joinpath(*parts))


class FolderShelf:
    """The files below a folder; links are not followed."""

    def __init__(self, root: Path, limits: SavedLimits) -> None:
        self._root = root
        self._real_root = root.resolve()
        self._limits = limits
        self.refused: list[tuple[str, str]] = []

    def names(self) -> Iterator[str]:
        """See ``Shelf``."""
        waiting = [self._root]
        count = 0
        while waiting:
            at = waiting.pop(0)
            try:
                inside = sorted(at.iterdir(), key=lambda path: path.name)
            except OSError as error:
                self.refused.append((self._name(at), error.strerror or "it cannot be opened"))
                continue
            for path in inside:
                count += 1
                if count > self._limits.files:
                    self.refused.append((self._name(at), _too_many(self._limits.files)))
                    return
                if path.is_symlink() or path.name.startswith("."):
                    continue
                if path.is_dir():
                    waiting.append(path)
                elif path.is_file():
                    yield self._name(path)

    def head(self, name: str, most: int) -> bytes:
        """See ``Shelf``."""
        path = self._inside(name)
        try:
            with path.open("rb") as file:
                return file.read(most)
        except OSError as error:
            raise SourceError(f"it cannot be read: {error.strerror or 'unknown reason'}") from error

    def read(self, name: str, most: int) -> bytes:
        """See ``Shelf``."""
        path = self._inside(name)
        _check_size(path, most)
        try:
            return bytes_of(path, most)
        except PhotoError as error:
            raise SourceError(str(error)) from error

    def _inside(self, name: str) -> Path:
        try:
            path = (self._root / name).resolve()
            inside = path.is_relative_to(self._real_root) and path.is_file()
        except (OSError, ValueError, RuntimeError) as error:
            words = error.strerror if isinstance(error, OSError) else None
            raise SourceError(f"it cannot be read: {words or 'its name leads nowhere'}") from error
        if not inside:
            raise SourceError("it is not there, or not a file")
        return path

    def _name(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix() if path != self._root else ""


class ZipShelf:
    """The files in a zip.

    Raises:
        SourceError: it is no zip that can be read, or its list is over the limit.
    """

    def __init__(self, file: BinaryIO, limits: SavedLimits) -> None:
        self._limits = limits
        self._left = limits.archive_bytes
        self.refused: list[tuple[str, str]] = []
        _check_directory(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,
            EOFError,
            NotImplementedError,
            struct.error,
        ) as error:
            raise SourceError("it begins as a zip, but it is cut off or damaged: make it again") from error
        self._members = self._sorted_out()

    def _sorted_out(self) -> dict[str, zipfile.ZipInfo]:
        members: dict[str, zipfile.ZipInfo] = {}
        for count, one in enumerate(self._zip.infolist()):
            if count >= self._limits.files:
                self.refused.append(("", _too_many(self._limits.files)))
                break
            if one.is_dir():
                continue
            reason = _why_refused(one)
            if reason:
                self.refused.append((one.filename[-80:], reason))
            else:
                members.setdefault(one.filename.removeprefix("./"), one)
        return members

    def names(self) -> Iterator[str]:
        """See ``Shelf``."""
        yield from sorted(self._members, key=lambda name: (name.count("/"), name))

    def head(self, name: str, most: int) -> bytes:
        """See ``Shelf``."""
        return self._bytes(name, most)

    def read(self, name: str, most: int) -> bytes:
        """See ``Shelf``."""
        data = self._bytes(name, most + 1)
        if len(data) > most:
            raise SourceError(over_limit(most))
        return data

    def _bytes(self, name: str, most: int) -> bytes:
        member = self._members.get(name)
        if member is None:
            raise SourceError("it is not in the zip")
        # Every read counts, so that files which lie over each other in the zip do not come for free.
        most = min(most, self._left + 1)
        try:
            with self._zip.open(member) as file:
                data = file.read(most)
        except (
            zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError,
        ) as error:  # fmt: skip
            raise SourceError(
                "it is damaged, or packed in a way that cannot be read: pack it again"
            ) from error
        self._left -= len(data)
        if self._left < 0:
            self._left = 0
            most_text = megabytes(self._limits.archive_bytes)
            raise SourceError(
                f"the zip unpacks to more than {most_text}, the limit: unpack it and give the pages"
            )
        if len(data) > 1_000_000 and len(data) > self._limits.ratio * max(member.compress_size, 1):
            raise SourceError(
                f"it unpacks to more than {self._limits.ratio} times its size, the limit: no web page does that"
            )
        return data


def over_limit(most: int) -> str:
    """The line for a page that is too large."""
    return f"it is over {megabytes(most)}, the limit for a saved page: scroll less far before saving it"


def zip_in(data: bytes, limits: SavedLimits) -> ZipShelf:
    """A zip that was read from another one.

    Raises:
        SourceError: it cannot be read.
    """
    return ZipShelf(io.BytesIO(data), limits)


def _check_size(path: Path, most: int) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise SourceError(f"it cannot be read: {error.strerror or 'unknown reason'}") from error
    if size > most:
        raise SourceError(over_limit(most))


def _check_directory(file: BinaryIO) -> None:
    """Looks at the end of the zip first: Python reads the list whole, however long it is."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read(65_557)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        raise SourceError("it begins as a zip, but its end is missing: copy or download it again")
    if struct.unpack_from("<I", tail, at + 12)[0] > _DIRECTORY:
        raise SourceError(
            "it lists more files than can be looked at: unpack it and give the saved pages alone"
        )
    file.seek(0)


def _why_refused(member: zipfile.ZipInfo) -> str:
    """Why a member of a zip is not read; empty if it may be."""
    name = member.filename
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name.startswith(("/", "\\")) or ".." in parts or name[1:2] == ":" or "\\" in name or "\x00" in name:
        return "its name leads out of the zip: it was not read"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "it is a link: it was not followed"
    if member.flag_bits & 0x1:
        return "it is encrypted: unpack it with its password and give the unpacked page"
    return ""


def _too_many(most: int) -> str:
    return f"more than {most:,} files, the limit; only the first were looked at: give the saved pages alone"
