"""A folder with exports of several platforms is read whole."""

from __future__ import annotations

import shutil
from pathlib import Path

from accounts.exported import EXPORTS, reasons, understood


def put(tmp_path: Path, *folders: str) -> Path:
    for folder in folders:
        shutil.copytree(EXPORTS / folder, tmp_path / "downloads" / folder)
    return tmp_path / "downloads"


def test_no_export_in_a_folder_of_several_is_passed_over(tmp_path: Path) -> None:
    reader, accounts, _ = understood(
        put(tmp_path, "instagram-json", "tiktok", "snapchat", "x", "instaloader")
    )
    assert reader == "several exports"
    platforms = {account.handle.platform for account in accounts.values()}
    assert platforms == {"instagram", "tiktok", "snapchat", "x"}
    assert accounts["lars.2011xx"].following == 847


def test_one_file_is_not_called_unread_by_those_whose_it_is_not(tmp_path: Path) -> None:
    _, accounts, gaps = understood(put(tmp_path, "snapchat", "facebook-json", "instagram-json"))
    assert len(accounts) > 15
    assert "is known in it" not in reasons(gaps)


def test_what_nobody_understands_is_still_a_gap(tmp_path: Path) -> None:
    folder = put(tmp_path, "tiktok", "instagram-json")
    (folder / "instagram-json/connections/followers_and_following/followers_3.json").write_text(
        '{"new": [1]}'
    )
    (folder / "instagram-json/connections/followers_and_following/followers_4.json").write_text("{")
    _, _, gaps = understood(folder)
    assert "followers_3.json: no list of accounts is known in it" in reasons(gaps)
    assert "followers_4.json: it is not whole JSON" in reasons(gaps)


def test_one_export_alone_is_called_by_its_own_name() -> None:
    assert understood(EXPORTS / "tiktok")[0] == "TikTok export"
