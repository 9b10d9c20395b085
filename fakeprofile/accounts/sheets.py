"""Spreadsheets (XLSX) -> rows of text; formulas are never worked out, links never followed."""

from __future__ import annotations

import datetime
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from fakeprofile.accounts.archive import Archive, TreeLimits
from fakeprofile.accounts.names import LeftOut, shown
from fakeprofile.accounts.rows import Row
from fakeprofile.accounts.values import unguarded
from fakeprofile.errors import SourceError

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_COLUMNS = 200
_MOST_PART = 256 * 1024 * 1024
"""Bytes of one part of the file, unpacked: openpyxl keeps all texts of a workbook in memory."""
_BATCH = 500
_FOREIGN = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, OSError, SyntaxError, EOFError,
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RecursionError, MemoryError,
)  # fmt: skip
"""What openpyxl and the XML readers raise on damaged and forged files; SyntaxError is that of the XML."""


def sheets_of(data: bytes, about: str) -> Iterator[tuple[str, Iterator[Row]]]:
    """The name and the rows of each sheet, with the values that were last worked out.

    Raises:
        SourceError: it is no whole spreadsheet, or a bomb; while iterating too. The reason alone.
    """
    _check(data)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = list(book.worksheets)
    except _FOREIGN as error:
        raise SourceError(_DAMAGED) from error
    try:
        for sheet in sheets:
            title = shown(str(sheet.title), 40)
            yield title, _rows(sheet, about if len(sheets) == 1 else f"{about} sheet {title}")
    finally:
        book.close()


_DAMAGED = "a spreadsheet that is damaged or of a rare sort: save it as CSV"


def _check(data: bytes) -> None:
    left_out = LeftOut()
    archive = Archive(io.BytesIO(data), TreeLimits(files=10_000), left_out)
    sizes = [info.file_size for info in archive.members.values()]
    archive.close()
    if left_out.gaps("") or max(sizes, default=0) > _MOST_PART or sum(sizes) > 4 * _MOST_PART:
        raise SourceError(
            "a spreadsheet with parts that are locked, or far larger than a list: save it as CSV"
        )


def _rows(sheet: ReadOnlyWorksheet, about: str) -> Iterator[Row]:
    # What a sheet says of its own size is often wrong, and can claim 17 billion cells.
    sheet.reset_dimensions()
    # The stubs give the method the self of a sheet that is not read-only.
    found = sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)  # type: ignore[misc]
    number = 0
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                batch = list(islice(found, _BATCH))
        except _FOREIGN as error:
            raise SourceError(f"{_DAMAGED} (row {number + 1} and after)") from error
        if not batch:
            return
        for values in batch:
            number += 1
            # The last of a million rows can be coloured: those before it are empty.
            if values.count(None) < len(values):
                # Each row is as wide as the widest that is allowed, and nearly all of it is nothing.
                cells = tuple(["" if value is None else _text(value) for value in values])
                yield Row(where=f"{about} row {number}", cells=cells)


def _text(value: object) -> str:
    """A cell as text; a number that has lost digits keeps the look of one."""
    match value:
        case str():
            return unguarded(value.strip())
        case bool():
            return "true" if value else "false"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.5E}"
        case datetime.datetime():
            return (
                value.isoformat(" ", "seconds")
                if value.time() != datetime.time()
                else value.date().isoformat()
            )
        case datetime.date() | int():
            return str(value)
    return ""
