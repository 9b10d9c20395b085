"""The pictures inside a picture: posts, tiles, avatars, photos in a chat, parts of a collage."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakeprofile.errors import UsageError
from fakeprofile.panels.boxes import Box, area_of, enlarged, moved
from fakeprofile.panels.cells import cells_of
from fakeprofile.panels.choice import chosen_of, is_picture
from fakeprofile.panels.edges import refined
from fakeprofile.panels.ground import ground_of, pieces_of, smooth_of, without_specks
from fakeprofile.panels.mosaic import settled
from fakeprofile.panels.ranking import Candidate, ranked
from fakeprofile.panels.rectangles import pool_of
from fakeprofile.panels.reduction import factor_of, reduced, stretches
from fakeprofile.panels.rounds import refined_round, rounds_of
from fakeprofile.panels.seams import lines_of
from fakeprofile.panels.tilts import tilted_of
from fakeprofile.records import Panel, PanelShape, Pixels
from fakeprofile.settings import DEFAULT

SHORTEST = 88
"""Pixels of the shorter side from which a rectangle is a panel."""
SHORTEST_ROUND = 54
TILTED = 0.4
"""What a tilted one counts: less than one that stands straight in the same place."""
WHOLE = 0.94
"""A candidate that fills this part of the picture is the whole picture."""


def panels_of(pixels: Pixels, *, most: int = 16) -> tuple[Panel, ...]:
    """The panels of a picture, best first; the first is always the whole picture.

    Args:
        pixels: height x width x 3 uint8, RGB.
        most: how many are told, the whole picture among them.
    """
    height, width = pixels.shape[:2]
    whole = Panel(left=0, top=0, width=width, height=height, shape=PanelShape.WHOLE)
    factor = factor_of(width, height)
    small = reduced(pixels, factor)
    found: list[Candidate] = []
    for left, top, right, bottom in stretches(small.shape[1], small.shape[0]):
        for one in _candidates(small[top:bottom, left:right], factor):
            found.append(Candidate(moved(one.box, left, top), one.shape, one.score))
    found += _askew(_grey_of(small))
    fine = [_at_full_size(one, pixels, factor) for one in ranked(found)]
    told = [one for one in ranked(fine) if area_of(one.box) < WHOLE * width * height]
    told = ranked(settled(told, width, height))
    return (whole, *(_panel(one) for one in told[: max(0, most - 1)]))


def crop_of(pixels: Pixels, panel: Panel) -> Pixels:
    """The part of a picture that a panel shows; what reaches out of the picture is left out.

    Args:
        pixels: height x width x 3 uint8, RGB.
        panel: in pixels of this picture (see ``Panel.scaled``).

    Raises:
        UsageError: the panel lies outside of the picture, but for less than 16 pixels.
    """
    height, width = pixels.shape[:2]
    right, bottom = min(width, panel.left + panel.width), min(height, panel.top + panel.height)
    if min(right - panel.left, bottom - panel.top) < min(DEFAULT.limits.shortest_side, width, height):
        raise UsageError(
            f"the panel {panel.left},{panel.top},{panel.width},{panel.height} lies outside of the photo, which is "
            f"{width} x {height} pixels: `fakeprofile panels PHOTO` lists what was found"
        )
    return pixels[panel.top : bottom, panel.left : right]


def _candidates(pixels: Pixels, factor: int) -> list[Candidate]:
    """The candidates in one stretch of the reduced picture, in its pixels."""
    grey = _grey_of(pixels)
    cells, shortest = cells_of(grey), SHORTEST // factor
    upright, level = lines_of(grey, shortest), lines_of(np.ascontiguousarray(grey.T), shortest)
    ground = ground_of(pixels, grey)
    pieces = pieces_of(ground, max(12, SHORTEST_ROUND // factor))
    pool = pool_of(upright, level, pieces, shortest)
    found = [Candidate(box, PanelShape.RECTANGLE, score) for box, score in chosen_of(pool, cells, ground)]
    least = max(12, SHORTEST_ROUND // factor)
    pieces = [
        *pieces,
        *pieces_of(without_specks(ground), least),
        *pieces_of(without_specks(smooth_of(grey)), least),
    ]
    found += [Candidate(box, PanelShape.ROUND, clear) for box, clear in rounds_of(pieces, cells)]
    return found


def _askew(grey: NDArray[np.uint8]) -> list[Candidate]:
    """The pictures that do not stand straight, in pixels of the reduced picture."""
    tilted = tilted_of(grey)
    if not tilted:
        return []
    cells = cells_of(grey)
    return [
        Candidate(box, PanelShape.RECTANGLE, TILTED * fit) for box, fit in tilted if is_picture(box, cells)
    ]


def _at_full_size(one: Candidate, pixels: Pixels, factor: int) -> Candidate:
    height, width = pixels.shape[:2]
    left, top, right, bottom = enlarged(one.box, factor)
    box: Box = (
        left,
        top,
        min(right + (factor if right // factor == width // factor else 0), width),
        min(bottom, height),
    )
    reach = 2 * factor + 2
    x, y = max(0, box[0] - 2 * reach), max(0, box[1] - 2 * reach)
    cut = pixels[y : min(height, box[3] + 2 * reach), x : min(width, box[2] + 2 * reach)]
    grey = _grey_of(cut)
    if one.shape is PanelShape.ROUND:
        fine = refined_round(grey, moved(box, -x, -y))
        return Candidate(moved(fine, x, y), one.shape, one.score)
    fine = refined(grey, moved(box, -x, -y), reach)
    return Candidate(moved(fine, x, y), one.shape, one.score)


def _grey_of(pixels: Pixels) -> NDArray[np.uint8]:
    import cv2

    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _panel(one: Candidate) -> Panel:
    left, top, right, bottom = one.box
    return Panel(
        left=left,
        top=top,
        width=right - left,
        height=bottom - top,
        shape=one.shape,
        confidence=round(min(1.0, max(0.0, one.score)), 3),
    )
