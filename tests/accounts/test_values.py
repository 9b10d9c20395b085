"""Counts, ids and dates are taken digit for digit, and what could mean two things is refused."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.accounts.values import (
    count_of,
    day_of,
    flag_of,
    id_of,
    is_unknown,
    moment_of,
    text_of,
    unguarded,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("1234", 1234),
        ("1.234", 1234),
        ("1,234", 1234),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1.234.567", 1_234_567),
        ("1,234,567.0", 1_234_567),
        ("123.0", 123),
        ("123,0", 123),
        ("12,3K", 12_300),
        ("12.3k", 12_300),
        ("1.2M", 1_200_000),
        ("1,25 mln.", 1_250_000),
        ("3 duizend", 3000),
        ("2 mld", 2_000_000_000),
    ],
)
def test_a_count_is_read_in_dutch_and_english(text: str, number: int) -> None:
    assert count_of(text) == number


@pytest.mark.parametrize(
    "text", ["-1", "1.5", "12.34", "1.2345", "1.234K", "1,23,456", "many", "1e5", "½", "٣"]
)
def test_what_is_no_clear_count_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no count"):
        count_of(text)


@given(st.integers(0, 10**12), st.sampled_from([",", ".", " "]))
@settings(max_examples=60)
def test_a_count_comes_back_under_every_thousands_separator(number: int, separator: str) -> None:
    assert count_of(f"{number:,}".replace(",", separator)) == number


@pytest.mark.parametrize(
    ("text", "account_id"),
    [
        ("12345", "12345"),
        ("12345.0", "12345"),
        ("007", "7"),
        ("0", "0"),
        ("76561198012345678", "76561198012345678"),
    ],
)
def test_an_id_is_kept_digit_for_digit(text: str, account_id: str) -> None:
    assert id_of(text) == account_id


@pytest.mark.parametrize(
    "text",
    ["1.23457E+16", "7,65E+16", "1e+16", "76561198012345678.0", "76561198012345600", "1234567890123450"],
)
def test_an_id_that_a_spreadsheet_rounded_is_never_taken(text: str) -> None:
    with pytest.raises(ValueError, match="spreadsheet"):
        id_of(text)


@given(st.integers(1, 10**15 - 1))
@settings(max_examples=50)
def test_an_id_of_up_to_15_digits_survives_a_spreadsheet(number: int) -> None:
    assert id_of(str(number)) == id_of(f"{number}.0") == str(number)


@pytest.mark.parametrize("text", ["", "=1+1", "anna b", "-5", "12.5"])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no id"):
        id_of(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-12-31", "2024-12-31"),
        ("2024", "2024"),
        ("31-12-2024", "2024-12-31"),
        ("1-2-2024", "2024-02-01"),
        ("31.12.2024", "2024-12-31"),
        ("31/12/2024", "2024-12-31"),
        ("12/31/2024", "2024-12-31"),
        ("2/2/2024", "2024-02-02"),
        ("31-12-2024 18:30", "2024-12-31"),
        ("2024/12/31", "2024-12-31"),
        ("45657", "2024-12-31"),
        ("45657,75", "2024-12-31"),
        ("1735689599", "2024-12-31"),
        ("1735689599000", "2024-12-31"),
        ("2024-12-31T23:30:00Z", "2024-12-31"),
        ("2024-12-31 23:30:00-05:00", "2025-01-01"),
    ],
)
def test_a_date_is_read_as_exports_and_spreadsheets_write_it(text: str, day: str) -> None:
    assert day_of(text) == day


def test_of_a_date_whose_day_and_month_could_be_swapped_only_the_year_is_known() -> None:
    assert day_of("01/02/2024") == "2024"


@pytest.mark.parametrize("text", ["31-02-2024", "13/13/2024", "yesterday", "99999", "2024-13", "12:30"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no date"):
        day_of(text)


def test_the_time_of_day_is_kept_only_where_the_zone_is_told() -> None:
    assert moment_of("2024-05-01T14:00:00+02:00") == "2024-05-01T12:00:00Z"
    assert moment_of("1714564800") == "2024-05-01T12:00:00Z"
    assert moment_of("2024-05-01 14:00") == "2024-05-01"


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2040, 1, 1)))
@settings(max_examples=50)
def test_a_dutch_date_and_the_day_number_of_a_spreadsheet_are_the_same_day(day: datetime.date) -> None:
    serial = (day - datetime.date(1899, 12, 30)).days
    assert day_of(f"{day.day}-{day.month}-{day.year}") == day_of(str(serial)) == day.isoformat()


@pytest.mark.parametrize("text", ["ja", "Yes", "TRUE", "1", "waar", "privé", "Y"])
def test_yes_is_understood_in_both_languages(text: str) -> None:
    assert flag_of(text) is True


@pytest.mark.parametrize("text", ["nee", "No", "FALSE", "0", "onwaar", "openbaar", "N"])
def test_no_is_understood_in_both_languages(text: str) -> None:
    assert flag_of(text) is False


@pytest.mark.parametrize("text", ["n/a", "NaN", "-", "onbekend", "NULL", "#N/B", "#REF!", "########"])
def test_a_cell_that_says_unknown_is_no_value(text: str) -> None:
    assert is_unknown(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Anna\x1b[2J B", "Anna[2J B"),
        ("\u202eanna\u202c", "anna"),
        ("two\nlines\tand\u2028more", "two lines and more"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("<b>Anna</b>", "<b>Anna</b>"),
        ("\x00\u200e", None),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_a_name_can_neither_move_the_cursor_nor_turn_text_around(text: str, shown: str | None) -> None:
    assert text_of(text) == shown


def test_what_guards_a_cell_from_a_spreadsheet_is_taken_off() -> None:
    assert unguarded("'=x") == "=x"
    assert unguarded('="0123"') == "0123"
    assert unguarded("'n Naam") == "'n Naam"
