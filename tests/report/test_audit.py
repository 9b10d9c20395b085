"""What an audit prints and writes can do no harm, and says no more than is known."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeprofile.avatar import AvatarSaid, AvatarState, AvatarWhy
from fakeprofile.records import Account, Handle, Level
from fakeprofile.report.audit import AuditRow, AuditSummary, Reached, SignCounts, audit_text
from fakeprofile.report.audit_table import COLUMNS, cell, csv_line
from fakeprofile.signs import signs_of

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
    return AuditSummary(
        on="2026-07-01",
        complete=True,
        levels=dict.fromkeys(Level, 0),
        reached=dict.fromkeys(Reached, 0),
        sources=(),
        **{**numbers, **values},
    )
