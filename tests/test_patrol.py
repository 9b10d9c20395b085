"""A look for what is watched: from what the library keeps, without the photos, and only new things are new."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import fakeprofile
from fakeprofile.errors import UsageError
from fakeprofile.patrol import looks_for_watched
from fakeprofile.records import Handle, Watch
from fakeprofile.tools import Tools
from fakeprofile.watch import Look

CASES = Path(__file__).resolve().parents[1] / "fixtures" / "cases"
TODAY, LATER = "2026-07-01", "2026-08-01"


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with one checked account, whose photo is not there any more, and a watch on it."""
    folder = tmp_path_factory.mktemp("patrol")
    photo = Path(shutil.copy(CASES / "lars" / "1-stage.jpg", folder / "photo.jpg"))
    with fakeprofile.open_library(folder / "x.sqlite") as library:
        fakeprofile.check([photo], library=library, handle="instagram:lars", today=lambda: TODAY)
        library.watch_add(Watch(handle=Handle(name="lars", platform="instagram")), TODAY)
    photo.unlink()
    return folder / "x.sqlite"


@pytest.fixture
def file(watched: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(watched, tmp_path / "x.sqlite"))


def looks(library: fakeprofile.Library, *numbers: int, today: str = LATER) -> list[Look]:
    return list(looks_for_watched(Tools(library=library, today=lambda: today), numbers))


def test_an_account_that_shows_the_picture_later_is_new_once(file: Path) -> None:
    with fakeprofile.open_library(file) as library:
        (before,) = looks(library, today=TODAY)
        # The photo, and a picture that was found in it.
        assert (before.pictures, before.meetings, before.watch.run_on) == (2, (), None)
        photo = CASES / "third-name" / "1-stage.webp"
        fakeprofile.check([photo], library=library, handle="instagram:third", today=lambda: LATER)
        (look,) = looks(library)
        (meeting,) = look.meetings
        assert meeting.new
        assert look.watch.run_on == TODAY
        assert meeting.match.proven
        assert meeting.match.sighting.identity
        assert str(meeting.match.sighting.identity.handles[0]) == "instagram:third"
        (again,) = looks(library)
        assert [one.new for one in again.meetings] == [False]


def test_the_accounts_own_pictures_are_no_news(file: Path) -> None:
    with fakeprofile.open_library(file) as library:
        (look,) = looks(library)
        assert [identity.name for identity in look.identities] == ["lars"]
        assert not look.meetings


def test_a_picture_that_is_kept_without_a_thumbnail_is_a_gap_and_no_all_clear(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE photos SET thumbnail = NULL")
        connection.commit()
    with fakeprofile.open_library(file) as library:
        (look,) = looks(library)
        assert look.pictures == 0
        assert "without a thumbnail" in look.gaps[0].reason


def test_a_damaged_thumbnail_costs_only_itself(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE photos SET thumbnail = x'ffd8ff00' WHERE parent_id IS NULL")
        connection.commit()
    with fakeprofile.open_library(file) as library:
        (look,) = looks(library)
        assert len(look.gaps) == 1


def test_what_the_library_does_not_know_yet_is_an_empty_look(file: Path) -> None:
    with fakeprofile.open_library(file) as library:
        number, _ = library.watch_add(Watch(name="Nobody"), TODAY)
        (look,) = looks(library, number)
        assert (look.identities, look.pictures, look.meetings) == ((), 0, ())


def test_an_unknown_number_is_said_before_anything_is_looked_at(file: Path) -> None:
    with fakeprofile.open_library(file) as library:
        with pytest.raises(UsageError, match="no watch 99"):
            looks(library, 1, 99)
        assert library.watch_list()[0].run_on is None
