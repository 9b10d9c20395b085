"""Why a page gave no rows: in one line, with what to do. Never "no results"."""

from __future__ import annotations

import re

from fakeprofile.search.saved.addresses import host_of
from fakeprofile.search.saved.elements import Elements

CAPTCHA = (
    "the page asks whether you are a robot (captcha) and shows no results: solve it in the browser, "
    "wait for the results, then save the page again"
)
CONSENT = (
    "the page asks for consent to cookies and shows no results: answer it in the browser, "
    "wait for the results, then save the page again"
)
LOGIN = (
    "the page asks to sign in and shows no results: open the search in a window where it shows results, "
    "then save the page again"
)
UNKNOWN = (
    "no results could be read in it, which does not mean that there are none: the layout is not known, or the "
    "page was saved before the results were there; scroll through the results, then save it again with "
    "SingleFile or as HAR"
)

_BY_ADDRESS = (
    (CAPTCHA, re.compile(r"//[^/]*google\.[^/]*/sorry(?:/|\?|$)|/showcaptcha|//challenges\.cloudflare\.com")),
    (CONSENT, re.compile(r"//consent\.")),
    (LOGIN, re.compile(r"//(?:accounts\.google\.|passport\.yandex\.|login\.(?:live|microsoftonline)\.)")),
)
_CHALLENGE = re.compile(r"just a moment|attention required|are you (?:not )?a robot|captcha", re.I)


def blocked_by_address(address: str | None) -> str:
    """Why nothing on a page at this address can be a result; empty if it may."""
    if not host_of(address):
        return ""
    return next((reason for reason, mark in _BY_ADDRESS if mark.search((address or "").lower())), "")


def why_no_rows(page: Elements) -> str:
    """Why a page without rows has none, as far as its own marks tell."""
    if "captcha" in page.signs or _CHALLENGE.search(page.title):
        return CAPTCHA
    if "consent" in page.signs:
        return CONSENT
    return LOGIN if page.asks_password else UNKNOWN
