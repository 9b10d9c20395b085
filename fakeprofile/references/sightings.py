"""What comes out of a library: sightings, with the identities they belong to, and their photos."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Collection, Iterator

from fakeprofile.records import DateKind, Handle, Identity, Sighting, Source
from fakeprofile.references.database import sound
from fakeprofile.references.rows import Rows, Values

NOT_OF_CASES = "(s.identity_id IS NULL OR s.identity_id NOT IN (SELECT id FROM cases))"
"""Sightings that no account checked here made."""
OF_NAME = (
    "s.identity_id IN (SELECT id FROM identities WHERE name = ? AND kind = 'reference' "
    "UNION ALL SELECT id FROM identities WHERE name = ? AND kind = 'case')"
)
"""Sightings under one name, which is given twice. Each kind of identity has an index of its own: in a library of a million
photos anything else reads all of it."""

_SIGHTINGS = (
    "SELECT s.*, p.sha256, i.name, i.note AS identity_note FROM sightings s "
    "JOIN photos p ON p.id = s.photo_id LEFT JOIN identities i ON i.id = s.identity_id WHERE "
)
# Not the pictures and codes themselves: they are a hundred times as much as all the rest.
_PHOTO = (
    "id, sha256, width, height, phash, pdq, pdq_quality, whole_algorithm, keypoint_algorithm, added_on, "
    "length(codes) / 16 AS keypoints, thumbnail IS NOT NULL AS thumbnail"
)

AT_ONCE = 500
"""Values in one query; older SQLite allows 999."""


def sightings_where(rows: Rows, condition: str, *values: object) -> tuple[Sighting, ...]:
    """The sightings ``s``, of photos ``p`` and identities ``i``, that fulfil a condition, by number."""
    with rows.reading(), sound(rows.path):
        identities = _Identities(rows)
        found = rows.each(f"{_SIGHTINGS}{condition} ORDER BY s.id", *values)
        return tuple(_sighting_of(row, identities) for row in found)


def photo_of(rows: Rows, number: int) -> Values:
    """What is known of the photo of a sighting: its columns without blobs, but for how many keypoints,
    and whether there is a thumbnail."""
    photo = rows.first(
        f"SELECT {_PHOTO} FROM photos WHERE id = (SELECT photo_id FROM sightings WHERE id = ?)", number
    )
    return _photo_values(photo) if photo is not None else {}


def photos_with_sightings(rows: Rows) -> Iterator[tuple[Values, tuple[Sighting, ...]]]:
    """Every photo and hash with its sightings but those of cases, as they are at one moment."""
    identities = _Identities(rows)
    photos = rows.each(f"SELECT {_PHOTO} FROM photos WHERE parent_id IS NULL ORDER BY id")
    ordered = rows.each(f"{_SIGHTINGS}{NOT_OF_CASES} ORDER BY s.photo_id, s.id")
    groups = itertools.groupby(ordered, key=lambda row: row["photo_id"])
    number, group = next(groups, (None, iter(())))
    for photo in photos:
        found: tuple[Sighting, ...] = ()
        with sound(rows.path):
            values = _photo_values(photo)
            if photo["id"] == number:
                found = tuple(_sighting_of(row, identities) for row in group)
                number, group = next(groups, (None, iter(())))
        yield values, found


def _photo_values(row: sqlite3.Row) -> Values:
    return {**dict(row), "thumbnail": bool(row["thumbnail"])}


def _sighting_of(row: sqlite3.Row, identities: _Identities) -> Sighting:
    return Sighting(
        id=row["id"],
        source=Source(row["source"]),
        identity=None if row["identity_id"] is None else identities.of(row),
        photo_sha256=row["sha256"],
        page_url=row["page_url"],
        image_url=row["image_url"],
        seen_on=row["seen_on"],
        date_kind=None if row["date_kind"] is None else DateKind(row["date_kind"]),
        added_on=row["added_on"],
        note=row["note"],
    )


class _Identities:
    """The identities of many sightings, each read once."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._read: dict[int, Identity] = {}

    def of(self, row: sqlite3.Row) -> Identity:
        number = row["identity_id"]
        if number not in self._read:
            self._read[number] = Identity(
                id=number,
                name=row["name"],
                handles=self._handles(number),
                pages=self._pages(number),
                note=row["identity_note"],
            )
        return self._read[number]

    def _handles(self, number: int) -> tuple[Handle, ...]:
        found = self._rows.all("SELECT * FROM handles WHERE identity_id = ? ORDER BY platform, name", number)
        return tuple(
            Handle(name=one["name"], platform=one["platform"] or None, account_id=one["account_id"])
            for one in found
        )

    def _pages(self, number: int) -> tuple[str, ...]:
        found = self._rows.all("SELECT url FROM pages WHERE identity_id = ? ORDER BY url", number)
        return tuple(page["url"] for page in found)


def stamped(rows: Rows, stamps: Collection[int]) -> dict[int, int]:
    """The numbers of the photos that have these stamps; a stamp that no photo has is left out."""
    wanted, found = sorted(stamps), {}
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        marks = ", ".join("?" * len(some))
        for row in rows.all(f"SELECT stamp, photo_id FROM stamps WHERE stamp IN ({marks})", *some):
            found[int(row[0])] = int(row[1])
    return found
