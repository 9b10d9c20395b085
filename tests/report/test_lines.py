"""Lines, counts and names as every report has them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report.web_facts import report

from fakeprofile.records import Edit
from fakeprofile.report.lines import WIDTH, count, edits_words, listed, plain, short_names, wrapped


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1234, "1,234 pages")]
)
def test_a_count_has_its_plural(number: int, words: str) -> None:
    assert count(number, "page") == words
    assert count(2, "search", "searches") == "2 searches"


@given(st.text(alphabet="ab é日 \u202e\x1b", max_size=300))
@settings(max_examples=50)
def test_no_line_is_wider_than_a_terminal_but_for_a_word_that_is(text: str) -> None:
    for line in wrapped(plain(text), 4, "  - "):
        assert len(line) <= WIDTH or " " not in line[4:].strip()


def test_an_address_is_never_broken_in_two() -> None:
    address = "https://a.example/" + "x-y" * 60
    assert any(address in line for line in wrapped(f"see {address} there", 4))


def test_what_has_nothing_under_it_has_no_title() -> None:
    assert list(listed("A title", [])) == []
    assert list(listed("A title", ["one"])) == ["A title", "  - one", ""]


def test_edits_stand_in_one_order() -> None:
    assert (
        edits_words((Edit.CROPPED, Edit.MIRRORED))
        == edits_words((Edit.MIRRORED, Edit.CROPPED))
        == "mirrored, cropped"
    )


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (("/home/p/a.jpg", "/home/p/b.jpg"), ["a.jpg", "b.jpg"]),
        (("/home/p/x/a.jpg", "/home/p/y/a.jpg"), ["x/a.jpg", "y/a.jpg"]),
        (("C:\\photos\\a.jpg",), ["a.jpg"]),
        (("-",), ["-"]),
    ],
)
def test_photos_are_called_without_the_folder_that_all_share(
    names: tuple[str, ...], short: list[str]
) -> None:
    assert list(short_names(report(names=names).facts).values()) == short
