"""Small textured pictures made of numbers, the same each time, and what people do to pictures."""

from __future__ import annotations

import hashlib
import math

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from fakeprofile.records import Photo, Pixels


def scene(seed: int, width: int = 480, height: int = 360) -> Pixels:
    """A picture of leaves, stones and light: blots of every size over slow colours, with grain."""
    dice = np.random.default_rng(seed)
    canvas = _clouds(dice, width, height, width / 4, 60) + 120
    for _ in range(260):
        middle = (int(dice.integers(width)), int(dice.integers(height)))
        axes = (int(dice.integers(3, max(5, width // 14))), int(dice.integers(3, max(5, width // 20))))
        colour = tuple(float(part) for part in dice.uniform(20, 235, 3))
        cv2.ellipse(canvas, middle, axes, float(dice.uniform(0, 180)), 0, 360, colour, -1, cv2.LINE_AA)
    canvas += _clouds(dice, width, height, 6, 22) + _clouds(dice, width, height, 1.5, 12)
    return np.asarray(canvas.clip(0, 255), dtype=np.uint8)


def _clouds(
    dice: np.random.Generator, width: int, height: int, size: float, strength: float
) -> NDArray[np.float32]:
    noise = cv2.GaussianBlur(dice.normal(size=(height, width, 3)).astype(np.float32), (0, 0), size)
    return np.asarray(noise / noise.std() * strength, dtype=np.float32)


def photo_of(pixels: Pixels, name: str = "drawn") -> Photo:
    """A photo with these pixels, as if it had been read from a file."""
    pixels = np.ascontiguousarray(pixels)
    return Photo(
        name=name,
        sha256=hashlib.sha256(pixels.tobytes() + bytes(pixels.shape[0])).hexdigest(),
        width=pixels.shape[1],
        height=pixels.shape[0],
        pixels=pixels,
    )


# --- what people do to pictures -------------------------------------------------------------


def mirrored(pixels: Pixels) -> Pixels:
    return np.ascontiguousarray(pixels[:, ::-1])


def turned(pixels: Pixels, quarters: int) -> Pixels:
    """Turned clockwise by quarter turns."""
    return np.ascontiguousarray(np.rot90(pixels, -quarters))


def turned_by(pixels: Pixels, degrees: float) -> Pixels:
    """Turned clockwise about its middle, on white."""
    picture = Image.fromarray(pixels).rotate(
        -degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255)
    )
    return np.asarray(picture)


def cropped(pixels: Pixels, left: float, top: float, right: float, bottom: float) -> Pixels:
    """The part between these shares of its width and height."""
    height, width = pixels.shape[:2]
    rows = slice(round(top * height), round(bottom * height))
    return np.ascontiguousarray(pixels[rows, round(left * width) : round(right * width)])


def resized(pixels: Pixels, width: int) -> Pixels:
    height = round(pixels.shape[0] * width / pixels.shape[1])
    return np.asarray(Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS))


def grey(pixels: Pixels) -> Pixels:
    return np.asarray(Image.fromarray(pixels).convert("L").convert("RGB"))


def warm(pixels: Pixels) -> Pixels:
    """Faded and yellow, as a filter makes it."""
    return np.asarray((pixels * np.array([0.98, 0.87, 0.68]) + 25).clip(0, 255), dtype=np.uint8)


def screenshot(pixels: Pixels, name: str = "soepkieke2020belgium", dark: bool = False) -> Pixels:
    """A phone's screen, 540 x 1170, with the picture as a post under a name."""
    ground, ink = ((0, 0, 0), (240, 240, 240)) if dark else ((255, 255, 255), (20, 20, 20))
    screen = Image.new("RGB", (540, 1170), ground)
    pen = ImageDraw.Draw(screen)
    pen.text((30, 15), "9:41", fill=ink, font_size=22)
    pen.rectangle((470, 20, 505, 38), outline=ink, width=2)
    pen.ellipse((15, 75, 65, 125), fill=(120, 90, 200))
    pen.text((80, 88), name, fill=ink, font_size=20)
    post = Image.fromarray(resized(pixels, 540))
    screen.paste(post, (0, 140))
    under = 140 + post.height + 15
    for place in range(3):
        pen.ellipse((15 + place * 50, under, 50 + place * 50, under + 35), outline=ink, width=3)
    pen.text((15, under + 50), "Liked by emma_x and 31 others", fill=ink, font_size=19)
    pen.text((15, under + 80), "just me and my phone on a sunday afternoon", fill=ink, font_size=19)
    for place in range(5):
        pen.rectangle((40 + place * 108, 1110, 70 + place * 108, 1140), outline=ink, width=3)
    return np.asarray(screen)


def avatar(pixels: Pixels, side: int) -> Pixels:
    """The middle of it, round, on white."""
    height, width = pixels.shape[:2]
    edge = min(height, width)
    top, left = (height - edge) // 2, (width - edge) // 2
    middle = Image.fromarray(pixels[top : top + edge, left : left + edge])
    small = np.asarray(middle.resize((side, side), Image.Resampling.LANCZOS))
    rows, columns = np.mgrid[:side, :side]
    inside = np.hypot(rows - (side - 1) / 2, columns - (side - 1) / 2) <= side / 2
    return np.where(inside[:, :, None], small, np.uint8(255))


def captioned(pixels: Pixels, share: float = 0.35) -> Pixels:
    """The picture with a caption on white over the upper part of it."""
    picture = Image.fromarray(pixels)
    pen = ImageDraw.Draw(picture)
    height, size = round(picture.height * share), max(10, picture.width // 22)
    pen.rectangle((0, 0, picture.width, height), fill=(255, 255, 255))
    words = (
        "When you tell everyone that you",
        "are eleven years old and then",
        "your mother finds the pictures",
    )
    for line in range(max(1, int(height / (size * 1.4)))):
        pen.text((10, 6 + line * size * 1.4), words[line % 3], fill=(0, 0, 0), font_size=size)
    return np.asarray(picture)


def stickered(pixels: Pixels) -> Pixels:
    """The picture with four yellow faces on it."""
    picture = Image.fromarray(pixels)
    pen = ImageDraw.Draw(picture)
    radius = picture.height // 9
    for right, down in ((0.2, 0.25), (0.75, 0.2), (0.3, 0.75), (0.8, 0.7)):
        x, y = picture.width * right, picture.height * down
        box = (x - radius, y - radius, x + radius, y + radius)
        pen.ellipse(box, fill=(255, 220, 60), outline=(180, 120, 0), width=3)
        for side in (-0.4, 0.2):
            pen.ellipse(
                (x + side * radius, y - radius * 0.4, x + (side + 0.2) * radius, y - radius * 0.1),
                fill=(0, 0, 0),
            )
        pen.arc(
            (x - radius * 0.5, y - radius * 0.3, x + radius * 0.5, y + radius * 0.6), 20, 160, fill=0, width=3
        )
    return np.asarray(picture)


def watermarked(pixels: Pixels, size: int) -> Pixels:
    """Under half-transparent words from edge to edge, of that size in pixels."""
    picture = Image.fromarray(pixels).convert("RGBA")
    words = Image.new("RGBA", picture.size)
    pen, font = ImageDraw.Draw(words), ImageFont.load_default(size)
    for y in range(0, picture.height, round(size * 1.65)):
        for x in range(-30 + y * 7 % 60, picture.width, size * 6 + 4):
            pen.text((x, y), "sample", font=font, fill=(255, 255, 255, 150))
    return np.asarray(Image.alpha_composite(picture, words).convert("RGB"))


def framed(pixels: Pixels) -> Pixels:
    """The picture inside a broad patterned frame."""
    height, width = pixels.shape[:2]
    edge = width // 8
    outer = Image.new("RGB", (width + 2 * edge, height + 2 * edge), (90, 60, 30))
    pen = ImageDraw.Draw(outer)
    step = edge
    for x in range(0, outer.width, step):
        for y in range(0, outer.height, step):
            kind = (x // step * 7 + y // step * 3) % 3
            box = (x + step // 6, y + step // 6, x + step * 5 // 6, y + step * 5 // 6)
            if kind == 0:
                pen.ellipse(box, fill=(200, 40, 60), outline=(255, 220, 0), width=3)
            elif kind == 1:
                pen.rectangle(box, fill=(40, 160, 60), outline=(0, 0, 0), width=3)
            else:
                pen.regular_polygon(
                    ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, step / 3), 5, fill=(230, 180, 40)
                )
    outer.paste(Image.fromarray(pixels), (edge, edge))
    return np.asarray(outer)


def text_page(seed: int) -> Pixels:
    """A page of words, 600 x 800; every second line is the same on every page."""
    page = Image.new("RGB", (600, 800), (255, 255, 255))
    pen = ImageDraw.Draw(page)
    words = [
        "the",
        "a",
        "child",
        "photo",
        "name",
        "singer",
        "page",
        "picture",
        "stolen",
        "found",
        "account",
        "year",
        "people",
        "with",
        "from",
        "that",
    ]
    for line in range(34):
        dice = np.random.default_rng(line if line % 2 else 1000 * (seed + 1) + line)
        pen.text((20, 15 + line * 22), " ".join(dice.choice(words, 9)), fill=(0, 0, 0), font_size=16)
    return np.asarray(page)


def code(seed: int) -> Pixels:
    """A square of black and white cells with three finder squares: what a QR code looks like."""
    cells = (np.random.default_rng(seed).random((29, 29)) > 0.5).astype(np.uint8) * 255
    finder = np.zeros((7, 7), dtype=np.uint8)
    finder[1:6, 1:6] = 255
    finder[2:5, 2:5] = 0
    cells[:7, :7] = cells[:7, -7:] = cells[-7:, :7] = finder
    large = np.kron(np.pad(cells, 3, constant_values=255), np.ones((12, 12), dtype=np.uint8))
    return np.repeat(large[:, :, None], 3, axis=2)


def next_moment(pixels: Pixels, seed: int = 0) -> Pixels:
    """The second picture of a burst: another spot, so that near things shift more, and other grain."""
    dice = np.random.default_rng(seed)
    height, width = pixels.shape[:2]
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    nearness = cv2.GaussianBlur(dice.random((height, width)).astype(np.float32), (0, 0), width / 10)
    nearness = (nearness - nearness.min()) / np.ptp(nearness)
    off = nearness * 0.02 * width
    moved = cv2.remap(pixels, columns + off, rows + off / 3, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    noisy = moved + dice.normal(0, 4, pixels.shape)
    return np.asarray(noisy.clip(0, 255), dtype=np.uint8)


def tilted(pixels: Pixels) -> Pixels:
    """Photographed a little from the side, on a dark table."""
    height, width = pixels.shape[:2]
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    target = np.array([(0.08, 0.1), (0.93, 0.05), (0.97, 0.92), (0.04, 0.97)], dtype=np.float32) * np.array(
        [width, height], dtype=np.float32
    )
    matrix = cv2.getPerspectiveTransform(source, target)
    return np.asarray(cv2.warpPerspective(pixels, matrix, (width, height), borderValue=(30, 30, 30)))


def bent(pixels: Pixels, share: float) -> Pixels:
    """As a lens bends it: at the middle of the sides by that share of their length, outwards or (negative) inwards."""
    high, wide = pixels.shape[:2]
    y, x = np.mgrid[-1 : 1 : high * 1j, -1 : 1 : wide * 1j].astype(np.float32)
    factor = 1 + 2 * share * (x**2 + y**2 - 1)
    return np.asarray(
        cv2.remap(
            pixels,
            (x * factor + 1) * (wide - 1) / 2,
            (y * factor + 1) * (high - 1) / 2,
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REFLECT,
        )
    )


def stretched(pixels: Pixels, factor: float) -> Pixels:
    """Made higher, not wider."""
    size = (pixels.shape[1], math.floor(pixels.shape[0] * factor))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))
