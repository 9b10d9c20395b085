"""What cameras do to a picture: a lens that bends it; a photo of a screen with perspective, moiré, glare and noise."""

from __future__ import annotations

import numpy as np
from PIL import Image

from fakeprofile.bench.chance import Dice, between, chosen, colour, happens, sign
from fakeprofile.bench.plain import noisy
from fakeprofile.bench.pool import Picture, Pool


def photo_of_screen(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """The picture on a screen, photographed from a little aside with another camera."""
    del pool
    import cv2

    wide = chosen(dice, (640, 800, 1080, 1280))
    shown = np.asarray(
        picture.resize(
            (wide, max(64, round(picture.height * wide / picture.width))), Image.Resampling.BICUBIC
        ),
        np.float32,
    )
    shown = _screen_lines(shown, dice)
    high = shown.shape[0]
    bezel = round(wide * between(dice, 0.02, 0.12))
    device = np.full((high + 2 * bezel, wide + 2 * bezel, 3), colour(dice, 0, 40), np.float32)
    device[bezel:-bezel, bezel:-bezel] = shown
    room = np.array(colour(dice, 20, 200), np.float32)
    size = (device.shape[1], device.shape[0])
    corners = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    # How far each corner moves in: a hand-held camera before a screen is off by some degrees.
    inward = dice.uniform(-0.03, 0.13, (4, 2)) * np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
    target = (corners + inward * size).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    seen = np.asarray(
        cv2.warpPerspective(device, matrix, size, flags=cv2.INTER_AREA, borderValue=tuple(map(float, room)))
    )
    seen = cv2.GaussianBlur(_lit(seen, dice), (0, 0), between(dice, 0.5, 1.3))
    result = Image.fromarray(np.clip(seen, 0, 255).astype(np.uint8))
    return noisy(result, between(dice, 2, 9), dice)


def lens(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """The picture as a lens bends it, or the correction of a lens: at the middle of its sides by 0.5 to 2 %."""
    del pool
    import cv2

    shown = np.asarray(picture)
    high, wide = shown.shape[:2]
    rows, columns = np.mgrid[:high, :wide].astype(np.float32)
    middle_x, middle_y = between(dice, 0.8, 1.2), between(dice, 0.8, 1.2)
    x, y = columns / wide * 2 - middle_x, rows / high * 2 - middle_y
    bend = sign(dice) * between(dice, 0.005, 0.02)
    # What is bent outwards is enlarged, so that hardly an edge comes into the picture.
    factor = (1 + bend * (x**2 + y**2)) / (1 + max(0.0, 2 * bend))
    to_x, to_y = (x * factor + middle_x) * wide / 2, (y * factor + middle_y) * high / 2
    return Image.fromarray(
        np.asarray(cv2.remap(shown, to_x, to_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT))
    )


def _screen_lines(shown: np.ndarray, dice: Dice) -> np.ndarray:
    """The grid of the screen as the camera's own grid beats with it: slow, coloured waves."""
    rows, columns = np.mgrid[: shown.shape[0], : shown.shape[1]].astype(np.float32)
    strength = between(dice, 0.03, 0.14)
    for channel in range(3):
        angle, period = between(dice, 0, np.pi), between(dice, 4, 14)
        # The waves bend, because the lens does.
        bend = between(dice, -30, 30) * np.sin(columns / shown.shape[1] * 3 + rows / shown.shape[0] * 2)
        phase = (columns * np.cos(angle) + rows * np.sin(angle) + bend) * 2 * np.pi / period
        shown[:, :, channel] *= 1 + strength * np.sin(phase)
    if happens(dice, 0.5):
        shown *= 1 + 0.06 * np.sin(rows * np.pi)[:, :, None]
    return shown


def _lit(seen: np.ndarray, dice: Dice) -> np.ndarray:
    """Colour cast, contrast, uneven light and a reflection."""
    rows, columns = np.mgrid[: seen.shape[0], : seen.shape[1]].astype(np.float32)
    x, y = columns / seen.shape[1], rows / seen.shape[0]
    cast = np.array([between(dice, 0.8, 1.1) for _ in range(3)], np.float32)
    seen = ((seen - 128) * between(dice, 0.75, 1.1) + 128 + between(dice, -10, 25)) * cast
    slope = 1 + between(dice, -0.3, 0.3) * (x - 0.5) + between(dice, -0.3, 0.3) * (y - 0.5)
    seen = seen * slope[:, :, None]
    if happens(dice, 0.6):
        away = ((x - between(dice, 0, 1)) / between(dice, 0.1, 0.4)) ** 2 + (
            (y - between(dice, 0, 1)) / between(dice, 0.1, 0.4)
        ) ** 2
        seen = seen + (between(dice, 30, 110) * np.exp(-away))[:, :, None]
    return np.asarray(seen, np.float32)
