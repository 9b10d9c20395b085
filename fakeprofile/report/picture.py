"""Two photos side by side, with the matching points and the region that both show."""

from __future__ import annotations

import io

from fakeprofile.records import Comparison, Corners, Photo, Point

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

    scales = [_scale(photo) for photo in (one, other)]
    sizes = [
        (max(1, round(photo.width * scale)), max(1, round(photo.height * scale)))
        for photo, scale in zip((one, other), scales, strict=True)
    ]
    lefts = (MARGIN, MARGIN + sizes[0][0] + GAP)
    canvas = Image.new(
        "RGB", (lefts[1] + sizes[1][0] + MARGIN, max(size[1] for size in sizes) + 2 * MARGIN), "white"
    )
    for photo, size, left in zip((one, other), sizes, lefts, strict=True):
        canvas.paste(Image.fromarray(photo.pixels).resize(size, Image.Resampling.LANCZOS), (left, MARGIN))

    def placed(point: Point, side: int) -> Point:
        return lefts[side] + point[0] * scales[side], MARGIN + point[1] * scales[side]

    def outline(corners: Corners, side: int) -> list[Point]:
        ring = [placed(corner, side) for corner in corners]
        return [*ring, ring[0]]

    draw = ImageDraw.Draw(canvas)
    pairs = comparison.alignment.pairs if comparison.alignment else ()
    step = max(1, len(pairs) // MOST_LINES)
    for number, (here, there) in enumerate(pairs[::step]):
        start, end = placed(here, 0), placed(there, 1)
        colour = LINES[number % len(LINES)]
        draw.line([start, end], fill=colour, width=1)
        for x, y in (start, end):
            draw.ellipse((x - 3, y - 3, x + 3, y + 3), outline=colour, width=2)
    if comparison.region is not None:
        for side, corners in enumerate((comparison.region.query, comparison.region.sighting)):
            draw.line(outline(corners, side), fill="white", width=6)
            draw.line(outline(corners, side), fill=REGION, width=3)
    out = io.BytesIO()
    canvas.save(out, "PNG")
    return out.getvalue()


def _scale(photo: Photo) -> float:
    return min(HEIGHT / photo.height, WIDEST / photo.width)
