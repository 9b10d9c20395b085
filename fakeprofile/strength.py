"""How strongly numbers support "same picture" over "different pictures", and what is said of it.

Two things must hold before two pictures are called the same. The *limits* below: each of them is one way in which
look-alikes give themselves away (another picture in the same furniture, something that moved, a ground that goes on),
and each rests on what was measured on real photos (README, "Performance"). And a *score* of all numbers together must
reach a bar: it is read in the table of ``calibration``, where it is known how often unrelated pictures and look-alikes
reach it. The bar rises with the number of pairs in one search, so that a larger library has no more false matches.

Where the line to another moment is drawn: the places of blocks are known to a fraction of a pixel, and in a copy no
more than ``MOST_DRIFT`` of them are off. Where a camera stands still, a thing that is gone here and has come there tells
two moments apart (``overlap/movement.py``). Two photos of one moment with less parallax than a fifth of a pixel of a
384-pixel frame, in which nothing moves, cannot be told from copies.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from fakeprofile.calibration import calibration
from fakeprofile.records import Alignment, Finding, Overlap, Support, WholeDistance

FEWEST_POINTS = 8
"""Distinct points of an alignment; unrelated photos reach 6."""
FEWEST_BLOCKS = 10
"""Blocks that tell and agree. App interfaces leave up to 7 that are no drawing by chance."""
PINNED_POINTS, PINNED_BLOCKS = 10, 60
"""Distinct points of an alignment that keypoints found, or else the blocks that must agree."""
LEAST_SHARE, USUAL_SHARE, MANY_PLACES, UNDER_MARKS = 0.8, 0.9, 250, 0.95
"""Of the blocks that tell, how many must agree: a watermark all over leaves 0.81 or more. But then what agrees does so no
better than the last number, or so many places are known; else it is the second one, as where somebody moved the rest
agrees well. The score asks for more where little else speaks for it."""
SIMILAR_SHARE = 0.4
LEAST_CORRELATION = 0.8
MOST_DRIFT = 0.1
"""Of the places that are well known, how many may be off. In 380 copies of 10 photos under 38 edits it is 0.09 at most,
but for one with 19 places; in 12 pairs of real second photos 0.35 or more, in a real stereo pair 0.12 or more."""
USUAL_DRIFT, DRIFT_ERRORS = 0.025, 2.5
"""The same where there are many places: so many are off in copies, and so many standard errors more. Of 2,531 looks at
copies none is off by more, two by more than two standard errors."""
SOME_DRIFT, SOME_UNLIKE, MOST_MOVED = 0.015, 0.02, 0.06
"""Where some places are off and some blocks differ too, how much both may be together: somebody moved, and so did the
camera. What lies over a copy differs and moves nothing: of 977 copies none is lost by it."""
FEW_BLOCKS, NEARLY_ALL, MUCH_UNLIKE = 40, 0.95, 0.1
"""Where few blocks tell, some of those disagree and a tenth of all differs in texture or brightness, a thing has moved that
leaves no block of its own behind: so in three drawn frames of videos that passed before, and in none of 977 copies."""
FEWEST_PLACES = 12
"""With fewer nothing is known of a drift, and nothing is proven."""
MOST_SOLID = 0.04
"""Of the blocks that tell, how many may disagree together: something moved, or is another picture."""
MOST_HOLE = 0.16
"""Of the overlap, how much may differ in one place. A sticker over a face takes 0.14 at most, the picture inside a broad
frame 0.22 or more."""
MOST_INSET = 0.03
"""Of the overlap, how much may be another picture in one place; in 2,531 looks at copies it is 0.029 at most."""
LEAST_SPREAD = 0.03
"""Of the whole overlap, how much must be picture that agrees. A thing on white ground has little."""
PART_BLOCKS, PART_SPREAD = 16, 0.15
"""The same where only the best rectangle of the overlap agrees: a tile of a grid, a collage."""
MOST_OUTSIDE = 0.07
"""Of the blocks that agree, how many may lie outside of such a rectangle: in 342 proven parts 0.06 at most. A panel ends
where it ends; a background that two moments or two pictures share goes on around what differs."""

COMPLETE_POINTS, COMPLETE_BLOCKS, COMPLETE_CORRELATION, COMPLETE_UNLIKE = 11, 4, 0.95, 0.03
"""Fewer blocks than usual are enough if every one agrees, the points do too, and nearly nothing differs anywhere."""
DRIFTED_PLACES = 16
"""Places from which a drift is more than noise."""
COMPLETE_SPREAD = 0.1
"""And if they are no sticker or date on two plain pictures: those take a twentieth."""
PINNED_SPREAD, PINNED_DOWN = 0.06, (8, 40, 48)
"""Half of it is enough if so many blocks, points and places say the same: a house before a plain sky."""
REST_BLOCKS, REST_SHARE, REST_PLACES, REST_DRIFT, REST_UNLIKE, REST_HOLE = 40, 0.97, 100, 0.01, 0.5, 0.16
"""At rest: so many places are known and hardly one is off, and where both are picture they agree. What differs is then
something that lies over one of them, such as stickers, letters or the shape of a frame, unless so much of it stands in one
place (what is picture in both counts twice more). None of 1,263,390 unrelated pairs and 1,481 look-alikes is at rest; of
4,201 looks at copies that are, 100 were only similar. With 0.9 instead of 0.97 it would be three times as many, and drawn
bursts in small tiles would pass."""
REST_SCORE = 3.0
"""What that counts at least: more than any library asks for."""
SETTLED_PLACES, SETTLED_DRIFT, SETTLED_SHARE = 96, 0.01, 0.9
"""Places after which it is settled that a picture is the same: so many, hardly one of them off, and so much of it agrees."""
BLIND_POINTS = 16
"""Distinct points from which pictures without stored pixels are called similar."""

LEAST_SUPPORT = 1.0
"""Logarithm of the likelihood ratio, against look-alikes too, below which nothing is called the same picture."""
FALSE_MATCHES = 1e-6
"""How many searches of a library for an unrelated picture may end with a false match, unless a user says otherwise."""

PDQ_BITS = 31
"""ThreatExchange's own limit for a confident match."""
PHASH_BITS = 6
"""imagehash users take 10; of 35 pairs of different moments, 8 were under that (``facts/matching.md``)."""
SIMILAR_PDQ_BITS = 50
SIMILAR_PHASH_BITS = 10

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

