"""The spine: what is asked of each step, and what a check leaves behind."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
import pytest

from fakeprofile.check import NO_SEARCH, check, photo_gaps
from fakeprofile.errors import LibraryError, LibraryForeign, LibraryLocked, LibraryReadOnly
from fakeprofile.records import (
    DateKind,
    Gap,
    Handle,
    Identity,
    Known,
    Level,
    Looked,
    Photo,
    Profile,
    Report,
    Sighting,
    Source,
    Status,
    Watch,
    WholeDistance,
)
from fakeprofile.references.library import Library
from fakeprofile.report.document import report_from_json
from fakeprofile.tools import Tools

TODAY = "2026-07-01"
LARS = Profile(handle=Handle(name="lars", platform="instagram"), name="Lars", age=11, account_id="77")


def photo(name: str = "a.jpg", seed: int = 1) -> Photo:
    """A picture with something in it."""
    noise = np.random.default_rng(seed).integers(0, 256, (24, 24, 3), dtype=np.uint8)
    pixels = cv2.resize(noise, (240, 240), interpolation=cv2.INTER_CUBIC)
    return Photo(name=name, sha256=f"{seed:064x}", width=240, height=240, pixels=np.asarray(pixels, np.uint8))


class FakeLibrary:
    """Knows whatever file it is asked about, under one sighting."""

    def __init__(self, *sightings: Sighting, counts: tuple[int, int, int] = (1, 0, 0)) -> None:
        self.sightings = sightings
        self.held = counts
        self.refuses: LibraryError | None = None
        self.remembered: list[tuple[tuple[Any, ...], dict[str, Any]]] = []

    def counts(self, algorithm: str) -> tuple[int, int, int]:
        return self.held

    def pictures(self) -> int:
        return 1

    def watch_list(self) -> tuple[Watch, ...]:
        return ()

    def near_any(
        self,
        fingerprints: Sequence[object],
        sha256: str,
        most: int,
        effort: object = None,
        before: int | None = None,
    ) -> tuple[tuple[Known, ...], ...]:
        distance = WholeDistance(phash=None, pdq=None)
        nothing = ((),) * (len(fingerprints) - 1)
        if not self.sightings:
            return ((), *nothing)
        known = Known(
            photo_id=1, sha256=sha256, width=240, height=240, keypoints=None, thumbnail=None,
            distance=distance, sightings=self.sightings,
        )  # fmt: skip
        return ((known,), *nothing)

    def remember(self, *arguments: Any, **more: Any) -> int:
        if self.refuses is not None:
            raise self.refuses
        self.remembered.append((arguments, more))
        return 5


def sighting(number: int = 1, seen_on: str | None = "2016-05-01") -> Sighting:
    owner = Identity(id=9, name="Mikkel Sandvang")
    return Sighting(
        id=number, source=Source.REFERENCE, identity=owner, photo_sha256="x", seen_on=seen_on,
        date_kind=DateKind.STATED,
    )  # fmt: skip


def tools_with(library: FakeLibrary, folder: FakeLibrary | None = None) -> Tools:
    return Tools(library=cast(Library, library), folder=cast("Library | None", folder), today=lambda: TODAY)


def checked(library: FakeLibrary, *photos: Photo | Gap, profile: Profile = LARS, **more: Any) -> Report:
    return check(photos or (photo(),), profile, tools_with(library), **more)


def test_facts_tell_what_was_looked_at_on_which_day() -> None:
    report = checked(FakeLibrary(sighting()), photo("a.jpg", 1), photo("b.jpg", 2))
    assert report.facts.checked_on == TODAY
    assert [one.photo for one in report.facts.looked] == ["a.jpg", "b.jpg"]
    assert report.facts.compared.photos == 1
    assert report.verdict.level is Level.OTHER_IDENTITY


def test_a_sighting_that_matches_twice_is_read_once() -> None:
    report = checked(FakeLibrary(sighting()), photo("a.jpg", 1), photo("b.jpg", 2))
    (reading,) = report.facts.readings
    assert (reading.sighting, reading.age_then is not None) == (1, True)


def test_a_photo_that_cannot_be_read_is_a_gap_and_the_others_go_on() -> None:
    bad = Gap(step="photo", about="b.jpg", reason="cut off")
    report = checked(FakeLibrary(), bad, photo())
    assert [one.status for one in report.facts.looked] == [Status.UNREADABLE, Status.OK]
    assert bad in report.facts.gaps
    assert report.verdict.level is Level.NOTHING_FOUND


def test_it_always_says_that_no_search_was_asked() -> None:
    assert NO_SEARCH in checked(FakeLibrary(sighting())).facts.gaps


@pytest.mark.parametrize(
    ("left", "told"), [(1, "one known photo that looks"), (47, "47 known photos that look")]
)
def test_known_photos_that_could_not_be_compared_are_a_gap(left: int, told: str) -> None:
    (gap,) = photo_gaps(Looked(photo="page.png", status=Status.OK, unexamined=left))
    assert (gap.step, gap.about) == ("matches", "page.png")
    assert told in gap.reason
    assert "--panel" in gap.reason


def test_gaps_from_before_are_kept_in_their_order() -> None:
    before = Gap(step="import", about="refs/x.jpg", reason="empty")
    assert checked(FakeLibrary(), more_gaps=(before,)).facts.gaps == (before, NO_SEARCH)


@pytest.mark.parametrize(
    ("counts", "words"), [((0, 0, 0), "empty"), ((3, 0, 2), "rehash"), ((0, 2, 0), None), ((3, 0, 0), None)]
)
def test_a_library_that_cannot_be_used_to_the_full_is_a_gap(
    counts: tuple[int, int, int], words: str | None
) -> None:
    told = [gap.reason for gap in checked(FakeLibrary(counts=counts)).facts.gaps if gap.step == "known"]
    assert len(told) == (words is not None)
    assert words is None or words in told[0]


def test_a_folder_given_with_the_command_counts_too_and_its_sightings_have_no_number_to_show() -> None:
    library, folder = FakeLibrary(sighting(1)), FakeLibrary(sighting(1), counts=(4, 2, 0))
    report = check([photo()], LARS, tools_with(library, folder))
    assert (report.facts.compared.photos, report.facts.compared.hashes) == (5, 2)
    assert sorted(match.sighting.id for match in report.facts.looked[0].matches) == [-1, 1]
    assert {reading.sighting for reading in report.facts.readings} == {-1, 1}


def test_what_is_remembered_is_the_account_with_its_number_its_photos_and_the_report() -> None:
    library = FakeLibrary()
    plain = dataclasses.replace(photo("plain.png", 3), pixels=np.full((240, 240, 3), 200, np.uint8))
    report = checked(library, photo("a.jpg", 1), plain)
    ((account, name, prints), more) = library.remembered[0]
    assert report.case == 5
    assert (account, name) == (Handle(name="lars", platform="instagram", account_id="77"), "Lars")
    assert [one.sha256 for one in prints] == [f"{1:064x}"]
    assert (more["level"], more["today"]) == (Level.NOTHING_FOUND, TODAY)
    assert report_from_json(more["report"]) == dataclasses.replace(report, case=None)


def test_nothing_is_remembered_if_that_is_not_wanted() -> None:
    library = FakeLibrary()
    assert checked(library, remember=False).case is None
    assert not library.remembered


def test_what_is_known_of_an_account_is_not_lost_to_a_check_that_saw_nothing(tmp_path: Path) -> None:
    """A path that was mistyped, and an account that shows a plain picture now."""
    gone = Gap(step="photo", about="a.jgp", reason="no such file")
    plain = dataclasses.replace(photo("plain.png", 3), pixels=np.full((240, 240, 3), 200, np.uint8))
    with Library.open(tmp_path / "x.sqlite") as library:
        tools = Tools(library=library, today=lambda: TODAY)
        assert check([gone], LARS, tools).case is None
        assert library.cases() == ()
        first = check([photo()], LARS, tools)
        assert first.case is not None
        stored = library.case_report(first.case)
        missed = check([gone], LARS, tools)
        (said,) = [gap.reason for gap in missed.facts.gaps if gap.step == "remember"]
        assert "none of its photos could be looked at" in said
        later = dataclasses.replace(tools, today=lambda: "2026-08-01")
        assert check([plain], LARS, later).case == first.case
        (case,) = library.cases()
        assert (case.level, case.last_checked_on) == (first.verdict.level, "2026-08-01")
        assert library.case_report(case.id) == stored


@pytest.mark.parametrize(
    ("profile", "called"),
    [
        (Profile(), None),
        (Profile(age=11), None),
        (Profile(name="Lars"), "Lars"),
        (Profile(handle=Handle(name="lars")), "lars"),
        (Profile(account_id="77"), "77"),
    ],
)
def test_an_account_is_remembered_by_whatever_it_can_be_called(profile: Profile, called: str | None) -> None:
    library = FakeLibrary()
    report = checked(library, profile=profile)
    assert (report.case is not None) == (called is not None)
    assert [arguments[1] for arguments, _ in library.remembered] == ([called] if called else [])


@pytest.mark.parametrize("error", [LibraryLocked("x.sqlite is busy"), LibraryReadOnly("x.sqlite: no")])
def test_a_library_that_cannot_be_written_costs_the_memory_not_the_answer(error: LibraryError) -> None:
    library = FakeLibrary(sighting())
    library.refuses = error
    report = checked(library)
    assert report.verdict.level is Level.OTHER_IDENTITY
    assert report.case is None
    assert any(gap.step == "remember" and str(error) in gap.reason for gap in report.facts.gaps)


def test_a_damaged_library_is_an_error() -> None:
    library = FakeLibrary()
    library.refuses = LibraryForeign("damaged")
    with pytest.raises(LibraryForeign):
        checked(library)


def test_a_date_that_is_none_is_passed_over() -> None:
    report = checked(FakeLibrary(sighting(1, "long ago"), sighting(2, None), sighting(3, "2016")))
    assert [reading.age_then is None for reading in report.facts.readings] == [True, True, False]


def test_photos_are_read_one_by_one_and_let_go() -> None:
    """A folder of phone photos must not lie in memory all at once."""
    alive = 0
    most = 0

    class Watched(Photo):
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def photos() -> Iterator[Photo]:
        nonlocal alive, most
        for seed in range(6):
            plain = photo(f"{seed}.jpg", seed)
            alive += 1
            most = max(most, alive)
            yield Watched(name=plain.name, sha256=plain.sha256, width=240, height=240, pixels=plain.pixels)

    check(photos(), LARS, tools_with(FakeLibrary()))
    assert most <= 3


def test_a_case_in_a_real_library_is_found_under_the_next_name(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.sqlite") as library:
        tools = Tools(library=library, today=lambda: TODAY)
        first = check([photo()], dataclasses.replace(LARS, account_id=None), tools)
        second = check([photo()], Profile(handle=Handle(name="milan_vdb")), tools)
        again = check([photo()], dataclasses.replace(LARS, account_id=None), tools)
    assert [one.verdict.level for one in (first, second, again)] == [
        Level.NOTHING_FOUND,
        Level.OTHER_ACCOUNT,
        Level.OTHER_ACCOUNT,
    ]
    assert (first.case, again.case) == (first.case, first.case)


def test_the_same_number_under_another_handle_is_told_as_a_rename(tmp_path: Path) -> None:
    with Library.open(tmp_path / "x.sqlite") as library:
        tools = Tools(library=library, today=lambda: TODAY)
        check([photo()], LARS, tools)
        report = check(
            [photo()], Profile(handle=Handle(name="milan_vdb", platform="instagram"), account_id="77"), tools
        )
    told = [one for one in report.verdict.evidence if one.code == "renamed"]
    assert [(one["ours"], one["theirs"]) for one in told] == [("instagram:milan_vdb", "instagram:lars")]
    assert not report.verdict.flagged


def test_nothing_is_half_written_when_remembering_fails(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    with Library.open(path) as library, pytest.raises(ValueError, match="half way"), library.writing():
        check([photo()], LARS, Tools(library=library, today=lambda: TODAY))
        raise ValueError("half way")
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM photos").fetchone() == (0,)
    connection.close()
