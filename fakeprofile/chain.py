"""The names under which one set of pictures was seen: remembered cases that share proven pictures, in time order.

Two cases are joined by a file that both showed, by a match that a check proved, or by one known picture that
both were proven to show the same part of. A chain is a clique of such joins: of every two of its accounts it
is proven that they share a picture, never only through a third.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from fakeprofile.cliques import graph_of, maximal_cliques
from fakeprofile.dating import earliest
from fakeprofile.identity import platform_of
from fakeprofile.records import Case, Corners, Match, Region, Report, Sighting, SiteKind, Source

LEAST_OVERLAP = 0.25
"""Of the smaller of two parts of one known picture, how much the other must show of it to be the same part: a
collage holds several pictures, and two halves of one are not the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A case as it is kept: its account, its photos, and the report of its last check."""

    case: Case
    photos: tuple[str, ...]
    """The SHA-256 of each file."""
    report: Report | None = None
    """None if it is damaged: then only equal files join it to others."""


class Through(StrEnum):
    """What shows that two photos are the same picture, most direct first."""

    SAME_FILE = "same file"
    PROVEN = "proven match"
    KNOWN_PICTURE = "same known picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPicture:
    """A photo of an earlier case and one of a later case that are the same picture."""

    earlier: str
    later: str
    through: Through


class Sameness(StrEnum):
    """Whether two cases are one account, as far as the numeric ids tell."""

    RENAMED = "same id"
    OTHER = "other id"
    UNKNOWN = "id unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two cases that share pictures."""

    earlier: int
    later: int
    pictures: tuple[SharedPicture, ...]
    account: Sameness

    @property
    def count(self) -> int:
        """How many photos of the later case show pictures of the earlier one."""
        return len({one.later for one in self.pictures})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Cases of which every two share a picture, in the order in which they were first checked."""

    cases: tuple[Case, ...]
    links: tuple[Link, ...]
    """Between every two of them."""
    known: tuple[Sighting, ...] = ()
    """Of each identity whose pictures they are known to be, the earliest sighting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chains:
    """All chains of the remembered cases, and the cases in none."""

    chains: tuple[Chain, ...] = ()
    alone: tuple[Case, ...] = ()
    stock: int = 0
    """How many photos are stock pictures: they join nobody."""
    complete: bool = True

    def of(self, number: int) -> tuple[Chain, ...]:
        """The chains in which a case stands."""
        return tuple(one for one in self.chains if any(case.id == number for case in one.cases))


def chains_of(remembered: Iterable[Remembered]) -> Chains:
    """The chains of names of the remembered cases; the same whatever their order."""
    kept = {one.case.id: one for one in sorted(remembered, key=lambda one: _time(one.case))}
    stock = frozenset(_stock(kept.values()))
    links = _links(kept, stock)
    keys = {_key(place): number for place, number in enumerate(kept)}
    key_of = {number: key for key, number in keys.items()}
    graph = graph_of((key_of[one.earlier], key_of[one.later]) for one in links.values())
    cliques = maximal_cliques(graph)
    chains = [_chain([keys[key] for key in clique], kept, links) for clique in cliques.cliques]
    joined = {case.id for chain in chains for case in chain.cases}
    return Chains(
        chains=tuple(sorted(chains, key=lambda chain: [_time(case) for case in chain.cases])),
        alone=tuple(one.case for one in kept.values() if one.case.id not in joined),
        stock=len(stock),
        complete=cliques.complete,
    )


# --- steps ----------------------------------------------------------------------------------

_Pair = tuple[int, int]


def _time(case: Case) -> tuple[str, int]:
    return case.first_checked_on, case.id


def _key(place: int) -> str:
    """A name that sorts as the cases do."""
    return f"{place:09}"


def _chain(numbers: list[int], kept: dict[int, Remembered], links: dict[_Pair, Link]) -> Chain:
    owners: dict[str, list[Sighting]] = defaultdict(list)
    for number in numbers:
        for _, match in _proven(kept[number]):
            if match.sighting.source is Source.REFERENCE and match.sighting.identity is not None:
                owners[match.sighting.identity.name].append(match.sighting)
    return Chain(
        cases=tuple(kept[number].case for number in numbers),
        links=tuple(links[pair] for pair in itertools.combinations(numbers, 2)),
        known=tuple(earliest(owners[name]) or owners[name][0] for name in sorted(owners)),
    )


def _proven(one: Remembered) -> Iterator[tuple[str, Match]]:
    """The proven matches of a case that still has the photo, with the file of the photo."""
    photos = set(one.photos)
    for looked in one.report.facts.looked if one.report else ():
        if looked.sha256 in photos:
            yield from ((looked.sha256 or "", match) for match in looked.matches if match.proven)


