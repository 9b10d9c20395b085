"""What public image search shows of the photos of an account; it reads like a list, as ``check`` does.

Result pages that were saved are read first, then services are asked, cheapest first. Nothing is
sent that was not asked for, and nothing that was pointed at is left out of the report.
"""

from __future__ import annotations

import dataclasses
import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fakeprofile.accounts import photo_name
from fakeprofile.identity import relation_of
from fakeprofile.identity.pages import WebPage, page_of
from fakeprofile.identity.sites import voice_of
from fakeprofile.leads import Leads, Row
from fakeprofile.looks import Given, photo_of
from fakeprofile.places import places_of
from fakeprofile.provenance import marks_of
from fakeprofile.records import (
    Answer,
    FileMarks,
    Gap,
    Identity,
    Lead,
    Looked,
    Match,
    Outcome,
    Photo,
    PhotoFile,
    Profile,
    Relation,
    Searched,
    SiteKind,
    Status,
)
from fakeprofile.report.services import service_title
from fakeprofile.settings import Settings
from fakeprofile.tools import Asking, Tools
from fakeprofile.views import View, views_of

KEPT = 30
"""How many photos stay opened, of some 10 MB each."""
DECISIVE_DOMAINS = 2
"""Independent sites that show the picture: then no other service is asked, unless all are wanted."""
NOBODYS = (SiteKind.STOCK, SiteKind.WALLPAPER, SiteKind.FAN)
"""Sites that name no owner of a picture: they decide nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """What public search showed of all photos."""

    searches: tuple[Searched, ...] = ()
    leads: tuple[Lead, ...] = ()
    matches: tuple[tuple[str, Match], ...] = ()
    """Photo and match, in the order of the photos."""
    unseen: tuple[tuple[str, Gap], ...] = ()
    """What was not asked or looked at, each with the photo that it is about; "" if it is about no single one."""

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What was not asked or looked at."""
        return tuple(gap for _, gap in self.unseen)


NOTHING_PUBLIC = Public()


def search_public(given: Sequence[Given], looked: Sequence[Looked], profile: Profile, tools: Tools) -> Public:
    """What of the photos stands on the web, as far as was searched; nothing if nothing may be.

    Args:
        given: the photos, in order; those in files are read again, one at a time.
        looked: what became of each in the library.
        profile: what the account says of itself; its own page decides nothing.
        tools: what may be used.
    """
    search, settings = tools.search, tools.settings
    if search is None:
        return Public()
    photos = {seen.photo: one for one, seen in zip(given, looked, strict=True) if seen.status is Status.OK}
    with Leads(settings, search.pictures) as leads:
        looking = Looking(photos, leads, tools)
        answers = [*_read(looking, search.saved), *_asked(looking, search.asking, profile)]
        matches, named, undated = places_of(leads, list(photos), search.dates)
        told = tuple(_lead(row, leads, named) for row in leads.rows)
        return Public(
            searches=tuple(map(_searched, answers)),
            leads=told,
            matches=tuple((photo, _found_on(match, tools.today())) for photo, match in matches),
            unseen=(
                *(("", gap) for gap in _unseen(told)),
                *((answer.photo, gap) for answer in answers for gap in answer.gaps),
                *(("", gap) for gap in (search.asking.gaps if search.asking else ())),
                *(("", gap) for gap in undated),
            ),
        )


class Looking:
    """Photos that are laid over what rows point at, as often as there is something new."""

    def __init__(self, photos: Mapping[str, Given], leads: Leads, tools: Tools) -> None:
        self.photos = photos
        self.leads = leads
        self._tools = tools
        # A photo is asked about by one service after the other: to measure it again each time takes longest.
        self._opened = functools.lru_cache(maxsize=KEPT)(self._open)

    def opened(self) -> Iterator[Photo]:
        """Each photo, one by one; without those that cannot be read any more."""
        for name in self.photos:
            if (opened := self._opened(name)) is not None:
                yield opened[0]

    def look(self, name: str) -> None:
        """Lays a photo over every picture that hangs."""
        if (opened := self._opened(name)) is not None:
            self.leads.look(*opened)

    def _open(self, name: str) -> tuple[Photo, tuple[View, ...]] | None:
        photo = photo_of(self.photos[name], self._tools.settings)
        if isinstance(photo, Gap):  # it was there a moment ago: the check itself has read it
            return None
        tools = self._tools
        return photo, views_of(photo, tools.settings, given=tools.panels, templates=tools.templates)


