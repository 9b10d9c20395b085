"""A read-only view of what somebody has: a folder, a zip, zips in either, or a single file.

Nothing is unpacked to a name that a stranger chose, no link is followed out of the source, and the folders
in which exports keep messages are not even listed.
"""

from __future__ import annotations

import contextlib
import functools
import posixpath
import tempfile
import weakref
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from fakeprofile.accounts.archive import MESSAGES, SMALL, TWICE, WHOLLY, ZIP_RATIO, Archive, TreeLimits
from fakeprofile.accounts.disk import files_below, is_zip
from fakeprofile.accounts.names import LeftOut, is_clutter, is_message, parts_of, shown, source_gap
from fakeprofile.errors import PhotoError, SourceError
from fakeprofile.photo import decode, read
from fakeprofile.photo.files import bytes_of, pieces_of
from fakeprofile.records import Gap, Photo, PhotoFile, PhotoUse
from fakeprofile.settings import Limits, Settings

__all__ = ["Tree", "TreeFile", "TreeLimits", "open_tree", "read_photo"]

DEFAULT = TreeLimits()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class TreeFile:
    """One file of a source."""

    name: str
    """Its path in the source, with ``/`` between its parts, made visible."""
    size: int
    """In bytes, as the folder or zip says."""

    @property
    def last(self) -> str:
        """The last part of its name. No ``PurePosixPath``: a zip of 100,000 names is asked two dozen times."""
        return self.name.rpartition("/")[2]

    @property
    def ending(self) -> str:
        """The ending of its name in small letters, with the point; empty for none."""
        return posixpath.splitext(self.last)[1].casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Packed:
    """Where a member lies: in an open zip, which is (in) the file that the user has."""

    archive: Archive
    name: str
    """In ``archive``."""
    path: Path
    """The outermost zip."""
    member: str
    """From there on: ``part-1.zip/photos/a.jpg``."""


