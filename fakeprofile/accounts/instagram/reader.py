"""An Instagram export as a whole -> everybody in its lists, and what of it could not be understood."""

from __future__ import annotations

import contextlib
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from fakeprofile.accounts.documents import (
    MOST,
    SMALL,
    Node,
    document,
    list_in,
    node_in,
    outline,
    text_in,
    to_its_end,
)
from fakeprofile.accounts.instagram.entries import (
    Entry,
    any_looks_like_list,
    entries_of,
    looks_like_list,
    records_in,
)
from fakeprofile.accounts.instagram.labels import is_username_label
from fakeprofile.accounts.instagram.lists import (
    FOLLOWERS,
    FOLLOWING,
    KINDS,
    UNNAMED,
    Listing,
    is_elsewhere,
    listing_of_name,
    original,
)
from fakeprofile.accounts.instagram.pages import boxes_in, looks_like_page, page_entries
from fakeprofile.accounts.instagram.ranges import Dates, cut_reason
from fakeprofile.accounts.names import entry_gap, none_of, shown, source_gap
from fakeprofile.accounts.tree import Tree, TreeFile
from fakeprofile.accounts.wording import handle_name, repaired
from fakeprofile.records import Account, Gap, Handle

PLATFORM = "instagram"
_SURE = 95
_BY_NAME_ALONE = 30
"""A file is called like a list of Instagram, and is none that is known: whoever understands it may have it."""
_BY_LINKS = 50
"""A page links to profiles on Instagram, which other pages do as well."""
_TAIL = 4096
"""Bytes at the end of a page in which it must be closed."""
_FEW = 20
"""Up to so many documents, those with other names are opened as well: somebody may have renamed one."""
_FOLDER = "followers_and_following"
_EXPORT_NAME = re.compile(
    r"instagram-([A-Za-z0-9._]{1,30})-(20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?!\d)"
)


class InstagramReader:
    """Reads "Download your information" of Instagram, as JSON or HTML, in a zip, zips or a folder."""

    name = "Instagram export"

    def fits(self, tree: Tree) -> int:
        """Sure if a file holds lists as Instagram writes them, whatever it is called."""
        best = 0
        for file, named in _documents(tree):
            if named and _FOLDER in file.name.casefold().split("/")[:-1]:
                return _SURE
            content = tree.head(file.name, SMALL)
            if _is_list(file.name, content):
                return _SURE
            if not _is_json(file.name) and looks_like_page(content):
                best = _SURE if named else max(best, _BY_LINKS)
            best = max(best, _BY_NAME_ALONE) if named else best
        return best

    def read(self, tree: Tree) -> Iterator[Account | Gap]:
        """Everybody in the lists, JSON before HTML; then what was left out on purpose, and signs of a cut."""
        called = _called(tree)
        reading = _Reading(as_of=called[2] if called else None)
        for file, named in _documents(tree):
            yield from _file_items(tree, file.name, named, reading)
        yield from _remarks(tree, reading)


def owner_of(tree: Tree) -> Handle | None:
    """Whose export it is, if it says so: in its personal information, or in the name of the zip or folder."""
    for file in tree.files:
        if file.last.casefold() == "personal_information.json":
            content = document(tree, file.name)
            users = [] if isinstance(content, Gap) else list_in(node_in(content).get("profile_user"))
            names = (own_name(node_in(node_in(user).get("string_map_data"))) for user in users)
            if owner := next((name for name in names if name), None):
                return Handle(name=owner, platform=PLATFORM)
    called = _called(tree)
    return Handle(name=called[1], platform=PLATFORM) if called else None


def _called(tree: Tree) -> re.Match[str] | None:
    """The name of the zip or folder, if it is still the one that Instagram gave: owner and day."""
    texts = (tree.name, *(file.name for file in tree.files[:1]))
    return next((found for text in texts if (found := _EXPORT_NAME.search(text))), None)


