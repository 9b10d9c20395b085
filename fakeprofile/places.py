"""The places on the web where a picture stands: rows that are proven become sightings, with their dates.

Several services that point at one page are one sighting. What it is called, whose page it is and since
when it stands there is said as far as it is known, each date with its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from fakeprofile.dating import earliest_day
from fakeprofile.identity.pages import WebPage, page_of
from fakeprofile.identity.titles import handle_in
from fakeprofile.leads import Leads, Row
from fakeprofile.records import (
    Dated,
    DateKind,
    Gap,
    Handle,
    Identity,
    Match,
    Reliability,
    Sighting,
    SiteKind,
    Source,
)
from fakeprofile.tools import Dates

FIRST = -1_000_000_000
"""The number of the first place; those after it count down. Numbers of the library are above zero, those of a folder
that was given with the command just below it."""
MOST_DATED = 10
"""Of how many places of one check the dates are looked for."""
THERE = (
    DateKind.IMAGE_CAPTURED,
    DateKind.CRAWLED,
    DateKind.PAGE,
    DateKind.ENGINE,
    DateKind.LAST_MODIFIED,
)
"""Kinds of dates that say since when the picture stands at a place. When it was taken is another question, and that
an archive kept the page does not say that the picture was on it."""


def places_of(
    leads: Leads, photos: Sequence[str], dates: Dates | None
) -> tuple[tuple[tuple[str, Match], ...], dict[int, int], tuple[Gap, ...]]:
    """The matches of the photos with places on the web, the place of each row, and what was not looked up.

    Args:
        leads: all rows, looked at.
        photos: names, in the order of the check.
        dates: where dates may be looked up.
    """
    numbers: dict[str, int] = {}
    rows: dict[int, list[Row]] = {}
    best: dict[tuple[str, int], Match] = {}
    for photo in photos:
        for row, match in sorted(leads.matches_of(photo), key=lambda pair: _order(pair[1])):
            place = numbers.setdefault(_address(row), FIRST - len(numbers))
            if row not in rows.setdefault(place, []):
                rows[place].append(row)
            best.setdefault((photo, place), match)
    proven = {place for (_, place), match in best.items() if match.proven}
    gaps: list[Gap] = []
    sightings = {}
    looked_up = [place for place in rows if place in proven][:MOST_DATED]
    for place, pointing in rows.items():
        sighting = _sighting(place, pointing)
        if place in proven:
            sighting = _dated(sighting, pointing, dates if place in looked_up else None, gaps)
        sightings[place] = sighting
    if dates is not None and len(proven) > len(looked_up):
        gaps.append(_over_limit(len(proven) - len(looked_up)))
    matches = [
        (photo, replace(match, sighting=replace(sightings[place], photo_sha256=match.sighting.photo_sha256)))
        for (photo, place), match in best.items()
    ]
    return (
        tuple(matches),
        {row.number: place for place, all_of in rows.items() for row in all_of},
        tuple(gaps),
    )


def _over_limit(places: int) -> Gap:
    of = "1 more place" if places == 1 else f"{places:,} more places"
    reason = f"dates were looked up for the first {MOST_DATED} only: open the others yourself"
    return Gap(step="dates", about=of, reason=reason)


def _order(match: Match) -> tuple[bool, float]:
    return not match.proven, -match.support.log10_lr


def _address(row: Row) -> str:
    """What makes two rows one place: the page, or the file if it is not known on which page it stands."""
    page, mark, part = (row.hit.page_url or "").partition("#")
    # Engines add the part of a page that they mean; behind ``#!`` and ``#/`` stands another page.
    whole = f"{page}{mark}{part}" if part.startswith(("!", "/")) else page
    return whole or row.hit.image_url or f"row {row.number}"


def _sighting(place: int, rows: Iterable[Row]) -> Sighting:
    hits = [row.hit for row in rows]
    page_url = next((hit.page_url for hit in hits if hit.page_url), None)
    image_url = next((hit.image_url for hit in hits if hit.image_url), None)
    page = page_of(page_url or image_url or "")
    dates = tuple(dict.fromkeys(date for hit in hits for date in hit.dates))
    title = next((hit.title for hit in hits if hit.title), None)
    return _with_first(
        Sighting(
            id=place,
            source=Source.WEB,
            identity=_owner(page.handle or _titled(page, title), page_url),
            photo_sha256=None,
            page_url=page_url,
            image_url=image_url,
            title=title,
            site=page.site,
            services=tuple(dict.fromkeys(hit.service for hit in hits)),
            dates=dates,
        )
    )


def _titled(page: WebPage, title: str | None) -> Handle | None:
    """The account that the title of a post names, as ``Imke (@imke.d) on Instagram: …``, if its address names none."""
    if page.site is not SiteKind.POST or page.platform is None or title is None:
        return None
    name = handle_in(title)
    return Handle(name=name.removeprefix("@"), platform=page.platform) if name else None


def _owner(handle: Handle | None, page_url: str | None) -> Identity | None:
    """The account whose page it is; nobody, if the address names none."""
    if handle is None:
        return None
    return Identity(id=0, name=handle.name, handles=(handle,), pages=(page_url,) if page_url else ())


def _dated(sighting: Sighting, rows: Iterable[Row], lookup: Dates | None, gaps: list[Gap]) -> Sighting:
    """The sighting with every date that can be had."""
    found: list[Dated | Gap] = [date for row in rows for date in row.dates]
    if lookup is not None:
        digests = frozenset(digest for row in rows for digest in row.digests)
        page, image = sighting.page_url, sighting.image_url
        if page is not None:
            title, stated = lookup.of_page(page)
            sighting = replace(sighting, title=sighting.title or title)
            found += stated
            found += lookup.of_address(page, image=False, digests=digests)
        if image is not None:
            found += lookup.of_address(image, image=True, digests=digests)
    gaps += [one for one in found if isinstance(one, Gap)]
    dates = (*sighting.dates, *(one for one in found if isinstance(one, Dated)))
    return _with_first(replace(sighting, dates=tuple(dict.fromkeys(dates))))


def _with_first(sighting: Sighting) -> Sighting:
    """The sighting with the date since when the picture is there: the earliest, a weak one only if there is no other."""
    there = [date for date in sighting.dates if date.kind in THERE]
    if not there:
        return sighting
    first = min(there, key=lambda date: (date.reliability is Reliability.WEAK, earliest_day(date.on)))
    return replace(sighting, seen_on=first.on, date_kind=first.kind)