class Tree:
    """A source that is open; a context manager. ``files`` are sorted by name."""

    def __init__(self, path: Path, limits: TreeLimits) -> None:
        self.path = path
        self.name = shown(path.name or str(path))
        self._limits = limits
        self._places: dict[str, Path | _Packed] = {}
        self._sizes: dict[str, int] = {}
        self._left_out = LeftOut()
        self._gaps: list[Gap] = []
        self._zips = 0
        self._room = limits.zip_bytes
        self._alone = False
        self._open = contextlib.ExitStack()
        # A worker's cache forgets trees without saying so: their files must be closed then too.
        self._end = weakref.finalize(self, self._open.close)
        try:
            self._fill()
        except BaseException:
            self.close()
            raise
        self.files = tuple(sorted(TreeFile(name=name, size=size) for name, size in self._sizes.items()))
        self.gaps: tuple[Gap, ...] = (*self._gaps, *self._left_out.gaps(self.name))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes what is open of it."""
        self._end()

    def about(self, name: str) -> str:
        """A file of the source, for messages."""
        return shown(name, 120) if name == self.name else f"{self.name}: {shown(name, 120)}"

    @property
    def closed(self) -> tuple[str, ...]:
        """Why none of the files of a zip may be opened, where that says something of the zip itself."""
        if self.files or self._zips or self.path.is_dir():
            return ()
        return tuple(whole for reason, whole in WHOLLY.items() if reason in self._left_out.reasons)

    def read(self, name: str, most: int) -> bytes | Gap:
        """What stands in a file, if it has no more than ``most`` bytes; else why it cannot be read."""
        place = self._places.get(name)
        if place is None:
            return source_gap(self.about(name), "is not in the source")
        try:
            if isinstance(place, Path):
                return bytes_of(place, most)
            return place.archive.read(place.name, most)
        except (PhotoError, SourceError) as refused:
            return source_gap(self.about(name), str(refused))

    def pieces(self, name: str, most: int) -> Generator[bytes]:
        """What ``read`` gives, piece by piece; close it if it is not read to its end.

        Raises:
            SourceError: while iterating: it cannot be read; the reason alone.
        """
        place = self._places.get(name)
        if place is None:
            raise SourceError("is not in the source")
        if isinstance(place, _Packed):
            yield from place.archive.pieces(place.name, most)
            return
        try:
            yield from pieces_of(place, most)
        except PhotoError as refused:
            raise SourceError(str(refused)) from refused

    def size_of(self, name: str) -> int:
        """The size of a file in bytes, as the folder or zip says; 0 if it says nothing."""
        return self._sizes.get(name, 0)

    def head(self, name: str, most: int = 65_536) -> bytes:
        """The first bytes of a file, to tell what it is; empty if it cannot be read."""
        place = self._places.get(name)
        try:
            if isinstance(place, Path):
                with place.open("rb") as file:
                    return file.read(most)
            return place.archive.head(place.name, most) if place is not None else b""
        except (OSError, SourceError):
            return b""

    def beside(self, name: str, other: str) -> str | None:
        """The name of the file that ``other`` means when it stands in the list ``name``; None if there is none.

        Only files of the source can be meant; of a list that was given alone, also those below its folder.
        """
        parts = parts_of(other.strip())
        if parts is None or is_clutter(parts) or is_message(parts):
            return None
        found = "/".join((*name.split("/")[:-1], *parts))
        if found in self._places:
            return found
        if not self._alone:  # a folder or zip holds all that it can mean
            return None
        path, folder = self.path.parent / other.strip().replace("\\", "/"), self.path.parent
        try:
            inside = path.resolve().is_relative_to(folder.resolve()) and path.is_file()
        except (OSError, ValueError, RuntimeError):
            return None
        if inside:
            self._places[found] = path
        return found if inside else None

    def photo(self, name: str, use: PhotoUse = PhotoUse.UNKNOWN, on: str | None = None) -> PhotoFile:
        """A file of the source as a photo that any process can open by itself.

        Raises:
            KeyError: there is no such file.
        """
        place = self._places[name]
        if isinstance(place, Path):
            return PhotoFile(path=str(place), use=use, on=on)
        return PhotoFile(path=str(place.path), member=place.member, use=use, on=on)

    def __contains__(self, name: str) -> bool:
        return name in self._places

    # --- filling ------------------------------------------------------------------------------

    def _fill(self) -> None:
        try:
            is_folder, size = self.path.is_dir(), self.path.stat().st_size
        except (OSError, ValueError) as error:
            raise SourceError(f"{self.name}: no such file or folder: check the spelling") from error
        if is_folder:
            self._add_folder()
            return
        if not self.path.is_file():
            raise SourceError(f"{self.name} is a device, pipe or socket: give a file, a folder or a zip")
        if not (is_zip(self.path) and self._add_source_zip()) and not self._is_message((self.path.name,)):
            self._places[self.name], self._sizes[self.name] = self.path, size
            self._alone = True

    def _add_source_zip(self) -> bool:
        """Whether the file is a zip of files, all of which are now in the tree; a spreadsheet is one file."""
        left_out = LeftOut()
        try:
            archive = Archive(self.path, self._limits, left_out)
        except SourceError as refused:
            raise SourceError(f"{self.name}: {refused}") from refused
        self._open.callback(archive.close)
        if archive.is_document:
            return False
        self._left_out = left_out
        self._add_members(archive, self.path, outer=(), inner="", deeper=True)
        return True

    def _add_folder(self) -> None:
        for entry, parts in files_below(self.path, self._left_out):
            if self._is_message(parts):
                continue
            if len(self._places) >= self._limits.files:
                reason = (
                    f"more than {self._limits.files:,} files; only the first are looked at: give smaller ones"
                )
                self._gaps.append(source_gap(self.name, reason))
                return
            path, name = Path(entry.path), "/".join(parts)
            if name.casefold().endswith(".zip") and is_zip(path):
                self._add_zip(path, path, outer=(name,), inner="", deeper=True)
            else:
                self._add(name, path, entry.stat().st_size)

    def _is_message(self, parts: tuple[str, ...]) -> bool:
        if found := is_message(parts):
            self._left_out.add(MESSAGES, parts[0] if len(parts) > 1 else "messages")
        return found

    def _add(self, name: str, place: Path | _Packed, size: int) -> None:
        if name in self._places:
            self._left_out.add(TWICE, name)
        else:
            self._places[name], self._sizes[name] = place, size

    def _add_zip(
        self, file: Path | IO[bytes], path: Path, *, outer: tuple[str, ...], inner: str, deeper: bool
    ) -> None:
        """All members of a zip inside the source; one gap if it cannot be opened."""
        about = self.about("/".join(outer))
        self._zips += 1
        if self._zips > self._limits.zips:
            self._left_out.add(f"left out: more than {self._limits.zips} zips; unpack them", outer[-1])
            return
        try:
            archive = Archive(file, self._limits, self._left_out)
        except SourceError as refused:
            self._gaps.append(source_gap(about, str(refused)))
            return
        self._open.callback(archive.close)
        self._add_members(archive, path, outer=outer, inner=inner, deeper=deeper)

    def _add_members(
        self, archive: Archive, path: Path, *, outer: tuple[str, ...], inner: str, deeper: bool
    ) -> None:
        for name, info in archive.members.items():
            whole, member = "/".join((*outer, name)), f"{inner}{name}"
            if len(self._places) >= self._limits.files:
                self._left_out.add(f"left out: more than {self._limits.files:,} in all", whole)
            elif not name.casefold().endswith(".zip"):
                place = _Packed(archive=archive, name=name, path=path, member=member)
                self._add(whole, place, info.file_size)
            elif not deeper:
                self._left_out.add("left out: a zip in a zip in a zip; unpack it", whole)
            elif info.file_size > min(self._room, max(SMALL, ZIP_RATIO * info.compress_size)):
                self._left_out.add("left out: too large a zip inside a zip; unpack it", whole)
            else:
                self._room -= info.file_size
                self._add_inner(archive, name, path, (*outer, name), f"{member}/")

    def _add_inner(self, archive: Archive, name: str, path: Path, outer: tuple[str, ...], inner: str) -> None:
        # It has no name on the disk, and is gone when it is closed.
        file = self._open.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        try:
            archive.copy(name, file)
        except SourceError as refused:
            self._gaps.append(source_gap(self.about("/".join(outer)), str(refused)))
            return
        self._add_zip(file, path, outer=outer, inner=inner, deeper=False)


def open_tree(path: Path, limits: TreeLimits = DEFAULT) -> Tree:
    """What can be read of a folder, a zip or a file; close it, or use it in a ``with``.

    Raises:
        SourceError: there is nothing at that place, or it is a damaged zip; one line for the user.
    """
    return Tree(path, limits)


def read_photo(file: PhotoFile, settings: Settings) -> Photo | Gap:
    """The photo of an account, from its file or from the zip that it lies in.

    The zips that were opened last stay open, so that the next photo in them costs no new look at their lists.
    """
    limits, least = settings.limits, settings.decoded_side
    if file.member is None:
        return read(Path(file.path), limits=limits, least_side=least)
    data = photo_bytes(file, limits)
    if isinstance(data, Gap):
        return data
    return decode(data, name=photo_name(file), limits=limits, least_side=least)


def photo_name(file: PhotoFile) -> str:
    """What a photo of an account is called in reports."""
    if file.member is None:
        return file.path
    return f"{shown(Path(file.path).name)}: {shown(file.member, 120)}"


def photo_bytes(file: PhotoFile, limits: Limits) -> bytes | Gap:
    """The bytes of an account's photo, or why they cannot be read."""
    name = photo_name(file)
    try:
        if file.member is None:
            return bytes_of(file.path, limits.bytes)
        found = Path(file.path).stat()
        data = _kept_open(file.path, found.st_mtime_ns, found.st_size).read(file.member, limits.bytes)
    except PhotoError as error:
        return Gap(step="photo", about=name, reason=str(error))
    except (OSError, ValueError, SourceError):
        return Gap(step="photo", about=name, reason="the zip that it was in cannot be opened any more")
    return Gap(step="photo", about=name, reason=data.reason) if isinstance(data, Gap) else data


@functools.lru_cache(maxsize=4)
def _kept_open(path: str, _changed: int, _size: int) -> Tree:
    return open_tree(Path(path))