NUMBERS = (
    "points", "coverage", "by_hashes", "blocks", "agreeing", "correlation", "spread", "hole", "inset", "unlike", "solid",
    "reach", "outside", "drift", "places",
)  # fmt: skip
"""The numbers that a pair of pictures is judged by, in order."""


def numbers_of(alignment: Alignment | None, overlap: Overlap) -> tuple[float, ...]:
    """The ``NUMBERS`` of two pictures that were laid over each other."""
    return (
        alignment.distinct_points if alignment else 0.0,
        alignment.coverage if alignment else 0.0,
        float(alignment is None or alignment.candidates == 0),
        overlap.blocks, overlap.agreeing, overlap.correlation, overlap.spread, overlap.hole, overlap.inset, overlap.unlike,
        overlap.solid, overlap.reach, overlap.outside, overlap.drift, overlap.places,
    )  # fmt: skip


AGAINST = ("disagreeing", "uncorrelated", "hole", "inset", "unlike", "solid", "outside", "apart", "drift")
FOR = ("places", "blocks", "points", "spread")
TERMS = (*AGAINST, *FOR)
"""What speaks against two pictures being one, and what for it; in order."""
BLOCK_CHANCE = 0.4
"""How often blocks of different pictures that were laid over each other agree."""


def terms_of(numbers: Mapping[str, float], place_chance: float) -> tuple[float, ...]:
    """How much of each of ``TERMS`` there is, by the ``NUMBERS`` of two pictures: never less than 0."""
    blocks, places = max(1.0, numbers["blocks"]), numbers["places"]
    return (
        1 - numbers["agreeing"] / blocks,
        1 - numbers["correlation"],
        numbers["hole"],
        math.sqrt(numbers["inset"]),
        numbers["unlike"],
        math.sqrt(numbers["solid"] / blocks),
        numbers["outside"],
        1 - numbers["reach"],
        numbers["drift"],
        math.log1p(surprise(places * (1 - numbers["drift"]), places, place_chance)),
        math.log1p(surprise(numbers["agreeing"], numbers["blocks"], BLOCK_CHANCE)),
        math.log1p(numbers["points"]),
        numbers["spread"],
    )


