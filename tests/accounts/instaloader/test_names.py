"""The name of a file tells whose it is and from when, also as Windows has it."""

from __future__ import annotations

import pytest

from fakeprofile.accounts.instaloader.names import id_target, is_of_many, json_stem, picture_of


@pytest.mark.parametrize(
    ("name", "target", "on", "is_avatar", "is_post"),
    [
        ("2024-05-01_12-30-00_UTC.jpg", None, "2024-05-01T12:30:00Z", False, True),
        ("2024-05-01_12-30-00_UTC_2.webp", None, "2024-05-01T12:30:00Z", False, True),
        ("2023-11-02_08-15-10_UTC_profile_pic.jpg", None, "2023-11-02T08:15:10Z", True, False),
        ("_UTC_profile_pic.jpg", None, None, True, False),
        ("2024-05-01_12-30-00_UTC_cover.jpg", None, "2024-05-01T12:30:00Z", False, False),
        (
            "milan_vdb__2024-01-01_00-00-00_UTC_profile_pic.jpg",
            "milan_vdb_",
            "2024-01-01T00:00:00Z",
            True,
            False,
        ),
        ("noor.vlinder__UTC_profile_pic.jpg", "noor.vlinder", None, True, False),
        ("․hidden_2024-05-01_12-30-00_UTC.jpg", ".hidden", "2024-05-01T12:30:00Z", False, True),
    ],
)
def test_a_picture_is_known_by_its_name(
    name: str, target: str | None, on: str | None, is_avatar: bool, is_post: bool
) -> None:
    found = picture_of(name)
    assert found is not None
    assert (found.target, found.on, found.is_avatar, found.is_post) == (target, on, is_avatar, is_post)


@pytest.mark.parametrize(
    "name", ["holiday.jpg", "2024-05-01.jpg", "2024-05-01_12-30-00_UTC.txt", "IMG_UTC1.jpg"]
)
def test_other_files_are_no_pictures_of_instaloader(name: str) -> None:
    assert picture_of(name) is None


def test_the_picture_of_a_carousel_belongs_to_the_file_of_its_post() -> None:
    found = picture_of("2024-05-01_12-30-00_UTC_2.jpg")
    assert found is not None
    assert (
        found.stem
        == json_stem("2024-05-01_12-30-00_UTC.json.xz")
        == json_stem("2024-05-01_12-30-00_UTC.json")
    )


def test_files_that_hold_no_profile_or_post_are_not_opened() -> None:
    names = ("iterator_Qx7.json.xz", "2024-05-01_12-30-00_UTC_comments.json", "a_location.json", "a.txt")
    assert [json_stem(name) for name in names] == [None] * 4


def test_a_number_is_of_the_folder_or_of_a_name() -> None:
    assert [id_target(name) for name in ("id", "milan_vdb__id", "_id", "idee")] == [
        "",
        "milan_vdb_",
        None,
        None,
    ]


def test_folders_of_tags_places_and_feeds_hold_posts_of_many() -> None:
    assert all(map(is_of_many, ("#voetbal", "%123", ":feed", "：stories")))
    assert not is_of_many("lars.2011xx")
