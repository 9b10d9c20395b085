"""Pictures made grey, blurred and smaller."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from fakeprofile.records import Pixels

Floats = NDArray[np.float64]
Grey = NDArray[np.float32]


def to_grey(pixels: Pixels) -> Grey:
    """Brightness of a picture: height x width float32, 0 to 255."""
    import cv2

    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)


def blurred(grey: Grey, sigma: float) -> Grey:
    """The picture under a Gaussian blur of ``sigma`` pixels: height x width float32."""
    import cv2

    return np.asarray(cv2.GaussianBlur(grey, (0, 0), sigma), dtype=np.float32)


def moved_along(grey: Grey, length: float, degrees: float) -> Grey:
    """The picture as it is when it, or the camera, moves along a line of that many pixels: height x width float32."""
    import cv2

    half = math.ceil(length / 2 + 1)
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    angle = math.radians(degrees)
    along, aside = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
    line = np.clip(length / 2 + 0.5 - np.abs(along), 0, 1) * np.clip(1 - np.abs(aside), 0, 1)
    return np.asarray(cv2.filter2D(grey, -1, (line / line.sum()).astype(np.float32)), dtype=np.float32)


def reduced(grey: Grey, factor: int) -> Grey:
    """The picture at a whole part of its size; what is over at its edges is left out."""
    import cv2

    height, width = (length // factor for length in grey.shape)
    whole = grey[: height * factor, : width * factor]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), dtype=np.float32)


def resized(pixels: Pixels, factor: float) -> Pixels:
    """The picture at ``factor`` times its size, at least 1 x 1; never enlarged. RGB, uint8."""
    import cv2

    if factor >= 1:
        return pixels
    size = (max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def scaling(factor: float) -> Floats:
    """The 3 x 3 matrix that multiplies positions by ``factor``."""
    return np.diag([factor, factor, 1.0])
