"""Spreadsheets are read by the values that stand in them; bombs and damaged files are errors in one line."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path

import pytest
from accounts_given import read_all
from openpyxl import Workbook

from fakeprofile.errors import SourceError
from fakeprofile.records import Tie


def saved(path: Path, **sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The spreadsheet with something else in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(info.filename, data.replace(old, new, 1) if info.filename == part else data)
    path.write_bytes(out.getvalue())
    return path


def test_numbers_dates_and_words_are_read_as_they_stand(tmp_path: Path) -> None:
    head = ["Gebruikersnaam", "id", "Volgers", "Privé", "Aangemaakt", "Gezien op"]
    row = ["anna", 4711.0, 1234, True, datetime.datetime(2024, 12, 31), datetime.datetime(2026, 5, 1, 10)]
    account = read_all(saved(tmp_path / "l.xlsx", Blad1=[["Mijn lijst"], [], head, row])).accounts[0]
    assert (account.handle.name, account.handle.account_id, account.followers) == ("anna", "4711", 1234)
    assert (account.private, account.created_on, account.as_of) == (True, "2024-12-31", "2026-05-01")
    assert account.where == "l.xlsx row 4"


def test_an_id_kept_as_a_number_is_taken_only_if_no_digit_was_lost(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["username", "id"],
        ["a", 1.2345678901234567e16],
        ["b", 123456789012345],
        ["c", "12345678901234567"],
    ]
    read = read_all(saved(tmp_path / "l.xlsx", Blad1=rows))
    assert [one.handle.account_id for one in read.accounts] == [None, "123456789012345", "12345678901234567"]
    assert "rounded by a spreadsheet" in read.text


def test_every_sheet_is_read_and_its_name_can_say_whose_list_it_is(tmp_path: Path) -> None:
    read = read_all(
        saved(
            tmp_path / "l.xlsx",
            followers=[["username"], ["anna"]],
            following=[["username"], ["lars"]],
            notes=[["a b"], ["c d"]],
        )
    )
    assert [(one.handle.name, one.ties) for one in read.accounts] == [
        ("anna", (Tie.FOLLOWER,)),
        ("lars", (Tie.FOLLOWING,)),
    ]
    assert "sheet notes: no heading that names a column of handles" in read.text
    assert read.accounts[1].where == "l.xlsx sheet following row 2"


def test_a_formula_is_never_worked_out(tmp_path: Path) -> None:
    read = read_all(
        saved(
            tmp_path / "l.xlsx",
            Blad1=[["username", "followers"], ['=HYPERLINK("http://evil.example")', 3], ["anna", "=1+1"]],
        )
    )
    assert [(one.handle.name, one.followers) for one in read.accounts] == [("anna", None)]
    assert "row 2: names no account" in read.text


def test_a_handle_that_a_spreadsheet_turned_into_a_date_or_number_is_nobodys(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["username", "posts"],
        [datetime.date(2024, 5, 1), 1],
        [1.5, 1],
        ["mei.2024", 1],
    ]
    read = read_all(saved(tmp_path / "l.xlsx", Blad1=rows))
    assert read.handles == ["mei.2024"]
    assert 'row 2: "2024-05-01" is a date, into which spreadsheets turn some handles' in read.text


def test_a_plain_column_of_handles_needs_no_heading(tmp_path: Path) -> None:
    assert read_all(saved(tmp_path / "l.xlsx", Blad1=[["@anna"], ["lars"]])).handles == ["anna", "lars"]


def test_what_a_sheet_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    path = saved(tmp_path / "l.xlsx", Blad1=[["username", "posts"], ["anna", 1]])
    changed(path, "xl/worksheets/sheet1.xml", b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert read_all(path).handles == ["anna"]


def test_a_coloured_last_row_does_not_make_a_million_accounts(tmp_path: Path) -> None:
    path = saved(tmp_path / "l.xlsx", Blad1=[["username", "posts"], ["anna", 1]])
    changed(
        path,
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        b'<row r="300000"><c r="XFD300000"/></row></sheetData>',
    )
    assert read_all(path).handles == ["anna"]


def test_what_stands_far_below_is_read_too(tmp_path: Path) -> None:
    path = saved(tmp_path / "l.xlsx", Blad1=[["username", "posts"], ["anna", 1]])
    below = b'<row r="90000"><c r="A90000" t="inlineStr"><is><t>lars</t></is></c></row></sheetData>'
    changed(path, "xl/worksheets/sheet1.xml", b"</sheetData>", below)
    read = read_all(path)
    assert read.handles == ["anna", "lars"]
    assert read.accounts[1].where == "l.xlsx row 90000"


def test_entities_that_grow_without_end_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "l.xlsx", Blad1=[["username"], ["anna"]])
    lol = b"".join(b'<!ENTITY l%d "%s">' % (at, b"&l%d;" % (at - 1) * 10) for at in range(1, 10))
    bomb = b'<!DOCTYPE x [<!ENTITY l0 "lol">' + lol + b"]>"
    for part in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"):
        changed(path, part, b"<workbook", bomb + b"<workbook")
        changed(path, part, b"<worksheet", bomb + b"<worksheet")
        changed(path, part, b"<sst", bomb + b"<sst")
    with pytest.raises(SourceError, match="damaged or of a rare sort"):
        read_all(path)


def test_a_part_that_unpacks_to_far_more_than_a_list_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "l.xlsx", Blad1=[["username"], ["anna"]])
    changed(path, "xl/worksheets/sheet1.xml", b"</sheetData>", b" " * 20_000_000 + b"</sheetData>")
    with pytest.raises(SourceError, match="far larger than a list"):
        read_all(path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"])
def test_a_damaged_spreadsheet_is_an_error_in_one_line(tmp_path: Path, part: str) -> None:
    path = saved(tmp_path / "l.xlsx", Blad1=[["username"], ["anna"]])
    changed(path, part, b">", b"<<&")
    with pytest.raises(SourceError) as refused:
        read_all(path)
    assert "save it as CSV" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_bad_row_never_costs_the_good_one_beside_it(tmp_path: Path) -> None:
    read = read_all(saved(tmp_path / "l.xlsx", Blad1=[["anna"], ["two", "cells"]]))
    assert read.handles == ["anna"]
    assert "row 2" in read.text and "two cells" in read.text
