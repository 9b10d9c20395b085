"""Whatever stands in an export, reading it ends in accounts and gaps, or in one line for the user."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakeprofile.accounts import accounts_in
from fakeprofile.accounts.exports import EXPORTS
from fakeprofile.errors import SourceError
from fakeprofile.records import Account

KEYS = st.sampled_from(
    [
        "string_list_data",
        "title",
        "value",
        "href",
        "timestamp",
        "label_values",
        "label",
        "relationships_followers",
        "relationships_following",
        "node",
        "instaloader",
        "node_type",
        "id",
        "username",
        "owner",
        "iphone_struct",
        "shortcode",
        "edge_followed_by",
        "count",
        "media_count",
        "user",
        "category",
        "subcategory",
        "author",
        "uniqueId",
        "name",
        "nick",
        "tweet_id",
        "createTime",
        "date",
        "profile_image",
        "stats",
        "FansList",
        "Following",
        "BlockList",
        "Follower",
        "UserName",
        "Friends",
        "Username",
        "friends_v2",
        "following_v3",
        "uri",
        "follower",
        "accountId",
        "count_follow",
    ]
)
TEXTS = st.sampled_from(
    ["", "lars", "=1+1", "\x1b[2J", "\ud800", "https://www.instagram.com/_u/lars", "instagram", "twitter", "tiktok",
     "Profile", "Post", "9E+10", "5", "2024-01-01 10:00:00", "\u202e", "x" * 300, "https://[", "../../x"]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**20) | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=15,
)
NAMES = (
    "followers_and_following/followers_1.json", "a/a_5.json", "a/2024-01-01_00-00-00_UTC.json", "b/info.json",
    "data.jsonl", "1.jpg.json", "user_data.json", "friends.json", "your_friends.json", "data/follower.js",
)  # fmt: skip


@pytest.mark.parametrize("reader", EXPORTS, ids=lambda reader: reader.name)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values=st.lists(VALUES, min_size=len(NAMES), max_size=len(NAMES)))
def test_no_json_breaks_a_reader(reader: object, values: list[object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, value in zip((*NAMES, "1.jpg"), (*values, None), strict=True):
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            start = "window.YTD.follower.part0 = " if name.endswith(".js") else ""
            path.write_text(start + json.dumps(value), "utf-8")
        try:
            items = list(accounts_in([Path(folder)], readers=(reader,)))  # type: ignore[arg-type]
        except SourceError as refused:
            assert str(refused).isprintable()
            return
    for item in items:
        texts = (
            (item.handle.name, item.name or "", item.bio or "")
            if isinstance(item, Account)
            else (item.about, item.reason)
        )
        assert all(text.isprintable() for text in texts)
