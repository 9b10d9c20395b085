"""A picture blurred step by step, and the blots that stand out in it: where keypoints lie.

The difference-of-Gaussians detector of Lowe 2004, for whole arrays at once: every octave holds
six blurred pictures, and a keypoint is a place where the difference of two neighbours is
farther from zero than at all 26 places around it, in the picture and in scale.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Indices = NDArray[np.int64]

STEPS = 3
"""Scales at which keypoints are looked for in each octave (Lowe 2004, figure 3)."""
FIRST_BLUR = 1.0
"""Standard deviation of the least blurred picture of an octave, in its own pixels. Lowe takes 1.6 on a picture of
twice the side; 1.0 on the picture itself finds as many copies at a quarter of the pixels (README)."""
CAMERA_BLUR = 0.5
"""What any picture is blurred by already (Lowe 2004)."""
LEAST_CONTRAST = 0.2
"""Differences below this many grey levels are noise of the file. OpenCV's usual limit is 3.4; the strongest
are taken first, so a lower one only matters where there is little else: on faded and blurred copies."""
GREATEST_EDGE = 10.0
"""The ratio of the two curvatures above which a place is an edge, not a blot (Lowe 2004)."""
SMALLEST_OCTAVE = 12
"""Pixels on the shorter side of the last octave."""
BORDER = 2
"""Keypoints nearer to the rim of their octave, in its pixels, are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pyramid:
    """The blurred pictures of all octaves, one under the other in one array.

    ``atlas``: float32, rows x width. ``sizes``: height and width of each octave's pictures.
    ``tops``: the row at which picture ``level`` of octave ``octave`` starts, octaves x (STEPS + 3).
    """

    atlas: Floats
    sizes: Indices
    tops: Indices


@dataclass(frozen=True, slots=True, kw_only=True)
class Blots:
    """Places that stand out. ``x``, ``y`` and ``blur`` are in pixels of their octave, centres at whole numbers."""

    octave: Indices
    level: Indices
    x: Doubles
    y: Doubles
    blur: Doubles
    contrast: Doubles

    def __len__(self) -> int:
        return len(self.x)

    def taken(self, chosen: NDArray[np.intp]) -> Blots:
        """Those with these indices, in this order."""
        return Blots(
            octave=self.octave[chosen],
            level=self.level[chosen],
            x=self.x[chosen],
            y=self.y[chosen],
            blur=self.blur[chosen],
            contrast=self.contrast[chosen],
        )


