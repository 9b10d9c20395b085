"""Zips from strangers: what they hold is told before anything is unpacked, and nothing is ever unpacked to a name.

The number of members is counted in the file's own directory (APPNOTE.TXT 6.3.10, sections 4.3.12 to
4.3.16) before a list of them is made: ``zipfile`` alone would build ten million objects first.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from fakeprofile.accounts.names import LeftOut, is_clutter, is_message, parts_of
from fakeprofile.errors import SourceError
from fakeprofile.photo.files import PIECE

MESSAGES = "of messages left closed on purpose"
LEADS_OUT = "left out: the name leads out of the source"
ENCRYPTED = "left out: locked with a password; unpack the zip with it and give the folder"
BOMB = "left out: unpacked it would be far larger than any export; download the zip again"
TWICE = "left out: there is another one of that name before it"
LINK = "left out: a link, which is not followed; give what it leads to"
WHOLLY = {
    ENCRYPTED: "it is protected by a password: unpack it with that and give the folder",
    LEADS_OUT: "names in it point outside of it, and such files are never opened: download it again, or unpack it "
    "yourself if you trust it",
}
"""What those reasons mean for a zip of which nothing else is left."""

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s24x3H12x")
_DAMAGED = "a zip that is cut off or damaged: download or copy it again"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What exports use. The others can ask for gigabytes of memory to unpack one byte."""
SMALL = 16 * 1024 * 1024
"""Below it the ratio does not matter: a list in which all lines are alike packs very well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeLimits:
    """How much of a source is looked at."""

    files: int = 300_000
    """Files of a folder or zip. An export with every photo of ten years has some ten thousand."""
    zips: int = 100
    """Zips inside one folder or zip."""
    zip_bytes: int = 8 * 1024**3
    """Size of all zips inside a zip, which are copied to temporary files to be opened."""
    ratio: int = 200
    """How many times larger a file may become by unpacking; lists of followers reach 30."""
    accounts: int = 1_000_000
    """Accounts of one source."""
    read_bytes: int = 192 * 1024 * 1024
    """Size of a list that is read; 100,000 followers are 15 MB, which as JSON take 100 MB of memory."""


ZIP_RATIO = 20
"""How many times larger a zip may become by unpacking it from another: it is packed already."""


class Archive:
    """The members of one zip that may be read, by their cleaned names.

    Raises:
        SourceError: it is no whole zip, or beyond a limit; the reason alone, without its name.
    """

    def __init__(self, file: Path | IO[bytes], limits: TreeLimits, left_out: LeftOut) -> None:
        self.members: dict[str, zipfile.ZipInfo] = {}
        self._limits = limits
        try:
            size = _checked_size(file, limits)
            self._zip = zipfile.ZipFile(file)
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise SourceError(_DAMAGED) from error
        self._spread_out(size)
        for info in self._zip.infolist():
            self._take(info, left_out)

    def close(self) -> None:
        """Closes the file."""
        self._zip.close()

    @property
    def is_document(self) -> bool:
        """Whether it is a spreadsheet or another office file, which is a zip by accident."""
        return "[Content_Types].xml" in self.members or "mimetype" in self.members

    def read(self, name: str, most: int) -> bytes:
        """What stands in the member.

        Raises:
            SourceError: it cannot be read, or is larger than ``most`` bytes; the reason alone.
        """
        out = io.BytesIO()
        out.writelines(self.pieces(name, most))
        return out.getvalue()

    def pieces(self, name: str, most: int) -> Iterator[bytes]:
        """What stands in the member, piece by piece; its checksum is looked at behind the last one.

        Raises:
            SourceError: while iterating: it cannot be read, or is larger than ``most`` bytes; the reason alone.
        """
        info = self.members[name]
        if info.file_size > most:
            raise SourceError(f"larger than the limit of {most / 2**20:,.0f} MB: make it smaller")
        try:
            with self._zip.open(info) as member:
                while piece := member.read(PIECE):
                    yield piece
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, struct.error) as error:
            raise SourceError("damaged inside the zip: download the zip again") from error

    def head(self, name: str, most: int) -> bytes:
        """The first bytes of the member.

        Raises:
            SourceError: it cannot be read; the reason alone.
        """
        try:
            with self._zip.open(self.members[name]) as member:
                return member.read(most)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, struct.error) as error:
            raise SourceError("damaged inside the zip: download the zip again") from error

    def copy(self, name: str, to: IO[bytes]) -> None:
        """Writes the member into an open file, piece by piece.

        Raises:
            SourceError: it cannot be read; the reason alone.
        """
        try:
            with self._zip.open(self.members[name]) as member:
                while piece := member.read(1 << 20):
                    to.write(piece)
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, struct.error) as error:
            raise SourceError("damaged inside the zip: download the zip again") from error

    def _spread_out(self, size: int) -> None:
        """Nothing, if no two members can share the same bytes: that makes a bomb of any size."""
        packed = sum(info.compress_size for info in self._zip.infolist())
        if packed > size:
            self._zip.close()
            raise SourceError("a zip whose files lie over each other: download it again")

    def _take(self, info: zipfile.ZipInfo, left_out: LeftOut) -> None:
        raw = _name_of(info)
        if raw.endswith(("/", "\\")):
            return
        parts = parts_of(raw)
        if parts is None:
            left_out.add(LEADS_OUT, raw)
        elif is_clutter(parts):
            return
        elif is_message(parts):
            # Not even the name is told: it holds that of the other person.
            left_out.add(MESSAGES, parts[0] if len(parts) > 1 else "messages")
        elif reason := self._refusal(info, "/".join(parts)):
            left_out.add(reason, raw)
        else:
            self.members["/".join(parts)] = info

    def _refusal(self, info: zipfile.ZipInfo, name: str) -> str | None:
        if stat.S_ISLNK(info.external_attr >> 16):
            return LINK
        if info.flag_bits & 1:
            return ENCRYPTED
        if info.compress_type not in _METHODS:
            return "left out: packed in an unusual way; unpack the zip and give the folder"
        if info.file_size > SMALL and info.file_size > self._limits.ratio * info.compress_size:
            return BOMB
        return TWICE if name in self.members else None


def _name_of(info: zipfile.ZipInfo) -> str:
    """The member's name; UTF-8 also where the zip does not say so (Macs)."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _checked_size(file: Path | IO[bytes], limits: TreeLimits) -> int:
    """The size of the file in bytes, after its directory was counted.

    Raises:
        SourceError: more members than the limit, or no directory.
    """
    if isinstance(file, Path):
        with file.open("rb") as opened:
            return _counted(opened, limits)
    return _counted(file, limits)