def tells_enough(numbers: Mapping[str, float]) -> bool:
    """Whether the ``NUMBERS`` of two pictures are enough to be weighed: a few blocks agree between any two."""
    return numbers["agreeing"] >= COMPLETE_BLOCKS and numbers["places"] >= FEWEST_PLACES


def surprise(happened: float, tried: float, chance: float) -> float:
    """How unlikely it is that by chance so many of all tries go well, in nats: a bound of Chernoff's; 0 if not at all.

    The number of tries times the Kullback-Leibler divergence of the share from the chance.
    """
    share = happened / tried if tried else 0.0
    if share <= chance:
        return 0.0
    missed = (1 - share) * math.log((1 - share) / (1 - chance)) if share < 1 else 0.0
    return tried * (share * math.log(share / chance) + missed)


def words_of(log10_lr: float) -> str:
    """The strength in words on the ENFSI scale, in English."""
    return next((words for bound, words in WORDS if log10_lr >= bound and log10_lr > 0), "no")


def support_of(log10_lr: float) -> Support:
    """A strength with its words."""
    return Support(log10_lr=round(log10_lr, 1), words=words_of(log10_lr))


def same_file() -> tuple[Finding, Support]:
    """What is said when every byte is the same."""
    return Finding.SAME_FILE, support_of(SAME_FILE_LOG10)


def score_of(alignment: Alignment | None, overlap: Overlap) -> float:
    """How like one picture two are, as one number without a unit; what it is worth is in the calibration.

    Less than any number if there is too little to be weighed.
    """
    table = calibration()
    numbers = dict(zip(NUMBERS, numbers_of(alignment, overlap), strict=True))
    if not tells_enough(numbers):
        return -math.inf
    terms = dict(zip(TERMS, terms_of(numbers, table.place_chance), strict=True))
    return sum(weight * terms.get(name, 1.0) for name, weight in table.weights)


def bar_of(pairs: int, false_matches: float) -> float:
    """The score from which two pictures are the same, where so many pairs are compared in one search.

    Args:
        pairs: of a picture that is asked about and a known one.
        false_matches: how many searches of unrelated pictures may end with one, 1.0 for each of them.
    """
    tail = calibration().tail
    return tail.reached(min(false_matches / max(1, pairs), tail.share))


def weighed_by_pixels(
    alignment: Alignment | None, overlap: Overlap, bar: float | None = None
) -> tuple[Finding, Support]:
    """What is said of two pictures that were laid over each other.

    Args:
        alignment: from keypoints; None if the whole-picture hashes alone suggested the transform.
        overlap: how the pixels agree under it.
        bar: the score that is asked for, from ``bar_of``; that of a single pair if not given.
    """
    score = max(score_of(alignment, overlap), REST_SCORE if is_at_rest(overlap) else -math.inf)
    log10_lr = calibration().ratios.at(score)
    reached = score >= (bar_of(1, FALSE_MATCHES) if bar is None else bar) and log10_lr >= LEAST_SUPPORT
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
    moved = overlap.moved or _has_moved(overlap, share) or _has_changed(overlap, share)
    still = _is_still(overlap) and not moved and overlap.solid <= MOST_SOLID * overlap.blocks
    # Chance finds a transform under which a strip of two pictures agrees: few points ask for much picture.
    pinned = alignment is None or not alignment.candidates or points >= PINNED_POINTS
    alike = alike and (pinned or overlap.agreeing >= PINNED_BLOCKS)
    marked = overlap.places >= MANY_PLACES or overlap.correlation <= UNDER_MARKS
    enough = share >= (LEAST_SHARE if marked else USUAL_SHARE)
    proven = (alike and enough and still) or _is_complete(alignment, overlap)
    if proven and reached:
        return Finding.SAME_PICTURE, support_of(log10_lr)
    # Furniture aligns as well as anything: only pixels that agree make a picture similar.
    if share >= SIMILAR_SHARE and (proven or alike or (points >= 2 * FEWEST_POINTS and overlap.blocks >= 4)):
        return Finding.SIMILAR, support_of(0.5)
    return Finding.DIFFERENT, support_of(0.0)


