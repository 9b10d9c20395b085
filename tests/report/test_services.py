"""One name of a service wherever somebody reads of it."""

from __future__ import annotations

from fakeprofile.report.services import TITLES, service_title, witness_title
from fakeprofile.search.catalogue import BUILT_IN


def test_every_service_is_called_as_its_terms_call_it() -> None:
    assert {one.terms.name: one.terms.title for one in BUILT_IN} == TITLES


def test_saved_pages_are_called_after_the_engine_and_what_is_not_known_stays_as_it_is() -> None:
    assert service_title("saved tineye page") == "saved TinEye page"
    assert service_title("saved unheard-of page") == "saved unheard-of page"
    assert service_title("saved page") == "saved page"
    assert service_title("cheap-one") == "cheap-one"


def test_who_states_a_date_is_called_the_same() -> None:
    assert [witness_title(one) for one in ("tineye", "serpapi-lens", "web.archive.org", "EXIF")] == [
        "TinEye",
        "SerpApi Google Lens",
        "web.archive.org",
        "EXIF",
    ]
