"""How strongly numbers support "same picture" over "different pictures", and what is said of it.

Provisional until the engine is calibrated on millions of pairs: the likelihood ratios below are
deliberately modest, and grow with what was measured here on 30 photos under 34 edits: of true
copies the worst had 21 distinct points and 0.56 of its blocks agreeing, with a drift of at most
0.04. Different pictures that share an app's interface, a caption or stickers reached 70 points
but at most 0.35 of the blocks; second photos of one scene (a stereo pair, three bursts) reached
0.98 of the blocks, but drift by 0.06 or more.
"""

from __future__ import annotations

from fakeprofile.records import Alignment, Finding, Overlap, Support, WholeDistance

FEWEST_POINTS = 8
"""Distinct points of an alignment; unrelated photos reach 6."""
FEWEST_BLOCKS = 8
LEAST_SHARE = 0.5
"""Of the textured blocks, how many must agree."""
SIMILAR_SHARE = 0.4
LEAST_CORRELATION = 0.85
MOST_DRIFT = 0.045
LEAST_SPREAD = 0.1
"""Of the whole overlap, how much must be texture that agrees."""
LEAST_WHOLE_SHARE = 0.8
"""The same share where no keypoints speak, only whole-picture hashes."""

BLIND_POINTS = 60
BLIND_COVERAGE = 0.6
"""Without a thumbnail there are no pixels to compare: then many points must lie everywhere."""

PDQ_BITS = 31
"""ThreatExchange's own limit for a confident match."""
PHASH_BITS = 6
"""imagehash users take 10; of 35 pairs of different moments, 8 were under that (``facts/matching.md``)."""
SIMILAR_PDQ_BITS = 50
SIMILAR_PHASH_BITS = 10

MOST_LOG10 = 9.0
"""No number from pixels is believed beyond this: somebody may have made a mistake elsewhere."""
SAME_FILE_LOG10 = 12.0

WORDS = (
    (6.0, "extremely strong"),
    (4.0, "very strong"),
    (3.0, "strong"),
    (2.0, "moderately strong"),
    (1.0, "moderate"),
    (0.0, "weak"),
)
"""ENFSI guideline for evaluative reporting (2015): lower bound of log10 of the likelihood ratio."""


def words_of(log10_lr: float) -> str:
    """The strength in words on the ENFSI scale, in English."""
    return next((words for bound, words in WORDS if log10_lr >= bound and log10_lr > 0), "no")


def support_of(log10_lr: float) -> Support:
    """A strength with its words."""
    return Support(log10_lr=round(log10_lr, 1), words=words_of(log10_lr))


def same_file() -> tuple[Finding, Support]:
    """What is said when every byte is the same."""
    return Finding.SAME_FILE, support_of(SAME_FILE_LOG10)


def weighed_by_pixels(alignment: Alignment | None, overlap: Overlap) -> tuple[Finding, Support]:
    """What is said of two pictures that were laid over each other.

    Args:
        alignment: from keypoints; None if the whole-picture hashes alone suggested the transform.
        overlap: how the pixels agree under it.
    """
    share = overlap.agreeing / overlap.blocks if overlap.blocks else 0.0
    points = alignment.distinct_points if alignment else 0
    enough = LEAST_SHARE if points >= FEWEST_POINTS else LEAST_WHOLE_SHARE
    held = (
        overlap.blocks >= FEWEST_BLOCKS
        and share >= enough
        and overlap.correlation >= LEAST_CORRELATION
        and overlap.spread >= LEAST_SPREAD
    )
    if held and overlap.drift <= MOST_DRIFT:
        return Finding.SAME_PICTURE, support_of(
            min(MOST_LOG10, 3 + 0.05 * points * share + 0.02 * overlap.agreeing)
        )
    # Furniture aligns as well as anything: only pixels that agree make a picture similar.
    if held or (
        points >= 2 * FEWEST_POINTS and share >= SIMILAR_SHARE and overlap.blocks >= 2 * FEWEST_BLOCKS
    ):
        return Finding.SIMILAR, support_of(0.5)
    return Finding.DIFFERENT, support_of(0.0)


def weighed_by_points(alignment: Alignment) -> tuple[Finding, Support]:
    """What is said of two pictures of which one has no stored pixels, only keypoints."""
    points = alignment.distinct_points
    if points >= BLIND_POINTS and alignment.coverage >= BLIND_COVERAGE:
        return Finding.SAME_PICTURE, support_of(min(MOST_LOG10, 2 + 0.02 * points))
    if points >= 2 * FEWEST_POINTS:
        return Finding.SIMILAR, support_of(0.5)
    return Finding.DIFFERENT, support_of(0.0)


def weighed_by_hashes(distance: WholeDistance, checkable: bool) -> tuple[Finding, Support]:
    """What is said of a photo and a hash that came without its picture.

    Args:
        distance: bits between their whole-picture hashes.
        checkable: whether the photo has enough in it for such a hash to mean something.
    """
    pdq, phash = distance.pdq, distance.phash
    if checkable and pdq is not None and pdq <= PDQ_BITS:
        return Finding.SAME_PICTURE, support_of(3 + 0.1 * (PDQ_BITS - pdq))
    if checkable and pdq is None and phash is not None and phash <= PHASH_BITS:
        return Finding.SAME_PICTURE, support_of(2 + 0.2 * (PHASH_BITS - phash))
    near = (pdq is not None and pdq <= SIMILAR_PDQ_BITS) or (
        phash is not None and phash <= SIMILAR_PHASH_BITS
    )
    return (Finding.SIMILAR, support_of(0.5)) if near and checkable else (Finding.DIFFERENT, support_of(0.0))
