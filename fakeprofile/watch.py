"""What the user keeps an eye on: whether an identity or account is one of these, and what is said when it is met.

That something is watched says nothing about it: the statements carry no level.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fakeprofile.identity import platform_of
from fakeprofile.identity.handles import stripped
from fakeprofile.records import (
    Evidence,
    Facts,
    Gap,
    Handle,
    Identity,
    Looked,
    Match,
    Profile,
    Sighting,
    Source,
    Watch,
)


class MetBy(StrEnum):
    """What shows that an account or identity is the one that is watched, strongest first."""

    CASE = "case"
    ID = "id"
    HANDLE = "handle"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A picture of a watched account that was found at another place."""

    match: Match
    picture: str
    """The SHA-256 of the watched account's photo; empty if only its hash is known."""
    new: bool
    """Whether it was not told at an earlier look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look for the pictures of a watched account or identity found in the library."""

    watch: Watch
    identities: tuple[Identity, ...] = ()
    """Which accounts and identities of the library are meant."""
    pictures: int = 0
    """How many kept pictures were compared."""
    meetings: tuple[Meeting, ...] = ()
    """The new ones first, of each the strongest first."""
    gaps: tuple[Gap, ...] = ()


def watched_in(facts: Facts, watched: Iterable[Watch]) -> tuple[Evidence, ...]:
    """A statement for every photo that is a picture of something watched, and for a checked account that is watched.

    Of one photo and one watch the strongest proven match is told. Where the account itself is watched, that its
    pictures are its own is not told once more.
    """
    found: list[Evidence] = []
    for watch in watched:
        met = met_by(watch, _claimed(facts.profile), None)
        if met is not None:
            found.append(_statement("watched-account", watch, met, _called(_claimed(facts.profile))))
            continue
        for photo in facts.looked:
            found += _met_in(photo, watch)
    return tuple(found)


def met_by(watch: Watch, identity: Identity | None, case: int | None) -> MetBy | None:
    """What shows that an identity is the watched one; None if nothing does.

    Args:
        watch: what is watched.
        identity: of a sighting, or what an account claims to be.
        case: the number of the case that it is, if it is one.
    """
    if identity is None:
        return None
    if watch.case is not None:
        return MetBy.CASE if watch.case == case else None
    if watch.account_id and any(_same_id(watch, handle) for handle in identity.handles):
        return MetBy.ID
    if watch.handle is not None and any(_same_handle(watch, handle) for handle in identity.handles):
        return MetBy.HANDLE
    if watch.name and _folded(watch.name) == _folded(identity.name):
        return MetBy.NAME
    return None


def case_of(sighting: Sighting) -> int | None:
    """The number of the case that a sighting belongs to; None for any other, and for a folder that was lent."""
    of_case = sighting.source is Source.CASE and sighting.id > 0 and sighting.identity is not None
    return sighting.identity.id if of_case and sighting.identity else None


# --- who is who -----------------------------------------------------------------------------


def _same_id(watch: Watch, handle: Handle) -> bool:
    ours = platform_of((watch.handle.platform if watch.handle else watch.platform) or "")
    theirs = platform_of(handle.platform or "")
    return watch.account_id == (handle.account_id or "").strip() and (ours == theirs or not (ours and theirs))


def _same_handle(watch: Watch, handle: Handle) -> bool:
    """Whether it has the same handle, and no id that shows it to be another account that took the name."""
    if watch.handle is None or _folded(watch.handle.name) != _folded(handle.name):
        return False
    number = (handle.account_id or "").strip()
    if watch.account_id and number and watch.account_id != number:
        return False
    ours, theirs = platform_of(watch.handle.platform or ""), platform_of(handle.platform or "")
    return ours == theirs or not (ours and theirs)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", stripped(text)).lstrip("@").casefold().split())


def _claimed(profile: Profile) -> Identity:
    """What an account says of itself, as an identity."""
    number = profile.account_id
    handles: tuple[Handle, ...] = ()
    if profile.handle is not None:
        own = profile.handle
        handles = (Handle(name=own.name, platform=own.platform, account_id=number or own.account_id),)
    elif number:
        handles = (Handle(name=number, account_id=number),)
    return Identity(id=0, name=profile.name or "", handles=handles)


def _called(identity: Identity) -> str:
    return str(identity.handles[0]) if identity.handles else identity.name


# --- statements -----------------------------------------------------------------------------


def _met_in(photo: Looked, watch: Watch) -> list[Evidence]:
    """The statement about one photo and one watch, if its picture is known to be one of theirs."""
    for match in photo.matches:
        if match.proven and match.sighting.identity is not None:
            met = met_by(watch, match.sighting.identity, case_of(match.sighting))
            if met is not None:
                name = _called_as(match.sighting, match.sighting.identity)
                return [_statement("watched", watch, met, name, photo.photo, match.sighting.id)]
    return []


def _called_as(sighting: Sighting, identity: Identity) -> str:
    """A reference by its name, an account by its handle."""
    return _called(identity) if sighting.source is Source.CASE else identity.name


def _statement(
    code: str, watch: Watch, met: MetBy, name: str, photo: str | None = None, sighting: int | None = None
) -> Evidence:
    parameters = (("watch", str(watch.id)), ("by", str(met)), ("name", name), ("note", watch.note or ""))
    return Evidence(code=code, photo=photo, sighting=sighting, parameters=parameters)
