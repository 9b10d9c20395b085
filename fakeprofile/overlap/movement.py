"""Things that moved between two moments, where all around them lies still.

A camera on a tripod leaves two photos that agree everywhere but for a few people who walk through them: too little for
the blocks to speak against. But what lies over a copy is only ever added, and a thing that moved is also gone from where
it was. So each place that differs is asked two questions. Does something stand out there in the known picture, of which
the photo shows only the ground, while elsewhere it is the other way round? And does what one of the two shows there stand
elsewhere in the other, where that one does not show it?

In 4,434 looks at copies, under 113 edits and those of ``fakeprofile bench recall``, this says yes of none; in 81 looks at
two moments of one yard with people in it, of 67, the others from afar or as small tiles.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.overlap.blocks import Grey, Mask
from fakeprofile.records import Pixels

Floats = NDArray[np.float64]
Part = tuple[slice, slice]
Step = tuple[int, int]

EDGE = 4
"""Pixels of the frame at the edge of what both show that are not looked at: a transform that is a little off brings in
what is beside it."""
LEAST_SEEN = 200
"""Pixels that tell what differences are usual."""
FAR, LEAST_APART = 4.0, 14.0
"""Times the difference that is usual where the picture has such edges, and steps of brightness, from which a place has
changed."""
LEAST_AREA, THINNEST, MOST_CHANGES = 40, 5, 12
"""Pixels of a change, and of its shorter side, to be a thing; and how many of them, the largest, are looked at."""
AROUND = 6
"""Pixels around a change that tell what its ground looks like."""
STANDS_OUT, IS_GROUND, SHARPER = 25.0, 12.0, 1.5
"""Steps of brightness by which a thing differs from the ground around it, and the ground from itself; and how much
stronger the edges at its outline are than where there is only ground."""
THICK, DRAWN = 3.0, 0.4
"""Pixels from the outline of a thing to its middle; and how many of its pixels have one colour if it was drawn: letters
and stickers do, 0.42 and more."""
ALL_DRAWN, WHITE, PAPER = 0.5, 225, 0.1
"""The same of what stands elsewhere, in both pictures; and how many pixels are white, by the darkest of their colours, in
letters on a picture: in 50 things that moved 0.02 at most, in letters 0.08 to 0.4."""
AS_LARGE = 9.0
"""How much larger a thing that has come may be than one that is gone, if both are brighter than their ground or both are
darker: people and cars are, two stickers by chance."""
COLOUR_STEP = 12
"""Steps of each colour (0 to 255) within which colours are one."""
PATCH, PATCHES, AGREEING, PATCH_ALIKE, CORNER = 13, 8, 3, 0.92, 4.0
"""Pixels of the side of a patch of a thing, how many of them are looked for, how many must have gone the same way, how
like itself each must be, and how steep across its edges."""
REACH = 28
"""How many pixels of the frame around its place a thing is looked for."""
NEAREST = 1.5
"""Pixels from which on it stands elsewhere."""
ALIKE, MORE_ALIKE, CHANGED = 0.85, 0.3, 0.3
"""Correlation of a thing with itself elsewhere; how much more that is than at its old place, and than what its own
picture shows at the new one; and how much of the new place has changed."""
STILL, STILLER, FEWEST_AROUND = 0.95, 0.5, 100
"""Correlation of what is around a thing with itself, how much less than where the thing went it must lack of 1, and
among how many pixels. Around what a lens bent it is 0.94 at most, or the ground goes with it."""
CLOSE = 6.0
"""Steps of brightness by which what is around a thing may be off if there is little in it that correlates, such as tar."""
STILL_THERE, FEWEST_IN_RING = 0.5, 8
"""Correlation of the two where something is gone: it is only darker, or under a veil, if there is more; and pixels that
tell what the ground looks like."""
ROUNDED, NORMAL = 0.7, 1.48
"""The least that lies between two pictures, in steps of brightness; and the standard deviation of what is normally
distributed for a median of 1."""
ROUNDS, THINNED, BINS = 5, 4, 12
"""Rounds in which the tone is fitted, every how many pixels each way tell it, and classes of edges whose usual
difference is told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two pictures that lie over each other, height x width."""

    known: Grey
    """With the tone of the photo."""
    query: Grey
    colours: tuple[Pixels, Pixels]
    """Of both, RGB."""
    edges: tuple[Grey, Grey]
    """How steep each of them is, in steps of brightness a pixel."""
    changed: Mask
    widened: Mask
    """The same and a pixel around it."""
    seen: Mask
    deep: Mask
    """Seen, and not at the edge of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A place where two pictures differ."""

    part: Part
    """The rows and columns around it."""
    mask: Mask
    """Which of their pixels it is."""


def has_movement(known: Grey, query: Grey, colours: tuple[Pixels, Pixels], seen: Mask) -> bool:
    """Whether something stands in one of two pictures, and elsewhere in the other.

    Args:
        known: brightness of the known picture, height x width float32, 0 to 255.
        query: the same of the photo as it lies over it, as sharp.
        colours: both, height x width x 3, RGB, uint8.
        seen: height x width: where both show something.
    """
    pair = _compared(known, query, colours, seen)
    if pair is None:
        return False
    changes = _changes(pair.changed)
    inside = [change for change in changes if pair.deep[change.part][change.mask].all()]
    on_ground = [change for change in inside if _is_on_still_ground(pair, change)]
    gone = [_size_of(0, pair, change) for change in on_ground if _stands_only_in(0, pair, change)]
    come = [_size_of(1, pair, change) for change in on_ground if _stands_only_in(1, pair, change)]
    alike = any(1 / AS_LARGE <= one / other <= AS_LARGE for one in gone for other in come)
    return alike or any(_stands_elsewhere(pair, change) for change in inside)


# --- steps --------------------------------------------------------------------------------


def _compared(known: Grey, query: Grey, colours: tuple[Pixels, Pixels], seen: Mask) -> _Pair | None:
    """Where two pictures differ by more than is usual where they have such edges; None if too little is seen."""
    import cv2

    side = 2 * EDGE + 1
    kernel = np.ones((side, side), np.uint8)
    inside = np.asarray(cv2.erode(seen.astype(np.uint8), kernel, borderValue=(0,))) > 0
    thinned = np.zeros_like(inside)
    thinned[::THINNED, ::THINNED] = inside[::THINNED, ::THINNED]
    if thinned.sum() < LEAST_SEEN:
        return None
    known = _toned(known, query, thinned)
    edges = _steepness(known), _steepness(query)
    shared = np.asarray(cv2.dilate(np.minimum(*edges), np.ones((3, 3), np.uint8)))
    apart = query - known
    usual = _usual(np.asarray(shared, np.float32), np.abs(apart), thinned)
    differs, expected = (np.sqrt(cv2.boxFilter(one * one, -1, (3, 3))) for one in (apart, usual))
    changed = (differs > np.maximum(FAR * expected, LEAST_APART)) & inside
    closed = cv2.morphologyEx(changed.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    return _Pair(
        known=known,
        query=query,
        colours=colours,
        edges=edges,
        changed=np.asarray(closed) > 0,
        widened=np.asarray(cv2.dilate(closed, np.ones((3, 3), np.uint8))) > 0,
        seen=inside,
        deep=np.asarray(cv2.erode(inside.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=(0,))) > 0,
    )


def _toned(known: Grey, query: Grey, where: Mask) -> Grey:
    """The known picture with the brightness and contrast that it has in the photo, robustly."""
    ours, theirs = known[where].astype(np.float64), query[where].astype(np.float64)
    weights = np.ones_like(ours)
    for _ in range(ROUNDS):
        our_mean, their_mean = np.average(ours, weights=weights), np.average(theirs, weights=weights)
        spread = weights * (ours - our_mean)
        gain = float(spread @ (theirs - their_mean)) / max(1e-6, float(spread @ (ours - our_mean)))
        offset = their_mean - gain * our_mean
        off = np.abs(theirs - gain * ours - offset)
        weights = 1 / (1 + (off / max(2.0, float(np.median(off)))) ** 2)
    return np.asarray(gain * known + offset, dtype=np.float32)


def _steepness(grey: Grey) -> Grey:
    import cv2

    right, down = (cv2.Sobel(grey, cv2.CV_32F, *which, ksize=3, scale=1 / 8) for which in ((1, 0), (0, 1)))
    return np.asarray(cv2.magnitude(right, down), dtype=np.float32)


def _usual(edges: Grey, apart: Grey, where: Mask) -> Grey:
    """The standard deviation of what lies between two pictures at each pixel: more where there are edges.

    A straight line through the medians of what differs, over those of how steep the pictures are.
    """
    steep, off = edges[where], apart[where]
    classes = np.array_split(np.argsort(steep, kind="stable"), BINS)
    at = np.array([np.median(steep[one]) for one in classes])
    medians = np.array([np.median(off[one]) for one in classes])
    slope, flat = np.polyfit(at, medians, 1) if np.ptp(at) > 0 else (0.0, float(np.median(off)))
    least = max(float(flat), float(medians[0]) / 2, ROUNDED)
    return np.asarray(NORMAL * (least + max(0.0, float(slope)) * edges), dtype=np.float32)


def _changes(changed: Mask) -> list[_Change]:
    """The largest things that differ, largest first."""
    import cv2

    count, labels, stats, _ = cv2.connectedComponentsWithStats(changed.astype(np.uint8), connectivity=8)
    order = sorted(range(1, count), key=lambda at: -int(stats[at, cv2.CC_STAT_AREA]))
    found = []
    for at in order[:MOST_CHANGES]:
        left, top, width, height, area = (int(number) for number in stats[at])
        if area < LEAST_AREA:
            break
        rows = slice(max(0, top - AROUND), min(changed.shape[0], top + height + AROUND))
        columns = slice(max(0, left - AROUND), min(changed.shape[1], left + width + AROUND))
        found.append(_Change(part=(rows, columns), mask=labels[rows, columns] == at))
    return found


def _is_on_still_ground(pair: _Pair, change: _Change) -> bool:
    """Whether all around a place is there in both."""
    ours, theirs = _around(pair, change, (0, 0))
    return _correlation(ours, theirs) >= STILL or _is_close(ours, theirs)


def _size_of(which: int, pair: _Pair, change: _Change) -> float:
    """The pixels of what stands in a place of one of the pictures; negative if it is darker than its ground."""
    grey, part = (pair.known, pair.query)[which], change.part
    ground = grey[part][~change.mask & pair.seen[part]]
    darker = float(np.median(grey[part][change.mask])) < float(np.median(ground))
    return float(change.mask.sum()) * (-1 if darker else 1)


def _is_close(ours: Grey, theirs: Grey) -> bool:
    """Whether two lists of brightness are the same but for noise."""
    return len(ours) > 0 and math.sqrt(float(((ours - theirs) ** 2).mean())) <= CLOSE


def _around(pair: _Pair, change: _Change, step: tuple[int, int]) -> tuple[Grey, Grey]:
    """The known picture around a place, and the photo so many pixels down and aside of there, where neither has changed.

    Two lists of the same length; empty if there is too little.
    """
    (top, bottom), (left, right) = ((side.start - AROUND, side.stop + AROUND) for side in change.part)
    down, aside = step
    height, width = pair.known.shape
    top, bottom = max(top, 0, -down), min(bottom, height, height - down)
    left, right = max(left, 0, -aside), min(right, width, width - aside)
    here, there = (
        (slice(top, bottom), slice(left, right)),
        (slice(top + down, bottom + down), slice(left + aside, right + aside)),
    )
    told = pair.seen & ~pair.widened
    both = told[here] & told[there]
    if both.sum() < FEWEST_AROUND:
        both[:] = False
    return pair.known[here][both], pair.query[there][both]


def _stands_only_in(which: int, pair: _Pair, change: _Change) -> bool:
    """Whether something that was not drawn stands there in one of the pictures, and only its ground in the other.

    ``which``: 0 for the known picture, 1 for the photo.
    """
    import cv2

    mask = change.mask.astype(np.uint8)
    small, large = np.ones((3, 3), np.uint8), np.ones((9, 9), np.uint8)
    near = np.asarray(cv2.dilate(mask, large)) > 0
    ring = near & ~pair.widened[change.part] & pair.seen[change.part]
    ours, theirs = (grey[change.part][near] for grey in (pair.known, pair.query))
    if ring.sum() < FEWEST_IN_RING or _correlation(ours, theirs) > STILL_THERE:
        return False
    grown, shrunk = np.asarray(cv2.dilate(mask, small)) > 0, np.asarray(cv2.erode(mask, small)) > 0
    outline = grown & ~shrunk
    out, sharp = [], []
    for grey, edges in zip((pair.known, pair.query), pair.edges, strict=True):
        there = grey[change.part]
        out.append(abs(float(np.median(there[change.mask])) - float(np.median(there[ring]))))
        sharp.append(float(edges[change.part][outline].mean()))
    other = 1 - which
    depth = cv2.distanceTransform(np.pad(mask, 1), cv2.DIST_L2, 3)
    return (
        out[which] > STANDS_OUT
        and out[other] < IS_GROUND
        and sharp[which] > SHARPER * sharp[other]
        and float(depth.max()) > THICK
        and not _is_drawn(pair.colours[which][change.part][change.mask], DRAWN)
    )


def _is_drawn(colours: NDArray[np.uint8], most: float) -> bool:
    """Whether so many of the pixels have one colour, or some are as white as paper: letters, icons and stickers are."""
    return _is_of_one_colour(colours) >= most or float((colours.min(axis=1) > WHITE).mean()) >= PAPER


def _is_of_one_colour(colours: NDArray[np.uint8]) -> float:
    """The part of the pixels that have the colour which most of them have."""
    steps = (colours // COLOUR_STEP).astype(np.int32)
    names = (steps[:, 0] * 64 + steps[:, 1]) * 64 + steps[:, 2]
    found, counts = np.unique(names, return_counts=True)
    usual = np.median(colours[names == found[counts.argmax()]], axis=0)
    return float((np.abs(colours - usual).max(axis=1) <= COLOUR_STEP).mean())


def _stands_elsewhere(pair: _Pair, change: _Change) -> bool:
    """Whether what one of the pictures shows there stands nearby in the other, where that one does not show it.

    All of it, or several patches of it that went the same way: what differs is where a thing was and where it is, and
    where it is near to where it was, both are one. The ground around it must not have gone with it.
    """
    rows, columns = np.nonzero(change.mask)
    drawn = [_is_drawn(colours[change.part][change.mask], ALL_DRAWN) for colours in pair.colours]
    if min(np.ptp(rows), np.ptp(columns)) + 1 < THINNEST or all(drawn):
        return False
    for here, there, way in ((pair.known, pair.query, 1), (pair.query, pair.known, -1)):
        whole = _step(here, there, pair.changed, change.part, change.mask)
        steps = [] if whole else _steps_of_patches(here, there, pair.changed, change)
        together = [
            step for step in steps if sum(math.dist(step, other) <= NEAREST for other in steps) >= AGREEING
        ]
        for down, aside in [whole] if whole else together[:1]:
            still, moved = (
                _correlation(*_around(pair, change, step)) for step in ((0, 0), (way * down, way * aside))
            )
            if still >= STILL and 1 - still <= STILLER * (1 - moved):
                return True
    return False


def _steps_of_patches(here: Grey, there: Grey, changed: Mask, change: _Change) -> list[Step]:
    """How far the patches of a change that show most went, as far as they stand elsewhere: down and aside."""
    rows, columns = (np.arange(side.start + AROUND, side.stop - AROUND, PATCH // 2) for side in change.part)
    half, found = PATCH // 2, []
    for row in rows:
        for column in columns:
            if not change.mask[row - change.part[0].start, column - change.part[1].start]:
                continue
            part = slice(row - half, row + half + 1), slice(column - half, column + half + 1)
            if min(part[0].start, part[1].start) < 0 or here[part].shape != (PATCH, PATCH):
                continue
            found.append((_steepness_across(here[part]), part))
    found.sort(key=lambda patch: -patch[0])
    full = np.ones((PATCH, PATCH), np.bool_)
    likeliest = [part for across, part in found[:PATCHES] if across > CORNER]
    steps = [_step(here, there, changed, part, full, PATCH_ALIKE) for part in likeliest]
    return [step for step in steps if step]


def _steepness_across(patch: Grey) -> float:
    """How steep a patch is across its own edges, in steps of brightness a pixel: a straight edge fits along itself."""
    down, right = np.gradient(patch)
    both = float((right * down).mean())
    tensor = np.array([[float((right * right).mean()), both], [both, float((down * down).mean())]])
    return math.sqrt(max(0.0, float(np.linalg.eigvalsh(tensor)[0])))


def _step(
    here: Grey, there: Grey, changed: Mask, part: Part, mask: Mask, alike: float = ALIKE
) -> Step | None:
    """How far down and aside what ``here`` shows in a place stands ``there`` and not ``here``; None if it does not."""
    import cv2

    thing = here[part]
    weights = np.asarray(cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)), np.float32)
    (top, bottom), (left, right) = ((side.start, side.stop) for side in part)
    up, low = max(0, top - REACH), min(here.shape[0], bottom + REACH)
    near, far = max(0, left - REACH), min(here.shape[1], right + REACH)
    scores = cv2.matchTemplate(there[up:low, near:far], thing, cv2.TM_CCOEFF_NORMED, mask=weights)
    scores = np.nan_to_num(scores, nan=0.0, posinf=0.0, neginf=0.0)
    row, column = (int(at) for at in np.unravel_index(int(scores.argmax()), scores.shape))
    down, aside = row - (top - up), column - (left - near)
    best, old = float(scores[row, column]), float(scores[top - up, left - near])
    if math.hypot(down, aside) < NEAREST or old > STILL_THERE or best < max(alike, old + MORE_ALIKE):
        return None
    place = slice(top + down, bottom + down), slice(left + aside, right + aside)
    itself = _correlation(thing[mask], here[place][mask])
    if best < itself + MORE_ALIKE or float(changed[place][mask].mean()) < CHANGED:
        return None
    return down, aside


def _correlation(ours: Grey, theirs: Grey) -> float:
    """Of two lists of numbers, -1 to 1; 0 if one of them is all the same, or empty."""
    if not len(ours):
        return 0.0
    one, other = ours - ours.mean(), theirs - theirs.mean()
    scale = math.sqrt(float((one * one).sum()) * float((other * other).sum()))
    return float((one * other).sum()) / scale if scale > 0 else 0.0
