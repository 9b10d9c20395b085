"""One object that gallery-dl wrote about a file or an account -> whom it tells of, on each platform that it knows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fakeprofile.accounts.documents import Node, count_in, flag_in, id_in, node_in, text_in
from fakeprofile.accounts.moments import moment_in, moment_of
from fakeprofile.accounts.nodes import instagram_account
from fakeprofile.accounts.wording import LONGEST_BIO, cleaned, handle_of
from fakeprofile.records import Account, PhotoUse, Tie

_COUNTS = (
    "count_media", "count_video", "count_saved", "count_mutual", "count_follow", "count_followed", "count_collection",
)  # fmt: skip
"""What gallery-dl adds to an Instagram user, each 0 where Instagram did not say."""
_X_DEFAULT = "default_profile_images"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One object, where it stands, and the name of the picture that it is about."""

    node: Node
    where: str
    picture: str


def account_in(item: Item) -> Account | None:
    """The account that shows the file, or that the object describes; None if it names none."""
    platform = _platform_of(item.node)
    if platform == "instagram":
        return _instagram(item)
    if platform == "tiktok":
        return _tiktok(item)
    return _x(item) if platform == "x" else None


def which(node: Node, picture: str) -> PhotoUse:
    """What the picture is used for."""
    is_avatar = "avatar" in (node.get("subcategory"), node.get("type")) or picture.startswith("avatar")
    return PhotoUse.AVATAR if is_avatar else PhotoUse.POST


def when(node: Node) -> str | None:
    """When it was posted, in UTC; of a profile picture that is not known."""
    if which(node, "") is PhotoUse.AVATAR:
        return None
    for key in ("date", "post_date"):
        if moment := moment_in(text_in(node, key) or ""):
            return moment
    return moment_of(node.get("createTime"))


def _platform_of(node: Node) -> str | None:
    """By what the object calls itself, else by keys that only one platform has."""
    category = text_in(node, "category")
    if category in ("instagram", "tiktok"):
        return category
    author = node_in(node.get("author"))
    if category == "twitter" or "tweet_id" in node or {"nick", "statuses_count"} & ({*node} | {*author}):
        return "x"
    if "uniqueId" in node or "uniqueId" in author:
        return "tiktok"
    return "instagram" if text_in(node, "username") or node_in(node.get("user")) else None


def _instagram(item: Item) -> Account | None:
    """The owner of the file, with what stands of them under ``user`` if that is the same account."""
    node, user = item.node, node_in(item.node.get("user"))
    is_file = any(key in node for key in ("media_id", "post_id", "owner_id", "post_shortcode"))
    if not is_file:
        return _with_counts({**node, **user}, item.where)
    owner: Node = {
        "username": node.get("username"), "id": node.get("owner_id"), "full_name": node.get("fullname"),
    }  # fmt: skip
    whose = instagram_account(owner, item.where)
    described = _with_counts(user, item.where) if user else None
    if whose is None or whose.handle.name == whose.handle.account_id:
        return described or whose
    if described is None or described.handle.name.casefold() != whose.handle.name.casefold():
        return whose
    return replace(described, name=described.name or whose.name)


def _with_counts(node: Node, where: str) -> Account | None:
    account = instagram_account(node, where)
    known = any(count_in(node, key) for key in _COUNTS)
    if account is None or not known:
        return account
    return replace(
        account,
        posts=account.posts if account.posts is not None else count_in(node, "count_media"),
        followers=account.followers if account.followers is not None else count_in(node, "count_followed"),
        following=account.following if account.following is not None else count_in(node, "count_follow"),
    )


def _tiktok(item: Item) -> Account | None:
    node = item.node
    user = node if "uniqueId" in node else node_in(node.get("author")) or node_in(node.get("user"))
    handle = handle_of(text_in(user, "uniqueId") or "", "tiktok", id_in(user, "id"))
    if handle is None:
        return None
    stats = node_in(user.get("stats")) or node_in(node.get("authorStats")) or user
    return Account(
        handle=handle,
        name=cleaned(text_in(user, "nickname") or ""),
        bio=cleaned(text_in(user, "signature") or "", LONGEST_BIO),
        posts=count_in(stats, "videoCount"),
        followers=count_in(stats, "followerCount"),
        following=count_in(stats, "followingCount"),
        private=flag_in(user, "privateAccount"),
        verified=flag_in(user, "verified"),
        avatar_url=text_in(user, "avatarLarger", "avatarMedium", "avatarThumb"),
        ties=(Tie.LISTED,),
        where=item.where,
    )


def _x(item: Item) -> Account | None:
    """Whoever wrote the post: what stands under ``user`` is whose page it was found on."""
    node = item.node
    user = node_in(node.get("author")) or node_in(node.get("user")) or node
    handle = handle_of(text_in(user, "name") or "", "x", id_in(user, "id"))
    if handle is None:
        return None
    avatar = text_in(user, "profile_image")
    return Account(
        handle=handle,
        name=cleaned(text_in(user, "nick") or ""),
        bio=cleaned(text_in(user, "description") or "", LONGEST_BIO),
        posts=count_in(user, "statuses_count"),
        followers=count_in(user, "followers_count"),
        following=count_in(user, "friends_count"),
        private=flag_in(user, "protected"),
        verified=flag_in(user, "verified"),
        created_on=moment_in(text_in(user, "date") or ""),
        avatar_url=avatar,
        has_default_avatar=_X_DEFAULT in avatar if avatar else None,
        ties=(Tie.LISTED,),
        where=item.where,
    )
