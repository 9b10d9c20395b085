"""Signs of the account itself: each with its value, how usual that is, and why it may be innocent.

They are never added up, and there is no score: signs that go with each other would be counted twice,
and where few accounts are of the other kind, most accounts with a sign are ordinary. A private account
and an empty bio are never signs: the first points the other way, the second nearly nowhere.

How usual: measured for this project on InstaFake (arXiv 1910.03090), 994 ordinary accounts of Instagram
and 200 that were made for spam, of 2018 (``facts/account-data.md`` section 2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fakeprofile.avatar import AvatarSaid, AvatarState, avatar_state
from fakeprofile.dating import earliest_day, latest_day
from fakeprofile.records import Account

YOUNG_DAYS = 90
"""Below it an account is called young. Chosen, not measured: the table knows no ages."""
OLDEST_YEAR = 1940
"""The first year that somebody may have been born in whose name has it."""
MEASURED_ON = "instagram"
ORDINARY_ACCOUNTS, SPAM_ACCOUNTS = 994, 200


class SignCode(StrEnum):
    """What is looked at, in the order in which it is told."""

    NO_PHOTO = "no-photo"
    """Value: an ``AvatarState``."""
    FEW_POSTS = "few-posts"
    """Value: the number of posts."""
    FOLLOWS_MANY = "follows-many"
    FEW_FOLLOWERS = "few-followers"
    FOLLOWS_MORE = "follows-more-than-followed"
    """Value: following/followers."""
    STORY = "few-posts-follows-many"
    """Value: posts/following."""
    DIGITS = "digits-in-name"
    """Value: the number of digits in the handle."""
    YOUNG = "young-account"
    """Value: age in days, or the least/the most of them."""
    KNOWN_PICTURES = "pictures-known-elsewhere"
    """Value: pictures that are known elsewhere/pictures that were looked at."""
    FORMER_NAMES = "former-names"
    """Value: the names, oldest first, with ", " between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """How usual it is, in percent of the accounts that were counted."""

    row: str
    """What was counted: ``posts-1`` is at most one post."""
    ordinary_percent: float
    spam_percent: float
    ordinary_accounts: int = ORDINARY_ACCOUNTS
    spam_accounts: int = SPAM_ACCOUNTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing about the account; the words are made in ``report``."""

    code: SignCode
    value: str | None
    """None is unknown, never zero."""
    holds: bool | None
    """Whether it is unusual; None if that is not known."""
    usual: Usual | None
    """Where it holds and was counted."""
    innocent: str
    """Code of the reason why it may be innocent."""
    limits: tuple[str, ...] = ()
    """Codes of what is to be kept in mind."""


_PERCENT: dict[str, tuple[float, float]] = {
    "no-photo": (1.3, 39.5),
    "posts-0": (4.2, 57.5),
    "posts-1": (8.0, 77.5),
    "posts-2": (11.0, 82.5),
    "following-500": (37.4, 69.0),
    "following-800": (12.4, 63.5),
    "followers-50": (3.1, 63.0),
    "ratio-5": (2.9, 83.5),
    "ratio-10": (1.0, 72.0),
    "story": (0.8, 54.0),
    "digits-3": (3.5, 31.0),
    "digits-4": (2.7, 19.0),
}
"""Row -> percent of the ordinary accounts, percent of the spam accounts."""
_INNOCENT: dict[SignCode, str] = {
    SignCode.NO_PHOTO: "many-have-none",
    SignCode.FEW_POSTS: "only-looks",
    SignCode.FOLLOWS_MANY: "follows-widely",
    SignCode.FEW_FOLLOWERS: "new-or-small",
    SignCode.FOLLOWS_MORE: "follows-stars",
    SignCode.STORY: "looks-and-follows",
    SignCode.DIGITS: "name-was-taken",
    SignCode.YOUNG: "everybody-began",
    SignCode.KNOWN_PICTURES: "shared-or-second",
    SignCode.FORMER_NAMES: "people-rename",
}
COUNTED_LIMITS = ("spam-of-2018", "few-counted", "most-are-ordinary")


def signs_of(
    account: Account,
    *,
    on: date,
    photos_known: int | None = None,
    photos_total: int | None = None,
    avatar: AvatarSaid | None = None,
) -> tuple[Sign, ...]:
    """Every sign once, in the order of ``SignCode``, also where nothing is known.

    Args:
        account: as a source tells of it.
        on: the day of the check, in UTC.
        photos_known: how many of its pictures are known from elsewhere.
        photos_total: out of how many that could be compared.
        avatar: what its profile picture is; if it was not looked at, what the source says of it counts.

    Raises:
        ValueError: more photos are known than there are, or less than none.
    """
    said = avatar or avatar_state(None, url=account.avatar_url, flag=account.has_default_avatar)
    posts, following, followers = map(_counted, (account.posts, account.following, account.followers))
    return (
        _no_photo(account, said),
        _few_posts(account, posts),
        _follows_many(account, following),
        _few_followers(account, followers),
        _follows_more(account, following, followers),
        _story(account, posts, following),
        _digits(account, on),
        _young(account, on),
        _known_pictures(account, photos_known, photos_total),
        _former_names(account),
    )


# --- one by one -----------------------------------------------------------------------------


def _no_photo(account: Account, said: AvatarSaid) -> Sign:
    value = None if said.state is AvatarState.UNKNOWN else said.state.value
    return _sign(account, SignCode.NO_PHOTO, value, said.no_photo, "no-photo")


def _few_posts(account: Account, posts: int | None) -> Sign:
    holds = None if posts is None else posts <= 2
    return _sign(account, SignCode.FEW_POSTS, _text(posts), holds, f"posts-{posts}", *_dated(account))


def _follows_many(account: Account, following: int | None) -> Sign:
    holds = None if following is None else following >= 500
    row = "following-800" if following is not None and following >= 800 else "following-500"
    return _sign(account, SignCode.FOLLOWS_MANY, _text(following), holds, row, *_dated(account))


def _few_followers(account: Account, followers: int | None) -> Sign:
    holds = None if followers is None else followers < 50
    value = _text(followers)
    return _sign(account, SignCode.FEW_FOLLOWERS, value, holds, "followers-50", *_dated(account))


def _follows_more(account: Account, following: int | None, followers: int | None) -> Sign:
    if following is None or followers is None:
        return _sign(account, SignCode.FOLLOWS_MORE, None, None)
    holds = following > 0 and following >= 5 * followers
    row = "ratio-10" if following >= 10 * followers else "ratio-5"
    value = f"{following}/{followers}"
    return _sign(account, SignCode.FOLLOWS_MORE, value, holds, row, *_dated(account))


def _story(account: Account, posts: int | None, following: int | None) -> Sign:
    if posts is None or following is None:
        return _sign(account, SignCode.STORY, None, None)
    holds = posts <= 1 and following >= 500
    return _sign(account, SignCode.STORY, f"{posts}/{following}", holds, "story", *_dated(account))


def _digits(account: Account, on: date) -> Sign:
    name = account.handle.name
    if not name or not _is_chosen(account):
        return _sign(account, SignCode.DIGITS, None, None)
    count = sum(letter.isdecimal() for letter in name)
    runs = re.findall(r"(?<!\d)\d{4}(?!\d)", name, re.ASCII)
    year = any(OLDEST_YEAR <= int(run) <= on.year for run in runs)
    row = "digits-4" if count >= 4 else "digits-3"
    return _sign(account, SignCode.DIGITS, str(count), count >= 3, row, *(("may-be-a-year",) if year else ()))


def _is_chosen(account: Account) -> bool:
    """Whether the handle is one that somebody chose: no number that stands in for it, no name as it is shown."""
    handle = account.handle
    if handle.account_id is not None and handle.name == handle.account_id:
        return False
    # Exports of Facebook have the names of people in place of handles.
    shown = handle.name == account.name or re.fullmatch(r"[A-Za-z0-9.]+", handle.name) is None
    return not (shown and (handle.platform or "").casefold() == "facebook")


def _young(account: Account, on: date) -> Sign:
    try:
        earliest = earliest_day(account.created_on or "")
        latest = min(latest_day(account.created_on or ""), on)
    except ValueError:  # unknown, or no date
        return _sign(account, SignCode.YOUNG, None, None)
    if earliest > on:
        return _sign(account, SignCode.YOUNG, None, None)
    least, most = (on - latest).days, (on - earliest).days
    holds = True if most < YOUNG_DAYS else False if least >= YOUNG_DAYS else None
    value = str(least) if least == most else f"{least}/{most}"
    return _sign(account, SignCode.YOUNG, value, holds, None, "limit-chosen")


def _known_pictures(account: Account, known: int | None, total: int | None) -> Sign:
    if min(known or 0, total or 0) < 0 or (known is not None and total is not None and known > total):
        raise ValueError(f"{known} of {total} photos cannot be known")
    if known is None or not total:
        return _sign(account, SignCode.KNOWN_PICTURES, None, None)
    value = f"{known}/{total}"
    return _sign(account, SignCode.KNOWN_PICTURES, value, known > 0, None, "only-what-was-compared")


def _former_names(account: Account) -> Sign:
    now = account.handle.name.casefold()
    former = [name for name in dict.fromkeys(account.former_names) if name.casefold() != now]
    # A source that names none may only not tell.
    value = ", ".join(former) or None
    return _sign(account, SignCode.FORMER_NAMES, value, True if former else None)


# --- parts ----------------------------------------------------------------------------------


def _sign(
    account: Account,
    code: SignCode,
    value: str | None,
    holds: bool | None,
    row: str | None = None,
    *more: str,
) -> Sign:
    usual = None
    if holds and row is not None:
        ordinary, spam = _PERCENT[row]
        usual = Usual(row=row, ordinary_percent=ordinary, spam_percent=spam)
    platform = (account.handle.platform or "").casefold()
    elsewhere = ("other-platform",) if platform != MEASURED_ON else ()
    counted = (*COUNTED_LIMITS, *elsewhere) if usual else ()
    return Sign(
        code=code,
        value=value,
        holds=holds,
        usual=usual,
        innocent=_INNOCENT[code],
        limits=(*more, *counted) if value is not None else (),
    )


def _counted(number: int | None) -> int | None:
    """The number; less than none is how some sources say that they do not know."""
    return number if number is not None and number >= 0 else None


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _dated(account: Account) -> tuple[str, ...]:
    return ("counts-of-another-day",) if account.as_of else ()
