"""Keypoints as SQLite keeps them: 24 bytes each, 8 for the place and 16 for the code."""

from __future__ import annotations

import numpy as np

from fakeprofile.records import Keypoints

FULL = 65535.0
SMALLEST_LOG2, LOG2_STEPS = -4.0, 3600.0
"""Diameters from 1/16 pixel to 16,000 pixels, in steps of 0.02 %."""


def packed_points(keypoints: Keypoints, width: int, height: int) -> bytes:
    """Places of keypoints: n x 4 uint16, little-endian: x, y, diameter, angle.

    x and y as parts of width and height; the diameter as a logarithm; the angle as a part of a turn.
    """
    x, y, diameter, angle = keypoints.points.astype(np.float64).T.reshape(4, -1)
    rows = np.column_stack(
        [
            x / width * FULL,
            y / height * FULL,
            (np.log2(np.maximum(diameter, 1e-3)) - SMALLEST_LOG2) * LOG2_STEPS,
            angle / 360.0 * (FULL + 1) % (FULL + 1),
        ]
    )
    return np.clip(np.rint(rows), 0, FULL).astype("<u2").tobytes()


def unpacked(algorithm: str, points: bytes, codes: bytes, width: int, height: int) -> Keypoints:
    """The keypoints of a stored photo."""
    x, y, diameter, angle = np.frombuffer(points, dtype="<u2").reshape(-1, 4).astype(np.float32).T
    rows = [
        x / FULL * width,
        y / FULL * height,
        np.exp2(diameter / LOG2_STEPS + SMALLEST_LOG2),
        angle / (FULL + 1) * 360.0,
    ]
    return Keypoints(
        algorithm=algorithm,
        points=np.column_stack(rows).astype(np.float32),
        codes=np.frombuffer(codes, dtype=np.uint8).reshape(-1, 16),
    )
