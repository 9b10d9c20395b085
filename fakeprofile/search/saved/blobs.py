"""What engines write into their pages as JSON: rows with a page, a picture, and for TinEye dates.

All of it comes from a file that anybody can have made: each value is checked for its type, and one
bad row costs none of the others. Sections 2.6, 4 and 8.3 of the facts have the shapes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from fakeprofile.dating import parse_date
from fakeprofile.records import Dated, DateKind, Reliability
from fakeprofile.search.saved.addresses import is_refused, queried_in, target_of, web_address
from fakeprofile.search.saved.rows import LONGEST_TITLE, Row

LARGEST = 8 * 1024 * 1024
"""Characters of JSON in one attribute or answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one piece of JSON says."""

    rows: tuple[Row, ...] = ()
    empty: bool = False
    """It says that there are no results, in a form that is known to mean it."""
    known: bool = False
    """It has the shape that is known."""
    matches: frozenset[str] = frozenset()
    """The pictures that it holds; a picture has a row for each page that it stands on."""
    refused: int = 0
    """Rows of it that lead where no result can be."""
    counted: int = 0
    """How many pictures it says that there are; 0 if it does not say."""


queried = lru_cache(maxsize=64)(queried_in)


def json_of(text: str | bytes) -> object:
    """The value; None if it is none, or too large, or too deep."""
    if len(text) > LARGEST:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def bing_row(text: str) -> Row | None:
    """The row in an attribute ``m`` of Bing; None if it names no page and no picture."""
    told = _mapping(json_of(text))
    page, image = _address(told.get("purl")), _address(told.get("murl"))
    if page is None and image is None:
        return None
    return Row(
        page=page,
        image=image,
        references=_references(told.get("turl")),
        title=_title(told.get("t")),
        told=True,
    )


def bing_refused(text: str) -> bool:
    """Whether the page that such an attribute names is one that no result can have."""
    return _is_refused(_mapping(json_of(text)).get("purl"))


def google_row(attributes: Mapping[str, str]) -> Row | None:
    """The row in attributes of a tile of Google; None if it names no page."""
    page = _address(attributes.get("data-lpage"))
    image = _address(attributes.get("data-ou"))
    if page is None:
        return None
    return Row(page=page, image=image, references=_references(attributes.get("data-iurl")), told=True)


def yandex_told(text: str) -> Told:
    """The rows in the state that a page of Yandex keeps of itself."""
    state = _mapping(json_of(text))
    inner = _mapping(state.get("initialState")) or state
    sites = _mapping(inner.get("cbirSites")).get("sites")
    thumbs = _mapping(inner.get("cbirSimilar")).get("thumbs")
    rows = [*map(_yandex_site, _mappings(sites)), *map(_yandex_similar, _mappings(thumbs))]
    kept = tuple(row for row in rows if row is not None)
    refused = sum(_yandex_site(one) is None and _is_refused(one.get("url")) for one in _mappings(sites))
    # A list of sites that is there and empty is the answer "none"; a list that is missing is no answer.
    return Told(
        rows=kept,
        empty=sites == [] and not kept,
        known=isinstance(sites, list) or isinstance(thumbs, list),
        refused=refused,
    )


def _yandex_site(site: Mapping[str, object]) -> Row | None:
    page = _address(site.get("url"))
    if page is None:
        return None
    return Row(
        page=page,
        image=_address(_mapping(site.get("originalImage")).get("url")),
        references=_references(_mapping(site.get("thumb")).get("url")),
        title=_title(site.get("title")),
        told=True,
    )


def _yandex_similar(thumb: Mapping[str, object]) -> Row | None:
    """A tile of similar pictures: its link is one of Yandex's own, so that only the picture is known."""
    target = target_of(str(thumb.get("linkUrl") or ""), "https://yandex.com/")
    page = target.page if target is not None else None
    image = target.image if target is not None and target.image else None
    if page is None and image is None:
        return None
    return Row(
        page=page,
        image=image,
        references=_references(thumb.get("imageUrl")),
        title=_title(thumb.get("title")),
        told=True,
    )


