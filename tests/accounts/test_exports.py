"""Every hand-made copy of an export is read by its own reader."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from accounts.exported import EXPORTS, understood, written

from fakeprofile.accounts import accounts_in
from fakeprofile.errors import SourceError
from fakeprofile.records import Tie

FOLLOWERS = {"imke.dorsman", "lars.2011xx", "quinten_verlaat", "milan_vdb_", "noor.vlinder"}


@pytest.mark.parametrize(
    ("folder", "reader", "accounts"),
    [
        ("instagram-json", "Instagram export", 11),
        ("instagram-labels", "Instagram export", 6),
        ("instagram-single", "Instagram export", 1),
        ("instagram-html", "Instagram export", 6),
        ("instagram-table", "Instagram export", 5),
        ("instagram-soepkieke2020-2023-12-01-aBcDeFgH.zip", "Instagram export", 6),
        ("instaloader", "Instaloader folder", 3),
        ("instaloader-flat", "Instaloader folder", 2),
        ("gallery-dl", "gallery-dl download", 4),
        ("gallery-dl-lists", "gallery-dl download", 3),
        ("tiktok", "TikTok export", 3),
        ("tiktok-old", "TikTok export", 1),
        ("snapchat", "Snapchat export", 6),
        ("x", "X archive", 3),
        ("facebook-json", "Facebook export", 5),
        ("facebook-html", "Facebook export", 2),
    ],
)
def test_an_export_is_known_by_its_content_and_read_whole(folder: str, reader: str, accounts: int) -> None:
    by, found, _ = understood(EXPORTS / folder)
    assert (by, len(found)) == (reader, accounts)


@pytest.mark.parametrize(
    "folder", ["instagram-json", "instagram-html", "tiktok", "snapchat", "x", "facebook-json"]
)
def test_a_zipped_export_gives_the_same_accounts(folder: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "download.zip", "w") as file:
        for path in sorted((EXPORTS / folder).rglob("*.*")):
            file.write(path, f"download/{path.relative_to(EXPORTS / folder)}")
    assert understood(tmp_path / "download.zip")[1] == understood(EXPORTS / folder)[1]


@pytest.mark.parametrize(
    "folder", ["instagram-json", "instagram-labels", "instagram-html", "instagram-table"]
)
def test_every_layout_of_instagram_has_the_same_followers(folder: str) -> None:
    _, found, _ = understood(EXPORTS / folder)
    assert {name for name, account in found.items() if Tie.FOLLOWER in account.ties} == FOLLOWERS


@pytest.mark.parametrize(
    ("fixture", "name", "reader"),
    [
        (
            "instagram-json/connections/followers_and_following/followers_1.json",
            "lijst.json",
            "Instagram export",
        ),
        (
            "instagram-html/connections/followers_and_following/followers_1.html",
            "lijst.html",
            "Instagram export",
        ),
        ("tiktok/user_data_tiktok.json", "lijst.json", "TikTok export"),
        ("snapchat/json/friends.json", "lijst.json", "Snapchat export"),
        ("x/data/follower.js", "lijst.js", "X archive"),
        ("facebook-json/connections/friends/your_friends.json", "lijst.json", "Facebook export"),
        ("gallery-dl-lists/volgers.json", "lijst.json", "gallery-dl download"),
    ],
)
def test_a_file_alone_under_another_name_is_known_by_its_content(
    fixture: str, name: str, reader: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes((EXPORTS / fixture).read_bytes())
    assert understood(path)[0] == reader


@pytest.mark.parametrize(
    "files",
    [
        {"connections/followers_and_following/followers_1.json": [{"something_new": {"user": "a"}}]},
        {"connections/followers_and_following/followers_1.json": "{oops"},
        {"connections/followers_and_following/followers_1.json": "[]"},
        {"user_data_tiktok.json": {"Activity": {"Follower List": {"Fans": [1]}}}},
        {"friends.json": {"Blocked Users": [{"Username": "=cmd|' /C calc'!A0"}]}},
        {"data/follower.js": "window.YTD.follower.part0 = [ ]"},
        {"your_friends.json": {"friends_v2": []}},
        {"a/2024-01-01_00-00-00_UTC.json.xz": b"no xz"},
    ],
)
def test_an_export_of_which_nothing_is_understood_is_an_error_and_no_empty_list(
    files: dict[str, object], tmp_path: Path
) -> None:
    with pytest.raises(SourceError):
        list(accounts_in([written(tmp_path / "source", files)]))
