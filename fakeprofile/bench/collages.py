"""Several pictures in one: a collage of two to nine, and a story on a coloured ground."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from fakeprofile.bench.chance import Dice, between, chosen, colour, happens, whole_between
from fakeprofile.bench.ink import font, put, sentence, sticker
from fakeprofile.bench.pool import Picture, Pool

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, as shares of the sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where the pictures of a collage stand."""

    size: tuple[int, int]
    boxes: tuple[Box, ...]
    gutter: int
    radius: int
    ground: tuple[int, int, int]


def _grid(columns: int, rows: int) -> tuple[Box, ...]:
    return tuple(
        (x / columns, y / rows, (x + 1) / columns, (y + 1) / rows)
        for y in range(rows)
        for x in range(columns)
    )


LAYOUTS: tuple[tuple[Box, ...], ...] = (
    _grid(2, 1),
    _grid(1, 2),
    _grid(2, 2),
    _grid(3, 2),
    _grid(2, 3),
    _grid(3, 3),
    _grid(1, 3),
    _grid(4, 2),
    ((0, 0, 0.6, 1), (0.6, 0, 1, 0.5), (0.6, 0.5, 1, 1)),
    ((0, 0, 1, 0.6), (0, 0.6, 0.5, 1), (0.5, 0.6, 1, 1)),
    ((0, 0, 0.5, 0.35), (0.5, 0, 1, 0.65), (0, 0.35, 0.5, 1), (0.5, 0.65, 1, 1)),
    (
        (0, 0, 0.66, 0.66),
        (0.66, 0, 1, 0.33),
        (0.66, 0.33, 1, 0.66),
        (0, 0.66, 0.33, 1),
        (0.33, 0.66, 0.66, 1),
        (0.66, 0.66, 1, 1),
    ),
)


def layout_of(dice: Dice) -> Layout:
    """A layout for two to nine pictures."""
    return Layout(
        size=chosen(dice, ((1080, 1080), (1080, 1350), (1080, 1920), (1200, 900), (1200, 1200))),
        boxes=chosen(dice, LAYOUTS),
        gutter=chosen(dice, (0, 0, 2, 6, 10, 16, 28)),
        radius=chosen(dice, (0, 0, 0, 14, 36)),
        ground=chosen(dice, ((255, 255, 255), (0, 0, 0), colour(dice), colour(dice, 180, 255))),
    )


def collage_of(pictures: list[Picture], layout: Layout, dice: Dice) -> Picture:
    """The pictures in the layout, each cut to its place."""
    wide, high = layout.size
    canvas = Image.new("RGB", layout.size, layout.ground)
    half = layout.gutter / 2
    for picture, (left, top, right, bottom) in zip(pictures, layout.boxes, strict=True):
        box = (
            round(left * wide + half),
            round(top * high + half),
            round(right * wide - half),
            round(bottom * high - half),
        )
        size = (box[2] - box[0], box[3] - box[1])
        middle = (between(dice, 0.35, 0.65), between(dice, 0.3, 0.6))
        tile = ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=middle)
        canvas.paste(tile, box[:2], rounded_mask(size, layout.radius))
    return canvas


def rounded_mask(size: tuple[int, int], radius: float) -> Picture | None:
    """A mask with round corners; None if they are square."""
    if radius < 1:
        return None
    mask = Image.new("L", (2 * size[0], 2 * size[1]))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), 2 * radius, fill=255)
    return mask.resize(size, Image.Resampling.BOX)


def collage(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """The picture as one of two to nine."""
    layout = layout_of(dice)
    place = whole_between(dice, 0, len(layout.boxes) - 1)
    pictures = pool.take(len(layout.boxes) - 1)
    result = collage_of([*pictures[:place], picture, *pictures[place:]], layout, dice)
    if happens(dice, 0.25):
        ring = Image.new("RGBA", (result.width, 120), (255, 255, 255, 225))
        ImageDraw.Draw(ring).text(
            (result.width / 2, 60), sentence(dice, 2, 5), (30, 30, 30), font(56), anchor="mm"
        )
        put(result, ring, (0, chosen(dice, (0, result.height // 2 - 60, result.height - 120))))
    return result


def story(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """The picture on a high ground that is plain, shaded or the blurred picture, a little turned, with words and stickers."""
    del pool
    size = chosen(dice, ((1080, 1920), (720, 1280), (1080, 1920), (1080, 2160)))
    canvas = _ground(picture, size, dice)
    scale = min(size[0] * between(dice, 0.55, 1.0) / picture.width, size[1] * 0.8 / picture.height)
    inner = (max(16, round(picture.width * scale)), max(16, round(picture.height * scale)))
    layer = picture.resize(inner, Image.Resampling.LANCZOS).convert("RGBA")
    mask = rounded_mask(inner, inner[0] * chosen(dice, (0, 0, 0.03, 0.06)))
    if mask:
        layer.putalpha(mask)
    if happens(dice, 0.5):
        layer = layer.rotate(between(dice, -10, 10), Image.Resampling.BICUBIC, expand=True)
    x = (size[0] - layer.width) / 2 + between(dice, -0.05, 0.05) * size[0]
    put(canvas, layer, (x, (size[1] - layer.height) * between(dice, 0.3, 0.7)))
    pen = ImageDraw.Draw(canvas)
    if happens(dice, 0.7):
        place = (size[0] / 2, size[1] * chosen(dice, (0.12, 0.2, 0.82, 0.9)))
        pen.text(
            place, sentence(dice, 2, 4), colour(dice), font(size[0] * between(dice, 0.05, 0.09)), anchor="mm"
        )
    for _ in range(whole_between(dice, 0, 3)):
        side = round(size[0] * between(dice, 0.1, 0.22))
        put(
            canvas,
            sticker(dice, side),
            (between(dice, 0, 0.8) * size[0], between(dice, 0.05, 0.85) * size[1]),
        )
    return canvas


def _ground(picture: Picture, size: tuple[int, int], dice: Dice) -> Picture:
    style = chosen(dice, ("plain", "shaded", "shaded", "blurred"))
    if style == "plain":
        return Image.new("RGB", size, colour(dice))
    if style == "blurred":
        small = ImageOps.fit(picture, (size[0] // 8, size[1] // 8))
        return small.filter(ImageFilter.GaussianBlur(5)).resize(size, Image.Resampling.BICUBIC)
    return shaded(size, dice)


def shaded(size: tuple[int, int], dice: Dice) -> Picture:
    """A ground that passes from one colour to another, top to bottom."""
    one, other = np.array(colour(dice), np.float32), np.array(colour(dice), np.float32)
    share = np.linspace(0, 1, size[1], dtype=np.float32)[:, None, None]
    column = (one * (1 - share) + other * share).astype(np.uint8)
    return Image.fromarray(np.ascontiguousarray(np.broadcast_to(column, (size[1], size[0], 3))))
