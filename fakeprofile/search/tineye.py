"""TinEye API: copies of the picture, and the day on which each was first met.

Format: help.tineye.com and the official clients pytineye and tineye-api-node.

Not confirmed, and not relied on: the most rows that ``limit`` may ask for, whether further pages cost
another search (so there is one page), whether an error stands in the status or in the body (so both
are read), whether 429 comes with Retry-After, and the exact number of questions a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fakeprofile.errors import NetError
from fakeprofile.net import Repeat, Request, Wire
from fakeprofile.records import DateKind, Gap, Hit, HitKind, Reliability
from fakeprofile.search.exchange import (
    BUSY,
    Said,
    Trouble,
    missing_keys,
    quoted,
    redacted,
    replied,
    said,
    secrets_of,
    trouble_of_status,
    whole,
)
from fakeprofile.search.fields import Fields, Left
from fakeprofile.search.question import fitted
from fakeprofile.search.rows import STEP, address, dated, hit_of, one_line
from fakeprofile.search.service import Keys, Price, Question, Quota, Reply, Terms

BASE = "https://api.tineye.com/rest/"
TERMS = Terms(
    name="tineye",
    title="TinEye",
    sends="the picture, made smaller and without what the file says of itself",
    keeps="TinEye says that it never saves the pictures that are uploaded.",
    price=Price.UNKNOWN,
    price_note="bundles of 5,000 searches and more, valid for two years; see tineye.com for prices (2026)",
    keys=("TINEYE_KEY",),
    gives_dates=True,
)
ROWS = 100
PER_MINUTE = 20.0
"""An older FAQ allows 30."""
PAUSE = 60.0
"""Seconds to wait after 429, if it does not say how long."""
MOST_BYTES = 1_000_000
"""The limit of the service is not documented; its advice for pictures is kept by far."""
SANDBOX_LEFT = 5000
"""What TinEye's public sandbox key reports as left, always, and whatever it was used for."""
TOO_PLAIN = "the picture is too small or too plain for it to search: that says nothing about the picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class TinEye:
    """Asks TinEye, oldest copies first: they tell since when the picture stands on the web."""

    base: str = BASE

    @property
    def terms(self) -> Terms:
        """What a user must know."""
        return TERMS

    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        """Every page on which TinEye met a copy, with the day of the first meeting."""
        return replied(TERMS, keys, lambda secrets: self._asked(question, wire, secrets))

    def quota(self, wire: Wire, keys: Keys) -> Quota | Gap | None:
        """How many searches the bundles still hold, and until when the last of them is valid."""
        lacking = missing_keys(TERMS, keys)
        if lacking:
            return Gap(step=STEP, about=TERMS.title, reason=lacking)
        secrets = secrets_of(TERMS, keys)
        try:
            answer = self._left(wire, secrets)
        except NetError as error:
            return Gap(step=STEP, about=TERMS.title, reason=redacted(str(error), secrets))
        if isinstance(answer, Trouble):
            return Gap(step=STEP, about=TERMS.title, reason=answer.reason)
        if answer.left == SANDBOX_LEFT:
            note = f"{SANDBOX_LEFT} is also what the public sandbox key reports, which answers nothing of use"
            return Quota(left=answer.left, until=answer.until, note=note)
        return answer

    def _asked(self, question: Question, wire: Wire, secrets: tuple[str, ...]) -> Reply | Trouble:
        (key,) = secrets
        request = Request(
            method="POST",
            url=f"{self.base}search/",
            headers=(("x-api-key", key),),
            form=(("offset", "0"), ("limit", str(ROWS)), ("sort", "crawl_date"), ("order", "asc")),
            file=("image_upload", "image.jpg", fitted(question.jpeg, MOST_BYTES)),
            repeat=Repeat.PAID,
            secrets=secrets,
            service=TERMS.name,
            per_minute=PER_MINUTE,
            pause_after_429=PAUSE,
        )
        results = _results(said(wire, request), secrets)
        if isinstance(results, Trouble):
            return results
        left = Left()
        reply = whole(TERMS, _hits(results, left), left)
        if reply.hits and self._is_sandbox(wire, secrets):
            return _meaningless(reply)
        return Reply(hits=reply.hits, gaps=(*reply.gaps, *_unlisted(results)), charged=1)

    def _is_sandbox(self, wire: Wire, secrets: tuple[str, ...]) -> bool:
        """Whether the key is the public one, which answers for a picture of its own whatever it is sent.

        It is told by what it reports as left after a search: a bundle of 5,000 has fewer by then.
        """
        try:
            answer = self._left(wire, secrets)
        except NetError:
            return False
        return isinstance(answer, Quota) and answer.left == SANDBOX_LEFT

    def _left(self, wire: Wire, secrets: tuple[str, ...]) -> Quota | Trouble:
        request = Request(
            method="GET",
            url=f"{self.base}remaining_searches/",
            headers=(("x-api-key", secrets[0]),),
            secrets=secrets,
            service=TERMS.name,
            per_minute=PER_MINUTE,
        )
        results = _results(said(wire, request), secrets)
        if isinstance(results, Trouble):
            return results
        found = results.inner("results")
        if found is None:
            raise NetError("its answer is not in the form that it documents: “results” is no object")
        ends = [one.text("expire_date") or "" for one in found.rows("bundles", Left())]
        total = found.number("total_remaining_searches")
        left = total if total is not None else found.number("remaining_searches")
        return Quota(left=left, until=one_line(max(ends, default=""), 30)[:10] or None)


