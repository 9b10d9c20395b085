"""Photos are an account's if their file or folder is called like it; a name that is none is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from accounts_given import read_all, written
from photo_files import encoded, noise

from fakeprofile.accounts import read_photo
from fakeprofile.errors import SourceError
from fakeprofile.records import Account, Photo, PhotoUse, Tie
from fakeprofile.settings import DEFAULT


def photos(folder: Path, *names: str) -> Path:
    for name in names:
        written(folder / name, b"x")
    return folder


def held(accounts: list[Account]) -> dict[str, list[str]]:
    """Handles and the names of their photos."""
    return {
        str(one.handle): [Path(photo.member or photo.path).name for photo in one.photos] for one in accounts
    }


def test_the_name_of_a_file_or_folder_is_the_handle(tmp_path: Path) -> None:
    read = read_all(
        photos(tmp_path, "anna.jpg", "@lars.png", "mia_99/1.jpg", "mia_99/old/2.webp", "notes.md")
    )
    assert held(read.accounts) == {"lars": ["@lars.png"], "anna": ["anna.jpg"], "mia_99": ["1.jpg", "2.webp"]}
    assert all(one.ties == (Tie.LISTED,) for one in read.accounts)


def test_a_zip_of_photos_reads_like_its_folder_and_its_photos_open(tmp_path: Path) -> None:
    folder = tmp_path / "followers"
    for name in ("anna.jpg", "lars.jpg"):
        written(folder / name, encoded(noise(), "JPEG"))
    source = Path(shutil.make_archive(str(tmp_path / "followers"), "zip", tmp_path, "followers"))
    read = read_all(source)
    assert held(read.accounts) == {"anna": ["anna.jpg"], "lars": ["lars.jpg"]}
    assert isinstance(read_photo(read.accounts[0].photos[0], DEFAULT), Photo)


def test_one_folder_of_photos_is_one_account_unless_folders_lie_in_it(tmp_path: Path) -> None:
    assert read_all(photos(tmp_path / "a", "anna/1.jpg", "anna/2.jpg")).handles == ["anna"]
    assert read_all(photos(tmp_path / "b", "all/anna/1.jpg", "all/lars/2.jpg")).handles == ["anna", "lars"]


def test_a_folder_called_like_a_platform_names_it(tmp_path: Path) -> None:
    read = read_all(photos(tmp_path, "Instagram/anna.jpg", "twitter/lars/1.jpg", "mia.jpg"))
    assert sorted(map(str, (one.handle for one in read.accounts))) == ["instagram:anna", "mia", "x:lars"]


@pytest.mark.parametrize(
    "name",
    ["IMG_1234.jpg", "DSC00012.JPG", "Screenshot_20240501-123000.png", "WhatsApp Image 2024-05-01.jpeg", "12345.jpg",
     "2024-05-01_12-30-00_UTC.jpg", "photo (3).jpg", "photo-1.jpg", "download.jpg", "Schermafbeelding 2024-05-01.png"],
)  # fmt: skip
def test_what_a_camera_calls_a_picture_is_nobodys_handle(tmp_path: Path, name: str) -> None:
    read = read_all(photos(tmp_path, name, "anna.jpg"))
    assert read.handles == ["anna"]
    assert (
        "is what a camera or program calls a picture: name the file or its folder after the account"
        in read.text
    )


def test_a_handle_that_begins_like_a_cameras_word_stays_one(tmp_path: Path) -> None:
    names = ["photo_anna.jpg", "imgirl.jpg", "anna_1.jpg", "anna.2024.jpg", "scanlon.jpg"]
    assert sorted(read_all(photos(tmp_path, *names)).handles) == sorted(Path(name).stem for name in names)


def test_two_copies_of_a_file_are_one_account(tmp_path: Path) -> None:
    read = read_all(photos(tmp_path, "anna.jpg", "anna (1).jpg", "Anna.png", "anna - kopie.jpg"))
    assert len(read.accounts) == 1
    assert len(read.accounts[0].photos) == 4


def test_an_ending_is_taken_off_where_it_is_surely_none_of_the_handle(tmp_path: Path) -> None:
    read = read_all(photos(tmp_path / "a", "anna_profile_pic.jpg", "blue_avatar.jpg"))
    assert [(one.handle.name, one.photos[0].use) for one in read.accounts] == [
        ("anna", PhotoUse.AVATAR),
        ("blue_avatar", PhotoUse.UNKNOWN),
    ]
    assert read_all(photos(tmp_path / "b", "anna_avatar.jpg", "lars-avatar.jpg")).handles == ["anna", "lars"]


def test_pictures_of_a_monitor_tell_platform_and_day(tmp_path: Path) -> None:
    read = read_all(
        photos(tmp_path, "instagram_anna_b_profile_pic_240501_1230.jpg", "instagram_anna_b_profile_pic.jpg")
    )
    assert [str(one.handle) for one in read.accounts] == ["instagram:anna_b"]
    assert {(photo.use, photo.on) for photo in read.accounts[0].photos} == {
        (PhotoUse.AVATAR, "2024-05-01"),
        (PhotoUse.AVATAR, None),
    }


def test_a_name_that_can_be_no_handle_is_told_without_harm(tmp_path: Path) -> None:
    read = read_all(
        photos(
            tmp_path, "Anna de Vries.jpg", "\x1b[2Jx.jpg", "=cmd.jpg", "<b>.jpg", "a\u202eb.jpg", "anna.jpg"
        )
    )
    assert read.handles == ["anna"]
    assert read.understood[0].unread == 5
    assert all(gap.about.isprintable() and gap.reason.isprintable() for gap in read.gaps)


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_list_beside_the_photos_says_more_of_the_same_accounts(tmp_path: Path, kind: str) -> None:
    photos(tmp_path, "anna.jpg", "extra/lars.png", "mia.jpg")
    if kind == "csv":
        written(
            tmp_path / "list.csv",
            "username,platform,posts,photo\nAnna,instagram,3,\nlars,instagram,1,extra/lars.png\n",
        )
    else:
        written(
            tmp_path / "list.json",
            '[{"username": "Anna", "platform": "instagram", "posts": 3},'
            ' {"username": "lars", "platform": "instagram", "posts": 1, "photo": "extra/lars.png"}]',
        )
    read = read_all(tmp_path)
    assert held(read.accounts) == {
        "instagram:Anna": ["anna.jpg"],
        "instagram:lars": ["lars.png"],
        "mia": ["mia.jpg"],
    }
    assert [one.posts for one in read.accounts] == [3, 1, None]
    assert not read.text


def test_a_photo_that_the_list_forgot_does_not_make_its_folder_an_account(tmp_path: Path) -> None:
    photos(tmp_path, "girls/a.jpg", "girls/b.jpg", "lars/1.jpg", "lars/2.jpg")
    written(tmp_path / "list.csv", "username,photo\nanna,girls/a.jpg\nlars,lars/1.jpg\n")
    read = read_all(tmp_path)
    assert held(read.accounts) == {"anna": ["a.jpg"], "lars": ["1.jpg", "2.jpg"]}
    assert "girls/b.jpg: lies among photos that a list names, and no line of it names this one" in read.text


def test_a_folder_called_after_what_is_in_it_is_no_account(tmp_path: Path) -> None:
    read = read_all(
        photos(tmp_path, "Instagram/Profile pictures/anna.jpg", "foto's/lars/1.jpg", "pics/IMG_1.jpg")
    )
    assert held(read.accounts) == {"instagram:anna": ["anna.jpg"], "lars": ["1.jpg"]}
    assert "pics/IMG_1.jpg: " in read.text


def test_captions_beside_photos_are_no_list_of_handles(tmp_path: Path) -> None:
    photos(tmp_path, "anna.jpg")
    written(tmp_path / "anna.txt", "sunshine\n")
    assert read_all(tmp_path).handles == ["anna"]


def test_a_folder_without_anything_to_read_says_what_was_looked_for(tmp_path: Path) -> None:
    written(tmp_path / "film.mp4", b"x")
    with pytest.raises(
        SourceError, match=r"its files \(1 \.mp4\); looked for: .*a folder of photos named after"
    ):
        read_all(tmp_path)


def test_a_folder_of_camera_pictures_alone_is_an_error_that_says_why(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no account is understood: .*IMG_1234\.jpg"):
        read_all(photos(tmp_path, "IMG_1234.jpg", "IMG_1235.jpg"))
