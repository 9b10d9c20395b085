"""The story: a phone screenshot of the account, three services, one of them out of quota.

Over real HTTP: the services, the archive, the pages and the pictures all stand on one server of ours.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from web_world import FIXTURES, KNOWN, SECRETS, checked, searching, world

from fakeprofile.records import DateKind, Level, Outcome, SiteKind
from fakeprofile.references.library import Library
from fakeprofile.report.document import report_from_json, report_to_json
from fakeprofile.report.text import report_text

SCREENSHOT = FIXTURES / "cases" / "soepkieke" / "2-stage-screenshot.png"
INSTAGRAM = "http://www.instagram.com/mikkelsandvang/"
YOUTUBE = "http://www.youtube.com/@mikkelsandvangmusic"
WALLPAPERS = "http://wallpapercave.com/w/stage"
OTHER = "http://canals.example/gallery/12"
CLAIMS = {"handle": "instagram:Soepkieke2020belgium", "name": "Lars", "age": 11, "since": "2026-04"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the check said, and what the services and sites heard."""
    cache = tmp_path_factory.mktemp("kept")
    with world() as web, Library.in_memory() as library:
        web.show("tineye", INSTAGRAM, KNOWN / "stage.jpg", crawled="2016-05-03")
        web.show("tineye", WALLPAPERS, KNOWN / "stage.jpg", crawled="2019-08-01")
        web.show("yandex", INSTAGRAM, KNOWN / "stage.jpg", "Mikkel Sandvang (@mikkelsandvang) • Instagram")
        web.show("yandex", YOUTUBE, KNOWN / "stage.jpg", "Mikkel Sandvang - YouTube")
        web.show("yandex", OTHER, FIXTURES / "cases" / "nowhere" / "1-canal.jpg", "Canal houses")
        web.scenarios["google"] = "no quota"
        web.captured = {YOUTUBE: "20150110000000"}
        services = ("tineye", "google", "yandex")
        with searching(web, *services, archive=True, all_services=True, cache=cache) as search:
            report = checked(search, SCREENSHOT, library=library, **CLAIMS)
        first = list(web.server.heard)
        web.server.heard.clear()
        with searching(web, *services, archive=True, all_services=True, cache=cache) as search:
            again = checked(search, SCREENSHOT, library=library, **CLAIMS)
        second = list(web.server.heard)
    text = " ".join(report_text(report).split())
    return SimpleNamespace(report=report, again=again, text=text, first=first, second=second, cache=cache)


def test_the_report_names_the_identity(told: Any) -> None:
    assert told.report.verdict.level is Level.OTHER_IDENTITY
    assert "The same pictures stand under another name: Mikkel Sandvang." in told.text
    assert "The account says name “Lars”. 2 independent sites (instagram.com, youtube.com)" in told.text


def test_the_report_has_the_earliest_date_and_whose_word_it_is(told: Any) -> None:
    assert "The earliest date on the web is 2016-05-03: TinEye first met the file there (medium)" in told.text
    assert "whoever is 11 now was then at most 1" in told.text


def test_the_archives_capture_of_a_page_is_told_and_does_not_count_as_the_picture(told: Any) -> None:
    (channel,) = [
        match.sighting for match in told.report.facts.looked[0].matches if match.sighting.page_url == YOUTUBE
    ]
    assert [(one.kind, one.on) for one in channel.dates] == [(DateKind.PAGE_CAPTURED, "2015-01-10")]
    assert channel.seen_on is None


def test_the_pages_stand_by_domain_and_a_collection_of_wallpapers_is_called_that(told: Any) -> None:
    for domain in ("instagram.com: 1 page", "youtube.com: 1 page"):
        assert domain in told.text
    assert "wallpapercave.com: 1 page; a collection of wallpapers or avatars" in told.text
    sites = {match.sighting.site for match in told.report.facts.looked[0].matches if match.proven}
    assert sites == {SiteKind.PROFILE, SiteKind.WALLPAPER}


def test_two_services_that_point_at_one_page_are_one_sighting(told: Any) -> None:
    both = ("Yandex Search API, TinEye", "TinEye, Yandex Search API")
    assert any(f"pointed at by {one}" in told.text for one in both)
    pages = [match.sighting.page_url for match in told.report.facts.looked[0].matches if match.proven]
    assert sorted(pages) == sorted({INSTAGRAM, YOUTUBE, WALLPAPERS})


def test_the_service_without_quota_is_a_gap_with_its_name_and_nothing_was_found_is_not_said(
    told: Any,
) -> None:
    (gap,) = [gap for gap in told.report.facts.gaps if gap.about == "Google Cloud Vision"]
    assert "no searches are left" in gap.reason
    assert f"Google Cloud Vision: {gap.reason}" in told.text
    assert "Google Cloud Vision: no whole answer (see “Not looked at”)" in told.text
    assert "pointed at nothing" not in told.text


def test_what_the_engine_calls_a_candidate_and_is_another_picture_is_said_to_be_that(told: Any) -> None:
    (row,) = [lead for lead in told.report.facts.leads if lead.page_url == OTHER]
    assert row.outcome is Outcome.NOT_SAME
    assert OTHER not in {
        match.sighting.page_url for match in told.report.facts.looked[0].matches if match.proven
    }


def test_the_cheapest_was_asked_first_and_each_got_the_picture_without_its_name(told: Any) -> None:
    services = [
        one.path.split("/")[1]
        for one in told.first
        if one.path.split("/")[1] in ("google", "yandex", "tineye")
    ]
    assert list(dict.fromkeys(services)) == ["google", "yandex", "tineye"]
    for heard in told.first:
        assert b"2-stage-screenshot" not in heard.everything
        assert b"soepkieke" not in heard.everything.lower()


def test_no_key_went_to_a_page_or_the_archive_or_stayed_anywhere(told: Any) -> None:
    others = [one for one in told.first if one.target.startswith("http://") or one.path.startswith("/cdx")]
    assert others
    written = report_to_json(told.report) + told.text + repr(told.report)
    kept = b"".join(path.read_bytes() for path in Path(told.cache).iterdir())
    for secret in SECRETS:
        assert secret not in written
        assert secret.encode() not in kept
        assert not any(secret.encode() in one.everything for one in others)


def test_the_second_run_asks_only_the_service_that_had_no_answer(told: Any) -> None:
    services = {one.path.split("/")[1] for one in told.second} & {"google", "yandex", "tineye"}
    assert services == {"google"}
    assert told.again.verdict.level is Level.OTHER_IDENTITY


def test_the_report_goes_to_json_and_back(told: Any) -> None:
    assert report_from_json(report_to_json(told.report)) == told.report
