"""What is watched is kept once, outlives what it must outlive, and goes with what it belongs to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from shelf import TODAY, a_print, seen

from fakeprofile.errors import UsageError
from fakeprofile.records import Handle, Level, Watch
from fakeprofile.references import database
from fakeprofile.references.library import Library

LARS = Handle(name="Lars.2011", platform="instagram")


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.in_memory() as opened:
        yield opened


def checked(library: Library, *photos: int, account: Handle = LARS) -> int:
    prints = [a_print(photo) for photo in photos]
    return library.remember(account, "Lars", prints, level=Level.NOTHING_FOUND, report="{}", today=TODAY)


def test_what_is_watched_comes_out_as_it_went_in(library: Library) -> None:
    number, new = library.watch_add(Watch(handle=LARS, account_id="77", note="asked for photos"), TODAY)
    (watch,) = library.watch_list()
    assert new
    assert (watch.id, str(watch.handle), watch.account_id) == (number, "instagram:Lars.2011", "77")
    assert (watch.note, watch.added_on, watch.run_on) == ("asked for photos", TODAY, None)


def test_watching_the_same_again_renews_only_the_note(library: Library) -> None:
    first, _ = library.watch_add(Watch(handle=LARS, note="one"), TODAY)
    small = Handle(name="lars.2011", platform="instagram")
    assert library.watch_add(Watch(handle=small, note="two"), "2027-01-01") == (first, False)
    assert library.watch_add(Watch(handle=small), "2027-01-01") == (first, False)
    (watch,) = library.watch_list()
    assert (watch.note, watch.added_on) == ("two", TODAY)


def test_a_case_that_is_not_there_cannot_be_watched(library: Library) -> None:
    with pytest.raises(UsageError, match="no case 9"):
        library.watch_add(Watch(case=9), TODAY)
    assert not library.watch_list()


@pytest.mark.parametrize("watch", [Watch(), Watch(name=" \x07 "), Watch(note="only a note")])
def test_nothing_cannot_be_watched(library: Library, watch: Watch) -> None:
    with pytest.raises(UsageError, match="nothing to watch"):
        library.watch_add(watch, TODAY)


def test_of_several_watches_all_are_removed_or_none(library: Library) -> None:
    numbers = [library.watch_add(Watch(name=name), TODAY)[0] for name in ("Imke", "Tobias")]
    with pytest.raises(UsageError, match="no watch 99"):
        library.watch_remove([*numbers, 99])
    assert len(library.watch_list()) == 2
    assert library.watch_remove(numbers) == 2
    assert not library.watch_list()


def test_a_forgotten_case_is_no_longer_watched_by_its_number_but_still_by_its_handle(
    library: Library,
) -> None:
    case = checked(library, 1)
    library.watch_add(Watch(case=case), TODAY)
    by_handle, _ = library.watch_add(Watch(handle=LARS), TODAY)
    library.forget([case])
    assert [watch.id for watch in library.watch_list()] == [by_handle]


def test_what_was_told_of_a_forgotten_case_is_forgotten_too(library: Library) -> None:
    library.add_photo(a_print(1), seen("Imke"), TODAY)
    case = checked(library, 2)
    watch, _ = library.watch_add(Watch(name="Imke"), TODAY)
    sightings = [sighting.id for sighting in library.sightings()]
    library.watch_tell(watch, sightings, TODAY)
    assert library.watch_told(watch) == frozenset(sightings)
    library.forget([case])
    assert library.watch_told(watch) == frozenset(sightings[:1])
    library.remove(sightings[:1])
    assert not library.watch_told(watch)
    assert not list(library.damage())


def test_telling_survives_a_sighting_or_watch_that_is_gone_meanwhile(library: Library) -> None:
    library.add_photo(a_print(1), seen("Imke"), TODAY)
    watch, _ = library.watch_add(Watch(name="Imke"), TODAY)
    library.watch_tell(watch, [1, 4711], TODAY)
    assert library.watch_told(watch) == {1}
    assert library.watch_list()[0].run_on == TODAY
    library.watch_tell(99, [1], TODAY)


def test_the_kept_pictures_are_those_of_the_identity(library: Library) -> None:
    library.add_photo(a_print(1), seen("Imke"), TODAY)
    case = checked(library, 1, 2)
    known = {identity.name: (identity.id, of_case) for identity, of_case in library.identities()}
    assert known["Lars"] == (case, True)
    imke, of_case = known["Imke"]
    assert not of_case
    assert [one.sha256 for one in library.kept_pictures(imke)] == [a_print(1).sha256]
    pictures = list(library.kept_pictures(case))
    assert [one.sha256 for one in pictures] == [a_print(1).sha256, a_print(2).sha256]
    assert pictures[0].thumbnail == a_print(1).thumbnail
    assert (pictures[0].width, pictures[0].height, pictures[0].panel) == (400, 500, None)


def test_a_library_of_before_there_were_watches_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    folder = Path(database.__file__).parent
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        scripts = [(folder / name).read_text("utf-8") for name in database.SCRIPTS[:3]]
        database.migrate(connection, scripts)
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
        connection.execute("INSERT INTO identities (kind, name) VALUES ('reference', 'Imke')")
    with Library.open(path) as library:
        number, _ = library.watch_add(Watch(name="Imke"), TODAY)
        assert [watch.id for watch in library.watch_list()] == [number]
        assert [identity.name for identity, _ in library.identities()] == ["Imke"]
        assert not list(library.damage())
