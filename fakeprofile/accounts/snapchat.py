"""Snapchat's "My Data": ``friends.json`` with friends, requests, blocked and deleted ones."""

from __future__ import annotations

from collections.abc import Iterator

from fakeprofile.accounts.documents import any_holds, named, node_in, outlined, text_in, to_its_end
from fakeprofile.accounts.moments import moment_in
from fakeprofile.accounts.names import entry_gap, shown, source_gap
from fakeprofile.accounts.stream import items_in
from fakeprofile.accounts.tree import Tree, TreeFile
from fakeprofile.accounts.wording import cleaned, handle_of
from fakeprofile.records import Account, Gap, Tie

PLATFORM = "snapchat"
_SURE = 95
_SECTIONS = {
    "Friends": Tie.FOLLOWING,
    "Friend Requests Sent": Tie.LISTED,
    "Pending Requests": Tie.REQUESTED,
    "Ignored Snapchatters": Tie.REQUESTED,
    "Blocked Users": Tie.BLOCKED,
    "Deleted Friends": Tie.UNFOLLOWED,
}
"""A friend is somebody whom the owner added; that it went both ways is not said. To a request that the owner sent
nothing is known but that."""
_ASIDE = ("Hidden Friend Suggestions", "Shortcuts")
"""What Snapchat suggested, and what the owner pinned: they say nothing of who added whom."""
_MARK = rb'"(Friend Requests Sent|Deleted Friends|Blocked Users|Ignored Snapchatters)"\s*:\s*\['


class SnapchatReader:
    """Reads ``friends.json``."""

    name = "Snapchat export"

    def fits(self, tree: Tree) -> int:
        """Sure if a JSON file has the sections as Snapchat calls them."""
        return _SURE if any_holds(tree, _documents(tree), _MARK) else 0

    def read(self, tree: Tree) -> Iterator[Account | Gap]:
        """Everybody in the sections that say how they stand to the owner."""
        for file in _documents(tree):
            content = outlined(tree, file.name)
            if isinstance(content, Gap):
                yield content
                continue
            yield from to_its_end(tree, file.name, _file_items(tree, file.name, node_in(content)))


def _documents(tree: Tree) -> list[TreeFile]:
    own = list(named(tree, r"friends.*\.json"))
    return own or [file for file in named(tree, r".*\.json") if len(tree.files) <= 20]


def _file_items(tree: Tree, name: str, content: dict[str, object]) -> Iterator[Account | Gap]:
    if not any(section in content for section in _SECTIONS):
        keys = ", ".join(shown(key, 30) for key in list(content)[:4])
        yield entry_gap(tree.about(name), f"no section is known in it (it holds {keys or 'nothing'})")
    for section, tie in _SECTIONS.items():
        for number, item in enumerate(items_in(content.get(section)), start=1):
            row = node_in(item)
            text = text_in(row, "Username") or ""
            handle = handle_of(text, PLATFORM)
            if handle is None:
                said = f"no account can be called “{shown(text)}”" if text else "it has no Username"
                yield entry_gap(f"{tree.about(name)} {section} entry {number}", said)
                continue
            yield Account(
                handle=handle,
                name=cleaned(text_in(row, "Display Name") or ""),
                ties=(tie,),
                tied_on=moment_in(text_in(row, "Creation Timestamp") or ""),
                where=f"{name.rpartition('/')[2]} {section} entry {number}",
            )
    aside = [
        f"{len(items):,} in {section}" for section in _ASIDE if (items := items_in(content.get(section)))
    ]
    if aside:
        yield source_gap(
            tree.about(name), f"left out, because nobody added anybody there: {', '.join(aside)}"
        )
