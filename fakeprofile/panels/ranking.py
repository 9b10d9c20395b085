"""Which of the candidates are told, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

from fakeprofile.panels.boxes import Box, area_of, holds, overlap_of
from fakeprofile.records import PanelShape

SAME = 0.8
"""Area shared over area covered from which two candidates are one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A panel that may be told."""

    box: Box
    shape: PanelShape
    score: float
    cut: bool = False
    """Lines cut it into smaller ones."""


def ranked(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates that are told, best first: none twice, and of those in pieces only the outermost."""
    chosen: list[Candidate] = []
    for one in sorted((one for one in candidates if not one.cut), key=_order):
        if all(overlap_of(one.box, other.box) < SAME for other in chosen):
            chosen.append(one)
    outer: list[Candidate] = []
    for one in sorted((one for one in candidates if one.cut), key=lambda one: -area_of(one.box)):
        within = any(holds(other.box, one.box) for other in (*outer, *chosen))
        if not within and all(overlap_of(one.box, other.box) < SAME for other in chosen):
            outer.append(one)
    return sorted((*chosen, *outer), key=_order)


def _order(one: Candidate) -> tuple[float, ...]:
    return (-round(one.score, 4), one.box[1], one.box[0], one.box[3], one.box[2])
