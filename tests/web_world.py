"""A web of our own on loopback: three search services, the archive, and the pages and pictures that they point at.

The services speak as in ``contract`` (same keys, same refusals), with rows that a test chooses. Pages and
pictures have addresses such as ``http://photos.example/a.jpg``: the same server answers for them as a proxy.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from contract import cdx, faults, tineye, vision, yandex
from search import asked

import fakeprofile
from fakeprofile.fetch import Fetcher
from fakeprofile.net import Proxies, Request, Response, Wire
from fakeprofile.online import Surroundings, Wants, online
from fakeprofile.records import Report
from fakeprofile.references.library import Library
from fakeprofile.search.catalogue import Listed
from fakeprofile.search.plan import Plan
from fakeprofile.testing.loopback import Heard, Loopback, Spoken
from fakeprofile.tools import Search

TODAY = "2026-07-01"
FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
STAGE = FIXTURES / "cases" / "lars" / "1-stage.jpg"
KNOWN = FIXTURES / "references" / "mikkel-sandvang"
SPEAKERS: dict[str, Callable[[Heard, str], Spoken]] = {
    "tineye": tineye.speak,
    "google": vision.speak,
    "yandex": yandex.speak,
    "cdx": cdx.speak,
}
SECRETS = tuple(value for name in ("tineye", "google", "yandex") for value in asked.KEYS[name].values())
PUBLIC_ADDRESS = "93.184.215.14"
"""What every name is looked up as; nothing connects to it, as all goes through the proxy."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of an answer."""

    page: str
    image: str
    title: str = ""
    crawled: str | None = None


@dataclass
class World:
    """The server, what stands on it, and what it heard."""

    rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    """What each service points at."""
    scenarios: dict[str, str] = field(default_factory=dict)
    """How a service misbehaves: a case of the contract."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What stands at an address; all others are gone."""
    captured: dict[str, str] = field(default_factory=dict)
    """Since when the archive has an address, ``20140921000000``."""

    def __post_init__(self) -> None:
        self.server = Loopback(self._speak)

    def base(self, service: str) -> str:
        return f"{self.server.url}/{service}/"

    def show(
        self, service: str, page: str, picture: Path | bytes, title: str = "", crawled: str | None = None
    ) -> Row:
        """Puts a picture on a page that a service points at."""
        image = f"{page.rstrip('/')}/picture.jpg".replace("?", "-")
        self.files[image] = picture if isinstance(picture, bytes) else picture.read_bytes()
        row = Row(page=page, image=image, title=title, crawled=crawled)
        self.rows[service] = (*self.rows.get(service, ()), row)
        return row

    def asked(self, service: str) -> list[Heard]:
        """The searches that a service heard; not how many are left, which costs nothing."""
        return [
            one
            for one in self.server.heard
            if one.path.startswith(f"/{service}/") and "remaining" not in one.path
        ]

    @property
    def fetched(self) -> list[str]:
        """The addresses of pages and pictures that were fetched, in order."""
        return [one.target for one in self.server.heard if one.target.startswith("http://")]

    def _speak(self, heard: Heard) -> Spoken:
        if heard.target.startswith("http://"):
            body = self.files.get(heard.target)
            kind = "image/jpeg" if heard.target.endswith(".jpg") else "text/html"
            return (
                Spoken(status=404, body=b"gone", kind="text/plain")
                if body is None
                else Spoken(body=body, kind=kind)
            )
        service = heard.path.split("/")[1]
        scenario = self.scenarios.get(service, "ok")
        if service == "cdx":
            return self._archived(heard)
        if scenario == "echo":
            # The worst that a service can do: it says all that it was sent, key and all.
            text = heard.everything[:2000].decode("latin-1")
            return faults.said(
                {"code": 401, "messages": ["API_ERROR", text], "message": text, "error": text}, 401
            )
        if scenario in faults.FAULTS:
            return faults.FAULTS[scenario](SPEAKERS[service](heard, "ok"), self.server.url)
        spoken = SPEAKERS[service](heard, scenario)
        if scenario != "ok" or spoken.status != 200 or "remaining" in heard.path:
            return spoken
        return faults.said(ANSWERS[service](self.rows.get(service, ())))

    def _archived(self, heard: Heard) -> Spoken:
        stamp = self.captured.get(heard.query["url"])
        spoken = cdx.speak(heard, "ok" if stamp else "none")
        return replace(spoken, body=spoken.body.replace(b"20160324045828", (stamp or "").encode()))


