"""The services that a user chose, ready to be asked about photos: planned, agreed to, and then asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from fakeprofile.net import Wire
from fakeprofile.records import Answer, Gap, Photo
from fakeprofile.search.asking import ask
from fakeprofile.search.cache import Cache
from fakeprofile.search.catalogue import Listed
from fakeprofile.search.keys import KeyRing
from fakeprofile.search.plan import Plan, plan_of, unanswered
from fakeprofile.search.question import question_of


@dataclass(slots=True, kw_only=True)
class Services:
    """What asks the chosen services about photos; nothing is sent before ``agreed`` has seen the plan."""

    chosen: tuple[Listed, ...]
    ring: KeyRing = field(repr=False)
    wire: Wire = field(repr=False)
    cache: Cache | None
    agreed: Callable[[Plan], bool]
    """Shows the plan, and says whether it may be carried out; called only if something would be sent."""
    today: str
    begun: Callable[[], None] = lambda: None
    """Called when the plan is carried out: it was agreed to, or sends nothing."""
    url: str | None = None
    """The public address of the photo, if there is only one and the user named it."""
    max_searches: int | None = None
    refresh: bool = False
    all_services: bool = False
    gaps: list[Gap] = field(default_factory=list)
    """What went wrong that belongs to no answer."""

    def answers(self, photos: Iterable[Photo], decisive: Callable[[Answer], bool]) -> Iterator[Answer]:
        """What each service said of each photo, the cheapest service first.

        Args:
            photos: each is made smaller and goes without its metadata.
            decisive: whether an answer makes it needless to ask more about its photo; called after the
                answer was given out.
        """
        plan = plan_of(
            self.chosen,
            [question_of(photo, self.url) for photo in photos],
            self.ring,
            self.cache,
            max_searches=self.max_searches,
            refresh=self.refresh,
        )
        # That a key is missing stands in the answer about each photo.
        lacking = {(step.terms.title, step.lacks) for step in plan.steps if step.unasked}
        self.gaps += [gap for gap in plan.gaps if (gap.about, gap.reason) not in lacking]
        if plan.sends and not self.agreed(plan):
            yield from _refused(plan)
            return
        self.begun()
        yield from ask(
            plan,
            self.wire,
            self.cache,
            today=self.today,
            decisive=decisive,
            all_services=self.all_services,
            tell=self.gaps.append,
        )


def _refused(plan: Plan) -> Iterator[Answer]:
    """What was kept, and of the rest that the user did not want it to be asked."""
    for step in plan.steps:
        yield from step.kept
        yield from step.unasked
        for question in step.questions:
            yield unanswered(step.terms, question, "not asked: you said no")
