"""The links of a result page: where they really lead, and which belong to the engine itself.

Engines wrap the pages they point at in addresses of their own; which parameters hold them is in
section 8.2 of the facts about search services. Nothing is fetched: what an address does not say
itself stays unknown.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, urljoin, urlsplit, urlunsplit

LONGEST = 4096
"""Characters of an address; longer ones are data, not places."""

_COUNTRY = r"(?:[a-z]{2,3}|com?\.[a-z]{2})"
ENGINE_HOSTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "google",
        re.compile(
            rf"(?:.+\.)?(?:google\.{_COUNTRY}|gstatic\.com|googleusercontent\.com|googleadservices\.com"
            r"|googlesyndication\.com|doubleclick\.net|goo\.gl|ggpht\.com)"
        ),
    ),
    ("yandex", re.compile(rf"(?:.+\.)?(?:yandex\.{_COUNTRY}|ya\.ru|yandex\.net|yastatic\.net)")),
    (
        "bing",
        re.compile(r"(?:.+\.)?(?:bing\.com|bing\.net|microsoft\.com|microsofttranslator\.com|msn\.com)"),
    ),
    ("tineye", re.compile(r"(?:.+\.)?tineye\.com")),
    ("lenso", re.compile(r"(?:.+\.)?lenso\.ai")),
    ("saucenao", re.compile(r"(?:.+\.)?saucenao\.com")),
    ("iqdb", re.compile(r"(?:.+\.)?iqdb\.org")),
    ("ascii2d", re.compile(r"(?:.+\.)?ascii2d\.net")),
    ("sogou", re.compile(r"(?:.+\.)?sogou\.com")),
)
PAGES_OF_OTHERS = frozenset({"sites.google.com", "www.msn.com", "zen.yandex.ru", "zen.yandex.com"})
"""Hosts of the engines on which other people publish: a picture may well stand there."""

_ADVERTISING = re.compile(
    r"(?:.+\.)?(?:googleadservices\.com|googlesyndication\.com|doubleclick\.net)|(?:yabs|an)\.yandex\..+"
)
_ADVERTISING_PATHS = ("/aclk", "/aclick", "/pagead/")
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|bmp)$", re.I)
_TRACKING = re.compile(r"(?:utm_[a-z_]+|srsltid|fbclid)(?:=|$)", re.I)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd\ud800-\udfff]")
_UNSEEN_INSIDE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd\ud800-\udfff]"
)
"""The same without white space, which careless pages have in their links."""
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HARMLESS = frozenset({"http", "https", "mailto", "tel", "about"})
_HARMFUL = frozenset({"javascript", "vbscript", "file", "data"})
_BUTTON = re.compile(r"javascript:\s*(?:void\b|;|//|return\b|$)", re.I)
_REDIRECTS = re.compile(r"/(?:url|redirect|out|away|link|clck/jsredir)/?$", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a link of a result page leads, outside of the engine."""

    page: str | None = None
    image: str | None = None
    """The picture itself, where the link names it."""
    advertisement: bool = False


def engine_of(address: str | None) -> str | None:
    """The engine whose host it is; None for any other."""
    return _engine_at(host_of(address))


@lru_cache(maxsize=8192)
def _engine_at(host: str) -> str | None:
    return next((name for name, hosts in ENGINE_HOSTS if hosts.fullmatch(host)), None) if host else None


def host_of(address: str | None) -> str:
    """The host in lower-case letters; empty if there is none."""
    parts = _split(address or "")
    return (parts.hostname or "").rstrip(".").lower() if parts else ""


@lru_cache(maxsize=8192)
def web_address(text: str) -> str | None:
    """The address without tracking parameters and fragment; None for anything but a plain http(s) address."""
    plain = text.strip()
    parts = _split(plain) if len(plain) <= LONGEST and not _UNSEEN.search(plain) else None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part))
    # Some sites keep the whole place behind "#!"; any other fragment is a spot on the page.
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", query, fragment))


def joined(address: str, reference: str) -> str:
    """The reference as the page at this address means it; as it is if that cannot be said."""
    try:
        return urljoin(address, reference)
    except ValueError:
        return reference


@lru_cache(maxsize=8192)
def target_of(href: str, address: str | None) -> Target | None:
    """Where a link leads, unwrapped; None if it stays on the engine's own pages or leads nowhere."""
    reference = href.strip()
    if not reference or reference.startswith("#") or len(reference) > 4 * LONGEST:
        return None
    found = _unwrapped(joined(address or "", reference), address)
    if found is None or found.advertisement or found.page is None:
        return found
    if _PICTURE.search(urlsplit(found.page).path) and "file:" not in found.page.lower():
        # A link to a file is where the picture is, not the page that it stands on.
        return Target(image=found.page) if found.image is None else Target(image=found.image)
    return found


