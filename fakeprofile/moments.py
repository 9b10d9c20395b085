"""What several looks at a photo and a known one say together: a second moment holds parts that lie still.

A photo and a known one are laid over each other as a whole and panel by panel. Each look is weighed by itself in
``strength``; here a look that would prove something is weighed against those that show the two to be another moment.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fakeprofile.proof import SURE, Proof, similar_at_most
from fakeprofile.records import Alignment, Finding, Panel, Region
from fakeprofile.strength import goes_on_around, has_drifted, is_off, shows_another

Told = tuple[Proof, Panel | None, Panel | None]
"""A proof in the pixels of the two photos, and where in each of them the pictures stand that it is about."""
Floats = NDArray[np.float64]

CLOSER, MUCH_CLOSER = 2, 4
"""Times as many places of which it is known where they lie: a look that is so much closer speaks against what lies still
from afar, and one that is much closer for what drifts there."""
SAME_PART = 0.5
"""How much of what two looks are about must be the same."""
SAME_PLACE = 0.06
"""Of the diagonal of what is shared, how far apart two looks may lay it and mean the same."""
MORE = 1.5
"""Times the area that agrees in a part, from which on the picture that agrees goes on beyond it."""


def sobered(looks: Sequence[Told]) -> list[Proof]:
    """The proofs about a photo and one known photo, in order, none stronger than all of them together allow.

    A part of a second moment can lie still: a wall behind somebody who moves. So a look that proves something is
    "similar" at most if another one speaks against it:

    - one that is closer at the same part, and drifts there, or shows that the ground goes on around what differs;
    - one at the two photos as a whole that drifts, unless all that they share is that part and it lies still in a much
      closer look;
    - one at the same part in which something moved, or at more of the photo that drifts or shows another picture, unless
      it is sure that a picture stands where the part is: what chance cuts out of a photo is no picture of its own.
    """
    return [
        similar_at_most(look[0])
        if look[0].finding is Finding.SAME_PICTURE and any(_speaks_against(other, look) for other in looks)
        else look[0]
        for look in looks
    ]


def is_sure(*panels: Panel | None) -> bool:
    """Whether pictures surely stand where the panels are: tiles and posts, and no part of a photo. None is all of one."""
    return all(panel is None or panel.confidence >= SURE for panel in panels)


def holds(around: Panel | None, part: Panel | None) -> bool:
    """Whether one panel holds another one, or is the same; None is all of the photo."""
    return around is None or (part is not None and _is_inside(part, around))


# --- steps --------------------------------------------------------------------------------


def _speaks_against(other: Told, look: Told) -> bool:
    """Whether one look shows that what another one proves is a still part of another moment."""
    return (
        _is_closer(other[0], look[0])
        or _drifts_as_a_whole(other, look)
        or _shows_what_moved(other, look)
        or _shows_more_that_differs(other, look)
        or _shows_another_around(other, look)
    )


def _is_closer(one: Proof, other: Proof) -> bool:
    """Whether a look of another moment is so much closer at the same part that what lies still from afar proves nothing.

    Of another moment a closer look holds only what lies still to be shared, which is less than it is about.
    """
    if one.overlap is None or _shared_parts(one, other)[0] < SAME_PART:
        return False
    times = _places(one) / max(1, _places(other))
    return ((has_drifted(one.overlap) or goes_on_around(one.overlap)) and times >= CLOSER) or (
        is_off(one.overlap) and times >= MUCH_CLOSER
    )


def _drifts_as_a_whole(other: Told, look: Told) -> bool:
    """Whether the two photos as a whole lie over each other and drift, and the look is at a part of them."""
    (one, *whole), (proof, *part) = other, look
    if any(whole) or not any(part) or one.overlap is None or not has_drifted(one.overlap):
        return False
    together = _shared_parts(one, proof)[1]
    return not (together >= SAME_PART and _places(proof) >= MUCH_CLOSER * _places(one))


def _shows_what_moved(other: Told, look: Told) -> bool:
    """Whether things moved in what the two looks are about, which may be too small to be seen in one of them."""
    one, proof = other[0], look[0]
    if one.overlap is None or not one.overlap.moved or (any(look[1:]) and is_sure(*look[1:])):
        return False
    return _shared_parts(one, proof)[0] >= SAME_PART and _lies_alike(one, proof)


def _shows_more_that_differs(other: Told, look: Told) -> bool:
    """Whether a look at more of the photos drifts or shows another picture, and the part was cut out by chance."""
    one, proof = other[0], look[0]
    if one.overlap is None or proof.overlap is None or not any(look[1:]) or is_sure(*look[1:]):
        return False
    if not _is_at_more(other, look) or not _lies_alike(one, proof):
        return False
    if has_drifted(one.overlap) and _places(one) >= _places(proof):
        return True
    differs = goes_on_around(one.overlap) or shows_another(one.overlap)
    return differs and _agreeing_area(one) >= MORE * _agreeing_area(proof)


def _shows_another_around(other: Told, look: Told) -> bool:
    """Whether one look is at a part of the picture that another look shows to be a different one.

    A photo inside a photo can be cut in two by chance, and what lies still in one half of it moved in the other.
    """
    (proof, around_here, around_there), (_, here, there) = other, look
    around = _is_surer_around(around_there, there) or _is_surer_around(around_here, here)
    return around and proof.overlap is not None and shows_another(proof.overlap)


def _is_surer_around(one: Panel | None, other: Panel | None) -> bool:
    """Whether a panel holds another one, and it is surer that a picture stands there."""
    return (
        one is not None and other is not None and one.confidence > other.confidence and _is_inside(other, one)
    )


def _is_at_more(one: Told, other: Told) -> bool:
    """Whether a look is at more of the two photos than another one."""
    return one[1:] != other[1:] and holds(one[1], other[1]) and holds(one[2], other[2])


def _is_inside(part: Panel, one: Panel) -> bool:
    across = one.left <= part.left and part.left + part.width <= one.left + one.width
    return across and one.top <= part.top and part.top + part.height <= one.top + one.height


def _places(proof: Proof) -> int:
    return proof.overlap.places if proof.overlap else 0


def _agreeing_area(proof: Proof) -> float:
    """How much of the known photo agrees, in its pixels."""
    if proof.overlap is None or proof.region is None:
        return 0.0
    area = float(np.prod(np.ptp(np.array(proof.region.sighting), axis=0)))
    return area * proof.overlap.spread / max(1e-6, 1 - proof.overlap.outside)


def _shared_parts(one: Proof, other: Proof) -> tuple[float, float]:
    """How much of the known photo two proofs are both about: of what the smaller one is about, and of both together."""
    if one.region is None or other.region is None:
        return 0.0, 0.0
    ours, theirs = np.array(one.region.sighting), np.array(other.region.sighting)
    low, high = (
        np.maximum(ours.min(axis=0), theirs.min(axis=0)),
        np.minimum(ours.max(axis=0), theirs.max(axis=0)),
    )
    shared = float(np.prod(np.maximum(high - low, 0.0)))
    areas = [float(np.prod(np.ptp(corners, axis=0))) for corners in (ours, theirs)]
    if min(areas) <= 0:
        return 0.0, 0.0
    return shared / min(areas), shared / (sum(areas) - shared)


def _lies_alike(one: Proof, other: Proof) -> bool:
    """Whether two proofs lay what the second is about over the same place."""
    if one.alignment is None or other.alignment is None or other.region is None:
        return False
    here, there = _laid(one.alignment, other.region), _laid(other.alignment, other.region)
    size = math.hypot(*np.ptp(there, axis=0))
    return float(np.linalg.norm(here - there, axis=1).max()) <= SAME_PLACE * size


def _laid(alignment: Alignment, region: Region) -> Floats:
    """Where an alignment lays the corners of a part of the known photo: 4 x 2."""
    matrix = np.array(alignment.matrix)
    return np.asarray(np.array(region.sighting) @ matrix[:, :2].T + matrix[:, 2])
