"""Pictures and links of a page -> pairs, element by element from the inside out.

The rule is that of section 8.2 of the facts, and knows no engine: a picture belongs to the nearest
element around it that holds exactly one page outside of the engine. What engines write into
attributes goes first where it is there. Guards, because a wrong pair would show the user's own
picture on a stranger's page: a picture never climbs out of the body, a header or a form, nor into
what holds more of the engine's own links than a row does; and a page that has a picture of its own
takes none from afar.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from fakeprofile.search.saved.addresses import Target, host_of
from fakeprofile.search.saved.rows import MOST_REFERENCES, Row

CLIMB = 6
"""How many elements a picture climbs to find its page."""
CLIMB_TO_MANY = 3
"""The same where one picture stands for several pages, as on pages of TinEye."""
MANY = 50
"""Pages that are told apart in one element."""

OWN_LINKS = 5
"""Links of the engine itself in one row, at most: what holds more is a part of the page, such as its menu."""

_BARRIERS = frozenset({"html", "body", "header", "nav", "footer", "form", "head"})


@dataclass(slots=True)
class Picture:
    """A picture that has not found its page yet."""

    references: tuple[str, ...]
    title: str
    icon: bool
    image: str | None = None
    climbed: int = 0
    refused: bool = False
    """The link at it leads where no result can be."""


@dataclass(slots=True)
class Open:
    """An element that is not closed yet, and what is in it."""

    tag: str
    passed_over: bool
    pages: dict[str, Target] = field(default_factory=dict)
    images: dict[str, None] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    """Pages that have a picture of their own."""
    pictures: list[Picture] = field(default_factory=list)
    told: Row | None = None
    anchor: str | None = None
    """The page that this link leads to."""
    refused: int = 0
    """Links in it that lead where no result can be, and that no picture stands at yet."""
    own_links: int = 0
    """Links in it that stay on the engine's own pages."""


class Pairs:
    """The pairs of one page so far."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.rows: list[Row] = []
        self.left_out = 0
        self.refused = 0
        """Rows that were dropped for the address that they lead to."""
        self.one_for_many = False
        """Whether the engine shows one picture for several pages."""

    @property
    def full(self) -> bool:
        """Whether no more rows are taken."""
        return len(self.rows) >= self._most

    def close(self, done: Open) -> None:
        """Pairs what is in an element that ends here."""
        if done.refused and done.pictures and not done.pages and done.own_links <= OWN_LINKS:
            for picture in done.pictures:
                picture.refused = True
            done.refused = 0
        if done.told is not None:
            self._told(done, done.told)
        elif done.pictures and (done.tag in _BARRIERS or done.own_links > OWN_LINKS):
            self._give_up(done)
        elif done.pictures and len(done.pages) == 1:
            page, target = next(iter(done.pages.items()))
            if not target.advertisement:
                self._keep_pairs(done, page, target)
            done.pictures.clear()
        elif done.pictures and len(done.pages) > 1:
            self._many(done)
        elif done.pictures and len(done.images) == 1:
            for picture in done.pictures:
                picture.image = picture.image or next(iter(done.images))

    def _keep_pairs(self, done: Open, page: str, target: Target) -> None:
        only = next(iter(done.images)) if len(done.images) == 1 else None
        for picture in done.pictures:
            if picture.refused and page in done.taken:  # it is a row of its own, beside that of the page
                self.refused += not picture.icon
                continue
            image = target.image or picture.image or only
            self._keep(picture, page=page, image=image, far=page in done.taken)
        if any(not picture.icon for picture in done.pictures):
            done.taken.add(page)

    def _told(self, done: Open, told: Row) -> None:
        """What the engine itself says of an element goes before what stands in it."""
        self._keep_row(
            replace(told, references=(*_all_references(done.pictures), *told.references)),
        )
        done.pictures.clear()
        done.pages = {told.page: Target(page=told.page)} if told.page else {}
        done.taken = set(done.pages)

    def _many(self, done: Open) -> None:
        """One picture and several pages: TinEye lists under a picture all pages that have it."""
        first = done.pictures[0]
        pages = [page for page, target in done.pages.items() if not target.advertisement]
        many = self.one_for_many and len(done.pictures) == 1 and not done.taken
        if many and first.climbed <= CLIMB_TO_MANY and len(pages) < MANY:
            for page in pages:
                self._keep(first, page=page, image=first.image or _beside(page, done.images))
            done.taken.update(pages)
            done.pictures.clear()
        else:
            self._give_up(done)

    def _give_up(self, done: Open) -> None:
        """Pictures that found no page count only where a link led to their own file."""
        for picture in done.pictures:
            self._alone(picture)
        done.pictures.clear()

    def _alone(self, picture: Picture) -> None:
        if picture.image is not None:
            self._keep(picture, page=None, image=picture.image)
        else:
            self.refused += picture.refused and not picture.icon

    def hand_over(self, done: Open, outer: Open) -> None:
        """Gives what found no match in an element to the one around it."""
        outer.own_links += done.own_links
        outer.refused += done.refused if done.tag not in _BARRIERS else 0
        for page, target in done.pages.items():
            if len(outer.pages) < MANY:
                outer.pages.setdefault(page, target)
        if len(outer.images) < MANY:
            outer.images.update(done.images)
        if len(outer.taken) < MANY:
            outer.taken |= done.taken
        for picture in done.pictures:
            picture.climbed += 1
            if picture.climbed <= CLIMB:
                outer.pictures.append(picture)
            else:
                self._alone(picture)

    def _keep(self, picture: Picture, *, page: str | None, image: str | None, far: bool = False) -> None:
        self._keep_row(
            Row(
                page=page,
                image=image,
                references=picture.references,
                title=picture.title or None,
                icon=picture.icon,
                far=far,
            )
        )

    def _keep_row(self, row: Row) -> None:
        if self.full:
            self.left_out += 1
        else:
            self.rows.append(row)


def _beside(page: str, images: Iterable[str]) -> str | None:
    """The one picture on the host of the page; None if there is none, or more than one."""
    host = host_of(page)
    found = [image for image in images if host_of(image) == host]
    return found[0] if len(found) == 1 else None


def _all_references(pictures: list[Picture]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for picture in pictures for one in picture.references))[:MOST_REFERENCES]
