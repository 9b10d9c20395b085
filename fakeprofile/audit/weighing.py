"""One account of an audit: what is known of its photos -> its report, by the same lines as in ``check``."""

from __future__ import annotations

import dataclasses
import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fakeprofile.audit.engine import Engine
from fakeprofile.audit.naming import Naming
from fakeprofile.audit.sharing import Sharing, avatar_place, is_same_account
from fakeprofile.audit.spool import Spool, profile_of
from fakeprofile.audit.web import by_photo, called, together
from fakeprofile.audit.work import Picture
from fakeprofile.avatar import AvatarSaid, AvatarWhy, avatar_state, combined
from fakeprofile.check import facts_of
from fakeprofile.match import same_file_match
from fakeprofile.public import NOTHING_PUBLIC, Public
from fakeprofile.records import (
    Account,
    Compared,
    DateKind,
    Evidence,
    FileMarks,
    Gap,
    Handle,
    Identity,
    Looked,
    Match,
    PhotoUse,
    Report,
    Sighting,
    Source,
    Status,
    Watch,
)
from fakeprofile.report.audit import AuditRow, Reached
from fakeprofile.report.watch import watched_words
from fakeprofile.search.asking import DECISIVE
from fakeprofile.signs import signs_of
from fakeprofile.verdict import weigh
from fakeprofile.watch import watched_in

MOST_OTHERS = 20
"""Other accounts of the audit that a report names for one photo; the groups have them all."""
OWN_SIGHTINGS = ("seen-before", "this-account-on-web")
"""What is said of a sighting on the account itself."""
FIRST_SIGHTING = 10**9
"""Sightings on accounts of the audit have numbers below minus this: they stand in no library."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What all accounts of an audit are weighed by."""

    today: str
    compared: Compared
    gaps: tuple[Gap, ...]
    watched: tuple[Watch, ...]
    naming: Naming
    public: Public = NOTHING_PUBLIC


class Weighing:
    """The reports of the accounts."""

    def __init__(self, engine: Engine, spool: Spool, sharing: Sharing, ground: Ground) -> None:
        self._engine, self._spool, self._sharing, self._ground = engine, spool, sharing, ground
        self._public = by_photo(ground.public)

    def row(self, number: int, account: Account) -> tuple[AuditRow, Report | None]:
        """What is said of an account, and the report; None if nothing of it was looked at."""
        shas = [self._engine.sha_at(place) for place in self._spool.places_of(number)]
        pictures = [self._engine.picture(sha) if sha else None for sha in shas]
        reached = _reached(shas, pictures)
        said = _avatar(account, pictures)
        report = self._report(number, account, pictures) if reached is Reached.LOOKED else None
        known, looked = _known(report)
        row = AuditRow(
            number=number + 1,
            account=account,
            reached=reached,
            photos=len(account.photos),
            looked=looked,
            unread=tuple(self._unread(number, account, pictures)),
            unasked=tuple(self._unasked(shas)),
            known=known,
            compared=self._is_compared(shas),
            avatar=said,
            signs=signs_of(
                account,
                on=date.fromisoformat(self._ground.today),
                photos_known=known,
                photos_total=looked or None,
                avatar=said,
            ),
            groups=self._sharing.groups.get(number, ()),
            watched=tuple(watched_words(self._watched(account, report))),
        )
        return (_with_verdict(row, report) if report else row), report

    def _watched(self, account: Account, report: Report | None) -> tuple[Evidence, ...]:
        """What of an account is watched: without a photo that was looked at, it may still be the account itself."""
        if report is not None:
            return report.verdict.evidence
        if not self._ground.watched:
            return ()
        ground = self._ground
        facts = facts_of((), profile_of(account), ground.today, ground.compared, gaps=())
        return watched_in(facts, ground.watched)

    def _unread(self, number: int, account: Account, pictures: list[Picture | None]) -> Iterator[Gap]:
        naming = self._ground.naming
        for place, photo, picture in zip(
            self._spool.places_of(number), account.photos, pictures, strict=True
        ):
            if self._engine.sha_at(place) == "":
                reason = self._engine.reasons.get(place, "it could not be read")
                yield Gap(step="photo", about=naming.photo(photo), reason=naming.text(reason))
            elif picture is not None and picture.looked.status is Status.UNREADABLE:
                reason = picture.looked.reason or "it could not be read"
                yield Gap(step="photo", about=naming.photo(photo), reason=naming.text(reason))

    def _unasked(self, shas: list[str | None]) -> dict[Gap, None]:
        """What was to be asked about its photos and was not, but for what found enough without."""
        found = [self._public.get(sha, NOTHING_PUBLIC) for sha in shas if sha]
        gaps = (gap for one in found for gap in one.gaps if gap.reason != DECISIVE)
        return dict.fromkeys(map(self._ground.naming.gap, gaps))

    def _report(self, number: int, account: Account, pictures: list[Picture | None]) -> Report:
        profile = profile_of(account)
        looked, files = [], []
        found = []
        for place, photo, picture in zip(
            self._spool.places_of(number), account.photos, pictures, strict=True
        ):
            name = self._ground.naming.photo(photo)
            if picture is None:
                reason = self._engine.reasons.get(place, "it could not be read")
                reason = self._ground.naming.text(reason)
                looked.append(Looked(photo=name, status=Status.UNREADABLE, reason=reason))
                continue
            looked.append(self._looked(name, number, place, picture))
            found.append(called(self._public.get(self._engine.files[place], NOTHING_PUBLIC), name))
            if picture.files is not None:
                files.append(_renamed_marks(picture.files, name))
        public = together(found)
        facts = facts_of(
            tuple(looked),
            profile,
            self._ground.today,
            self._ground.compared,
            gaps=(*self._ground.gaps, *dict.fromkeys(map(self._ground.naming.gap, public.gaps))),
            public=public,
            files=tuple(files),
        )
        return Report(facts=facts, verdict=weigh(facts, watched_in(facts, self._ground.watched)))

    def _looked(self, name: str, number: int, place: int, picture: Picture) -> Looked:
        found = [
            *picture.looked.matches,
            *self._within(number, place),
            *(match for _, match in self._public.get(self._engine.files[place], NOTHING_PUBLIC).matches),
        ]
        reason = picture.looked.reason and self._ground.naming.text(picture.looked.reason)
        return dataclasses.replace(picture.looked, photo=name, matches=tuple(found), reason=reason)

    def _within(self, number: int, place: int) -> Iterator[Match]:
        """The other accounts of the audit with the same picture, in the order of the sources."""
        sha = self._engine.files[place]
        proofs: dict[str, Match | None] = {sha: None, **self._sharing.pairs.get(sha, {})}
        there = [
            [(place, match) for place in self._sharing.accounts.get(picture, ())]
            for picture, match in proofs.items()
        ]
        told = {number}
        own = self._spool.account(number).handle
        for other, match in heapq.merge(*there, key=lambda one: one[0]):
            if len(told) > MOST_OTHERS:
                return
            account = self._spool.account_of(other)
            if account in told:
                continue
            told.add(account)
            shown = self._spool.account(account)
            if not is_same_account(own, shown.handle):
                yield self._match(other, shown, match)

    def _match(self, place: int, shown: Account, match: Match | None) -> Match:
        handle = shown.handle
        sighting = Sighting(
            id=-FIRST_SIGHTING - place,
            source=Source.CASE,
            identity=Identity(id=-1 - place, name=shown.name or handle.name, handles=(handle,)),
            photo_sha256=self._engine.files[place],
            seen_on=self._ground.today,
            date_kind=DateKind.CHECKED,
            added_on=self._ground.today,
        )
        if match is None:
            return same_file_match(sighting)
        if match.sighting.photo_sha256 == self._engine.files[place]:
            return dataclasses.replace(match, sighting=sighting)
        # It was proven the other way round: where things lie is told in the pixels of the other photo.
        return dataclasses.replace(
            match, sighting=sighting, alignment=None, region=None, overlap=None, edits=(), panel=None
        )

    def _is_compared(self, shas: list[str | None]) -> bool:
        return not any(
            sha and self._engine.is_comparable(sha) and sha not in self._engine.compared for sha in shas
        )


