"""What goes into a library: photos, hashes, identities and sightings; each once.

Adding something again changes nothing, and adding more of it fills in what was missing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from fakeprofile.errors import UsageError
from fakeprofile.records import (
    Added,
    Fingerprint,
    Handle,
    NewHash,
    NewSighting,
    Panel,
    PanelPrint,
    PanelShape,
    Print,
    Source,
)
from fakeprofile.references import blobs
from fakeprofile.references.hashlists import clean
from fakeprofile.references.rows import Rows, Values

_HASHES = ("phash", "pdq")


def cleaned(text: str | None) -> str | None:
    """The text as it is kept: what SQLite cannot hold is written out; None for nothing."""
    return (clean(text) or None) if text is not None else None


# --- photos -------------------------------------------------------------------------------


def photo_id(rows: Rows, photo: Print, today: str) -> tuple[int, bool]:
    """The number of a photo, and whether it was there already and was filled in."""
    values = {**columns_of(photo.fingerprint), "thumbnail": photo.thumbnail}
    found = rows.first(
        "SELECT id, width, whole_algorithm, keypoint_algorithm, thumbnail IS NOT NULL AS thumbnail "
        "FROM photos WHERE sha256 = ?",
        photo.sha256,
    )
    if found is None:
        number = rows.insert("photos", {**values, "sha256": photo.sha256, "added_on": today})
        _keep_panels(rows, number, photo.panels, today)
        return number, False
    missing = _missing(found, values)
    if missing:
        rows.update("photos", found["id"], missing)
        _keep_panels(rows, int(found["id"]), photo.panels, today)
    return int(found["id"]), bool(missing)


def _keep_panels(rows: Rows, number: int, panels: Iterable[PanelPrint], today: str) -> None:
    """Puts the pictures inside a photo in the place of those that were kept of it."""
    rows.run("DELETE FROM photos WHERE parent_id = ?", number)
    for one in panels:
        values = {
            **columns_of(one.fingerprint),
            "thumbnail": one.thumbnail,
            "parent_id": number,
            "panel": written_panel(one.panel),
            "added_on": today,
        }
        rows.insert("photos", values)


def written_panel(panel: Panel) -> str:
    """A panel as it is kept: ``left,top,width,height,shape,confidence``."""
    return f"{panel.left},{panel.top},{panel.width},{panel.height},{panel.shape},{panel.confidence:.2f}"


def panel_in(text: str) -> Panel:
    """The panel that ``written_panel`` wrote; of one that was kept without its confidence, that counts as certain.

    Raises:
        ValueError: the text is none.
    """
    left, top, width, height, shape, *confidence = text.split(",")
    return Panel(
        left=int(left),
        top=int(top),
        width=int(width),
        height=int(height),
        shape=PanelShape(shape),
        confidence=float(confidence[0]) if confidence else 1.0,
    )


def _missing(found: sqlite3.Row, values: Values) -> Values:
    """What a stored photo lacks: all, if a list brought its SHA-256 alone or another version hashed it."""
    missing: Values = {}
    algorithms = ("whole_algorithm", "keypoint_algorithm")
    if found["width"] is None or any(found[name] != values[name] for name in algorithms):
        missing = {name: value for name, value in values.items() if name != "thumbnail"}
    if not found["thumbnail"] and values["thumbnail"] is not None:
        missing["thumbnail"] = values["thumbnail"]
    return missing


def hash_id(rows: Rows, hashes: NewHash, today: str) -> tuple[int, bool]:
    """The number of a hash that came without its picture, and whether it was filled in."""
    if hashes.sha256:
        found = rows.first("SELECT id, width, phash, pdq FROM photos WHERE sha256 = ?", hashes.sha256)
    else:
        found = rows.first(
            "SELECT id, width, phash, pdq FROM photos "
            "WHERE sha256 IS NULL AND parent_id IS NULL AND ifnull(pdq, '') = ? AND ifnull(phash, '') = ?",
            hashes.pdq or "",
            hashes.phash or "",
        )
    values = {"sha256": hashes.sha256, "phash": hashes.phash, "pdq": hashes.pdq}
    if found is None:
        return rows.insert("photos", {**values, "added_on": today}), False
    missing = {name: values[name] for name in _HASHES if found[name] is None and values[name] is not None}
    if missing:
        rows.update("photos", found["id"], missing)
    return int(found["id"]), bool(missing)


def columns_of(fingerprint: Fingerprint) -> Values:
    """The columns of ``photos`` that hold a fingerprint."""
    keypoints, whole = fingerprint.keypoints, fingerprint.whole
    return {
        "width": fingerprint.width,
        "height": fingerprint.height,
        "phash": whole.phash,
        "pdq": whole.pdq,
        "pdq_quality": whole.pdq_quality,
        "whole_algorithm": whole.algorithm,
        "keypoint_algorithm": keypoints.algorithm,
        "points": blobs.packed_points(keypoints, fingerprint.width, fingerprint.height),
        "codes": keypoints.codes.tobytes(),
    }


# --- sightings ----------------------------------------------------------------------------


def sight(rows: Rows, photo: int, identity: int | None, sighting: NewSighting, today: str) -> Added:
    """Adds a sighting of a photo, unless it is there; one that says less is completed."""
    details = {
        "page_url": cleaned(sighting.page_url),
        "image_url": cleaned(sighting.image_url),
        "seen_on": sighting.seen_on,
        "date_kind": sighting.date_kind,
        "note": cleaned(sighting.note),
    }
    there = rows.all(
        "SELECT * FROM sightings WHERE photo_id = ? AND identity_id IS ? AND source = ? ORDER BY id",
        photo,
        identity,
        sighting.source,
    )
    told = {name: value for name, value in details.items() if value is not None}
    if any(all(row[name] == value for name, value in told.items()) for row in there):
        return Added.KNOWN
    for row in there:
        if all(row[name] in (None, value) for name, value in told.items()):
            rows.update(
                "sightings", row["id"], {name: value for name, value in told.items() if row[name] is None}
            )
            return Added.COMPLETED
    values = {"photo_id": photo, "identity_id": identity, "source": sighting.source, "added_on": today}
    rows.insert("sightings", values | details)
    return Added.NEW


# --- identities ---------------------------------------------------------------------------


def identity_id(rows: Rows, sighting: NewSighting) -> int | None:
    """The identity of a sighting, made or completed as needed; its name decides.

    An account that another library checked is no known owner, though it may have the name of one.

    Raises:
        UsageError: a name of which nothing is left to read.
    """
    if sighting.identity is None:
        return None
    name = clean(sighting.identity)
    if not name:
        raise UsageError("the name of the identity is empty: say whose photos these are")
    found = _identity_row(rows, name, sighting.source)
    note = cleaned(sighting.identity_note)
    if found is None:
        number = rows.insert("identities", {"kind": sighting.source, "name": name, "note": note})
    else:
        number = int(found["id"])
        if note and not found["note"]:
            rows.update("identities", number, {"note": note})
    describe(rows, number, sighting.handles, sighting.pages)
    return number


def _identity_row(rows: Rows, name: str, source: Source) -> sqlite3.Row | None:
    if source is Source.REFERENCE:
        return rows.first("SELECT id, note FROM identities WHERE kind = 'reference' AND name = ?", name)
    return rows.first(
        "SELECT id, note FROM identities WHERE kind = 'case' AND name = ? AND id NOT IN (SELECT id FROM cases)",
        name,
    )


def describe(rows: Rows, identity: int, handles: Iterable[Handle], pages: Iterable[str]) -> None:
    """Adds handles and pages to an identity; upper and lower case of a handle are the same."""
    for handle in handles:
        name, platform = clean(handle.name), clean(handle.platform or "")
        there = rows.all(
            "SELECT name, account_id FROM handles WHERE identity_id = ? AND platform = ?", identity, platform
        )
        same = next((row for row in there if row["name"].casefold() == name.casefold()), None)
        if same is None:
            rows.run("INSERT INTO handles VALUES (?, ?, ?, ?)", identity, platform, name, handle.account_id)
        elif handle.account_id and same["account_id"] != handle.account_id:
            rows.run(
                "UPDATE handles SET account_id = ? WHERE identity_id = ? AND platform = ? AND name = ?",
                handle.account_id,
                identity,
                platform,
                same["name"],
            )
    for page in pages:
        rows.run("INSERT OR IGNORE INTO pages VALUES (?, ?)", identity, clean(page))


def forget_sightings(rows: Rows) -> None:
    """Removes all sightings but those of cases, and the identities; photos stay, so that they can be sighted anew."""
    rows.run("DELETE FROM sightings WHERE identity_id IS NULL OR identity_id NOT IN (SELECT id FROM cases)")
    _sweep_identities(rows)


def sweep(rows: Rows) -> None:
    """Removes photos and identities that nothing refers to any more."""
    rows.run("DELETE FROM photos WHERE parent_id IS NULL AND id NOT IN (SELECT photo_id FROM sightings)")
    _sweep_identities(rows)


def _sweep_identities(rows: Rows) -> None:
    rows.run(
        "DELETE FROM identities WHERE id NOT IN (SELECT id FROM cases) AND id NOT IN "
        "(SELECT identity_id FROM sightings WHERE identity_id IS NOT NULL)"
    )
