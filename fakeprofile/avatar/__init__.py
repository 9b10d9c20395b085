"""Pictures that say nothing about who uses them: default avatars, initials on a colour, plain pictures.

Everybody without a photo shares one picture; comparing it would accuse thousands. ``plainness_of``
keeps them out of all comparing; ``avatar_state`` says what an account shows, and how that is known.
"""

from __future__ import annotations

from fakeprofile.avatar.colours import drawing_of
from fakeprofile.avatar.likeness import NO_TEMPLATES, Template, Templates, matching, template_of
from fakeprofile.avatar.names import KNOWN_FILES
from fakeprofile.avatar.state import (
    AvatarLooks,
    AvatarSaid,
    AvatarState,
    AvatarWhy,
    avatar_looks,
    avatar_state,
    combined,
    own_looks,
)
from fakeprofile.records import Fingerprint, Photo, Plainness

__all__ = [
    "NO_TEMPLATES",
    "AvatarLooks",
    "AvatarSaid",
    "AvatarState",
    "AvatarWhy",
    "Template",
    "Templates",
    "avatar_looks",
    "avatar_state",
    "combined",
    "own_looks",
    "plainness_of",
    "template_of",
]

FEWEST_KEYPOINTS = 12
LEAST_QUALITY = 10


def plainness_of(
    photo: Photo, fingerprint: Fingerprint, templates: Templates = NO_TEMPLATES
) -> Plainness | None:
    """Why a picture cannot be told from other people's, or None if it can.

    Args:
        photo: any picture, or one that was cut out of another.
        fingerprint: its own.
        templates: pictures that the user has named as default avatars.
    """
    if photo.sha256 in KNOWN_FILES or matching(photo, templates) or drawing_of(photo.pixels):
        return Plainness.DEFAULT_AVATAR
    if len(fingerprint.keypoints) < FEWEST_KEYPOINTS:
        return Plainness.TOO_PLAIN
    if fingerprint.whole.pdq_quality < LEAST_QUALITY and len(fingerprint.keypoints) < 4 * FEWEST_KEYPOINTS:
        return Plainness.TOO_PLAIN
    return None
