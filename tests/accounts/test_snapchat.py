"""Snapchat's sections say who added whom, and no more."""

from __future__ import annotations

from pathlib import Path

from accounts.exported import EXPORTS, read_by, reasons, written

from fakeprofile.accounts.snapchat import SnapchatReader
from fakeprofile.records import Tie

READER = SnapchatReader()


def test_each_section_gives_its_tie_and_suggestions_none() -> None:
    accounts, gaps = read_by(READER, EXPORTS / "snapchat")
    assert {name: one[0].ties for name, one in accounts.items()} == {
        "noor-snap": (Tie.FOLLOWING,),
        "zanger_echt": (Tie.LISTED,),
        "kerel900": (Tie.BLOCKED,),
        "milan.snap": (Tie.UNFOLLOWED,),
        "lars_snap11": (Tie.REQUESTED,),
        "quinten.snap": (Tie.REQUESTED,),
    }
    assert "1 in Hidden Friend Suggestions" in reasons(gaps)


def test_names_and_times_are_read_and_an_empty_name_is_unknown() -> None:
    accounts, _ = read_by(READER, EXPORTS / "snapchat")
    assert (accounts["noor-snap"][0].name, accounts["noor-snap"][0].tied_on) == (
        "Noor",
        "2024-10-10T11:00:00Z",
    )
    assert accounts["kerel900"][0].name is None


def test_a_display_name_cannot_move_the_cursor(tmp_path: Path) -> None:
    friends = [{"Username": "a.b", "Display Name": "\x1b[2J\u202eLars\n"}, {"Username": "a b"}, {}]
    accounts, gaps = read_by(READER, written(tmp_path / "x", {"friends.json": {"Friends": friends}}))
    assert accounts["a.b"][0].name == "[2JLars"
    assert [gap.about.rpartition(" ")[2] for gap in gaps] == ["2", "3"]


def test_broken_json_is_a_gap(tmp_path: Path) -> None:
    accounts, gaps = read_by(READER, written(tmp_path / "x", {"friends.json": '{"Friends": ['}))
    assert (accounts, len(gaps)) == ({}, 1)
