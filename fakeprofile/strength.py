"""How strongly numbers support "same picture" over "different pictures", and what is said of it.

Provisional until the engine is calibrated on millions of pairs: the likelihood ratios below are
deliberately modest. The limits rest on what was measured here on real photos (README,
"Performance"). Of 8 photos under 50 edits 379 of 400 copies pass; the blocks that tell agree to 0.95
or more in most edits, and what differs in one place takes 0.21 at most. Of 1,080 pairs of different
photos inside one screenshot, chat, meme, frame, code or overlay none passes; of 1,296 pairs of other
photos one did: two plain photos in one broad frame with grain. Seventeen pairs of second photos of
two scenes drift by 0.22 or more; copies of 8 photos under 14 edits by at most 0.14, but for 0.48 at
64 pixels. Bursts from one spot and flat parts of a scene cannot be told from copies by this. The
limits were chosen on the same pool of photos: these are no held-out figures.
"""

from __future__ import annotations

from fakeprofile.records import Alignment, Finding, Overlap, Support, WholeDistance

FEWEST_POINTS = 8
"""Distinct points of an alignment; unrelated photos reach 6."""
FEWEST_BLOCKS = 10
"""Blocks that tell and agree. App interfaces leave up to 7 that are no drawing by chance."""
LEAST_SHARE = 0.88
"""Of the blocks that tell, how many must agree."""
SIMILAR_SHARE = 0.4
LEAST_CORRELATION = 0.8
MOST_DRIFT = 0.22
MOST_SOLID = 0.04
"""Of the blocks that tell, how many may disagree together: something moved, or is another picture."""
MOST_HOLE = 0.16
"""Of the overlap, how much may differ in one place. A sticker over a face takes 0.14 at most, the picture inside a broad
frame 0.22 or more."""
MOST_INSET = 0.04
"""Of the overlap, how much may be another picture in one place."""
LEAST_SPREAD = 0.03
"""Of the whole overlap, how much must be picture that agrees. A thing on white ground has little."""
PART_BLOCKS, PART_SPREAD = 24, 0.15
"""The same where only the best rectangle of the overlap agrees: a tile of a grid, a collage."""
MOST_OUTSIDE = 0.06
"""Of the blocks that agree, how many may lie outside of such a rectangle. A panel ends where it ends; a background
that two moments or two pictures share goes on around what differs."""

COMPLETE_POINTS, COMPLETE_BLOCKS, COMPLETE_CORRELATION, COMPLETE_UNLIKE = 11, 4, 0.95, 0.03
"""Fewer blocks than usual are enough if every one agrees, the points do too, and nearly nothing differs anywhere."""
DRIFTED_BLOCKS = 20
"""Blocks from which a drift is more than noise."""
COMPLETE_SPREAD = 0.1
"""And if they are no sticker or date on two plain pictures: those take a twentieth."""
BLIND_POINTS = 16
"""Distinct points from which pictures without stored pixels are called similar."""

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
    alike = (
        overlap.agreeing >= FEWEST_BLOCKS
        and overlap.correlation >= LEAST_CORRELATION
        and overlap.spread >= LEAST_SPREAD
    )
    if overlap.reach < 1.0:
        # A part was chosen because it agrees: it must be most of the picture, and plainly picture.
        alike = alike and overlap.agreeing >= PART_BLOCKS and overlap.spread >= PART_SPREAD
        alike = alike and overlap.outside <= MOST_OUTSIDE
    if overlap.hole > MOST_HOLE or overlap.inset > MOST_INSET:
        alike = False
    still = overlap.drift <= MOST_DRIFT and overlap.solid <= MOST_SOLID * overlap.blocks
    if (alike and share >= LEAST_SHARE and still) or _is_complete(alignment, overlap):
        return Finding.SAME_PICTURE, support_of(
            min(MOST_LOG10, 3 + 0.05 * points * share + 0.02 * overlap.agreeing)
        )
    # Furniture aligns as well as anything: only pixels that agree make a picture similar.
    if share >= SIMILAR_SHARE and (alike or (points >= 2 * FEWEST_POINTS and overlap.blocks >= 4)):
        return Finding.SIMILAR, support_of(0.5)
    return Finding.DIFFERENT, support_of(0.0)


def has_drifted(overlap: Overlap) -> bool:
    """Whether what agrees lies off its place in many blocks: another moment, or another spot."""
    return overlap.drift > MOST_DRIFT and overlap.agreeing >= DRIFTED_BLOCKS


def _is_complete(alignment: Alignment | None, overlap: Overlap) -> bool:
    """Whether little tells, as of a thing on white ground, and all of it agrees and nothing else differs."""
    return (
        alignment is not None
        and alignment.distinct_points >= COMPLETE_POINTS
        and overlap.agreeing == overlap.blocks >= COMPLETE_BLOCKS
        and overlap.correlation >= COMPLETE_CORRELATION
        and overlap.spread >= COMPLETE_SPREAD
        and overlap.unlike <= COMPLETE_UNLIKE
        and overlap.reach == 1.0
        and overlap.drift <= MOST_DRIFT
    )


def weighed_by_points(alignment: Alignment) -> tuple[Finding, Support]:
    """What is said of two pictures of which one has no stored pixels, only keypoints: never "the same".

    Points cannot tell a picture from furniture: different photos in one chat, frame or under one
    caption reached 237 distinct points all over both pictures.
    """
    if alignment.distinct_points >= BLIND_POINTS:
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
