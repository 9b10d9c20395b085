"""Google Cloud Vision, web detection: pages with the same picture, or with a part of it.

Format: ``google/cloud/vision/v1`` in googleapis, and the REST reference. It gives no dates.

Not confirmed, and not relied on: the most rows that ``maxResults`` may ask for, and whether 429 comes
with the time to wait.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass

from fakeprofile.errors import NetError
from fakeprofile.net import Repeat, Request, Wire
from fakeprofile.records import Gap, Hit, HitKind
from fakeprofile.search.exchange import (
    BUSY,
    NO_QUOTA,
    REFUSED,
    REFUSED_KEY,
    Said,
    Trouble,
    quoted,
    refused,
    replied,
    said,
    trouble_of_status,
    whole,
)
from fakeprofile.search.fields import Fields, Left
from fakeprofile.search.question import fitted
from fakeprofile.search.rows import address, hit_of
from fakeprofile.search.service import Keys, Price, Question, Quota, Reply, Terms

BASE = "https://vision.googleapis.com/v1/"
TERMS = Terms(
    name="google",
    title="Google Cloud Vision",
    sends="the picture, made smaller and without what the file says of itself",
    keeps="Google says that the picture is worked on in memory and not stored; that it was asked is logged.",
    price=Price.FREE_QUOTA,
    price_note="1,000 a month are free, then $3.50 for 1,000; needs a billing account (2026)",
    keys=("GOOGLE_KEY",),
)
ROWS = 50
PER_MINUTE = 600.0
"""1,800 are allowed; older documents say 600."""
MOST_BYTES = 7_000_000
"""A request of JSON may have 10 MB, and base64 makes it a third larger."""

_PICTURE = 3
_DENIED = (7, 16)
_EXHAUSTED = 8
"""gRPC codes: INVALID_ARGUMENT, PERMISSION_DENIED and UNAUTHENTICATED, RESOURCE_EXHAUSTED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleVision:
    """Asks Google Cloud Vision for the pages and pictures that its web detection knows."""

    base: str = BASE

    @property
    def terms(self) -> Terms:
        """What a user must know."""
        return TERMS

    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        """The pages that show the picture or a part of it, and pictures that are similar."""
        return replied(TERMS, keys, lambda secrets: self._asked(question, wire, secrets))

    def quota(self, wire: Wire, keys: Keys) -> Quota | Gap | None:  # noqa: ARG002 - the interface
        """None: an API key cannot ask."""
        return None

    def _asked(self, question: Question, wire: Wire, secrets: tuple[str, ...]) -> Reply | Trouble:
        content = base64.b64encode(fitted(question.jpeg, MOST_BYTES)).decode("ascii")
        features = [{"type": "WEB_DETECTION", "maxResults": ROWS}]
        request = Request(
            method="POST",
            url=f"{self.base}images:annotate",
            headers=(("X-goog-api-key", secrets[0]), ("Content-Type", "application/json; charset=utf-8")),
            body=json.dumps({"requests": [{"image": {"content": content}, "features": features}]}).encode(),
            repeat=Repeat.PAID,
            secrets=secrets,
            service=TERMS.name,
            per_minute=PER_MINUTE,
        )
        answer = said(wire, request)
        trouble = _whole_trouble(answer, secrets)
        if trouble is not None:
            return trouble
        left = Left()
        responses = list(answer.read.rows("responses", left))
        if len(responses) != 1 or left.rows:
            raise NetError("its answer is not in the form that it documents: “responses” has not one entry")
        return _reply(responses[0], left, secrets)


# --- reading ------------------------------------------------------------------------------


def _whole_trouble(answer: Said, secrets: tuple[str, ...]) -> Trouble | None:
    """What is wrong with the request as a whole: a bad key is 400 there, told by its reason."""
    error = answer.fields.inner("error") if answer.fields else None
    if error is None:
        return trouble_of_status(answer.status, TERMS, None, secrets)
    reasons = [one.text("reason") or "" for one in error.rows("details", Left())]
    state = error.text("status") or ""
    text = " ".join(filter(None, (*reasons, error.text("message"))))
    if "API_KEY_INVALID" in reasons or state in ("PERMISSION_DENIED", "UNAUTHENTICATED"):
        behind = quoted(text, secrets)
        reason = REFUSED_KEY.format(status=answer.status, name=TERMS.name) + behind
        return Trouble(reason=reason, closed=True)
    if state == "RESOURCE_EXHAUSTED" or answer.status == 429:
        return Trouble(reason=NO_QUOTA + quoted(text, secrets), closed=True)
    status = answer.status if answer.status != 200 else error.number("code") or 500
    return trouble_of_status(status, TERMS, text, secrets) or Trouble(reason=BUSY.format(status=status))


def _reply(response: Fields, left: Left, secrets: tuple[str, ...]) -> Reply:
    """The rows about the one picture; with an error beside them they are still right, but not all."""
    # A wrong type here must not read as "nothing found".
    for name in ("webDetection", "error"):
        if response.has(name) and response.inner(name) is None:
            raise NetError(f"its answer is not in the form that it documents: “{name}” is no object")
    found = response.inner("webDetection")
    reply = whole(TERMS, _hits(found, left) if found else (), left)
    error = response.inner("error")
    if error is None:
        return reply
    partly = refused(TERMS, _picture_trouble(error, secrets), reply.hits)
    return Reply(hits=partly.hits, gaps=(*partly.gaps, *reply.gaps), charged=1, closed=partly.closed)


def _picture_trouble(error: Fields, secrets: tuple[str, ...]) -> Trouble:
    code, behind = error.number("code"), quoted(error.text("message"), secrets)
    if code == _PICTURE:
        return Trouble(reason=f"it could not read the picture{behind}")
    if code in _DENIED:
        return Trouble(
            reason=REFUSED_KEY.format(status=f"code {code}", name=TERMS.name) + behind, closed=True
        )
    if code == _EXHAUSTED:
        return Trouble(reason=NO_QUOTA + behind, closed=True)
    if code in (13, 14):  # INTERNAL, UNAVAILABLE
        return Trouble(reason=BUSY.format(status=f"code {code}") + behind)
    return Trouble(reason=REFUSED.format(status=f"code {code}" if code else "no code") + behind)


def _hits(found: Fields, left: Left) -> Iterator[Hit]:
    seen: set[object] = set()
    for page in found.rows("pagesWithMatchingImages", left):
        yield from _of_page(page, seen, left)
    for name, kind in (
        ("fullMatchingImages", HitKind.FULL),
        ("partialMatchingImages", HitKind.PARTIAL),
        ("visuallySimilarImages", HitKind.SIMILAR),
    ):
        for image in found.rows(name, left):
            if image.text("url") not in seen:
                hit = hit_of(TERMS.name, kind, left, image=address(image, "url"))
                yield from (hit,) if hit else ()


def _of_page(page: Fields, seen: set[object], left: Left) -> Iterator[Hit]:
    """A row for each picture on the page; one without pictures is about a word, and never evidence."""
    where, title = address(page, "url"), page.text("pageTitle")
    pictures = [
        (kind, address(image, "url"))
        for name, kind in (("fullMatchingImages", HitKind.FULL), ("partialMatchingImages", HitKind.PARTIAL))
        for image in page.rows(name, left)
    ]
    for kind, picture in pictures:
        hit = hit_of(TERMS.name, kind, left, page=where, image=picture, title=title)
        if hit:
            seen.add(hit.image_url)
            yield hit
    if not pictures:
        hit = hit_of(TERMS.name, HitKind.PAGE_ONLY, left, page=where, title=title)
        yield from (hit,) if hit else ()
