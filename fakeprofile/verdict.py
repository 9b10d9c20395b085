"""What is said about facts: small rules, in order, each from facts to statements.

A statement is a code with parameters; ``report`` makes the words. Nothing here says "fake" or
"real". Where the claimed identity itself is known with a picture, others who show it too are
mentioned and not held against the account: they may have taken it from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fakeprofile.dating import earliest
from fakeprofile.records import (
    Evidence,
    Facts,
    Level,
    Likeness,
    Looked,
    Match,
    Reading,
    Relation,
    Source,
    Status,
    Verdict,
)

OWN = (Relation.SAME_ACCOUNT, Relation.SAME_ID, Relation.SAME_NAME)
NOTICEABLE_YEARS = 1
"""A picture that is younger says nothing about a claimed age."""

ORDER = tuple(Level)

EXPLANATIONS: dict[Level, tuple[str, ...]] = {
    Level.OTHER_IDENTITY: ("second-account", "fan-page", "shared-picture", "reference-wrong"),
    Level.OTHER_ACCOUNT: ("taken-from-here", "second-account", "stock-or-meme", "shared-picture"),
    Level.SAME_IDENTITY: ("name-borrowed",),
    Level.SIMILAR: ("same-moment", "same-template"),
    Level.NOTHING_FOUND: ("not-in-the-set",),
    Level.NOT_CHECKABLE: (),
}
"""What else could explain it: codes of the explanations that fit each level."""
NO_PHOTO = ("many-have-none",)


def weigh(facts: Facts, more: tuple[Evidence, ...] = ()) -> Verdict:
    """The verdict over facts: all statements that the rules draw, and the strongest level among them.

    Args:
        facts: all that was seen.
        more: statements that others draw from them, such as that an account is watched.
    """
    evidence = (*(one for rule in RULES for one in rule(facts)), *more)
    levels = [one.level for one in evidence if one.level is not None]
    level = min(levels, key=ORDER.index, default=Level.NOTHING_FOUND)
    return Verdict(level=level, evidence=evidence, explanations=_explanations(facts, level))


def _explanations(facts: Facts, level: Level) -> tuple[str, ...]:
    """An account without a photo of its own is explained; photos that could not be read are not."""
    unset = any(photo.status is Status.NOT_CHECKABLE for photo in facts.looked)
    return NO_PHOTO if level is Level.NOT_CHECKABLE and unset else EXPLANATIONS[level]


# --- rules --------------------------------------------------------------------------------


def elsewhere(facts: Facts) -> Iterator[Evidence]:
    """The same picture under another name, on another account, or under the claimed name."""
    readings = _readings(facts)
    for photo in facts.looked:
        proven = [match for match in photo.matches if match.proven]
        owned = any(
            readings[match.sighting.id].likeness.relation in OWN
            for match in proven
            if match.sighting.source is Source.REFERENCE
        )
        for match in proven:
            yield _standing(photo, match, readings[match.sighting.id].likeness, owned)


def renamed(facts: Facts) -> Iterator[Evidence]:
    """The same numeric id under another name: once for each earlier name."""
    told = set()
    readings = _readings(facts)
    for match in _proven(facts):
        likeness = readings[match.sighting.id].likeness
        if likeness.relation is Relation.SAME_ID and likeness.theirs not in told:
            told.add(likeness.theirs)
            yield Evidence(
                code="renamed",
                sighting=match.sighting.id,
                parameters=(("ours", likeness.ours), ("theirs", likeness.theirs)),
            )


def ages(facts: Facts) -> Iterator[Evidence]:
    """How old the claimed age makes the owner when the oldest of the pictures was seen."""
    readings = _readings(facts)
    seen = [match.sighting for match in _proven(facts) if readings[match.sighting.id].age_then is not None]
    oldest = earliest(seen)
    if oldest is None or facts.profile.age is None:
        return
    then = readings[oldest.id].age_then
    if then is None or facts.profile.age - then.most < NOTICEABLE_YEARS:
        return
    yield Evidence(
        code="unborn-then" if then.surely_unborn else "age-then",
        sighting=oldest.id,
        parameters=(
            ("seen_on", oldest.seen_on or ""),
            ("kind", str(oldest.date_kind or "")),
            ("age", str(facts.profile.age)),
            ("least", str(max(0, then.least))),
            ("most", str(then.most)),
        ),
    )


def similar(facts: Facts) -> Iterator[Evidence]:
    """Photos that look like a known picture and were not proven to be it."""
    for photo in facts.looked:
        if photo.matches and not any(match.proven for match in photo.matches):
            match = photo.matches[0]
            yield Evidence(
                code="similar",
                level=Level.SIMILAR,
                photo=photo.photo,
                sighting=match.sighting.id,
                parameters=(("name", _name(match)),),
            )


def not_checkable(facts: Facts) -> Iterator[Evidence]:
    """Photos that say nothing about who uses them, and accounts without any."""
    for photo in facts.looked:
        if photo.status is Status.NOT_CHECKABLE:
            yield Evidence(
                code="not-checkable", photo=photo.photo, parameters=(("reason", photo.reason or ""),)
            )
    if not any(photo.status is Status.OK for photo in facts.looked):
        yield Evidence(code="nothing-to-check", level=Level.NOT_CHECKABLE)


def nothing_found(facts: Facts) -> Iterator[Evidence]:
    """Photos that were compared with everything there is, without a match."""
    for photo in facts.looked:
        if photo.status is Status.OK and not photo.matches:
            yield Evidence(code="nothing-found", photo=photo.photo)


RULES: tuple[Callable[[Facts], Iterator[Evidence]], ...] = (
    elsewhere,
    renamed,
    ages,
    similar,
    not_checkable,
    nothing_found,
)


# --- statements ---------------------------------------------------------------------------


def _standing(photo: Looked, match: Match, likeness: Likeness, owned: bool) -> Evidence:
    code, level = _judged(match, likeness, owned)
    return Evidence(
        code=code,
        level=level,
        photo=photo.photo,
        sighting=match.sighting.id,
        parameters=(("name", _name(match)), ("ours", likeness.ours), ("on", likeness.on)),
    )


def _judged(match: Match, likeness: Likeness, owned: bool) -> tuple[str, Level | None]:
    """Which statement fits one proven match, and the level that it supports."""
    case = match.sighting.source is Source.CASE
    if likeness.relation is Relation.SAME_ACCOUNT and case:
        # That an account was checked before says nothing: checking it twice must not change the answer.
        return "seen-before", None
    if likeness.relation is Relation.SAME_ID and case:
        return "seen-before-under-other-name", Level.SAME_IDENTITY
    if likeness.relation in OWN:
        return "own-other-account" if case else "own-picture", Level.SAME_IDENTITY
    if owned:
        return "also-elsewhere", Level.SAME_IDENTITY
    if match.sighting.identity is None:
        return "unknown-owner", Level.OTHER_ACCOUNT
    if case:
        return "other-case", Level.OTHER_ACCOUNT
    if likeness.relation is Relation.UNCLAIMED:
        return "nothing-claimed", Level.OTHER_ACCOUNT
    if likeness.weak:
        return "perhaps-other-identity", Level.OTHER_ACCOUNT
    return "other-identity", Level.OTHER_IDENTITY


def _name(match: Match) -> str:
    """What to call the owner of a sighting: a reference by name, an earlier case by its account."""
    identity = match.sighting.identity
    if identity is None:
        return ""
    if match.sighting.source is Source.CASE and identity.handles:
        return str(identity.handles[0])
    return identity.name


def _proven(facts: Facts) -> list[Match]:
    return [match for photo in facts.looked for match in photo.matches if match.proven]


def _readings(facts: Facts) -> dict[int, Reading]:
    return {reading.sighting: reading for reading in facts.readings}
