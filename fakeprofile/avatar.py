"""Pictures that say nothing about who uses them: default avatars, initials on a colour, plain pictures.

Everybody without a photo shares one picture; comparing it would accuse thousands. Measured on
Instagram's own placeholder (``facts/account-data.md`` section 5): two colours cover 0.92 to 0.99
of it at any size, also cut out round on white; natural photos reach 0.40.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakeprofile.records import Fingerprint, Photo, Pixels, Plainness

KNOWN_SHA256 = frozenset({"3e0ce106f723a42009104565fd278c839a240d9d98ea529df4b00be5fb5b8001"})
"""Instagram's placeholder, 224 x 224 JPEG."""
SIDE = 64
TOLERANCE = 14
"""How far a channel may be off and still be the same colour."""
COVERED = 0.86
LEAST_FIGURE = 0.02
"""Smaller than this, the second colour is no figure but dirt."""
CONTRAST = 40
"""How far, in some channel, the figure must stand out from its ground."""
MOST_PIECES = 6
"""Initials and silhouettes are a few pieces; text and QR codes are many."""
SQUARISH = 1.3

FEWEST_KEYPOINTS = 12
LEAST_QUALITY = 10


def plainness_of(photo: Photo, fingerprint: Fingerprint) -> Plainness | None:
    """Why a picture cannot be told from other people's, or None if it can."""
    if photo.sha256 in KNOWN_SHA256 or _is_two_colours(photo.pixels):
        return Plainness.DEFAULT_AVATAR
    if len(fingerprint.keypoints) < FEWEST_KEYPOINTS:
        return Plainness.TOO_PLAIN
    if fingerprint.whole.pdq_quality < LEAST_QUALITY and len(fingerprint.keypoints) < 4 * FEWEST_KEYPOINTS:
        return Plainness.TOO_PLAIN
    return None


def _is_two_colours(pixels: Pixels) -> bool:
    """Whether it is one simple figure, or a few letters, on a plain ground."""
    import cv2

    height, width = pixels.shape[:2]
    if max(height, width) > SQUARISH * min(height, width):
        return False
    small = np.asarray(cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA), dtype=np.int64)
    ground = _commonest(small, np.ones((SIDE, SIDE), dtype=bool))
    figure = _commonest(small, ~ground)
    # A sky is two shades of one colour, and a photo.
    if not figure.any() or np.abs(small[ground].mean(axis=0) - small[figure].mean(axis=0)).max() < CONTRAST:
        return False
    # Round avatars stand on a third colour, in the corners.
    corners = _corner_colour(small) & ~ground & ~figure
    if (ground | figure | corners).mean() < COVERED or figure.mean() < LEAST_FIGURE:
        return False
    pieces = cv2.connectedComponents(figure.astype(np.uint8))[0] - 1
    return pieces <= MOST_PIECES


def _commonest(small: NDArray[np.int64], among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where the commonest colour of some pixels stands, with all that is nearly it."""
    if not among.any():
        return among
    coarse = (small // 16) @ np.array([256, 16, 1])
    values, counts = np.unique(coarse[among], return_counts=True)
    inside = among & (coarse == values[counts.argmax()])
    colour = np.median(small[inside], axis=0)
    near: NDArray[np.bool_] = among & (np.abs(small - colour).max(axis=2) <= TOLERANCE)
    return near


def _corner_colour(small: NDArray[np.int64]) -> NDArray[np.bool_]:
    corners = small[[0, 0, -1, -1], [0, -1, 0, -1]]
    if np.ptp(corners, axis=0).max() > TOLERANCE:
        return np.zeros(small.shape[:2], dtype=bool)
    near: NDArray[np.bool_] = np.abs(small - np.median(corners, axis=0)).max(axis=2) <= TOLERANCE
    return near
