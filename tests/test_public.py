"""What public search shows: nothing that was pointed at is dropped, and no row is called what it was not shown to be."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import jpeg, on_disk
from web_world import checked, reasons, searching, world

from fakeprofile.public import file_marks
from fakeprofile.records import Gap, Level, Outcome, Report
from fakeprofile.report.search import search_text
from fakeprofile.report.text import report_text
from fakeprofile.settings import DEFAULT


def services(report: Report) -> dict[str, bool]:
    return {one.service: one.answered for one in report.facts.searches}


def test_every_row_is_listed_with_what_became_of_it(tmp_path: Path) -> None:
    with world() as web:
        web.show("google", "http://same.example/", jpeg(1))
        web.show("google", "http://other.example/", jpeg(2))
        gone = web.show("google", "http://gone.example/", jpeg(1))
        del web.files[gone.image]
        with searching(web, "google") as search:
            report = checked(search, on_disk(tmp_path))
    outcomes = {lead.page_url: lead.outcome for lead in report.facts.leads}
    assert outcomes == {
        "http://same.example/": Outcome.SAME,
        "http://other.example/": Outcome.NOT_SAME,
        "http://gone.example/": Outcome.NOT_SEEN,
    }
    (unseen,) = [lead for lead in report.facts.leads if lead.outcome is Outcome.NOT_SEEN]
    assert "404" in unseen.reason
    assert all(not lead.reason for lead in report.facts.leads if lead is not unseen)


def test_every_find_has_the_day_on_which_it_came_in(tmp_path: Path) -> None:
    with world() as web:
        web.show("google", "http://same.example/", jpeg(1))
        with searching(web, "google") as search:
            report = checked(search, on_disk(tmp_path))
    ((match,),) = [looked.matches for looked in report.facts.looked]
    assert match.sighting.added_on == report.facts.checked_on
    assert f"found on {report.facts.checked_on}" in report_text(report)


def test_rows_that_no_photo_was_laid_over_were_not_looked_at(tmp_path: Path) -> None:
    """Of a photo that cannot be read nothing is known, whatever a saved page shows."""
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(jpeg(1)[:500])
    saved = Path(__file__).resolve().parent.parent / "fixtures" / "saved" / "yandex.html"
    with world() as web, searching(web, saved=(saved,)) as search:
        report = checked(search, broken)
    assert {lead.outcome for lead in report.facts.leads} == {Outcome.NOT_SEEN}
    assert all(lead.reason for lead in report.facts.leads)
    assert report.verdict.level is Level.NOT_CHECKABLE
    assert "not the same picture" not in search_text(report)


def test_a_default_avatar_is_not_sent_to_anybody(tmp_path: Path) -> None:
    avatar = Path(__file__).resolve().parent.parent / "fixtures" / "cases" / "no-photo" / "avatar.png"
    with world() as web:
        with searching(web, "google") as search:
            report = checked(search, avatar)
        assert web.server.heard == []
    assert report.verdict.level is Level.NOT_CHECKABLE


def test_two_independent_sites_are_enough_and_the_next_service_is_not_asked(tmp_path: Path) -> None:
    with world() as web:
        for name in ("one", "two"):
            web.show("google", f"http://{name}.example/", jpeg(1))
        with searching(web, "google", "tineye") as search:
            report = checked(search, on_disk(tmp_path))
        assert web.asked("tineye") == []
    assert services(report) == {"google": True, "tineye": False}
    assert "decisive" in reasons(report)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("http://blog.one.example/", "http://www.one.example/"),
        ("http://x.com/mikkelsandvang", "http://twitter.com/mikkelsandvang"),
        ("http://www.shutterstock.com/image-photo/1", "http://one.example/"),
        ("http://www.instagram.com/mikkelsandvang_fanpage/", "http://one.example/"),
        ("http://www.instagram.com/lars.2011xx/", "http://one.example/"),
    ],
    ids=["one domain", "one platform under two names", "a stock shop", "a fan page", "the account itself"],
)
def test_this_is_not_enough_and_the_next_service_is_asked(tmp_path: Path, first: str, second: str) -> None:
    with world() as web:
        for page in (first, second):
            web.show("google", page, jpeg(1))
        with searching(web, "google", "tineye") as search:
            checked(search, on_disk(tmp_path), handle="instagram:lars.2011xx")
        assert len(web.asked("tineye")) == 1


def test_rows_that_are_not_the_picture_decide_nothing(tmp_path: Path) -> None:
    with world() as web:
        for name in ("one", "two", "three"):
            web.show("google", f"http://{name}.example/", jpeg(2))
        with searching(web, "google", "tineye") as search:
            report = checked(search, on_disk(tmp_path))
        assert len(web.asked("tineye")) == 1
    assert report.verdict.level is Level.NOTHING_FOUND


def test_each_photo_is_decided_for_itself(tmp_path: Path) -> None:
    """The stand-in answers the same for each photo; only one of the two is what it points at."""
    with world() as web:
        for name in ("one", "two"):
            web.show("google", f"http://{name}.example/", jpeg(1))
        with searching(web, "google", "tineye") as search:
            report = checked(search, on_disk(tmp_path, 1), on_disk(tmp_path, 3))
        assert len(web.asked("google")) == 2
        assert len(web.asked("tineye")) == 1
    assert [bool(one.matches) for one in report.facts.looked] == [True, False]


def test_a_service_that_refuses_is_a_gap_with_its_name_and_the_others_go_on(tmp_path: Path) -> None:
    with world() as web:
        web.scenarios["google"] = "no quota"
        web.show("tineye", "http://one.example/", jpeg(1), crawled="2016-05-03")
        with searching(web, "google", "tineye") as search:
            report = checked(search, on_disk(tmp_path))
    assert services(report) == {"google": False, "tineye": True}
    assert "Google Cloud Vision: no searches are left" in reasons(report)
    assert report.verdict.level is Level.OTHER_ACCOUNT
    assert "Google Cloud Vision: no whole answer" in report_text(report)


def test_an_answer_that_is_not_whole_found_nothing_is_never_said(tmp_path: Path) -> None:
    with world() as web:
        web.scenarios = {"google": "html"}
        with searching(web, "google") as search:
            report = checked(search, on_disk(tmp_path))
    text = " ".join(search_text(report).split())
    assert "No search gave a whole answer: that says nothing about the picture." in text
    assert "pointed at nothing" not in text


def test_an_empty_answer_is_no_all_clear(tmp_path: Path) -> None:
    with world() as web, searching(web, "google") as search:
        report = checked(search, on_disk(tmp_path))
    assert "Google Cloud Vision: pointed at nothing, which is not an all-clear" in report_text(report)
    assert report.verdict.level is Level.NOTHING_FOUND


def test_nothing_of_the_web_without_a_search(tmp_path: Path) -> None:
    report = checked(None, on_disk(tmp_path))
    assert (report.facts.searches, report.facts.leads) == ((), ())
    assert "nothing left this machine" in reasons(report)


def test_saved_pages_that_show_no_results_are_no_answers(tmp_path: Path) -> None:
    saved = Path(__file__).resolve().parent.parent / "fixtures" / "saved" / "blocked"
    with world() as web, searching(web, saved=(saved,)) as search:
        report = checked(search, on_disk(tmp_path))
    assert report.facts.leads == ()
    assert not any(one.answered for one in report.facts.searches)
    assert "captcha" in reasons(report)


def test_the_marks_of_a_photo_come_from_its_file_and_a_missing_one_is_none(tmp_path: Path) -> None:
    assert file_marks(tmp_path / "gone.jpg", DEFAULT).marks == ()
    assert file_marks(Gap(step="photo", about="-", reason="x"), DEFAULT).photo == "-"


def test_a_service_that_cannot_be_reached_is_named_once(tmp_path: Path) -> None:
    with world() as web, searching(web, "google", "tineye") as search:
        web.server.__exit__()
        report = checked(search, on_disk(tmp_path))
    told = [gap for gap in report.facts.gaps if gap.about in ("TinEye", "Google Cloud Vision")]
    assert len(told) == 2
    assert not [gap.reason for gap in told if gap.reason.startswith(("tineye", "google"))]