def own_name(labelled: Node) -> str | None:
    """The user name among the labelled values of a personal information, whose labels are translated."""
    for label, value in labelled.items():
        text = text_in(node_in(value), "value")
        if text and is_username_label(repaired(label)):
            return handle_name(text, PLATFORM)
    return None


# --- files --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reading:
    """What was met while the files are read."""

    as_of: str | None
    """The day of the export, if its name tells."""
    dates: Dates = field(default_factory=Dates)
    aside: list[str] = field(default_factory=list)
    """Files that hold lists which say nothing of who follows whom."""
    names: dict[tuple[str, str], dict[str, array[int]]] = field(default_factory=dict)
    """Hashes of who stands in each file, by its kind and the name that it had in the export, then by its own name."""


def _documents(tree: Tree) -> list[tuple[TreeFile, Listing | None]]:
    """The files that may hold lists and which each is by its name; JSON first, whose times are exact."""
    files = [
        (file, listing_of_name(file.name))
        for file in tree.files
        if file.ending in (".json", ".html", ".htm") and not is_elsewhere(file.name)
    ]
    few = len(files) <= _FEW
    chosen = [
        (file, named)
        for file, named in files
        if named or file.size <= (64 * SMALL if few else SMALL if _FOLDER in file.name.casefold() else 0)
    ]
    return sorted(chosen, key=lambda one: (_rank(one[1]), not _is_json(one[0].name), one[0].name))


def _rank(named: Listing | None) -> int:
    """Followers first: what an account is dated by, should it stand in several lists."""
    return KINDS.index(named) if named in KINDS else len(KINDS)


def _is_list(name: str, content: bytes) -> bool:
    return _is_json(name) and looks_like_list(content)


def _is_json(name: str) -> bool:
    return name.casefold().endswith(".json")


def _file_items(tree: Tree, name: str, named: Listing | None, reading: _Reading) -> Iterator[Account | Gap]:
    if named is not None and not named.counts:
        reading.aside.append(PurePosixPath(name).name)
        return
    if _is_json(name):
        yield from to_its_end(tree, name, _json_items(tree, name, named, reading))
        return
    content = tree.read(name, MOST)
    if isinstance(content, Gap):
        yield content
    elif (named or looks_like_page(content)) and not _has_twin(name, reading):
        yield from _page_items(tree, name, content, named or UNNAMED, reading)


def _holds_list(tree: Tree, name: str) -> bool:
    with contextlib.closing(tree.pieces(name, MOST)) as pieces:
        return any_looks_like_list(pieces)


def _has_twin(name: str, reading: _Reading) -> bool:
    """Whether the same list was read from JSON already: somebody asked for both."""
    return any(
        stem == original(name) and any(_is_json(other) and found for other, found in files.items())
        for (_, stem), files in reading.names.items()
    )


def _json_items(tree: Tree, name: str, named: Listing | None, reading: _Reading) -> Iterator[Account | Gap]:
    """What a file of JSON tells.

    Raises:
        SourceError: it cannot be read, or not any more; the reason alone.
    """
    if not named and not _holds_list(tree, name):
        return
    try:
        parsed = outline(tree, name)
    except ValueError as error:
        yield source_gap(tree.about(name), f"{error}: download the export again")
        return
    if isinstance(parsed, Gap):
        yield parsed
        return
    lists = list(records_in(parsed))
    if not lists:
        keys = ", ".join(shown(key, 30) for key in list(node_in(parsed))[:4]) or "nothing"
        yield entry_gap(tree.about(name), f"no list of accounts is known in it (it holds {keys})")
    for records in lists:
        listing = records.listing or named or UNNAMED
        if not listing.counts:
            reading.aside.append(PurePosixPath(name).name)
            continue
        try:
            entries = entries_of(records.items)
        except ValueError as error:
            yield entry_gap(tree.about(name), str(error))
            continue
        yield from _list_items(tree, name, listing, entries, reading)


