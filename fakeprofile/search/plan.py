"""What would be asked, before anything is: which services about how many photos, and what that costs.

The plan is shown to the user, who may still say no; ``asking`` then does what it says and no more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fakeprofile.records import Answer, Gap
from fakeprofile.search.cache import Cache, digest_of
from fakeprofile.search.catalogue import Listed
from fakeprofile.search.exchange import missing_keys
from fakeprofile.search.keys import KeyRing
from fakeprofile.search.rows import STEP
from fakeprofile.search.service import Keys, Price, Question, Service, Terms

ORDER = tuple(Price)
NO_URL = "not asked: it takes only the public address of a photo; name it with --url, if the photo has one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one service would be asked, and what it said before."""

    service: Service = field(repr=False)
    terms: Terms
    """What is sent, what the service does with it, and the price."""
    keys: Keys = field(default_factory=dict, repr=False)
    """Those of this service, and no others."""
    questions: tuple[Question, ...] = ()
    """What would be asked, each picture once."""
    kept: tuple[Answer, ...] = ()
    """Answers of earlier checks: they cost nothing and send nothing."""
    unasked: tuple[Answer, ...] = ()
    """Answers without a row, whose gap says why the service cannot be asked about the photo."""
    lacks: str = ""
    """What is missing, if it cannot be asked at all: a key, a module that works."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All steps, cheapest first."""

    steps: tuple[Step, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """One for each service that cannot be asked at all."""
    most: int | None = None
    """How many paid questions may be asked, at most; None for no limit."""

    @property
    def searches(self) -> int:
        """How many paid questions would be asked, at most; fewer if the evidence is decisive before."""
        paid = sum(len(step.questions) for step in self.steps if step.terms.price is not Price.FREE)
        return paid if self.most is None else min(paid, self.most)

    @property
    def sends(self) -> bool:
        """Whether anything would leave the machine."""
        return any(step.questions for step in self.steps)


def plan_of(
    services: Iterable[Listed],
    questions: Iterable[Question],
    ring: KeyRing,
    cache: Cache | None,
    *,
    max_searches: int | None = None,
    refresh: bool = False,
) -> Plan:
    """What would be asked: nothing is sent for it.

    Args:
        services: those that the user named.
        questions: one for each photo.
        ring: the keys that were found.
        cache: where answers were kept, if they are.
        max_searches: how many paid questions may be asked, at most.
        refresh: ask again what was kept.
    """
    asked = tuple(questions)
    steps, gaps = [], list(ring.gaps)
    for one in services:
        if one.service is None:
            gaps.append(Gap(step=STEP, about=one.name, reason=f"it cannot be used: {one.reason}"))
            continue
        step = _step(one.service, asked, ring, None if refresh else cache)
        steps.append(step)
        if step.lacks and step.unasked:
            gaps.append(Gap(step=STEP, about=step.terms.title, reason=step.lacks))
    # Sorting keeps the order of the catalogue among those of one price.
    steps.sort(key=lambda step: ORDER.index(step.terms.price))
    return Plan(steps=tuple(steps), gaps=tuple(gaps), most=max_searches)


def unanswered(terms: Terms, question: Question, reason: str) -> Answer:
    """An answer without rows, and why there are none."""
    gap = Gap(step=STEP, about=terms.title, reason=reason)
    return Answer(service=terms.name, photo=question.photo, gaps=(gap,))


def _step(service: Service, questions: tuple[Question, ...], ring: KeyRing, cache: Cache | None) -> Step:
    """What one service would be asked. What was kept needs neither key nor address."""
    terms, keys = service.terms, ring.of(service.terms.keys)
    lacks = missing_keys(terms, keys) or ""
    kept: list[Answer] = []
    wanted: list[Question] = []
    unasked: list[Answer] = []
    for question in questions:
        before = cache.answer(terms.name, question) if cache is not None else None
        if before is not None:
            kept.append(before)
        elif lacks:
            unasked.append(unanswered(terms, question, f"not asked: {lacks}"))
        elif not terms.uploads and question.url is None:
            unasked.append(unanswered(terms, question, NO_URL))
        else:
            wanted.append(question)
    return Step(
        service=service,
        terms=terms,
        keys=keys,
        questions=tuple(wanted),
        kept=tuple(kept),
        unasked=tuple(unasked),
        lacks=lacks,
    )


def identity_of(question: Question) -> tuple[str, str | None]:
    """What makes two questions the same: the picture that is sent, and its address."""
    return digest_of(question), question.url
