"""What a run may use of the web is only what was asked for, and only once that is agreed to."""

from __future__ import annotations

from pathlib import Path

import pytest
from search import asked
from small import jpeg, on_disk
from web_world import SECRETS, TODAY, checked, reasons, searching, world

from fakeprofile.errors import UsageError
from fakeprofile.online import MOST_PAGES, Surroundings, Wants, keys_of, online
from fakeprofile.records import DateKind, Outcome, Reliability
from fakeprofile.report.document import report_from_json, report_to_json
from fakeprofile.report.text import report_text
from fakeprofile.search.catalogue import Listed
from fakeprofile.search.plan import Plan
from fakeprofile.tools import Search

PAGE = "http://pages.example/tour"


def saved_page(folder: Path, *pages: str, picture: str = "") -> Path:
    """A result page that shows a small picture for each page, inside or at an address."""
    import base64

    source = picture or f"data:image/jpeg;base64,{base64.b64encode(jpeg(1)).decode()}"
    rows = "".join(
        f'<div><a href="{page}"><img src="{source}" width="240" height="180">A row</a></div>'
        for page in pages
    )
    path = folder / "results.html"
    path.write_text(
        f"<!DOCTYPE html><!-- saved from url=(0026)https://yandex.com/images/ --><html><body>{rows}</body></html>"
    )
    return path


def test_nothing_asked_for_is_nothing_opened() -> None:
    with online(Wants(), Surroundings()) as search:
        assert search is None


def test_saved_pages_alone_open_nothing_that_could_send(tmp_path: Path) -> None:
    with online(Wants(saved=(saved_page(tmp_path, PAGE),)), Surroundings()) as search:
        assert search == Search(saved=search.saved if search else ())
        assert search is not None
        assert len(search.saved) == 1


@pytest.mark.parametrize(
    ("wants", "sends"),
    [
        (Wants(), False),
        (Wants(saved=(Path("x"),)), False),
        (Wants(saved=(Path("x"),), fetch=True), True),
        (Wants(saved=(Path("x"),), archive=True), True),
        (Wants(services=(Listed(name="x", origin="y"),)), True),
    ],
)
def test_what_sends_is_known_before(wants: Wants, sends: bool) -> None:
    assert wants.sends is sends


def test_a_service_gets_its_own_keys_and_nobody_shows_one() -> None:
    listed = (Listed(name="tineye", origin="x", service=asked.ADAPTERS["tineye"]("http://x/")),)
    environment = {"FAKEPROFILE_TINEYE_KEY": "secret-of-tineye", "FAKEPROFILE_GOOGLE_KEY": "secret-of-google"}
    around = Surroundings(environment=environment)
    assert dict(keys_of(listed, around).values) == {"TINEYE_KEY": "secret-of-tineye"}
    assert "secret" not in repr(around) + repr(keys_of(listed, around))


def test_what_saved_pages_point_at_is_fetched_only_on_request(tmp_path: Path) -> None:
    photo = on_disk(tmp_path)
    with world() as web:
        web.files["http://small.example/1.jpg"] = jpeg(1)
        page = saved_page(tmp_path, PAGE, picture="http://small.example/1.jpg")
        with searching(web, saved=(page,)) as search:
            report = checked(search, photo)
        assert [lead.outcome for lead in report.facts.leads] == [Outcome.NOT_SEEN]
        assert "--fetch" in report.facts.leads[0].reason
        assert web.server.heard == []
        with searching(web, saved=(page,), fetch=True) as search:
            report = checked(search, photo)
        assert [lead.outcome for lead in report.facts.leads] == [Outcome.SAME]
        assert web.fetched == ["http://small.example/1.jpg", PAGE]


def test_saved_pages_are_read_before_a_consent_without_fetching_anything(tmp_path: Path) -> None:
    """That services may be asked does not mean that anything is fetched before the user has said yes."""
    with world() as web:
        before: list[int] = []

        def agreed(_: Plan) -> bool:
            before.append(len(web.server.heard))
            return True

        page = saved_page(tmp_path, PAGE, picture="http://small.example/1.jpg")
        with searching(web, "google", saved=(page,), agreed=agreed) as search:
            checked(search, on_disk(tmp_path))
        assert before == [0]


def test_a_no_stops_fetching_and_the_archive_too(tmp_path: Path) -> None:
    with world() as web:
        page = saved_page(tmp_path, PAGE)
        with searching(web, "google", saved=(page,), archive=True, agreed=lambda _: False) as search:
            report = checked(search, on_disk(tmp_path))
        assert web.server.heard == []
        assert "you said no" in reasons(report)
        assert [lead.outcome for lead in report.facts.leads] == [Outcome.SAME]  # it came with the saved page


def test_after_a_no_not_even_what_fetch_and_archive_allow_is_looked_up(tmp_path: Path) -> None:
    """What saved pages show was fetched before the question, because --fetch says so; nothing is after the answer."""
    with world() as web:
        before: list[int] = []

        def no(_: Plan) -> bool:
            before.append(len(web.server.heard))
            return False

        web.files["http://small.example/1.jpg"] = jpeg(1)
        page = saved_page(tmp_path, PAGE, picture="http://small.example/1.jpg")
        with searching(web, "google", saved=(page,), fetch=True, archive=True, agreed=no) as search:
            report = checked(search, on_disk(tmp_path))
        assert len(web.server.heard) == before[0] == 1
    assert [lead.outcome for lead in report.facts.leads] == [Outcome.SAME]


