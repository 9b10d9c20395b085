from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from contract import Contract, forms, serpapi
from photo_files import encoded
from PIL import Image
from search.asked import ADAPTERS, KEYS, URL, question, reason, reply, wire

from fakeprofile.net import Repeat, Request, Response
from fakeprofile.records import Gap, HitKind
from fakeprofile.search.serpapi import SerpApiLens
from fakeprofile.search.service import Quota

NAMES = ("serpapi-lens", "serpapi-bing", "serpapi-yandex")


@pytest.fixture(scope="module")
def server() -> Iterator[Contract]:
    with Contract() as running:
        yield running


@pytest.fixture(autouse=True)
def _fresh(server: Contract) -> None:
    server.scenario, server.only = "ok", ""
    server.heard.clear()


def test_lens_uploads_the_picture_and_asks_for_exact_matches(server: Contract) -> None:
    first, second = reply(server, "serpapi-lens").hits
    upload, search = server.heard
    assert forms.parts_of(upload)["image"] == question().jpeg
    assert (search.query["image_id"], search.query["type"]) == (serpapi.IMAGE_ID, "exact_matches")
    assert URL not in str(search.query), "the address is not needed"
    assert (first.kind, first.page_url, first.image_url) == (HitKind.EXACT, "https://gala.example/2016", None)
    assert (first.thumbnail_url, first.title) == ("https://thumbs.example/1.jpg", "Singer & band, 2016")
    assert second.dates == ()


def test_a_picture_over_500_kilobytes_is_made_smaller_before_the_upload(server: Contract) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (1200, 1600, 3), dtype=np.uint8)
    large = replace(question(), jpeg=encoded(Image.fromarray(noise), "JPEG", quality=85))
    assert len(large.jpeg) > 500_000
    assert reply(server, "serpapi-lens", asked=large).hits
    assert len(forms.parts_of(server.heard[0])["image"]) <= 500_000


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        ("bad picture", "did not take the picture; it says: “Invalid image format"),
        ("no image id", "“image_id” is missing"),
    ],
)
def test_trouble_with_the_upload_costs_nothing(server: Contract, scenario: str, words: str) -> None:
    given = reply(server, "serpapi-lens", scenario)
    assert words in reason(given)
    assert given.charged == 0
    assert len(server.heard) == 1


def test_bing_rows_have_the_page_the_picture_and_a_weak_date(server: Contract) -> None:
    first, second, similar = reply(server, "serpapi-bing").hits
    assert (first.kind, first.image_url) == (HitKind.EXACT, "https://pictures.example/b.jpg")
    assert second.image_url == "https://cdn.example/c.jpg"
    assert similar.kind is HitKind.SIMILAR
    assert server.heard[0].query["image_url"] == URL


def test_yandex_rows_are_candidates_and_similar_pictures(server: Contract) -> None:
    first, similar = reply(server, "serpapi-yandex").hits
    assert (first.kind, first.page_url, first.image_url, first.thumbnail_url) == (
        HitKind.CANDIDATE, "https://club.example/1", "https://pictures.example/y.jpg", "https://thumbs.example/y.jpg",
    )  # fmt: skip
    assert (similar.kind, similar.image_url) == (HitKind.SIMILAR, "https://pictures.example/s.jpg")
    assert server.heard[0].query["url"] == URL


@pytest.mark.parametrize("name", NAMES[1:])
def test_what_takes_only_an_address_sends_nothing_without_one(server: Contract, name: str) -> None:
    given = reply(server, name, asked=question(url=None))
    assert "--url" in reason(given)
    assert (given.charged, given.closed) == (0, False)
    assert server.heard == []


@pytest.mark.parametrize("name", NAMES)
def test_a_key_that_the_service_repeats_is_not_passed_on(server: Contract, name: str) -> None:
    given = reply(server, name, "echo")
    assert "(key)" in reason(given)
    assert serpapi.KEY not in repr(given) and "serpapi%2Bkey" not in repr(given)


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        ("not finished", "was not finished"), ("no metadata", "not as documented"), ("no list", "is missing"),
        ("bad request", "Missing query"), ("other error beside success", "Unsupported parameter"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", NAMES)
def test_errors_say_what_they_are(server: Contract, name: str, scenario: str, words: str) -> None:
    assert words in reason(reply(server, name, scenario))


@pytest.mark.parametrize("name", NAMES)
def test_the_quota_is_told_for_the_whole_account(server: Contract, name: str) -> None:
    with wire() as opened:
        service = ADAPTERS[name](server.base(name))
        assert service.quota(opened, KEYS[name]) == Quota(left=242, note="for all of SerpApi")
        assert isinstance(service.quota(opened, {}), Gap)


def test_the_upload_may_be_repeated_and_the_search_is_paid_though_it_is_a_get() -> None:
    sent: list[Request] = []

    class Noting:
        def send(self, request: Request) -> Response:
            sent.append(request)
            return Response(status=200, headers={}, body=b'{"image_id": "1"}')

    SerpApiLens().ask(question(), Noting(), KEYS["serpapi-lens"])
    assert [(one.method, one.url, one.repeat) for one in sent] == [
        ("POST", "https://serpapi.com/image", Repeat.SAFE),
        ("GET", "https://serpapi.com/search.json", Repeat.PAID),
    ]
    assert {one.service for one in sent} == {"serpapi"}, "one limit for all three"
