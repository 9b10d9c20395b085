"""The archive of X (Twitter): ``follower.js``, ``following.js`` and ``block.js``, which hold ids and no names."""

from __future__ import annotations

import contextlib
import re
from array import array
from collections.abc import Generator, Iterator

from fakeprofile.accounts.documents import (
    MOST,
    SMALL,
    any_holds,
    damaged_id,
    id_in,
    json_of,
    list_in,
    named,
    node_in,
    text_in,
    to_its_end,
)
from fakeprofile.accounts.names import entry_gap, source_gap
from fakeprofile.accounts.stream import items_in, outline_of
from fakeprofile.accounts.tree import Tree, TreeFile
from fakeprofile.accounts.wording import handle_of
from fakeprofile.errors import SourceError
from fakeprofile.records import Account, Gap, Handle, Tie

PLATFORM = "x"
_SURE = 95
_TIES = {"follower": Tie.FOLLOWER, "following": Tie.FOLLOWING, "blocking": Tie.BLOCKED}
_FILES = r"(follower|following|block)(-part\d+)?( \(\d+\))?\.js"
_MARK = rb"window\.YTD\.(follower|following|block)\.part\d+\s*="
_ASSIGNED = re.compile(rb"^\s*window\.YTD\.[a-z_]+\.part\d+\s*=\s*")


class XReader:
    """Reads the ``data`` folder of an archive of X."""

    name = "X archive"

    def fits(self, tree: Tree) -> int:
        """Sure if a file assigns the list of followers as X writes it."""
        return _SURE if any_holds(tree, _documents(tree), _MARK) else 0

    def read(self, tree: Tree) -> Iterator[Account | Gap]:
        """Every account that follows, is followed or is blocked, called by its number: X exports no names."""
        met = array("q")  # hashes: the numbers themselves are in the accounts
        for file in _documents(tree):
            for item in to_its_end(tree, file.name, _file_items(tree, file)):
                if isinstance(item, Account):
                    met.append(hash(item.handle.name))
                yield item
        found = set(met)
        if found:
            whose = (
                "the number of 1 account without its name or photo"
                if len(found) == 1
                else f"the numbers of {len(found):,} accounts without their names or photos"
            )
            reason = (
                f"X exports {whose}, so each is called by its "
                "number; a list of names that has the numbers as well can be checked instead"
            )
            yield source_gap(tree.name, reason)


def owner_of(tree: Tree) -> Handle | None:
    """Whose archive it is, by ``account.js``."""
    for file in named(tree, r"account\.js"):
        content = tree.read(file.name, MOST)
        try:
            items = [] if isinstance(content, Gap) else list_in(json_of(_ASSIGNED.sub(b"", content, count=1)))
        except ValueError:  # its lists can be read without
            continue
        account = node_in(node_in(items[0]).get("account")) if items else {}
        if owner := handle_of(text_in(account, "username") or "", PLATFORM, id_in(account, "accountId")):
            return owner
    return None


def _documents(tree: Tree) -> list[TreeFile]:
    own = list(named(tree, _FILES))
    return own or [file for file in named(tree, r".*\.js") if len(tree.files) <= 20]


def _file_items(tree: Tree, file: TreeFile) -> Iterator[Account | Gap]:
    try:
        content = _content(tree, file)
    except ValueError as error:
        yield source_gap(tree.about(file.name), f"{error}: download the archive again")
        return
    if isinstance(content, Gap):
        yield content
        return
    items = items_in(content)
    if not items:
        yield source_gap(tree.about(file.name), "its list is empty")
    for number, item in enumerate(items, start=1):
        yield _account(tree, file.name, number, item)


def _content(tree: Tree, file: TreeFile) -> object | Gap:
    """What is assigned in a file, or why it cannot be read; a large list is ``Listed``.

    Raises:
        ValueError: it is no JSON; one line that says where it breaks.
    """
    if file.size > SMALL:
        with contextlib.suppress(ValueError, RecursionError, SourceError):
            return outline_of(lambda: _assigned(tree.pieces(file.name, MOST)))
    content = tree.read(file.name, MOST)
    if isinstance(content, Gap):
        return content
    return json_of(_ASSIGNED.sub(b"", content, count=1).rstrip().removesuffix(b";"))


def _assigned(pieces: Generator[bytes]) -> Generator[bytes]:
    """What is assigned in a file, without what stands around it."""
    with contextlib.closing(pieces):
        last = _ASSIGNED.sub(b"", next(pieces, b""), count=1)
        for piece in pieces:
            yield last
            last = piece
        yield last.rstrip().removesuffix(b";")


def _account(tree: Tree, name: str, number: int, item: object) -> Account | Gap:
    for key, tie in _TIES.items():
        row = node_in(node_in(item).get(key))
        account_id = id_in(row, "accountId")
        if account_id:
            handle = Handle(name=account_id, platform=PLATFORM, account_id=account_id)
            return Account(handle=handle, ties=(tie,), where=f"{name.rpartition('/')[2]} entry {number}")
        if damaged_id(row, "accountId"):
            reason = "its number was rounded by another program, so it is not known which account it is"
            return entry_gap(f"{tree.about(name)} entry {number}", reason)
    return entry_gap(
        f"{tree.about(name)} entry {number}", "it has no accountId of a follower, followed or blocked one"
    )
