"""The spine: the photos of an account -> where else those pictures stand.

Start reading here. Each line uses only names made above it and makes one new frozen value; no step
calls the next one; everything from outside comes in through ``tools``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from fakeprofile.dating import age_range_at
from fakeprofile.fingerprint import KEYPOINTS
from fakeprofile.identity import relation_of
from fakeprofile.match import Seen, look_at
from fakeprofile.records import (
    AgeRange,
    Compared,
    Facts,
    Gap,
    Handle,
    Looked,
    Photo,
    Profile,
    Reading,
    Report,
    Sighting,
)
from fakeprofile.report.document import report_to_json
from fakeprofile.tools import Tools
from fakeprofile.verdict import weigh

NO_SEARCH = Gap(
    step="found",
    about="the internet",
    reason="no public image search was asked: nothing left this machine",
)


def check(
    photos: Iterable[Photo | Gap],
    profile: Profile,
    tools: Tools,
    *,
    remember: bool = True,
    more_gaps: tuple[Gap, ...] = (),
) -> Report:
    """Where else the pictures of an account stand, and what that says about its claims.

    Args:
        photos: what the account shows, decoded, or the reason why it could not be; read one by one.
        profile: what the account says of itself.
        tools: the library and whatever else may be used.
        remember: keep the account as a case, so that its pictures are found under the next name.
        more_gaps: what could not be looked at before this began.
    """
    today = tools.today()
    seen = [look_at(photo, tools) for photo in photos]
    looked = tuple(one.looked for one in seen)
    readings = tuple(_reading(sighting, profile, today) for sighting in _sightings(looked))
    compared = _compared(tools)
    gaps = (*_photo_gaps(looked), *more_gaps, *_library_gaps(compared), NO_SEARCH)
    facts = Facts(
        profile=profile, checked_on=today, looked=looked, compared=compared, readings=readings, gaps=gaps
    )
    verdict = weigh(facts)
    report = Report(facts=facts, verdict=verdict)
    return replace(report, case=_remembered(report, seen, tools) if remember else None)


# --- steps --------------------------------------------------------------------------------


def _sightings(looked: tuple[Looked, ...]) -> tuple[Sighting, ...]:
    """Every sighting among the matches once, in their order."""
    return tuple({match.sighting.id: match.sighting for one in looked for match in one.matches}.values())


def _reading(sighting: Sighting, profile: Profile, today: str) -> Reading:
    return Reading(
        sighting=sighting.id,
        likeness=relation_of(profile, sighting.identity),
        age_then=_age_then(sighting, profile, today),
    )


def _age_then(sighting: Sighting, profile: Profile, today: str) -> AgeRange | None:
    if profile.age is None or sighting.seen_on is None:
        return None
    return age_range_at(profile.age, date.fromisoformat(today), sighting.seen_on)


def _compared(tools: Tools) -> Compared:
    shelves = [shelf.counts(KEYPOINTS) for shelf in (tools.library, tools.folder) if shelf is not None]
    photos, hashes, other = (sum(column) for column in zip(*shelves, strict=True))
    return Compared(photos=photos, hashes=hashes, other_algorithm=other)


def _photo_gaps(looked: tuple[Looked, ...]) -> list[Gap]:
    return [
        Gap(step="photo", about=one.photo, reason=one.reason or "it could not be read")
        for one in looked
        if one.status == "unreadable"
    ]


def _library_gaps(compared: Compared) -> list[Gap]:
    gaps = []
    if not compared.photos + compared.hashes:
        reason = "it is empty, so there was nothing to compare with: add photos with `fakeprofile references`"
        gaps.append(Gap(step="known", about="the library", reason=reason))
    if compared.other_algorithm:
        reason = (
            f"the keypoints of {compared.other_algorithm} photos were made by another version, so crops and "
            "screenshots of them are not found: run `fakeprofile references rehash`"
        )
        gaps.append(Gap(step="known", about="the library", reason=reason))
    return gaps


def _remembered(report: Report, seen: list[Seen], tools: Tools) -> int | None:
    """The number of the case; None if the account has no name by which it could be remembered."""
    profile = report.facts.profile
    if profile.handle is None and profile.name is None:
        return None
    account = profile.handle
    if account is not None and profile.account_id is not None:
        account = Handle(name=account.name, platform=account.platform, account_id=profile.account_id)
    return tools.library.remember(
        account,
        profile.name or str(account.name if account else ""),
        [one.kept for one in seen if one.kept is not None],
        level=report.verdict.level,
        report=report_to_json(report),
        today=report.facts.checked_on,
    )
