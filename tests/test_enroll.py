"""Photos and hashes become references: in batches, without doubling, and whatever stops it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drawn import scene
from PIL import Image
from shelf import TODAY, picture, seen, tables

from fakeprofile import enroll as module
from fakeprofile.enroll import Enrolled, enroll, entries_of_photos, rehash
from fakeprofile.errors import LibraryError, LibraryLocked
from fakeprofile.fingerprint import KEYPOINTS, WHOLE, query_fingerprint
from fakeprofile.photo import read
from fakeprofile.records import Added, DateKind, Entry, Gap, NewHash, NewSighting, Photo
from fakeprofile.references.library import Library
from fakeprofile.settings import DEFAULT


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.in_memory() as opened:
        yield opened


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("photos")
    return [picture(folder / f"{seed}.jpg", seed) for seed in range(3)]


def hashed(number: int, **more: Any) -> Entry:
    return Entry(about=f"line {number}", sighting=seen(**more), hashes=NewHash(pdq=f"{number + 1:064x}"))


def pictured(path: Path, **more: Any) -> Entry:
    return Entry(about=path.name, sighting=seen(**more), path=str(path))


def done(entries: Any, library: Library, **more: Any) -> list[Added | str]:
    """What became of each entry: how it was added, or why it was not."""
    outcomes = enroll(entries, library, today=TODAY, settings=DEFAULT, **more)
    return [one.added if isinstance(one, Enrolled) else one.reason for one in outcomes]


def asked(path: Path) -> tuple[Photo, Any]:
    photo = read(path, limits=DEFAULT.limits, least_side=DEFAULT.query_side)
    assert isinstance(photo, Photo)
    return photo, query_fingerprint(photo)


# --- what becomes of entries --------------------------------------------------------------


def test_photos_are_added_and_known_the_next_time(photos: list[Path], library: Library) -> None:
    entries = [pictured(path) for path in photos]
    assert done(entries, library) == [Added.NEW] * 3
    assert done(entries, library) == [Added.KNOWN] * 3
    assert done([*entries, *entries], library) == [Added.KNOWN] * 6
    assert library.counts(KEYPOINTS) == (3, 0, 0)


def test_a_photo_that_stands_in_a_source_twice_is_added_once(photos: list[Path], library: Library) -> None:
    entries = [pictured(photos[0]), pictured(photos[0]), pictured(photos[0], identity="Lars")]
    assert done(entries, library) == [Added.NEW, Added.KNOWN, Added.NEW]
    assert library.counts(KEYPOINTS) == (1, 0, 0)


def test_what_cannot_be_read_is_a_gap_and_the_rest_goes_on(
    photos: list[Path], library: Library, tmp_path: Path
) -> None:
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "cut.jpg").write_bytes(photos[0].read_bytes()[:300])
    entries = [
        Gap(step="import", about="line 1", reason="of the source"),
        pictured(tmp_path / "empty.jpg"),
        pictured(photos[0]),
        pictured(tmp_path / "cut.jpg"),
        pictured(tmp_path / "missing.jpg"),
        Entry(about="line 9", sighting=seen()),
        pictured(photos[1]),
    ]
    outcomes = list(enroll(entries, library, today=TODAY, settings=DEFAULT))
    gaps = [one for one in outcomes if isinstance(one, Gap)]
    assert [Path(gap.about).name for gap in gaps] == [
        "line 1",
        "empty.jpg",
        "cut.jpg",
        "missing.jpg",
        "line 9",
    ]
    assert len(outcomes) == 7
    assert library.counts(KEYPOINTS) == (2, 0, 0)


def test_a_thumbnail_that_was_not_wanted_at_first_is_made_up_for(
    photos: list[Path], library: Library
) -> None:
    entries = [pictured(photos[0])]
    assert done(entries, library, thumbnails=False) == [Added.NEW]
    assert done(entries, library, thumbnails=False) == [Added.KNOWN]
    assert done(entries, library) == [Added.COMPLETED]
    assert done(entries, library, thumbnails=False) == [Added.KNOWN]
    photo, prints = asked(photos[0])
    assert library.near(prints, photo.sha256, 5)[0].thumbnail


def test_the_picture_of_a_hash_that_was_known_completes_it(photos: list[Path], library: Library) -> None:
    photo, prints = asked(photos[0])
    entry = Entry(about="line 1", sighting=seen(), hashes=NewHash(sha256=photo.sha256))
    assert done([entry, pictured(photos[0])], library) == [Added.NEW, Added.COMPLETED]
    assert library.near(prints, "0" * 64, 5)[0].keypoints


def test_a_picture_that_says_nothing_is_refused_with_the_reason(library: Library, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (300, 300), "navy").save(tmp_path / "plain.png")
    (reason,) = done([pictured(tmp_path / "plain.png")], library)
    assert "plain" in reason or "avatar" in reason
    assert not any(tables(library._rows._connection).values())


def test_photos_in_files_and_folders_are_entries_of_one_sighting(photos: list[Path], tmp_path: Path) -> None:
    sighting = seen("Imke")
    entries = list(
        entries_of_photos([photos[0].parent, photos[1], tmp_path / "no"], sighting, DEFAULT.limits)
    )
    assert [entry.path for entry in entries if isinstance(entry, Entry)] == [
        *map(str, photos),
        str(photos[1]),
    ]
    assert [gap.about for gap in entries if isinstance(gap, Gap)] == [str(tmp_path / "no")]


# --- dates --------------------------------------------------------------------------------


def test_a_date_in_the_future_is_a_gap_and_the_photo_is_kept_without_it(library: Library) -> None:
    entries = [
        hashed(1, seen_on="2031", date_kind=DateKind.STATED),
        hashed(2, seen_on="2026-11-25", date_kind=DateKind.STATED),
        hashed(3, seen_on="2026-11-24", date_kind=DateKind.STATED),
        hashed(4, seen_on="2026", date_kind=DateKind.STATED),
    ]
    outcomes = list(enroll(entries, library, today=TODAY, settings=DEFAULT))
    gaps = [one for one in outcomes if isinstance(one, Gap)]
    assert [gap.about for gap in gaps] == ["line 1", "line 2"]
    assert "2031 lies in the future" in gaps[0].reason
    assert [(one.seen_on, one.date_kind) for one in library.sightings()] == [
        (None, None),
        (None, None),
        ("2026-11-24", DateKind.STATED),
        ("2026", DateKind.STATED),
    ]


# --- stopping -----------------------------------------------------------------------------


def test_entries_are_written_a_few_hundred_at_a_time(library: Library) -> None:
    outcomes = enroll(map(hashed, range(10**9)), library, today=TODAY, settings=DEFAULT)
    for _ in range(module.BATCH + 1):
        next(outcomes)
    assert library.counts(KEYPOINTS) == (0, 2 * module.BATCH, 0)
    outcomes.close()


def test_what_is_written_together_never_depends_on_the_clock(tmp_path: Path, library: Library) -> None:
    """A slow machine makes the same files of the index as a fast one."""
    for number in range(module.PHOTOS + 2):
        Image.fromarray(scene(number, 90, 80)).save(tmp_path / f"{number:03}.png")
    entries = [
        Entry(about=str(path), path=str(path), sighting=NewSighting(identity="x"))
        for path in sorted(tmp_path.glob("*.png"))
    ]
    outcomes = enroll(entries, library, today=TODAY, settings=DEFAULT)
    next(outcomes)
    assert len(library.sightings()) == module.PHOTOS
    outcomes.close()


def test_what_was_made_ready_is_written_when_it_is_stopped(library: Library) -> None:
    entries = [hashed(1), hashed(2), Gap(step="import", about="x", reason="y"), hashed(3)]
    outcomes = enroll(entries, library, today=TODAY, settings=DEFAULT)
    next(outcomes)
    outcomes.close()
    assert library.counts(KEYPOINTS) == (0, 2, 0)


def test_what_was_made_ready_is_written_when_the_source_fails(library: Library) -> None:
    def source() -> Iterator[Entry]:
        yield hashed(1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        done(source(), library)
    assert library.counts(KEYPOINTS) == (0, 1, 0)


def test_a_library_that_becomes_locked_ends_the_import_and_keeps_what_was_told(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with Library.open(path, patience=0.05) as library, Library.open(path) as other:
        outcomes = enroll(map(hashed, range(1000)), library, today=TODAY, settings=DEFAULT)
        told = [next(outcomes) for _ in range(module.BATCH)]
        with other.writing():
            with pytest.raises(LibraryLocked):
                next(outcomes)
            assert list(outcomes) == []
        assert len(other.sightings()) == len(told)


def test_a_full_disk_ends_the_import_and_keeps_what_was_told(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.sqlite") as library:
        library._rows.all("PRAGMA max_page_count = 100")
        told = 0
        with pytest.raises(LibraryError, match="no room left"):
            for _ in enroll(map(hashed, range(100_000)), library, today=TODAY, settings=DEFAULT):
                told += 1
        assert told
        assert len(library.sightings()) == told
        assert not list(library.damage())


def test_a_photo_that_another_program_removes_meanwhile_is_a_gap(
    photos: list[Path], library: Library
) -> None:
    done([pictured(photos[0])], library)

    def source() -> Iterator[Entry]:
        yield pictured(photos[0], identity="Lars")
        library.remove([1])
        yield hashed(1)

    first, second = done(source(), library)
    assert "add it again" in first
    assert second is Added.NEW


# --- hashing again ------------------------------------------------------------------------


def test_photos_of_another_version_are_hashed_again_from_their_thumbnails_and_found(
    photos: list[Path], library: Library
) -> None:
    done([pictured(photos[0]), pictured(photos[1])], library)
    done([pictured(photos[2])], library, thumbnails=False)
    library._rows.run(
        "UPDATE photos SET keypoint_algorithm = 'old/1', codes = zeroblob(160), points = zeroblob(80)"
    )
    assert library.counts(KEYPOINTS) == (3, 0, 3)
    outcomes = list(rehash(library, DEFAULT))
    gaps = [one for one in outcomes if isinstance(one, Gap)]
    assert len(outcomes) == 3
    assert len(gaps) == 1
    assert "import the photo again" in gaps[0].reason
    assert library.outdated_count(KEYPOINTS, WHOLE) == 1
    photo, prints = asked(photos[0])
    found = {known.sha256: known for known in library.near(prints, "0" * 64, 5)}
    keypoints = found[photo.sha256].keypoints
    assert keypoints is not None
    assert len(keypoints) > 100
    assert keypoints.points[:, 0].max() <= photo.width
    # The photo without a thumbnail is hashed when it is imported again.
    assert done([pictured(photos[2])], library, thumbnails=False) == [Added.COMPLETED]
    assert library.outdated_count(KEYPOINTS, WHOLE) == 0
    assert list(rehash(library, DEFAULT)) == []


def test_a_damaged_thumbnail_is_a_gap_when_it_is_needed(photos: list[Path], library: Library) -> None:
    done([pictured(photos[0])], library)
    library._rows.run("UPDATE photos SET keypoint_algorithm = 'old/1', thumbnail = x'ffd8ff00'")
    (gap,) = rehash(library, DEFAULT)
    assert isinstance(gap, Gap)
    assert "import the photo again" in gap.reason


def test_damaged_keypoints_are_made_again(photos: list[Path], library: Library) -> None:
    done([pictured(photos[0])], library)
    library._rows.run("UPDATE photos SET codes = x'00'")
    assert list(library.damage())
    assert len(list(rehash(library, DEFAULT))) == 1
    assert not list(library.damage())


def test_an_entry_keeps_all_but_the_date_that_cannot_be() -> None:
    entry = hashed(1, seen_on="2031", date_kind=DateKind.STATED, note="kept")
    changed, _ = module._in_time(entry, TODAY)
    assert changed == dataclasses.replace(
        entry, sighting=dataclasses.replace(entry.sighting, seen_on=None, date_kind=None)
    )
