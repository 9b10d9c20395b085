"""Facebook's "Download your information": friends, followers and requests; names and times, but no handles.

Two people may have one name, and nothing in the export tells them from one person in two lists. So every name of a list
is an account of its own, called as it shows itself, and the reader says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from fakeprofile.accounts.documents import (
    MOST,
    Node,
    any_holds,
    named,
    node_in,
    outline,
    text_in,
    to_its_end,
)
from fakeprofile.accounts.moments import day_in, looks_dated, moment_of
from fakeprofile.accounts.names import entry_gap, shown, source_gap
from fakeprofile.accounts.pages import page_of, texts_and_links
from fakeprofile.accounts.stream import Items, Listed
from fakeprofile.accounts.tree import Tree, TreeFile
from fakeprofile.accounts.wording import cleaned
from fakeprofile.identity import parse_handle
from fakeprofile.records import Account, Gap, Handle, Tie

PLATFORM = "facebook"
_SURE = 95
_FRIEND = (Tie.FOLLOWER, Tie.FOLLOWING)
_BY_KEY: dict[str, tuple[Tie, ...]] = {
    "friends": _FRIEND,
    "followers": (Tie.FOLLOWER,),
    "following": (Tie.FOLLOWING,),
    "received_requests": (Tie.REQUESTED,),
    "rejected_requests": (Tie.REQUESTED,),
    "sent_requests": (Tie.LISTED,),
    "deleted_friends": (Tie.UNFOLLOWED,),
    "unfollowed_pages": (Tie.UNFOLLOWED,),
    "blocked_users": (Tie.BLOCKED,),
}
_BY_NAME = {
    "friends": "friends",
    "your_friends": "friends",
    "people_who_followed_you": "followers",
    "followers": "followers",
    "who_you_ve_followed": "following",
    "who_you_follow": "following",
    "following": "following",
    "received_friend_requests": "received_requests",
    "friend_requests_received": "received_requests",
    "rejected_friend_requests": "rejected_requests",
    "sent_friend_requests": "sent_requests",
    "removed_friends": "deleted_friends",
}
_FILES = (
    r"(your_friends|friends|people_who_followed_you|who_you('|’|_)?(ve_followed|_follow|follow)|followers|following|"
    r"(received|rejected|sent)_friend_requests|friend_requests_(received|sent)|removed_friends|blocked_.*)"
    r"( ?\(\d+\))?\.(json|html?)"
)
_MARK = rb'"(friends|followers|following|received_requests|rejected_requests|sent_requests|deleted_friends)_v\d+"\s*:'
_PAGE = rb"(?i)<html[^>]*>.*\bfacebook\b"


class FacebookReader:
    """Reads the lists of friends, followers and requests, as JSON or HTML."""

    name = "Facebook export"

    def fits(self, tree: Tree) -> int:
        """Sure if a JSON file has the lists as Facebook calls them; likely for a page under its name."""
        files = _documents(tree)
        if any_holds(tree, (file for file in files if file.name.casefold().endswith(".json")), _MARK):
            return _SURE
        pages = (file for file in files if not file.name.casefold().endswith(".json"))
        return 60 if any_holds(tree, pages, _PAGE) else 0

    def read(self, tree: Tree) -> Iterator[Account | Gap]:
        """Everybody in the lists, called by their handle where there is one, else by the name they show."""
        nameless = 0
        for file in _documents(tree):
            for item in _file_items(tree, file.name):
                nameless += isinstance(item, Account) and item.handle.name == item.name
                yield item
        if nameless:
            reason = (
                f"Facebook exports no handles: {nameless:,} accounts are called by the name that they show, and two "
                "people of one name by that name and a number; open a profile on Facebook for its address"
            )
            yield source_gap(tree.name, reason)


def _documents(tree: Tree) -> list[TreeFile]:
    own = list(named(tree, _FILES))
    return own or [file for file in named(tree, r".*\.json") if len(tree.files) <= 20]


def _file_items(tree: Tree, name: str) -> Iterator[Account | Gap]:
    if name.casefold().endswith(".json"):
        yield from to_its_end(tree, name, _json_items(tree, name))
        return
    content = tree.read(name, MOST)
    if isinstance(content, Gap):
        yield content
    elif ties := _ties_by_name(name):
        yield from _people(tree, name, ties, list(_page_rows(content)))


def _json_items(tree: Tree, name: str) -> Iterator[Account | Gap]:
    try:
        content = outline(tree, name)
    except ValueError as error:
        yield source_gap(tree.about(name), f"{error}: download the export again")
        return
    if isinstance(content, Gap):
        yield content
        return
    lists: list[tuple[tuple[Tie, ...], Items]] = [
        (ties, value)
        for key, value in node_in(content).items()
        if isinstance(value, list | Listed) and (ties := _BY_KEY.get(re.sub(r"_v\d+$", "", key)))
    ]
    if not lists and isinstance(content, list | Listed) and (ties := _ties_by_name(name)):
        lists = [(ties, content)]
    if not lists:
        keys = ", ".join(shown(key, 30) for key in list(node_in(content))[:4])
        yield entry_gap(tree.about(name), f"no list of people is known in it (it holds {keys or 'nothing'})")
    for ties, items in lists:
        yield from _people(tree, name, ties, items)


def _ties_by_name(name: str) -> tuple[Tie, ...] | None:
    stem = re.sub(r"\s*\(\d+\)$", "", PurePosixPath(name).stem.casefold()).replace("'", "_").replace("’", "_")
    return _BY_KEY.get(_BY_NAME.get(stem, ""))


def _people(tree: Tree, name: str, ties: tuple[Tie, ...], rows: Items) -> Iterator[Account | Gap]:
    if not rows:
        yield source_gap(tree.about(name), "its list is empty, or it is in a layout that is not known here")
    met: Counter[str] = Counter()
    for number, row in enumerate(map(node_in, rows), start=1):
        called = cleaned(text_in(row, "name", "title") or "")
        if called is None:
            yield entry_gap(f"{tree.about(name)} entry {number}", "it has no name")
            continue
        handle = _handle_in(text_in(row, "url", "href", "uri") or "")
        if handle is None:
            met[called] += 1
            unique = called if met[called] == 1 else f"{called} ({met[called]})"
            handle = Handle(name=unique, platform=PLATFORM)
        yield Account(
            handle=handle,
            name=called,
            ties=ties,
            tied_on=moment_of(row.get("timestamp")) or day_in(text_in(row, "date") or ""),
            where=f"{PurePosixPath(name).name} entry {number}",
        )


def _handle_in(url: str) -> Handle | None:
    try:
        handle = parse_handle(url) if url else None
    except ValueError:  # a link to something else than a profile
        return None
    return handle if handle is not None and handle.platform == PLATFORM else None


def _page_rows(content: bytes) -> Iterator[Node]:
    """Names and dates of a page: a name is the text before a date, and may be a link to its profile."""
    root = page_of(content)
    before: tuple[str, str | None] | None = None
    for text, href in () if root is None else texts_and_links(root):
        if before and href is None and looks_dated(text):
            yield {"name": before[0], "url": before[1], "date": text}
            before = None
        elif text:
            before = (text, href)
