"""Facts of a public search, made of plain values, for the tests of the texts."""

from __future__ import annotations

from fakeprofile.identity import relation_of
from fakeprofile.identity.pages import page_of
from fakeprofile.records import (
    Compared,
    Dated,
    DateKind,
    Facts,
    Finding,
    Gap,
    HitKind,
    Identity,
    Lead,
    Looked,
    Match,
    Outcome,
    Profile,
    Reading,
    Reliability,
    Report,
    Searched,
    Sighting,
    Source,
    Status,
    Support,
    WholeDistance,
)
from fakeprofile.verdict import weigh


def dated(on: str, kind: DateKind = DateKind.CRAWLED, **more: object) -> Dated:
    fields = {"reliability": Reliability.MEDIUM, "by": "tineye", "about": "https://x.example/"}
    return Dated(on=on, kind=kind, **(fields | more))  # type: ignore[arg-type]


def place(
    number: int, page: str, *dates: Dated, title: str | None = None, services: tuple[str, ...] = ("google",)
) -> Match:
    """A page that shows the photo."""
    told = page_of(page)
    owner = Identity(id=0, name=told.handle.name, handles=(told.handle,)) if told.handle else None
    sighting = Sighting(
        id=number, source=Source.WEB, identity=owner, photo_sha256=None, page_url=page, title=title, site=told.site,
        services=services, dates=dates, seen_on=dates[0].on if dates else None,
    )  # fmt: skip
    return Match(
        sighting=sighting,
        finding=Finding.SAME_PICTURE,
        support=Support(log10_lr=4.0, words="very strong"),
        whole_distance=WholeDistance(phash=2, pdq=8),
    )


def lead(outcome: Outcome, page: str | None, **more: object) -> Lead:
    fields = {"service": "google", "photo": "a.jpg", "kind": HitKind.COPY, "page_url": page}
    return Lead(outcome=outcome, **(fields | more))  # type: ignore[arg-type]


def report(
    *places: Match,
    leads: tuple[Lead, ...] = (),
    searches: tuple[Searched, ...] = (),
    gaps: tuple[Gap, ...] = (),
    profile: Profile | None = None,
    names: tuple[str, ...] = ("a.jpg",),
) -> Report:
    """What a check found whose photos stand on these pages."""
    claims = profile or Profile(name="Lars")
    facts = Facts(
        profile=claims,
        checked_on="2026-07-01",
        looked=tuple(Looked(photo=name, status=Status.OK, matches=places) for name in names),
        compared=Compared(photos=0, hashes=0),
        readings=tuple(
            Reading(sighting=one.sighting.id, likeness=relation_of(claims, one.sighting.identity))
            for one in places
        ),
        leads=leads,
        searches=searches,
        gaps=gaps,
    )
    return Report(facts=facts, verdict=weigh(facts))


def words(text: str) -> str:
    """The text without its line breaks."""
    return " ".join(text.split())