def test_a_consent_that_cannot_be_had_ends_the_check_before_anything_is_sent(tmp_path: Path) -> None:
    def nobody(_: Plan) -> bool:
        raise UsageError("nobody can be asked")

    with world() as web:
        with searching(web, "google", agreed=nobody) as search, pytest.raises(UsageError):
            checked(search, on_disk(tmp_path))
        assert web.server.heard == []


def test_a_rerun_asks_no_service_and_finds_the_same(tmp_path: Path) -> None:
    photo = on_disk(tmp_path)
    with world() as web:
        web.show("google", PAGE, jpeg(1), "Tour")
        reports = []
        for _ in range(2):
            with searching(web, "google", cache=tmp_path / "kept") as search:
                reports.append(checked(search, photo))
        assert len(web.asked("google")) == 1
        assert [one.facts.searches[0].asked_on for one in reports] == [None, TODAY]
        assert reports[0].verdict == reports[1].verdict
        assert "as kept from 2026-07-01" in report_text(reports[1])


def test_the_archive_dates_a_place_and_equal_bytes_are_strong(tmp_path: Path) -> None:
    from contract.cdx import ROW

    from fakeprofile.archive import digest_of

    with world() as web:
        row = web.show("google", PAGE, jpeg(1))
        web.captured = {row.image: "20140921000000", row.page: "20130101000000"}
        with searching(web, "google", archive=True) as search:
            report = checked(search, on_disk(tmp_path))
        dates = {one.kind: one for one in report.facts.looked[0].matches[0].sighting.dates}
        assert dates[DateKind.PAGE_CAPTURED].on == "2013-01-01"
        assert dates[DateKind.IMAGE_CAPTURED].on == "2014-09-21"
        assert (ROW["digest"] == digest_of(jpeg(1))) == dates[DateKind.IMAGE_CAPTURED].identical
        assert dates[DateKind.IMAGE_CAPTURED].reliability is not Reliability.STRONG
        assert report.facts.looked[0].matches[0].sighting.seen_on == "2014-09-21"


def test_without_the_option_the_archive_is_not_asked(tmp_path: Path) -> None:
    with world() as web:
        web.show("google", PAGE, jpeg(1))
        with searching(web, "google") as search:
            checked(search, on_disk(tmp_path))
        assert web.asked("cdx") == []


def test_a_page_tells_its_title_and_date(tmp_path: Path) -> None:
    with world() as web:
        web.show("tineye", PAGE, jpeg(1))
        web.files[PAGE] = (
            b'<html><head><title>Mikkel Sandvang</title><meta property="article:published_time" content="2016-05-01">'
            b"</head><body>x</body></html>"
        )
        with searching(web, "tineye") as search:
            report = checked(search, on_disk(tmp_path))
        sighting = report.facts.looked[0].matches[0].sighting
        assert sighting.title == "Mikkel Sandvang"
        assert ("2016-05-01", DateKind.PAGE) in {(one.on, one.kind) for one in sighting.dates}


def test_only_so_many_pages_are_fetched_for_their_dates(tmp_path: Path) -> None:
    pages = [f"http://{n}.example/" for n in range(MOST_PAGES + 3)]
    with world() as web:
        with searching(web, saved=(saved_page(tmp_path, *pages),), fetch=True) as search:
            report = checked(search, on_disk(tmp_path))
        assert len(web.fetched) == MOST_PAGES
        assert "3 more places" in reasons(report)


@pytest.mark.parametrize("scenario", ["ok", "wrong key", "no quota", "html", "echo"])
def test_no_key_stands_in_report_case_or_cache(tmp_path: Path, scenario: str) -> None:
    from fakeprofile.references.library import Library

    library = tmp_path / "library.sqlite"
    with world() as web, Library.open(library, create=True) as shelf:
        web.scenarios = dict.fromkeys(("tineye", "google", "yandex"), scenario)
        web.show("google", PAGE, jpeg(1))
        with searching(
            web, "tineye", "google", "yandex", cache=tmp_path / "kept", all_services=True
        ) as search:
            report = checked(search, on_disk(tmp_path), library=shelf, handle="instagram:lars")
        assert len(web.server.heard) >= 3
    written = report_to_json(report) + report_text(report) + repr(report)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for secret in SECRETS:
        assert secret not in written
        assert secret.encode() not in kept


def test_a_report_of_the_web_goes_to_json_and_back(tmp_path: Path) -> None:
    with world() as web:
        web.show("tineye", "http://www.instagram.com/mikkelsandvang/", jpeg(1), crawled="2016-05-03")
        web.show("tineye", "http://other.example/", jpeg(2))
        web.scenarios["google"] = "no quota"
        with searching(web, "tineye", "google", archive=True) as search:
            report = checked(search, on_disk(tmp_path), handle="instagram:lars", since="2026-05")
    assert report.facts.leads
    assert report_from_json(report_to_json(report)) == report
