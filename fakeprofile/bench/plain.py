"""Edits of the whole picture: compression, size, cuts, turns, colours, blur and noise."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from fakeprofile.bench.chance import Dice, between, chosen, colour, happens, sign, whole_between
from fakeprofile.bench.pool import Picture, Pool

RESAMPLINGS = (
    Image.Resampling.LANCZOS,
    Image.Resampling.BICUBIC,
    Image.Resampling.BILINEAR,
    Image.Resampling.BOX,
)


def compressed(picture: Picture, quality: int) -> Picture:
    """The picture as a JPEG of that quality gives it back."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    out.seek(0)
    return Image.open(out).convert("RGB")


def compression(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Saved badly one to three times, as it is passed on from app to app."""
    del pool
    for _ in range(whole_between(dice, 1, 3)):
        picture = compressed(picture, whole_between(dice, 12, 45))
    return picture


def sized(picture: Picture, side: int, dice: Dice) -> Picture:
    """The picture with its longest side that long."""
    scale = side / max(picture.size)
    size = (max(16, round(picture.width * scale)), max(16, round(picture.height * scale)))
    return picture.resize(size, chosen(dice, RESAMPLINGS))


def cut(picture: Picture, width: float, height: float, dice: Dice) -> Picture:
    """A part of so many pixels, anywhere."""
    wide, high = max(16, round(width)), max(16, round(height))
    left = whole_between(dice, 0, max(0, picture.width - wide))
    top = whole_between(dice, 0, max(0, picture.height - high))
    return picture.crop((left, top, min(picture.width, left + wide), min(picture.height, top + high)))


def cropped(picture: Picture, share: float, dice: Dice) -> Picture:
    """A part of that share of the area, of another shape, anywhere."""
    lean = between(dice, 0.8, 1.25)
    wide = min(1.0, (share * lean) ** 0.5)
    return cut(picture, picture.width * wide, picture.height * min(1.0, share / wide), dice)


def square_of(picture: Picture, dice: Dice, least: float = 0.8) -> Picture:
    """A square from the picture, near its middle, as an avatar is cut."""
    side = min(picture.size) * between(dice, least, 1.0)
    spare_x, spare_y = picture.width - side, picture.height - side
    left, top = spare_x * between(dice, 0.3, 0.7), spare_y * between(dice, 0.2, 0.6)
    return picture.crop((round(left), round(top), round(left + side), round(top + side)))


def avatar_square(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """A square avatar of 100 to 400 pixels."""
    del pool
    side = chosen(dice, (100, 128, 150, 180, 200, 240, 320, 400))
    return square_of(picture, dice).resize((side, side), chosen(dice, RESAMPLINGS[:3]))


def round_mask(side: int) -> Picture:
    """A disc with soft edges."""
    mask = Image.new("L", (4 * side, 4 * side))
    ImageDraw.Draw(mask).ellipse((0, 0, 4 * side - 1, 4 * side - 1), fill=255)
    return mask.resize((side, side), Image.Resampling.BOX)


def avatar_round(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """A round avatar of 110 to 400 pixels on a ground, sometimes with a ring."""
    side = chosen(dice, (110, 128, 150, 168, 200, 256, 320, 400))
    disc = avatar_square(picture, dice, pool).resize((side, side), Image.Resampling.LANCZOS)
    pad = round(side * chosen(dice, (0.0, 0.0, 0.03, 0.08, 0.2)))
    ground = chosen(dice, ((255, 255, 255), (0, 0, 0), (18, 18, 18), (240, 242, 245), colour(dice)))
    canvas = Image.new("RGB", (side + 2 * pad, side + 2 * pad), ground)
    canvas.paste(disc, (pad, pad), round_mask(side))
    if pad and happens(dice, 0.5):
        ring = max(2, pad // 3)
        box = (pad - ring - 1, pad - ring - 1, side + pad + ring, side + pad + ring)
        ImageDraw.Draw(canvas).ellipse(box, outline=colour(dice, 60, 255), width=ring)
    return canvas


def mirror(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Left and right changed; sometimes also cut a little."""
    del pool
    flipped = ImageOps.mirror(picture)
    return cropped(flipped, between(dice, 0.85, 1.0), dice) if happens(dice, 0.5) else flipped


def aspect(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Stretched one way by 10 to 40 %."""
    del pool
    stretch = between(dice, 1.1, 1.4)
    wide = happens(dice, 0.5)
    size = (picture.width * (stretch if wide else 1), picture.height * (1 if wide else stretch))
    return picture.resize((round(size[0]), round(size[1])), chosen(dice, RESAMPLINGS[:3]))


def turn_5(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Turned by 3 to 7 degrees, either cut to a full rectangle or with empty corners."""
    del pool
    degrees = between(dice, 3, 7) * sign(dice)
    sine = float(np.sin(np.radians(abs(degrees))))
    left, top = round(picture.height / 2 * sine) + 1, round(picture.width / 2 * sine) + 1
    # A strip that is many times as long as high has no full rectangle left.
    if happens(dice, 0.5) or 4 * left > picture.width or 4 * top > picture.height:
        ground = chosen(dice, ((255, 255, 255), (0, 0, 0), colour(dice)))
        return picture.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=ground)
    slanted = picture.rotate(degrees, Image.Resampling.BICUBIC)
    return slanted.crop((left, top, picture.width - left, picture.height - top))


def turn_90(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """A quarter turn to either side."""
    del pool
    return picture.transpose(chosen(dice, (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)))


def turn_180(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Upside down; sometimes cut a little."""
    del pool
    over = picture.transpose(Image.Transpose.ROTATE_180)
    return cropped(over, between(dice, 0.85, 1.0), dice) if happens(dice, 0.3) else over


def colour_filter(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """A filter such as apps offer: tint, fade, contrast, a curve for each colour, darker corners."""
    del pool
    values = np.asarray(picture, np.float32) / 255
    values = values ** np.array([between(dice, 0.7, 1.4) for _ in range(3)], np.float32)
    tint = np.array([between(dice, 0.78, 1.0) for _ in range(3)], np.float32)
    fade = between(dice, 0.0, 0.16)
    values = fade + (1 - fade) * values * tint
    middle, contrast = between(dice, 0.4, 0.6), between(dice, 0.75, 1.35)
    values = (values - middle) * contrast + middle + between(dice, -0.06, 0.1)
    if happens(dice, 0.4):
        rows, columns = np.mgrid[: picture.height, : picture.width].astype(np.float32)
        away = np.hypot(rows / picture.height - 0.5, columns / picture.width - 0.5) / 0.71
        values *= (1 - between(dice, 0.2, 0.55) * away**2)[:, :, None]
    toned = Image.fromarray((np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8))
    return ImageEnhance.Color(toned).enhance(between(dice, 0.4, 1.7))


def grey(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Without colour, with another contrast; sometimes in brown."""
    del pool
    weights = np.array([between(dice, 0.15, 0.5) for _ in range(3)])
    values = np.asarray(picture, np.float32) @ (weights / weights.sum()).astype(np.float32)
    contrast = between(dice, 0.8, 1.4)
    values = np.clip((values - 128) * contrast + 128 + between(dice, -15, 15), 0, 255)
    flat = Image.fromarray(values.astype(np.uint8))
    if happens(dice, 0.3):
        return ImageOps.colorize(flat, (40, 26, 13), (255, 240, 214))
    return flat.convert("RGB")


def blur(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Out of focus or shaken, by 0.4 to 0.8 % of its longest side."""
    del pool
    return _blurred(picture, max(picture.size) * between(dice, 0.004, 0.008), dice)


def heavy_blur(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """The same by 0.9 to 1.6 %: a Gaussian of 2 to 3.5 pixels in 384."""
    del pool
    return _blurred(picture, max(picture.size) * between(dice, 0.009, 0.016), dice)


def _blurred(picture: Picture, spread: float, dice: Dice) -> Picture:
    if happens(dice, 0.6):
        return picture.filter(ImageFilter.GaussianBlur(spread / 1.8))
    import cv2

    length, angle = max(3, round(2.5 * spread)), between(dice, 0, 180)
    kernel = np.zeros((length, length), np.float32)
    kernel[length // 2] = 1.0
    matrix = cv2.getRotationMatrix2D(((length - 1) / 2, (length - 1) / 2), angle, 1.0)
    line = np.asarray(cv2.warpAffine(kernel, matrix, (length, length)))
    return Image.fromarray(cv2.filter2D(np.asarray(picture), -1, line / line.sum()))


def noisy(picture: Picture, strength: float, dice: Dice, grain: float = 1.0) -> Picture:
    """The picture with noise of that standard deviation, of 255, in grains of so many pixels."""
    size = (max(1, round(picture.width / grain)), max(1, round(picture.height / grain)))
    speckle = dice.normal(0, 1, (size[1], size[0], 3)).astype(np.float32)
    if happens(dice, 0.5):
        speckle[:] = speckle[:, :, :1]
    if grain > 1:
        import cv2

        speckle = np.asarray(cv2.resize(speckle, picture.size, interpolation=cv2.INTER_LINEAR))
        speckle /= max(1e-6, float(speckle.std()))
    values = np.asarray(picture, np.float32) + strength * speckle
    return Image.fromarray((np.clip(values, 0, 255) + 0.5).astype(np.uint8))


def noise(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Noise as of a dark room, fine or in grains."""
    del pool
    return noisy(picture, between(dice, 12, 32), dice, chosen(dice, (1.0, 1.0, 1.6, 2.4)))
