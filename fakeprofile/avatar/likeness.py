"""Templates: default avatars that the user has named, and whether a picture is one of them.

The test is strict, so that no photo is taken for a template: the same file, or nearly the same
colours in each of 64 x 64 cells. Measured on 358 photos and drawings: the second picture of a burst
is 49 levels off in its worst cell and two different pictures 56, but for a plain sky and drawings
that are default avatars anyway; a template made smaller down to 110 pixels and saved as JPEG is at
most 22 off (quality 90) or 31 (60). Below 64 pixels only the same file counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fakeprofile.records import Fingerprint, Photo, Pixels

SIDE = 64
CIRCLE = 0.94
"""Of the radius: what apps cut away outside of it does not count."""
WORST, MEAN, CORRELATION = 25.0, 5.0, 0.998
"""Levels of the worst cell's worst channel, of the mean over the cells, and the least correlation of grey."""
FAINTEST = 8.0
"""Standard deviation of grey, in levels, of a template that is recognised by its looks: fog must not be."""
SAME_SHAPE = 1.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A default avatar that the user has named."""

    name: str
    sha256: str
    width: int
    height: int
    phash: str
    pdq: str
    pdq_quality: int
    added_on: str
    thumbnail: Pixels = field(compare=False, repr=False)
    """64 x 64 RGB, whatever the shape of the picture."""


Templates = tuple[Template, ...]
NO_TEMPLATES: Templates = ()


def template_of(photo: Photo, fingerprint: Fingerprint, *, name: str, added_on: str) -> Template:
    """A photo as a template, under a name for messages."""
    whole = fingerprint.whole
    return Template(
        name=name,
        sha256=photo.sha256,
        width=photo.width,
        height=photo.height,
        phash=whole.phash,
        pdq=whole.pdq,
        pdq_quality=whole.pdq_quality,
        added_on=added_on,
        thumbnail=_small(photo.pixels),
    )


def same_file(photo: Photo, templates: Iterable[Template]) -> Template | None:
    """The template of which every byte is equal."""
    return next((one for one in templates if one.sha256 == photo.sha256), None)


def same_looks(photo: Photo, templates: Templates) -> Template | None:
    """The first template that shows the same picture, at another size, cut out round or saved again."""
    if not templates or min(photo.pixels.shape[:2]) < SIDE:
        return None
    small = _small(photo.pixels)
    colour = _middle(small)
    inside = _circle()
    cells = _smooth(small)[inside]
    for one in templates:
        ratio = photo.width * one.height / (photo.height * one.width)
        far = np.abs(colour - _middle(one.thumbnail)).max() > 2 * WORST  # spares most of the comparing
        if max(ratio, 1 / ratio) <= SAME_SHAPE and not far and _agree(cells, _smooth(one.thumbnail)[inside]):
            return one
    return None


def matching(photo: Photo, templates: Templates) -> Template | None:
    """The template that a photo is, by its bytes or its looks."""
    return same_file(photo, templates) or same_looks(photo, templates)


def _small(pixels: Pixels) -> Pixels:
    import cv2

    return np.asarray(cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _middle(small: Pixels) -> NDArray[np.float64]:
    """The mean colour of the square in the middle, which is in every circle."""
    return np.asarray(small[SIDE // 4 : -SIDE // 4, SIDE // 4 : -SIDE // 4].mean(axis=(0, 1)))


def _smooth(small: Pixels) -> NDArray[np.float32]:
    """Each cell with its neighbours: what is off by a part of a pixel is not another picture."""
    import cv2

    return np.asarray(cv2.blur(small.astype(np.float32), (3, 3)), dtype=np.float32)


def _circle() -> NDArray[np.bool_]:
    rows, columns = np.mgrid[:SIDE, :SIDE] - (SIDE - 1) / 2
    inside: NDArray[np.bool_] = rows**2 + columns**2 <= (CIRCLE * SIDE / 2) ** 2
    return inside


def _agree(cells: NDArray[np.float32], template: NDArray[np.float32]) -> bool:
    """Whether n x 3 cells of a photo and of a template show the same."""
    apart = np.abs(cells - template).max(axis=1)
    if apart.max() > WORST or apart.mean() > MEAN:
        return False
    here, there = cells.mean(axis=1), template.mean(axis=1)
    if there.std() < FAINTEST or here.std() < FAINTEST:
        return False
    return bool(np.corrcoef(here, there)[0, 1] >= CORRELATION)
