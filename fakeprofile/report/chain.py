"""The chain of names of one set of pictures, as text and as JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fakeprofile.chain import Chain, Chains, Link, Sameness, Through
from fakeprofile.records import Case
from fakeprofile.report.columns import wrapped
from fakeprofile.report.document import as_line
from fakeprofile.report.lines import plain

CHAIN_SCHEMA = "fakeprofile.chain/1"
MOST_CASES = 50

SAMENESS: dict[Sameness, str] = {
    Sameness.RENAMED: "the same numeric id: one account that was renamed",
    Sameness.OTHER: "another account",
    Sameness.UNKNOWN: "whether it is the same account is not known, as a numeric id is missing",
}
THROUGH: dict[Through, str] = {
    Through.SAME_FILE: "the same file",
    Through.PROVEN: "proven when one was checked against the other",
    Through.KNOWN_PICTURE: "proven against the same part of the same known picture",
}
NO_CHAIN = "No two remembered cases are proven to share a picture."
NOT_IN_ONE = "Case {case} shares no proven picture with another remembered case."
WHY = "Why they stand together: of every two of them it is proven that they share a picture."
DATES = (
    "The dates are those on which this program checked the accounts, not those on which they were made; the order says "
    "nothing about who took the pictures from whom."
)
STOCK = "{count} {photos} found in a shop of stock photos: such pictures join nobody."
INCOMPLETE = "There are more chains than could be worked out: each that is shown is proven."


def chains_text(chains: Chains, case: int | None = None) -> str:
    """The chains, or those of one case, in lines of at most 96 columns, ending in a newline."""
    chosen = chains.chains if case is None else chains.of(case)
    numbers = {id(chain): number for number, chain in enumerate(chains.chains, 1)}
    lines = []
    for chain in chosen:
        lines += [*_chain_lines(numbers[id(chain)], chain, chains), ""]
    if not chosen:
        lines += [*wrapped(NO_CHAIN if case is None else NOT_IN_ONE.format(case=case)), ""]
    else:
        lines += [*wrapped(DATES), ""]
    if case is None and chains.stock:
        photos = "photo was" if chains.stock == 1 else "photos were"
        lines += [*wrapped(STOCK.format(count=f"{chains.stock:,}", photos=photos)), ""]
    if not chains.complete:
        lines += [*wrapped(INCOMPLETE), ""]
    return "\n".join(lines[:-1]) + "\n"


def chains_lines(chains: Chains, case: int | None = None) -> Iterator[str]:
    """Each chain, or each of one case, as a JSON line."""
    for chain in chains.chains if case is None else chains.of(case):
        yield as_line(
            {
                "schema": CHAIN_SCHEMA,
                "cases": [_case_values(one) for one in chain.cases],
                "links": [_link_values(one) for one in chain.links],
                "known_as": [
                    {"identity": one.identity.name if one.identity else None, "seen_on": one.seen_on}
                    for one in chain.known
                ],
            }
        )


def account_words(case: Case) -> str:
    """What an account is called: its handle, its number if that is known, and the name it shows."""
    account = plain(str(case.handle)) if case.handle else ""
    name = f"“{plain(case.name)}”" if case.name and case.name != (case.handle and case.handle.name) else ""
    return " ".join(part for part in (account, name) if part) or "(no name)"


def span_words(case: Case) -> str:
    """When it was checked: one day, or from the first to the last."""
    if case.first_checked_on == case.last_checked_on:
        return plain(case.first_checked_on)
    return f"{plain(case.first_checked_on)} to {plain(case.last_checked_on)}"


# --- text -----------------------------------------------------------------------------------


def _chain_lines(number: int, chain: Chain, chains: Chains) -> Iterator[str]:
    names = " → ".join(_short(case) for case in chain.cases[:MOST_CASES])
    yield from wrapped(f"Chain {number}: {len(chain.cases):,} accounts with one set of pictures: {names}")
    links = {(link.earlier, link.later): link for link in chain.links}
    before: Case | None = None
    for case in chain.cases[:MOST_CASES]:
        if before is not None:
            yield from wrapped(_link_words(links[before.id, case.id]), 10, "       |  ")
        known = f"id {plain(case.account_id)}" if case.account_id else "id unknown"
        photos = f"{case.photos:,} {'photo' if case.photos == 1 else 'photos'}"
        yield from wrapped(
            f"{span_words(case)}  case {case.id}  {account_words(case)}, {known}, {photos}", 14, "  "
        )
        before = case
    if len(chain.cases) > MOST_CASES:
        yield f"  … and {len(chain.cases) - MOST_CASES:,} more, which stand in the JSON"
    for sighting in chain.known:
        owner = plain(sighting.identity.name) if sighting.identity else ""
        since = f"the earliest seen {sighting.seen_on}" if sighting.seen_on else "since when is unknown"
        yield from wrapped(
            f"Pictures of theirs are known as pictures of {owner}: {since}, no. {sighting.id}.", 2
        )
    yield from wrapped(WHY, 2)
    if len(chain.cases) > 2:
        counts = ", ".join(f"{link.earlier} and {link.later}: {link.count}" for link in chain.links[:20])
        more = f", and {len(chain.links) - 20:,} more pairs" if len(chain.links) > 20 else ""
        yield from wrapped(f"Photos in common between cases {counts}{more}.", 2)
    others = [
        (case.id, place)
        for case in chain.cases
        for place, other in enumerate(chains.chains, 1)
        if place != number and any(one.id == case.id for one in other.cases)
    ]
    for case_number, place in others[:5]:
        yield from wrapped(
            f"Case {case_number} also stands in chain {place}, with accounts that not all of these share a picture with.",
            2,
        )


def _short(case: Case) -> str:
    return plain(case.handle.name) if case.handle else f"“{plain(case.name or '')}”"


def _link_words(link: Link) -> str:
    photos = f"{link.count:,} {'photo' if link.count == 1 else 'photos'} of case {link.later}"
    shows = "shows a picture" if link.count == 1 else "show pictures"
    ways = [THROUGH[way] for way in Through if any(one.through is way for one in link.pictures)]
    return f"{photos} {shows} of case {link.earlier} ({'; '.join(ways)}); {SAMENESS[link.account]}"


# --- values ---------------------------------------------------------------------------------


def _case_values(case: Case) -> dict[str, Any]:
    return {
        "case": case.id,
        "handle": str(case.handle) if case.handle else None,
        "name": case.name,
        "account_id": case.account_id,
        "first_checked_on": case.first_checked_on,
        "last_checked_on": case.last_checked_on,
    }


def _link_values(link: Link) -> dict[str, Any]:
    pictures = [{"earlier": one.earlier, "later": one.later, "through": one.through} for one in link.pictures]
    return {"earlier": link.earlier, "later": link.later, "account": link.account, "pictures": pictures}
