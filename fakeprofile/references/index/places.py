"""Where keypoints lie, in the four bytes that voting needs: x, y, size and angle.

All is told relative to the longest side of the picture, so that pictures of any size and shape compare.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakeprofile.records import Keypoints
from fakeprofile.references import blobs

STEPS = 255.0
SMALLEST_LOG2, LOG2_STEPS = -10.0, 25.5
"""Diameters from a thousandth of the longest side to all of it, in steps of 2.8 %."""
ANGLES = 256.0

Places = NDArray[np.float32]
"""n x 4: x and y in longest sides, log2 of the diameter in longest sides, angle in turns."""


def places_of(keypoints: Keypoints, width: int, height: int) -> Places:
    """The places of keypoints that are measured in pixels of a picture of that size."""
    longest = float(max(width, height, 1))
    x, y, diameter, angle = keypoints.points.astype(np.float32).reshape(-1, 4).T
    size = np.log2(np.maximum(diameter / longest, 1e-6))
    return np.column_stack([x / longest, y / longest, size, angle / 360.0]).astype(np.float32)


def packed_places(points: bytes, width: int, height: int) -> NDArray[np.uint8]:
    """The places of the keypoints of a stored photo, n x 4 uint8.

    Args:
        points: the column of that name: see ``references/blobs.py``.
        width: of the photo, in pixels.
        height: of the photo, in pixels.
    """
    x, y, diameter, angle = np.frombuffer(points, dtype="<u2").reshape(-1, 4).astype(np.float32).T
    longest = float(max(width, height, 1))
    size = diameter / blobs.LOG2_STEPS + blobs.SMALLEST_LOG2 - np.log2(longest)
    rows = np.column_stack(
        [
            x / blobs.FULL * (width / longest) * STEPS,
            y / blobs.FULL * (height / longest) * STEPS,
            (size - SMALLEST_LOG2) * LOG2_STEPS,
            angle / (blobs.FULL + 1) * ANGLES % ANGLES,
        ]
    )
    # An angle that rounds up to a whole turn is none.
    whole = np.rint(rows)
    whole[:, 3] %= ANGLES
    packed: NDArray[np.uint8] = np.clip(whole, 0, STEPS).astype(np.uint8)
    return packed


def unpacked_places(packed: NDArray[np.uint8]) -> Places:
    """The places that four bytes each stand for."""
    x, y, size, angle = packed.astype(np.float32).reshape(-1, 4).T
    rows = [x / STEPS, y / STEPS, size / LOG2_STEPS + SMALLEST_LOG2, angle / ANGLES]
    return np.column_stack(rows).astype(np.float32)


def mirrored_places(places: Places, width: int, height: int) -> Places:
    """Where the keypoints of a picture lie in its mirror image."""
    x, y, size, angle = places.T
    return np.column_stack([width / max(width, height, 1) - x, y, size, (0.5 - angle) % 1.0]).astype(
        np.float32
    )