def _page_items(
    tree: Tree, name: str, content: bytes, listing: Listing, reading: _Reading
) -> Iterator[Account | Gap]:
    boxes = boxes_in(content)
    if b"</html>" not in content[-_TAIL:].lower():
        yield source_gap(
            tree.about(name), "the page has no end, so it may be cut off: download the export again"
        )
    try:
        entries = list(page_entries(content))
    except ValueError as error:
        yield entry_gap(tree.about(name), str(error))
        return
    if not entries and boxes:
        yield entry_gap(
            tree.about(name),
            f"{none_of(boxes, 'record', 'records')} names an account in a way that is known here: "
            "ask Instagram for the export again, as JSON",
        )
        return
    if boxes > len(entries):
        name_it = "names" if len(entries) == 1 else "name"
        reason = f"it seems to have {boxes:,} records, and {len(entries):,} of them {name_it} an account"
        yield entry_gap(tree.about(name), reason)
    yield from _list_items(tree, name, listing, entries, reading)


def _list_items(
    tree: Tree, name: str, listing: Listing, entries: Iterable[Entry], reading: _Reading
) -> Iterator[Account | Gap]:
    """The accounts of one list; a gap for each entry that names none, and one alone if none of them does."""
    if not any(entry.name for entry in entries):
        yield _empty(tree, name, listing, entries)
        return
    if listing is UNNAMED:
        reason = (
            "it does not say which list it is, so nothing is said of who follows whom: "
            "give the whole export, or the file under its own name, such as followers_1.json"
        )
        yield source_gap(tree.about(name), reason)
    place, as_of = PurePosixPath(name).name, reading.as_of
    names = reading.names.setdefault((listing.words, original(name)), {}).setdefault(name, array("q"))
    days = {id(FOLLOWERS): reading.dates.followers, id(FOLLOWING): reading.dates.following}.get(id(listing))
    for entry in entries:
        if not entry.name:
            yield entry_gap(f"{tree.about(name)} entry {entry.number}", entry.said or "it names no account")
            continue
        names.append(hash(entry.name.casefold()))
        if days is not None and entry.on:
            days.add(entry.on)
        yield Account(
            handle=Handle(name=entry.name, platform=PLATFORM),
            name=entry.shown_name,
            ties=(listing.tie,),
            tied_on=entry.on,
            as_of=as_of,
            where=f"{place} entry {entry.number}",
        )


def _empty(tree: Tree, name: str, listing: Listing, entries: Iterable[Entry]) -> Gap:
    if (first := next(iter(entries), None)) is not None:
        number = sum(1 for _ in entries)
        reason = (
            f"{none_of(number, 'entry', 'entries')} names an account in a way that is known here "
            f"(the first: {first.said or 'no name'}): ask Instagram for the export again"
        )
        return entry_gap(tree.about(name), reason)
    reason = (
        f"its list of {listing.words} is empty. If there are some, the export was cut: "
        "ask Instagram for it again with the date range “all time”"
    )
    return source_gap(tree.about(name), reason)


# --- remarks ------------------------------------------------------------------------------


def _remarks(tree: Tree, reading: _Reading) -> Iterator[Gap]:
    if reading.aside:
        names = ", ".join(shown(name, 40) for name in dict.fromkeys(reading.aside))
        yield source_gap(tree.name, f"left out, because they do not say who follows whom: {names}")
    for (words, stem), files in reading.names.items():
        sets = list(map(set, files.values())) if len(files) > 1 else []
        if any(one != sets[0] for one in sets):
            everybody = {one for names in sets for one in names}
            only = sum(not all(one in names for names in sets) for one in everybody)
            yield source_gap(
                tree.name,
                f"{len(files)} copies of {shown(stem, 40)} ({words}) differ: all who stand in any of them are read, "
                f"{only:,} stand in some only. They may be of different days: compare them one by one",
            )
    if reason := cut_reason(reading.dates):
        yield source_gap(tree.name, reason)
