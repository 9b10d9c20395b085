"""What the columns of a list are called: in exports, scripts and spreadsheets, in English and Dutch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum


class Column(StrEnum):
    """What a column of a list tells."""

    HANDLE = "handle"
    URL = "profile URL"
    ID = "id"
    PLATFORM = "platform"
    NAME = "name"
    BIO = "bio"
    POSTS = "posts"
    FOLLOWERS = "followers"
    FOLLOWING = "following"
    PRIVATE = "private"
    VERIFIED = "verified"
    CREATED = "created on"
    TIED = "followed on"
    AS_OF = "as of"
    FORMER = "former names"
    AVATAR_URL = "avatar URL"
    NO_AVATAR = "default avatar"
    PHOTO = "photo"
    AVATAR = "avatar"
    FOLLOWS_YOU = "follows you"
    FOLLOWED_BY_YOU = "followed by you"
    BLOCKED = "blocked by you"


_NAMES = {
    Column.HANDLE: "handle, username, user name, user, account, account name, screen name, profile, profile name, "
    "unique id, login, gebruikersnaam, gebruiker, accountnaam, profielnaam, instagram, instagram username, "
    "tiktok, snapchat, twitter, twitter handle, ig, insta, follower, volger, username handle, owner username",
    Column.URL: "profile url, profile link, url, link, href, user link, account url, profiel, profiellink, profiel url, "
    "web, permalink, profile page, instagram url, tiktok url",
    Column.ID: "id, user id, userid, pk, pk id, strong id, account id, profile id, numeric id, owner id, insta id, "
    "instagram id, gebruikers id, uid, id str, rest id",
    Column.PLATFORM: "platform, network, social network, service, netwerk, sociaal netwerk",
    Column.NAME: "full name, display name, shown name, nick, nickname, name, real name, naam, volledige naam, "
    "weergavenaam, schermnaam, bijnaam, volle naam",
    Column.BIO: "bio, biography, description, signature, about, biografie, beschrijving, over",
    Column.POSTS: "posts, post count, posts count, media, media count, number of posts, statuses count, video count, "
    "tweets, berichten, aantal berichten, posts aantal, user media count, media number",
    Column.FOLLOWERS: "followers, follower count, followers count, number of followers, count followed, fans, "
    "edge followed by, volgers, aantal volgers, user follower count, subscribers",
    Column.FOLLOWING: "following, following count, followings, followings count, follows, follows count, friends count, "
    "number of following, count follow, edge follow, followees, volgend, volgt, aantal gevolgd, gevolgd, "
    "user following count, following number",
    Column.PRIVATE: "private, is private, protected, private account, privé, privéaccount, is privé, afgeschermd, "
    "besloten, user is private",
    Column.VERIFIED: "verified, is verified, blue check, geverifieerd, is geverifieerd",
    Column.CREATED: "created on, created, created at, date created, account created, creation date, joined, join date, "
    "date joined, aangemaakt, aangemaakt op, lid sinds, aanmaakdatum",
    Column.TIED: "followed on, followed at, follow date, followed since, follow time, follower since, followed you on, "
    "volgt sinds, gevolgd sinds, gevolgd op, tied on",
    Column.AS_OF: "as of, scraped at, scraped on, crawled at, exported at, exported on, fetched at, retrieved at, "
    "checked on, seen on, peildatum, opgehaald op, gezien op",
    Column.FORMER: "former names, former name, former usernames, previous username, previous usernames, old username, "
    "vroegere namen, vorige naam, oude gebruikersnaam",
    Column.AVATAR_URL: "avatar url, profile pic url, profile pic url hd, profile picture url, profile image url, "
    "profile image url https, picture url, photo url, image url, profielfoto url, avatar larger",
    Column.NO_AVATAR: "has anonymous profile picture, default profile image, default avatar, has default avatar, "
    "is silhouette, geen profielfoto, anonymous profile picture",
    Column.PHOTO: "photo, photos, photo path, picture, image, file, filename, file name, path, foto, foto's, bestand, "
    "bestandsnaam, afbeelding",
    Column.AVATAR: "avatar, profile pic, profile picture, profile photo, profile image, profielfoto, pfp",
    Column.FOLLOWS_YOU: "follows you, follows me, is follower, volgt jou, volgt mij, follows viewer",
    Column.FOLLOWED_BY_YOU: "followed by you, followed by me, you follow, i follow, followed by viewer, "
    "door jou gevolgd, jij volgt, gevolgd door jou",
    Column.BLOCKED: "blocked by you, blocked by viewer, you blocked, blocked, geblokkeerd",
}

IDENTIFYING = frozenset({Column.HANDLE, Column.URL, Column.ID})
"""A list without any of these says of nobody who it is."""
TYPED = frozenset({
    Column.POSTS, Column.FOLLOWERS, Column.FOLLOWING, Column.PRIVATE, Column.VERIFIED, Column.CREATED, Column.TIED,
    Column.AS_OF, Column.NO_AVATAR, Column.FOLLOWS_YOU, Column.FOLLOWED_BY_YOU, Column.BLOCKED,
})  # fmt: skip
"""Not every text can stand in such a column."""


def folded(heading: str) -> str:
    """A heading as it is compared: ``User_Name``, ``userName`` and ``user name`` are one."""
    plain = unicodedata.normalize("NFKD", heading[:200]).casefold()
    return "".join(one for one in plain if one.isalnum())


_KNOWN = {folded(name): column for column, names in _NAMES.items() for name in names.split(",")}


_PLATFORMS = {
    "instagram": ("instagram", "insta", "ig"),
    "tiktok": ("tiktok",),
    "snapchat": ("snapchat",),
    "x": ("twitter",),
}


def column_of(heading: str) -> Column | None:
    """What a column with this heading tells; None if that is not known."""
    if len(heading) > 60:
        return None
    return _KNOWN.get(folded(re.sub(r"[(\[].*?[)\]]", "", heading)))


def columns_of(headings: Sequence[str]) -> tuple[Column | None, ...]:
    """What each column of a list tells.

    ``name`` is the handle where another column is the name that is shown, or where nothing else identifies:
    X and gallery-dl call it so.
    """
    columns = [column_of(heading) for heading in headings]
    names = [place for place, column in enumerate(columns) if column is Column.NAME]
    plain = [place for place in names if folded(headings[place]) in ("name", "naam")]
    if Column.HANDLE not in columns and plain and len(names) > 1:
        columns[plain[0]] = Column.HANDLE
    return tuple(columns)


def platform_in(headings: Sequence[str]) -> str | None:
    """The platform that the heading of the handles names: ``Instagram username``; None if none or several."""
    found = {
        platform
        for heading, column in zip(headings, columns_of(headings), strict=True)
        if column in IDENTIFYING
        for platform, words in _PLATFORMS.items()
        if any(folded(heading).startswith(word) for word in words)
    }
    return found.pop() if len(found) == 1 else None


def is_heading(cells: Sequence[str]) -> bool:
    """Whether a line names the columns of a list of accounts, rather than being one of its entries."""
    columns = columns_of(cells)
    known = [column for column in columns if column is not None]
    filled = sum(bool(cell.strip()) for cell in cells)
    return bool(IDENTIFYING & {*known}) and (len(known) >= 2 or filled == 1 or 3 * len(known) >= filled)
