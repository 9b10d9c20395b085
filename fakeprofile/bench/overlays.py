"""What people lay over pictures: captions, stickers, frames, watermarks, dates, light and snow.

Nothing here looks at the picture but for its size: the same dice on two pictures of one size give
the same furniture, which is how ``negatives`` are made.
"""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from fakeprofile.bench.chance import Colour, Dice, between, chosen, colour, happens, whole_between
from fakeprofile.bench.ink import (
    BLACK,
    FINE,
    TINTS,
    WHITE,
    font,
    heart,
    on_layer,
    put,
    sentence,
    star,
    sticker,
    user_name,
    wrapped,
)
from fakeprofile.bench.pool import Picture, Pool


def least_side(picture: Picture, side: int = 360) -> Picture:
    """A copy that is large enough to write on."""
    scale = side / max(picture.size)
    if scale <= 1:
        return picture.copy()
    return picture.resize(
        (round(picture.width * scale), round(picture.height * scale)), Image.Resampling.BICUBIC
    )


# --- captions ---------------------------------------------------------------------------------


def caption(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Text on the picture: a meme's, a bar of a messenger, a poster's under it, or loose words."""
    del pool
    style = chosen(dice, (_meme, _bar, _panel, _loose))
    return style(least_side(picture), dice)


def _meme(picture: Picture, dice: Dice) -> Picture:
    """Capitals with an edge, above and below."""
    pen = ImageDraw.Draw(picture)
    size = picture.width * between(dice, 0.065, 0.1)
    for top in (True, False) if happens(dice, 0.7) else (happens(dice, 0.5),):
        lines = wrapped(sentence(dice, 3, 7).upper(), size, picture.width * 0.92)[:2]
        step = size * 1.1
        y = size * 0.3 if top else picture.height - size * 0.4 - step * len(lines)
        for line in lines:
            place = (picture.width / 2, y)
            pen.text(
                place,
                line,
                WHITE,
                font(size),
                anchor="ma",
                stroke_width=max(1, round(size / 13)),
                stroke_fill=BLACK,
            )
            y += step
    return picture


def _bar(picture: Picture, dice: Dice) -> Picture:
    """A half-transparent bar right across, with a line of text."""
    high = round(picture.height * between(dice, 0.06, 0.1))
    top = round(picture.height * between(dice, 0.25, 0.8))
    picture.paste(
        BLACK,
        (0, top, picture.width, top + high),
        Image.new("L", (picture.width, high), whole_between(dice, 110, 200)),
    )
    words = sentence(dice, 2, 6)
    ImageDraw.Draw(picture).text(
        (picture.width / 2, top + high / 2), words, WHITE, font(high * 0.55), anchor="mm"
    )
    return picture


def _panel(picture: Picture, dice: Dice) -> Picture:
    """A plain area above or below the picture, with two or three lines."""
    size = picture.width * between(dice, 0.04, 0.07)
    lines = wrapped(sentence(dice, 8, 18), size, picture.width * 0.9)[:4]
    high = round(size * (1.3 * len(lines) + 1))
    paper, ink = (WHITE, BLACK) if happens(dice, 0.7) else (BLACK, WHITE)
    above = happens(dice, 0.6)
    result = Image.new("RGB", (picture.width, picture.height + high), paper)
    result.paste(picture, (0, high if above else 0))
    pen = ImageDraw.Draw(result)
    for number, line in enumerate(lines):
        pen.text(
            (picture.width * 0.05, (0 if above else picture.height) + size * (0.5 + 1.3 * number)),
            line,
            ink,
            font(size),
        )
    return result


def _loose(picture: Picture, dice: Dice) -> Picture:
    """One to three lines of coloured words on ribbons, anywhere, slightly turned."""
    for _ in range(whole_between(dice, 1, 3)):
        size = picture.width * between(dice, 0.05, 0.09)
        words, ink = sentence(dice, 1, 4), colour(dice)
        wide = round(font(size).getlength(words) + size)
        ribbon = Image.new("RGBA", (wide, round(size * 1.5)), (*WHITE, 255 if happens(dice, 0.6) else 0))
        ImageDraw.Draw(ribbon).text((wide / 2, size * 0.75), words, ink, font(size), anchor="mm")
        turned = ribbon.rotate(between(dice, -20, 20), Image.Resampling.BICUBIC, expand=True)
        x = between(dice, -0.1, 0.5) * picture.width
        put(picture, turned, (x, between(dice, 0.05, 0.85) * picture.height))
    return picture


# --- stickers and logos -----------------------------------------------------------------------


def stickers(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Two to six emoji or stickers, small and large."""
    del pool
    result = least_side(picture)
    for _ in range(whole_between(dice, 2, 6)):
        side = round(min(result.size) * between(dice, 0.12, 0.3))
        x, y = between(dice, 0, 0.85) * result.width, between(dice, 0, 0.85) * result.height
        put(result, sticker(dice, side), (x, y))
    return result


def logo(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """An opaque badge with a sign and a name in one corner."""
    del pool
    result = least_side(picture)
    side = round(min(result.size) * between(dice, 0.14, 0.26))
    ground, ink = chosen(dice, TINTS), chosen(dice, (WHITE, (255, 240, 200), BLACK))
    points, name = whole_between(dice, 3, 9), user_name(dice)[:9]

    def draw(pen: ImageDraw.ImageDraw, scale: float) -> None:
        s = side * scale
        pen.ellipse((0, 0, s - 1, s - 1), fill=ground, outline=ink, width=round(s / 24))
        pen.polygon(star(s / 2, s * 0.4, s * 0.26, points), fill=ink)
        pen.text((s / 2, s * 0.77), name, ink, font(s / 8), anchor="mm")

    edge = round(side * between(dice, 0.1, 0.4))
    x = edge if happens(dice, 0.4) else result.width - side - edge
    y = edge if happens(dice, 0.4) else result.height - side - edge
    put(result, on_layer((side, side), draw), (x, y))
    return result


# --- watermarks and dates ----------------------------------------------------------------------


def watermark(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Half-transparent words: in a corner, large across the middle, or tiled all over."""
    style = chosen(dice, ("corner", "middle", "tiled"))
    if style == "tiled":
        return watermark_tiled(picture, dice, pool)
    result = least_side(picture)
    size = min(result.size) * (between(dice, 0.05, 0.08) if style == "corner" else between(dice, 0.12, 0.2))
    mark = _mark(
        f"© {user_name(dice)}", size, whole_between(dice, 110, 220), WHITE if happens(dice, 0.75) else BLACK
    )
    if style == "middle":
        mark = mark.rotate(between(dice, -35, 35), Image.Resampling.BICUBIC, expand=True)
        put(result, mark, ((result.width - mark.width) / 2, (result.height - mark.height) / 2))
        return result
    x = between(dice, 0.02, 0.08) * result.width if happens(dice, 0.4) else result.width * 0.97 - mark.width
    put(result, mark, (x, result.height * (0.03 if happens(dice, 0.3) else 0.96) - size))
    return result


def watermark_tiled(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """The same slanting words all over the picture, as agencies do."""
    del pool
    result = least_side(picture)
    size = min(result.size) * between(dice, 0.05, 0.1)
    ink = WHITE if happens(dice, 0.75) else BLACK
    name, strength = user_name(dice), whole_between(dice, 60, 130)
    side = round(1.5 * max(result.size))
    sheet, wide = Image.new("L", (side, side)), font(size).getlength(name)
    gap_x, gap_y = wide + size * between(dice, 0.8, 3), size * between(dice, 2, 5)
    pen = ImageDraw.Draw(sheet)
    for row in range(round(side / gap_y)):
        for column in range(round(side / gap_x) + 2):
            place = ((column - row % 2 / 2) * gap_x, row * gap_y)
            pen.text(place, name, strength, font(size), stroke_width=round(size / 30))
    sheet = sheet.rotate(between(dice, 15, 45), Image.Resampling.BICUBIC)
    left, top = (side - result.width) // 2, (side - result.height) // 2
    result.paste(ink, (0, 0), sheet.crop((left, top, left + result.width, top + result.height)))
    return result


def _mark(words: str, size: float, strength: int, ink: Colour) -> Picture:
    wide, high = round(font(size).getlength(words)) + 4, round(size * 1.3)
    mark = Image.new("RGBA", (wide, high), (*ink, 0))
    ImageDraw.Draw(mark).text(
        (2, high / 2), words, (*ink, strength), font(size), anchor="lm", stroke_width=round(size / 30)
    )
    return mark


def date_stamp(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """The date in orange, as cameras used to burn it in."""
    del pool
    result = least_side(picture)
    year, month, day = whole_between(dice, 1998, 2026), whole_between(dice, 1, 12), whole_between(dice, 1, 28)
    words = chosen(
        dice,
        (
            f"{day:02}.{month:02}.{year}",
            f"'{year % 100:02} {month:2} {day:2}",
            f"{year}/{month:02}/{day:02} 14:{day:02}",
        ),
    )
    size = result.height * between(dice, 0.05, 0.08)
    ink = chosen(dice, ((255, 140, 30), (255, 90, 40), (255, 220, 60)))
    glow = Image.new("L", result.size)
    place = (result.width * 0.95, result.height * 0.94)
    ImageDraw.Draw(glow).text(place, words, 255, font(size), anchor="rs", stroke_width=round(size / 14))
    result.paste((200, 40, 0), (0, 0), glow.filter(ImageFilter.GaussianBlur(size / 10)))
    ImageDraw.Draw(result).text(place, words, ink, font(size), anchor="rs", stroke_width=round(size / 30))
    return result


# --- light, dust, snow, hearts ------------------------------------------------------------------


def light_overlay(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """A filter that lays something over everything: leaking light, dust, snow or hearts."""
    return chosen(dice, (light_leak, dust, snow, hearts))(picture, dice, pool)


def light_leak(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Coloured light from the edges, added."""
    del pool
    values = np.asarray(picture, np.float32)
    rows, columns = np.mgrid[: picture.height, : picture.width].astype(np.float32)
    for _ in range(whole_between(dice, 2, 4)):
        x, y = chosen(dice, ((0.0, 0.5), (1.0, 0.4), (0.5, 0.0), (0.2, 1.0))), between(dice, 0.2, 0.5)
        away = np.hypot(columns / picture.width - x[0], rows / picture.height - x[1]) / y
        tint = np.array([255, between(dice, 60, 190), between(dice, 20, 150)], np.float32)
        values = values + np.exp(-(away**2))[:, :, None] * tint * between(dice, 0.4, 0.85)
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _strewn(picture: Picture, dice: Dice, count: int, blur: float) -> Picture:
    """White specks of many sizes, added."""
    layer = Image.new("L", picture.size)
    pen = ImageDraw.Draw(layer)
    for _ in range(count):
        x, y = dice.random() * picture.width, dice.random() * picture.height
        r = max(picture.size) * 0.012 * float(dice.random()) ** 3 + 0.7
        pen.ellipse((x - r, y - r, x + r, y + r), fill=whole_between(dice, 120, 255))
    result = picture.copy()
    result.paste(WHITE, (0, 0), layer.filter(ImageFilter.GaussianBlur(blur)))
    return result


def snow(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Flakes near and far."""
    del pool
    return _strewn(least_side(picture), dice, whole_between(dice, 150, 600), between(dice, 0.3, 1.2))


def dust(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Dust, hairs and scratches of old film."""
    del pool
    result = _strewn(least_side(picture), dice, whole_between(dice, 80, 250), 0.4)
    pen = ImageDraw.Draw(result)
    for _ in range(whole_between(dice, 6, 24)):
        x, y, angle = dice.random() * result.width, dice.random() * result.height, between(dice, 0, 2 * pi)
        length, bend = max(result.size) * between(dice, 0.02, 0.25), between(dice, -0.6, 0.6)
        line = [
            (x + length * i / 8 * cos(angle + bend * i / 8), y + length * i / 8 * sin(angle + bend * i / 8))
            for i in range(9)
        ]
        pen.line(line, fill=(235, 230, 220), width=1)
    return result


def hearts(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Hearts all over, of many sizes, half transparent."""
    del pool
    result = least_side(picture)
    layer = Image.new("RGBA", (result.width * 2, result.height * 2))
    pen = ImageDraw.Draw(layer)
    tint = chosen(dice, TINTS)
    for _ in range(whole_between(dice, 20, 70)):
        x, y = dice.random() * layer.width, dice.random() * layer.height
        pen.polygon(
            heart(x, y, max(layer.size) * between(dice, 0.008, 0.04)),
            fill=(*tint, whole_between(dice, 120, 255)),
        )
    put(result, layer.resize(result.size, Image.Resampling.BOX), (0, 0))
    return result


# --- frames -------------------------------------------------------------------------------------


def frame(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """One of the frames below."""
    return chosen(dice, (frame_thin, frame_broad, frame_ornate, frame_grainy))(picture, dice, pool)


def frame_thin(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """One or two plain lines around it, 1 to 5 % wide."""
    del pool
    result = least_side(picture)
    for _ in range(whole_between(dice, 1, 2)):
        result = ImageOps.expand(
            result, max(2, round(min(result.size) * between(dice, 0.01, 0.05))), colour(dice)
        )
    return result


def frame_broad(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """A plain or two-coloured mat of 10 to 25 % a side, or an instant photo's with a foot."""
    del pool
    result = least_side(picture)
    edge = round(min(result.size) * between(dice, 0.1, 0.25))
    if happens(dice, 0.3):
        canvas = Image.new("RGB", (result.width + edge, round(result.height + 2.2 * edge)), (246, 244, 238))
        canvas.paste(result, (edge // 2, edge // 2))
        place = (canvas.width / 2, result.height + 1.3 * edge)
        ImageDraw.Draw(canvas).text(place, sentence(dice, 1, 3), (60, 60, 70), font(edge * 0.5), anchor="mm")
        return canvas
    inner = ImageOps.expand(result, max(2, edge // 8), colour(dice))
    return ImageOps.expand(inner, edge, colour(dice))


def frame_ornate(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """Stars, pearls and flowers all round, on a coloured ground."""
    del pool
    inner = least_side(picture)
    edge = round(min(inner.size) * between(dice, 0.09, 0.18))
    result = ImageOps.expand(inner, edge, colour(dice, 20, 200))
    layer = Image.new("RGBA", (result.width * FINE // 2, result.height * FINE // 2))
    pen = ImageDraw.Draw(layer)
    scale, gold = FINE / 2, colour(dice, 150, 255)
    w, h, e = layer.width, layer.height, edge * scale
    pen.rectangle((e * 0.1, e * 0.1, w - e * 0.1, h - e * 0.1), outline=gold, width=round(e / 16))
    pen.rectangle((e * 0.88, e * 0.88, w - e * 0.88, h - e * 0.88), outline=gold, width=round(e / 10))
    inks = [colour(dice, 60, 255) for _ in range(4)]
    for number in range(whole_between(dice, 9, 15) + 1):
        along = number / 12
        for x, y in ((along * w, e / 2), (along * w, h - e / 2), (e / 2, along * h), (w - e / 2, along * h)):
            pen.polygon(star(x, y, e * 0.34, 4 + number % 4), fill=inks[number % 3], outline=inks[3])
            pen.ellipse((x - e * 0.09, y - e * 0.09, x + e * 0.09, y + e * 0.09), fill=inks[3])
    put(result, layer.resize(result.size, Image.Resampling.BOX), (0, 0))
    return result


def frame_grainy(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    """A frame of wood, stone or cloth that fills up to half of the result."""
    del pool
    inner = least_side(picture)
    edge = round(min(inner.size) * between(dice, 0.1, 0.2))
    size = (inner.width + 2 * edge, inner.height + 2 * edge)
    result = texture(size, dice)
    result.paste(inner, (edge, edge))
    ImageDraw.Draw(result).rectangle(
        (edge - 3, edge - 3, size[0] - edge + 2, size[1] - edge + 2), outline=colour(dice, 0, 90), width=3
    )
    return result


def texture(size: tuple[int, int], dice: Dice, tint: Colour | None = None) -> Picture:
    """A grainy surface: noise of several sizes, stretched one way, in one colour."""
    import cv2

    total = np.zeros((size[1], size[0]), np.float32)
    stretch = between(dice, 1, 12)
    for step in (2, 5, 14, 40):
        small = dice.normal(0, 1, (max(2, size[1] // step), max(2, round(size[0] / step / stretch)))).astype(
            np.float32
        )
        total += cv2.resize(small, size, interpolation=cv2.INTER_CUBIC) * step**0.4
    total /= max(1e-6, float(total.std()))
    ground = np.array(tint or colour(dice, 70, 200), np.float32)
    values = ground * (1 + total[:, :, None] * between(dice, 0.12, 0.3))
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
