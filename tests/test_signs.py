"""Signs of the account itself: unknown is never zero, and being private is never a sign."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.avatar import AvatarSaid, AvatarState, AvatarWhy
from fakeprofile.records import Account, Handle
from fakeprofile.signs import Sign, SignCode, signs_of

TODAY = date(2026, 7, 1)
COUNT = st.none() | st.integers(-1, 3000)
ACCOUNTS = st.builds(
    Account,
    handle=st.builds(
        Handle, name=st.text(max_size=12), platform=st.sampled_from([None, "instagram", "tiktok"])
    ),
    posts=COUNT,
    followers=COUNT,
    following=COUNT,
    created_on=st.sampled_from([None, "2016", "2026-05", "2026-06-30", "2027", "yesterday", ""]),
    former_names=st.sampled_from([(), ("lars",), ("lars", "third.name")]),
    has_default_avatar=st.none() | st.booleans(),
    bio=st.none() | st.text(max_size=5),
    private=st.none() | st.booleans(),
    verified=st.none() | st.booleans(),
)


def account(name: str = "imke", platform: str | None = "instagram", **values: object) -> Account:
    return Account(handle=Handle(name=name, platform=platform), **values)  # type: ignore[arg-type]


def sign(code: SignCode, one: Account, **more: object) -> Sign:
    (found,) = [found for found in signs_of(one, on=TODAY, **more) if found.code is code]  # type: ignore[arg-type]
    return found


def said(state: AvatarState) -> AvatarSaid:
    return AvatarSaid(state=state, platform=None, why=AvatarWhy.FLAG)


def test_the_account_of_the_story_shows_one_post_and_follows_847_with_how_usual_that_is() -> None:
    one = account("lars.2011", posts=1, following=847, followers=12)
    story = sign(SignCode.STORY, one)
    assert (story.value, story.holds, story.innocent) == ("1/847", True, "looks-and-follows")
    assert story.usual is not None
    assert (story.usual.row, story.usual.ordinary_percent, story.usual.spam_percent) == ("story", 0.8, 54.0)
    assert (story.usual.ordinary_accounts, story.usual.spam_accounts) == (994, 200)


@pytest.mark.parametrize(
    ("code", "values", "value", "holds", "row"),
    [
        (SignCode.FEW_POSTS, {"posts": 0}, "0", True, "posts-0"),
        (SignCode.FEW_POSTS, {"posts": 2}, "2", True, "posts-2"),
        (SignCode.FEW_POSTS, {"posts": 3}, "3", False, None),
        (SignCode.FOLLOWS_MANY, {"following": 499}, "499", False, None),
        (SignCode.FOLLOWS_MANY, {"following": 500}, "500", True, "following-500"),
        (SignCode.FOLLOWS_MANY, {"following": 800}, "800", True, "following-800"),
        (SignCode.FEW_FOLLOWERS, {"followers": 49}, "49", True, "followers-50"),
        (SignCode.FEW_FOLLOWERS, {"followers": 50}, "50", False, None),
        (SignCode.FOLLOWS_MORE, {"following": 49, "followers": 10}, "49/10", False, None),
        (SignCode.FOLLOWS_MORE, {"following": 50, "followers": 10}, "50/10", True, "ratio-5"),
        (SignCode.FOLLOWS_MORE, {"following": 100, "followers": 10}, "100/10", True, "ratio-10"),
        (SignCode.FOLLOWS_MORE, {"following": 0, "followers": 0}, "0/0", False, None),
        (SignCode.FOLLOWS_MORE, {"following": 9, "followers": 0}, "9/0", True, "ratio-10"),
        (SignCode.STORY, {"posts": 2, "following": 900}, "2/900", False, None),
        (SignCode.STORY, {"posts": 1, "following": 499}, "1/499", False, None),
        (SignCode.DIGITS, {"name": "imke12"}, "2", False, None),
        (SignCode.DIGITS, {"name": "imke123"}, "3", True, "digits-3"),
        (SignCode.DIGITS, {"name": "imke9876"}, "4", True, "digits-4"),
    ],
)
def test_a_sign_holds_from_the_number_on_that_was_counted(
    code: SignCode, values: dict[str, object], value: str, holds: bool, row: str | None
) -> None:
    one = sign(code, account(**values))  # type: ignore[arg-type]
    assert (one.value, one.holds, one.usual and one.usual.row) == (value, holds, row)


@pytest.mark.parametrize(
    ("name", "weaker"),
    [("soepkieke2020", True), ("a1998b", True), ("a9876", False), ("a20201", False), ("a2031", False)],
)
def test_digits_that_may_be_a_year_say_less(name: str, weaker: bool) -> None:
    assert ("may-be-a-year" in sign(SignCode.DIGITS, account(name)).limits) is weaker


@pytest.mark.parametrize(
    ("state", "value", "holds"),
    [
        (AvatarState.KNOWN_DEFAULT, "known default", True),
        (AvatarState.LOOKS_DEFAULT, "looks like a default", True),
        (AvatarState.OWN, "own picture", False),
        (AvatarState.UNKNOWN, None, None),
    ],
)
def test_no_photo_is_what_was_said_of_the_picture(
    state: AvatarState, value: str | None, holds: bool | None
) -> None:
    one = sign(SignCode.NO_PHOTO, account(), avatar=said(state))
    assert (one.value, one.holds) == (value, holds)


def test_no_photo_is_what_the_source_says_if_nobody_looked() -> None:
    assert sign(SignCode.NO_PHOTO, account(has_default_avatar=True)).holds is True
    assert sign(SignCode.NO_PHOTO, account(has_default_avatar=False)).holds is False
    url = "https://abs.twimg.com/sticky/default_profile_images/default_profile_normal.png"
    assert sign(SignCode.NO_PHOTO, account(avatar_url=url)).holds is True


def test_an_export_without_pictures_does_not_mean_that_the_account_has_none() -> None:
    one = sign(SignCode.NO_PHOTO, account(), photos_known=0, photos_total=0)
    assert (one.value, one.holds) == (None, None)


@pytest.mark.parametrize(
    ("created_on", "value", "holds"),
    [
        ("2026-06-01", "30", True),
        ("2026-04-02", "90", False),
        ("2016", "3469/3834", False),
        ("2026-06", "1/30", True),
        ("2026", "0/181", None),
        ("2026-07", "0", True),
        ("2026-07-02", None, None),
        ("2027", None, None),
        ("soon", None, None),
        (None, None, None),
    ],
)
def test_the_age_of_an_account_is_as_exact_as_its_date(
    created_on: str | None, value: str | None, holds: bool | None
) -> None:
    one = sign(SignCode.YOUNG, account(created_on=created_on))
    assert (one.value, one.holds) == (value, holds)


@pytest.mark.parametrize(
    ("known", "total", "value", "holds"),
    [
        (2, 5, "2/5", True),
        (0, 5, "0/5", False),
        (0, 0, None, None),
        (None, 5, None, None),
        (1, None, None, None),
    ],
)
def test_pictures_elsewhere_are_counted_out_of_those_that_were_looked_at(
    known: int | None, total: int | None, value: str | None, holds: bool | None
) -> None:
    one = sign(SignCode.KNOWN_PICTURES, account(), photos_known=known, photos_total=total)
    assert (one.value, one.holds) == (value, holds)


def test_more_known_pictures_than_pictures_are_an_error() -> None:
    with pytest.raises(ValueError, match="6 of 5"):
        signs_of(account(), on=TODAY, photos_known=6, photos_total=5)


def test_former_names_are_told_and_none_is_unknown() -> None:
    one = sign(SignCode.FORMER_NAMES, account("lars", former_names=("soepkieke", "LARS", "lars.2")))
    assert (one.value, one.holds) == ("soepkieke, lars.2", True)
    assert sign(SignCode.FORMER_NAMES, account()).value is None


def test_elsewhere_than_on_instagram_the_table_is_told_to_be_of_instagram() -> None:
    assert "other-platform" in sign(SignCode.FEW_POSTS, account(platform="tiktok", posts=0)).limits
    assert "other-platform" not in sign(SignCode.FEW_POSTS, account(posts=0)).limits


# --- laws -----------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(ACCOUNTS)
def test_every_sign_is_told_once_and_unknown_never_holds(one: Account) -> None:
    signs = signs_of(one, on=TODAY)
    assert [found.code for found in signs] == list(SignCode)
    for found in signs:
        if found.value is None:
            assert (found.holds, found.usual, found.limits) == (None, None, ())
        assert found.usual is None or found.holds


@settings(max_examples=60, deadline=None)
@given(ACCOUNTS, st.none() | st.booleans(), st.none() | st.text(max_size=3), st.none() | st.booleans())
def test_private_bio_and_verified_never_change_anything(
    one: Account, private: bool | None, bio: str | None, verified: bool | None
) -> None:
    other = dataclasses.replace(one, private=private, bio=bio, verified=verified)
    assert signs_of(one, on=TODAY) == signs_of(other, on=TODAY)


@settings(max_examples=40, deadline=None)
@given(ACCOUNTS, st.sampled_from(["posts", "followers", "following"]))
def test_an_unknown_number_is_never_told_like_zero(one: Account, field: str) -> None:
    unknown, zero = (
        signs_of(dataclasses.replace(one, **{field: number}), on=TODAY)  # type: ignore[arg-type]
        for number in (None, 0)
    )
    assert unknown != zero
    less = signs_of(dataclasses.replace(one, **{field: -1}), on=TODAY)  # type: ignore[arg-type]
    assert less == unknown


@settings(max_examples=40, deadline=None)
@given(ACCOUNTS)
def test_what_is_forgotten_of_an_account_never_makes_a_sign_hold(one: Account) -> None:
    held = {found.code for found in signs_of(one, on=TODAY) if found.holds}
    nothing = Account(handle=one.handle)
    left = {found.code for found in signs_of(nothing, on=TODAY) if found.holds}
    assert left <= held
    assert left <= {SignCode.DIGITS}


def test_digits_of_a_number_or_shown_name_in_place_of_a_handle_are_unknown() -> None:
    numbered = Account(handle=Handle(name="400000123", platform="x", account_id="400000123"))
    assert (sign(SignCode.DIGITS, numbered).value, sign(SignCode.DIGITS, numbered).holds) == (None, None)
    shown = account("Lars 2011", "facebook")
    assert sign(SignCode.DIGITS, shown).holds is None
    assert sign(SignCode.DIGITS, account("lars.2011", "facebook")).holds is True
    assert sign(SignCode.DIGITS, account("lars.2011", "x")).holds is True
