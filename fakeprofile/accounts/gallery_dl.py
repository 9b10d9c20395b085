"""What gallery-dl wrote -> accounts: ``.json`` beside files, ``info.json``, ``data.jsonl`` and the output of ``-j``.

It writes 0 for counts that it does not know: where all seven are 0, they are unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from fakeprofile.accounts.documents import (
    MOST,
    Node,
    any_holds,
    json_of,
    list_in,
    lists_beside,
    lost_id,
    named,
    node_in,
    text_in,
)
from fakeprofile.accounts.names import entry_gap, shown, source_gap
from fakeprofile.accounts.scraped import Item, account_in, when, which
from fakeprofile.accounts.tree import Tree
from fakeprofile.accounts.wording import handle_of
from fakeprofile.records import Account, Gap, Handle, PhotoUse, Tie

_SURE, _BY_FOLDERS = 98, 45
_PICTURES = r".+\.(jpe?g|png|webp|heic|gif)"
_BESIDE = _PICTURES + r"\.json"
_MARK = (
    rb'"category"\s*:\s*"(instagram|tiktok|twitter)"|"(post_shortcode|sidecar_media_id|count_followed|tweet_id)"\s*:|'
    rb'"uniqueId"\s*:'
)
_MESSAGES = re.compile(rb"^\s*\[\s*\[\s*-?\d+\s*,")
_FOLDER = re.compile(r"(?:^|/)(instagram|tiktok|twitter)/([^/]+)/[^/]+$")
_OWN_NAME = re.compile(
    r"(?:^|/)(instagram|tiktok|twitter)/[^/]+/(\d+(_\d+)?|avatar[^/]*)\.[a-z]+$", re.IGNORECASE
)
"""Where it puts a picture and how it calls it; folders of others may be called like a platform as well."""
_ERROR, _QUEUE = -1, 6


@dataclass(slots=True)
class _Reading:
    """What was met: whose pictures lie where."""

    owners: dict[str, Handle]
    """By folder, from ``info.json``."""
    by_id: dict[str, Handle]
    described: set[str]
    """Pictures that have a file of their own beside them."""


class GalleryDlReader:
    """Reads folders and lists of gallery-dl from Instagram, TikTok and X."""

    name = "gallery-dl download"

    def fits(self, tree: Tree) -> int:
        """Sure if a file has its keys; likely if pictures lie in ``instagram/NAME/`` as it puts them."""
        if any_holds(tree, named(tree, rf"{_BESIDE}|info\.json|.*\.jsonl"), _MARK):
            return _SURE
        loose = [file for file in named(tree, r".*\.json") if len(tree.files) <= 20]
        for file in loose:
            if _MESSAGES.match(tree.head(file.name)):
                return _SURE
        pictures = list(named(tree, _PICTURES))
        return _BY_FOLDERS if pictures and all(_OWN_NAME.search(file.name) for file in pictures) else 0

    def read(self, tree: Tree) -> Iterator[Account | Gap]:
        """Every account that is described, then those that only a folder of pictures names."""
        reading = _Reading(owners={}, by_id={}, described=set())
        for file in named(tree, r".*\.jsonl?"):
            content = tree.read(file.name, MOST)
            if isinstance(content, Gap):
                yield content
            else:
                yield from _file_items(tree, file.name, content, reading)
        yield from _loose_pictures(tree, reading)
        yield from lists_beside(tree)


# --- files --------------------------------------------------------------------------------


def _file_items(tree: Tree, name: str, content: bytes, reading: _Reading) -> Iterator[Account | Gap]:
    picture = name[: -len(".json")]
    if picture in tree and re.fullmatch(_PICTURES, picture, re.IGNORECASE):
        yield from _described(tree, name, picture, content, reading)
        return
    if name.casefold().endswith(".jsonl"):
        lines: Iterator[tuple[str, bytes]] = (
            (f"{name} line {number}", line)
            for number, line in enumerate(content.splitlines(), start=1)
            if line.strip()
        )
    else:
        lines = iter([(name, content)])
    for where, text in lines:
        try:
            parsed = json_of(text)
        except ValueError as error:
            yield entry_gap(tree.about(where), str(error))
            continue
        yield from _parsed_items(tree, where, parsed, reading)


def _described(
    tree: Tree, name: str, picture: str, content: bytes, reading: _Reading
) -> Iterator[Account | Gap]:
    """The account of a picture, by the file beside it."""
    try:
        node = node_in(json_of(content))
    except ValueError as error:
        yield entry_gap(tree.about(name), str(error))
        return
    account = account_in(Item(node=node, where=name, picture=PurePosixPath(picture).name))
    if account is None:
        yield entry_gap(tree.about(name), "it names no account that can be understood")
        return
    reading.described.add(picture)
    _remember(reading, account)
    photo = tree.photo(picture, which(node, PurePosixPath(picture).name), when(node))
    yield replace(account, photos=(photo,))


def _parsed_items(tree: Tree, where: str, parsed: object, reading: _Reading) -> Iterator[Account | Gap]:
    """The accounts of one line or file: an object, or the messages of ``-j``."""
    if isinstance(parsed, dict):
        parsed = [[2, parsed]]
    elif isinstance(parsed, list) and parsed and isinstance(parsed[0], int):
        parsed = [parsed]
    if not isinstance(parsed, list):
        yield entry_gap(tree.about(where), "it is nothing that gallery-dl writes")
        return
    for number, message in enumerate(parsed, start=1):
        parts = list_in(message)
        place = f"{where} entry {number}" if len(parsed) > 1 else where
        node = node_in(parts[-1]) if parts else {}
        if parts[:1] == [_ERROR]:
            said = text_in(node, "message", "error") or "an error"
            yield source_gap(tree.about(place), f"gallery-dl could not get it ({shown(said)})")
            continue
        account = account_in(Item(node=node, where=place, picture="")) if node else None
        if account is None:
            yield entry_gap(tree.about(place), "it names no account that can be understood")
            continue
        if PurePosixPath(where).name.casefold() == "info.json":
            reading.owners[str(PurePosixPath(where).parent)] = account.handle
        _remember(reading, account)
        yield from lost_id(tree, place, {**node, **node_in(node.get("user"))})
        yield replace(account, ties=(_tie(node, parts),))


def _tie(node: Node, parts: list[object]) -> Tie:
    """How a list of accounts stands to the one whose it is, if the entry says which list it is."""
    if parts[:1] != [_QUEUE]:
        return Tie.LISTED
    lists = {"followers": Tie.FOLLOWER, "following": Tie.FOLLOWING}
    return lists.get(text_in(node, "subcategory") or "", Tie.LISTED)


def _remember(reading: _Reading, account: Account) -> None:
    if account.handle.account_id:
        reading.by_id.setdefault(account.handle.account_id, account.handle)


def _loose_pictures(tree: Tree, reading: _Reading) -> Iterator[Account | Gap]:
    """Pictures without a file of their own: by the number in their name, else by their folder."""
    unowned = 0
    for file in named(tree, _PICTURES):
        if file.name in reading.described:
            continue
        path = PurePosixPath(file.name)
        number = re.match(r"avatar[:：_](\d+)\.", path.name)
        folder = _FOLDER.search(file.name)
        owner = reading.by_id.get(number[1]) if number else None
        owner = owner or reading.owners.get(str(path.parent)) or (_in_folder(folder) if folder else None)
        if owner is None:
            unowned += 1
            continue
        use = PhotoUse.AVATAR if path.name.startswith("avatar") else PhotoUse.UNKNOWN
        photo = tree.photo(file.name, use)
        yield Account(handle=owner, photos=(photo,), ties=(Tie.LISTED,), where=file.name)
    if unowned:
        pictures = "picture" if unowned == 1 else "pictures"
        yield source_gap(tree.name, f"{unowned:,} {pictures} whose owner no file or folder names: left out")


def _in_folder(folder: re.Match[str]) -> Handle | None:
    platform = "x" if folder[1] == "twitter" else folder[1]
    return handle_of(folder[2], platform)