def has_drifted(overlap: Overlap) -> bool:
    """Whether what agrees lies off its place in many blocks: another moment, or another spot."""
    return overlap.drift > MOST_DRIFT and overlap.places >= DRIFTED_PLACES


def is_off(overlap: Overlap) -> bool:
    """Whether more of what agrees lies off its place than in a copy, among many places."""
    return not _is_still(overlap) and overlap.places >= SETTLED_PLACES


def goes_on_around(overlap: Overlap) -> bool:
    """Whether what agrees goes on around what differs: a background that two moments share."""
    return overlap.reach < 1.0 and overlap.outside > MOST_OUTSIDE and overlap.agreeing >= PART_BLOCKS


def is_at_rest(overlap: Overlap) -> bool:
    """Whether so much lies in its place, and so little disagrees, that what differs lies over the picture."""
    return (
        overlap.places >= REST_PLACES
        and overlap.drift <= REST_DRIFT
        and overlap.agreeing >= max(REST_BLOCKS, REST_SHARE * overlap.blocks)
        and overlap.unlike <= REST_UNLIKE
        and overlap.hole + 2 * overlap.inset <= REST_HOLE
        and overlap.reach == 1.0
    )


def is_settled(overlap: Overlap) -> bool:
    """Whether so much of it agrees and lies in its place that a look at another part would hardly say otherwise."""
    at_rest = overlap.places >= SETTLED_PLACES and overlap.drift <= SETTLED_DRIFT
    return at_rest and overlap.agreeing >= SETTLED_SHARE * overlap.blocks


def shows_another(overlap: Overlap) -> bool:
    """Whether much agrees, and something in one place is plainly something else."""
    return overlap.agreeing >= PART_BLOCKS and (overlap.hole > MOST_HOLE or overlap.inset > MOST_INSET)


def _is_still(overlap: Overlap) -> bool:
    """Whether what agrees is in its place, as far as that is known."""
    places = max(1, overlap.places)
    by_chance = USUAL_DRIFT + DRIFT_ERRORS * math.sqrt(USUAL_DRIFT * (1 - USUAL_DRIFT) / places)
    return overlap.drift <= min(MOST_DRIFT, by_chance) and overlap.places >= FEWEST_PLACES


def _has_moved(overlap: Overlap, share: float) -> bool:
    """Whether things differ and others lie off their place, neither of which would be enough alone."""
    unlike = 1 - share
    return overlap.drift >= SOME_DRIFT and unlike >= SOME_UNLIKE and unlike + overlap.drift > MOST_MOVED


def _has_changed(overlap: Overlap, share: float) -> bool:
    """Whether of the little that tells some disagrees, and much else differs."""
    return overlap.blocks < FEW_BLOCKS and share < NEARLY_ALL and overlap.unlike > MUCH_UNLIKE


def _is_complete(alignment: Alignment | None, overlap: Overlap) -> bool:
    """Whether little tells, as of a thing on white ground, and all of it agrees and nothing else differs."""
    return (
        alignment is not None
        and alignment.distinct_points >= COMPLETE_POINTS
        and overlap.agreeing == overlap.blocks >= COMPLETE_BLOCKS
        and overlap.correlation >= COMPLETE_CORRELATION
        and overlap.spread >= (PINNED_SPREAD if _is_pinned_down(alignment, overlap) else COMPLETE_SPREAD)
        and overlap.unlike <= COMPLETE_UNLIKE
        and overlap.reach == 1.0
        and _is_still(overlap)
        and not overlap.moved
    )


def _is_pinned_down(alignment: Alignment, overlap: Overlap) -> bool:
    blocks, points, places = PINNED_DOWN
    return overlap.agreeing >= blocks and alignment.distinct_points >= points and overlap.places >= places


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
        return Finding.SAME_PICTURE, support_of(calibration().pdq_ratios.at(pdq))
    if checkable and pdq is None and phash is not None and phash <= PHASH_BITS:
        return Finding.SAME_PICTURE, support_of(calibration().phash_ratios.at(phash))
    near = (pdq is not None and pdq <= SIMILAR_PDQ_BITS) or (
        phash is not None and phash <= SIMILAR_PHASH_BITS
    )
    return (Finding.SIMILAR, support_of(0.5)) if near and checkable else (Finding.DIFFERENT, support_of(0.0))
