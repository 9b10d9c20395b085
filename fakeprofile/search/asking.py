"""A plan that the user agreed to -> answers, one by one, and no more questions than are needed.

What was kept comes first, because it costs nothing. Then each service is asked about every photo that
is still open, the cheapest first. Every question that is not asked leaves a gap that says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from fakeprofile.net import Wire
from fakeprofile.records import Answer, Gap, Hit
from fakeprofile.search.cache import Cache
from fakeprofile.search.exchange import redacted, secrets_of
from fakeprofile.search.plan import Plan, Step, identity_of, unanswered
from fakeprofile.search.rows import STEP
from fakeprofile.search.service import Price, Question, Reply

DECISIVE = "not asked: what was found before is decisive; --all-services asks all of them"
OVER = "not asked: the limit of {most:,} paid searches is reached; --max-searches allows more"
CLOSED = "not asked: {reason}"
LEAKING = "{rows} left out of its answer: its own key stood in there"


def ask(
    plan: Plan,
    wire: Wire,
    cache: Cache | None,
    *,
    today: str,
    decisive: Callable[[Answer], bool],
    all_services: bool = False,
    tell: Callable[[Gap], None] | None = None,
) -> Iterator[Answer]:
    """Every answer, kept or new, one by one: a service that was not asked gives one with a gap.

    Args:
        plan: what may be asked; nothing else is.
        wire: what sends it.
        cache: where whole answers are kept, if they are.
        today: the day, for what is kept.
        decisive: whether an answer makes it needless to ask more about its photo; it is called after the
            answer was given out, so it may rest on what was made of it.
        all_services: ask all of them, whatever is decisive.
        tell: takes what went wrong besides, such as an answer that could not be kept.
    """
    run = _Run(wire=wire, cache=cache, today=today, most=plan.most, tell=tell)

    def given(answer: Answer) -> Iterator[Answer]:
        yield answer
        if not all_services and not answer.meaningless and answer.hits and decisive(answer):
            run.settled.add(answer.photo)

    for step in plan.steps:
        for answer in step.kept:
            yield from given(answer)
    for step in plan.steps:
        yield from step.unasked
        for answer in run.answers(step):
            yield from given(answer)


@dataclass(slots=True, kw_only=True)
class _Run:
    """One run of a plan, and what happened so far."""

    wire: Wire
    cache: Cache | None
    today: str
    most: int | None
    tell: Callable[[Gap], None] | None
    spent: int = 0
    """Paid questions."""
    settled: set[str] = field(default_factory=set)
    """Names of photos about which nothing more need be asked."""

    def answers(self, step: Step) -> Iterator[Answer]:
        """What one service says to its questions; after "no more" it is not asked again."""
        closed = ""
        before: dict[tuple[str, str | None], Answer] = {}
        for question in step.questions:
            same = before.get(identity_of(question))
            if question.photo in self.settled:
                yield unanswered(step.terms, question, DECISIVE)
            elif same is not None:
                # The same picture under two names is one question.
                yield replace(same, photo=question.photo)
            elif closed:
                yield unanswered(step.terms, question, CLOSED.format(reason=closed))
            elif self._is_over(step):
                yield unanswered(step.terms, question, OVER.format(most=self.most))
            else:
                reply = step.service.ask(question, self.wire, step.keys)
                self.spent += 0 if step.terms.price is Price.FREE else reply.charged
                answer = _answer(step, question, reply)
                if reply.closed:
                    closed = answer.gaps[0].reason if answer.gaps else "it takes no more questions"
                if answer.complete:
                    before[identity_of(question)] = answer
                self._keep(step, question, answer)
                yield answer

    def _is_over(self, step: Step) -> bool:
        return self.most is not None and step.terms.price is not Price.FREE and self.spent >= self.most

    def _keep(self, step: Step, question: Question, answer: Answer) -> None:
        if self.cache is None:
            return
        trouble = self.cache.keep(question, answer, self.today, secrets_of(step.terms, step.keys))
        if trouble is not None and self.tell is not None:
            self.tell(trouble)


def _answer(step: Step, question: Question, reply: Reply) -> Answer:
    """The reply as a record, without any key in it."""
    secrets = secrets_of(step.terms, step.keys)
    hits = tuple(hit for hit in reply.hits if not _leaks(hit, secrets))
    gaps = tuple(replace(gap, reason=redacted(gap.reason, secrets)) for gap in reply.gaps)
    lost = len(reply.hits) - len(hits)
    if lost:
        rows = "1 row was" if lost == 1 else f"{lost:,} rows were"
        gaps += (Gap(step=STEP, about=step.terms.title, reason=LEAKING.format(rows=rows)),)
    return Answer(
        service=step.terms.name,
        photo=question.photo,
        hits=hits,
        gaps=gaps,
        meaningless=reply.meaningless,
    )


def _leaks(hit: Hit, secrets: tuple[str, ...]) -> bool:
    """Whether a key stands in a row, plainly or as in an address."""
    dates = " ".join(f"{one.by} {one.about} {one.said}" for one in hit.dates)
    shown = " ".join(filter(None, (hit.page_url, hit.image_url, hit.thumbnail_url, hit.title, dates)))
    return redacted(shown, secrets) != shown
