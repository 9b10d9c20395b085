"""Answers that were kept, so that the same question is not paid twice.

One file for each question, named after the service, the picture as it was sent, and its address.
Only whole answers are kept: one with a gap is asked again, and so is one that means nothing. A file that
is damaged, foreign or not private counts as if it were not there.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from fakeprofile.dating import parse_date
from fakeprofile.errors import NetError
from fakeprofile.records import Answer, Dated, DateKind, Gap, Hit, HitKind, Reliability
from fakeprofile.report.services import service_title
from fakeprofile.search.fields import Fields, fields_of
from fakeprofile.search.private import read_private, write_private
from fakeprofile.search.rows import STEP, is_address
from fakeprofile.search.service import Question

VERSION = 1
"""Of what stands in a file; raised whenever a service's rows are read in another way."""
MOST_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Cache:
    """The folder of kept answers; it need not exist."""

    folder: Path

    def answer(self, service: str, question: Question) -> Answer | None:
        """What the service said to this question before, with the day on which it was asked; None if not kept."""
        name = _name(service, question)
        try:
            fields = fields_of(read_private(self._path(name), MOST_BYTES))
            return _answer(fields, name, service, question.photo)
        # Whatever is wrong with it: the question can be asked again.
        except (OSError, NetError, ValueError, binascii.Error):
            return None

    def keep(self, question: Question, answer: Answer, today: str, secrets: tuple[str, ...]) -> Gap | None:
        """Keeps an answer, if it is worth it; a gap if it should have been kept and could not.

        Args:
            question: what was asked.
            answer: what was answered.
            today: the day on which it was.
            secrets: what must not stand in a file; an answer that holds one is not kept.
        """
        if not is_kept(answer):
            return None
        name = _name(answer.service, question)
        values = {
            "name": name,
            "asked_on": today,
            "hits": [_values(hit) for hit in answer.hits],
            "gaps": [{"step": gap.step, "about": gap.about, "reason": gap.reason} for gap in answer.gaps],
        }
        text = json.dumps(values)
        if any(secret in text for secret in secrets):
            return None
        try:
            write_private(self._path(name), text.encode("ascii"))
        except OSError as error:
            reason = f"its answer could not be kept ({error.strerror or 'the file is a link'}): asking again costs again"
            return Gap(step=STEP, about=service_title(answer.service), reason=reason)
        return None

    def _path(self, name: str) -> Path:
        return self.folder / f"{hashlib.sha256(name.encode()).hexdigest()}.json"


def is_kept(answer: Answer) -> bool:
    """Whether an answer is worth keeping: it was paid for. One that is nothing but a gap may be better next time."""
    return bool(answer.complete or answer.hits) and not answer.meaningless and answer.asked_on is None


def digest_of(question: Question) -> str:
    """The SHA-256 of the picture as it is sent, in hex."""
    return hashlib.sha256(question.jpeg).hexdigest()


def _name(service: str, question: Question) -> str:
    """All that the answer depends on, in one line."""
    return json.dumps([VERSION, service, digest_of(question), question.url])


# --- hits to JSON and back ----------------------------------------------------------------


def _values(hit: Hit) -> dict[str, object]:
    return {
        "service": hit.service,
        "kind": hit.kind,
        "page_url": hit.page_url,
        "image_url": hit.image_url,
        "thumbnail_url": hit.thumbnail_url,
        "thumbnail": None if hit.thumbnail is None else base64.b64encode(hit.thumbnail).decode("ascii"),
        "title": hit.title,
        "dates": [
            {
                "on": one.on,
                "kind": one.kind,
                "reliability": one.reliability,
                "by": one.by,
                "about": one.about,
                "said": one.said,
                "identical": one.identical,
            }
            for one in hit.dates
        ],
    }


def _answer(fields: Fields, name: str, service: str, photo: str) -> Answer:
    """The answer that a file holds.

    Raises:
        ValueError: something in it is not as it was written.
    """
    if fields.text("name") != name:
        raise ValueError("another question")
    hits = tuple(_hit(_object(one), service) for one in _list(fields, "hits"))
    asked_on = parse_date(_string(fields, "asked_on"))
    gaps = tuple(_gap(_object(one)) for one in _list(fields, "gaps"))
    return Answer(service=service, photo=photo, hits=hits, gaps=gaps, asked_on=asked_on)


def _gap(fields: Fields) -> Gap:
    return Gap(step=_string(fields, "step"), about=_string(fields, "about"), reason=_string(fields, "reason"))


def _hit(fields: Fields, service: str) -> Hit:
    thumbnail = _optional(fields, "thumbnail")
    urls = [_optional(fields, name) for name in ("page_url", "image_url", "thumbnail_url")]
    if not all(url is None or is_address(url) for url in urls):
        raise ValueError("no address")
    if fields.text("service") != service:
        raise ValueError("another service")
    return Hit(
        service=service,
        kind=HitKind(_string(fields, "kind")),
        page_url=urls[0],
        image_url=urls[1],
        thumbnail_url=urls[2],
        thumbnail=None if thumbnail is None else base64.b64decode(thumbnail, validate=True),
        title=_optional(fields, "title"),
        dates=tuple(_dated(_object(one)) for one in _list(fields, "dates")),
    )


def _dated(fields: Fields) -> Dated:
    return Dated(
        on=parse_date(_string(fields, "on")),
        kind=DateKind(_string(fields, "kind")),
        reliability=Reliability(_string(fields, "reliability")),
        by=_string(fields, "by"),
        about=_string(fields, "about"),
        said=_string(fields, "said"),
        identical=fields.truth("identical"),
    )


def _object(value: object) -> Fields:
    if not isinstance(value, dict):
        raise ValueError("no object")
    return Fields(values=value)


def _list(fields: Fields, name: str) -> list[object]:
    value = fields.values.get(name)
    if not isinstance(value, list):
        raise ValueError(f"no list: {name}")
    return value


def _optional(fields: Fields, name: str) -> str | None:
    return None if fields.values.get(name) is None else _string(fields, name)


def _string(fields: Fields, name: str) -> str:
    value = fields.values.get(name)
    if not isinstance(value, str):
        raise ValueError(f"no text: {name}")
    return value
