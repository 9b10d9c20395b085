"""Many photos against all that is known, by as many processes as there are cores.

The one way to ``look_at`` of everything that takes more than one photo.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path

from fakeprofile.accounts import read_photo
from fakeprofile.match import Seen, look_at
from fakeprofile.photo import read
from fakeprofile.records import Gap, Photo, PhotoFile
from fakeprofile.settings import Settings
from fakeprofile.tools import Tools, utc_today
from fakeprofile.workers import Done, Lost, mapped

Given = Path | PhotoFile | Photo | Gap
"""A photo that is asked about: in a file or the member of a zip, decoded already, or why it cannot be looked at."""


def looks_at(given: Iterable[Given], tools: Tools, workers: int = 1) -> Iterator[Seen]:
    """What became of each photo, in order; the same for any number of workers.

    Args:
        given: taken a few at a time. Only files are worth a journey: what is decoded is looked at here.
        tools: the library and the settings. Each process opens the library for itself, to read it.
        workers: how many processes, at most. One if there is a folder besides the library, or if the library
            is in memory: these cannot be opened elsewhere.

    Raises:
        LibraryError: the library cannot be read.
        WorkerError: no process can be started.
    """
    if workers > 1 and (tools.folder is not None or not tools.library.on_disk):
        workers = 1
    here = functools.partial(look, tools=tools)
    # The clock stays here: nobody asks it there, and not every one can travel.
    travelling = functools.partial(look, tools=dataclasses.replace(tools, today=utc_today))
    tasks = ((one, one if isinstance(one, Path | PhotoFile) else Done(here(one))) for one in given)
    with contextlib.closing(mapped(travelling, tasks, workers)) as outcomes:
        for one, seen in outcomes:
            if isinstance(seen, Lost):
                yield here(Gap(step="photo", about=str(one), reason=seen.reason))
            else:
                yield seen


def look(given: Given, tools: Tools) -> Seen:
    """What became of one photo, which is read first if it is in a file."""
    return look_at(photo_of(given, tools.settings), tools)


def photo_of(given: Given, settings: Settings) -> Photo | Gap:
    """The photo, read if it is in a file, or why there is none."""
    if isinstance(given, Path):
        return read(given, limits=settings.limits, least_side=settings.decoded_side)
    if isinstance(given, PhotoFile):
        return read_photo(given, settings)
    return given