def _counted(file: IO[bytes], limits: TreeLimits) -> int:
    size = file.seek(0, io.SEEK_END)
    at, length, count = _directory(file, size)
    if max(count, length // 512) > limits.files:
        raise SourceError(_too_many(limits))
    file.seek(at)
    directory = file.read(length)
    place = found = 0
    while place + _ENTRY.size <= len(directory):
        signature, name, extra, comment = _ENTRY.unpack_from(directory, place)
        found += 1
        if signature != b"PK\x01\x02":
            raise SourceError(_DAMAGED)
        if found > limits.files:
            raise SourceError(_too_many(limits))
        place += _ENTRY.size + name + extra + comment
    return size


def _too_many(limits: TreeLimits) -> str:
    return f"a zip of more than {limits.files:,} files: unpack what you need and give that folder"


def _directory(file: IO[bytes], size: int) -> tuple[int, int, int]:
    """Where the directory of the members begins, its length in bytes, and how many it says there are."""
    tail_at = max(0, size - 65_557)
    file.seek(tail_at)
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < _END.size:
        raise SourceError(_DAMAGED)
    *_, count, length, _offset, _comment = _END.unpack_from(tail, end)
    at = tail_at + end
    locator = end - _LOCATOR_64.size
    if locator >= 0 and tail[locator : locator + 4] == b"PK\x06\x07":
        file.seek(at - _LOCATOR_64.size - _END_64.size)
        fields = _END_64.unpack(file.read(_END_64.size))
        if fields[0] == b"PK\x06\x06":
            count, length = fields[7], fields[8]
            at -= _LOCATOR_64.size + _END_64.size
    if length > at:
        raise SourceError(_DAMAGED)
    return at - length, length, count
