"""A plan that the user agreed to -> answers, one by one, and no more questions than are needed.

What was kept comes first, because it costs nothing. Then each service is asked about every photo that
is still open, the cheapest first. Every question that is not asked leaves a gap that says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from fakeprofile.errors import FakeprofileError
from fakeprofile.net import Wire
from fakeprofile.records import Answer, Gap
from fakeprofile.search.cache import Cache
from fakeprofile.search.exchange import redacted, secrets_of
from fakeprofile.search.plan import Plan, Step, identity_of, unanswered
from fakeprofile.search.rows import STEP
from fakeprofile.search.service import Price, Question, Reply

DECISIVE = "not asked: what was found before is decisive; --all-services asks all of them"
OVER = "not asked: the limit of {most:,} paid searches is reached; --max-searches allows more"
CLOSED = "not asked: {reason}"
LEAKING = "{rows} left out of its answer: its own key stood in there"


@dataclass(slots=True)
class _State:
    """What happened so far."""

    spent: int = 0
    settled: set[str] = field(default_factory=set)
    """Names of photos about which nothing more need be asked."""


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
    state = _State()

    def given(answer: Answer) -> Iterator[Answer]:
        yield answer
        if not all_services and not answer.meaningless and answer.hits and decisive(answer):
            state.settled.add(answer.photo)

    for step in plan.steps:
        for answer in step.kept:
            yield from given(answer)
    for step in plan.steps:
        yield from step.unasked
        for answer in _asked(step, plan.most, wire, cache, today, state, tell):
            yield from given(answer)


def _asked(
    step: Step,
    most: int | None,
    wire: Wire,
    cache: Cache | None,
    today: str,
    state: _State,
    tell: Callable[[Gap], None] | None,
) -> Iterator[Answer]:
    """What one service says to its questions; after "no more" it is not asked again."""
    closed = ""
    before: dict[tuple[str, str | None], Answer] = {}
    free = step.terms.price is Price.FREE
    for question in step.questions:
        same = before.get(identity_of(question))
        if question.photo in state.settled:
            yield unanswered(step.terms, question, DECISIVE)
        elif same is not None:
            # The same picture under two names is one question.
            yield replace(same, photo=question.photo)
        elif closed:
            yield unanswered(step.terms, question, CLOSED.format(reason=closed))
        elif most is not None and not free and state.spent >= most:
            yield unanswered(step.terms, question, OVER.format(most=most))
        else:
            reply = _reply(step, question, wire)
            state.spent += 0 if free else reply.charged
            closed = (
                reply.gaps[0].reason if reply.closed and reply.gaps else "it refused" if reply.closed else ""
            )
            answer = _answer(step, question, reply)
            if answer.complete:
                before[identity_of(question)] = answer
            trouble = (
                cache.keep(question, answer, today, secrets_of(step.terms, step.keys)) if cache else None
            )
            if trouble is not None and tell is not None:
                tell(trouble)
            yield answer


def _reply(step: Step, question: Question, wire: Wire) -> Reply:
    try:
        return step.service.ask(question, wire, step.keys)
    except FakeprofileError as error:  # such as a picture that cannot be made small enough
        gap = Gap(step=STEP, about=step.terms.title, reason=str(error))
        return Reply(gaps=(gap,), charged=0)


def _answer(step: Step, question: Question, reply: Reply) -> Answer:
    """The reply as a record, without any key in it."""
    secrets = secrets_of(step.terms, step.keys)
    hits = tuple(hit for hit in reply.hits if not any(secret in repr(hit) for secret in secrets))
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
