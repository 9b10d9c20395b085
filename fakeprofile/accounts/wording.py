"""Words of an export as they were meant: encoding repaired, nothing in them that could do harm."""

from __future__ import annotations

import re
import unicodedata

from fakeprofile.identity import LONGEST_HANDLE
from fakeprofile.records import Handle

LONGEST_NAME = 200
LONGEST_BIO = 2_000

_ROUNDS = 3
"""How often a text may have been encoded one time too many: seen are once and twice."""
_BYTES = {chr(byte): byte for byte in range(256)}
for _byte in range(0x80, 0xA0):
    try:
        _BYTES[bytes([_byte]).decode("cp1252")] = _byte
    except UnicodeDecodeError:  # the five bytes that Windows-1252 leaves out stay as Latin-1 has them
        continue
_MANGLED = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
"""Two characters as UTF-8 leaves them when it is read as Latin-1 or Windows-1252."""
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_JOINERS = "\u200c\u200d"
"""Zero-width joiner and non-joiner: emoji, Persian and Indian scripts need them inside words."""
_NAMES = {
    "instagram": re.compile(r"[A-Za-z0-9._]{1,30}"),
    "snapchat": re.compile(r"[A-Za-z0-9._-]{1,30}"),
    "x": re.compile(r"[A-Za-z0-9_]{1,50}"),
}
_ANY_NAME = re.compile(r"[^\W][\w.\-]*|_[\w.\-]*")


def repaired(text: str) -> str:
    """The text without its mojibake: ``FranÃ§ois`` becomes ``François``; any other text as it is.

    Meta writes the UTF-8 bytes of a text as if each were a Latin-1 character, at times twice.
    """
    for _ in range(_ROUNDS):
        if not _MANGLED.search(text):
            return text
        try:
            text = bytes(_BYTES[one] for one in text).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return text
    return text


def cleaned(text: str, most: int = LONGEST_NAME) -> str | None:
    """The text on one line without invisible characters, at most so long; None if nothing is left."""
    fixed = repaired(text[: 8 * most])
    if not (fixed.isascii() and fixed.isprintable()):
        fixed = "".join(
            " " if one.isspace() else one
            for one in fixed
            if one.isspace() or one in _JOINERS or unicodedata.category(one) not in _UNSEEN
        )
    line = " ".join(fixed.split())
    if not line.strip(_JOINERS):
        return None
    return line if len(line) <= most else line[: most - 1] + "…"


def handle_name(text: str, platform: str) -> str | None:
    """The handle if an account of the platform can be called so, without ``@`` before it; else None."""
    bare = text.strip().removeprefix("@")
    rule = _NAMES.get(platform, _ANY_NAME)
    return bare if len(bare) <= LONGEST_HANDLE and rule.fullmatch(bare) else None


def handle_of(text: str, platform: str, account_id: str | None = None) -> Handle | None:
    """The account of that name on the platform; None if no account can be called so."""
    name = handle_name(text, platform)
    return Handle(name=name, platform=platform, account_id=account_id) if name else None
