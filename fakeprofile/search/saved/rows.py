"""The rows of a result page: a picture with the page it links to; the same row only once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from fakeprofile.records import Dated, Hit, HitKind
from fakeprofile.search.saved.addresses import web_address
from fakeprofile.search.saved.thumbnails import Thumbnails, is_icon

LONGEST_TITLE = 300
MOST_REFERENCES = 10
"""How many places one row may name for its thumbnail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One pairing, as the page has it: nothing of it was looked up yet."""

    page: str | None = None
    image: str | None = None
    references: tuple[str, ...] = field(default=(), repr=False)
    """Where the thumbnail is, best first: data URIs, addresses, names in the container."""
    title: str | None = None
    dates: tuple[Dated, ...] = ()
    icon: bool = False
    """The page shows it no larger than an icon."""
    far: bool = False
    """Another picture stands nearer to the page; it counts only where that one was an icon."""
    told: bool = False
    """The page tells of the row in data of its own, so that it counts even without a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A row with the bytes of its thumbnail, as far as they were saved."""

    row: Row
    thumbnail: bytes | None = field(default=None, repr=False)

    @property
    def address(self) -> str | None:
        """The address that the thumbnail had on the web."""
        return next((found for one in self.row.references if (found := web_address(one))), None)


def hits_of(rows: Iterable[Row], thumbnails: Thumbnails, service: str) -> tuple[Hit, ...]:
    """The rows as hits, each picture on each page once, in the order of the page."""
    found = [one for row in rows if (one := _found(row, thumbnails)) is not None]
    near = {one.row.page for one in found if one.thumbnail is not None and not one.row.far}
    merged = _merged(one for one in found if not (one.row.far and one.row.page in near))
    return tuple(
        Hit(
            service=service,
            kind=HitKind.CANDIDATE,
            page_url=one.row.page,
            image_url=one.row.image,
            thumbnail_url=one.address,
            thumbnail=one.thumbnail,
            title=one.row.title or None,
            dates=one.row.dates,
        )
        for one in merged
    )


def _found(row: Row, thumbnails: Thumbnails) -> Found | None:
    """The row with its picture; None for icons and for rows of which nothing can be looked at."""
    for reference in row.references:
        data = thumbnails.of(reference)
        if data is None:
            continue
        if is_icon(data):
            # What lazily loading pages show until the picture comes is as small as an icon.
            if len(row.references) == 1 and not row.told:
                return None
            continue
        return Found(row=row, thumbnail=data)
    if row.told or row.image:
        return Found(row=row)
    is_icon_by_name = any("favicon" in one.lower() for one in row.references if not one.startswith("data:"))
    pointed_at = any(not one.startswith("data:") for one in row.references)
    return Found(row=row) if pointed_at and not (row.icon or is_icon_by_name) else None


def _merged(found: Iterable[Found]) -> list[Found]:
    kept: list[Found] = []
    of_page: dict[str | None, list[int]] = {}
    for one in found:
        places = of_page.setdefault(one.row.page or one.row.image, [])
        # A page that shows thousands of pictures of one page is no result page: the newest few are compared.
        at = next((place for place in places[-50:] if _same(kept[place], one)), None)
        if at is None:
            places.append(len(kept))
            kept.append(one)
        else:
            kept[at] = _both(kept[at], one)
    return kept


def _same(one: Found, other: Found) -> bool:
    """Whether two rows of one page tell of the same picture: one of them may know less."""
    if one.thumbnail is not None and other.thumbnail is not None:
        return one.thumbnail == other.thumbnail
    return one.row.image is None or other.row.image is None or one.row.image == other.row.image


def _both(one: Found, other: Found) -> Found:
    row = replace(
        one.row,
        image=one.row.image or other.row.image,
        title=one.row.title or other.row.title,
        references=tuple(dict.fromkeys((*one.row.references, *other.row.references)))[:MOST_REFERENCES],
        dates=tuple(dict.fromkeys((*one.row.dates, *other.row.dates))),
    )
    return Found(row=row, thumbnail=one.thumbnail or other.thumbnail)
