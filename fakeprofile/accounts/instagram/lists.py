"""Which list of an Instagram export a file is: by what it says of itself, else by its name, which is never translated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from fakeprofile.records import Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One kind of list: how who stands in it stands to the owner of the export."""

    tie: Tie
    words: str
    """What the list is called in a message."""
    counts: bool = True
    """Whether it is read. The others say nothing about who follows whom."""


FOLLOWERS = Listing(tie=Tie.FOLLOWER, words="followers")
FOLLOWING = Listing(tie=Tie.FOLLOWING, words="following")
RECEIVED = Listing(tie=Tie.REQUESTED, words="follow requests received")
SENT = Listing(tie=Tie.LISTED, words="follow requests that the owner sent")
"""The owner asked them, so that they are neither followers nor followed."""
UNFOLLOWED = Listing(tie=Tie.UNFOLLOWED, words="recently unfollowed")
BLOCKED = Listing(tie=Tie.BLOCKED, words="blocked")
UNNAMED = Listing(tie=Tie.LISTED, words="a list that does not say which it is")
ASIDE = Listing(tie=Tie.LISTED, words="a list of another kind", counts=False)
KINDS = (FOLLOWERS, RECEIVED, FOLLOWING, UNFOLLOWED, BLOCKED, SENT)

_BY_KEY: Mapping[str, Listing] = {
    "relationships_followers": FOLLOWERS,
    "relationships_following": FOLLOWING,
    "relationships_follow_requests_received": RECEIVED,
    "relationships_follow_requests_sent": SENT,
    "relationships_permanent_follow_requests": SENT,
    "relationships_follow_requests_recent": SENT,
    "relationships_unfollowed_users": UNFOLLOWED,
    "relationships_blocked_users": BLOCKED,
}
_BY_NAME: Mapping[str, Listing] = {
    "followers": FOLLOWERS,
    "following": FOLLOWING,
    "followrequestsyouvereceived": RECEIVED,
    "pendingfollowrequests": SENT,
    "recentfollowrequests": SENT,
    "recentlyunfollowedprofiles": UNFOLLOWED,
    "recentlyunfollowedaccounts": UNFOLLOWED,
    "blockedprofiles": BLOCKED,
    "blockedaccounts": BLOCKED,
    "closefriends": ASIDE,
    "hidestoryfrom": ASIDE,
    "restrictedprofiles": ASIDE,
    "restrictedaccounts": ASIDE,
    "removedsuggestions": ASIDE,
    "followinghashtags": ASIDE,
    "profilesyouvefavorited": ASIDE,
    "accountsyouvefavorited": ASIDE,
}
_COPY = re.compile(r"\s*(\(\d+\)|- copy|- kopie)$", re.IGNORECASE)
_ELSEWHERE = frozenset({"threads", "your_instagram_activity", "ads_information", "media"})
"""Folders whose ``followers.json`` is of something else, such as Threads."""


def listing_of_key(key: str) -> Listing | None:
    """The list that calls itself so in a file; None if the key is not that of a list of accounts."""
    if not key.startswith("relationships_"):
        return None
    return _BY_KEY.get(key, ASIDE)


def listing_of_name(name: str) -> Listing | None:
    """The list that a file of this name is; None if none is called so, or it is in the folder of something else."""
    path = PurePosixPath(name)
    if _ELSEWHERE & {part.casefold() for part in path.parts[:-1]}:
        return None
    letters = re.sub(r"[^a-z]", "", original(name).casefold())
    return _BY_NAME.get(letters)


def original(name: str) -> str:
    """The last part of a name as the export had it: ``followers_1`` for ``a/followers_1 (2).json``."""
    stem = PurePosixPath(name).stem
    while (shorter := _COPY.sub("", stem)) != stem:
        stem = shorter
    return stem


def is_elsewhere(name: str) -> bool:
    """Whether the file is in the folder of something else."""
    return bool(_ELSEWHERE & {part.casefold() for part in PurePosixPath(name).parts[:-1]})