# --- steps --------------------------------------------------------------------------------


def _read(looking: Looking, saved: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """The saved answers, after every photo was laid over what they point at."""
    for answer in saved:
        looking.leads.take(answer)
    if looking.leads.rows:
        for name in looking.photos:
            looking.look(name)
    return saved


def _asked(looking: Looking, asking: Asking | None, profile: Profile) -> list[Answer]:
    """What the services said; each photo is laid over what an answer about it points at at once."""
    if asking is None or not looking.photos:
        return []

    def decisive(answer: Answer) -> bool:
        return len(_sites(looking.leads, answer.photo, profile)) >= DECISIVE_DOMAINS

    answers = []
    for answer in asking.answers(looking.opened(), decisive):
        answers.append(answer)
        if answer.hits and not answer.meaningless:
            looking.leads.take(answer)
            looking.look(answer.photo)
    return answers


def _sites(leads: Leads, photo: str, profile: Profile) -> set[str]:
    """The independent sites that are proven to show the photo, besides the account itself."""
    pages = [
        page_of(row.hit.page_url)
        for row, match in leads.matches_of(photo)
        if match.proven and row.hit.page_url is not None
    ]
    return {
        voice_of(page.domain, page.platform)
        for page in pages
        if page.site not in NOBODYS and not _is_own(page, profile)
    }


def _is_own(page: WebPage, profile: Profile) -> bool:
    """Whether it is a page of the account that is checked."""
    if page.handle is None:
        return False
    owner = Identity(id=0, name=page.handle.name, handles=(page.handle,))
    return relation_of(profile, owner).relation is Relation.SAME_ACCOUNT


def _found_on(match: Match, today: str) -> Match:
    """The match with the day on which the find came in: the one date that every find has."""
    return dataclasses.replace(match, sighting=dataclasses.replace(match.sighting, added_on=today))


def _unseen(leads: Iterable[Lead]) -> Iterator[Gap]:
    """The rows of each service that could not be looked at: one gap for all that have one reason."""
    counts: Counter[tuple[str, str]] = Counter()
    rows: Counter[str] = Counter()
    for lead in leads:
        rows[lead.service] += 1
        if lead.outcome is Outcome.NOT_SEEN:
            counts[lead.service, lead.reason] += 1
    for (service, reason), count in counts.items():
        words = f"{count:,} of its {rows[service]:,} rows {'was' if count == 1 else 'were'} not looked at: {reason}"
        yield Gap(step="rows", about=service_title(service), reason=words)


def _searched(answer: Answer) -> Searched:
    return Searched(
        service=answer.service,
        photo=answer.photo,
        answered=answer.complete,
        rows=len(answer.hits),
        asked_on=answer.asked_on,
        meaningless=answer.meaningless,
    )


def _lead(row: Row, leads: Leads, named: dict[int, int]) -> Lead:
    """The row as it stands in the report."""
    shown = [(photo, match) for (photo, number), match in leads.best.items() if number == row.number]
    proven = [photo for photo, match in shown if match.proven]
    outcome = (
        Outcome.SAME if proven
        else Outcome.UNDECIDED if shown
        else Outcome.NOT_SAME if row.seen
        else Outcome.NOT_SEEN
    )  # fmt: skip
    return Lead(
        service=row.hit.service,
        photo=row.photo or next(iter(proven), next((photo for photo, _ in shown), "")),
        kind=row.hit.kind,
        outcome=outcome,
        page_url=row.hit.page_url,
        image_url=row.hit.image_url,
        title=row.hit.title,
        reason=row.unseen_because,
        sighting=named.get(row.number),
    )


def with_matches(looked: Iterable[Looked], public: Public) -> tuple[Looked, ...]:
    """The photos with what was found of them on the web, after what the library knows."""
    return tuple(
        dataclasses.replace(
            one, matches=(*one.matches, *(match for photo, match in public.matches if photo == one.photo))
        )
        for one in looked
    )


def file_marks(given: Given, settings: Settings) -> FileMarks:
    """What the file of a photo says of itself; nothing of a photo that came without one."""
    if isinstance(given, PhotoFile):
        return FileMarks(photo=photo_name(given))
    if not isinstance(given, Path):
        return FileMarks(photo=given.name if isinstance(given, Photo) else given.about)
    try:
        with given.open("rb") as file:
            data = file.read(settings.limits.bytes)
    except OSError:  # the check itself says that it cannot be read
        return FileMarks(photo=str(given))
    return marks_of(data, str(given))
