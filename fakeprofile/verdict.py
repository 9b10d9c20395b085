"""What is said about facts: small rules, in order, each from facts to statements.

A statement is a code with parameters; ``report`` makes the words. Nothing here says "fake" or
"real". Where the claimed identity itself is known with a picture, others who show it too are
mentioned and not held against the account: they may have taken it from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fakeprofile.dating import earliest
from fakeprofile.identity import relation_of
from fakeprofile.identity.agreement import Agreement, agreed, shared_titles
from fakeprofile.records import (
    Evidence,
    Facts,
    Identity,
    Level,
    Likeness,
    Looked,
    Match,
    Reading,
    Relation,
    Sighting,
    SiteKind,
    Source,
    Status,
    Verdict,
)
from fakeprofile.timeline import Timeline, timeline_of

OWN = (Relation.SAME_ACCOUNT, Relation.SAME_ID, Relation.SAME_NAME)
NOTICEABLE_YEARS = 1
"""A picture that is younger says nothing about a claimed age."""

MOST_TITLES = 2
"""Of the words that titles have in common, how many are told."""

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
ANYBODYS = frozenset({"on-stock-site", "on-wallpaper-site", "on-fan-page"})
"""Statements about sites from which anybody takes pictures: they name nobody whose they are."""
ANYBODY = ("stock-or-meme", "fan-page")


def weigh(facts: Facts, more: tuple[Evidence, ...] = ()) -> Verdict:
    """The verdict over facts: all statements that the rules draw, and the strongest level among them.

    Args:
        facts: all that was seen.
        more: statements that others draw from them, such as that an account is watched.
    """
    evidence = (*(one for rule in RULES for one in rule(facts)), *more)
    levels = [one.level for one in evidence if one.level is not None]
    level = min(levels, key=ORDER.index, default=Level.NOTHING_FOUND)
    return Verdict(level=level, evidence=evidence, explanations=_explanations(facts, evidence, level))


def _explanations(facts: Facts, evidence: tuple[Evidence, ...], level: Level) -> tuple[str, ...]:
    """An account without a photo of its own is explained; photos that could not be read are not."""
    codes = {one.code for one in evidence}
    if codes & {"all-later-than-post", "some-later-than-post"} and level is Level.OTHER_IDENTITY:
        return ("taken-from-here", *EXPLANATIONS[level])
    if "on-stock-site" in codes and level is Level.OTHER_IDENTITY:
        return ("stock-or-meme", *EXPLANATIONS[level])
    found = {one.code for one in evidence if one.level is Level.OTHER_ACCOUNT}
    if level is Level.OTHER_ACCOUNT and found and found <= ANYBODYS:
        return ANYBODY
    if level is Level.OTHER_ACCOUNT and "on-post" in found:
        return ("own-post", *EXPLANATIONS[level])
    unset = any(photo.status is Status.NOT_CHECKABLE for photo in facts.looked)
    return NO_PHOTO if level is Level.NOT_CHECKABLE and unset else EXPLANATIONS[level]


# --- rules --------------------------------------------------------------------------------


def elsewhere(facts: Facts) -> Iterator[Evidence]:
    """The same picture under another name, on another account, or under the claimed name."""
    readings = _readings(facts)
    # Two accounts that borrow one name agree on it too: that outweighs other pages, never the reference set.
    owned_on_web = any(likeness.relation in OWN for _, likeness in _agreed(facts))
    for photo in facts.looked:
        proven = [match for match in photo.matches if match.proven]
        owned = any(
            readings[match.sighting.id].likeness.relation in OWN
            for match in proven
            if match.sighting.source is Source.REFERENCE
        )
        for match in proven:
            own = owned or (owned_on_web and match.sighting.source is Source.WEB)
            yield _standing(photo, match, readings[match.sighting.id].likeness, own)


def agreed_names(facts: Facts) -> Iterator[Evidence]:
    """Whose pictures several independent sites say they are."""
    later = _all_later(timeline_of(_on_web(facts), facts.profile.posted_on))
    for agreement, likeness in _agreed(facts):
        code, level = {
            Relation.OTHER: ("agreed-name", Level.OTHER_IDENTITY),
            Relation.UNCLAIMED: ("agreed-unclaimed", Level.OTHER_ACCOUNT),
        }.get(likeness.relation, ("agreed-own", Level.SAME_IDENTITY))
        if likeness.weak:
            code, level = "agreed-perhaps", Level.OTHER_ACCOUNT
        if level is Level.OTHER_IDENTITY and later:
            level = Level.OTHER_ACCOUNT
        yield Evidence(
            code=code,
            level=level,
            parameters=(
                ("name", agreement.name),
                ("domains", ", ".join(agreement.domains)),
                ("ours", likeness.ours),
                ("on", likeness.on),
            ),
        )


def shared_title(facts: Facts) -> Iterator[Evidence]:
    """What the titles of independent sites have in common, where no account names anybody: to look at, not to judge by."""
    if _agreed(facts):
        return
    for shared in shared_titles(_pages(facts))[:MOST_TITLES]:
        yield Evidence(
            code="shared-title",
            parameters=(("name", shared.name), ("domains", ", ".join(shared.domains))),
        )


def first_on_web(facts: Facts) -> Iterator[Evidence]:
    """Since when the pictures stand on the web, by each kind of date, and what is younger than the account's own."""
    timeline = timeline_of(_on_web(facts), facts.profile.posted_on)
    if timeline.first is not None:
        yield Evidence(
            code="first-on-web",
            sighting=timeline.first.sighting,
            parameters=(
                ("on", timeline.first.dated.on),
                ("kind", timeline.first.dated.kind),
                ("reliability", timeline.first.dated.reliability),
                ("ties", str(len(timeline.ties))),
                ("doubts", str(len(timeline.doubts))),
            ),
        )
    if timeline.later and facts.profile.posted_on is not None:
        code = "all-later-than-post" if _all_later(timeline) else "some-later-than-post"
        yield Evidence(
            code=code,
            parameters=(
                ("posted_on", facts.profile.posted_on),
                ("later", str(len(timeline.later))),
                ("dated", str(len(timeline.placed))),
            ),
        )


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
    agreed_names,
    shared_title,
    first_on_web,
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
    if match.sighting.source is Source.WEB:
        return _judged_on_web(match, likeness, owned)
    case = match.sighting.source is Source.CASE
    if likeness.relation is Relation.SAME_ACCOUNT and case:
        # That an account was checked before says nothing: checking it twice must not change the answer.
        return "seen-before", None
    if likeness.relation is Relation.SAME_ID and case:
        return "seen-before-under-other-name", Level.SAME_IDENTITY
    if case and likeness.relation is Relation.SAME_NAME and likeness.on == "name":
        # Whoever comes back under another handle can claim the same name again.
        return "own-other-account", Level.OTHER_ACCOUNT
    if likeness.relation in OWN:
        # On an earlier account only the handle is left here: no name was claimed, so none is said to be the same.
        return "own-like-handle" if case else "own-picture", Level.SAME_IDENTITY
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


