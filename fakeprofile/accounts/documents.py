"""Documents of an export: their JSON, and parts of it that are what they should be."""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
import lzma
import re
from collections.abc import Iterable, Iterator

from fakeprofile.accounts.names import entry_gap, shown, source_gap
from fakeprofile.accounts.stream import outline_of
from fakeprofile.accounts.tree import Tree, TreeFile
from fakeprofile.errors import SourceError
from fakeprofile.records import Account, Gap

MOST = 512 * 1024 * 1024
"""Bytes of one document: the list of a million followers has 300 MB."""
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes of one document that was packed on its own (``.json.xz``): those hold one profile or post."""
LOOKED_AT = 200
"""How many documents are opened to find out whose export it is."""
SMALL = 1024 * 1024
"""Bytes up to which a document whose name says nothing is opened for that."""

PARTED = 256
"""Bytes at the end of a piece that are looked at again with the next one: what is looked for may lie across both."""

ID_KEYS = ("id", "pk", "pk_id", "strong_id__")
"""What the number of an account is called by Instagram's interfaces."""

Node = dict[str, object]


def node_in(value: object) -> Node:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def list_in(value: object) -> list[object]:
    """The value if it is a JSON array, else an empty one."""
    return value if isinstance(value, list) else []


def text_in(node: Node, *keys: str) -> str | None:
    """The first of these that is a text and not empty."""
    return next((value for key in keys if isinstance(value := node.get(key), str) and value.strip()), None)


def count_in(node: Node, *keys: str) -> int | None:
    """The first of these that is a whole number, 0 or more; also as ``{"count": 3}``."""
    for key in keys:
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("count")
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 16:
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
    return None


def flag_in(node: Node, *keys: str) -> bool | None:
    """The first of these that is true or false."""
    return next((value for key in keys if isinstance(value := node.get(key), bool)), None)


def id_in(node: Node, *keys: str) -> str | None:
    """The first of these that is a numeric account id; a number that was a float has lost digits and is none."""
    for key in keys:
        value = node.get(key)
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if (
            isinstance(text, str)
            and text.isascii()
            and text.isdigit()
            and 0 < len(text) <= 20
            and text != "0"
        ):
            return text
    return None


def damaged_id(node: Node, *keys: str) -> bool:
    """Whether one of these was an id before a program made a floating-point number of it."""
    return any(
        isinstance(value := node.get(key), float)
        or (isinstance(value, str) and re.fullmatch(r"\d[\d.,]*[eE]\+?\d+", value) is not None)
        for key in keys
    )


def json_of(content: bytes) -> object:
    """What a JSON document says.

    Raises:
        ValueError: it is none; one line that says where it breaks.
    """
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not whole JSON ({error.msg}, line {error.lineno})") from error
    except ValueError as error:  # a number of thousands of digits
        raise ValueError("a number in it is no number of an export") from error
    except RecursionError as error:
        raise ValueError("its JSON is nested too deeply") from error


def unpacked(content: bytes, most: int = MOST_UNPACKED) -> bytes:
    """What an ``.xz`` file holds.

    Raises:
        ValueError: it is none, it is cut off, or it holds more than ``most``.
    """
    decompressor = lzma.LZMADecompressor(memlimit=256 * 1024 * 1024)
    try:
        text = decompressor.decompress(content, max_length=most)
    except (lzma.LZMAError, EOFError) as error:
        raise ValueError(f"it is not a whole .xz file ({error})") from error
    if not decompressor.eof:
        more = "is cut off" if len(text) < most else f"holds more than {most // 1024**2} MB"
        raise ValueError(f"the .xz file {more}")
    return text


def document(tree: Tree, name: str) -> object | Gap:
    """What a JSON file of the tree says, packed or not; or why that is not known."""
    content = tree.read(name, MOST)
    if isinstance(content, Gap):
        return content
    try:
        return json_of(unpacked(content) if name.casefold().endswith(".xz") else content)
    except ValueError as error:
        return _not_read(tree, name, error)


def outline(tree: Tree, name: str, deepest: int = 1) -> object | Gap:
    """What a JSON file of the tree says, or why it cannot be read; the lists of a large one are ``Listed``.

    Args:
        tree: the source.
        name: the file.
        deepest: how many objects may lie around a list that is not held in memory.

    Raises:
        ValueError: it is no JSON; one line that says where it breaks.
    """
    if tree.size_of(name) > SMALL:
        # What is not plain is read as a whole, like a small one: then it is told in the same words.
        with contextlib.suppress(ValueError, RecursionError, SourceError):
            return outline_of(functools.partial(tree.pieces, name, MOST), deepest)
    content = tree.read(name, MOST)
    return content if isinstance(content, Gap) else json_of(content)


def outlined(tree: Tree, name: str, deepest: int = 1) -> object | Gap:
    """What ``outline`` gives; a gap in the words of ``document`` if it is no JSON."""
    try:
        return outline(tree, name, deepest)
    except ValueError as error:
        return _not_read(tree, name, error)


def to_its_end(tree: Tree, name: str, items: Iterator[Account | Gap]) -> Iterator[Account | Gap]:
    """What a file tells, and a gap if it could not be read to its end: it is gone through more than once."""
    try:
        yield from items
    except SourceError as refused:
        yield source_gap(tree.about(name), str(refused))


def _not_read(tree: Tree, name: str, error: ValueError) -> Gap:
    return source_gap(f"{tree.name}: {name}", f"{error}: it was not read; fetch the file again")


def named(tree: Tree, pattern: str) -> Iterator[TreeFile]:
    """The files of the tree whose last part of the name fits the pattern, whatever the case."""
    rule = re.compile(pattern, re.IGNORECASE)
    return (file for file in tree.files if rule.fullmatch(file.last))


def any_holds(tree: Tree, files: Iterable[TreeFile], pattern: bytes, most: int = SMALL) -> bool:
    """Whether one of the first files holds, in its first ``most`` bytes, what fits the pattern."""
    rule = re.compile(pattern)
    return any(_holds(tree, file, rule, most) for file in itertools.islice(files, LOOKED_AT))


def _holds(tree: Tree, file: TreeFile, rule: re.Pattern[bytes], most: int) -> bool:
    if SMALL < file.size <= most:
        before = b""
        with contextlib.suppress(SourceError), contextlib.closing(tree.pieces(file.name, most)) as pieces:
            for piece in pieces:
                if rule.search(before + piece):
                    return True
                before = piece[-PARTED:]
            return False
    # No more than it has is asked for: what is asked for is made room for.
    return rule.search(tree.head(file.name, min(most, file.size + 1))) is not None


def lists_beside(tree: Tree) -> Iterator[Gap]:
    """A gap if there are lists (CSV, XLSX) beside what a reader understands: it does not read them."""
    names = [shown(file.name, 60) for file in named(tree, r".+\.(csv|tsv|xlsx)")]
    if names:
        more = f" and {len(names) - 3:,} more" if len(names) > 3 else ""
        reason = f"not read: {', '.join(names[:3])}{more}; give a list as a source of its own"
        yield source_gap(tree.name, reason)


def lost_id(tree: Tree, name: str, node: Node) -> Iterator[Gap]:
    """A gap if the number of the account that a node is about was rounded by another program."""
    if damaged_id(node, *ID_KEYS):
        reason = "the number of the account was rounded by another program: it is read without one"
        yield entry_gap(tree.about(name), reason)
