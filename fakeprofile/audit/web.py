"""What the public web shows of the photos of an audit: each picture is asked about once, and told of all that show it."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from fakeprofile.accounts import photo_name
from fakeprofile.audit.engine import Engine
from fakeprofile.audit.spool import Spool
from fakeprofile.public import NOTHING_PUBLIC, Public, search_public
from fakeprofile.records import Answer, Gap, Photo, PhotoFile, Profile
from fakeprofile.report.lines import count
from fakeprofile.search.asking import DECISIVE
from fakeprofile.tools import Asking, Tools

ENDED = "not asked: the audit was ended before"
ALIKE = "not asked: another photo has the same long name, so answers could not be told apart: shorten it"
Item = TypeVar("Item")
LookOn = Callable[[Iterator[int], int], Iterator[int]]
"""Is given the numbers of the answers, from 1, and how many there will be; ends early to end the audit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What came of it."""

    public: Public = NOTHING_PUBLIC
    """Photos are called by the SHA-256 of their files."""
    complete: bool = True
    """Whether it was not ended before its end."""


def found_of(engine: Engine, spool: Spool, tools: Tools, look_on: LookOn) -> Found:
    """What public search shows of all pictures that are somebody's own.

    Args:
        engine: all photos, looked at.
        spool: the accounts.
        tools: what may be used.
        look_on: is told of each answer.
    """
    files: dict[str, PhotoFile] = {}
    named: dict[str, str] = {}
    alike: list[str] = []
    for place, photo in spool.photos_from(0):
        sha = engine.sha_at(place)
        if sha and sha not in files and sha not in alike and engine.is_own(sha):
            # Answers are told by the name of a photo, and long ones in a zip can be cut to the same.
            if named.setdefault(photo_name(photo), sha) == sha:
                files[sha] = photo
            else:
                alike.append(sha)
    looked = [
        dataclasses.replace(engine.picture(sha).looked, photo=photo_name(photo))
        for sha, photo in files.items()
    ]
    search, asking = tools.search, None
    if search is not None and search.asking is not None:
        asking = _Watched(search.asking, len(files) * len(search.services), look_on)
        tools = dataclasses.replace(tools, search=dataclasses.replace(search, asking=asking))
    # The photos are of many accounts: no page is known to be the own one of all.
    public = _by_sha(search_public(list(files.values()), looked, Profile(), tools), named)
    complete = asking is None or asking.complete
    who = ", ".join(search.services) if search and search.services else "the saved result pages"
    answered = {one.photo for one in public.searches}
    left = [(sha, Gap(step="found", about=who, reason=ALIKE)) for sha in alike]
    if not complete:
        left += [(sha, Gap(step="found", about=who, reason=ENDED)) for sha in files if sha not in answered]
    return Found(public=dataclasses.replace(public, unseen=(*public.unseen, *left)), complete=complete)


def by_photo(public: Public) -> dict[str, Public]:
    """What was found of each photo alone."""
    searches, leads, matches, unseen = (
        _grouped((one.photo, one) for one in public.searches),
        _grouped((one.photo, one) for one in public.leads),
        _grouped((one[0], one) for one in public.matches),
        _grouped((one[0], one) for one in public.unseen),
    )
    return {
        photo: Public(
            searches=tuple(searches[photo]),
            leads=tuple(leads[photo]),
            matches=tuple(matches[photo]),
            unseen=tuple(unseen[photo]),
        )
        for photo in {*searches, *leads, *matches, *unseen}
        if photo
    }


def called(public: Public, name: str) -> Public:
    """What was found of one photo, with that under its name in a report."""
    return Public(
        searches=tuple(dataclasses.replace(one, photo=name) for one in public.searches),
        leads=tuple(dataclasses.replace(one, photo=name) for one in public.leads),
        matches=tuple((name, match) for _, match in public.matches),
        unseen=tuple((name, gap) for _, gap in public.unseen),
    )


def together(every: Iterable[Public]) -> Public:
    """What was found of several photos."""
    found = tuple(every)
    return Public(
        searches=tuple(one for public in found for one in public.searches),
        leads=tuple(one for public in found for one in public.leads),
        matches=tuple(one for public in found for one in public.matches),
        unseen=tuple(one for public in found for one in public.unseen),
    )


def gaps_of(public: Public, engine: Engine, spool: Spool) -> tuple[tuple[Gap, ...], tuple[Gap, ...]]:
    """What was not asked or looked at, each reason once with how many photos and accounts it is about.

    Returns:
        What is lacking; and what was left out because nothing is lacking without it.
    """
    unseen = {sha for sha, _ in public.unseen}
    whose: dict[str, set[int]] = defaultdict(set)
    for place, sha in engine.files.items() if unseen else ():
        if sha in unseen:
            whose[sha].add(spool.account_of(place))
    photos: Counter[Gap] = Counter(gap for sha, gap in public.unseen if sha)
    accounts: dict[Gap, set[int]] = defaultdict(set)
    for sha, gap in public.unseen:
        accounts[gap] |= whose.get(sha, set()) if sha else set()
    told = [gap for sha, gap in public.unseen if not sha]
    for gap, number in photos.items():
        who = f"{count(number, 'photo')} of {count(len(accounts[gap]), 'account')}"
        told.append(dataclasses.replace(gap, reason=f"{who}: {gap.reason}"))
    needless = f": {DECISIVE}"
    return (
        tuple(gap for gap in told if not gap.reason.endswith(needless)),
        tuple(gap for gap in told if gap.reason.endswith(needless)),
    )


# --- steps --------------------------------------------------------------------------------


class _Watched:
    """Asks services, and tells of each answer; somebody may end it between two of them."""

    def __init__(self, asking: Asking, most: int, look_on: LookOn) -> None:
        self._asking, self._most, self._look_on = asking, most, look_on
        self.complete = True

    @property
    def gaps(self) -> Sequence[Gap]:
        """What went wrong so far that belongs to no answer."""
        return self._asking.gaps

    def answers(self, photos: Iterable[Photo], decisive: Callable[[Answer], bool]) -> Iterator[Answer]:
        """What each service said of each photo, until somebody ends it."""
        answers = self._asking.answers(photos, decisive)
        # Before the first one the user may be asked: nothing else is to be shown at that time.
        first = next(answers, None)
        if first is None:
            return
        came: list[Answer] = []
        self.complete = False

        def numbers() -> Iterator[int]:
            for number, answer in enumerate(chain([first], answers), 1):
                came.append(answer)
                yield number
            self.complete = True

        for _ in self._look_on(numbers(), self._most):
            yield from came
            came.clear()
        # One that has come was paid for, also if it was ended then.
        yield from came


def _grouped(items: Iterable[tuple[str, Item]]) -> defaultdict[str, list[Item]]:
    grouped: defaultdict[str, list[Item]] = defaultdict(list)
    for photo, item in items:
        grouped[photo].append(item)
    return grouped


def _by_sha(public: Public, named: dict[str, str]) -> Public:
    """The same with each photo called by the SHA-256 of its file."""
    return Public(
        searches=tuple(dataclasses.replace(one, photo=named.get(one.photo, "")) for one in public.searches),
        leads=tuple(dataclasses.replace(one, photo=named.get(one.photo, "")) for one in public.leads),
        matches=tuple((named[photo], match) for photo, match in public.matches if photo in named),
        unseen=tuple((named.get(photo, ""), gap) for photo, gap in public.unseen),
    )