# --- reading ------------------------------------------------------------------------------


def _results(answer: Said, secrets: tuple[str, ...]) -> Fields | Trouble:
    """The whole answer of a request that went well.

    On an error ``results`` is a list and the status may be 200, so the code in the body comes first.
    """
    if answer.fields is None:
        trouble = trouble_of_status(answer.status, TERMS, None, secrets)
        if trouble is not None:
            return trouble
    fields = answer.read
    code = fields.number("code")
    status = answer.status if code in (None, 200) else code or answer.status
    if status == 200:
        return fields
    kind, *rest = (*fields.texts("messages"), "")
    text = " ".join(filter(None, rest)) or kind
    if kind == "NO_SIGNATURE_ERROR" or "too simple" in text.lower() or "too small" in text.lower():
        return Trouble(reason=TOO_PLAIN)
    if not 100 <= status <= 599:
        return Trouble(reason=BUSY.format(status=f"code {status}") + quoted(text, secrets))
    return trouble_of_status(status, TERMS, text, secrets) or Trouble(reason=BUSY.format(status=status))


def _hits(answer: Fields, left: Left) -> Iterator[Hit]:
    results = answer.inner("results")
    if results is None:
        # An empty answer is an object with an empty list; a list is what errors have.
        raise NetError("its answer is not in the form that it documents: “results” is no object")
    if not results.has("matches"):
        raise NetError("its answer is not in the form that it documents: “matches” is missing")
    for match in results.rows("matches", left):
        backlinks = list(match.rows("backlinks", left))
        thumbnail = address(match, "image_url")
        for one in backlinks:
            yield from _hit(one, thumbnail, left)
        if not backlinks:
            hit = hit_of(TERMS.name, HitKind.COPY, left, thumbnail=thumbnail)
            yield from (hit,) if hit else ()


def _hit(backlink: Fields, thumbnail: object, left: Left) -> Iterator[Hit]:
    """``url`` is the picture and ``backlink`` the page, not the other way round."""
    image = address(backlink, "url")
    found = dated(
        backlink.text("crawl_date"),
        DateKind.CRAWLED,
        Reliability.MEDIUM,
        by=TERMS.name,
        about=image if isinstance(image, str) else backlink.text("backlink") or "",
    )
    hit = hit_of(
        TERMS.name,
        HitKind.COPY,
        left,
        page=address(backlink, "backlink"),
        image=image,
        thumbnail=thumbnail,
        dates=(found,) if found else (),
    )
    yield from (hit,) if hit else ()


def _unlisted(answer: Fields) -> tuple[Gap, ...]:
    """A gap for the copies that TinEye knows and that did not fit into the answer."""
    results = answer.inner("results")
    stats = answer.inner("stats")
    total = (stats.number("total_filtered_results") or stats.number("total_results")) if stats else None
    if total is None and results is not None:
        total = results.number("total_results")  # before 2017 it stood there
    shown = len(list(results.rows("matches", Left()))) if results else 0
    if total is None or total <= shown:
        return ()
    reason = f"it knows {total:,} copies and listed the {shown:,} oldest: look at the others on tineye.com"
    return (Gap(step=STEP, about=TERMS.title, reason=reason),)


def _meaningless(reply: Reply) -> Reply:
    reason = (
        "this is its sandbox key, whose answers are meaningless (the same whatever is asked): "
        "get a key of your own, then `fakeprofile search keys set tineye`"
    )
    gap = Gap(step=STEP, about=TERMS.title, reason=reason)
    return Reply(hits=reply.hits, gaps=(gap,), meaningless=True, charged=0, closed=True)
