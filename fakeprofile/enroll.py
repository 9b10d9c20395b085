"""The first lines of a check, ending in the reference set: photos and hashes become references."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path

from fakeprofile.avatar import plainness_of
from fakeprofile.dating import is_in_future
from fakeprofile.errors import LibraryError, PhotoError
from fakeprofile.fingerprint import KEYPOINTS, WHOLE, reference_fingerprint
from fakeprofile.photo import files_of, pixels_of, read, thumbnail_of
from fakeprofile.records import Added, Entry, Gap, NewHash, NewSighting, Photo, Plainness, Print
from fakeprofile.references.library import Library
from fakeprofile.settings import Limits, Settings

BATCH = 200
"""Entries written in one transaction."""
BATCH_SECONDS = 5.0
"""Or as many as are ready after so long: no more than this is lost to a power cut."""

Ready = Print | NewHash | str
"""What is to be written: a print, a hash, or the SHA-256 of a photo that is there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """One entry of an import, and what became of it."""

    entry: Entry
    added: Added


def entries_of_photos(
    photos: Iterable[str | PathLike[str]], sighting: NewSighting, limits: Limits
) -> Iterator[Entry | Gap]:
    """An entry for each photo in files and folders, all under one sighting."""
    for found in files_of([Path(path) for path in photos], limits):
        yield found if isinstance(found, Gap) else Entry(about=str(found), path=str(found), sighting=sighting)


def enroll(
    entries: Iterable[Entry | Gap],
    library: Library,
    *,
    today: str,
    settings: Settings,
    thumbnails: bool = True,
) -> Iterator[Enrolled | Gap]:
    """What becomes of each entry, in order; those that cannot be read are gaps, and the rest goes on.

    Entries are written a few hundred at a time. Close the iterator to stop early, or end
    ``entries``: what was made ready until then is still written.

    Raises:
        LibraryError: the library cannot be written; what was told before is in it.
    """
    ready: list[tuple[Entry, Ready]] = []
    since = time.monotonic()
    try:
        for item in entries:
            if isinstance(item, Gap):
                yield item
                continue
            entry, gaps = _in_time(item, today)
            yield from gaps
            prepared = _prepared(entry, library, settings, thumbnails)
            if isinstance(prepared, Gap):
                yield prepared
                continue
            ready.append((entry, prepared))
            if len(ready) >= BATCH or time.monotonic() - since > BATCH_SECONDS:
                yield from _written(ready, library, today)
                since = time.monotonic()
    except LibraryError:
        ready.clear()  # it would fail, and wait for a lock, once more
        raise
    finally:
        rest = _written(ready, library, today)
    yield from rest


def _in_time(entry: Entry, today: str) -> tuple[Entry, tuple[Gap, ...]]:
    """The entry, without its date and with a gap if that lies in the future."""
    seen_on = entry.sighting.seen_on
    if seen_on is None or not is_in_future(seen_on, date.fromisoformat(today)):
        return entry, ()
    reason = f"the date {seen_on} lies in the future, so it is kept without a date"
    undated = dataclasses.replace(entry.sighting, seen_on=None, date_kind=None)
    gap = Gap(step="import", about=entry.about, reason=reason)
    return dataclasses.replace(entry, sighting=undated), (gap,)


def _prepared(entry: Entry, library: Library, settings: Settings, thumbnails: bool) -> Ready | Gap:
    """What is to be written for an entry, or why nothing is."""
    if entry.path is None:
        return entry.hashes or Gap(
            step="import", about=entry.about, reason="names neither a photo nor a hash"
        )
    photo = read(entry.path, limits=settings.limits, least_side=settings.query_side)
    if isinstance(photo, Gap):
        return photo
    if library.holds(photo.sha256, with_thumbnail=thumbnails, keypoints=KEYPOINTS, whole=WHOLE):
        return photo.sha256
    fingerprint = reference_fingerprint(photo, settings)
    plainness = plainness_of(photo, fingerprint)
    if plainness:
        return Gap(step="import", about=photo.name, reason=_REFUSED[plainness])
    return Print(
        sha256=photo.sha256,
        fingerprint=fingerprint,
        thumbnail=thumbnail_of(photo, settings.thumbnail_side) if thumbnails else None,
    )


_REFUSED = {
    Plainness.TOO_PLAIN: "too plain to compare: there is nothing in it to tell it from other pictures",
    Plainness.DEFAULT_AVATAR: (
        "a default avatar, or a letter or figure on a plain colour: many people have the same"
    ),
}


def _written(ready: list[tuple[Entry, Ready]], library: Library, today: str) -> list[Enrolled | Gap]:
    """Writes what is ready in one transaction, and empties the list."""
    if not ready:
        return []
    with library.writing():
        done = [_added(entry, what, library, today) for entry, what in ready]
    ready.clear()
    return done


def _added(entry: Entry, what: Ready, library: Library, today: str) -> Enrolled | Gap:
    if isinstance(what, Print):
        added = library.add_photo(what, entry.sighting, today)
    elif isinstance(what, NewHash):
        added = library.add_hash(what, entry.sighting, today)
    elif library.holds(what, with_thumbnail=False):
        added = library.add_sighting(what, entry.sighting, today)
    else:
        reason = "was known, and another program has removed it meanwhile: add it again"
        return Gap(step="import", about=entry.about, reason=reason)
    return Enrolled(entry=entry, added=added)


def rehash(library: Library, settings: Settings) -> Iterator[str | Gap]:
    """The photos that another version hashed, hashed again from their thumbnails, one by one.

    A photo without a thumbnail is a gap: it keeps its old hashes until it is imported again.
    """
    for number, values in library.outdated(KEYPOINTS, WHOLE):
        about = f"photo {values['sha256']}"
        if values["thumbnail"] is None:
            yield Gap(step="rehash", about=about, reason="has no stored thumbnail: import the photo again")
            continue
        try:
            pixels = pixels_of(values["thumbnail"])
        except PhotoError as error:
            yield Gap(step="rehash", about=about, reason=f"{error}: import the photo again")
            continue
        photo = Photo(
            name=about, sha256=values["sha256"], width=values["width"], height=values["height"], pixels=pixels
        )
        library.rehash(number, reference_fingerprint(photo, settings))
        yield about