def is_refused(href: str) -> bool:
    """Whether a link names a place that no result can have: a script, a file, hidden characters, no end.

    What a button does (``javascript:void(0)``) names no place at all.
    """
    plain = href.strip(" \t\r\n")
    if not plain or plain.startswith("#") or _BUTTON.match(plain):
        return False
    scheme = _SCHEME.match(plain)
    if scheme and scheme[1].lower() not in _HARMLESS:
        return True
    if _UNSEEN_INSIDE.search(plain) or len(plain) > 4 * LONGEST:
        return True
    inner = _query(_split(plain)) if _REDIRECTS.search(plain.partition("?")[0]) else {}
    return any(_refused_inside(inner[name]) for name in ("url", "q", "u", "to") if name in inner)


def _refused_inside(text: str) -> bool:
    scheme = _SCHEME.match(text.strip())
    return bool(scheme and scheme[1].lower() in _HARMFUL) or bool(
        text.startswith("http") and _UNSEEN_INSIDE.search(text)
    )


def queried_in(address: str | None) -> str | None:
    """The picture that the engine was asked about, where the address of its result page names it."""
    values = _query(_split(address or ""))
    asked = values.get("url") or values.get("imgurl") or values.get("image_url") or values.get("q", "")
    return web_address(asked.removeprefix("imgurl:"))


# --- unwrapping -----------------------------------------------------------------------------


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # a port that is no number is found only when it is asked for
    except ValueError:
        return None
    return parts


def _query(parts: SplitResult | None) -> dict[str, str]:
    """The first value of each parameter."""
    if parts is None:
        return {}
    try:
        return {key: values[0] for key, values in parse_qs(parts.query, max_num_fields=200).items()}
    except ValueError:
        return {}


def _unwrapped(address: str, own: str | None, times: int = 3) -> Target | None:
    parts = _split(address)
    if parts is None or parts.scheme not in ("http", "https", ""):
        return None
    host = (parts.hostname or "").rstrip(".").lower()
    relative = not host
    engine = _engine_at(host)
    if _is_advertisement(host, parts.path, bool(engine) or relative):
        return Target(advertisement=True, page=address[:LONGEST])
    if not (engine or relative or _is_own(host, own)):
        page = web_address(address)
        return Target(page=page) if page else None
    if host in PAGES_OF_OTHERS:
        return Target(page=web_address(address))
    inner, image = _wrapped_in(parts, engine)
    if inner is None or not times:
        return Target(image=image) if image else None
    found = _unwrapped(inner, own, times - 1)
    if found is None or found.advertisement:
        return found
    return Target(page=found.page, image=image or found.image)


def _is_advertisement(host: str, path: str, engines_own: bool) -> bool:
    return bool(_ADVERTISING.fullmatch(host)) or (engines_own and path.startswith(_ADVERTISING_PATHS))


def _is_own(host: str, own: str | None) -> bool:
    mine = host_of(own).removeprefix("www.")
    return bool(mine) and (host == mine or host.endswith(f".{mine}"))


def _wrapped_in(parts: SplitResult, engine: str | None) -> tuple[str | None, str | None]:
    """The page and the picture that an engine's own address names: not the one that it was asked about."""
    values = _query(parts)
    if not values:
        return None, None
    image = _first(values, "imgurl", "mediaurl", "murl", "img_url")
    page = _first(values, "imgrefurl", "purl")
    if page is None and parts.path.startswith("/ck/a"):
        page = _bing_base64(values.get("u", ""))
    if page is None and _REDIRECTS.search(parts.path):
        page = _first(values, "url", "q", "u", "to")
    if page is None and image is not None and "img_url" in values and values.get("rpt") != "imageview":
        page = _first(values, "url")
    # "q=imgurl:..." and "rpt=imageview&url=..." name the picture that was asked about.
    asked = values.get("rpt") == "imageview" or (engine == "bing" and "sbisrc" in values)
    return page, None if asked else image


def _first(values: dict[str, str], *names: str) -> str | None:
    return next((found for name in names if name in values and (found := web_address(values[name]))), None)


def _bing_base64(text: str) -> str | None:
    """The address in ``u=a1<base64url>``."""
    if not text.startswith("a1") or len(text) > LONGEST:
        return None
    try:
        plain = base64.urlsafe_b64decode(text[2:] + "=" * (-len(text[2:]) % 4)).decode()
    except (binascii.Error, ValueError):
        return None
    return web_address(plain)
