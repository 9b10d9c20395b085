"""Keeping a library sound: what another version hashed, and what is damaged."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from fakeprofile.references.rows import Rows, Values

_MISFIT = "(codes IS NULL OR points IS NULL OR length(codes) % 16 OR length(points) <> length(codes) / 2)"
_NO_HEX = "(phash GLOB '*[^0-9a-f]*' OR pdq GLOB '*[^0-9a-f]*' OR sha256 GLOB '*[^0-9a-f]*')"
_SICK = {
    f"width IS NOT NULL AND {_MISFIT}": (
        "its keypoints are damaged: `fakeprofile references rehash` makes them again"
    ),
    "(width IS NULL) <> (height IS NULL) OR width < 1 OR height < 1": "its size is damaged",
    _NO_HEX: "its hashes are damaged",
    "thumbnail IS NOT NULL AND substr(thumbnail, 1, 3) <> x'ffd8ff'": "its thumbnail is damaged",
    "parent_id IS NULL AND id NOT IN (SELECT photo_id FROM sightings)": "no sighting refers to it",
}


_OUTDATED = f"width IS NOT NULL AND (keypoint_algorithm IS NOT ? OR whole_algorithm IS NOT ? OR {_MISFIT})"


def outdated_count(rows: Rows, keypoints: str, whole: str) -> int:
    """How many photos are to be hashed again."""
    return int(rows.all(f"SELECT count(*) FROM photos WHERE {_OUTDATED}", keypoints, whole)[0][0])


def outdated(rows: Rows, keypoints: str, whole: str) -> Iterator[tuple[int, Values]]:
    """Photos that another version of an algorithm hashed, or whose keypoints are damaged, one by one."""
    numbers = rows.all(f"SELECT id FROM photos WHERE {_OUTDATED} ORDER BY id", keypoints, whole)
    for (number,) in numbers:
        row = rows.first("SELECT sha256, width, height, thumbnail FROM photos WHERE id = ?", number)
        if row is not None:  # nobody removed it meanwhile
            yield number, dict(row)


def damage(rows: Rows) -> Iterator[str]:
    """What is wrong with the file, a line each; nothing if it is sound."""
    for row in rows.each("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"SQLite: {row[0]}"
    for row in rows.each("PRAGMA foreign_key_check"):
        yield f"{row[0]} row {row[1]} refers to a row of {row[2]} that is gone"
    for condition, words in _SICK.items():
        for row in rows.each(f"SELECT id FROM photos WHERE {condition}"):
            yield f"photo {row['id']}: {words}"


STATE = (
    "SELECT id FROM library",
    "SELECT count(*), max(stamp), sum(stamp) FROM stamps",
    "SELECT id, photo_id, identity_id, source, page_url, image_url, seen_on, date_kind, note FROM sightings ORDER BY id",
    "SELECT id, kind, name, note FROM identities ORDER BY id",
    "SELECT identity_id, platform, name, account_id FROM handles ORDER BY 1, 2, 3",
    "SELECT identity_id, url FROM pages ORDER BY 1, 2",
    "SELECT id, platform, handle, account_id, display_name FROM cases ORDER BY id",
)
"""All that a report can depend on. Pictures and their hashes are told by their stamps, which are never given twice."""


def state(rows: Rows) -> str:
    """A digest of what the library holds: 100,000 sightings take a fifth of a second."""
    digest = hashlib.sha256()
    for query in STATE:
        for row in rows.each(query):
            digest.update(repr(tuple(row)).encode("utf-8", "backslashreplace"))
        digest.update(b";")
    return digest.hexdigest()
