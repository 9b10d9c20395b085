"""The archive of X (Twitter): ``follower.js``, ``following.js`` and ``block.js``, which hold ids and no names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fakeprofile.accounts.documents import (
    MOST,
    any_holds,
    damaged_id,
    id_in,
    json_of,
    list_in,
    named,
    node_in,
    text_in,
)
from fakeprofile.accounts.names import entry_gap, source_gap
from fakeprofile.accounts.tree import Tree, TreeFile
from fakeprofile.accounts.wording import handle_of
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
        found: set[str] = set()
        for file in _documents(tree):
            for item in _file_items(tree, file):
                if isinstance(item, Account):
                    found.add(item.handle.name)
                yield item
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
    content = tree.read(file.name, MOST)
    if isinstance(content, Gap):
        yield content
        return
    try:
        items = list_in(json_of(_ASSIGNED.sub(b"", content, count=1).rstrip().removesuffix(b";")))
    except ValueError as error:
        yield source_gap(tree.about(file.name), f"{error}: download the archive again")
        return
    if not items:
        yield source_gap(tree.about(file.name), "its list is empty")
    for number, item in enumerate(items, start=1):
        yield _account(tree, file.name, number, item)


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
