"""One line of a list -> one account; values that are not understood are unknown, and counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from fakeprofile.accounts.columns import TYPED, Column
from fakeprofile.accounts.handles import PLATFORMS, handle_of
from fakeprofile.accounts.names import entry_gap, shown, source_gap
from fakeprofile.accounts.rows import Row
from fakeprofile.accounts.tree import Tree
from fakeprofile.accounts.values import (
    LONGEST_BIO,
    count_of,
    day_of,
    flag_of,
    id_of,
    is_unknown,
    moment_of,
    text_of,
)
from fakeprofile.identity import platform_of
from fakeprofile.records import Account, Gap, Handle, PhotoFile, PhotoUse, Tie
from fakeprofile.report.lines import count

T = TypeVar("T")
Cells = dict[Column, str]

_HOSTS = (("instagram", "instagram"), ("tiktok", "tiktok"), ("twimg.com", "x"), ("sc-cdn.net", "snapchat"))
"""What stands in the host names of the pictures of a platform."""
_HOST = re.compile(r"https?://([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?::[0-9]+)?(?:[/?#]|$)", re.IGNORECASE)
_FREE = frozenset({Column.NAME, Column.BIO})
_NOBODY = frozenset({"NaN", "None", "null", "NULL", "N/A", "n/a", "<NA>", "-"})
"""What programs write for "unknown": in a name only as they spell it, because Nan and Na are names too."""
_LONGEST_URL = 4096
_TIES = (
    (Column.FOLLOWS_YOU, Tie.FOLLOWER),
    (Column.FOLLOWED_BY_YOU, Tie.FOLLOWING),
    (Column.BLOCKED, Tie.BLOCKED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What the columns of a list tell."""

    columns: tuple[Column | None, ...]
    platform: str | None = None
    """The platform that all of the list is on, if it says so."""
    ties: tuple[Tie, ...] = (Tie.LISTED,)
    """How those in it stand to whose list it is, where no column says so."""
    words: tuple[str, ...] = ()
    """As they stand there: a list that was put together from two has them twice."""


