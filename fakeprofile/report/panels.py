"""The panels of a photo as a table, as a line of JSON, and drawn on the photo."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

import numpy as np

from fakeprofile.records import Panel, PanelShape, Photo, Pixels
from fakeprofile.report.columns import folded
from fakeprofile.report.document import as_line
from fakeprofile.report.lines import plain, wrapped
from fakeprofile.settings import DEFAULT

if TYPE_CHECKING:
    from PIL import ImageDraw

PANELS_SCHEMA = "fakeprofile.panels/1"
LONGEST = 1600
"""Pixels of the drawing's longest side, at most: numbers on a larger one could not be read on a screen."""
NARROWEST = 360
"""A very long picture is drawn larger than that, so that it keeps this width."""
Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels of the drawing."""
COLOURS = ((255, 140, 0), (0, 150, 255), (220, 0, 160), (0, 170, 90), (150, 90, 255), (210, 40, 40))


def panels_text(photo: Photo, panels: tuple[Panel, ...]) -> str:
    """A table of the panels with their numbers, ending in a newline."""
    found = len(panels) - 1
    what = f"{found} {'place' if found == 1 else 'places'} where a picture may stand, the surest first"
    if not found:
        what = "no picture found in it"
    lines = [*folded([f"{plain(photo.name)}: {photo.width} x {photo.height} pixels, {what}"], 2), ""]
    lines += [f"{'#':>3}  {'x':>6} {'y':>6} {'w':>6} {'h':>6}  {'shape':9}  confidence"]
    lines += [
        f"{number:>3}  {one.left:>6} {one.top:>6} {one.width:>6} {one.height:>6}  {one.shape:9}  {one.confidence:.2f}"
        for number, one in enumerate(panels, 1)
    ]
    if found:
        surest = (
            f"of the {DEFAULT.panels} surest at those with a confidence of {DEFAULT.panel_confidence} or more"
        )
        lines += ["", *wrapped(f"`check` looks at the whole, and {surest}.")]
    return "\n".join(lines) + "\n"


def panels_line(photo: Photo, panels: tuple[Panel, ...]) -> str:
    """The JSON line that ``panels`` prints."""
    return as_line(
        {
            "schema": PANELS_SCHEMA,
            "photo": photo.name,
            "sha256": photo.sha256,
            "width": photo.width,
            "height": photo.height,
            "panels": [
                {
                    "number": number,
                    "x": one.left,
                    "y": one.top,
                    "w": one.width,
                    "h": one.height,
                    "shape": one.shape,
                    "confidence": one.confidence,
                }
                for number, one in enumerate(panels, 1)
            ],
        }
    )


def png_of(pixels: Pixels) -> bytes:
    """The pixels as a PNG file."""
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def outlined(photo: Photo, panels: tuple[Panel, ...]) -> bytes:
    """A PNG of the photo; the whole picture is number 1 and has no outline."""
    from PIL import Image, ImageDraw

    shown = photo.pixels.shape[1], photo.pixels.shape[0]
    scale = min(1.0, max(LONGEST / max(shown), NARROWEST / min(shown)))
    size = max(1, round(shown[0] * scale)), max(1, round(shown[1] * scale))
    picture = Image.fromarray(photo.pixels).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    draw = ImageDraw.Draw(picture)
    thick = max(2, round(min(size) / 240))
    inside = [(number, one) for number, one in enumerate(panels, 1) if one.shape is not PanelShape.WHOLE]
    # The surest last, so that nothing covers its outline.
    for number, panel in reversed(inside):
        _draw_outline(draw, number, panel, _box_of(panel, scale), thick)
    taken: list[Box] = []
    for number, panel in inside:
        taken.append(_draw_number(draw, number, _box_of(panel, scale), thick, taken))
    return png_of(np.asarray(picture))


def _box_of(panel: Panel, scale: float) -> Box:
    left, top = round(panel.left * scale), round(panel.top * scale)
    right, bottom = (
        round((panel.left + panel.width) * scale) - 1,
        round((panel.top + panel.height) * scale) - 1,
    )
    return left, top, max(left, right), max(top, bottom)


def _draw_outline(draw: ImageDraw.ImageDraw, number: int, panel: Panel, box: Box, thick: int) -> None:
    outline = draw.ellipse if panel.shape is PanelShape.ROUND else draw.rectangle
    outline(box, outline=(255, 255, 255), width=thick + 2)
    outline(box, outline=COLOURS[number % len(COLOURS)], width=thick)


def _draw_number(draw: ImageDraw.ImageDraw, number: int, box: Box, thick: int, taken: list[Box]) -> Box:
    """In the upper left corner; the numbers of panels in one corner stand beside each other. Where it stands."""
    size = max(12, 6 * thick)
    text = str(number)
    wide, high = math.ceil(draw.textlength(text, font_size=size) + size * 0.6), round(size * 1.3)
    left, top = box[:2]
    while beside := [one for one in taken if _meet((left, top, left + wide, top + high), one)]:
        left = max(one[2] for one in beside) + 1
    here = left, top, left + wide, top + high
    draw.rectangle(here, fill=COLOURS[number % len(COLOURS)])
    draw.text((left + size * 0.3, top + size * 0.05), text, fill=(255, 255, 255), font_size=size)
    return here


def _meet(one: Box, other: Box) -> bool:
    """Whether two boxes overlap."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
