"""TikTok's "Download your data" as JSON: followers, accounts followed and blocked, with times in UTC."""

from __future__ import annotations

from collections.abc import Iterator

from fakeprofile.accounts.documents import (
    MOST,
    SMALL,
    Node,
    any_holds,
    named,
    node_in,
    outlined,
    text_in,
    to_its_end,
)
from fakeprofile.accounts.moments import moment_in
from fakeprofile.accounts.names import entry_gap, shown, source_gap
from fakeprofile.accounts.stream import Items, Listed
from fakeprofile.accounts.tree import Tree, TreeFile
from fakeprofile.accounts.wording import handle_of
from fakeprofile.records import Account, Gap, Tie

PLATFORM = "tiktok"
_SURE = 95
_LISTS = {"fanslist": Tie.FOLLOWER, "following": Tie.FOLLOWING, "blocklist": Tie.BLOCKED}
"""The arrays as they are called in every version; what they lie in has changed (``Activity``, ``Your Activity``,
``Profile And Settings``; ``Follower List``, ``Follower``), and so have capitals."""
_MARK = rb'"(FansList|BlockList)"|"(Follower|Following|Block)( List)?"\s*:\s*\{'
_FILES = r"user_data(_tiktok)?.*\.json"
_DEEPEST = 6


class TikTokReader:
    """Reads ``user_data_tiktok.json`` or ``user_data.json``."""

    name = "TikTok export"

    def fits(self, tree: Tree) -> int:
        """Sure if a JSON file has the lists as TikTok calls them."""
        most = MOST if any(named(tree, _FILES)) else SMALL
        # The lists may stand behind years of watched videos.
        return _SURE if any_holds(tree, _documents(tree), _MARK, most) else 0

    def read(self, tree: Tree) -> Iterator[Account | Gap]:
        """Everybody in the lists of followers, accounts followed and blocked."""
        for file in _documents(tree):
            yield from to_its_end(tree, file.name, _file_items(tree, file.name))


def _file_items(tree: Tree, name: str) -> Iterator[Account | Gap]:
    content = outlined(tree, name, _DEEPEST + 1)
    if isinstance(content, Gap):
        yield content
        return
    lists = list(_lists_in(node_in(content), _DEEPEST))
    if not lists:
        keys = ", ".join(shown(key, 30) for key in list(node_in(content))[:4])
        reason = f"no list of followers is known in it (it holds {keys or 'nothing'})"
        yield entry_gap(tree.about(name), reason)
    for key, tie, items in lists:
        yield from _list_items(tree, name, key, tie, items)


def _documents(tree: Tree) -> list[TreeFile]:
    """The JSON files with TikTok's names, else all of a source with few."""
    own = list(named(tree, _FILES))
    return own or [file for file in named(tree, r".*\.json") if len(tree.files) <= 20]


def _lists_in(node: Node, deepest: int) -> Iterator[tuple[str, Tie, Items]]:
    for key, value in node.items():
        tie = _LISTS.get(key.replace(" ", "").casefold())
        if tie and isinstance(value, list | Listed):
            yield key, tie, value
        elif isinstance(value, dict) and deepest:
            yield from _lists_in(value, deepest - 1)


def _list_items(tree: Tree, name: str, key: str, tie: Tie, items: Items) -> Iterator[Account | Gap]:
    if not items and tie is Tie.FOLLOWER:
        yield source_gap(
            tree.about(name), f"its list {key} is empty: if there are followers, they were not exported"
        )
    for number, item in enumerate(items, start=1):
        row = {word.replace(" ", "").casefold(): value for word, value in node_in(item).items()}
        text = text_in(row, "username") or ""
        handle = handle_of(text, PLATFORM)
        where = f"{name.rpartition('/')[2]} {key} entry {number}"
        if handle is None:
            said = f"no account can be called “{shown(text)}”" if text else "it has no UserName"
            yield entry_gap(f"{tree.about(name)} {key} entry {number}", said)
        else:
            on = moment_in(text_in(row, "date") or "")
            yield Account(handle=handle, ties=(tie,), tied_on=on, where=where)
