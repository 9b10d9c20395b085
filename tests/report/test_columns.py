"""Lines of a terminal: nothing is lost, and nothing is wider than it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.report.columns import NARROWEST, WIDTH, at_width, columns_of, fitted, folded, wrapped
from fakeprofile.report.lines import wrapped as prose

TEXT = st.text(st.sampled_from("ab 李é\u0301"), max_size=400)


@settings(max_examples=100, deadline=None)
@given(TEXT, st.integers(0, 8), st.sampled_from([None, "  - ", "A  "]))
def test_wrapped_text_fits_and_loses_no_letter(text: str, indent: int, first: str | None) -> None:
    lines = wrapped(text, indent, first)
    assert all(columns_of(line) <= WIDTH for line in lines)
    begin = len(first if first is not None else " " * indent)
    kept = "".join(line[begin if number == 0 else indent :] for number, line in enumerate(lines))
    assert kept.replace(" ", "") == "".join(text.split())


@settings(max_examples=100, deadline=None)
@given(TEXT, st.integers(1, 40))
def test_a_cell_is_exactly_as_wide_as_its_column(text: str, columns: int) -> None:
    cell = fitted(text, columns)
    assert columns_of(cell) == columns
    assert columns_of(text) > columns or cell.rstrip(" ") == text.rstrip(" ")


@settings(max_examples=100, deadline=None)
@given(TEXT, st.integers(0, 8), st.integers(1, 120))
def test_on_a_terminal_only_a_word_that_is_too_long_for_it_is_wider(
    text: str, indent: int, columns: int
) -> None:
    with at_width(columns):
        lines = prose(text, indent)
        at_most = max(NARROWEST, min(96, columns))
    assert all(columns_of(line) <= at_most or len(line.split()) == 1 for line in lines)
    assert " ".join(text.split()) == " ".join(" ".join(lines).split())


def test_a_line_of_a_table_is_folded_on_a_terminal_only() -> None:
    parts = ("    1", "Mikkel Sandvang", "", "2016", "https://mikkelsandvang.example/tour-2016")
    whole = "    1  Mikkel Sandvang  2016  https://mikkelsandvang.example/tour-2016"
    assert folded(parts, 7) == [whole]
    with at_width(80):
        assert folded(parts, 7) == [whole]
    with at_width(50):
        assert folded(parts, 7) == [
            "    1  Mikkel Sandvang  2016",
            "       https://mikkelsandvang.example/tour-2016",
        ]


def test_a_column_that_is_longer_than_a_line_is_broken_at_its_spaces() -> None:
    with at_width(NARROWEST):
        lines = folded(("1", "six photos: the same pictures under another name"), 3)
    assert lines == ["1  six photos: the same pictures under", "   another name"]


def test_behind_it_lines_are_as_wide_as_before() -> None:
    before = prose("word " * 50)
    with at_width(50):
        assert prose("word " * 50) != before
    assert prose("word " * 50) == before
