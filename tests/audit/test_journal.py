"""A journal loses nothing that was written whole, and takes nothing that was torn for whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.audit.journal import Journal
from fakeprofile.errors import UsageError

LINES = [
    {"kind": "photo", "at": 0, "sha": "a" * 64},
    {"kind": "looked", "name": "ë\n\x1b[2J", "n": 1.5},
    {"kind": "x"},
]


def test_lines_come_back_in_their_order_and_at_their_places(tmp_path: Path) -> None:
    with Journal(tmp_path / "j") as journal:
        places = [journal.add(line) for line in LINES]
        assert [journal.at(place) for place in reversed(places)] == LINES[::-1]
    with Journal(tmp_path / "j") as journal:
        assert list(journal.lines()) == list(zip(places, LINES, strict=True))


@given(cut=st.integers(1, 120))
@settings(max_examples=30, deadline=None)
def test_whatever_is_cut_off_its_end_the_whole_lines_are_kept_and_it_goes_on_behind_them(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = tmp_path_factory.mktemp("journal") / "j"
    with Journal(path) as journal:
        ends = [journal.add(line) for line in LINES]
    data = path.read_bytes()
    ends = [*ends[1:], len(data)]
    left = data[:-cut] if cut < len(data) else b""
    path.write_bytes(left)
    whole = sum(end <= len(left) for end in ends)
    with Journal(path) as journal:
        assert [line for _, line in journal.lines()] == LINES[:whole]
        journal.add({"kind": "after"})
    with Journal(path) as journal:
        assert [line for _, line in journal.lines()] == [*LINES[:whole], {"kind": "after"}]


def test_a_line_that_was_changed_ends_what_can_be_trusted(tmp_path: Path) -> None:
    path = tmp_path / "j"
    with Journal(path) as journal:
        places = [journal.add(line) for line in LINES]
    data = bytearray(path.read_bytes())
    data[places[1] + 30] ^= 1
    path.write_bytes(data)
    with Journal(path) as journal:
        assert [line for _, line in journal.lines()] == LINES[:1]
        with pytest.raises(UsageError, match="changed by something else"):
            journal.at(places[1])
