"""X exports numbers: they are kept whole, and never taken for names."""

from __future__ import annotations

from pathlib import Path

from accounts.exported import EXPORTS, read_by, reasons, written

from fakeprofile.accounts import open_tree
from fakeprofile.accounts.x import XReader, owner_of
from fakeprofile.records import Handle, Tie

READER = XReader()


def test_an_account_is_called_by_its_number_and_that_is_said() -> None:
    accounts, gaps = read_by(READER, EXPORTS / "x")
    number = "1234567890123456789"
    assert accounts[number][0].handle == Handle(name=number, platform="x", account_id=number)
    assert [one.ties for one in accounts["900000006"]] == [(Tie.FOLLOWER,), (Tie.FOLLOWING,)]
    assert accounts["900000008"][0].ties == (Tie.BLOCKED,)
    assert "3 accounts without their names" in reasons(gaps)


def test_numbers_that_a_program_rounded_are_gaps_and_no_accounts(tmp_path: Path) -> None:
    rows = '[{"follower": {"accountId": 1.23456789e18}}, {"follower": {"accountId": "1,23E+18"}}, {"follower": {}}]'
    source = written(tmp_path / "x", {"data/follower.js": f"window.YTD.follower.part0 = {rows};\n"})
    accounts, gaps = read_by(READER, source)
    assert accounts == {}
    assert reasons(gaps).count("rounded by another program") == 2
    assert len(gaps) == 3


def test_later_parts_are_read_as_well(tmp_path: Path) -> None:
    files: dict[str, object] = {
        f"data/follower{part}.js": f'window.YTD.follower.part{n} = [{{"follower": {{"accountId": "{n + 5}"}}}}]'
        for n, part in enumerate(("", "-part1"))
    }
    assert set(read_by(READER, written(tmp_path / "x", files))[0]) == {"5", "6"}


def test_a_file_that_is_cut_off_is_a_gap(tmp_path: Path) -> None:
    source = written(tmp_path / "x", {"data/follower.js": 'window.YTD.follower.part0 = [ {"follower"'})
    accounts, gaps = read_by(READER, source)
    assert (accounts, len(gaps)) == ({}, 1)


def test_the_archive_says_whose_it_is(tmp_path: Path) -> None:
    with open_tree(EXPORTS / "x") as tree:
        assert owner_of(tree) == Handle(name="soepkieke_x", platform="x", account_id="900000001")
    with open_tree(written(tmp_path / "x", {"data/account.js": "window.YTD.account.part0 = {"})) as tree:
        assert owner_of(tree) is None
