"""Columns are known by what they are called, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.accounts.columns import Column, column_of, columns_of, folded, is_heading, platform_in

KNOWN = [
    "user_name",
    "full name",
    "followerCount",
    "Aantal volgers",
    "is private",
    "profile_pic_url",
    "Gebruikersnaam",
]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("user_name", Column.HANDLE),
        ("Username", Column.HANDLE),
        ("userName", Column.HANDLE),
        ("GEBRUIKERSNAAM", Column.HANDLE),
        ("pk_id", Column.ID),
        ("User ID", Column.ID),
        ("Fullname", Column.NAME),
        ("Weergavenaam", Column.NAME),
        ("followerCount", Column.FOLLOWERS),
        ("Volgers (aantal)", Column.FOLLOWERS),
        ("media_count", Column.POSTS),
        ("isPrivate", Column.PRIVATE),
        ("Privé", Column.PRIVATE),
        ("profilePicUrl", Column.AVATAR_URL),
        ("has_anonymous_profile_picture", Column.NO_AVATAR),
        ("Foto's", Column.PHOTO),
        ("Follows you", Column.FOLLOWS_YOU),
        ("shoe size", None),
        ("", None),
    ],
)
def test_a_heading_is_known_in_every_spelling(heading: str, column: Column | None) -> None:
    assert column_of(heading) is column


@given(
    st.sampled_from(KNOWN),
    st.sampled_from(["_", "-", " ", ".", ""]),
    st.sampled_from(["upper", "lower", "title"]),
)
@settings(max_examples=60)
def test_case_and_separators_never_change_what_a_heading_means(
    heading: str, separator: str, case: str
) -> None:
    spelt = getattr(heading.replace("_", " ").replace(" ", separator), case)()
    assert column_of(spelt) is column_of(heading)
    assert folded(spelt) == folded(heading)


def test_name_is_the_handle_where_another_column_shows_a_name() -> None:
    assert columns_of(["id", "name", "nick"]) == (Column.ID, Column.HANDLE, Column.NAME)
    assert columns_of(["username", "name"]) == (Column.HANDLE, Column.NAME)


@pytest.mark.parametrize(
    "line",
    [
        "id,username,full_name,is_verified,is_private,profile_pic_url",
        "user_id,username,fullname,is_verified,is_private,media_count,follower_count,following_count,bio,website,"
        "emails,last_activity,scrape_of,scraped_at",
        "username,pk,pk_id,full_name,is_private,fbid_v2,strong_id,profile_pic_id,profile_pic_url,is_verified,"
        "has_anonymous_profile_picture,account_badges,latest_reel_media",
        "User ID,Username,Fullname,Followed by you,Blocked you,Follows you,Profile URL",
        "userName,fullName,profileUrl,isVerified,followerCount,followingCount,isPrivate,profilePicUrl",
        "gebruikersnaam,volgers,volgend",
        "handle",
    ],
)
def test_the_headings_of_tools_are_seen_as_such(line: str) -> None:
    assert is_heading(line.split(","))


@pytest.mark.parametrize("line", ["Date,Type,Old,New", "anna,Anna B,12", "name,age,school,city,street", ""])
def test_a_line_without_a_column_that_identifies_is_no_heading(line: str) -> None:
    assert not is_heading(line.split(","))


def test_a_heading_can_name_the_platform() -> None:
    assert platform_in(["Instagram username", "naam"]) == "instagram"
    assert platform_in(["username", "naam"]) is None
    assert platform_in(["instagram", "tiktok"]) is None