def _stock(kept: Iterable[Remembered]) -> Iterator[str]:
    """Photos that were found in a shop of stock photos."""
    for one in kept:
        for photo, match in _proven(one):
            if match.sighting.site is SiteKind.STOCK:
                yield photo


def _links(kept: dict[int, Remembered], stock: frozenset[str]) -> dict[_Pair, Link]:
    """The cases that share pictures, each pair once, the earlier case first."""
    place = {number: place for place, number in enumerate(kept)}
    found: dict[_Pair, dict[tuple[str, str], Through]] = defaultdict(dict)
    for one, photo, other, photo_there, through in _joins(kept):
        if one == other or photo in stock or photo_there in stock:
            continue
        if place[one] > place[other]:
            one, photo, other, photo_there = other, photo_there, one, photo  # noqa: PLW2901
        shared = found[one, other]
        before = shared.setdefault((photo, photo_there), through)
        shared[photo, photo_there] = min(before, through, key=tuple(Through).index)
    return {
        pair: Link(
            earlier=pair[0],
            later=pair[1],
            pictures=tuple(
                SharedPicture(earlier=photo, later=there, through=through)
                for (photo, there), through in sorted(shared.items())
            ),
            account=_sameness(kept[pair[0]].case, kept[pair[1]].case),
        )
        for pair, shared in found.items()
    }


_Join = tuple[int, str, int, str, Through]


def _joins(kept: dict[int, Remembered]) -> Iterator[_Join]:
    """Case and photo, case and photo, and what shows that they are one picture."""
    yield from _same_files(kept)
    for number, one in kept.items():
        for photo, match in _proven(one):
            other = _case_of(match.sighting)
            if other in kept and match.sighting.photo_sha256 in kept[other].photos:
                yield number, photo, other, match.sighting.photo_sha256 or "", Through.PROVEN
    yield from _same_known(kept)


def _same_files(kept: dict[int, Remembered]) -> Iterator[_Join]:
    holders: dict[str, list[int]] = defaultdict(list)
    for number, one in kept.items():
        for photo in one.photos:
            holders[photo].append(number)
    for photo, numbers in holders.items():
        for one_case, other in itertools.combinations(numbers, 2):
            yield one_case, photo, other, photo, Through.SAME_FILE


def _same_known(kept: dict[int, Remembered]) -> Iterator[_Join]:
    """Photos of two cases that show the same part of one known picture."""
    showing: dict[str, list[tuple[int, str, Region | None]]] = defaultdict(list)
    for number, one in kept.items():
        for photo, match in _proven(one):
            if match.sighting.source is not Source.CASE:
                picture = match.sighting.photo_sha256 or f"no. {match.sighting.id}"
                showing[picture].append((number, photo, match.region))
    for entries in showing.values():
        for (one_case, photo, here), (other, photo_there, there) in itertools.combinations(entries, 2):
            if one_case != other and _same_part(here, there):
                yield one_case, photo, other, photo_there, Through.KNOWN_PICTURE


def _case_of(sighting: Sighting) -> int:
    """The number of the case of a sighting; 0 if it is none's, or of a folder that was lent."""
    of_case = sighting.source is Source.CASE and sighting.id > 0 and sighting.identity is not None
    return sighting.identity.id if of_case and sighting.identity else 0


def _same_part(one: Region | None, other: Region | None) -> bool:
    """Whether two regions of one known picture lie over each other; without a region it is all of the picture."""
    if one is None or other is None:
        return True
    here, there = _box(one.sighting), _box(other.sighting)
    shared = _area(_common(here, there))
    return shared > 0 and shared >= LEAST_OVERLAP * min(_area(here), _area(there))


_Box = tuple[float, float, float, float]


def _box(corners: Corners) -> _Box:
    across, down = [point[0] for point in corners], [point[1] for point in corners]
    return min(across), min(down), max(across), max(down)


def _common(one: _Box, other: _Box) -> _Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _area(box: _Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _sameness(one: Case, other: Case) -> Sameness:
    platforms = {platform_of((case.handle.platform if case.handle else None) or "") for case in (one, other)}
    if len(platforms - {""}) == 2:
        return Sameness.OTHER
    if not (one.account_id and other.account_id):
        return Sameness.UNKNOWN
    if one.account_id != other.account_id:
        return Sameness.OTHER
    return Sameness.RENAMED if len(platforms) == 1 else Sameness.UNKNOWN
