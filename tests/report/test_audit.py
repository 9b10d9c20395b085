"""What an audit prints and writes can do no harm, and says no more than is known."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeprofile.avatar import AvatarSaid, AvatarState, AvatarWhy
from fakeprofile.records import Account, Evidence, Handle, Level
from fakeprofile.report.audit import AuditRow, AuditSummary, Reached, SignCounts, audit_text
from fakeprofile.report.audit_table import COLUMNS, cell, csv_line
from fakeprofile.report.columns import columns_of
from fakeprofile.signs import signs_of
from fakeprofile.strength import words_of

UNKNOWN = AvatarSaid(state=AvatarState.UNKNOWN, why=AvatarWhy.NOTHING, platform=None)


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "＋", "－", "＠", " \t="]
)
def test_no_cell_begins_as_a_formula_does(start: str) -> None:
    assert cell(f"{start}cmd|' /C calc'!A0").startswith("'")


@given(st.text())
def test_no_text_moves_a_cursor_or_begins_a_formula(text: str) -> None:
    shown = cell(text)
    assert not shown.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_numbers_stay_numbers_and_long_ids_keep_their_digits() -> None:
    assert cell(-5) == "-5"
    assert cell(2.5) == "2.5"
    assert cell("40000000105") == "40000000105"
    assert cell("1784140000000000105") == "'1784140000000000105"


def test_what_is_unknown_is_empty_and_zero_is_zero() -> None:
    account = Account(handle=Handle(name="=lars\x1b[2J"), posts=0, name='a","b')
    row = AuditRow(number=1, account=account, reached=Reached.NO_PHOTOS, avatar=UNKNOWN)
    cells = dict(zip(COLUMNS, next(csv.reader(io.StringIO(csv_line(row)))), strict=True))
    assert cells["account"] == "'=lars�[2J"
    assert cells["name"] == 'a","b'
    assert (cells["posts"], cells["followers"], cells["photos_known_elsewhere"], cells["level"]) == (
        "0",
        "",
        "",
        "",
    )


def test_flagged_rows_come_first_and_the_strongest_of_a_level_first() -> None:
    def row(number: int, level: Level | None, strength: float | None = None) -> AuditRow:
        account = Account(handle=Handle(name=str(number)))
        return AuditRow(
            number=number,
            account=account,
            reached=Reached.LOOKED,
            avatar=UNKNOWN,
            level=level,
            log10_lr=strength,
        )

    rows = [
        row(1, Level.NOTHING_FOUND),
        row(2, None),
        row(3, Level.OTHER_ACCOUNT, 9.0),
        row(4, Level.OTHER_IDENTITY, 2.0),
        row(5, Level.OTHER_IDENTITY, 3.0),
        row(6, Level.OTHER_IDENTITY, 3.0),
    ]
    assert [one.number for one in sorted(rows, key=AuditRow.worst_first)] == [5, 6, 4, 3, 1, 2]


def test_the_table_of_signs_counts_under_the_sign_itself_and_not_under_its_opposite() -> None:
    account = Account(handle=Handle(name="lars"), posts=1, has_default_avatar=True)
    avatar = AvatarSaid(state=AvatarState.KNOWN_DEFAULT, why=AvatarWhy.FLAG, platform=None)
    signs = SignCounts()
    found = signs_of(account, on=date(2026, 7, 1), avatar=avatar)
    signs.add(AuditRow(number=1, account=account, reached=Reached.NO_PHOTOS, avatar=avatar, signs=found))
    lines = audit_text(summary(accounts=1), [], "", signs, "out").splitlines()
    head = next(line for line in lines if "absent" in line)
    assert head.split() == ["present", "absent", "unknown"]
    for label in ("No profile picture of its own", "Few posts (2 or fewer)"):
        line = next(line for line in lines if line.strip().startswith(label))
        assert line.removeprefix(f"  {label}").split() == ["1", "0", "0"]


def told(number: int, name: str, called: str | None = None) -> AuditRow:
    """An account with the pictures of somebody else."""
    reason = Evidence(code="other-identity", level=Level.OTHER_IDENTITY, parameters=(("name", "Mikkel"),))
    return AuditRow(
        number=number,
        account=Account(handle=Handle(name=name)),
        reached=Reached.LOOKED,
        avatar=UNKNOWN,
        level=Level.OTHER_IDENTITY,
        log10_lr=2.0,
        reason=reason,
        called=Handle(name=called) if called else None,
    )


NAMES = ("lars", "a_very_long_handle_that_goes_on_and_on", "שלום_ליאור", "سارة.12", "漢字" * 20, "fam👨‍👩‍👧", "❤️x", "a\x1b[2J",
         "\u202egnp", "e\u0301" * 40)  # fmt: skip


def test_the_table_fits_a_terminal_of_80_columns_whatever_the_names_and_the_reasons_stand_below_each_other() -> (
    None
):
    levels = dict.fromkeys(Level, 0) | {Level.OTHER_IDENTITY: len(NAMES)}
    rows = [told(number, name, name * 3) for number, name in enumerate(NAMES, 1)]
    text = audit_text(summary(accounts=len(NAMES), levels=levels), rows, "", SignCounts(), "out")
    lines = text.splitlines()
    assert max(map(columns_of, lines)) <= 80
    table = lines[3 : 3 + len(NAMES)]
    assert lines[2] == f"The same pictures stand under another name: {len(NAMES)} accounts"
    assert {columns_of(line[: line.index("pictures of Mikkel")]) for line in table} == {27}
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u200d]", text)


def test_who_stands_in_no_table_is_counted_with_the_reason_and_where_all_of_them_are() -> None:
    levels = dict.fromkeys(Level, 0) | {Level.OTHER_IDENTITY: 50, Level.NOTHING_FOUND: 412}
    reached = dict.fromkeys(Reached, 0) | {Reached.NO_PHOTOS: 3, Reached.LOOKED: 462}
    rows = [told(number, f"user{number}") for number in range(1, 41)]
    numbers = summary(accounts=465, levels=levels, reached=reached, unasked=2)
    text = audit_text(numbers, rows, "", SignCounts(), "out")
    assert "… and 10 more in out/audit.csv" in text
    words = " ".join(text.split())
    assert "415 other accounts, not shown here 412 nothing found in what they were compared with" in words
    assert "3 not looked at: no photo in the sources" in words
    assert "2 accounts not searched for on the web as far as was asked for" in words
    assert (
        "All accounts stand in audit.csv (opens in a spreadsheet) and audit.jsonl (all facts), in the folder out."
        in words
    )


def test_a_reason_is_told_in_one_line_and_what_others_are_called_only_where_there_is_room() -> None:
    levels = dict.fromkeys(Level, 0) | {Level.OTHER_IDENTITY: 2}
    rows = [told(1, "lars", "mikkel"), told(2, "finn", "a_much_longer_name_than_there_is_room_for")]
    text = audit_text(summary(accounts=2, levels=levels), rows, "", SignCounts(), "out")
    lines = [line for line in text.splitlines() if line.startswith(("  lars", "  finn"))]
    assert [line.split(maxsplit=1)[1] for line in lines] == [
        f"pictures of Mikkel (mikkel) [{words_of(2.0)}]",
        f"pictures of Mikkel [{words_of(2.0)}]",
    ]


def summary(**values: Any) -> AuditSummary:
    """An audit without a photo."""
    numbers = {
        "accounts": 0,
        "photos": 0,
        "photos_done": 0,
        "photos_unreadable": 0,
        "not_compared": 0,
        "groups": 0,
    }
    every: dict[str, Any] = {"levels": dict.fromkeys(Level, 0), "reached": dict.fromkeys(Reached, 0)}
    return AuditSummary(on="2026-07-01", complete=True, sources=(), **{**every, **numbers, **values})
