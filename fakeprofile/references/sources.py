"""What ``references import`` takes: folders, tables, JSON Lines and hash lists, told by content."""

from __future__ import annotations

import codecs
import csv
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from fakeprofile.errors import SourceError
from fakeprofile.records import Entry, Gap
from fakeprofile.references.folders import count_pictures, folder_entries
from fakeprofile.references.hashlists import (
    clean,
    gap,
    hash_list_entries,
    is_hash_line,
    name_of,
    shortened,
)
from fakeprofile.references.jsonlines import SCHEMA, json_entries
from fakeprofile.references.tables import COLUMNS, KNOWN_UNUSED, SYNONYMS, Header, table_entries
from fakeprofile.settings import Limits

MOST_GAPS = 1000
"""So many gaps are named one by one; those beyond are counted, or ten million would be kept."""

_HEAD = 64 * 1024
"""Bytes at the beginning of a file that decide what it is."""

_ACCEPTED = (
    "accepted are a folder with one sub-folder per person, a CSV (photo,identity,handle,page,image_url,"
    "seen_on), exported JSON Lines, and a list of `pdq <64 hex digits>` lines"
)
_PICTURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG|GIF8|II\*\0|MM\0\*|BM....\0\0\0\0|RIFF....WEBP|\0\0\0\x0cJXL |\xff\x0a|"
    rb"....ftyp(avi[fs]|he[iv]|mif1|msf1)",
    re.DOTALL,
)
_FOREIGN = (
    (re.compile(rb"PK[\x03\x05]"), "a zip file or a spreadsheet: unpack it, or save the table as CSV"),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Excel or Word file: save the table as CSV"),
    (re.compile(rb"\x1f\x8b|7z\xbc|Rar!|\xfd7zXZ|BZh[1-9]|\x28\xb5\x2f\xfd"), "a packed file: unpack it"),
    (re.compile(rb".{257}ustar", re.DOTALL), "a tar file: unpack it"),
    (re.compile(rb"....ftyp", re.DOTALL), "a film"),
    (re.compile(rb"%PDF"), "a PDF"),
    (re.compile(rb"SQLite format 3\0"), "an SQLite database: a library is opened with --library"),
)
_CONTROL_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b")
_HASH_LINE = re.compile(r"(pdq|sha256|phash)\s+[0-9a-fA-F]{16,}", re.IGNORECASE)


class Kind(Enum):
    """How a file is read."""

    TABLE = auto()
    JSON_LINES = auto()
    HASH_LIST = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a file turned out to be."""

    kind: Kind
    encoding: str
    header: Header | None = None


def entries_of(source: Path, *, limits: Limits) -> Iterator[Entry | Gap]:
    """What can be imported from a file or folder, in its own order, and a gap for what cannot.

    Args:
        source: a folder with one sub-folder per identity or with loose photos alone, a table, JSON Lines
            or a hash list.
        limits: of them ``files``, for each identity's folder and for loose photos.

    Raises:
        SourceError: nothing in it can be understood; at once, not at the first entry.
    """
    items = folder_entries(source, limits) if _is_folder(source) else _file_entries(source, _found_in(source))
    return _told(items, name_of(source))


def count_of(source: Path) -> int | None:
    """About how many entries and gaps a source will give, for a progress bar; None if unknown.

    In a folder all pictures are counted, in a file the lines below the header; blank ones
    count too.
    """
    try:
        if _is_folder(source):
            return count_pictures(source)
        found = _found_in(source)
        above = found.header.number if found.header else 0
        return max(_lines_in(source) - above, 0)
    except (OSError, SourceError):
        return None


def _lines_in(path: Path) -> int:
    """How many lines a file has, counted by its line endings."""
    feeds, returns, last = 0, 0, b"\n"
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            feeds += piece.count(b"\n")
            returns += piece.count(b"\r")
            last = piece.rstrip(b"\x00")[-1:] or last
    return (feeds or returns) + (last not in (b"\n", b"\r"))


def _file_entries(path: Path, found: Found) -> Iterator[Entry | Gap]:
    if found.header:
        return table_entries(path, found.encoding, found.header)
    if found.kind is Kind.JSON_LINES:
        return json_entries(path, found.encoding)
    return hash_list_entries(path, found.encoding)


def _told(items: Iterator[Entry | Gap], name: str) -> Iterator[Entry | Gap]:
    """The same, with all gaps after the first thousand in one; and a gap if there is nothing at all.

    Gaps about the list as a whole are always told.
    """
    gaps, nothing = 0, True
    for item in items:
        nothing = False
        if isinstance(item, Gap) and item.about != name:
            gaps += 1
            if gaps > MOST_GAPS:
                continue
        yield item
    if gaps > MOST_GAPS:
        yield gap(name, f"{gaps - MOST_GAPS:,} more lines or files could not be understood")
    if nothing:
        yield gap(name, "there is nothing to import in it")


# --- what a file is -----------------------------------------------------------------------


def _is_folder(source: Path) -> bool:
    """Whether it is a folder, and not a file.

    Raises:
        SourceError: it is neither, or not there.
    """
    try:
        mode = source.stat().st_mode
    except FileNotFoundError as error:
        raise SourceError(f"{clean(str(source))} is not there: check the spelling") from error
    except (OSError, ValueError) as error:
        raise SourceError(f"{clean(str(source))} cannot be opened: {_cause(error)}") from error
    if not stat.S_ISDIR(mode) and not stat.S_ISREG(mode):
        raise SourceError(f"{clean(str(source))} is neither a file nor a folder")
    return stat.S_ISDIR(mode)


def _cause(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _found_in(path: Path) -> Found:
    """What kind of list the file is, by its beginning.

    Raises:
        SourceError: it is none, or cannot be read.
    """
    name = clean(str(path))
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise SourceError(f"{name} cannot be read: {_cause(error)}") from error
    encoding = _encoding_of(head)
    if foreign := _foreign(head, encoding):
        raise SourceError(f"{name} is {foreign}")
    text = head.decode(encoding, "replace")
    lines = [(number, line.strip()) for number, line in enumerate(re.split(r"\r\n?|\n", text), 1)]
    told = [(number, line) for number, line in lines if line and not re.match(r"#|sep=.$", line)]
    if not text.strip():
        raise SourceError(f"{name} is empty; {_ACCEPTED}")
    return _found_among(told, encoding, name)


def _encoding_of(head: bytes) -> str:
    """The encoding that the first bytes announce, or UTF-8."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"


