"""Default avatars by name: the ids that platforms give these pictures, in an address or a file name.

Sources: ``facts/account-data.md`` section 5. An id counts only where the picture itself is named,
which is the last part of an address's path; the same digits in a folder or a query are somebody
else's. Nothing is known of Snapchat's picture but how it looks.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

KNOWN_FILES: dict[str, str] = {
    "3e0ce106f723a42009104565fd278c839a240d9d98ea529df4b00be5fb5b8001": "instagram"
}
"""SHA-256 -> platform. Instagram's: 224 x 224 JPEG."""

_IDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (platform, re.compile(rf"(?<!\d){number}(?!\d)", re.ASCII))
    for platform, number in (
        ("instagram", "44884218_345707102882519_2446069589734326272"),
        ("instagram", "464760996_1254146839119862_3605321457742435801"),
        ("facebook", "10354686_10150004552801856_220367501106153455"),
        ("tiktok", "1594805258216454"),
    )
)
_X_FILE = re.compile(r"default_profile(?:_[a-z0-9]+)*\.png", re.ASCII | re.IGNORECASE)
_X_HOST, _X_FOLDER = "abs.twimg.com", "/sticky/default_profile_images/"
_KEY, _KEY_VALUE = "ig_cache_key", "YW5vbnltb3VzX3Byb2ZpbGVfcGlj"
"""Base64 of ``anonymous_profile_pic``, with ``.2`` behind it: Instagram's name for it in a cache, at any size."""
_INSTAGRAM_HOSTS = ("cdninstagram.com", "fbcdn.net")


def default_in_address(url: str) -> str | None:
    """The platform whose default avatar stands at this address, or None."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:  # an address that is none
        return None
    if not host:
        return None
    name = unquote(parts.path.rpartition("/")[2])
    if "/" in name or "\\" in name:  # a whole path, packed into one part
        return None
    if host == _X_HOST and parts.path.startswith(_X_FOLDER) and _X_FILE.fullmatch(name):
        return "x"
    if any(host == one or host.endswith(f".{one}") for one in _INSTAGRAM_HOSTS) and any(
        key == _KEY and value.partition(".")[0].rstrip("=") == _KEY_VALUE
        for key, value in parse_qsl(parts.query)
    ):
        return "instagram"
    return _by_id(name)


def default_in_file_name(name: str) -> str | None:
    """The platform whose default avatar a file is by its name, or None; the folders above it do not count."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "x" if _X_FILE.fullmatch(last) else _by_id(last)


def _by_id(name: str) -> str | None:
    return next((platform for platform, number in _IDS if number.search(name)), None)
