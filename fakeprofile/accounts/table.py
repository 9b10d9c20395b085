"""The reader of lists: CSV, TSV, text, spreadsheets and JSON with one account a line, row or object."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from fakeprofile.accounts.lines import Lines
from fakeprofile.accounts.names import is_picture, source_gap
from fakeprofile.accounts.reader import LIKELY, NOT_MINE
from fakeprofile.accounts.rows import text_of_bytes
from fakeprofile.accounts.tables import ENDINGS, Table, looks_like_list, tables_of
from fakeprofile.accounts.tree import DEFAULT, Tree
from fakeprofile.errors import SourceError
from fakeprofile.records import Account, Gap

_MOST_ASKED = 50
"""So many files of a source are looked into to learn whether it holds lists."""
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
"""Marks of encodings and white space, which are no entries."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
"""What stands in no text, but at the beginning of every picture."""
_TOLD_BY = 1024
"""So many bytes tell text from a picture; an even number, for UTF-16."""
_TABLE_ENDINGS = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".txt", ".list")
_ODD_NAMES = frozenset({"readme", "license", "licence", "index", "sources", "manifest"})


class TableReader:
    """Lists of accounts."""

    name = "a list (CSV, TSV, text, XLSX or JSON) with a column such as username or profile_url"

    def fits(self, tree: Tree) -> int:
        """``LIKELY`` for a list given alone, a little less for a source with lists in it."""
        if any(is_picture(file.name) for file in tree.files) and not _is_miscalled(tree):
            return NOT_MINE  # the reader of folders reads lists and the pictures beside them
        asked = list_files(tree)
        found = any(_is_list(tree, name) for name in asked[:_MOST_ASKED])
        if not found:
            # Nobody else reads such a file: better to hear what it lacks than that it is of no kind.
            alone = len(tree.files) == 1 and tree.files[0].name.casefold().endswith(_TABLE_ENDINGS)
            return 1 if alone else NOT_MINE
        return LIKELY if len(tree.files) == 1 else LIKELY - 10

    def read(self, tree: Tree) -> Iterator[Account | Gap]:
        """The accounts of all lists in the source."""
        for name in list_files(tree):
            yield from accounts_of_list(tree, name)


def list_files(tree: Tree) -> list[str]:
    """The files that can be lists, by their endings."""
    return [
        file.name
        for file in tree.files
        if (
            file.name.casefold().endswith(ENDINGS)
            and posixpath.splitext(file.last)[0].casefold() not in _ODD_NAMES
        )
        or (len(tree.files) == 1 and (not file.ending or _is_miscalled(tree)))
    ]


def _is_miscalled(tree: Tree) -> bool:
    """Whether the source is one file that is called like a picture and holds a list.

    Only if it was given alone: in a folder of photos it is one of them, which is broken.
    """
    if (
        not tree.path.is_file()
        or [file.name for file in tree.files] != [tree.name]
        or not is_picture(tree.name)
    ):
        return False
    head = tree.head(tree.name)
    text = text_of_bytes(head[:_TOLD_BY], tree.name)[0]
    return bool(text.strip()) and not _CONTROLS.search(text) and looks_like_list(head, tree.name)


def accounts_of_list(tree: Tree, name: str, *, headed: bool = False) -> Iterator[Account | Gap]:
    """The accounts that one file lists; a gap if it is no list.

    Args:
        tree: the source.
        name: of the file in it.
        headed: only lists with a heading: lines beside pictures are captions more often than handles.
    """
    data = tree.read(name, DEFAULT.read_bytes)
    if isinstance(data, Gap):
        yield data
        return
    about = tree.about(name)
    if not data.strip(_BLANK):
        yield source_gap(about, "it is empty: export or save it again")
        return
    found = False
    try:
        for table in tables_of(data, name, about):
            if isinstance(table, Gap):
                yield table
            elif not (headed and table.plain):
                found = True
                yield from _accounts(table, tree, name)
    except SourceError as refused:
        yield source_gap(about, str(refused))
        return
    if not found:
        reason = (
            "no column of handles is understood in it: call one `username` in the first line, or write one handle or "
            "address a line"
        )
        yield source_gap(about, reason)


def _accounts(table: Table, tree: Tree, name: str) -> Iterator[Account | Gap]:
    lines = Lines(table.heading, tree, name)
    for row in table.rows:
        item = row if isinstance(row, Gap) else lines.account(row)
        if item is not None:
            yield item
    yield from lines.gaps()


def _is_list(tree: Tree, name: str) -> bool:
    head = tree.head(name)
    # To open a spreadsheet takes as long as to read it: what it lacks is told then.
    return head.startswith(b"PK\x03\x04") or (bool(head) and looks_like_list(head, name))
