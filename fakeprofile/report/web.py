"""What public search showed, in words: by site, since when, and what each service said."""

from __future__ import annotations

from collections.abc import Iterator

from fakeprofile.dating import earliest_day
from fakeprofile.identity.pages import page_of
from fakeprofile.records import Dated, Evidence, Facts, Lead, Match, Outcome, Searched, Sighting, Source
from fakeprofile.report import english
from fakeprofile.report.lines import count, edits_words, plain, short_names, wrapped
from fakeprofile.report.services import service_title, witness_title

MOST_PAGES = 5
"""How many pages of one site are listed; the JSON has them all."""
MOST_DATES = 4

Shown = tuple[str, Match, Evidence]


def web_lines(facts: Facts, evidence: tuple[Evidence, ...]) -> Iterator[str]:
    """The places on the web that show the pictures, by site, the site with the earliest first."""
    matches = {(one.photo, match.sighting.id): match for one in facts.looked for match in one.matches}
    sites: dict[str, list[Shown]] = {}
    for one in evidence:
        match = matches.get((one.photo or "", one.sighting or 0))
        if match is None or match.sighting.source is not Source.WEB or one.code not in english.WEB:
            continue
        sites.setdefault(_domain(match.sighting), []).append((one.photo or "", match, one))
    if not sites:
        return
    short = short_names(facts)
    yield "On the web, the same pictures stand on"
    for domain, shown in sorted(sites.items(), key=lambda site: _since(site[1])):
        yield from _site(domain, shown, short)
    for one in evidence:
        if one.code in english.SHARED:
            words = {key: plain(value) for key, value in one.parameters}
            words["count"] = str(len(words["domains"].split(", ")))
            yield from wrapped(english.SHARED[one.code].format_map(words), 2)
    yield ""


def search_lines(facts: Facts) -> Iterator[str]:
    """What each service, and each saved page, pointed at, and what became of it."""
    services: dict[str, list[Searched]] = {}
    for searched in facts.searches:
        services.setdefault(searched.service, []).append(searched)
    if not services:
        return
    yield "What the searches pointed at"
    for service, asked in services.items():
        yield from wrapped(
            f"{plain(service_title(service))}: {_answer(service, asked, facts.leads)}", 4, "  - "
        )
    yield ""


# --- parts --------------------------------------------------------------------------------


def _domain(sighting: Sighting) -> str:
    return page_of(sighting.page_url or sighting.image_url or "").domain or "(an address without a name)"


def _since(shown: list[Shown]) -> tuple[bool, str, str]:
    """Sites with a date before those without, earliest first."""
    days = [match.sighting.seen_on for _, match, _ in shown if match.sighting.seen_on]
    first = min(days, key=earliest_day, default="")
    return not first, earliest_day(first).isoformat() if first else "", _domain(shown[0][1].sighting)


def _site(domain: str, shown: list[Shown], short: dict[str, str]) -> Iterator[str]:
    pages: dict[int, list[Shown]] = {}
    for one in shown:
        pages.setdefault(one[1].sighting.id, []).append(one)
    # What a page is belongs to the site only if all of its pages are that: of one platform, one may be a fan page.
    sorts = {english.WEB[one.code] for _, _, one in shown}
    sort = sorts.pop() if len(sorts) == 1 else ""
    yield from wrapped(f"{plain(domain)}: {count(len(pages), 'page')}{sort and f'; {sort}'}", 4, "  - ")
    for number, of_page in enumerate(pages.values()):
        if number == MOST_PAGES:
            yield from wrapped(f"and {count(len(pages) - MOST_PAGES, 'more page')} (--json lists them)", 6)
            return
        yield from _page(of_page, short, with_sort=bool(sorts))


def _page(shown: list[Shown], short: dict[str, str], *, with_sort: bool) -> Iterator[str]:
    sighting = shown[0][1].sighting
    owner = f", page of {plain(str(sighting.identity.handles[0]))}" if sighting.identity else ""
    title = f" “{plain(sighting.title)}”" if sighting.title else ""
    yield from wrapped(f"{plain(sighting.page_url or sighting.image_url or '')}{title}{owner}", 8, "      ")
    sort = english.WEB[shown[0][2].code]
    if with_sort and sort:
        yield from wrapped(sort, 10, "        ")
    for photo, match, _ in shown:
        how = edits_words(match.edits) or "as it is"
        yield from wrapped(f"{plain(short[photo])}: {how}; {match.support.words} support", 10, "        ")
    for dated in sorted(sighting.dates, key=lambda one: earliest_day(one.on))[:MOST_DATES]:
        yield from wrapped(date_words(dated), 10, "        ")
    if not sighting.dates:
        found = f"; found on {sighting.added_on}" if sighting.added_on else ""
        yield from wrapped(f"no date is known{found}", 10, "        ")
    services = ", ".join(plain(service_title(one)) for one in sighting.services)
    yield from wrapped(f"pointed at by {services}", 10, "        ")


def date_words(dated: Dated) -> str:
    """One date: of what, by whose word, and how far it can be trusted."""
    said = f" (“{plain(dated.said)}”)" if dated.said else ""
    same = "; every byte is equal" if dated.identical else ""
    return (
        f"{dated.on}{said}: {english.DATE_OF[dated.kind].format(by=plain(witness_title(dated.by)))} "
        f"({english.RELIABILITY[dated.reliability]}{same})"
    )


def _answer(service: str, asked: list[Searched], leads: tuple[Lead, ...]) -> str:
    """What one service said, in numbers: never "nothing" of an answer that is not whole."""
    rows = [lead for lead in leads if lead.service == service]
    kept = [one.asked_on for one in asked if one.asked_on]
    when = f" (as kept from {min(kept)})" if kept else ""
    if any(one.meaningless for one in asked):
        return english.MEANINGLESS
    unanswered = sum(not one.answered for one in asked)
    missing = ""
    if unanswered:
        things = "photo" if asked[0].photo else "page"
        of = f" for {unanswered} of {count(len(asked), things)}" if len(asked) > 1 else ""
        missing = f"no whole answer{of} (see “Not looked at”)"
    if not rows:
        return (missing or "pointed at nothing, which is not an all-clear") + when
    parts = [
        f"{sum(lead.outcome is outcome for lead in rows)} {english.OUTCOMES[outcome]}"
        for outcome in Outcome
        if any(lead.outcome is outcome for lead in rows)
    ]
    numbers = f"{count(len(rows), 'row')}: {', '.join(parts)}"
    return f"{numbers}{when}; {missing}" if missing else f"{numbers}{when}"
