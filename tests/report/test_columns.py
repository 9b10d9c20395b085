"""Lines of a terminal: nothing is lost, and nothing is wider than it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.report.columns import WIDTH, columns_of, fitted, wrapped

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
