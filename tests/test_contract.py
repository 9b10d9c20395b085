"""The contract server itself: what no adapter asks it for yet, and the pictures that it points at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from contract import OWN_CASES, Contract, pictures
from search.asked import ADAPTERS, reply, wire

from fakeprofile.net import Request, Response


@pytest.fixture(scope="module")
def server() -> Iterator[Contract]:
    with Contract() as running:
        yield running


def get(server: Contract, path: str, scenario: str = "ok", **parameters: str) -> Response:
    server.scenario = scenario
    with wire() as opened:
        return opened.send(
            Request(method="GET", url=server.base(path).rstrip("/"), parameters=tuple(parameters.items()))
        )


def captures(server: Contract, scenario: str, **more: str) -> Any:
    given = get(
        server, "cdx/search/cdx", scenario, url="https://pictures.example/1.jpg", output="json", **more
    )
    return json.loads(given.body) if given.status == 200 and given.body else (given.status, given.body)


def test_cdx_rows_come_with_a_header_and_only_the_columns_that_were_asked_for(server: Contract) -> None:
    header, row = captures(server, "ok", fl="timestamp,digest")
    assert (header, row) == (["timestamp", "digest"], ["20160324045828", "Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY"])
    header, row = captures(server, "revisit")
    assert dict(zip(header, row, strict=True))["statuscode"] == "-"
    assert captures(server, "odd day", fl="timestamp")[1] == ["20160300045828"]


def test_cdx_says_nothing_in_two_ways_and_trouble_as_text(server: Contract) -> None:
    assert captures(server, "none") == []
    assert captures(server, "empty body") == (200, b"")
    status, text = captures(server, "excluded")
    assert status == 403 and b"AdministrativeAccessControlException" in text
    status, _ = captures(server, "too many")
    assert status == 429
    assert "retry-after" not in get(server, "cdx/search/cdx", "too many").headers


@pytest.mark.parametrize("name", ADAPTERS)
def test_it_serves_the_pictures_that_its_answers_point_at(name: str) -> None:
    with Contract() as server:
        server.own_pictures, server.pictures["1.jpg"] = True, b"\xff\xd8 of our own"
        hits = reply(server, name).hits
        urls = {url for hit in hits for url in (hit.image_url, hit.thumbnail_url) if url}
        assert urls and all(url.startswith(server.base("pictures")) for url in urls)
        with wire() as opened:
            bodies = {url: opened.send(Request(method="GET", url=url)).body for url in urls}
    assert all(body.startswith(b"\xff\xd8") for body in bodies.values())
    assert all((body == b"\xff\xd8 of our own") is url.endswith("/1.jpg") for url, body in bodies.items())


def test_pictures_are_real_and_can_be_gone(server: Contract) -> None:
    assert get(server, "pictures/7.jpg").body == pictures.jpeg(7)
    assert get(server, "pictures/7.jpg", "no picture").status == 404


def test_every_case_has_one_name() -> None:
    assert all(len(set(cases)) == len(cases) for cases in OWN_CASES.values())