def tineye_told(text: str | bytes) -> Told:
    """The rows, with the days on which TinEye first met them, in an answer of its website."""
    told = _mapping(json_of(text))
    matches = told.get("matches")
    if not isinstance(matches, list):
        results = _mapping(told.get("results"))
        matches = results.get("matches")
    if not isinstance(matches, list):
        return Told()
    rows = tuple(row for match in _mappings(matches) for row in _tineye_rows(match))
    # An unofficial format: what it counts is believed only where it is a number.
    number = _count(told.get("num_matches"))
    empty = not matches and told.get("num_matches") == 0 and not told.get("suggestions")
    refused = sum(
        _is_refused(link.get("backlink"))
        and not (_address(link.get("backlink")) or _address(link.get("url")))
        for match in _mappings(matches)
        for link in _mappings(match.get("backlinks"))
    )
    held = frozenset(str(match.get("image_url") or at) for at, match in enumerate(_mappings(matches)))
    return Told(rows=rows, empty=empty, known=True, matches=held, counted=number, refused=refused)


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9 else 0


def _tineye_rows(match: Mapping[str, object]) -> Iterator[Row]:
    references = _references(match.get("image_url"))
    backlinks = list(_mappings(match.get("backlinks")))
    for link in backlinks:
        page, image = _address(link.get("backlink")), _address(link.get("url"))
        if page or image:
            dates = _dates(
                link.get("crawl_date"), DateKind.CRAWLED, Reliability.MEDIUM, "tineye", image or page
            )
            yield Row(page=page, image=image, references=references, dates=dates, told=True)


def bing_told(text: str | bytes) -> Told:
    """The rows in an answer of Bing's Visual Search, as a recording of its page has it."""
    tags = _mapping(json_of(text)).get("tags")
    if not isinstance(tags, list):
        return Told()
    rows: list[Row] = []
    refused = 0
    for tag in _mappings(tags):
        for action in _mappings(tag.get("actions")):
            values = _mapping(action.get("data")).get("value")
            rows.extend(row for value in _mappings(values) if (row := _bing_value(value)))
            refused += sum(_is_refused(value.get("hostPageUrl")) for value in _mappings(values))
    return Told(rows=tuple(rows), known=True, refused=refused)


def _bing_value(value: Mapping[str, object]) -> Row | None:
    page, image = _address(value.get("hostPageUrl")), _address(value.get("contentUrl"))
    if page is None:
        return None
    return Row(
        page=page,
        image=image,
        references=_references(value.get("thumbnailUrl")),
        title=_title(value.get("name")),
        dates=_dates(value.get("datePublished"), DateKind.ENGINE, Reliability.WEAK, "bing", page),
        told=True,
    )


# --- values that anybody can have written ---------------------------------------------------


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def _address(value: object) -> str | None:
    return web_address(value) if isinstance(value, str) else None


def _is_refused(value: object) -> bool:
    return isinstance(value, str) and is_refused(value)


def _references(value: object) -> tuple[str, ...]:
    if not isinstance(value, str) or not value:
        return ()
    return (f"https:{value}" if value.startswith("//") else value,)


def _title(value: object) -> str | None:
    return " ".join(value.split())[:LONGEST_TITLE] or None if isinstance(value, str) else None


def _dates(
    value: object, kind: DateKind, reliability: Reliability, by: str, about: str | None
) -> tuple[Dated, ...]:
    """The date, if there is one that can be read: a missing day is no day."""
    if not isinstance(value, str) or len(value) > 40:
        return ()
    try:
        day = parse_date(value)
    except ValueError:
        return ()
    return (Dated(on=day, kind=kind, reliability=reliability, by=by, about=about or ""),)
