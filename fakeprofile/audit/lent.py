"""References that were lent with the command, as a library in the folder of the audit: each photo is measured once.

Nothing of them goes into the user's own library. What is kept here is only there to go on: an audit that is run
again opens no photo of a folder that has not changed, and of one that has it measures only the photos that are new.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fakeprofile.audit.folder import LENT, private
from fakeprofile.audit.spool import stamp_of
from fakeprofile.enroll import enroll
from fakeprofile.errors import LibraryError
from fakeprofile.fingerprint import KEYPOINTS, WHOLE
from fakeprofile.records import Entry, Gap
from fakeprofile.references.library import Library
from fakeprofile.references.sources import entries_of
from fakeprofile.tools import Tools
from fakeprofile.version import VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """What was lent with the command."""

    library: Library | None = None
    gaps: tuple[Gap, ...] = ()
    """What of it could not be read."""
    stamp: str = ""
    """Something else whenever it changes; empty if nothing was lent."""


@contextlib.contextmanager
def lent_library(source: Path | None, work: Path, tools: Tools, workers: int) -> Iterator[Lent]:
    """A folder or list of references as a library.

    Args:
        source: the folder or list; without one nothing is lent, and what an earlier run kept is removed.
        work: where the audit keeps what it goes on from.
        tools: the settings, default avatars and date.
        workers: how many processes read it, at most.

    Raises:
        SourceError: nothing of it can be understood.
        LibraryError: the library cannot be written.
    """
    place = work / LENT
    if source is None:
        shutil.rmtree(place, ignore_errors=True)
        yield Lent()
        return
    with _opened(place, _key(tools)) as library:
        notes = place / "read.json"
        stamp = stamp_of(_places(source.resolve(), tools))
        read = _read(notes)
        if read.get("stamp") == stamp:
            yield Lent(library=library, gaps=tuple(Gap(**gap) for gap in read["gaps"]), stamp=stamp)
            return
        _write(notes, {"key": _key(tools)})
        gaps = _filled(library, source, tools, workers)
        told = [{"step": gap.step, "about": gap.about, "reason": gap.reason} for gap in gaps]
        _write(notes, {"key": _key(tools), "stamp": stamp, "gaps": told})
        yield Lent(library=library, gaps=gaps, stamp=stamp)


# --- steps --------------------------------------------------------------------------------


def _places(source: Path, tools: Tools) -> Iterator[Path]:
    """What changes when the references do: all of a folder; a list, and the photos that it names."""
    yield source
    if source.is_file():
        entries = entries_of(source, limits=tools.settings.limits)
        yield from (Path(one.path) for one in entries if isinstance(one, Entry) and one.path)


def _opened(place: Path, key: str) -> Library:
    """What was kept, if it was made in the same way and can be read; else an empty one."""
    if _read(place / "read.json").get("key") == key:
        with contextlib.suppress(LibraryError):
            return Library.open(place / "library.sqlite")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    return Library.open(place / "library.sqlite")


def _filled(library: Library, source: Path, tools: Tools, workers: int) -> tuple[Gap, ...]:
    """Puts in what the source says now: photos that are there already are not even decoded."""
    entries = entries_of(source, limits=tools.settings.limits)
    library.forget_sightings()
    outcomes = enroll(
        entries,
        library,
        today=tools.today(),
        settings=tools.settings,
        workers=workers,
        templates=tools.templates,
    )
    gaps = tuple(one for one in outcomes if isinstance(one, Gap))
    # What the source has no more is gone now.
    library.remove(())
    return gaps


def _key(tools: Tools) -> str:
    """Something else whenever a photo may be measured otherwise."""
    told = (VERSION, KEYPOINTS, WHOLE, tools.settings, [one.sha256 for one in tools.templates])
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _read(notes: Path) -> dict[str, Any]:
    """What is noted of the library; nothing if that is damaged."""
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(notes.read_text("utf-8"))
        return found if isinstance(found, dict) else {}
    return {}


def _write(notes: Path, values: dict[str, Any]) -> None:
    beside = notes.with_suffix(".new")
    with open(beside, "w", encoding="utf-8", opener=private) as file:
        json.dump(values, file)
    beside.replace(notes)
