"""A server on loopback that speaks every format and error of the search services, over real HTTP.

Written by hand after the documents of the services. ``Contract`` has one address for each service; what it
answers is chosen by ``scenario``: one of the service's own (its ``CASES``) or one of ``faults``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from contract import cdx, faults, pictures, serpapi, tineye, vision, yandex
from fakeprofile.testing.loopback import Heard, Loopback, Spoken

SPEAKERS: dict[str, Callable[[Heard, str], Spoken]] = {
    "tineye": tineye.speak,
    "google": vision.speak,
    "yandex": yandex.speak,
    "serpapi-lens": serpapi.speak,
    "serpapi-bing": serpapi.speak,
    "serpapi-yandex": serpapi.speak,
    "cdx": cdx.speak,
    "pictures": pictures.speak,
}
PICTURES = rb"https?://(?:pictures|thumbs|cdn|img\.tineye)\.example/(?:result/)?"
"""Where the invented pictures and thumbnails stand."""
OWN_CASES: dict[str, tuple[str, ...]] = {
    "tineye": tineye.CASES,
    "google": vision.CASES,
    "yandex": yandex.CASES,
    "serpapi-lens": serpapi.CASES,
    "serpapi-bing": serpapi.CASES,
    "serpapi-yandex": serpapi.CASES,
    "cdx": cdx.CASES,
}
"""What each service can be asked to answer besides what any server may."""


class Contract:
    """The server; a second one stands for the host that a redirect points to."""

    def __init__(self) -> None:
        self.scenario = "ok"
        self.only = ""
        """If set, faults come only where the path holds it: the second request of two."""
        self.own_pictures = False
        """If set, the answers point at pictures of this server instead of ``https://….example/`` addresses."""
        self.pictures: dict[str, bytes] = {}
        """JPEG bytes to serve by file name, instead of a drawn one."""
        self._server = Loopback(self._speak)
        self._other = Loopback(lambda _: Spoken(body=b'{"code": 200}'))

    def __enter__(self) -> Contract:
        self._server.__enter__()
        self._other.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.__exit__()
        self._other.__exit__()

    def base(self, service: str) -> str:
        """The address to give an adapter."""
        return f"{self._server.url}/{service}/"

    @property
    def heard(self) -> list[Heard]:
        """All requests, in order."""
        return self._server.heard

    @property
    def strayed(self) -> list[Heard]:
        """What the host behind the redirect heard: it must stay empty."""
        return self._other.heard

    def _pointed(self, spoken: Spoken) -> Spoken:
        if not self.own_pictures or spoken.kind != "application/json":
            return spoken
        home = f"{self._server.url}/pictures/".encode()
        return replace(spoken, body=re.sub(PICTURES, home, spoken.body))

    def _speak(self, heard: Heard) -> Spoken:
        service = heard.path.split("/")[1]
        here = self.only in heard.path
        name = heard.path.rsplit("/", 1)[1]
        if service == "pictures" and name in self.pictures:
            return Spoken(body=self.pictures[name], kind="image/jpeg")
        spoken = self._pointed(SPEAKERS[service](heard, self.scenario if here else "ok"))
        if not here or self.scenario not in faults.FAULTS:
            return spoken
        return faults.FAULTS[self.scenario](spoken, self._other.url)
