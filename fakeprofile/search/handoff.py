"""The engines' own pages, for the user's browser: nothing is sent from here.

Addresses after section 7 of the facts about search services. Where the photo already has a public
address, the engine is told that; else the user uploads the photo on the engine's page by hand.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, urlsplit

from fakeprofile.errors import UsageError


class NextStep(StrEnum):
    """What the user does on the page; the words are made where they are shown."""

    SAVE = "save"
    """Wait for the results, save the page, and import it."""
    UPLOAD_AND_SAVE = "upload and save"
    """Upload the photo there first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page to open in a browser."""

    engine: str
    title: str
    address: str
    needs_upload: bool
    next_step: NextStep
    keeps: str
    """What the engine does with the picture, in a sentence."""
    confirmed: bool = True
    """Whether the address is documented or seen by several; an unconfirmed one may lead nowhere."""
    another: str | None = None
    """Another address to try if the first shows no results."""
    most_bytes: int | None = None
    """How large an upload may be, as far as is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """An engine that searches by picture on a page of its own."""

    name: str
    """As in commands."""
    title: str
    upload: str
    by_address: str
    """With ``{u}`` for the percent-encoded address of the picture."""
    keeps: str = "What it does with the picture is not documented here; see its privacy statement."
    confirmed: bool = True
    another: str | None = None
    megabytes: int | None = None
    note: str = ""
    """For what kind of picture it is of use, if not for all."""


ENGINES: tuple[Engine, ...] = (
    Engine(
        name="google",
        title="Google Lens",
        upload="https://lens.google.com/",
        by_address="https://lens.google.com/uploadbyurl?url={u}",
        another="https://lens.google.com/upload?url={u}",
        # One report of 2026 says that the first address is gone, others that it works: both are offered.
        confirmed=False,
        keeps="Google may keep it in the search history of a signed-in account, as its settings say.",
        megabytes=20,
    ),
    Engine(
        name="yandex",
        title="Yandex Images",
        upload="https://yandex.com/images/",
        by_address="https://yandex.com/images/search?rpt=imageview&cbir_page=sites&url={u}",
        another="https://yandex.ru/images/search?rpt=imageview&url={u}",
    ),
    Engine(
        name="bing",
        title="Bing Visual Search",
        upload="https://www.bing.com/images",
        by_address="https://www.bing.com/images/search?view=detailv2&iss=sbi&form=SBIVSP&sbisrc=UrlPaste&q=imgurl:{u}",
        megabytes=20,
    ),
    Engine(
        name="tineye",
        title="TinEye",
        upload="https://tineye.com/",
        by_address="https://tineye.com/search/?url={u}&sort=crawl_date&order=asc",
        another="https://tineye.com/search/?url={u}",
        keeps="TinEye says that it never saves pictures that are uploaded.",
        megabytes=10,
    ),
    Engine(
        name="lenso",
        title="Lenso.ai",
        upload="https://lenso.ai/en",
        by_address="https://lenso.ai/en/search-by-url?url={u}",
        megabytes=10,
        note="it also offers a search by face, which this program does not use",
    ),
    Engine(
        name="saucenao",
        title="SauceNAO",
        upload="https://saucenao.com/",
        by_address="https://saucenao.com/search.php?url={u}",
        megabytes=15,
        note="for drawings",
    ),
    Engine(
        name="iqdb",
        title="IQDB",
        upload="https://iqdb.org/",
        by_address="https://iqdb.org/?url={u}",
        megabytes=8,
        note="for drawings",
    ),
    Engine(
        name="ascii2d",
        title="ascii2d",
        upload="https://ascii2d.net/",
        by_address="https://ascii2d.net/search/url/{u}",
        confirmed=False,
        note="for drawings",
    ),
    Engine(
        name="sogou",
        title="Sogou Pictures",
        upload="https://pic.sogou.com/",
        by_address="https://pic.sogou.com/ris?query={u}&flag=1&drag=0",
        confirmed=False,
    ),
)
DEFAULT = ("google", "yandex", "bing", "tineye")
"""The engines that are of use for photos of people's accounts."""

LONGEST = 2000
"""Characters of an address; browsers and engines cut longer ones."""
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}\.?", re.I)
_LOCAL_ENDINGS = (".local", ".localhost", ".internal", ".lan", ".home", ".home.arpa", ".intranet", ".corp")


def pages(engines: Sequence[str] = DEFAULT, url: str | None = None) -> tuple[Page, ...]:
    """The page of each engine to open, in the order given, each once.

    Args:
        engines: names of engines, of ``ENGINES``.
        url: the public address of the photo, if it has one. Without it, each page asks for an upload.

    Raises:
        UsageError: there is no such engine, or the address is not one that an engine could fetch.
    """
    known = {engine.name: engine for engine in ENGINES}
    wanted = list(dict.fromkeys(name.strip().lower() for name in engines))
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise UsageError(f"there is no engine {unknown[0][:40]!r}; there are {', '.join(known)}")
    encoded = quote(public_address(url), safe="") if url is not None else None
    return tuple(_page(known[name], encoded) for name in wanted)


def public_address(url: str) -> str:
    """The address, if anybody on the web could fetch it as far as it tells; nothing is asked.

    Raises:
        UsageError: it is no plain http(s) address, or it leads into this machine or its own network.
    """
    plain = url.strip()
    if len(plain) > LONGEST:
        raise UsageError(
            f"the address of the photo has more than {LONGEST:,} characters: upload the photo instead"
        )
    try:
        parts = urlsplit(plain)
        host = (parts.hostname or "").rstrip(".").lower()
        _ = parts.port
    except ValueError as error:
        raise UsageError(_NO_ADDRESS) from error
    if parts.scheme not in ("http", "https") or not host or _UNSEEN.search(plain):
        raise UsageError(_NO_ADDRESS)
    if "@" in parts.netloc:
        raise UsageError("the address of the photo has a user name or password in it: give it without")
    if _is_local(host):
        raise UsageError(
            "the address of the photo leads to this machine or its own network, where no engine can fetch it: "
            "leave it out and upload the photo on the page of the engine"
        )
    return plain


_NO_ADDRESS = "the address of the photo is not a web address: it must begin with https:// or http://"


def _is_local(host: str) -> bool:
    if "." not in host and ":" not in host and not _NUMBER.fullmatch(host):
        return True
    if host.endswith(_LOCAL_ENDINGS):
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        # 127.1, 0x7f.1 and 2130706433 are spellings of an address that nobody uses for a public one.
        return bool(_NUMBER.fullmatch(host))
    mapped = getattr(address, "ipv4_mapped", None)
    return not (mapped or address).is_global


def _page(engine: Engine, encoded: str | None) -> Page:
    by_upload = encoded is None
    return Page(
        engine=engine.name,
        title=engine.title,
        address=engine.upload if encoded is None else engine.by_address.replace("{u}", encoded),
        needs_upload=by_upload,
        next_step=NextStep.UPLOAD_AND_SAVE if by_upload else NextStep.SAVE,
        keeps=engine.keeps,
        confirmed=by_upload or engine.confirmed,
        another=engine.another.replace("{u}", encoded) if encoded is not None and engine.another else None,
        most_bytes=engine.megabytes * 1024 * 1024 if engine.megabytes else None,
    )