def pyramid_of(grey: NDArray[np.uint8]) -> Pyramid:
    """The picture at all scales.

    Args:
        grey: height x width, uint8.
    """
    import cv2

    sizes = [grey.shape]
    while min(sizes[-1]) >= 2 * SMALLEST_OCTAVE:
        sizes.append(tuple((length + 1) // 2 for length in sizes[-1]))
    heights = np.repeat([height for height, _ in sizes], STEPS + 3)
    tops = np.concatenate([[0], np.cumsum(heights)[:-1]]).reshape(len(sizes), STEPS + 3)
    atlas = np.zeros((int(heights.sum()), grey.shape[1]), dtype=np.float32)
    picture = grey.astype(np.float32)
    for octave, (height, width) in enumerate(sizes):
        for level in range(STEPS + 3):
            view = atlas[tops[octave, level] :][:height, :width]
            if level or not octave:
                blur = _added_blur(level)
                side = 2 * int(np.ceil(3 * blur)) + 1
                cv2.GaussianBlur(picture, (side, side), blur, dst=view, borderType=cv2.BORDER_REPLICATE)
            else:
                view[:] = picture
            picture = view
        picture = atlas[tops[octave, STEPS] :][:height:2, :width:2]
    return Pyramid(atlas=atlas, sizes=np.array(sizes, dtype=np.int64), tops=tops.astype(np.int64))


def _added_blur(level: int) -> float:
    """The blur that makes picture ``level`` of an octave from the one before."""
    before = CAMERA_BLUR if level == 0 else FIRST_BLUR * 2.0 ** ((level - 1) / STEPS)
    return float(np.sqrt((FIRST_BLUR * 2.0 ** (level / STEPS)) ** 2 - before**2))


def candidates_of(pyramid: Pyramid) -> Blots:
    """All places that stand out from the 26 around them, to the nearest pixel."""
    found = [_extrema(pyramid, octave) for octave in range(len(pyramid.sizes))]
    octave, level, y, x, contrast = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Blots(
        octave=octave,
        level=level,
        x=x.astype(np.float64),
        y=y.astype(np.float64),
        blur=FIRST_BLUR * 2.0 ** (level / STEPS),
        contrast=contrast.astype(np.float64),
    )


def _extrema(pyramid: Pyramid, octave: int) -> tuple[NDArray[np.generic], ...]:
    """Octave, level, row, column and contrast of its candidates.

    Of a difference only the size is looked at: between a peak and a larger hollow lies a zero, so
    they are never neighbours.
    """
    import cv2

    height, width = pyramid.sizes[octave]
    pictures = [pyramid.atlas[top:][:height, :width] for top in pyramid.tops[octave]]
    differences = [cv2.absdiff(two, one) for one, two in itertools.pairwise(pictures)]
    square = np.ones((3, 3), dtype=np.uint8)
    found = []
    for level in range(1, STEPS + 1):
        highest = cv2.max(cv2.max(differences[level - 1], differences[level + 1]), differences[level])
        highest = cv2.dilate(highest, square, dst=highest)
        highest = np.maximum(highest, np.float32(LEAST_CONTRAST), out=highest)
        row, column = np.divmod(np.flatnonzero(differences[level] >= highest), width)
        inner = (row >= BORDER) & (row < height - BORDER) & (column >= BORDER) & (column < width - BORDER)
        row, column = row[inner], column[inner]
        same = np.ones_like(row)
        found.append((octave * same, level * same, row, column, differences[level][row, column]))
    return tuple(np.concatenate(parts) for parts in zip(*found, strict=True))


def refined(pyramid: Pyramid, blots: Blots) -> Blots:
    """The blots at their exact place and scale; edges and what has no clear peak are left out."""
    cube = _surroundings(pyramid, blots)
    slope = (
        np.stack(
            [
                cube[1, 1, 2] - cube[1, 1, 0],
                cube[1, 2, 1] - cube[1, 0, 1],
                cube[2, 1, 1] - cube[0, 1, 1],
            ]
        )
        / 2
    )
    middle = cube[1, 1, 1]
    xx = cube[1, 1, 2] + cube[1, 1, 0] - 2 * middle
    yy = cube[1, 2, 1] + cube[1, 0, 1] - 2 * middle
    ss = cube[2, 1, 1] + cube[0, 1, 1] - 2 * middle
    xy = (cube[1, 2, 2] - cube[1, 2, 0] - cube[1, 0, 2] + cube[1, 0, 0]) / 4
    xs = (cube[2, 1, 2] - cube[2, 1, 0] - cube[0, 1, 2] + cube[0, 1, 0]) / 4
    ys = (cube[2, 2, 1] - cube[2, 0, 1] - cube[0, 2, 1] + cube[0, 0, 1]) / 4
    # Cramer's rule for the symmetric 3 x 3 system of each blot.
    minors = yy * ss - ys * ys, xs * ys - xy * ss, xy * ys - xs * yy
    whole = xx * minors[0] + xy * minors[1] + xs * minors[2]
    safe = np.where(np.abs(whole) < 1e-12, 1.0, whole)
    shift = (
        -np.stack(
            [
                minors[0] * slope[0] + minors[1] * slope[1] + minors[2] * slope[2],
                minors[1] * slope[0] + (xx * ss - xs * xs) * slope[1] + (xy * xs - xx * ys) * slope[2],
                minors[2] * slope[0] + (xy * xs - xx * ys) * slope[1] + (xx * yy - xy * xy) * slope[2],
            ]
        )
        / safe
    )
    contrast = np.abs(middle + (slope * shift).sum(axis=0) / 2)
    trace, area = xx + yy, xx * yy - xy * xy
    edge = (GREATEST_EDGE + 1) ** 2 / GREATEST_EDGE
    good = (np.abs(whole) >= 1e-12) & (np.abs(shift) < 1.0).all(axis=0) & (contrast >= LEAST_CONTRAST)
    good &= (area > 0) & (trace * trace < edge * area)
    chosen = np.flatnonzero(good)
    return Blots(
        octave=blots.octave[chosen],
        level=blots.level[chosen],
        x=blots.x[chosen] + shift[0, chosen],
        y=blots.y[chosen] + shift[1, chosen],
        blur=FIRST_BLUR * 2.0 ** ((blots.level[chosen] + shift[2, chosen]) / STEPS),
        contrast=contrast[chosen],
    )


def _surroundings(pyramid: Pyramid, blots: Blots) -> Doubles:
    """The differences around each blot: 3 levels x 3 rows x 3 columns x n, float64."""
    width = pyramid.atlas.shape[1]
    top = pyramid.tops[blots.octave[None, :], blots.level[None, :] + np.arange(-1, 3)[:, None]]
    start = (top + blots.y.astype(np.int64)) * width + blots.x.astype(np.int64)
    steps = np.arange(-1, 2)
    around = (steps[:, None] * width + steps[None, :])[None, :, :, None]
    values = pyramid.atlas.ravel()[start[:, None, None, :] + around].astype(np.float64)
    return np.diff(values, axis=0)
