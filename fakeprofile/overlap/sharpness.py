"""Two pictures made equally sharp: the sharper one is blurred as the other one was.

A blurred copy explained by the sharp picture leaves a residual at every edge, and edges that end or cross in a block
seem to lie off their place: of blocks of such copies up to one in six did. Once both are equally sharp none does, while
what lies elsewhere in a second photo of the scene still lies there: no blur of the whole explains parallax. A camera that
is shaken blurs along a line; a round blur in its place leaves two thirds of the places of such a copy unknown.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fakeprofile.overlap.blocks import Grey, Grid, Mask
from fakeprofile.overlap.pixels import blurred, moved_along

STEPS = (1.0, 1.5, 2.2, 3.2, 4.5)
"""Blurs that are tried, in pixels of the frame: standard deviations of a Gaussian;"""
FINER = (1.19, 1.09, 1.045)
"""and factors by which the best one is then tried finer: half a pixel too little or too much, and edges seem to move."""
EXPLAINED = 0.25
"""Of what correlations lack of 1, how much a blur must make up for. In blurred copies it is 0.6 or more, in second
photos of a scene, which a blur makes alike as well, less than 0.2."""
LEAST_SHAKE = 1.2
"""From which blur on it is asked whether it has a direction;"""
LINE = 4.9
"""how long a line is that blurs as much as a Gaussian of 1, taken in all directions;"""
STEP_DEGREES = 22.5
"""which directions are tried at first;"""
SHAKEN = 0.25
"""and of what a Gaussian leaves of 1, how much a line must make up for."""
FEWEST = 12
"""Blocks that agree from which a blur is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Even:
    """Two pictures that are equally sharp: height x width float32, 0 to 255."""

    known: Grey
    query: Grey
    blur: float
    """How much softer one of them was, in pixels of the frame; 0 if neither was."""


def equally_sharp(grid: Grid, known: Grey, query: Grey, blur: float, agreeing: Mask) -> Even:
    """Both pictures under a Gaussian blur of ``blur`` pixels, and the sharper one under more of it.

    Args:
        grid: where the blocks stand.
        known: brightness of the frame, height x width float32, 0 to 255.
        query: the same of the photo as it lies on it.
        blur: the least standard deviation, in pixels of the frame.
        agreeing: rows x columns: blocks that are the same in both.
    """
    even = Even(known=blurred(known, blur), query=blurred(query, blur), blur=0.0)
    if agreeing.sum() < FEWEST:
        return even
    usual = _likeness(grid, even.known, even.query, agreeing)

    def likeness(of_known: float, of_query: float) -> float:
        one, other = blurred(known, math.hypot(blur, of_known)), blurred(query, math.hypot(blur, of_query))
        return _likeness(grid, one, other, agreeing)

    wanted = EXPLAINED * (1 - usual)
    more, like = _best(lambda step: likeness(step, 0.0), usual, wanted)
    if like - usual >= wanted:
        softer = blurred(known, math.hypot(blur, more))
        if more >= LEAST_SHAKE:
            softer = _shaken(grid, (even.known, even.query, softer), agreeing, more, like)
        return Even(known=softer, query=even.query, blur=more)
    more, like = _best(lambda step: likeness(0.0, step), usual, wanted)
    if like - usual < wanted:
        return even
    # Noise is no sharpness: to blur both takes it away as well, and leaves it where it can be reckoned with.
    usual = max(usual, likeness(more, more))
    if like - usual >= EXPLAINED * (1 - usual):
        return Even(known=even.known, query=blurred(query, math.hypot(blur, more)), blur=more)
    return even


def _shaken(grid: Grid, pictures: tuple[Grey, Grey, Grey], agreeing: Mask, sigma: float, like: float) -> Grey:
    """The sharper picture blurred along a line, as a shaken camera does, if that makes it much more like the softer one.

    Args:
        grid: where the blocks stand.
        pictures: the sharper one, the softer one, and the sharper one under a Gaussian blur.
        agreeing: rows x columns: blocks that are the same in both.
        sigma: of that blur, in pixels.
        like: how like the softer one it is so.
    """
    sharper, softer, rounded = pictures
    best = (like, 0.0, 0.0)

    def tried(length: float, degrees: float) -> tuple[float, float, float]:
        return _likeness(grid, moved_along(sharper, length, degrees), softer, agreeing), length, degrees

    length = LINE * sigma
    best = max(best, *(tried(length, degrees) for degrees in np.arange(0.0, 180.0, STEP_DEGREES)))
    if best[0] - like < SHAKEN / 2 * (1 - like):
        return rounded
    for part in (0.5, 0.25):
        best = max(best, *(tried(best[1], best[2] + turn * part * STEP_DEGREES) for turn in (-1, 1)))
        best = max(best, *(tried(best[1] * factor, best[2]) for factor in (1 - 0.4 * part, 1 + 0.4 * part)))
    enough = best[0] - like >= SHAKEN * (1 - like)
    return moved_along(sharper, best[1], best[2]) if enough else rounded


def _best(likeness: Callable[[float], float], usual: float, wanted: float) -> tuple[float, float]:
    """The blur with the highest likeness, and that: the first step after which it falls, and then finer.

    Finer only where it may gain as much as is wanted: a blur that helps makes up for half of that at once.
    """
    best = (usual, 0.0)
    for step in STEPS:
        tried = (likeness(step), step)
        if tried <= best:
            break
        best = tried
    if best[0] - usual >= wanted / 2:
        for factor in FINER:
            best = max(best, *((likeness(step), step) for step in (best[1] / factor, best[1] * factor)))
    return best[1], best[0]


def _likeness(grid: Grid, known: Grey, query: Grey, agreeing: Mask) -> float:
    """The median correlation of the blocks, each at its own place."""
    ours, theirs = grid.cut(known), grid.cut(query)
    our_mean, their_mean = grid.means(ours), grid.means(theirs)
    both = grid.means(ours * theirs) - our_mean * their_mean
    our_variance = grid.means(ours * ours) - our_mean**2
    their_variance = grid.means(theirs * theirs) - their_mean**2
    correlations = both / np.sqrt(np.maximum(our_variance, 1.0) * np.maximum(their_variance, 1.0))
    return float(np.median(correlations[agreeing]))
