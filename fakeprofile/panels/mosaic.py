"""Pictures that together cover the whole: none of them has to be as clear as one that stands alone."""

from __future__ import annotations

from fakeprofile.panels.boxes import area_of, shared_area
from fakeprofile.panels.ranking import Candidate
from fakeprofile.records import PanelShape

FEWEST = 4
"""Parts from which a cover is no chance: sky, sea and beach are three bands."""
COVERED = 0.85
"""The part of the picture that they cover; gutters and a caption take the rest."""
APART = 0.04
"""The part of the smaller one that two of them may share."""
FAINTEST = 0.35
"""The confidence that each has by itself at least: fewer than that are chance in any photo."""
CLEAR = 0.7
"""The confidence of each in a cover."""


def settled(candidates: list[Candidate], width: int, height: int) -> list[Candidate]:
    """The candidates in their order; those of a mosaic, if there is one, are as sure as ``CLEAR`` at least.

    Args:
        candidates: best first.
        width: of the picture, in pixels.
        height: the same.
    """
    parts: list[Candidate] = []
    for one in candidates:
        if one.shape is PanelShape.RECTANGLE and one.score >= FAINTEST and _fits(one, parts):
            parts.append(one)
    if len(parts) < FEWEST or sum(area_of(one.box) for one in parts) < COVERED * width * height:
        return candidates
    chosen = set(parts)
    return [
        Candidate(one.box, one.shape, max(one.score, CLEAR)) if one in chosen else one for one in candidates
    ]


def _fits(one: Candidate, parts: list[Candidate]) -> bool:
    """Whether it stands beside all of them."""
    return all(
        shared_area(one.box, other.box) <= APART * min(area_of(one.box), area_of(other.box))
        for other in parts
    )