def _foreign(head: bytes, encoding: str) -> str | None:
    """What a file is that holds no text, with what to do about it."""
    if _PICTURE.match(head):
        return "a picture: use `fakeprofile references add`"
    what = next((words for magic, words in _FOREIGN if magic.match(head)), None)
    if not what and encoding == "utf-8-sig" and _is_binary(head):
        what = "a binary file, or text in UTF-16 without its mark (save it as UTF-8)"
    return f"{what}; {_ACCEPTED}" if what else None


def _is_binary(head: bytes) -> bool:
    """Whether more than one byte in twenty is a control character, and not all of it is UTF-8."""
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return controls * 20 > len(head) and (b"\0" in head or "\ufffd" in head.decode("utf-8", "replace"))


def _found_among(told: list[tuple[int, str]], encoding: str, name: str) -> Found:
    """What the lines of text are; ``told`` are those that are neither blank nor comments.

    Raises:
        SourceError: nothing that can be imported.
    """
    if any(line.startswith("{") and SCHEMA in line for _, line in told):
        return Found(kind=Kind.JSON_LINES, encoding=encoding)
    if not told or _HASH_LINE.fullmatch(told[0][1]):
        return Found(kind=Kind.HASH_LIST, encoding=encoding)
    number, first = told[0]
    if marked := _marked_up(first, told):
        raise SourceError(f"{name} is {marked}; {_ACCEPTED}")
    try:
        header = header_of(first, number)
    except ValueError as error:
        raise SourceError(f"{name}: {error}") from error
    if header.usable:
        return Found(kind=Kind.TABLE, encoding=encoding, header=header)
    if is_hash_line(first) or any(_HASH_LINE.fullmatch(line) for _, line in told):
        return Found(kind=Kind.HASH_LIST, encoding=encoding)
    raise SourceError(f"{name} {_why_no_table(first, header)}")


def _marked_up(first: str, told: list[tuple[int, str]]) -> str | None:
    """What a file is that begins like JSON or HTML."""
    if first[0] == "<":
        return "an HTML or XML file"
    if first[0] not in "{[":
        return None
    schemas = (re.search(r'"schema"\s*:\s*"([^"]{1,60})"', line) for _, line in told)
    schema = next((shortened(found[1]) for found in schemas if found), None)
    return f"JSON of the kind {schema}, not {SCHEMA}" if schema else f"JSON without the schema {SCHEMA}"


def _why_no_table(first: str, header: Header) -> str:
    """What the first line is instead of a header, and what is needed."""
    if re.fullmatch(r"[0-9a-fA-F]{16,}", first):
        return "holds hashes without their type: write it before each, as in `pdq d8f8f0cc…`"
    columns = shortened(", ".join(header.unused) or first)
    needed = "photo, phash, pdq, sha256, or signal_type and signal_str"
    return f'begins with "{columns}", which names no picture; needed is a column {needed}; {_ACCEPTED}'


def header_of(line: str, number: int) -> Header:
    """The header, with the delimiter under which most of its columns are known.

    Raises:
        ValueError: two columns say the same.
    """
    headers = [_header(line, number, delimiter) for delimiter in ",;\t"]
    return max(headers, key=lambda header: sum(map(bool, header.columns)))


def _header(line: str, number: int, delimiter: str) -> Header:
    cells = next(csv.reader([line.strip()], delimiter=delimiter, skipinitialspace=True), [])
    written = [re.sub(r"[\s-]+", "_", clean(cell).casefold()) for cell in cells]
    columns = [name if name in COLUMNS else SYNONYMS.get(name, "") for name in written]
    for place, name in enumerate(written):
        if columns[place] != name and columns[place] in written:
            columns[place] = ""
    for name in columns:
        if name and columns.count(name) > 1:
            raise ValueError(f'two columns of the table say "{name}": remove or rename one')
    told = {name: clean(cell) for name, cell in zip(written, cells, strict=True)}
    unused = [name for name, column in zip(written, columns, strict=True) if name and not column]
    return Header(
        number=number,
        delimiter=delimiter,
        columns=tuple(columns),
        unused=tuple(told[name] for name in unused if name not in KNOWN_UNUSED),
    )
