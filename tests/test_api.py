"""The Python functions give what the commands give, and say at once what cannot be."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from plugged import CHEAP, PAGES, Plugged, plugged_in
from small import jpeg, on_disk
from web_world import world

import fakeprofile
from fakeprofile import api
from fakeprofile.records import DateKind, Finding, Status

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
STAGE = FIXTURES / "cases" / "lars" / "1-stage.jpg"
KNOWN = FIXTURES / "references" / "mikkel-sandvang" / "stage.jpg"


def test_match_gives_the_photos_one_by_one_in_order(story_library: Path, tmp_path: Path) -> None:
    with fakeprofile.open_library(story_library) as library:
        looked = fakeprofile.match([tmp_path / "missing.jpg", str(STAGE)], library=library)
        assert inspect.isgenerator(looked)
        missing, found = looked
    assert (missing.status, found.status) == (Status.UNREADABLE, Status.OK)
    assert found.matches[0].sighting.identity is not None
    assert found.matches[0].sighting.identity.name == "Mikkel Sandvang"


def test_compare_says_whether_two_photos_are_the_same_picture() -> None:
    assert fakeprofile.compare(STAGE, KNOWN).finding is Finding.SAME_PICTURE


def test_compare_raises_if_a_photo_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(fakeprofile.PhotoError, match=r"missing\.jpg"):
        fakeprofile.compare(tmp_path / "missing.jpg", KNOWN)


def test_check_says_what_the_day_is_only_if_asked_for(tmp_path: Path) -> None:
    with fakeprofile.open_library(tmp_path / "x.sqlite") as library:
        photo = FIXTURES / "cases" / "letter" / "avatar.png"
        report = fakeprofile.check([photo], library=library, today=lambda: "2030-01-02")
    assert report.facts.checked_on == "2030-01-02"


def test_the_library_lies_in_the_users_data_folder_unless_said_otherwise() -> None:
    assert api.default_library().is_relative_to(Path.home())
    with fakeprofile.open_library() as library:
        assert library.path == api.default_library()
    assert api.default_library().stat().st_mode & 0o077 == 0


def test_a_library_that_is_not_there_is_not_made_if_that_is_not_wanted(tmp_path: Path) -> None:
    with pytest.raises(fakeprofile.LibraryMissing, match=r"x\.sqlite"):
        fakeprofile.open_library(tmp_path / "x.sqlite", create=False)
    assert not (tmp_path / "x.sqlite").exists()


@pytest.mark.parametrize(
    "claims",
    [{"age": -1}, {"age": 121}, {"account_id": "12a"}, {"account_id": ""}, {"handle": ""}, {"handle": ":"}],
)
def test_a_claim_that_cannot_be_is_refused_before_any_photo_is_read(
    tmp_path: Path, claims: dict[str, object]
) -> None:
    with fakeprofile.open_library(tmp_path / "x.sqlite") as library, pytest.raises(fakeprofile.UsageError):
        fakeprofile.check(["/no/such/file"], library=library, **claims)  # type: ignore[arg-type]


def test_a_profile_is_what_was_given() -> None:
    profile = api.profile_of(handle="instagram:lars", name="  ", age=0, account_id=" 77 ")
    assert (str(profile.handle), profile.name, profile.age, profile.account_id) == (
        "instagram:lars",
        None,
        0,
        "77",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"identity": " "},
        {"page": "ftp://x"},
        {"page": "javascript:alert(1)"},
        {"image_url": "x.jpg"},
        {"seen": "yesterday"},
        {"seen": "2016-13"},
        {"handles": [""]},
    ],
)
def test_a_sighting_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(fakeprofile.UsageError):
        api.sighting_of(**{"identity": "A", **wrong})  # type: ignore[arg-type]


def test_a_date_that_was_typed_in_is_told_as_such() -> None:
    sighting = api.sighting_of(identity=" A ", handles=["instagram:a"], seen="2016-05")
    assert (sighting.identity, sighting.seen_on, sighting.date_kind) == ("A", "2016-05", DateKind.STATED)
    assert api.sighting_of(identity="A").date_kind is None


def test_a_lent_folder_is_gone_afterwards(tmp_path: Path) -> None:
    with fakeprofile.open_library(tmp_path / "x.sqlite") as library:
        report = fakeprofile.check(
            [STAGE],
            library=library,
            handle="x",
            references=FIXTURES / "references",
            remember=False,
        )
        assert library.sightings() == ()
    assert report.verdict.flagged
    assert report.facts.compared.photos == 16


def test_an_audit_and_what_changed_between_two_lists_are_had_from_python(
    story_library: Path, tmp_path: Path
) -> None:
    followers, later = FIXTURES / "audit" / "followers", FIXTURES / "audit" / "followers-later"
    seen: list[fakeprofile.Step] = []

    def along(steps: Iterator[fakeprofile.Step], photos: int) -> Iterator[fakeprofile.Step]:
        assert photos == 14
        for step in steps:
            seen.append(step)
            yield step

    with fakeprofile.open_library(story_library) as library:
        audited = fakeprofile.audit([followers], library=library, out=tmp_path / "out", along=along)
    assert isinstance(audited, fakeprofile.Audited) and isinstance(audited.summary, fakeprofile.AuditSummary)
    assert (audited.summary.accounts, audited.summary.flagged, seen[-1].done) == (13, 4, 14)
    assert (audited.folder / "audit.jsonl").is_file()
    changes = fakeprofile.changes(followers, later)
    assert isinstance(changes, fakeprofile.Changes) and changes.new and changes.gone and changes.renamed


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plugged]:
    with world() as web:
        web.show("google", PAGES[0], jpeg(1))
        yield plugged_in(web, tmp_path / "plugged", monkeypatch)


def test_services_are_asked_from_python_only_after_somebody_agreed(plugged: Plugged, tmp_path: Path) -> None:
    photo = on_disk(tmp_path)
    plans: list[fakeprofile.Plan] = []

    def agreed(plan: fakeprofile.Plan) -> bool:
        plans.append(plan)
        return True

    def reported(**more: Any) -> fakeprofile.Report:
        with (
            fakeprofile.open_library(tmp_path / "l.sqlite") as library,
            fakeprofile.public_search(
                services=[CHEAP], environment=plugged.environment, answers=tmp_path / "answers", **more
            ) as search,
        ):
            return fakeprofile.check([photo], library=library, search=search, remember=False)

    refused = reported()
    assert plugged.web.server.heard == []
    assert "not asked: you said no" in {gap.reason for gap in refused.facts.gaps}
    found = reported(agreed=agreed)
    assert plans[0].searches == 1 and len(plugged.web.asked("google")) == 1
    assert [one.sighting.page_url for one in found.facts.looked[0].matches] == [PAGES[0]]
    again = reported()
    assert [one.sighting.page_url for one in again.facts.looked[0].matches] == [PAGES[0]]
    assert len(plugged.web.asked("google")) == 1, "the answer was kept"


def test_saved_pages_are_read_from_python_and_nothing_is_sent_for_them(tmp_path: Path) -> None:
    saved = FIXTURES / "saved" / "tineye.har"
    with (
        fakeprofile.open_library(tmp_path / "l.sqlite") as library,
        fakeprofile.public_search(results=[saved]) as search,
    ):
        report = fakeprofile.check([STAGE], library=library, search=search, remember=False)
    assert report.verdict.flagged
    with fakeprofile.public_search() as nothing:
        assert nothing is None


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"services": ["nosuch"]}, "there is no search service"),
        ({"results": ["missing.html"]}, "missing.html is not there"),
        ({"services": ["tineye"], "url": "http://127.0.0.1/a.jpg"}, "this machine or its own network"),
    ],
)
def test_a_search_that_cannot_be_says_so_at_once(wishes: dict[str, Any], words: str) -> None:
    with pytest.raises(fakeprofile.UsageError, match=words), fakeprofile.public_search(**wishes):
        pass
