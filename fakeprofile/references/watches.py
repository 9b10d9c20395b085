"""What the user keeps an eye on, and what was told of it; and the pictures that are kept of an identity."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

from fakeprofile.errors import UsageError
from fakeprofile.records import Handle, Identity, KeptPicture, Watch
from fakeprofile.references.cases import case_report
from fakeprofile.references.database import sound
from fakeprofile.references.hashlists import clean
from fakeprofile.references.intake import cleaned, panel_in
from fakeprofile.references.rows import Rows, row_number


def add(rows: Rows, watch: Watch, today: str) -> tuple[int, bool]:
    """The number under which it is watched, and whether that is new; its note is renewed if it is not.

    Raises:
        UsageError: there is no such case, or nothing is left to watch for.
    """
    if watch.case is not None:
        case_report(rows, watch.case)
    handle = watch.handle
    name = clean(handle.name) if handle else ""
    values = {
        "platform": clean((handle.platform if handle else watch.platform) or ""),
        "folded": name.casefold(),
        "account_id": watch.account_id or "",
        "name": clean(watch.name or ""),
    }
    if watch.case is None and not any(values[key] for key in ("folded", "account_id", "name")):
        raise UsageError("there is nothing to watch for: give a handle, an id, a name or a case")
    found = rows.first(
        "SELECT id FROM watches WHERE ifnull(case_id, 0) = ? AND platform = ? AND folded = ? "
        "AND account_id = ? AND name = ?",
        watch.case or 0,
        *values.values(),
    )
    note = cleaned(watch.note)
    if found is not None:
        if note:
            rows.update("watches", found["id"], {"note": note})
        return int(found["id"]), False
    more = {"case_id": watch.case, "handle": name, "note": note, "added_on": today}
    return rows.insert("watches", values | more), True


def all_watches(rows: Rows) -> tuple[Watch, ...]:
    """What is watched, in the order in which it was added."""
    with sound(rows.path):
        return tuple(_watch_of(row) for row in rows.all("SELECT * FROM watches ORDER BY id"))


def remove(rows: Rows, numbers: Iterable[int]) -> int:
    """Ends watches; how many there were.

    Raises:
        UsageError: there is none of one of the numbers.
    """
    chosen = tuple(dict.fromkeys(numbers))
    for number in chosen:
        if not rows.run("DELETE FROM watches WHERE id = ?", row_number(number)):
            raise UsageError(
                f"there is no watch {number}: nothing was removed; `fakeprofile watch list` shows their numbers"
            )
    return len(chosen)


def told(rows: Rows, number: int) -> frozenset[int]:
    """The sightings that were told of a watch before."""
    found = rows.all("SELECT sighting_id FROM watch_told WHERE watch_id = ?", row_number(number))
    return frozenset(int(row[0]) for row in found)


def tell(rows: Rows, number: int, sightings: Iterable[int], today: str) -> None:
    """Notes that these sightings were told, unless one is gone meanwhile, and when."""
    if rows.first("SELECT 1 FROM watches WHERE id = ?", row_number(number)) is None:
        return
    for sighting in sightings:
        rows.run(
            "INSERT OR IGNORE INTO watch_told SELECT ?, id, ? FROM sightings WHERE id = ?",
            number,
            today,
            sighting,
        )
    rows.update("watches", number, {"run_on": today})


def identities(rows: Rows) -> Iterator[tuple[Identity, bool]]:
    """Every identity with its handles, without its pages, and whether it is an account that was checked here."""
    handles: dict[int, list[Handle]] = defaultdict(list)
    with rows.reading(), sound(rows.path):
        for row in rows.each("SELECT * FROM handles ORDER BY identity_id, platform, name"):
            handle = Handle(name=row["name"], platform=row["platform"] or None, account_id=row["account_id"])
            handles[row["identity_id"]].append(handle)
        every = rows.all(
            "SELECT i.id, i.name, i.note, c.id IS NOT NULL AS of_case FROM identities i "
            "LEFT JOIN cases c ON c.id = i.id ORDER BY i.id"
        )
    for row in every:
        known = tuple(handles[row["id"]])
        yield Identity(id=row["id"], name=row["name"], handles=known, note=row["note"]), bool(row["of_case"])


def kept_pictures(rows: Rows, identity: int) -> Iterator[KeptPicture]:
    """The photos of an identity and the pictures in them that are kept, in the order in which they came in."""
    numbers = rows.all(
        "SELECT p.id FROM photos p JOIN sightings s ON s.photo_id = ifnull(p.parent_id, p.id) "
        "WHERE s.identity_id = ? GROUP BY p.id ORDER BY ifnull(p.parent_id, p.id), p.id",
        row_number(identity),
    )
    for (number,) in numbers:
        row = rows.first(
            "SELECT p.width, p.height, p.panel, p.thumbnail, w.sha256 FROM photos p "
            "JOIN photos w ON w.id = ifnull(p.parent_id, p.id) WHERE p.id = ?",
            number,
        )
        if row is not None:  # nobody removed it meanwhile
            with sound(rows.path):
                yield _picture_of(row)


def _picture_of(row: sqlite3.Row) -> KeptPicture:
    return KeptPicture(
        sha256=row["sha256"],
        panel=None if row["panel"] is None else panel_in(row["panel"]),
        width=row["width"],
        height=row["height"],
        thumbnail=row["thumbnail"],
    )


def _watch_of(row: sqlite3.Row) -> Watch:
    handle = None
    if row["handle"]:
        number = row["account_id"] or None
        handle = Handle(name=row["handle"], platform=row["platform"] or None, account_id=number)
    return Watch(
        id=row["id"],
        handle=handle,
        account_id=row["account_id"] or None,
        platform=row["platform"] or None,
        name=row["name"] or None,
        case=row["case_id"],
        note=row["note"],
        added_on=row["added_on"],
        run_on=row["run_on"],
    )
