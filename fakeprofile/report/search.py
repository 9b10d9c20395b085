"""What a search alone showed, without an account: for `search import` and `search ask`."""

from __future__ import annotations

from collections.abc import Iterator

from fakeprofile.records import Facts, Lead, Outcome, Report
from fakeprofile.report import english
from fakeprofile.report.lines import count, listed, plain, short_names, wrapped
from fakeprofile.report.services import service_title
from fakeprofile.report.text import gap_lines, since_lines
from fakeprofile.report.web import search_lines, web_lines

MOST_ROWS = 12
"""Rows of one kind that are listed; the JSON has them all."""
LIBRARY = "the library"


def search_text(report: Report) -> str:
    """What was found of the photos, what became of every row, and what was not looked at; ends in a newline."""
    facts, evidence = report.facts, report.verdict.evidence
    lines = [
        *wrapped(_result(facts)),
        "",
        *web_lines(facts, evidence),
        *listed("Since when", list(since_lines(facts, evidence))),
        *search_lines(facts),
        *_rows(facts),
        *listed("Not looked at", gap_lines(gap for gap in facts.gaps if gap.about != LIBRARY)),
        *wrapped(english.CLOSING),
    ]
    return "\n".join(lines) + "\n"


def _result(facts: Facts) -> str:
    same = [lead for lead in facts.leads if lead.outcome is Outcome.SAME]
    if same:
        return f"The same picture stands on {count(len({lead.page_url or lead.image_url for lead in same}), 'page')}."
    if facts.leads and all(lead.outcome is Outcome.NOT_SEEN for lead in facts.leads):
        rows = count(len(facts.leads), "row")
        return f"None of the {rows} could be looked at: that says nothing about the picture."
    if any(one.answered for one in facts.searches):
        return (
            "Nothing that the searches pointed at was proven to be the same picture. That is not an all-clear: engines know "
            "only a part of the web, and see little of what is shown to followers alone."
        )
    return "No search gave a whole answer: that says nothing about the picture."


def _rows(facts: Facts) -> Iterator[str]:
    """The rows that are not the same picture, with why; those that are stand above."""
    short = short_names(facts)
    for outcome in (Outcome.UNDECIDED, Outcome.NOT_SEEN, Outcome.NOT_SAME):
        rows: dict[str, list[Lead]] = {}
        for lead in facts.leads:
            if lead.outcome is outcome:
                rows.setdefault(lead.page_url or lead.image_url or f"row {len(rows)}", []).append(lead)
        if not rows:
            continue
        yield f"{english.ROWS[outcome]} ({len(rows)})"
        for leads in list(rows.values())[:MOST_ROWS]:
            yield from wrapped(_row(leads, short), 6, "  - ")
        if len(rows) > MOST_ROWS:
            yield f"  and {len(rows) - MOST_ROWS} more (--json lists them)"
        yield ""


def _row(leads: list[Lead], short: dict[str, str]) -> str:
    """One address, with all who pointed at it."""
    lead = leads[0]
    where = plain(lead.page_url or lead.image_url or "a row without an address")
    title = f" “{plain(lead.title)}”" if lead.title else ""
    photo = f", for {plain(short[lead.photo])}" if len(short) > 1 and lead.photo in short else ""
    services = ", ".join(dict.fromkeys(plain(service_title(one.service)) for one in leads))
    reason = f": {plain(lead.reason)}" if lead.reason else ""
    return f"{where}{title} ({services}{photo}){reason}"
