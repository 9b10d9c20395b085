"""What an audit prints and writes can do no harm, and says no more than is known."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeprofile.avatar import AvatarSaid, AvatarState, AvatarWhy
from fakeprofile.records import Account, Handle, Level
from fakeprofile.report.audit import COLUMNS, AuditRow, Reached, cell, csv_line

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
