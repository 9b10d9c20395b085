"""An account as Instagram's own interfaces tell of it, in the files that downloaders keep -> ``Account``.

Two generations of names are about: ``edge_followed_by.count`` and ``follower_count``, ``id`` and ``pk``…
"""

from __future__ import annotations

from fakeprofile.accounts.documents import ID_KEYS, Node, count_in, flag_in, id_in, node_in, text_in
from fakeprofile.accounts.wording import LONGEST_BIO, cleaned, handle_of
from fakeprofile.records import Account, Handle, Tie

PLATFORM = "instagram"


def instagram_account(node: Node, where: str, ties: tuple[Tie, ...] = (Tie.LISTED,)) -> Account | None:
    """The account, unknown where the node does not say; None if it names none.

    The number of posts is ``media_count``, also that of ``iphone_struct``: Instaloader leaves it out of what it
    saves in the older layout, and then it is unknown.
    """
    handle = instagram_handle(node)
    if handle is None:
        return None
    phone = node_in(node.get("iphone_struct"))
    hd = node_in(node.get("hd_profile_pic_url_info"))
    return Account(
        handle=handle,
        name=cleaned(text_in(node, "full_name", "fullname") or ""),
        bio=cleaned(text_in(node, "biography") or text_in(phone, "biography") or "", LONGEST_BIO),
        posts=_count(node, phone, "media_count", "edge_owner_to_timeline_media"),
        followers=_count(node, phone, "follower_count", "edge_followed_by"),
        following=_count(node, phone, "following_count", "edge_follow"),
        private=flag_in(node, "is_private"),
        verified=flag_in(node, "is_verified"),
        avatar_url=text_in(node, "profile_pic_url_hd")
        or text_in(hd, "url")
        or text_in(node, "profile_pic_url"),
        has_default_avatar=_either(
            flag_in(node, "has_anonymous_profile_picture"), flag_in(phone, "has_anonymous_profile_picture")
        ),
        ties=ties,
        where=where,
    )


def instagram_handle(node: Node) -> Handle | None:
    """Whom the node names, by name and number or by its number alone."""
    account_id = id_in(node, *ID_KEYS)
    name = text_in(node, "username")
    if name is None:
        return Handle(name=account_id, platform=PLATFORM, account_id=account_id) if account_id else None
    return handle_of(name, PLATFORM, account_id)


def _count(node: Node, phone: Node, *keys: str) -> int | None:
    found = count_in(node, *keys)
    return found if found is not None else count_in(phone, *keys)


def _either(one: bool | None, other: bool | None) -> bool | None:
    return one if one is not None else other
