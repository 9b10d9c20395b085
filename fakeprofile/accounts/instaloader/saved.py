"""What a JSON file that Instaloader saved tells: a profile, a post and whose it is, or nothing for us."""

from __future__ import annotations

from dataclasses import dataclass

from fakeprofile.accounts.documents import Node, node_in
from fakeprofile.accounts.nodes import instagram_account, instagram_handle
from fakeprofile.records import Account, Handle

_SKIPPED = ("FrozenNodeIterator", "Hashtag", "TopSearchResults")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One file."""

    account: Account | None = None
    """The profile that it is, or that a post names as its owner with what it tells of it."""
    is_profile: bool = False
    owner: Handle | None = None
    """Of a post."""
    is_known: bool = True
    """Whether Instaloader writes such files."""


def saved_in(content: object, where: str) -> Saved:
    """What the file tells."""
    outer = node_in(content)
    node = node_in(outer.get("node"))
    kind = node_in(outer.get("instaloader")).get("node_type")
    if kind in _SKIPPED:
        return Saved()
    if kind == "Profile":
        return Saved(account=instagram_account(node, where), is_profile=True)
    if kind in ("Post", "StoryItem"):
        return _post(node, where)
    if "shortcode" in outer:  # version 3 saved the bare object
        return _post(outer, where)
    return Saved(is_known=False)


def _post(node: Node, where: str) -> Saved:
    owner = node_in(node.get("owner")) or node_in(node_in(node.get("iphone_struct")).get("user"))
    return Saved(account=instagram_account(owner, where), owner=instagram_handle(owner))
