"""A file is the list that it is called after, and look-alikes are not."""

from __future__ import annotations

import pytest

from fakeprofile.accounts.instagram.lists import (
    ASIDE,
    BLOCKED,
    FOLLOWERS,
    FOLLOWING,
    RECEIVED,
    SENT,
    UNFOLLOWED,
    Listing,
    listing_of_key,
    listing_of_name,
    original,
)


@pytest.mark.parametrize(
    ("name", "listing"),
    [
        ("connections/followers_and_following/followers_1.json", FOLLOWERS),
        ("followers_12.html", FOLLOWERS),
        ("Followers.JSON", FOLLOWERS),
        ("followers_1 (2).json", FOLLOWERS),
        ("followers_1 - Kopie.json", FOLLOWERS),
        ("following_1.json", FOLLOWING),
        ("a/follow_requests_you've_received.json", RECEIVED),
        ("a/follow_requests_you’ve_received.html", RECEIVED),
        ("pending_follow_requests.json", SENT),
        ("recent_follow_requests.json", SENT),
        ("recently_unfollowed_accounts.json", UNFOLLOWED),
        ("blocked_profiles.json", BLOCKED),
        ("close_friends.json", ASIDE),
        ("hide_story_from.json", ASIDE),
        ("following_hashtags.json", ASIDE),
        ("removed_suggestions.json", ASIDE),
        ("your_instagram_activity/threads/followers.json", None),
        ("threads/following.json", None),
        ("posts_1.json", None),
    ],
)
def test_a_file_is_the_list_that_it_is_called_after(name: str, listing: Listing | None) -> None:
    assert listing_of_name(name) is listing


def test_only_the_followers_call_themselves_so() -> None:
    assert listing_of_key("relationships_followers") is FOLLOWERS
    assert listing_of_key("relationships_hide_stories_from") is ASIDE
    assert listing_of_key("relationships_something_new") is ASIDE
    assert listing_of_key("followers") is None


def test_copies_have_the_name_of_their_original() -> None:
    assert {
        original(name) for name in ("a/followers_1 (2).json", "followers_1 (2) (3).json", "followers_1.html")
    } == {"followers_1"}
