"""Whose profile a link of an Instagram export leads to."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from fakeprofile.accounts.wording import handle_name

_HOSTS = frozenset({"instagram.com", "www.instagram.com", "m.instagram.com"})
_NO_ACCOUNTS = frozenset(
    [
        "p",
        "reel",
        "reels",
        "tv",
        "explore",
        "accounts",
        "direct",
        "about",
        "legal",
        "developer",
        "stories",
        "web",
        "share",
        "s",
        "ar",
        "download",
    ]
)
_USUAL = re.compile(r"https?://(?:www\.)?instagram\.com/(?:_u/)?([A-Za-z0-9._]{1,30})/?")


def name_in_link(url: str) -> str | None:
    """The account whose profile a link leads to: NAME of ``https://www.instagram.com/_u/NAME?x=1``; else None."""
    if (usual := _USUAL.fullmatch(url)) and usual[1] != "_u":
        return None if usual[1].lower() in _NO_ACCOUNTS else usual[1]
    if "instagram.com" not in url:
        return None
    try:
        parts = urlsplit(url.strip() if "://" in url else f"https://{url.strip()}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    path = [part for part in parts.path.split("/") if part]
    if path and path[0] == "_u":
        path = path[1:]
    if host not in _HOSTS or len(path) != 1 or path[0].lower() in _NO_ACCOUNTS:
        return None
    return handle_name(unquote(path[0]), "instagram")
