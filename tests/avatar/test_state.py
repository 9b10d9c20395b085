"""What the profile picture of an account is, and how that is known."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from avatar.made import COLOURS, badge, initials, jpeg, silhouette
from drawn import photo_of, scene

from fakeprofile.avatar import AvatarState, AvatarWhy, avatar_state, template_of
from fakeprofile.avatar.names import KNOWN_FILES
from fakeprofile.fingerprint import query_fingerprint
from fakeprofile.records import Photo

OLD = "44884218_345707102882519_2446069589734326272_n.jpg"
URL = f"https://scontent.cdninstagram.com/v/{OLD}?x=1"
PLACEHOLDER = photo_of(silhouette(*COLOURS["x"]))
OWN = photo_of(scene(1, 320, 320))


def test_with_nothing_to_go_by_it_is_unknown_and_not_a_default() -> None:
    said = avatar_state(None)
    assert (said.state, said.why, said.no_photo) == (AvatarState.UNKNOWN, AvatarWhy.NOTHING, None)
    assert avatar_state(None, url="https://photos.example/1.jpg").state is AvatarState.UNKNOWN


@pytest.mark.parametrize("photo", [None, PLACEHOLDER], ids=["no picture", "placeholder"])
def test_an_address_a_file_name_or_a_flag_make_it_a_known_default(photo: Photo | None) -> None:
    by_address = avatar_state(photo, url=URL)
    assert (by_address.state, by_address.platform, by_address.why) == (
        AvatarState.KNOWN_DEFAULT,
        "instagram",
        AvatarWhy.ADDRESS,
    )
    assert avatar_state(photo, file_name=OLD).why is AvatarWhy.FILE_NAME
    by_flag = avatar_state(photo, flag=True)
    assert (by_flag.state, by_flag.platform, by_flag.why) == (
        AvatarState.KNOWN_DEFAULT,
        None,
        AvatarWhy.FLAG,
    )


def test_a_platform_s_file_is_known_by_its_bytes() -> None:
    (sha256,) = KNOWN_FILES
    said = avatar_state(dataclasses.replace(OWN, sha256=sha256), flag=False)
    assert (said.state, said.platform, said.why) == (
        AvatarState.KNOWN_DEFAULT,
        "instagram",
        AvatarWhy.SAME_FILE,
    )


@pytest.mark.parametrize("platform", COLOURS)
def test_a_silhouette_looks_like_a_default(platform: str) -> None:
    said = avatar_state(photo_of(silhouette(*COLOURS[platform])))
    assert (said.state, said.why, said.no_photo) == (
        AvatarState.LOOKS_DEFAULT,
        AvatarWhy.FIGURE,
        True,
    )
    assert said.platform == ("instagram" if platform == "instagram" else None)


def test_initials_look_like_a_default() -> None:
    said = avatar_state(photo_of(initials("LV", (120, 60, 150))), flag=False)
    assert (said.state, said.why) == (AvatarState.LOOKS_DEFAULT, AvatarWhy.LETTERS)


def test_a_photo_is_an_own_picture_and_so_is_what_the_source_calls_one() -> None:
    assert avatar_state(OWN).state is AvatarState.OWN
    said = avatar_state(None, flag=False)
    assert (said.state, said.why, said.no_photo) == (AvatarState.OWN, AvatarWhy.OWN_FLAG, False)


@pytest.mark.parametrize("words", [{"url": URL}, {"file_name": OLD}, {"flag": True}], ids=str)
def test_a_photo_that_only_bears_the_name_of_a_default_is_not_passed_over(words: dict[str, str]) -> None:
    """Somebody may have called it so; or the word is of another day."""
    said = avatar_state(OWN, **words)  # type: ignore[arg-type]
    assert (said.state, said.why, said.no_photo) == (
        AvatarState.UNKNOWN,
        AvatarWhy.CONTRADICTION,
        None,
    )


def test_one_colour_is_neither() -> None:
    said = avatar_state(photo_of(np.full((200, 200, 3), 120, dtype=np.uint8)))
    assert (said.state, said.why) == (AvatarState.UNKNOWN, AvatarWhy.ONE_COLOUR)


def test_a_template_of_the_user_is_known_by_its_file_and_recognised_by_its_looks() -> None:
    club = photo_of(badge("FC"))
    template = template_of(club, query_fingerprint(club), name="our club", added_on="2026-07-01")
    said = avatar_state(club, templates=(template,))
    assert (said.state, said.why, said.template) == (
        AvatarState.KNOWN_DEFAULT,
        AvatarWhy.TEMPLATE_FILE,
        "our club",
    )
    smaller = avatar_state(photo_of(jpeg(badge("FC"), 150, 80)), templates=(template,))
    assert (smaller.state, smaller.why, smaller.template) == (
        AvatarState.LOOKS_DEFAULT,
        AvatarWhy.TEMPLATE,
        "our club",
    )
    assert avatar_state(club).state is AvatarState.OWN
