"""Large JSON documents, whose lists are read item by item: each time that one is gone through, from the file.

The decoder of the standard library is asked for one item after the other, in a window of the text. So every number,
text and ``NaN`` is what ``json.loads`` makes of the whole document; a parser made for streams differs there (it gives
other kinds of numbers and other texts for half of an emoji).
"""

from __future__ import annotations

import codecs
import contextlib
import enum
import json
import re
from collections.abc import Callable, Generator, Iterator

from fakeprofile.errors import SourceError

Keys = tuple[str, ...]
"""The keys that lead to a value."""
Pieces = Callable[[], Generator[bytes]]
"""Opens the document anew."""

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_BEHIND = 16
"""Characters that must be known behind a value: ``1`` may go on as ``1e5``."""


class Listed:
    """A list in a large document; its items are not kept."""

    def __init__(self, pieces: Pieces, path: Keys, deepest: int, length: int) -> None:
        self._pieces, self._path, self._deepest, self._length = pieces, path, deepest, length

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[object]:
        """The items in their order.

        Raises:
            SourceError: the document cannot be read any more; the reason alone.
        """
        with contextlib.closing(_parts(self._pieces, self._deepest)) as parts:
            try:
                for path, kind, value in parts:
                    if kind is _Kind.ITEM and path == self._path:
                        yield value
                    elif kind is _Kind.LIST and path == self._path:
                        return
            except (ValueError, RecursionError) as error:
                raise SourceError("was changed while it was read: read it again") from error


Items = list[object] | Listed
"""What stands in a list of a document, small or large."""


def items_in(value: object) -> Items:
    """The value if it is a JSON array, else an empty one."""
    return value if isinstance(value, list | Listed) else []


def outline_of(pieces: Pieces, deepest: int = 1) -> object:
    """What a document says, with its lists as ``Listed``.

    Args:
        pieces: opens the document.
        deepest: how many objects may lie around a list; what lies deeper is as ``json.loads`` gives it.

    Raises:
        ValueError: it is no JSON that can be told so: the whole document will have it told why.
        RecursionError: it is nested too deeply.
    """
    objects: dict[Keys, dict[str, object]] = {}
    root: object = None
    length = 0
    with contextlib.closing(_parts(pieces, deepest)) as parts:
        for path, kind, value in parts:
            if kind is _Kind.ITEM:
                length += 1
                continue
            if kind is _Kind.LIST:
                value, length = Listed(pieces, path, deepest, length), 0  # noqa: PLW2901 - what stands there
            elif kind is _Kind.OBJECT:
                value = objects[path] = {}  # noqa: PLW2901 - what stands there
            if not path:
                root = value
            elif path[-1] in objects[path[:-1]]:
                raise ValueError("a key stands there twice")
            else:
                objects[path[:-1]][path[-1]] = value
    return root


# --- steps --------------------------------------------------------------------------------


class _Kind(enum.Enum):
    """What a part of a document is."""

    OBJECT = enum.auto()
    """One begins, whose values follow."""
    ITEM = enum.auto()
    """One of a list."""
    LIST = enum.auto()
    """One ends, whose items came before."""
    VALUE = enum.auto()


_Part = tuple[Keys, _Kind, object]


def _parts(pieces: Pieces, deepest: int) -> Generator[_Part]:
    with contextlib.closing(_texts(pieces)) as texts:
        window = _Window(texts)
        yield from _parts_of_value(window, (), deepest)
        if window.mark():
            raise ValueError("there is more behind the document")


def _parts_of_value(window: _Window, path: Keys, deepest: int) -> Iterator[_Part]:
    mark = window.mark()
    if mark == "[":
        yield from _parts_of_list(window, path)
    elif mark == "{" and deepest:
        yield path, _Kind.OBJECT, None
        window.take("{")
        while window.mark() != "}" or mark == ",":
            if window.mark() != '"':
                raise ValueError("a key should stand here")
            key = str(window.value())
            window.take(":")
            yield from _parts_of_value(window, (*path, key), deepest - 1)
            if (mark := window.mark()) != "}":
                window.take(",")
        window.take("}")
    else:
        yield path, _Kind.VALUE, window.value()


def _parts_of_list(window: _Window, path: Keys) -> Iterator[_Part]:
    window.take("[")
    mark = window.mark()
    while mark != "]":
        yield path, _Kind.ITEM, window.value()
        if (mark := window.mark()) != "]":
            window.take(",")
    window.take("]")
    yield path, _Kind.LIST, None


def _texts(pieces: Pieces) -> Generator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    with contextlib.closing(pieces()) as opened:
        for piece in opened:
            yield decoder.decode(piece)
    yield decoder.decode(b"", final=True)


class _Window:
    """The part of a text that is looked at."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self._text = ""
        self._at = 0
        self._ended = False

    def mark(self) -> str:
        """The next character that is no white space; empty at the end."""
        # Mostly there is none: it is asked three times for each item.
        if self._at < len(self._text) and (mark := self._text[self._at]) > " ":
            return mark
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if self._ended:
                return ""
            self._read_on()

    def take(self, mark: str) -> None:
        """Goes on behind the next character.

        Raises:
            ValueError: it is another one.
        """
        if self.mark() != mark:
            raise ValueError(f"{mark} should stand here")
        self._at += 1

    def value(self) -> object:
        """The value that stands here.

        Raises:
            ValueError: none does.
            RecursionError: it is nested too deeply.
        """
        self.mark()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError:
                if self._ended:
                    raise
            else:
                if self._ended or end + _BEHIND <= len(self._text):
                    self._at = end
                    return value
            self._read_on()

    def _read_on(self) -> None:
        """At least as much again as is left: what was tried to no avail is tried again a few times only."""
        parts = [self._text[self._at :]]
        wanted = max(1, len(parts[0]))
        while wanted > 0:
            text = next(self._texts, None)
            if text is None:
                self._ended = True
                break
            parts.append(text)
            wanted -= len(text)
        self._text, self._at = "".join(parts), 0
