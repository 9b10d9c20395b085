"""One look at the library for the pictures of all that is watched; the photos themselves are not needed.

The library keeps a small picture of every photo and of the pictures in it. Each is asked about again like a
photo that was given, against the library as it is now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from fakeprofile.errors import PhotoError, UsageError
from fakeprofile.match import look_at
from fakeprofile.photo import pixels_of
from fakeprofile.records import Gap, Identity, KeptPicture, Match, Photo, Watch
from fakeprofile.tools import Tools
from fakeprofile.watch import Look, Meeting, case_of, met_by

_Found = dict[int, tuple[Match, str]]
"""For each sighting the strongest match, and the file of the watched photo that it is about."""


def looks_for_watched(tools: Tools, numbers: Collection[int] = ()) -> Iterator[Look]:
    """What a look for each watched account or identity finds; what is told is noted, once all of it is known.

    Args:
        tools: the library and the settings.
        numbers: of the watches; all if there are none.

    Raises:
        UsageError: there is no watch of one of the numbers.
        LibraryError: the library cannot be read, or what was told cannot be noted.
    """
    watches = {watch.id: watch for watch in tools.library.watch_list()}
    missing = [number for number in numbers if number not in watches]
    if missing:
        raise UsageError(f"there is no watch {missing[0]}: `fakeprofile watch list` shows their numbers")
    chosen = dict.fromkeys(numbers or watches)
    known = list(tools.library.identities())
    for number in chosen:
        look = _look_for(watches[number], known, tools)
        met = [meeting.match.sighting.id for meeting in look.meetings]
        tools.library.watch_tell(number, met, tools.today())
        yield look


def _look_for(watch: Watch, known: list[tuple[Identity, bool]], tools: Tools) -> Look:
    """What the pictures of one watched account or identity match that is not its own."""
    meant = tuple(one for one, case in known if met_by(watch, one, one.id if case else None))
    own = {one.id for one in meant}
    found: _Found = {}
    gaps: list[Gap] = []
    pictures = 0
    for identity in meant:
        for picture in tools.library.kept_pictures(identity.id):
            photo = _photo_of(picture, identity)
            if isinstance(photo, Gap):
                gaps.append(photo)
                continue
            pictures += 1
            _add_matches(found, photo, picture, own, watch, tools)
    return Look(
        watch=watch,
        identities=meant,
        pictures=pictures,
        meetings=_meetings(found, tools.library.watch_told(watch.id)),
        gaps=tuple(gaps),
    )


def _add_matches(
    found: _Found, photo: Photo, picture: KeptPicture, own: set[int], watch: Watch, tools: Tools
) -> None:
    for match in look_at(photo, tools).looked.matches:
        sighting = match.sighting
        if not match.proven or (sighting.identity is not None and sighting.identity.id in own):
            continue
        if met_by(watch, sighting.identity, case_of(sighting)):  # came in while this look goes on
            continue
        before = found.get(sighting.id)
        if before is None or before[0].support.log10_lr < match.support.log10_lr:
            found[sighting.id] = (match, picture.sha256 or "")


def _photo_of(picture: KeptPicture, identity: Identity) -> Photo | Gap:
    """A kept picture as a photo that can be asked about, or why it cannot."""
    about = f"photo {(picture.sha256 or 'without a file')[:12]} of {identity.name}"
    if picture.thumbnail is None or picture.width is None or picture.height is None:
        reason = (
            "it is kept without a thumbnail, so there is nothing to compare: check or import the photo again"
        )
        return Gap(step="watch", about=about, reason=reason)
    try:
        pixels = pixels_of(picture.thumbnail)
    except PhotoError as error:
        return Gap(step="watch", about=about, reason=f"{error}: check or import the photo again")
    sha256 = picture.sha256 or "" if picture.panel is None else ""
    return Photo(name=about, sha256=sha256, width=picture.width, height=picture.height, pixels=pixels)


def _meetings(found: _Found, told: frozenset[int]) -> tuple[Meeting, ...]:
    meetings = [
        Meeting(match=match, picture=picture, new=number not in told)
        for number, (match, picture) in found.items()
    ]
    meetings.sort(key=lambda one: (not one.new, -one.match.support.log10_lr, one.match.sighting.id))
    return tuple(meetings)
