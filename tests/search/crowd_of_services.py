"""Services that answer from memory, to watch who is asked what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from search.strangers import TERMS

from fakeprofile.net import Request, Response, Wire
from fakeprofile.records import Gap, Hit, HitKind
from fakeprofile.search.catalogue import Listed
from fakeprofile.search.service import Keys, Price, Question, Quota, Reply, Terms


class NoWire:
    """Sends nothing, and fails if it is asked to."""

    def send(self, request: Request) -> Response:
        raise AssertionError(request)


@dataclass
class Watched:
    """Answers every question with one row, or with what stands in ``replies``; notes what it was asked."""

    name: str
    price: Price = Price.CHEAP
    keys: tuple[str, ...] = ()
    uploads: bool = True
    replies: list[Reply] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    seen_keys: list[dict[str, str]] = field(default_factory=list)

    @property
    def terms(self) -> Terms:
        return replace(
            TERMS,
            name=self.name,
            title=self.name.upper(),
            price=self.price,
            keys=self.keys,
            uploads=self.uploads,
        )

    def ask(self, question: Question, wire: Wire, keys: Keys) -> Reply:
        self.asked.append(question.photo)
        self.seen_keys.append(dict(keys))
        return self.replies.pop(0) if self.replies else Reply(hits=(self.hit(question.photo),))

    def hit(self, photo: str) -> Hit:
        return Hit(service=self.name, kind=HitKind.COPY, page_url=f"https://{self.name}.example/{photo}")

    def trouble(self, reason: str, *, closed: bool = False, charged: int = 0) -> Reply:
        gap = Gap(step="found", about=self.name.upper(), reason=reason)
        return Reply(gaps=(gap,), closed=closed, charged=charged)

    def quota(self, wire: Wire, keys: Keys) -> Quota | Gap | None:
        return None


def listed(*services: Watched) -> tuple[Listed, ...]:
    """As the catalogue would have them."""
    return tuple(Listed(name=one.name, origin="tests", service=one) for one in services)
