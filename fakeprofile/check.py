"""The spine: the photos of an account -> where else those pictures stand.

Start reading here. Each line uses only names made above it and makes one new frozen value; no step
calls the next one; everything from outside comes in through ``tools``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

from fakeprofile.dating import age_range_at
from fakeprofile.errors import LibraryLocked, LibraryReadOnly
from fakeprofile.fingerprint import KEYPOINTS
from fakeprofile.identity import relation_of
from fakeprofile.looks import Given, looks_at
from fakeprofile.match import Seen, too_many
from fakeprofile.public import NOTHING_PUBLIC, Public, file_marks, search_public, with_matches
from fakeprofile.records import (
    AgeRange,
    Compared,
    Facts,
    FileMarks,
    Gap,
    Handle,
    Looked,
    Photo,
    Profile,
    Reading,
    Report,
    Sighting,
    Status,
)
from fakeprofile.report.document import report_to_json
from fakeprofile.tools import Tools
from fakeprofile.verdict import weigh
from fakeprofile.watch import watched_in

NO_SEARCH = Gap(
    step="found",
    about="the internet",
    reason="no public image search was asked: nothing left this machine",
)
ONLY_SAVED = Gap(
    step="found",
    about="the internet",
    reason="no search service was asked, only the saved result pages were read: nothing left this machine",
)


ONLY_LOOKED_UP = Gap(
    step="found",
    about="the internet",
    reason="no search service was asked, only the saved result pages were read, and what they point at was looked up",
)


def check(
    photos: Iterable[Given],
    profile: Profile,
    tools: Tools,
    *,
    workers: int = 1,
    remember: bool = True,
    more_gaps: tuple[Gap, ...] = (),
) -> Report:
    """Where else the pictures of an account stand, and what that says about its claims.

    Args:
        photos: what the account shows, in files or decoded, or the reason why it could not be; one by one.
        profile: what the account says of itself.
        tools: the library and whatever else may be used.
        workers: how many processes look at photos, at most.
        remember: keep the account as a case, so that its pictures are found under the next name.
        more_gaps: what could not be looked at before this began.

    Raises:
        LibraryError: the library cannot be read. If it only cannot be written, that is a gap.
    """
    today = tools.today()
    given: list[Given] = []
    seen = list(looks_at(_noted(photos, given, tools), tools, workers))
    files = tuple(
        marks
        for each, one in zip(given, seen, strict=True)
        if one.looked.status is not Status.UNREADABLE
        for marks in [file_marks(each, tools.settings)]
        if marks.marks or marks.gaps
    )
    public = search_public(given, [one.looked for one in seen], profile, tools)
    looked = with_matches([one.looked for one in seen], public)
    compared = compared_with(tools)
    gaps = (*more_gaps, *library_gaps(compared), *public.gaps, *search_gaps(tools))
    facts = facts_of(looked, profile, today, compared, gaps=gaps, public=public, files=files)
    watched = watched_in(facts, tools.library.watch_list())
    verdict = weigh(facts, watched)
    report = Report(facts=facts, verdict=verdict)
    return _remembered(report, seen, tools) if remember else report


# --- steps --------------------------------------------------------------------------------


def _noted(photos: Iterable[Given], given: list[Given], tools: Tools) -> Iterator[Given]:
    """The photos, one by one, each noted in ``given``: without its pixels if nothing will look at them again."""
    for one in photos:
        if isinstance(one, Photo) and tools.search is None:
            given.append(Gap(step="photo", about=one.name, reason="it came without a file"))
        else:
            given.append(one)
        yield one


def facts_of(
    looked: tuple[Looked, ...],
    profile: Profile,
    today: str,
    compared: Compared,
    *,
    gaps: tuple[Gap, ...],
    public: Public = NOTHING_PUBLIC,
    files: tuple[FileMarks, ...] = (),
) -> Facts:
    """All that was seen of one account: its photos as they were looked at, and what its claims have to do with it.

    Args:
        looked: what became of each photo, with everything that it matches.
        profile: what the account says of itself.
        today: the date of the check.
        compared: how much the photos were compared with.
        gaps: what was not looked at, but for what is wrong with the photos themselves.
        public: what public search showed.
        files: what the files say of themselves, where they say anything.
    """
    return Facts(
        profile=profile,
        checked_on=today,
        looked=looked,
        compared=compared,
        readings=tuple(_reading(sighting, profile, today) for sighting in _sightings(looked)),
        gaps=(*chain(*map(photo_gaps, looked)), *gaps),
        searches=public.searches,
        leads=public.leads,
        files=files,
    )


def compared_with(tools: Tools) -> Compared:
    """How much there is to compare a photo with."""
    shelves = [shelf.counts(KEYPOINTS) for shelf in (tools.library, tools.folder) if shelf is not None]
    photos, hashes, other = (sum(column) for column in zip(*shelves, strict=True))
    return Compared(photos=photos, hashes=hashes, other_algorithm=other)


def library_gaps(compared: Compared) -> list[Gap]:
    """What of the library could not be used to the full."""
    gaps = []
    if not compared.photos + compared.hashes:
        reason = (
            "it is empty, so there was nothing to compare with: add photos with `fakeprofile references add` or "
            "`references import`"
        )
        gaps.append(Gap(step="known", about="the library", reason=reason))
    if compared.other_algorithm:
        reason = (
            f"the keypoints of {compared.other_algorithm} photos were made by another version, so crops and "
            "screenshots of them are not found: run `fakeprofile references rehash`"
        )
        gaps.append(Gap(step="known", about="the library", reason=reason))
    return gaps


def search_gaps(tools: Tools) -> list[Gap]:
    """That nobody was asked, if nobody was."""
    search = tools.search
    if search is None:
        return [NO_SEARCH]
    if search.asking is not None:
        return []
    return [ONLY_SAVED if search.pictures is None and search.dates is None else ONLY_LOOKED_UP]


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
    try:
        return age_range_at(profile.age, date.fromisoformat(today), sighting.seen_on)
    except ValueError:  # a date that is none, in a library that something else wrote
        return None


def photo_gaps(looked: Looked) -> list[Gap]:
    """What of one photo was not looked at: all of it, or all frames but the first."""
    if looked.status is Status.UNREADABLE:
        return [Gap(step="photo", about=looked.photo, reason=looked.reason or "it could not be read")]
    gaps = []
    if looked.frames > 1:
        reason = f"only the first of its {looked.frames} frames was looked at: save the others as pictures"
        gaps.append(Gap(step="frames", about=looked.photo, reason=reason))
    if looked.unexamined:
        reason = f"{too_many(looked.unexamined)}; cut one picture out of it, or name it with `check --panel`"
        gaps.append(Gap(step="matches", about=looked.photo, reason=reason))
    return gaps


def _remembered(report: Report, seen: list[Seen], tools: Tools) -> Report:
    """The report with the number of its case; without one if the account has nothing to call it by, or nothing was seen."""
    profile = report.facts.profile
    account = account_of(profile)
    name = profile.name or (account.name if account else None)
    if name is None:
        return report
    if all(one.looked.status is Status.UNREADABLE for one in seen):
        return _unkept(report, "none of its photos could be looked at, so what is known of it stays as it is")
    try:
        case = tools.library.remember(
            account,
            name,
            [one.kept for one in seen if one.kept is not None],
            level=report.verdict.level,
            report=report_to_json(report),
            today=report.facts.checked_on,
        )
    except (LibraryReadOnly, LibraryLocked) as error:
        # What was found must not be lost because it could not be written down.
        return _unkept(report, f"it was not kept as a case: {error}")
    return replace(report, case=case)


def _unkept(report: Report, reason: str) -> Report:
    gap = Gap(step="remember", about="this account", reason=reason)
    return replace(report, facts=replace(report.facts, gaps=(*report.facts.gaps, gap)))


def account_of(profile: Profile) -> Handle | None:
    """The handle to remember an account by; one that is known by its number alone is called by that."""
    number = profile.account_id
    if profile.handle is not None:
        return replace(profile.handle, account_id=number) if number else profile.handle
    return Handle(name=number, account_id=number) if number else None
