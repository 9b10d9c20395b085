"""What hides a large part of a picture: a headline over its middle, a face made unknown, another photo shining through."""

from __future__ import annotations

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from fakeprofile.bench.chance import Dice, between, chosen
from fakeprofile.bench.ink import BLACK, TINTS, WHITE, font, put, sentence, sticker
from fakeprofile.bench.overlays import least_side
from fakeprofile.bench.pool import Picture, Pool

INKS = (WHITE, (255, 0, 0), (255, 230, 0), *TINTS)


def headline(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Two or three words in large coloured letters with a black edge over the middle."""
    del pool
    result = least_side(picture)
    pen = ImageDraw.Draw(result)
    words = sentence(dice, 2, 3).upper().split()[:3]
    longest = max(len(word) for word in words)
    size = min(result.width * between(dice, 0.12, 0.2), result.width * 1.3 / longest, result.height * 0.28)
    ink, top = chosen(dice, INKS), result.height / 2 - size * 0.55 * len(words)
    for number, word in enumerate(words):
        pen.text(
            (result.width / 2, top + 1.1 * size * number),
            word,
            ink,
            font(size),
            anchor="ma",
            stroke_width=max(1, round(size / between(dice, 12, 18))),
            stroke_fill=BLACK,
        )
    return result


def face_covered(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """A quarter to a third of the shorter side, where faces are, blurred, in coarse squares or under an emoji."""
    del pool
    result = least_side(picture)
    side = round(min(result.size) * between(dice, 0.22, 0.34))
    left = round(result.width * between(dice, 0.4, 0.6) - side / 2)
    top = round(result.height * between(dice, 0.3, 0.45) - side / 2)
    how = chosen(dice, ("blur", "squares", "emoji"))
    if how == "emoji":
        put(result, sticker(dice, side), (left, top))
        return result
    part = result.crop((left, top, left + side, top + side))
    mask = Image.new("L", part.size, 255)
    if how == "blur":
        part = part.filter(ImageFilter.GaussianBlur(side / 8))
        mask = Image.new("L", part.size)
        ImageDraw.Draw(mask).ellipse((0, 0, side - 1, side - 1), fill=255)
    else:
        squares = (8, 8)
        part = part.resize(squares, Image.Resampling.BOX).resize(part.size, Image.Resampling.NEAREST)
    result.paste(part, (left, top), mask)
    return result


def blended(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Another photo shines through it, by 12 to 28 %."""
    other = ImageOps.fit(pool.take(1)[0], picture.size, Image.Resampling.BICUBIC)
    return Image.blend(picture, other, between(dice, 0.12, 0.28))
