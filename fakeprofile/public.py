"""What public image search shows of the photos of an account; it reads like a list, as ``check`` does.

Result pages that were saved are read first, then services are asked, cheapest first. Nothing is
sent that was not asked for, and nothing that was pointed at is left out of the report.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fakeprofile.identity.pages import page_of
from fakeprofile.leads import Leads, Row
from fakeprofile.looks import Given, photo_of
from fakeprofile.places import places_of
from fakeprofile.provenance import marks_of
from fakeprofile.records import (
    Answer,
    FileMarks,
    Gap,
    Lead,
    Looked,
    Match,
    Outcome,
    Photo,
    Searched,
    SiteKind,
    Status,
)
from fakeprofile.settings import Settings
from fakeprofile.tools import Search, Tools
from fakeprofile.views import View, views_of

DECISIVE_DOMAINS = 2
"""Independent sites that show the picture: then no other service is asked, unless all are wanted."""
SHOPS = (SiteKind.STOCK, SiteKind.WALLPAPER)
"""Sites whose pictures are everybody's: they decide nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """What public search showed of all photos."""

    searches: tuple[Searched, ...] = ()
    leads: tuple[Lead, ...] = ()
    matches: tuple[tuple[str, Match], ...] = ()
    """Photo and match, in the order of the photos."""
    gaps: tuple[Gap, ...] = ()


def search_public(given: Sequence[Given], looked: Sequence[Looked], tools: Tools) -> Public:
    """What of the photos stands on the web, as far as was searched; nothing if nothing may be.

    Args:
        given: the photos, in order; those in files are read again, one at a time.
        looked: what became of each in the library.
        tools: what may be used.
    """
    search, settings = tools.search, tools.settings
    if search is None:
        return Public()
    answers = list(search.saved)
    with Leads(settings, search.pictures) as leads:
        for answer in search.saved:
            leads.take(answer)
        for one, seen in zip(given, looked, strict=True):
            if seen.status is not Status.OK or (search.asking is None and not leads.rows):
                continue
            photo = photo_of(one, settings)
            if isinstance(photo, Gap):  # it was there a moment ago: the check itself says so
                continue
            views = views_of(photo, settings, given=tools.panels)
            leads.look(photo, views)
            answers += _asked(photo, views, leads, search)
        matches, named, undated = places_of(leads, [one.photo for one in looked], search.dates)
        return Public(
            searches=tuple(map(_searched, answers)),
            leads=tuple(_lead(row, leads, named) for row in leads.rows),
            matches=matches,
            gaps=(*(gap for answer in answers for gap in answer.gaps), *undated),
        )


# --- steps --------------------------------------------------------------------------------


def _asked(photo: Photo, views: tuple[View, ...], leads: Leads, search: Search) -> list[Answer]:
    """What the services said of one photo; the photo is laid over what each of them points at at once."""
    if search.asking is None:
        return []

    def decisive(answer: Answer) -> bool:
        leads.take(answer)
        leads.look(photo, views)
        return len(_domains(leads, photo.name)) >= DECISIVE_DOMAINS

    return list(search.asking.answers(photo, decisive))


def _domains(leads: Leads, photo: str) -> set[str]:
    """The independent sites that are proven to show the photo."""
    pages = [
        page_of(row.hit.page_url)
        for row, match in leads.matches_of(photo)
        if match.proven and row.hit.page_url is not None
    ]
    return {page.domain for page in pages if page.site not in SHOPS}


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
        reason=row.reason if outcome is Outcome.NOT_SEEN else "",
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
    if not isinstance(given, Path):
        return FileMarks(photo=given.name if isinstance(given, Photo) else given.about)
    try:
        with given.open("rb") as file:
            data = file.read(settings.limits.bytes)
    except OSError:  # the check itself says that it cannot be read
        return FileMarks(photo=str(given))
    return marks_of(data, str(given))
