"""What is kept of the photos of an audit answers as dictionaries would, and takes few bytes for each."""

from __future__ import annotations

import hashlib
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeprofile.audit.seen import Entries, Files, Marks, Places, Told
from fakeprofile.records import Status


def sha_of(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(-1, 20))))
def test_places_say_what_was_noted_last_by_rising_places(notes: list[tuple[int, int]]) -> None:
    places, known = Places(Files()), dict[int, str]()
    for place, number in notes:
        known[place] = sha_of(number) if number >= 0 else ""
        places.set(place, known[place])
    assert list(places.items()) == sorted(known.items())
    assert len(places) == len(known)
    assert places.get(99) is None
    stand = list(known.values())
    assert sorted(places.repeated()) == sorted({sha for sha in stand if sha and stand.count(sha) > 1})
    places.forget()
    assert not list(places)
    assert not len(places)


def test_files_come_back_in_the_order_in_which_they_were_looked_at_not_met() -> None:
    files = Files()
    places, entries = Places(files), Entries(files)
    for number in range(5):
        places.set(number, sha_of(number))
    told = Told(proven=True, status=Status.NOT_CHECKABLE, default="letters")
    entries.enter(sha_of(3), 700, told)
    entries.enter(sha_of(0), 5 * 2**32, Told())
    assert list(entries.items()) == [(sha_of(3), told), (sha_of(0), Told())]
    assert [entries.order_of(sha) for sha in entries] == [0, 1]
    assert [entries.place_of(sha) for sha in entries] == [700, 5 * 2**32]


def test_a_file_that_was_met_and_not_looked_at_is_no_entry() -> None:
    files = Files()
    Places(files).set(0, sha_of(1))
    entries, marks = Entries(files), Marks(files)
    entries.enter(sha_of(2), 0, Told())
    marks.add(sha_of(2))
    for sha in (sha_of(1), sha_of(9), ""):
        assert sha not in entries
        assert sha not in marks
        with pytest.raises(KeyError):
            entries.order_of(sha)
    assert sha_of(2) in entries
    assert sha_of(2) in marks


def test_a_photo_takes_some_two_hundred_bytes() -> None:
    tracemalloc.start()
    files = Files()
    places, entries, marks = Places(files), Entries(files), Marks(files)
    for number in range(50_000):
        sha = sha_of(number)
        places.set(number, sha)
        entries.enter(sha, 2000 * number, Told(proven=number % 50 == 0))
        marks.add(sha)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 50_000 * 250
