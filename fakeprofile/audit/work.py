"""What the processes of an audit do: look at a photo, or lay it over the other photos of the audit."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path

from fakeprofile.audit import prints
from fakeprofile.avatar import AvatarLooks, avatar_looks, own_looks
from fakeprofile.errors import PhotoError
from fakeprofile.match import look_at, matches_in, near_to, seen_in, too_many
from fakeprofile.photo import decode
from fakeprofile.provenance import marks_of
from fakeprofile.records import FileMarks, Gap, Looked, Match
from fakeprofile.references.library import Library
from fakeprofile.tools import Tools
from fakeprofile.views import views_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAt:
    """A photo to be looked at."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareWithin:
    """A photo that was looked at, to be laid over the others of the audit."""

    path: Path
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What became of one file of a photo."""

    looked: Looked
    looks: AvatarLooks | None = None
    """What it says as a profile picture; None if it could not be read."""
    files: FileMarks | None = None
    """What the file says of itself, if it says anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """A photo as it was looked at, and what it can be asked about again with."""

    picture: Picture
    record: bytes | None = field(default=None, repr=False)
    """None if it says nothing, so that it is compared with no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """The photos of the audit that are proven to show the same picture as one of them."""

    matches: tuple[Match, ...] = ()
    reason: str = ""
    """Why the photo could not be laid over them; then that there is no match says nothing."""


def done(work: LookAt | CompareWithin, *, tools: Tools, pictures: Library) -> Looks | Within:
    """What comes of a work.

    Args:
        work: either kind.
        tools: the library and whatever else may be used.
        pictures: all photos of the audit so far.
    """
    return _look(work, tools) if isinstance(work, LookAt) else _within(work, tools, pictures)


def _look(work: LookAt, tools: Tools) -> Looks:
    limits, least = tools.settings.limits, tools.settings.decoded_side
    photo = decode(work.data, name=work.name, limits=limits, least_side=least)
    if isinstance(photo, Gap):
        return Looks(picture=Picture(looked=look_at(photo, tools).looked))
    settings = tools.settings.for_picture(photo.width, photo.height)
    tools = dataclasses.replace(tools, settings=settings)
    views = views_of(photo, settings, templates=tools.templates)
    seen = seen_in(photo, views, tools)
    marks = marks_of(work.data, work.name)
    picture = Picture(
        looked=seen.looked,
        # Whether it is a default avatar was looked at already, when its pictures were measured.
        looks=avatar_looks(photo, tools.templates) if views[0].plainness else own_looks(photo),
        files=marks if marks.marks or marks.gaps else None,
    )
    return Looks(picture=picture, record=prints.packed(views, seen.kept) if seen.kept else None)


def _within(work: CompareWithin, tools: Tools, pictures: Library) -> Within:
    try:
        data = prints.read(work.path, work.offset, work.length)
        sha256, fingerprints = prints.measured(data)
        settings = tools.settings.for_picture(fingerprints[0].width, fingerprints[0].height)
        # Those after it are laid over it in their turn.
        near = near_to(fingerprints, sha256, pictures, settings, before=pictures.number_of(sha256))
        if not any(near):
            return Within()
        views = prints.unpacked(data)
    except (OSError, ValueError, PhotoError):
        return Within(reason="what was kept of it to compare it with is damaged")
    found = matches_in(views[0].photo, views, pictures, settings, near)
    matches = tuple(one for one in found.matches if one.proven and one.sighting.photo_sha256 != sha256)
    return Within(matches=matches, reason=too_many(found.left) if found.left else "")
