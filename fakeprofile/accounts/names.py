"""Names of files from outside: made harmless, and told apart by whether they may be opened at all."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Sequence

from fakeprofile.identity.handles import word_set
from fakeprofile.records import Gap

SOURCE_STEP = "accounts"
"""The step of a gap about a source or a file in it."""
ENTRY_STEP = "account"
"""The step of a gap about one entry that was to become an account: these are counted as "not read"."""

REPLACED = "\ufffd"
PICTURES = (
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".heic", ".heif", ".avif", ".gif", ".bmp", ".tif", ".tiff",
)  # fmt: skip
"""Endings of pictures."""
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
_CLUTTER = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
_MESSAGE_FOLDERS = word_set(
    "messages message inbox direct chats chat chat_media direct_messages direct_messages_media "
    "direct_messages_group_media message_requests archived_threads filtered_threads e2ee_cutover "
    "secret_conversations secret_groups encrypted_messages"
)
_MESSAGE_FILES = re.compile(
    r"message_[0-9]+|messages|direct_messages?(_group)?(_headers)?(_part[0-9]+)?|chat_history|"
    r"secret_conversations|your_chat_information",
)
"""Stems of files that hold messages, with ``-`` and spaces written as ``_``."""
_GAPS = re.compile(r"[ -]+")
_COPY = re.compile(r"_?\([0-9]+\)$")
"""What browsers add to the name of a file that is downloaded again."""


def source_gap(about: str, reason: str) -> Gap:
    """A source, or a file in it, that was not looked at, and why."""
    return Gap(step=SOURCE_STEP, about=about, reason=reason)


def entry_gap(about: str, reason: str) -> Gap:
    """One entry that became no account, or not all of one, and why."""
    return Gap(step=ENTRY_STEP, about=about, reason=reason)


def visible(text: str) -> str:
    """The text with every character replaced that could move a cursor, hide or turn text around."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(REPLACED if unicodedata.category(one) in _UNSEEN else one for one in text)


def shown(text: str, most: int = 60) -> str:
    """The text for a message: on one line, visible, not too long."""
    line = visible(" ".join(text[: 4 * most].split()))
    return line if len(line) <= most else line[: most - 1] + "…"


def parts_of(name: str) -> tuple[str, ...] | None:
    """The parts of a relative name, made visible; None if it leads anywhere but downwards.

    Both kinds of slash part it: programs on Windows write ``\\`` into zips.
    """
    forward = name.replace("\\", "/")
    parts = [part for part in forward.split("/") if part not in ("", ".")]
    if forward.startswith("/") or ".." in parts or not parts or re.match(r"[A-Za-z]:", parts[0]):
        return None
    return tuple(visible(part) for part in parts)


def is_clutter(parts: Sequence[str]) -> bool:
    """Whether systems drop such files into folders by themselves, or hide them."""
    return any(part.startswith(".") or part.casefold() in _CLUTTER for part in parts)


def is_picture(name: str) -> bool:
    """Whether it is called like a picture."""
    return name.casefold().endswith(PICTURES)


def is_message(parts: Sequence[str]) -> bool:
    """Whether it belongs to somebody's messages, which are never opened."""
    *folders, last = (_GAPS.sub("_", part.casefold()) for part in parts)
    if any(folder.removesuffix(".zip") in _MESSAGE_FOLDERS for folder in folders):
        return True
    stem = _COPY.sub("", posixpath.splitext(last)[0])
    return not is_picture(last) and _MESSAGE_FILES.fullmatch(stem) is not None


def none_of(number: int, one: str, many: str) -> str:
    """``none of its 12 entries``, or ``not even its only entry``: the verb that follows is the same."""
    return f"none of its {number:,} {many}" if number != 1 else f"not even its only {one}"


class LeftOut:
    """What was left out of a source: how often for each reason, and where first."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, str]] = {}

    def add(self, reason: str, name: str) -> None:
        """Counts one more; ``{n}`` in the reason becomes the number."""
        times, first = self._seen.get(reason, (0, name))
        self._seen[reason] = (times + 1, first)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Every reason once."""
        return tuple(self._seen)

    def gaps(self, about: str) -> tuple[Gap, ...]:
        """One gap for each reason."""
        return tuple(
            source_gap(
                about, f"{times:,} {'file' if times == 1 else 'files'} {reason} (first: {shown(first)})"
            )
            for reason, (times, first) in self._seen.items()
        )
