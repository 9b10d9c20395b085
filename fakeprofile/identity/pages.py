"""What a page is, by its address alone: whose account, a single post, a shop, a newspaper."""

from __future__ import annotations

import functools
import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from fakeprofile.identity.handles import account_at, platform_at
from fakeprofile.identity.sites import POST_HOSTS, POSTS, is_fan_handle, kind_of_site
from fakeprofile.records import Handle, SiteKind

LONGEST_HOST = 253
"""Characters of a host name, by RFC 1035."""

_NAME = re.compile(r"[\w.·@-]+")
_JUNK = ")]}>\"'“”’«»,;:!…. \t\n"
"""What stands behind an address in a running text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPage:
    """What the address of a page tells."""

    address: str
    """As it was given."""
    domain: str
    """The registrable domain in ASCII (``xn--…`` for other scripts); the host if it has none, empty if there is none."""
    site: SiteKind
    handle: Handle | None = None
    """The account that the address names: its owner, the seller of a stock photo, the subject of an article."""
    is_post: bool = False
    """Whether it is a single post, of which the address need not name the owner."""
    platform: str | None = None
    """The platform that it is on, also if no account is named."""


def page_of(address: str) -> WebPage:
    """What the address of a page tells of it; nothing is fetched, and no address is an error."""
    url = _trimmed(address)
    try:
        parts = urlsplit(url)
        host = _ascii_host(parts.hostname or "")
    except ValueError:  # "http://[" and the like
        return WebPage(address=address, domain="", site=SiteKind.OTHER)
    if parts.scheme not in ("http", "https") or not host:
        return WebPage(address=address, domain="", site=SiteKind.OTHER)
    domain, platform = registrable(host), platform_at(host)
    handle = _plausible(account_at(url)) if platform else None
    is_post = host.removeprefix("www.") in POST_HOSTS or (
        platform in POSTS and POSTS[platform].match(parts.path) is not None
    )
    return WebPage(
        address=address,
        domain=domain,
        site=kind_of_site(host, domain) or _kind_by_account(handle, is_post=is_post),
        handle=handle,
        is_post=is_post,
        platform=platform,
    )


def _kind_by_account(handle: Handle | None, *, is_post: bool) -> SiteKind:
    if handle is not None and is_fan_handle(handle.name):
        return SiteKind.FAN
    if is_post:
        return SiteKind.POST
    return SiteKind.PROFILE if handle is not None else SiteKind.OTHER


def _plausible(handle: Handle | None) -> Handle | None:
    """The handle, if it could be one: a path with other characters in it is no account."""
    if handle is None or handle.platform == "wikipedia" or _NAME.fullmatch(handle.name):
        return handle
    return None


def _trimmed(address: str) -> str:
    """The address without what stands around it in a text, its slashes as a browser reads them."""
    text = address.strip().strip("<>\"'")
    if "(" not in text and "wikipedia" not in text:  # titles end like that: Foo_(singer), Foo_Jr.
        text = text.rstrip(_JUNK)
    before, question, after = text.partition("?")
    # A browser goes to a.example for https://a.example\@b.example, urlsplit to b.example.
    return before.replace("\\", "/") + question + after


def _ascii_host(host: str) -> str:
    """The host in lower-case ASCII, so that one host has one spelling; as it is if it has no such form.

    Raises:
        ValueError: no host is that long.
    """
    if len(host) > LONGEST_HOST:
        raise ValueError("the host is too long")
    lower = host.lower().rstrip(".")
    if lower.isascii():
        return lower
    try:
        return lower.encode("idna").decode("ascii")
    except UnicodeError:
        return lower


def registrable(host: str) -> str:
    """The part of a host that somebody has registered: ``news.bbc.co.uk`` -> ``bbc.co.uk``.

    Blogs under one provider (``a.blogspot.com``) are one site: who owns one can own a hundred.
    """
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    domain = _suffixes()(host)
    # The rule of the list for an ending that is not on it: one label is the suffix.
    return domain or ".".join([label for label in host.split(".") if label][-2:])


@functools.lru_cache(maxsize=1)
def _suffixes() -> Callable[[str], str]:
    """Reads the Public Suffix List that comes with tldextract; nothing is fetched, and nothing kept on the disk."""
    import tldextract

    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    return lambda host: extract(host).top_domain_under_public_suffix
