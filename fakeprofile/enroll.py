"""The first lines of a check, ending in the reference set: photos and hashes become references."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path

from fakeprofile.avatar import NO_TEMPLATES, Templates
from fakeprofile.dating import is_in_future
from fakeprofile.errors import LibraryError, PhotoError
from fakeprofile.fingerprint import KEYPOINTS, WHOLE, reference_fingerprint
from fakeprofile.photo import files_of, pixels_of, read, sha256_of
from fakeprofile.records import (
    Added,
    Entry,
    Fingerprint,
    Gap,
    NewHash,
    NewSighting,
    Photo,
    Plainness,
    Print,
)
from fakeprofile.references.library import Library
from fakeprofile.references.rows import Values
from fakeprofile.settings import Limits, Settings
from fakeprofile.views import print_of, views_of
from fakeprofile.workers import Done, Lost, mapped

BATCH, PHOTOS = 256, 32
"""Entries written in one transaction, and photos that had to be looked at among them: a few seconds' work is lost to
a power cut. Never by the clock: the files of the index follow from what is written together, and with them, by a
hair, which photos are near enough to be laid over one that is asked about."""

Ready = Print | NewHash | str
"""What is to be written: a print, a hash, or the SHA-256 of a photo that is there already."""
Task = tuple[Entry | Gap, str | Done[Ready | Gap]]
"""An entry, and the path of its photo, or what there is without looking at one."""


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
    workers: int = 1,
    templates: Templates = NO_TEMPLATES,
) -> Iterator[Enrolled | Gap]:
    """What becomes of each entry, in order; those that cannot be read are gaps, and the rest goes on.

    Those of the ``templates``, which the user has named as default avatars, are refused like any other default
    avatar. Up to ``workers`` processes make photos ready; this one alone writes, a few hundred entries or a few dozen photos at a time.
    Close the iterator to stop early, or end ``entries``: what was made ready until then is still written.

    Raises:
        LibraryError: the library cannot be written; what was told before is in it.
        WorkerError: no process can be started.
    """
    ready: list[tuple[Entry, Ready]] = []
    photos = 0
    prepared = functools.partial(_prepared, settings=settings, thumbnails=thumbnails, templates=templates)
    tasks = _tasks(entries, library, today, settings.limits, thumbnails)
    try:
        with contextlib.closing(mapped(prepared, tasks, workers)) as outcomes:
            for entry, outcome in outcomes:
                if isinstance(entry, Gap):
                    yield entry
                    continue
                if isinstance(outcome, Gap | Lost):
                    yield _told(outcome, entry)
                    continue
                ready.append((entry, outcome))
                photos += isinstance(outcome, Print)
                if len(ready) >= BATCH or photos >= PHOTOS:
                    yield from _written(ready, library, today)
                    photos = 0
    except LibraryError:
        ready.clear()  # it would fail, and wait for a lock, once more
        raise
    finally:
        rest = _written(ready, library, today)
    yield from rest


def _told(outcome: Gap | Lost, entry: Entry) -> Gap:
    """Why there is nothing to write for an entry."""
    if isinstance(outcome, Gap):
        return outcome
    return Gap(step="photo", about=entry.path or entry.about, reason=outcome.reason)


def _in_time(entry: Entry, today: str) -> tuple[Entry, tuple[Gap, ...]]:
    """The entry, without its date and with a gap if that lies in the future."""
    seen_on = entry.sighting.seen_on
    if seen_on is None or not is_in_future(seen_on, date.fromisoformat(today)):
        return entry, ()
    reason = f"the date {seen_on} lies in the future, so it is kept without a date"
    undated = dataclasses.replace(entry.sighting, seen_on=None, date_kind=None)
    gap = Gap(step="import", about=entry.about, reason=reason)
    return dataclasses.replace(entry, sighting=undated), (gap,)


def _tasks(
    entries: Iterable[Entry | Gap], library: Library, today: str, limits: Limits, thumbnails: bool
) -> Iterator[Task]:
    """The work that each entry makes; there is none for gaps, hashes, and photos that are there already."""
    for item in entries:
        if isinstance(item, Gap):
            yield item, Done(item)
            continue
        entry, gaps = _in_time(item, today)
        for gap in gaps:
            yield gap, Done(gap)
        if entry.path is None:
            nothing = Gap(step="import", about=entry.about, reason="names neither a photo nor a hash")
            yield entry, Done(entry.hashes or nothing)
            continue
        held = _held(entry.path, library, limits, thumbnails)
        yield entry, entry.path if held is None else Done(held)


def _held(path: str, library: Library, limits: Limits, thumbnails: bool) -> str | None:
    """The SHA-256 of a photo that the library holds, which need not even be decoded; None for others."""
    try:
        sha256 = sha256_of(path, limits.bytes)
    except PhotoError:
        return None  # whoever reads it says why it cannot be read
    held = library.holds(sha256, with_thumbnail=thumbnails, keypoints=KEYPOINTS, whole=WHOLE)
    return sha256 if held else None


def _prepared(path: str, settings: Settings, thumbnails: bool, templates: Templates) -> Ready | Gap:
    """What is to be written for the photo in a file, or why nothing is."""
    photo = read(path, limits=settings.limits, least_side=settings.decoded_side)
    if isinstance(photo, Gap):
        return photo
    views = views_of(photo, settings, known=True, templates=templates)
    if views[0].plainness:
        return Gap(step="import", about=photo.name, reason=_REFUSED[views[0].plainness])
    return print_of(views, settings, thumbnails=thumbnails)


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


def rehash(library: Library, settings: Settings, workers: int = 1) -> Generator[str | Gap]:
    """The photos that another version hashed, hashed again from their thumbnails, one by one.

    A photo without a thumbnail is a gap: it keeps its old hashes until it is imported again.
    """
    tasks = library.outdated(KEYPOINTS, WHOLE)
    with contextlib.closing(
        mapped(functools.partial(_hashed, settings=settings), tasks, workers)
    ) as outcomes:
        for number, outcome in outcomes:
            if isinstance(outcome, Lost):
                yield Gap(step="rehash", about=f"photo number {number}", reason=outcome.reason)
            elif isinstance(outcome, Gap):
                yield outcome
            else:
                about, fingerprint = outcome
                library.rehash(number, fingerprint)
                yield about


def _hashed(values: Values, settings: Settings) -> tuple[str, Fingerprint] | Gap:
    """What a stored photo is called, and its hashes made anew."""
    about = f"photo {values['sha256']}"
    if values["thumbnail"] is None:
        return Gap(step="rehash", about=about, reason="has no stored thumbnail: import the photo again")
    try:
        pixels = pixels_of(values["thumbnail"])
    except PhotoError as error:
        return Gap(step="rehash", about=about, reason=f"{error}: import the photo again")
    photo = Photo(
        name=about, sha256=values["sha256"], width=values["width"], height=values["height"], pixels=pixels
    )
    return about, reference_fingerprint(photo, settings)
