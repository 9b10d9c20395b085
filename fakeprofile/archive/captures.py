"""The captures of an address that the Internet Archive lists (its CDX server), and the first of them.

Written after the README of the server (internetarchive/wayback, ``wayback-cdx-server``). Not confirmed:
what the body is when there is no capture; ``[]``, a header alone and nothing at all are all taken as that.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum
from urllib.parse import urlsplit

from fakeprofile.archive.table import rows_of
from fakeprofile.errors import NetError
from fakeprofile.net import Request, Response, Wire
from fakeprofile.records import Dated, DateKind, Gap, Reliability

CDX = "https://web.archive.org/cdx/search/cdx"
BY = "web.archive.org"
STEP = "dates"
_TITLE = "Internet Archive"
_PER_MINUTE = 24.0
"""About 30 are allowed, and the archive asks programs to keep to 80 % of that."""
_PAUSE = 60.0
"""Seconds after a 429, as the archive asks; who goes on asking is shut out at its firewall."""
_MOST_BYTES = 4 * 1024 * 1024
_MOST_LETTERS = 2000
_FIRST_YEAR = 1995
"""The oldest captures of the archive are of 1996; some that were given to it are a little older."""


class About(Enum):
    """What an address is the address of."""

    IMAGE = "image"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveTerms:
    """What a user must know before addresses go to the archive."""

    name: str
    title: str
    sends: str
    """In words that follow "sends"."""
    keeps: str


TERMS = ArchiveTerms(
    name="archive",
    title=_TITLE,
    sends="the addresses of the pages and pictures that were found, never a picture",
    keeps="what it keeps of such questions is not documented",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One time that the archive kept what stood at an address."""

    on: str
    """The UTC date, as precise as it is known."""
    url: str
    """The address as the archive has it."""
    media_type: str
    """As the server of that time called it; ``warc/revisit`` for one that was the same as the one before."""
    status: int | None
    """None if the list does not tell (``-``), as for a revisit."""
    digest: str
    """SHA-1 of the body, in base32: see ``digest_of``."""


def digest_of(data: bytes) -> str:
    """The digest that the archive has for these bytes: SHA-1 in base32.

    An equal digest: every byte is equal. A different one says nothing of the picture: a server may have
    written the same picture anew, or sent it packed.
    """
    return base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode("ascii")


def first_capture(
    url: str, about: About, wire: Wire, *, digests: Collection[str] = (), address: str = CDX
) -> Dated | Gap | None:
    """When the archive first kept what stands at an address; None if it never did.

    The first capture of a page says nothing of a picture on it (weak). That of a picture's own address is
    medium, as a picture was there; strong and ``identical`` if its digest is among those of files that were
    found to be the same picture; weak if it is another than all of them.

    Args:
        url: of a page or of a picture file.
        about: which of the two.
        wire: what asks.
        digests: ``digest_of`` every file that is the same picture; none if that is not known.
        address: of the CDX server.
    """
    asked = captures(url, wire, about=about, most=1, address=address)
    if isinstance(asked, Gap):
        return asked
    if not asked:
        return None
    first = asked[0]
    if about is About.PAGE:
        return _dated(first, url, DateKind.PAGE_CAPTURED, Reliability.WEAK)
    if first.digest in digests:
        return _dated(first, url, DateKind.IMAGE_CAPTURED, Reliability.STRONG)
    trust = Reliability.WEAK if digests or first.status is None else Reliability.MEDIUM
    return _dated(first, url, DateKind.IMAGE_CAPTURED, trust)


