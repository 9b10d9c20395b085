"""Every search service, asked over real HTTP, tells every trouble in one clear line, and nothing else.

A new service makes this file fail until the contract server speaks its errors.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from contract import OWN_CASES, Contract, faults
from search.asked import ADAPTERS, KEYS, patience, question, reply, wire

from fakeprofile.records import HitKind
from fakeprofile.search.catalogue import BUILT_IN
from fakeprofile.search.guard import hit_faults, reply_faults
from fakeprofile.search.service import Quota, Reply, Service

NAMES = tuple(one.terms.name for one in BUILT_IN)
TERMS = {one.terms.name: one.terms for one in BUILT_IN}
CASES = {
    # case of the contract server: what the one line must say
    "wrong key": "refused the key",
    "no quota": "no searches are left|too many searches|no more searches",
    "too many": "too many searches|no searches are left",
    "error inside 200": "says: “",
    "outage": "overloaded or out of order (503)",
    "broken": "overloaded or out of order (500)",
    "html": "web page instead of data",
    "truncated": "cut off or damaged",
    "empty": "empty answer",
    "no object": "not in the form",
    "deep": "cut off or damaged",
    "not utf-8": "cut off or damaged",
    "wrong types": "not in the form|not as documented|overloaded|refused",
    "redirect": "pointed to another address",
    "slow": "",
}
"""Must be spoken for every service, and must end in a gap without a row."""
HARMLESS = ("null fields", "missing fields")
"""Must be spoken too: an empty answer may be right, a row without an address never is."""
OWN = ("wrong key", "no quota", "too many", "error inside 200")
CLOSING = {"wrong key", "no quota", "too many"}
"""After these the service need not be asked again."""
TRAPS = {
    1: "test_trap_1_tineye_tells_errors_in_the_body_and_results_is_a_list_then",
    2: "test_trap_2_vision_tells_errors_of_a_picture_inside_200_and_a_bad_key_with_400",
    3: "test_trap_3_serpapi_says_that_nothing_was_found_through_an_error",
    4: "test_trap_4_what_is_absent_is_empty_and_numbers_come_as_text",
    5: "test_trap_5_a_row_is_not_a_match",
    6: "test_trap_6_a_redirect_never_carries_the_key_to_another_host",
    7: "test_trap_7_the_page_is_source_with_bing_and_link_with_lens",
    8: "test_trap_8_only_what_is_documented_as_a_date_becomes_one",
}
"""The things that would silently break a client, in the order of the facts about the services."""


@pytest.fixture(scope="module")
def server() -> Iterator[Contract]:
    with Contract() as running:
        yield running


@pytest.fixture(autouse=True)
def _fresh(server: Contract) -> None:
    server.scenario, server.only = "ok", ""
    server.heard.clear()
    server.strayed.clear()


def service(server: Contract, name: str) -> Service:
    return ADAPTERS[name](server.base(name))


def shown(given: object) -> str:
    """All that could be shown of a value."""
    return f"{given!r} {given}"


# --- nothing is forgotten -----------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_service_has_an_adapter_keys_and_every_error_case(name: str) -> None:
    assert name in ADAPTERS
    assert set(KEYS[name]) == set(TERMS[name].keys)
    spoken = {*OWN_CASES[name], *faults.FAULTS}
    assert {*CASES, *HARMLESS} <= spoken
    assert set(OWN) <= set(OWN_CASES[name])


def test_every_trap_of_the_facts_has_a_test_that_names_it() -> None:
    there = {
        one.name
        for one in ast.parse(Path(__file__).read_text("utf-8")).body
        if isinstance(one, ast.FunctionDef)
    }
    assert list(TRAPS) == list(range(1, 9))
    assert set(TRAPS.values()) <= there


# --- each case, each service --------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", NAMES)
def test_trouble_is_one_gap_with_the_name_of_the_service_and_no_row(
    server: Contract, name: str, case: str
) -> None:
    given = reply(server, name, case)
    (gap,) = given.gaps
    assert given.hits == ()
    assert (gap.step, gap.about) == ("found", TERMS[name].title)
    assert gap.reason.isprintable()
    assert any(words in gap.reason for words in CASES[case].split("|")), gap.reason
    assert given.closed or case not in CLOSING
    for secret in KEYS[name].values():
        assert secret not in shown(given)


@pytest.mark.parametrize(
    "case", ["html", "truncated", "redirect", "slow", "wrong types", "outage", "null fields"]
)
def test_lens_survives_trouble_after_the_upload_went_well(server: Contract, case: str) -> None:
    server.only = "search.json"
    given = reply(server, "serpapi-lens", case)
    assert server.heard[0].path.endswith("/image")
    assert given.gaps
    assert not given.hits


@pytest.mark.parametrize("case", HARMLESS)
@pytest.mark.parametrize("name", NAMES)
def test_rows_without_an_address_are_counted_and_never_given_out(
    server: Contract, name: str, case: str
) -> None:
    server.only = "search.json" if name == "serpapi-lens" else ""
    given = reply(server, name, case)
    assert not reply_faults(given, TERMS[name])
    assert given.gaps, "it must not look like an answer that found nothing"
    assert not [hit for hit in given.hits if hit.page_url or hit.image_url]


@pytest.mark.parametrize("name", NAMES)
def test_rows_with_bad_addresses_are_left_out_and_counted(server: Contract, name: str) -> None:
    good = reply(server, name)
    given = reply(server, name, "bad rows")
    assert "left out of its answer" in given.gaps[0].reason
    assert "script" not in shown(given.hits) and "passwd" not in shown(given.hits)
    assert not [fault for hit in given.hits for fault in hit_faults(hit, TERMS[name])]
    assert good.gaps == () and given.hits


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_answer_has_rows_no_gap_and_costs_one_question(server: Contract, name: str) -> None:
    given = reply(server, name)
    assert given.hits and not given.gaps
    assert (given.charged, given.closed, given.meaningless) == (1, False, False)
    assert {hit.service for hit in given.hits} == {name}


@pytest.mark.parametrize("name", NAMES)
def test_json_under_another_label_is_an_answer(server: Contract, name: str) -> None:
    assert reply(server, name, "wrong label") == reply(server, name)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_found_is_an_answer_without_rows_and_without_a_gap(server: Contract, name: str) -> None:
    assert reply(server, name, "no matches") == Reply(charged=1)


@pytest.mark.parametrize("name", NAMES)
def test_without_a_key_nothing_is_sent(server: Contract, name: str) -> None:
    given = reply(server, name, keys={})
    assert "FAKEPROFILE_" in given.gaps[0].reason and "search keys set" in given.gaps[0].reason
    assert (given.charged, given.closed) == (0, True)
    assert server.heard == []


@pytest.mark.parametrize("name", NAMES)
def test_a_key_that_would_break_the_request_is_never_sent(server: Contract, name: str) -> None:
    for bad in ("a\r\nX-Evil: 1", "schlüssel-schlüssel", "kurz", "two words here"):
        given = reply(server, name, keys=dict.fromkeys(KEYS[name], bad))
        assert "cannot be a key" in given.gaps[0].reason
        assert bad not in shown(given)
    assert server.heard == []


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_the_photo_is_not_sent(server: Contract, name: str) -> None:
    reply(server, name, asked=question("name-of-a-child.jpg", 1))
    assert server.heard
    assert not [one for one in server.heard if b"name-of-a-child" in one.everything]


@pytest.mark.parametrize("name", NAMES)
def test_a_paid_question_is_not_sent_twice_after_silence(server: Contract, name: str) -> None:
    server.only = "search.json" if name == "serpapi-lens" else ""
    given = reply(server, name, "slow")
    assert len(server.heard) == (2 if name == "serpapi-lens" else 1)
    assert given.charged == 1, "nobody knows whether it was counted"


@pytest.mark.parametrize("case", [*CASES, *HARMLESS, "ok"])
@pytest.mark.parametrize("name", NAMES)
def test_asking_for_the_quota_never_raises(server: Contract, name: str, case: str) -> None:
    server.scenario = case
    with wire(patience(case)) as opened:
        given = service(server, name).quota(opened, KEYS[name])
    assert given is None or isinstance(given, Quota) or given.about == TERMS[name].title
    for secret in KEYS[name].values():
        assert secret not in shown(given)


@pytest.mark.parametrize("name", NAMES)
def test_a_service_says_of_itself_what_a_user_must_know(name: str) -> None:
    terms = TERMS[name]
    assert terms.sends and terms.keeps.endswith(".") and "20" in terms.price_note
    assert ("address" in terms.sends) is not terms.uploads


# --- the traps ----------------------------------------------------------------------------


def test_trap_1_tineye_tells_errors_in_the_body_and_results_is_a_list_then(server: Contract) -> None:
    assert "refused the key" in reply(server, "tineye", "wrong key inside 200").gaps[0].reason
    assert "Invalid or missing URL" in reply(server, "tineye", "error inside 200").gaps[0].reason
    assert "out of order (503)" in reply(server, "tineye", "status without code").gaps[0].reason
    # A list under a code of 200 is no empty answer.
    assert "“results” is no object" in reply(server, "tineye", "no results").gaps[0].reason


def test_trap_2_vision_tells_errors_of_a_picture_inside_200_and_a_bad_key_with_400(server: Contract) -> None:
    assert "could not read the picture" in reply(server, "google", "error inside 200").gaps[0].reason
    bad_key = reply(server, "google", "wrong key")
    assert "refused the key (400)" in bad_key.gaps[0].reason and bad_key.closed
    other = reply(server, "google", "bad request")
    assert "refused the question (400)" in other.gaps[0].reason and not other.closed
    both = reply(server, "google", "error beside rows")
    assert both.hits and "out of order" in both.gaps[0].reason


@pytest.mark.parametrize("name", ["serpapi-lens", "serpapi-bing", "serpapi-yandex"])
def test_trap_3_serpapi_says_that_nothing_was_found_through_an_error(server: Contract, name: str) -> None:
    assert reply(server, name, "no matches") == Reply(charged=1)
    assert reply(server, name, "empty words without success").gaps
    assert reply(server, name, "other error beside success").gaps
    assert reply(server, name, "no list").gaps, "a missing list is not an empty one"


def test_trap_4_what_is_absent_is_empty_and_numbers_come_as_text(server: Contract) -> None:
    assert reply(server, "google", "no matches") == Reply(charged=1)
    assert reply(server, "yandex", "nothing at all") == Reply(charged=1)
    assert len(reply(server, "yandex").hits) == 2
    assert reply(server, "google", "no responses").gaps, "one picture was asked about: one answer must come"


def test_trap_5_a_row_is_not_a_match(server: Contract) -> None:
    pages = [hit for hit in reply(server, "google").hits if hit.page_url == "https://words.example/about"]
    assert [hit.kind for hit in pages] == [HitKind.PAGE_ONLY]
    assert {hit.kind for hit in reply(server, "yandex").hits} == {HitKind.CANDIDATE}
    assert {hit.kind for hit in reply(server, "serpapi-yandex").hits} == {HitKind.CANDIDATE, HitKind.SIMILAR}


@pytest.mark.parametrize("name", NAMES)
def test_trap_6_a_redirect_never_carries_the_key_to_another_host(server: Contract, name: str) -> None:
    for only in ("", "search.json"):
        server.only = only
        reply(server, name, "redirect")
        with wire() as opened:
            service(server, name).quota(opened, KEYS[name])
    assert server.heard
    assert server.strayed == []


def test_trap_7_the_page_is_source_with_bing_and_link_with_lens(server: Contract) -> None:
    bing, lens = reply(server, "serpapi-bing"), reply(server, "serpapi-lens")
    assert bing.hits[0].page_url == lens.hits[0].page_url == "https://gala.example/2016"
    assert "bing.com" not in shown(bing)


def test_trap_8_only_what_is_documented_as_a_date_becomes_one(server: Contract) -> None:
    dates = {name: [one for hit in reply(server, name).hits for one in hit.dates] for name in NAMES}
    assert [(one.on, one.kind, one.reliability) for one in dates["tineye"]] == [
        ("2016-03-24", "crawled", "medium"),
        ("2019-08-01", "crawled", "medium"),
    ]
    assert [(one.on, one.kind, one.reliability) for one in dates["serpapi-bing"]] == [
        ("2019-04-05", "engine", "weak")
    ]
    (lens,) = dates["serpapi-lens"]
    assert (lens.on, lens.said, lens.kind, lens.reliability) == ("2024", "2 years ago", "engine", "weak")
    assert not dates["google"] and not dates["yandex"] and not dates["serpapi-yandex"]
    assert {name for name in NAMES if dates[name]} == {name for name in NAMES if TERMS[name].gives_dates}
