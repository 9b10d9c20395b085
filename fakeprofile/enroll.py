"""The first lines of a check, ending in the reference set: photos and hashes become references."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fakeprofile.avatar import plainness_of
from fakeprofile.errors import PhotoError
from fakeprofile.fingerprint import KEYPOINTS, WHOLE, reference_fingerprint
from fakeprofile.photo import pixels_of, read, thumbnail_of
from fakeprofile.records import Added, Entry, Gap, NewHash, Photo, Plainness, Print
from fakeprofile.references.library import Library
from fakeprofile.settings import Settings

BATCH = 200
"""Entries written in one transaction."""
BATCH_SECONDS = 5.0
"""Or as many as are ready after so long: no more than this is lost to a power cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """One entry of an import, and what became of it."""

    entry: Entry
    added: Added


def enroll(
    entries: Iterable[Entry | Gap],
    library: Library,
    *,
    today: str,
    settings: Settings,
    thumbnails: bool = True,
) -> Iterator[Enrolled | Gap]:
    """What becomes of each entry, in order; those that cannot be read are gaps, and the rest goes on.

    Entries are written a few hundred at a time. Close the iterator to stop early: what was made
    ready until then is still written.
    """
    ready: list[tuple[Entry, Print | NewHash | str]] = []
    since = time.monotonic()
    try:
        for item in entries:
            if isinstance(item, Gap):
                yield item
                continue
            prepared = _prepared(item, library, settings, thumbnails)
            if isinstance(prepared, Gap):
                yield prepared
                continue
            ready.append((item, prepared))
            if len(ready) >= BATCH or time.monotonic() - since > BATCH_SECONDS:
                yield from _written(ready, library, today)
                since = time.monotonic()
    finally:
        rest = _written(ready, library, today)
    yield from rest


def _prepared(
    entry: Entry, library: Library, settings: Settings, thumbnails: bool
) -> Print | NewHash | str | Gap:
    """What is to be written for an entry: a print, a hash, or the SHA-256 of a photo that is there already."""
    if entry.path is None:
        return entry.hashes or Gap(
            step="import", about=entry.about, reason="names neither a photo nor a hash"
        )
    photo = read(entry.path, limits=settings.limits, least_side=settings.query_side)
    if isinstance(photo, Gap):
        return photo
    if library.holds(photo.sha256, with_thumbnail=thumbnails):
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
    Plainness.TOO_PLAIN: "is too plain to compare: there is nothing in it to tell it from other pictures",
    Plainness.DEFAULT_AVATAR: (
        "is a default avatar, or a letter or figure on a plain colour: many people have the same"
    ),
}


def _written(
    ready: list[tuple[Entry, Print | NewHash | str]], library: Library, today: str
) -> list[Enrolled]:
    """Writes what is ready in one transaction, and empties the list."""
    if not ready:
        return []
    with library.writing():
        done = [Enrolled(entry=entry, added=_added(entry, what, library, today)) for entry, what in ready]
    ready.clear()
    return done


def _added(entry: Entry, what: Print | NewHash | str, library: Library, today: str) -> Added:
    if isinstance(what, Print):
        return library.add_photo(what, entry.sighting, today)
    if isinstance(what, NewHash):
        return library.add_hash(what, entry.sighting, today)
    return library.add_sighting(what, entry.sighting, today)


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
