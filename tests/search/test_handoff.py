"""The pages of the engines are opened with the right address, and only for pictures that they can fetch."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.errors import UsageError
from fakeprofile.search.handoff import ENGINES, NextStep, pages

PHOTO = "https://cdn.example/p/é x.jpg?a=1&b=%2F&c=d+e#f".replace(" ", "%20")
ALL = [engine.name for engine in ENGINES]


def test_without_an_address_every_engine_asks_for_an_upload_on_its_own_page() -> None:
    found = pages(ALL)
    assert [page.engine for page in found] == ALL
    for page in found:
        assert page.needs_upload
        assert page.next_step is NextStep.UPLOAD_AND_SAVE
        assert urlsplit(page.address).scheme == "https"
        assert "{" not in page.address
        assert page.keeps.endswith(".")


def test_the_four_engines_for_photos_of_accounts_come_without_being_asked_for() -> None:
    assert [page.engine for page in pages()] == ["google", "yandex", "bing", "tineye"]


@pytest.mark.parametrize(
    ("engine", "name", "before"),
    [("google", "url", ""), ("yandex", "url", ""), ("bing", "q", "imgurl:"), ("tineye", "url", ""), ("lenso", "url", ""),
     ("saucenao", "url", ""), ("iqdb", "url", ""), ("sogou", "query", "")],
)  # fmt: skip
def test_an_engine_gets_the_whole_address_as_one_parameter(engine: str, name: str, before: str) -> None:
    (page,) = pages([engine], PHOTO)
    assert parse_qs(urlsplit(page.address).query)[name] == [before + PHOTO]
    assert urlsplit(page.address).fragment == ""
    assert (page.needs_upload, page.next_step) == (False, NextStep.SAVE)


def test_addresses_that_are_not_confirmed_say_so_and_name_another_where_there_is_one() -> None:
    found = {page.engine: page for page in pages(ALL, PHOTO)}
    assert not found["google"].confirmed
    assert (found["google"].another or "").startswith("https://lens.google.com/upload?url=https%3A%2F%2F")
    assert found["tineye"].confirmed
    assert all(page.confirmed for page in pages(ALL))


@pytest.mark.parametrize(
    "url",
    ["http://localhost/x.jpg", "http://LOCALHOST./x", "https://127.0.0.1/x", "http://127.1/x", "http://2130706433/x", "http://0x7f.1/x",
     "http://[::1]/x", "http://[::ffff:127.0.0.1]/x", "http://[fe80::1%25eth0]/x", "http://10.0.0.5/x", "http://192.168.1.1/x",
     "http://172.16.3.4/x", "http://169.254.169.254/x", "http://100.64.0.1/x", "http://0.0.0.0/x", "http://nas/x",
     "http://printer.local/x", "http://a.internal/x", "http://0177.0.0.1/x"],
)  # fmt: skip
def test_an_address_in_this_machine_or_its_network_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="this machine or its own network"):
        pages(["tineye"], url)


@pytest.mark.parametrize(
    "url",
    ["", "x.jpg", "file:///etc/passwd", "javascript:alert(1)", "https://", "https:///x", "data:image/png;base64,x",
     "http://[::1", "https://a.example:port/", "https://a.exa\u202emple/", "https://a.example/a b"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="not a web address"):
        pages(["tineye"], url)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError, match="user name or password") as caught:
        pages(["tineye"], "https://me:hunter2@a.example/x.jpg")
    assert "hunter2" not in str(caught.value)


def test_an_engine_that_is_not_known_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="no engine 'altavista'; there are google, yandex"):
        pages(["google", "altavista"])


def test_an_engine_named_twice_is_opened_once() -> None:
    assert [page.engine for page in pages(["bing", " Bing", "google"])] == ["bing", "google"]


@given(st.text(min_size=1, max_size=30))
@settings(max_examples=100, deadline=None)
def test_nothing_in_an_address_gets_out_of_its_parameter(text: str) -> None:
    try:
        (page,) = pages(["tineye"], f"https://a.example/{text}")
    except UsageError:
        return
    query = parse_qs(urlsplit(page.address).query)
    assert query == {"url": [f"https://a.example/{text}".strip()], "sort": ["crawl_date"], "order": ["asc"]}
