"""Grounds that several photos can stand on: a desk with a phone in a hand, lights out of focus."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from fakeprofile.bench.chance import Dice, between, chosen, colour, happens, whole_between
from fakeprofile.bench.collages import rounded_mask, shaded
from fakeprofile.bench.overlays import texture
from fakeprofile.bench.pool import Picture, Pool

DESK = (1200, 900)
DESKS = ((150, 105, 70), (196, 164, 128), (92, 64, 48), (205, 202, 196), (70, 72, 78), (120, 128, 120))
"""Wood, stone and cloth."""
SKINS = ((224, 172, 140), (198, 134, 92), (141, 85, 54), (241, 194, 160))


def phone_in_hand(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """The picture on a phone that a hand holds over a desk: the same desk and hand for the same dice."""
    del pool
    import cv2

    desk = texture(DESK, dice, chosen(dice, DESKS))
    pen = ImageDraw.Draw(desk)
    for _ in range(whole_between(dice, 2, 4)):
        x, y, r = between(dice, 0, 1200), between(dice, 0, 900), between(dice, 60, 150)
        pen.ellipse(
            (x - r, y - r, x + r, y + r), fill=colour(dice, 60, 240), outline=colour(dice, 0, 90), width=8
        )
        pen.ellipse((x - r * 0.7, y - r * 0.7, x + r * 0.7, y + r * 0.7), fill=colour(dice, 30, 160))
    wide, high = 460, round(460 * chosen(dice, (1.25, 1.6, 1.8)))
    device = Image.new("RGB", (wide, high), (12, 12, 14))
    device.paste(ImageOps.fit(picture, (wide - 28, high - 60), Image.Resampling.LANCZOS), (14, 30))
    corners = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    left, top = between(dice, 260, 480), between(dice, 20, max(21.0, 880 - high))
    target = (corners + dice.uniform(-26, 26, (4, 2)) + (left, top)).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    mask = Image.new("L", (wide, high))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, wide - 1, high - 1), 36, fill=255)
    seen = Image.fromarray(cv2.warpPerspective(np.asarray(device), matrix, DESK, flags=cv2.INTER_AREA))
    # The palm is behind the phone, the fingers are before it.
    x, y, skin = float(target[1][0]), float(target[1][1]) + high * 0.4, chosen(dice, SKINS)
    pen.ellipse((x - 160, y - 60, x + 190, y + high * 0.62), fill=skin)
    pen.polygon([(x, y + 60), (x + 185, y + 120), (1320, 960), (x + 120, 1000)], fill=skin)
    desk.paste(seen, (0, 0), Image.fromarray(cv2.warpPerspective(np.asarray(mask), matrix, DESK)))
    for number in range(4):
        box = (x - 52, y + high * 0.13 * number, x + 120, y + high * 0.13 * number + 60)
        pen.rounded_rectangle(box, 30, fill=skin, outline=(110, 70, 50), width=2)
    return desk


def on_bokeh(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """The picture, a third to two thirds of the area, on lights out of focus or a shaded ground."""
    del pool
    size = chosen(dice, ((1080, 1080), (1200, 900), (1080, 1350)))
    ground = shaded(size, dice)
    if happens(dice, 0.75):
        lights = Image.new("RGBA", size)
        pen = ImageDraw.Draw(lights)
        for _ in range(whole_between(dice, 25, 80)):
            x, y, r = between(dice, 0, size[0]), between(dice, 0, size[1]), between(dice, 12, 90)
            pen.ellipse(
                (x - r, y - r, x + r, y + r), fill=(*colour(dice, 120, 255), whole_between(dice, 60, 190))
            )
        lights = lights.filter(ImageFilter.GaussianBlur(between(dice, 1, 6)))
        ground.paste(lights, (0, 0), lights)
    side = between(dice, 0.58, 0.82)
    inner = (round(size[0] * side), round(size[1] * side))
    shown = ImageOps.fit(picture, inner, Image.Resampling.LANCZOS)
    place = ((size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2)
    ground.paste(shown, place, rounded_mask(inner, chosen(dice, (0, 0, 30))))
    return ground
