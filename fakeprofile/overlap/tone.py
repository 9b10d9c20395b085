"""The brightness and contrast of a photo against the known picture's, and where they do not follow from it."""

from __future__ import annotations

import numpy as np

from fakeprofile.overlap.blocks import Found, Grey, Mask

FEWEST = 12
"""Blocks that agree from which a tone is told."""
OFF_TONE = 30.0
"""Steps of brightness (0 to 255) that a block may be off before it differs."""
SAME_TONE = 4.0
"""Steps of brightness by which half of the blocks that agree may be off where nothing was done to the tones."""


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
