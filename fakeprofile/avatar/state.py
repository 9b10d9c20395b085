"""What the profile picture of an account is: a default picture, one that looks so, or its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fakeprofile.avatar.colours import TOLERANCE, Drawing, Drawn, drawing_of, is_busy, is_one_colour
from fakeprofile.avatar.likeness import NO_TEMPLATES, Templates, same_file, same_looks
from fakeprofile.avatar.names import KNOWN_FILES, default_in_address, default_in_file_name
from fakeprofile.records import Photo

INSTAGRAM = ((244, 245, 247), (130, 136, 148))
"""Ground and figure of the one placeholder whose colours were measured."""


class AvatarState(StrEnum):
    """What is known of the profile picture."""

    KNOWN_DEFAULT = "known default"
    LOOKS_DEFAULT = "looks like a default"
    OWN = "own picture"
    UNKNOWN = "unknown"


class AvatarWhy(StrEnum):
    """How it is known."""

    SAME_FILE = "same file"
    """Every byte is that of a platform's default picture."""
    TEMPLATE_FILE = "template file"
    """Every byte is that of a picture that the user has named."""
    ADDRESS = "address"
    FILE_NAME = "file name"
    FLAG = "flag"
    """The source of the account says so."""
    TEMPLATE = "template"
    """It looks the same as a picture that the user has named."""
    FIGURE = "figure"
    """One figure on a plain ground."""
    LETTERS = "letters"
    """A few letters, or a sign, on a plain ground."""
    LOOKED_AT = "looked at"
    OWN_FLAG = "own flag"
    """The source of the account says that it has set a picture."""
    ONE_COLOUR = "one colour"
    """There is nothing on it that could tell."""
    CONTRADICTION = "contradiction"
    """A name or flag says default, and the picture is plainly none."""
    NOTHING = "nothing"
    """There is neither a picture nor a word of it."""
    SEVERAL = "several"
    """There are several photos, and no word of which one it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AvatarSaid:
    """What is said of a profile picture, and on what ground."""

    state: AvatarState
    platform: str | None
    """Whose default picture it is, if that is known."""
    why: AvatarWhy
    template: str | None = None
    """The name that the user has given to the picture that it is."""

    @property
    def no_photo(self) -> bool | None:
        """Whether the account shows no photo of its own; None if that is not known."""
        if self.state is AvatarState.UNKNOWN:
            return None
        return self.state is not AvatarState.OWN


def avatar_state(
    photo: Photo | None,
    *,
    url: str | None = None,
    file_name: str | None = None,
    flag: bool | None = None,
    templates: Templates = NO_TEMPLATES,
) -> AvatarSaid:
    """What the profile picture is, by the surest sign that there is.

    Args:
        photo: the picture, if there is one.
        url: where the account's picture stands.
        file_name: as the source calls the picture.
        flag: whether the source says that it is a default picture.
        templates: pictures that the user has named as default avatars.
    """
    if photo is not None:
        if (platform := KNOWN_FILES.get(photo.sha256)) is not None:
            return _said(AvatarState.KNOWN_DEFAULT, AvatarWhy.SAME_FILE, platform)
        if (known := same_file(photo, templates)) is not None:
            return _said(AvatarState.KNOWN_DEFAULT, AvatarWhy.TEMPLATE_FILE, template=known.name)
    named = _named(url, file_name, flag)
    if named is not None:
        # A photo that only bears such a name, or came with an older word of it, must not be passed over.
        doubtful = photo is not None and is_busy(photo.pixels) and not _looks_default(photo, templates)
        return _said(AvatarState.UNKNOWN, AvatarWhy.CONTRADICTION, named.platform) if doubtful else named
    if photo is not None:
        return _by_looks(photo, templates)
    if flag is False:
        return _said(AvatarState.OWN, AvatarWhy.OWN_FLAG)
    return _said(AvatarState.UNKNOWN, AvatarWhy.NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class AvatarLooks:
    """What a picture says as a profile picture, whatever account it is of: enough for ``combined`` without pixels."""

    said: AvatarSaid
    busy: bool
    """Whether it is plainly no default picture."""


def avatar_looks(photo: Photo, templates: Templates = NO_TEMPLATES) -> AvatarLooks:
    """What is seen on a picture, to be kept."""
    said = avatar_state(photo, templates=templates)
    looks_default = said.state in (AvatarState.KNOWN_DEFAULT, AvatarState.LOOKS_DEFAULT)
    return AvatarLooks(said=said, busy=not looks_default and is_busy(photo.pixels))


def own_looks(photo: Photo) -> AvatarLooks:
    """The same of a picture that is known to be no default picture, and not too plain to tell."""
    return AvatarLooks(said=_said(AvatarState.OWN, AvatarWhy.LOOKED_AT), busy=is_busy(photo.pixels))


def combined(
    looks: AvatarLooks,
    *,
    url: str | None = None,
    file_name: str | None = None,
    flag: bool | None = None,
) -> AvatarSaid:
    """The same as ``avatar_state`` says of that picture on an account, from what was kept of it."""
    if looks.said.why in (AvatarWhy.SAME_FILE, AvatarWhy.TEMPLATE_FILE):
        return looks.said
    named = _named(url, file_name, flag)
    if named is None:
        return looks.said
    if looks.busy:
        return _said(AvatarState.UNKNOWN, AvatarWhy.CONTRADICTION, named.platform)
    return named


def _named(url: str | None, file_name: str | None, flag: bool | None) -> AvatarSaid | None:
    """What is said without looking at the picture."""
    if url and (platform := default_in_address(url)):
        return _said(AvatarState.KNOWN_DEFAULT, AvatarWhy.ADDRESS, platform)
    if file_name and (platform := default_in_file_name(file_name)):
        return _said(AvatarState.KNOWN_DEFAULT, AvatarWhy.FILE_NAME, platform)
    return _said(AvatarState.KNOWN_DEFAULT, AvatarWhy.FLAG) if flag else None


def _looks_default(photo: Photo, templates: Templates) -> bool:
    return _by_looks(photo, templates).state is AvatarState.LOOKS_DEFAULT


def _by_looks(photo: Photo, templates: Templates) -> AvatarSaid:
    if (known := same_looks(photo, templates)) is not None:
        return _said(AvatarState.LOOKS_DEFAULT, AvatarWhy.TEMPLATE, template=known.name)
    if (drawing := drawing_of(photo.pixels)) is not None:
        why = AvatarWhy.FIGURE if drawing.drawn is Drawn.FIGURE else AvatarWhy.LETTERS
        return _said(AvatarState.LOOKS_DEFAULT, why, _platform_of(drawing))
    if is_one_colour(photo.pixels):
        return _said(AvatarState.UNKNOWN, AvatarWhy.ONE_COLOUR)
    return _said(AvatarState.OWN, AvatarWhy.LOOKED_AT)


def _platform_of(drawing: Drawing) -> str | None:
    pairs = zip((*drawing.ground, *drawing.figure), (*INSTAGRAM[0], *INSTAGRAM[1]), strict=True)
    alike = all(abs(one - other) <= TOLERANCE for one, other in pairs)
    return "instagram" if alike and drawing.drawn is Drawn.FIGURE else None


def _said(
    state: AvatarState, why: AvatarWhy, platform: str | None = None, *, template: str | None = None
) -> AvatarSaid:
    return AvatarSaid(state=state, why=why, platform=platform, template=template)