# --- steps --------------------------------------------------------------------------------


def _reached(shas: list[str | None], pictures: list[Picture | None]) -> Reached:
    if not shas:
        return Reached.NO_PHOTOS
    if any(sha is None for sha in shas):
        return Reached.NOT_REACHED
    if all(one is None or one.looked.status is Status.UNREADABLE for one in pictures):
        return Reached.UNREADABLE
    return Reached.LOOKED


def _avatar(account: Account, pictures: list[Picture | None]) -> AvatarSaid:
    url, flag = account.avatar_url, account.has_default_avatar
    place = avatar_place(account)
    picture = pictures[place] if place is not None else None
    if picture is None or picture.looks is None:
        said = avatar_state(None, url=url, flag=flag)
        several = sum(photo.use is PhotoUse.UNKNOWN for photo in account.photos) > 1
        if said.why is AvatarWhy.NOTHING and several and place is None:
            return dataclasses.replace(said, why=AvatarWhy.SEVERAL)
        return said
    return combined(picture.looks, url=url, flag=flag)


def _known(report: Report | None) -> tuple[int | None, int]:
    """How many photos stand elsewhere too, and how many could be compared."""
    if report is None:
        return None, 0
    compared = [one for one in report.facts.looked if one.status is Status.OK]
    own = {one.sighting for one in report.verdict.evidence if one.code in OWN_SIGHTINGS}
    known = sum(
        any(match.proven and match.sighting.id not in own for match in one.matches) for one in compared
    )
    return (known if compared else None), len(compared)


def _with_verdict(row: AuditRow, report: Report) -> AuditRow:
    level = report.verdict.level
    reason = next((one for one in report.verdict.evidence if one.level is level), None)
    matches = [match for one in report.facts.looked for match in one.matches]
    told = {one.sighting for one in report.verdict.evidence if one.level is level}
    strengths = [match.support.log10_lr for match in matches if match.proven and match.sighting.id in told]
    about = next((one.sighting for one in matches if reason and one.sighting.id == reason.sighting), None)
    return dataclasses.replace(
        row,
        level=level,
        reason=reason,
        called=_called(about),
        log10_lr=max(strengths, default=None),
    )


def _called(sighting: Sighting | None) -> Handle | None:
    if sighting is None or sighting.identity is None or not sighting.identity.handles:
        return None
    return sighting.identity.handles[0]


def _renamed_marks(files: FileMarks, name: str) -> FileMarks:
    gaps = tuple(dataclasses.replace(gap, about=name) for gap in files.gaps)
    return dataclasses.replace(files, photo=name, gaps=gaps)
