"""Handles as files have them -> handles that a platform can have; the rest is refused, never repaired by guessing."""

from __future__ import annotations

import re

from fakeprofile.accounts.names import shown
from fakeprofile.identity import parse_handle
from fakeprofile.identity.handles import stripped
from fakeprofile.records import Handle

_SHAPES = {
    "instagram": re.compile(r"[A-Za-z0-9._]{1,30}"),
    "threads": re.compile(r"[A-Za-z0-9._]{1,30}"),
    "tiktok": re.compile(r"[A-Za-z0-9._]{1,24}"),
    "x": re.compile(r"[A-Za-z0-9_]{1,20}"),
    "snapchat": re.compile(r"[A-Za-z0-9._-]{3,15}"),
}
_ANY_SHAPE = re.compile(r"[\w.-]{1,100}")
"""Letters of any script, digits, ``_``, ``.`` and ``-``: no markup, no formula, no path."""

_DATE = re.compile(r"[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,4}")

PLATFORMS = frozenset({*_SHAPES, "facebook", "youtube", "linkedin", "pinterest", "reddit", "tumblr", "vk"})
"""Platforms by their one name."""


def handle_of(text: str, platform: str | None = None, account_id: str | None = None) -> Handle:
    """The account that a cell or file name means: a name, ``@name`` or the URL of a profile.

    Args:
        text: untrusted. White space and invisible marks around it are taken off.
        platform: what the source says it is on, if it does; a URL knows better.
        account_id: the numeric id, if the source has it.

    Raises:
        ValueError: no platform, or not this one, has such a handle; one line, harmless to print.
    """
    plain = stripped(text[:3000])
    if "/" in plain or ":" in plain:
        try:
            found = parse_handle(plain)
        except ValueError as error:
            raise ValueError(f'"{shown(plain)}" is neither a handle nor the page of an account') from error
        name, platform, account_id = found.name, found.platform or platform, account_id or found.account_id
    else:  # also `anna.x.com`, which is a name on Instagram
        name = plain.removeprefix("@")
    if not name:
        raise ValueError("names no account")
    if _DATE.fullmatch(name):
        raise ValueError(f'"{name}" is a date, into which spreadsheets turn some handles')
    shape = _SHAPES.get(platform or "", _ANY_SHAPE)
    if not shape.fullmatch(name) or not re.search(r"[^\W_]|_", name):
        where = f" on {platform}" if platform in _SHAPES else ""
        raise ValueError(f'"{shown(name)}" can be no handle{where}')
    return Handle(name=name, platform=platform, account_id=account_id)
