"""Boxes of pixels: left, top, right, bottom."""

from __future__ import annotations

Box = tuple[int, int, int, int]


def area_of(box: Box) -> int:
    """How many pixels it holds."""
    return max(0, box[2] - box[0]) * max(0, box[3] - box[1])


def shared_area(one: Box, other: Box) -> int:
    """How many pixels lie in both."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0


def overlap_of(one: Box, other: Box) -> float:
    """The area that they share over the area that they cover, 0 to 1."""
    shared = shared_area(one, other)
    return shared / (area_of(one) + area_of(other) - shared) if shared else 0.0


def holds(outer: Box, inner: Box) -> bool:
    """Whether the inner one lies in the outer one but for a twentieth of it."""
    return shared_area(outer, inner) >= 0.95 * area_of(inner)


def moved(box: Box, right: int, down: int) -> Box:
    """The box at another place."""
    return box[0] + right, box[1] + down, box[2] + right, box[3] + down


def enlarged(box: Box, factor: int) -> Box:
    """The same box in a picture ``factor`` times as large."""
    return box[0] * factor, box[1] * factor, box[2] * factor, box[3] * factor