class Lines:
    """Makes accounts of the rows of one list, and counts what in them was not understood."""

    def __init__(self, heading: Heading, tree: Tree, name: str) -> None:
        self._heading = heading
        self._tree = tree
        self._name = name
        self._places = [(place, column) for place, column in enumerate(heading.columns) if column]
        self._free = Column.BIO in heading.columns or None in heading.columns
        self._doubts: dict[str, tuple[int, str]] = {}

    def account(self, row: Row) -> Account | Gap | None:
        """The account that a row is about, or why there is none; None for a row that says nothing."""
        if not any(row.cells) or row.cells == self._heading.words:
            return None
        known: Cells = {}
        for place, column in self._places:
            text = row.cells[place] if place < len(row.cells) else ""
            if (
                text
                and column not in known
                and not (text in _NOBODY if column in _FREE else is_unknown(text))
            ):
                known[column] = text
        if reason := self._misfit(row, known):
            return entry_gap(row.where, reason)
        try:
            handle = self._handle(known, row.where)
        except ValueError as error:
            return entry_gap(row.where, str(error))
        return self._account(handle, known, row.where)

    def gaps(self) -> Iterator[Gap]:
        """What was not understood, each kind once with its number."""
        for what, (times, first) in self._doubts.items():
            told = one_of(what) if times == 1 else f"{times:,} of {what}"
            yield source_gap(self._tree.about(self._name), f"{told} (first: {first})")

    def _account(self, handle: Handle, cells: Cells, where: str) -> Account:
        address = cells.get(Column.AVATAR_URL)
        photos: list[PhotoFile] = []
        silhouette = self._value(flag_of, Column.NO_AVATAR, cells, where)
        for column, use in ((Column.AVATAR, PhotoUse.AVATAR), (Column.PHOTO, PhotoUse.UNKNOWN)):
            if not (text := cells.get(column)):
                continue
            if re.match("https?://", text, re.IGNORECASE):
                address = address or text
            elif re.fullmatch("[01]|yes|no|ja|nee|true|false", text, re.IGNORECASE):
                silhouette = not flag_of(text) if silhouette is None else silhouette
            else:
                photos += self._photos(text, use, column, where)
        return Account(
            handle=handle,
            name=text_of(cells.get(Column.NAME, "")),
            bio=text_of(cells.get(Column.BIO, ""), LONGEST_BIO),
            posts=self._value(count_of, Column.POSTS, cells, where),
            followers=self._value(count_of, Column.FOLLOWERS, cells, where),
            following=self._value(count_of, Column.FOLLOWING, cells, where),
            private=self._value(flag_of, Column.PRIVATE, cells, where),
            verified=self._value(flag_of, Column.VERIFIED, cells, where),
            created_on=self._value(day_of, Column.CREATED, cells, where),
            former_names=self._former(cells.get(Column.FORMER, ""), handle, where),
            avatar_url=self._address(address, where),
            has_default_avatar=silhouette,
            photos=tuple(dict.fromkeys(photos)),
            ties=self._ties(cells, where),
            tied_on=self._value(moment_of, Column.TIED, cells, where),
            as_of=self._value(day_of, Column.AS_OF, cells, where),
            where=where,
        )

    # --- who ----------------------------------------------------------------------------------

    def _handle(self, cells: Cells, where: str) -> Handle:
        """Who the row is about.

        Raises:
            ValueError: nobody.
        """
        platform = self._platform(cells)
        number = self._value(id_of, Column.ID, cells, where)
        page = _page_of(cells.get(Column.URL))
        text = cells.get(Column.HANDLE, "")
        if not text:
            if page is not None:
                return Handle(name=page.name, platform=page.platform, account_id=number or page.account_id)
            if number is None:
                raise ValueError("names no account: neither a handle nor the page of a profile nor an id")
            return Handle(name=number, platform=platform, account_id=number)
        try:
            handle = handle_of(text, platform, number)
        except ValueError:
            if page is None:
                raise
            return Handle(name=page.name, platform=page.platform, account_id=number or page.account_id)
        if page is None or page.name.casefold() != handle.name.casefold():
            return handle
        return handle_of(handle.name, page.platform, handle.account_id)

    def _platform(self, cells: Cells) -> str | None:
        said = platform_of(cells.get(Column.PLATFORM, ""))
        if re.fullmatch(r"[a-z0-9][a-z0-9 ._-]{0,29}", said):
            return said
        host = _host_of(cells.get(Column.AVATAR_URL, ""))
        found = next((platform for part, platform in _HOSTS if part in host), None)
        return found or self._heading.platform

    def _ties(self, cells: Cells, where: str) -> tuple[Tie, ...]:
        said = tuple(tie for column, tie in _TIES if self._value(flag_of, column, cells, where))
        return said or self._heading.ties

    def _former(self, text: str, handle: Handle, where: str) -> tuple[str, ...]:
        names = []
        for word in re.split(r"[|,;\s]+", text[:2000]):
            if word:
                try:
                    names.append(handle_of(word, handle.platform).name)
                except ValueError:
                    self._doubt(f"the {Column.FORMER} can be no handles and were left out", where)
        return tuple(dict.fromkeys(names))

    # --- what ---------------------------------------------------------------------------------

    def _value(self, parse: Callable[[str], T], column: Column, cells: Cells, where: str) -> T | None:
        """What the cell means; None, and counted, if that is not clear."""
        text = cells.get(column)
        if text is None:
            return None
        try:
            return parse(text)
        except ValueError as error:
            self._doubt(
                f"the values in column {column} {error}; they are left unknown", f"{where}: {shown(text, 30)}"
            )
            return None

    def _doubt(self, what: str, where: str) -> None:
        times, first = self._doubts.get(what, (0, where))
        self._doubts[what] = (times + 1, first)

    def _address(self, text: str | None, where: str) -> str | None:
        if not text:
            return None
        if len(text) <= _LONGEST_URL and text.isprintable() and " " not in text and _host_of(text):
            return text
        self._doubt("the addresses of pictures are no web addresses; they are left out", where)
        return None

    def _photos(self, text: str, use: PhotoUse, column: Column, where: str) -> list[PhotoFile]:
        found = []
        for part in text.split("|"):
            name = self._tree.beside(self._name, part) if part.strip() else None
            if name is not None:
                found.append(self._tree.photo(name, use))
            else:
                self._doubt(
                    f"the files in column {column} are not beside the list", f"{where}: {shown(part, 40)}"
                )
        return found

    def _misfit(self, row: Row, cells: Cells) -> str | None:
        """Why the cells cannot be told apart: read one column aside, a count would be somebody else's."""
        width = len(self._heading.columns)
        if any(row.cells[width:]):
            return f"has {count(len(row.cells), 'cell')}, the heading {width}: quote those that hold the delimiter"
        if len(row.cells) == width or not self._free or any(map(_is_typed, cells.items())):
            return None
        # The second half of a text that was broken over two lines looks like this.
        return f"has {count(len(row.cells), 'cell')}, the heading {width}: complete it, or quote texts over several lines"


def _is_typed(item: tuple[Column, str]) -> bool:
    """Whether a cell holds what can stand in its column only."""
    column, text = item
    if column not in TYPED:
        return False
    for parse in (count_of, flag_of, moment_of):
        try:
            parse(text)
        except ValueError:
            continue
        return True
    return False


_ONE = (
    ("values", "value"), ("addresses of pictures", "address of a picture"), ("files", "file"),
    ("former names can be no handles", "former name can be no handle"), ("were", "was"), ("are", "is"),
    ("they", "it"), ("them", "it"), ("end", "ends"), ("no web addresses", "no web address"),
)  # fmt: skip


def one_of(what: str) -> str:
    """What is said of several, said of one: ``the values … were rounded`` becomes ``1 value … was rounded``."""
    said = what.removeprefix("the ")
    for many, one in _ONE:
        said = re.sub(rf"\b{many}\b", one, said)
    return f"1 {said}"


def _page_of(text: str | None) -> Handle | None:
    """The account whose page an address is; None for every other address."""
    if not text or "/" not in text:
        return None
    try:
        found = handle_of(text)
    except ValueError:
        return None
    return found if found.platform in PLATFORMS else None


def _host_of(text: str) -> str:
    """The host of a web address, in lower case; empty if it is none."""
    found = _HOST.match(text)
    return found[1].lower() if found else ""