def captures(
    url: str,
    wire: Wire,
    *,
    about: About | None = None,
    digest: str | None = None,
    most: int = 50,
    address: str = CDX,
) -> tuple[Capture, ...] | Gap:
    """The captures of an address that were answered with 200, oldest first.

    Args:
        url: http or https, without a name or password.
        wire: what asks.
        about: ``IMAGE`` leaves out what was no picture, such as the page that says it is gone.
        digest: only those with this digest.
        most: how many rows are asked for.
        address: of the CDX server.
    """
    plain = _plain(url)
    if plain is None:
        reason = (
            f"the {_TITLE} is only asked for http and https addresses of at most {_MOST_LETTERS} characters"
        )
        return _gap(url, reason)
    filters = ["statuscode:200"]
    filters += ["mimetype:image/.*"] if about is About.IMAGE else []
    filters += [f"digest:{digest}"] if digest else []
    request = Request(
        method="GET",
        url=address,
        parameters=(
            ("url", plain),
            ("output", "json"),
            ("fl", "timestamp,original,mimetype,statuscode,digest"),
            *(("filter", one) for one in filters),
            ("limit", str(most)),
        ),
        service=_TITLE,
        per_minute=_PER_MINUTE,
        pause_after_429=_PAUSE,
        most_bytes=_MOST_BYTES,
    )
    try:
        answer = wire.send(request)
    except NetError as error:
        return _gap(url, str(error))
    return _captures_in(answer, url, about)


def _captures_in(answer: Response, url: str, about: About | None) -> tuple[Capture, ...] | Gap:
    refusal = _refusal(answer)
    if refusal is not None:
        return _gap(url, refusal)
    try:
        rows = rows_of(answer.body, ("timestamp", "original", "mimetype", "statuscode", "digest"))
    except ValueError as error:
        return _gap(url, f"the {_TITLE} gave an answer that cannot be read: {error}")
    found = []
    for stamp, original, media_type, status, digest in rows:
        on = date_of(stamp)
        if on is None or not re.fullmatch(r"[0-9]{3}|-", status):
            return _gap(url, f"the {_TITLE} gave an answer that cannot be read: a row without date or status")
        known = None if status == "-" else int(status)
        one = Capture(on=on, url=original, media_type=media_type, status=known, digest=digest)
        if known in (None, 200) and (about is not About.IMAGE or _may_be_image(one)):
            found.append(one)
    if rows and not found:
        # What was asked for may stand further down: that is not the same as none.
        return _gap(url, f"the {_TITLE} gave an answer to something else: rows that were not asked for")
    return tuple(found)


def _may_be_image(one: Capture) -> bool:
    return one.media_type.lower().startswith("image/") or one.status is None


_ERRORS = {
    b"AdministrativeAccessControlException": "does not show captures of this address: its owner asked for that",
    b"RobotAccessControlException": "does not show captures of this address: its site forbids it (robots.txt)",
}


def _refusal(answer: Response) -> str | None:
    """Why the answer is none; None if it is one. Some errors come as text, whatever the status."""
    for mark, words in _ERRORS.items():
        if mark in answer.body[:4096]:
            return f"the {_TITLE} {words}"
    match answer.status:
        case 200:
            return None
        case 429:
            return f"the {_TITLE} was asked too often (429): wait some minutes and try again"
        case status:
            return f"the {_TITLE} answered with an error ({status}): try again later"


def date_of(stamp: str) -> str | None:
    """The date of a timestamp, as precise as it is known; None if it is none.

    ``20160501083000`` is ``2016-05-01``; ``20160500000000`` is ``2016-05``: the archive has such with 00
    for a day or a month that it does not know. A day that is not in the calendar is not known either.
    """
    if not re.fullmatch(r"[0-9]{4,14}", stamp, re.ASCII) or int(stamp[:4]) < _FIRST_YEAR:
        return None
    year, month, day = stamp[:4], stamp[4:6], stamp[6:8]
    if len(month) < 2 or not 1 <= int(month) <= 12:
        return year
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return f"{year}-{month}"


def _dated(one: Capture, url: str, kind: DateKind, reliability: Reliability) -> Dated:
    return Dated(
        on=one.on,
        kind=kind,
        reliability=reliability,
        by=BY,
        about=url,
        identical=reliability is Reliability.STRONG,
    )


def _plain(url: str) -> str | None:
    """The address as it may be sent: without what stands behind ``#``; None if it may not."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    plain = parts._replace(fragment="").geturl()
    return plain if len(plain) <= _MOST_LETTERS else None


def _gap(url: str, reason: str) -> Gap:
    shown = re.sub(r"//[^/@\s]*@", "//", url)
    return Gap(step=STEP, about=shown if len(shown) <= 200 else f"{shown[:199]}…", reason=reason)
