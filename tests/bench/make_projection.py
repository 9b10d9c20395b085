"""Makes ``projection-1.npz`` anew, to show where it comes from: ``python tests/bench/make_projection.py OUT``.

The rotation is the orthogonal part of a seeded Gaussian matrix; the mean is that of the RootSIFT
descriptors of the free photographs inside the scikit-image package. The file in the package is
the published one; a new one differs in the last decimals with other versions of OpenCV.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import skimage.data
from PIL import Image

PHOTOS = (
    "astronaut.png", "camera.png", "chelsea.png", "coffee.png", "rocket.jpg", "coins.png",
    "brick.png", "grass.png", "gravel.png", "clock_motion.png", "page.png", "ihc.png",
)  # fmt: skip
SEED = 20261123


def rotation() -> np.ndarray:
    """A random rotation, 128 x 128 float32; its signs do not depend on the QR routine."""
    gaussian = np.random.RandomState(SEED).standard_normal((128, 128))
    orthogonal, triangular = np.linalg.qr(gaussian)
    return (orthogonal * np.sign(np.diag(triangular))).astype(np.float32)


def mean() -> np.ndarray:
    """The mean RootSIFT descriptor, 128 float32."""
    return np.concatenate([_descriptors(name) for name in PHOTOS]).mean(axis=0).astype(np.float32)


def _descriptors(name: str) -> np.ndarray:
    photo = Image.open(Path(skimage.data.__file__).parent / name).convert("RGB")
    photo.thumbnail((640, 640))
    grey = cv2.cvtColor(np.asarray(photo), cv2.COLOR_RGB2GRAY)
    _, descriptors = cv2.SIFT_create(nfeatures=1000, contrastThreshold=0.02).detectAndCompute(grey, None)
    return np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-9))


if __name__ == "__main__":
    np.savez(sys.argv[1], mean=mean(), rotation=rotation())