def _judged_on_web(match: Match, likeness: Likeness, owned: bool) -> tuple[str, Level | None]:
    """The same for a page that public search pointed at: that an account shows a picture makes it nobody's owner."""
    if likeness.relation is Relation.SAME_ACCOUNT:
        return "this-account-on-web", None
    if likeness.relation in OWN:
        return "own-page", Level.SAME_IDENTITY
    if owned:
        return "also-on-web", Level.SAME_IDENTITY
    codes = {
        SiteKind.STOCK: "on-stock-site",
        SiteKind.WALLPAPER: "on-wallpaper-site",
        SiteKind.FAN: "on-fan-page",
    }
    site = match.sighting.site or SiteKind.OTHER
    if site is SiteKind.POST and match.sighting.identity is None:
        return "on-post", Level.OTHER_ACCOUNT
    return codes.get(site, "on-web"), Level.OTHER_ACCOUNT


def _agreed(facts: Facts) -> list[tuple[Agreement, Likeness]]:
    """The names on which independent sites agree, with what they have to do with the claims of the account."""
    return [
        (
            agreement,
            relation_of(facts.profile, Identity(id=0, name=agreement.name, handles=agreement.handles)),
        )
        for agreement in agreed(_pages(facts))
        if agreement.independent
    ]


def _pages(facts: Facts) -> list[tuple[str, str]]:
    """Address and title of the pages that are proven to show one of the pictures."""
    return [(one.page_url, one.title or "") for one in _on_web(facts) if one.page_url is not None]


def _all_later(timeline: Timeline) -> bool:
    """Whether every dated place has the pictures only since after the account: it may be them who took them."""
    return bool(timeline.placed) and len(timeline.later) == len(timeline.placed)


def _on_web(facts: Facts) -> list[Sighting]:
    """The places on the web that are proven to show one of the pictures, each once; not the account itself."""
    readings = _readings(facts)
    found = {
        match.sighting.id: match.sighting
        for match in _proven(facts)
        if match.sighting.source is Source.WEB
        and readings[match.sighting.id].likeness.relation is not Relation.SAME_ACCOUNT
    }
    return list(found.values())


def _name(match: Match) -> str:
    """What to call the owner of a sighting: a reference by name, an earlier case by its account."""
    identity = match.sighting.identity
    if identity is None or match.sighting.source is Source.WEB:
        return ""
    if match.sighting.source is Source.CASE and identity.handles:
        return str(identity.handles[0])
    return identity.name


def _proven(facts: Facts) -> list[Match]:
    return [match for photo in facts.looked for match in photo.matches if match.proven]


def _readings(facts: Facts) -> dict[int, Reading]:
    return {reading.sighting: reading for reading in facts.readings}
