"""The brightness and contrast of a photo against the known picture's, and where they do not follow from it."""

from __future__ import annotations

import math

import numpy as np

from fakeprofile.overlap.blocks import Found, Grey, Grid, Mask

FEWEST = 12
"""Blocks that agree from which a tone is told."""
OFF_TONE = 30.0
"""Steps of brightness (0 to 255) that a block may be off before it differs."""
SAME_TONE = 4.0
"""Steps of brightness by which half of the blocks that agree may be off where nothing was done to the tones."""
NOISE = 1.8
"""Times what usually lies between the blocks that agree, up to which a block differs by no more than they do."""
MOST_NOISE = 24.0
"""Standard deviation of the strongest noise, for a blur of nothing: 17.5 was seen after one of 0.7 pixels and 9.3 after
one of 2. What lies between the letters of one caption over two pictures is 53 and 20."""
AROUND, IS_THERE = 5, 0.5
"""Blocks each way that are taken together where each alone is drowned, and how much of the known picture they must show."""
SURELY = 0.4
"""Of the blocks with texture, how many must agree before the others can be drowned: below a caption that two pictures
share, it is a fifth of them."""


def toned(known: Grey, found: Found, sure: Mask) -> Grey:
    """The known picture with the brightness and contrast that its blocks have in the photo."""
    if sure.sum() < FEWEST:
        return known
    gain, offset = np.polyfit(found.known_means[sure], found.query_means[sure], 1)
    return np.asarray(gain * known + offset, dtype=np.float32)


def off_tone(found: Found, same: Mask) -> Mask:
    """Blocks whose brightness does not follow from the known picture's as it does where they agree."""
    if same.sum() < FEWEST:
        return np.zeros_like(same)
    known, query = found.known_means[same], found.query_means[same]
    gain, offset = np.polyfit(known, query, 1)
    off = np.abs(found.query_means - gain * found.known_means - offset)
    usual = 4 * float(np.median(off[same]))
    # Filters bend and clip tones that occur in no block that agrees: those cannot be foreseen.
    foreseen = (found.known_means >= known.min() - OFF_TONE) & (found.known_means <= known.max() + OFF_TONE)
    far: Mask = foreseen & (off > max(OFF_TONE, usual))
    if np.median(np.abs(query - known)) <= SAME_TONE:
        # Nothing was done to the tones, so none of them is another.
        far |= np.abs(found.query_means - found.known_means) > OFF_TONE
    return far


def within_noise(grid: Grid, known: Grey, query: Grey, found: Found, sure: Mask, blur: float) -> Mask:
    """Blocks in which the photo is what the known picture is, give or take the noise that lies over all of it.

    Noise drowns what has little contrast: such a block does not agree, and differs by nothing but what differs where
    they agree. Brightness is compared and not only its pattern, and together such blocks must show the known picture.

    Args:
        grid: where the blocks stand.
        known: brightness of the known picture as it would be in the photo, height x width float32, 0 to 255.
        query: the photo as it lies over it, as sharp.
        found: what became of the blocks.
        sure: rows x columns: blocks that agree.
        blur: that both pictures are under, in pixels of the frame.
    """
    if sure.sum() < max(FEWEST, SURELY * found.textured.sum()):
        return np.zeros_like(sure)
    apart = grid.means(grid.cut((known - query) ** 2))
    noise = float(np.median(apart[sure]))
    if noise > (MOST_NOISE / math.hypot(1.0, blur)) ** 2:
        return np.zeros_like(sure)
    within: Mask = apart <= NOISE * noise
    return within & (~found.textured | _is_there(grid, known, query, within & found.textured & ~sure))


def _is_there(grid: Grid, known: Grey, query: Grey, drowned: Mask) -> Mask:
    """Blocks around which the known picture is there under the noise, if all that are drowned are taken together.

    As the slope of a straight line through the brightness of the photo over that of the known picture: 1 in a copy,
    0 in another picture, however faint both are.
    """
    import cv2

    ours, theirs = grid.cut(known), grid.cut(query)
    our_mean = grid.means(ours)
    both = grid.means(ours * theirs) - our_mean * grid.means(theirs)
    variance = grid.means(ours * ours) - our_mean**2
    pooled, contrast = (
        np.asarray(cv2.boxFilter(one * drowned, cv2.CV_32F, (AROUND, AROUND), borderType=cv2.BORDER_CONSTANT))
        for one in (both, variance)
    )
    there: Mask = pooled >= IS_THERE * contrast
    return there
