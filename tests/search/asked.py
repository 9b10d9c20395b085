"""The services as the tests ask them: over real HTTP, at the contract server, with keys of nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

import contract
from contract import pictures, serpapi, tineye, vision, yandex

from fakeprofile.net import HttpWire, Timeouts
from fakeprofile.search.google import GoogleVision
from fakeprofile.search.serpapi import SerpApiBing, SerpApiLens, SerpApiYandex
from fakeprofile.search.service import Question, Reply, Service
from fakeprofile.search.tineye import TinEye
from fakeprofile.search.yandex import Yandex

ADAPTERS: dict[str, Callable[[str], Service]] = {
    "tineye": lambda base: TinEye(base=base),
    "google": lambda base: GoogleVision(base=base),
    "yandex": lambda base: Yandex(base=base),
    "serpapi-lens": lambda base: SerpApiLens(base=base),
    "serpapi-bing": lambda base: SerpApiBing(base=base),
    "serpapi-yandex": lambda base: SerpApiYandex(base=base),
}
KEYS: dict[str, dict[str, str]] = {
    "tineye": {"TINEYE_KEY": tineye.KEY},
    "google": {"GOOGLE_KEY": vision.KEY},
    "yandex": {"YANDEX_KEY": yandex.KEY, "YANDEX_FOLDER": yandex.FOLDER},
    "serpapi-lens": {"SERPAPI_KEY": serpapi.KEY},
    "serpapi-bing": {"SERPAPI_KEY": serpapi.KEY},
    "serpapi-yandex": {"SERPAPI_KEY": serpapi.KEY},
}
URL = "https://cdn.example/photo.jpg"


@cache
def question(name: str = "photo.jpg", seed: int = 1, url: str | None = URL) -> Question:
    """A question about a picture of our own."""
    return Question(photo=name, jpeg=pictures.jpeg(seed), url=url)


@contextmanager
def wire(read: float = 10) -> Iterator[HttpWire]:
    """The real wire, which never pauses."""
    clock = iter(range(0, 10**9, 100))
    with HttpWire(
        timeouts=Timeouts(connect=10, read=read, total=20),
        sleep=lambda _: None,
        clock=lambda: float(next(clock)),
    ) as opened:
        yield opened


def patience(scenario: str) -> float:
    """Seconds to wait for a byte: a busy machine must not look like a server that fell silent."""
    return 0.1 if scenario == "slow" else 10


def reply(
    server: contract.Contract,
    name: str,
    scenario: str = "ok",
    *,
    keys: dict[str, str] | None = None,
    asked: Question | None = None,
) -> Reply:
    """What a service makes of what the server says."""
    server.scenario = scenario
    with wire(patience(scenario)) as opened:
        service = ADAPTERS[name](server.base(name))
        return service.ask(asked or question(), opened, KEYS[name] if keys is None else keys)


def reason(given: Reply) -> str:
    """The only gap of a reply that has one."""
    (gap,) = given.gaps
    return gap.reason
