"""TikTok's lists are found in every version of its export."""

from __future__ import annotations

from pathlib import Path

from accounts.exported import EXPORTS, read_by, reasons, written

from fakeprofile.accounts.tiktok import TikTokReader
from fakeprofile.records import Tie

READER = TikTokReader()


def test_followers_followed_and_blocked_are_told_apart() -> None:
    accounts, gaps = read_by(READER, EXPORTS / "tiktok")
    assert [one.ties for one in accounts["noor.tok"]] == [(Tie.FOLLOWER,), (Tie.FOLLOWING,)]
    assert accounts["kerel900"][0].ties == (Tie.BLOCKED,)
    assert gaps == []


def test_times_are_utc_and_a_missing_one_is_unknown() -> None:
    accounts, _ = read_by(READER, EXPORTS / "tiktok")
    assert accounts["noor.tok"][0].tied_on == "2024-03-01T10:00:00Z"
    assert accounts["milan.vdb"][0].tied_on is None


def test_keys_in_small_letters_of_older_exports_are_understood() -> None:
    accounts, _ = read_by(READER, EXPORTS / "tiktok-old")
    assert (accounts["noor.tok"][0].tied_on, accounts["noor.tok"][0].ties) == (
        "2021-11-11T01:22:22Z",
        (Tie.FOLLOWER,),
    )


def test_an_export_without_the_lists_says_what_it_holds(tmp_path: Path) -> None:
    accounts, gaps = read_by(READER, written(tmp_path / "x", {"user_data.json": {"Activity": {"Likes": []}}}))
    assert accounts == {}
    assert "it holds Activity" in reasons(gaps)


def test_names_that_no_account_can_have_are_gaps(tmp_path: Path) -> None:
    fans = [{"UserName": name} for name in ("=1+1", "<b>", "a\u202eb", "")] + ["x", {"UserName": "fine"}]  # type: ignore[list-item]
    content = {"Activity": {"Follower": {"FansList": fans}}}
    accounts, gaps = read_by(READER, written(tmp_path / "x", {"user_data.json": content}))
    assert list(accounts) == ["fine"]
    assert len(gaps) == 5
