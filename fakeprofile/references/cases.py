"""The accounts that were checked: remembered, so that their pictures are known under the next name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from fakeprofile.errors import UsageError
from fakeprofile.records import Case, DateKind, Handle, Level, NewSighting, Print, Source
from fakeprofile.references.database import sound
from fakeprofile.references.hashlists import clean
from fakeprofile.references.intake import describe, photo_id, sight, sweep
from fakeprofile.references.rows import Rows, row_number

NAMELESS = "(no name)"


def remember(
    rows: Rows,
    account: Handle | None,
    name: str,
    photos: Iterable[Print],
    *,
    level: Level,
    report: str,
    today: str,
) -> int:
    """The number under which a checked account is kept; its photos become sightings, each once.

    An account that shows no picture of its own any more keeps the report of the check that saw some.
    """
    shown = clean(name) or (clean(account.name) if account else "") or NAMELESS
    photos = tuple(photos)
    number = _case_id(rows, account, shown, today)
    values = {"last_checked_on": today, "display_name": shown}
    if photos or not rows.first("SELECT 1 FROM sightings WHERE identity_id = ?", number):
        values |= {"level": level, "report": report}
    rows.update("cases", number, values)
    if account:
        describe(rows, number, (account,), ())
    sighting = NewSighting(source=Source.CASE, seen_on=today, date_kind=DateKind.CHECKED)
    for photo in photos:
        known, _ = photo_id(rows, photo, today)
        # The day on which it was first seen there is the one that counts.
        if not rows.first("SELECT 1 FROM sightings WHERE photo_id = ? AND identity_id = ?", known, number):
            sight(rows, known, number, sighting, today)
    return number


def _case_id(rows: Rows, account: Handle | None, name: str, today: str) -> int:
    """The number of the account's case, made if it is not there yet.

    The same handle is the same account, unless the ids say otherwise; without an id it is the one
    that was seen there last. An account without a handle is known by its name.
    """
    platform = clean((account.platform if account else None) or "")
    handle = clean(account.name if account else "")
    account_id = account.account_id if account else None
    found = rows.first(
        "SELECT id FROM cases WHERE platform = ? AND folded = ? AND (folded <> '' OR display_name = ?) "
        "AND (account_id IS NULL OR ? IS NULL OR account_id = ?) "
        "ORDER BY account_id IS NULL, last_checked_on DESC, id DESC",
        platform,
        handle.casefold(),
        name,
        account_id,
        account_id,
    )
    if found is not None:
        if account_id:
            rows.update("cases", found["id"], {"account_id": account_id})
        rows.update("identities", found["id"], {"name": name})
        return int(found["id"])
    number = rows.insert("identities", {"kind": "case", "name": name})
    values = {
        "id": number,
        "platform": platform,
        "handle": handle,
        "folded": handle.casefold(),
        "account_id": account_id,
        "display_name": name,
        "first_checked_on": today,
        "last_checked_on": today,
        "level": Level.NOTHING_FOUND,
        "report": "",
    }
    return rows.insert("cases", values)


def all_cases(rows: Rows) -> tuple[Case, ...]:
    """The remembered accounts, in the order of their first check."""
    found = rows.all(
        "SELECT c.*, (SELECT count(*) FROM sightings s WHERE s.identity_id = c.id) AS photos "
        "FROM cases c ORDER BY c.id"
    )
    with sound(rows.path):
        return tuple(_case_of(row) for row in found)


def case_report(rows: Rows, number: int) -> str:
    """The JSON of the last check of a case.

    Raises:
        UsageError: there is no such case.
    """
    found = rows.first("SELECT report FROM cases WHERE id = ?", row_number(number))
    if found is None:
        raise UsageError(f"there is no case {number}: `fakeprofile cases list` shows their numbers")
    return str(found["report"])


def forget(rows: Rows, numbers: Iterable[int]) -> int:
    """Forgets cases and what only they held; how many there were.

    Raises:
        UsageError: there is no case of one of the numbers.
    """
    chosen = tuple(dict.fromkeys(numbers))
    for number in chosen:
        case_report(rows, number)
        rows.run("DELETE FROM sightings WHERE identity_id = ?", number)
        rows.run("DELETE FROM cases WHERE id = ?", number)
        rows.run("DELETE FROM identities WHERE id = ?", number)
    sweep(rows)
    return len(chosen)


def _case_of(row: sqlite3.Row) -> Case:
    handle = None
    if row["handle"]:
        handle = Handle(name=row["handle"], platform=row["platform"] or None, account_id=row["account_id"])
    return Case(
        id=row["id"],
        handle=handle,
        name=row["display_name"],
        account_id=row["account_id"],
        first_checked_on=row["first_checked_on"],
        last_checked_on=row["last_checked_on"],
        level=Level(row["level"]),
        photos=row["photos"],
    )
