"""Two photos side by side, with the matching points and the region that both show."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from fakeprofile.records import Comparison, Photo, Point

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

HEIGHT = 720
"""Pixels of the taller photo as drawn."""
WIDEST = 900
GAP = 24
MARGIN = 16
MOST_LINES = 120
"""More lines than this hide the pictures."""
REGION = (255, 140, 0)
LINES = ((0, 160, 140), (70, 110, 220), (190, 70, 160), (120, 160, 0))


def side_by_side(one: Photo, other: Photo, comparison: Comparison) -> bytes:
    """A PNG of both photos, the first on the left."""
    from PIL import Image, ImageDraw

    pictures = [_fitted(photo) for photo in (one, other)]
    lefts = (MARGIN, MARGIN + pictures[0].width + GAP)
    size = (
        lefts[1] + pictures[1].width + MARGIN,
        max(picture.height for picture in pictures) + 2 * MARGIN,
    )
    canvas = Image.new("RGB", size, "white")
    for picture, left in zip(pictures, lefts, strict=True):
        canvas.paste(picture, (left, MARGIN))

    def placed(point: Point, side: int) -> Point:
        scale = _scale((one, other)[side])
        return lefts[side] + point[0] * scale, MARGIN + point[1] * scale

    draw = ImageDraw.Draw(canvas)
    for number, (here, there) in enumerate(_shown_pairs(comparison)):
        _draw_pair(draw, placed(here, 0), placed(there, 1), LINES[number % len(LINES)])
    if comparison.region is not None:
        _draw_outline(draw, [placed(corner, 0) for corner in comparison.region.query])
        _draw_outline(draw, [placed(corner, 1) for corner in comparison.region.sighting])
    out = io.BytesIO()
    canvas.save(out, "PNG")
    return out.getvalue()


def _fitted(photo: Photo) -> Image.Image:
    from PIL import Image

    scale = _scale(photo)
    size = (max(1, round(photo.width * scale)), max(1, round(photo.height * scale)))
    return Image.fromarray(photo.pixels).resize(size, Image.Resampling.LANCZOS)


def _scale(photo: Photo) -> float:
    return min(HEIGHT / photo.height, WIDEST / photo.width)


def _shown_pairs(comparison: Comparison) -> tuple[tuple[Point, Point], ...]:
    """At most ``MOST_LINES`` of the matching points, evenly chosen."""
    pairs = comparison.alignment.pairs if comparison.alignment else ()
    return pairs[:: -(-len(pairs) // MOST_LINES) or 1]


def _draw_pair(draw: ImageDraw.ImageDraw, start: Point, end: Point, colour: tuple[int, int, int]) -> None:
    draw.line([start, end], fill=colour, width=1)
    for x, y in (start, end):
        draw.ellipse((x - 3, y - 3, x + 3, y + 3), outline=colour, width=2)


def _draw_outline(draw: ImageDraw.ImageDraw, corners: list[Point]) -> None:
    ring = [*corners, corners[0]]
    draw.line(ring, fill="white", width=6)
    draw.line(ring, fill=REGION, width=3)
