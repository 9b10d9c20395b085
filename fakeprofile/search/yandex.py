"""Yandex Search API, search by image: pages with the same picture or a similar one, not told apart.

Format: ``yandex/cloud/searchapi/v2/img_search_service.proto`` and the documentation of Yandex Cloud.
It gives neither dates nor thumbnails.

Not confirmed, and not relied on: whether errors of this very endpoint follow the general form of
Yandex Cloud (so the status decides, and the text is only shown), whether 429 comes with Retry-After,
and how long the pictures are kept.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass

from fakeprofile.net import Repeat, Request, Wire
from fakeprofile.records import Gap, Hit, HitKind
from fakeprofile.search.exchange import (
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

BASE = "https://searchapi.api.cloud.yandex.net/v2/"
TERMS = Terms(
    name="yandex",
    title="Yandex Search API",
    sends="the picture, made smaller and without what the file says of itself",
    keeps="What Yandex keeps of the picture is not documented.",
    price=Price.CHEAP,
    price_note="$7.50 for 1,000, before tax; needs a billing account (2026)",
    keys=("YANDEX_KEY", "YANDEX_FOLDER"),
)
PER_MINUTE = 300.0
"""10 a second and 36,000 an hour are allowed."""
MOST_BYTES = 3_145_728
MOST_RESULTS = 250
ROLE = "search-api.webSearch.user"

_STATUS = {3: 400, 9: 400, 11: 400, 16: 401, 7: 403, 5: 404, 8: 429, 13: 500, 2: 500, 14: 503, 4: 504}
"""gRPC code -> HTTP status, as Yandex Cloud documents it: for an error that comes with 200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yandex:
    """Asks the Yandex Search API; each page of results is a question that is paid."""

    base: str = BASE
    pages: int = 1
    """How many pages are asked for, at most. The best rows stand on the first."""

    @property
    def terms(self) -> Terms:
        """What a user must know."""
        return TERMS

    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        """Pages with the picture or one like it: which of them it is, the hashes must tell."""
        folder = keys.get("YANDEX_FOLDER", "")
        return replied(TERMS, keys, lambda secrets: self._asked(question, wire, folder, secrets))

    def quota(self, wire: Wire, keys: Keys) -> Quota | Gap | None:  # noqa: ARG002 - the interface
        """None: the service does not tell."""
        return None

    def _asked(
        self, question: Question, wire: Wire, folder: str, secrets: tuple[str, ...]
    ) -> Reply | Trouble:
        data = base64.b64encode(fitted(question.jpeg, MOST_BYTES)).decode("ascii")
        hits: list[Hit] = []
        about, left, charged = {"data": data}, Left(), 0
        for page in range(self.pages):
            answer = said(wire, self._request(about, page, folder, secrets))
            trouble = _trouble(answer, secrets)
            if trouble is not None and not charged:
                return trouble
            if trouble is not None:
                partly = refused(TERMS, trouble, tuple(hits))
                return Reply(hits=partly.hits, gaps=partly.gaps, charged=charged, closed=trouble.closed)
            charged += 1
            found = list(_hits(answer.read, left))
            hits += found
            number = answer.read.text("id")
            if not found or number is None or len(hits) >= MOST_RESULTS:
                break
            about = {"id": number}  # the next page needs no second upload
        return whole(TERMS, hits, left, charged=charged)

    def _request(self, about: dict[str, str], page: int, folder: str, secrets: tuple[str, ...]) -> Request:
        # Stolen pictures often stand on pages for adults, which the family modes hide.
        body = {"folderId": folder, **about, "page": str(page), "familyMode": "FAMILY_MODE_NONE"}
        return Request(
            method="POST",
            url=f"{self.base}image/search_by_image",
            headers=(("Authorization", f"Api-Key {secrets[0]}"), ("Content-Type", "application/json")),
            body=json.dumps(body).encode(),
            repeat=Repeat.PAID,
            secrets=secrets,
            service=TERMS.name,
            per_minute=PER_MINUTE,
        )


# --- reading ------------------------------------------------------------------------------


def _trouble(answer: Said, secrets: tuple[str, ...]) -> Trouble | None:
    """What is wrong, told by the status or, inside a 200, by the code."""
    fields = answer.fields
    text = (fields.text("message") or fields.text("error")) if fields else None
    status = answer.status
    code = fields.number("code") if fields else None
    if status == 200 and fields is not None and (code or text):
        status = _STATUS.get(code or 2, 500)
    if status == 403:
        reason = REFUSED_KEY.format(status=status, name=TERMS.name)
        return Trouble(
            reason=f"{reason}, or give its account the role {ROLE}{quoted(text, secrets)}", closed=True
        )
    if status in (400, 404):
        hint = " (is the folder in FAKEPROFILE_YANDEX_FOLDER right?)"
        return Trouble(reason=REFUSED.format(status=status) + hint + quoted(text, secrets))
    return trouble_of_status(status, TERMS, text, secrets)


def _hits(answer: Fields, left: Left) -> Iterator[Hit]:
    for row in answer.rows("images", left):
        hit = hit_of(
            TERMS.name,
            HitKind.CANDIDATE,
            left,
            page=address(row, "pageUrl"),
            image=address(row, "url"),
            title=row.text("pageTitle"),
        )
        yield from (hit,) if hit else ()
