"""What an audit has done so far, line by line: nothing that was written whole is lost, however the program ends.

Each line has its length and checksum, so that one that was torn (``kill -9``, a full disk) is told from a whole one;
it and what stands behind it are dropped, and done again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from fakeprofile.errors import UsageError

Line = dict[str, Any]
"""What one line says: ``kind`` and whatever that kind has, as JSON has it."""


class Journal:
    """Lines that are only ever added to; a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.touch(mode=0o600)
            self._file = path.open("r+b")
        except OSError as error:
            raise UsageError(
                f"{path} cannot be written ({error.strerror}): choose another --out FOLDER"
            ) from error
        self._end = 0
        self._read_at = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def lines(self) -> Iterator[tuple[int, Line]]:
        """Every whole line with its place; what is torn is cut off. Read them all before one is added."""
        self._file.seek(0)
        end = 0
        for raw in self._file:
            line = _opened(raw)
            if line is None:
                break
            yield end, line
            end += len(raw)
        self._end = end
        self._file.truncate(end)

    def add(self, line: Line) -> int:
        """Writes a line; its place. It outlives this program from then on."""
        raw = _packed(line)
        place = self._end
        self._file.seek(place)
        self._file.write(raw)
        self._file.flush()
        self._end += len(raw)
        return place

    def at(self, place: int) -> Line:
        """The line at a place.

        Raises:
            UsageError: there is none: something else has changed the file.
        """
        self._file.seek(place)
        line = _opened(self._file.readline())
        if line is None:
            raise UsageError(
                f"{self.path} was changed by something else: begin again with another --out FOLDER"
            )
        return line

    def empty(self) -> None:
        """Forgets everything."""
        self._file.truncate(0)
        self._end = 0


def _packed(line: Line) -> bytes:
    text = json.dumps(line, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")
    return b"%08x %d %s\n" % (zlib.crc32(text), len(text), text)


def _opened(raw: bytes) -> Line | None:
    """What a line says; None if it is not whole."""
    parts = raw.split(b" ", 2)
    if len(parts) != 3 or not parts[2].endswith(b"\n"):
        return None
    text = parts[2][:-1]
    try:
        if int(parts[1]) != len(text) or int(parts[0], 16) != zlib.crc32(text):
            return None
        line = json.loads(text)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None
