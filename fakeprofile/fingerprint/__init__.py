"""All hashes of a photo: whole-picture hashes and keypoint codes."""

from __future__ import annotations

from fakeprofile.fingerprint.keypoints import ALGORITHM as KEYPOINTS
from fakeprofile.fingerprint.keypoints import keypoints_of
from fakeprofile.fingerprint.whole import ALGORITHM as WHOLE
from fakeprofile.fingerprint.whole import LEAST_QUALITY, whole_hashes_of
from fakeprofile.records import Fingerprint, Photo
from fakeprofile.settings import DEFAULT, Settings

__all__ = ["KEYPOINTS", "LEAST_QUALITY", "WHOLE", "query_fingerprint", "reference_fingerprint"]


def query_fingerprint(photo: Photo, settings: Settings = DEFAULT) -> Fingerprint:
    """The fingerprint of a photo that is asked about: with its turned and mirrored forms."""
    return Fingerprint(
        width=photo.width,
        height=photo.height,
        whole=whole_hashes_of(photo.pixels, turned=True, full_size=(photo.width, photo.height)),
        keypoints=keypoints_of(
            photo.pixels,
            width=photo.width,
            most=settings.query_keypoints,
            side=settings.query_side,
            mirrored=True,
        ),
    )


def reference_fingerprint(photo: Photo, settings: Settings = DEFAULT) -> Fingerprint:
    """The fingerprint of a photo that goes into a library."""
    return Fingerprint(
        width=photo.width,
        height=photo.height,
        whole=whole_hashes_of(photo.pixels, turned=False, full_size=(photo.width, photo.height)),
        keypoints=keypoints_of(
            photo.pixels,
            width=photo.width,
            most=settings.reference_keypoints,
            side=settings.reference_side,
            mirrored=False,
        ),
    )