def _tineye(rows: tuple[Row, ...]) -> object:
    return tineye.found(
        [
            tineye.match(
                number,
                None,
                image_url=row.image,
                backlinks=[{"url": row.image, "backlink": row.page}
                           | ({"crawl_date": row.crawled} if row.crawled else {})],
            )
            for number, row in enumerate(rows)
        ]
    )  # fmt: skip


def _google(rows: tuple[Row, ...]) -> object:
    pages = [
        {"url": row.page, "pageTitle": row.title, "fullMatchingImages": [{"url": row.image}]} for row in rows
    ]
    return {"responses": [{"webDetection": {"pagesWithMatchingImages": pages}} if pages else {}]}


def _yandex(rows: tuple[Row, ...]) -> object:
    images = [
        {**yandex.row(1), "url": row.image, "pageUrl": row.page, "pageTitle": row.title} for row in rows
    ]
    return (
        {"images": images, "page": "0", "id": yandex.NUMBER} if images else {"page": "0", "id": yandex.NUMBER}
    )


ANSWERS = {"tineye": _tineye, "google": _google, "yandex": _yandex}


@contextlib.contextmanager
def world() -> Iterator[World]:
    """A web without pages."""
    opened = World()
    with opened.server:
        yield opened


@dataclass
class ToOurArchive:
    """A wire that takes questions to the archive to our own."""

    wire: Wire
    at: str

    def send(self, request: Request) -> Response:
        if request.url.startswith("https://web.archive.org/"):
            request = replace(request, url=self.at)
        return self.wire.send(request)


@contextlib.contextmanager
def searching(
    web: World,
    *names: str,
    agreed: Callable[[Plan], bool] = lambda _: True,
    cache: Path | None = None,
    keys: dict[str, str] | None = None,
    **more: object,
) -> Iterator[Search | None]:
    """What a run may use of this web: the services with these names, and what ``Wants`` has besides."""
    every = {f"FAKEPROFILE_{name}": value for one in names for name, value in asked.KEYS[one].items()}
    services = tuple(
        Listed(name=name, origin="tests", service=asked.ADAPTERS[name](web.base(name))) for name in names
    )
    with contextlib.ExitStack() as stack:
        through = Proxies(http=web.server.url, https=web.server.url)
        around = Surroundings(
            environment=every if keys is None else keys,
            cache_folder=cache,
            agreed=agreed,
            today=TODAY,
            wire=ToOurArchive(stack.enter_context(asked.wire()), f"{web.base('cdx')}search"),
            fetcher=stack.enter_context(Fetcher(proxies=through, look_up=lambda _: (PUBLIC_ADDRESS,))),
        )
        wants = Wants(services=services, **more)  # type: ignore[arg-type]
        yield stack.enter_context(online(wants, around))


def checked(search: Search | None, *photos: Path, library: Library | None = None, **claims: object) -> Report:
    """The report of an account that shows these photos."""
    with contextlib.ExitStack() as stack:
        shelf = library or stack.enter_context(Library.in_memory())
        return fakeprofile.check(
            photos,
            library=shelf,
            search=search,
            today=lambda: TODAY,
            **claims,  # type: ignore[arg-type]
        )


def reasons(report: Report) -> str:
    """All that was not looked at, in one text."""
    return json.dumps([f"{gap.about}: {gap.reason}" for gap in report.facts.gaps], ensure_ascii=False)
