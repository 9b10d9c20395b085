"""What the name of a file that Instaloader made tells: of whom, from when, and what it is.

Its pattern is ``{date_utc}_UTC``, with ``{target}_`` before it where all profiles share a folder. On Windows it writes
characters that look like those that a file cannot be called.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fakeprofile.accounts.moments import moment_in

_LOOK_ALIKES = str.maketrans(
    {"∕": "/", "․": ".", "：": ":", "＜": "<", "＞": ">", "＂": '"', "＼": "\\", "｜": "|"}
)
_PICTURE = re.compile(
    r"(?:(?P<target>.+?)_)?(?P<date>20\d\d-\d\d-\d\d_\d\d-\d\d-\d\d)?_UTC(?P<kind>_profile_pic|_cover|_\d+)?"
    r"\.(?:jpe?g|png|webp|heic|gif)",
    re.IGNORECASE,
)
_ANY_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|heic|gif)$", re.IGNORECASE)
_JSON = re.compile(r"(?P<stem>.+)\.json(\.xz)?", re.IGNORECASE)
_NO_PROFILES = ("#", "%", ":")
"""How folders begin that hold posts of many: a hashtag, a place, ``:feed`` or ``:saved``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture by its name."""

    target: str | None
    """The profile before the date, where all share a folder."""
    on: str | None
    """The UTC time in the name: of a post, when it was posted; of a profile picture, the ``Last-Modified`` that the
    server gave for the file, which is not when it was downloaded."""
    stem: str
    """The name of the post that it belongs to, as its JSON has it."""
    is_avatar: bool
    is_post: bool


def normal(name: str) -> str:
    """The name with the characters for which Instaloader writes look-alikes on Windows."""
    return name.translate(_LOOK_ALIKES)


def picture_of(name: str) -> Picture | None:
    """What the last part of the name of a picture tells; None if Instaloader calls none so by itself."""
    found = _PICTURE.fullmatch(normal(name))
    if not found:
        return None
    kind = (found["kind"] or "").casefold()
    head = name[: normal(name).index("_UTC") + len("_UTC")]
    return Picture(
        target=found["target"],
        on=moment_in(found["date"]) if found["date"] else None,
        stem=head,
        is_avatar=kind == "_profile_pic",
        is_post=bool(found["date"]) and kind not in ("_profile_pic", "_cover"),
    )


def is_picture(name: str) -> bool:
    """Whether it is a picture by its ending."""
    return _ANY_PICTURE.search(name) is not None


def json_stem(name: str) -> str | None:
    """The name without ``.json`` or ``.json.xz``, if it may hold a profile or a post."""
    found = _JSON.fullmatch(name)
    if not found or name.startswith("iterator_") or found["stem"].endswith(("_comments", "_location")):
        return None
    return found["stem"]


def id_target(name: str) -> str | None:
    """Whose number the file holds: empty for ``id``, the name for ``NAME_id``; None if it is no such file."""
    if name == "id":
        return ""
    return normal(name)[: -len("_id")] if name.endswith("_id") and len(name) > len("_id") else None


def is_of_many(folder: str) -> bool:
    """Whether a folder of this name holds posts of many accounts."""
    return normal(folder).startswith(_NO_PROFILES)
