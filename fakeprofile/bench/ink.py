"""Words, icons and emoji, drawn with Pillow alone: no font and no picture of anybody is needed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from math import cos, pi, sin

from PIL import Image, ImageDraw, ImageFont

from fakeprofile.bench.chance import Colour, Dice, chosen, happens, whole_between

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Pen = ImageDraw.ImageDraw
Picture = Image.Image
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
FINE = 4
"""Shapes are drawn so many times larger and shrunk: Pillow draws without soft edges."""

SYLLABLES = (
    "lo",
    "mi",
    "sa",
    "ra",
    "ben",
    "ka",
    "ti",
    "no",
    "jo",
    "el",
    "vi",
    "da",
    "re",
    "lu",
    "so",
    "an",
    "mar",
    "zo",
)
WORDS = (
    "the", "best", "day", "ever", "just", "me", "and", "my", "phone", "holiday", "with", "friends", "sun", "love", "this",
    "place", "who", "wants", "to", "chat", "new", "hair", "today", "at", "home", "bored", "again", "summer", "is", "here",
    "niet", "vandaag", "mooi", "weer", "school", "leuk", "photo", "of", "you", "when", "mom", "says", "no", "school", "trip",
)  # fmt: skip


@functools.lru_cache(maxsize=256)
def _font(size: int) -> Font:
    return ImageFont.load_default(size=size)


def font(size: float) -> Font:
    """Pillow's own font at that size, in pixels."""
    return _font(max(6, round(size)))


def user_name(dice: Dice) -> str:
    """An account name such as people choose."""
    name = "".join(chosen(dice, SYLLABLES) for _ in range(whole_between(dice, 2, 4)))
    joint = chosen(dice, ("", ".", "_", "__"))
    return (
        name
        + joint
        + chosen(dice, SYLLABLES)
        + (str(whole_between(dice, 1, 2026)) if happens(dice, 0.5) else "")
    )


def sentence(dice: Dice, least: int = 3, most: int = 9) -> str:
    """Some words."""
    return " ".join(chosen(dice, WORDS) for _ in range(whole_between(dice, least, most)))


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines that are at most so many pixels wide, if its words allow it."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font(size).getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def on_layer(size: tuple[int, int], draw: Callable[[Pen, float], None]) -> Picture:
    """A transparent picture on which ``draw(pen, scale)`` drew, with soft edges."""
    layer = Image.new("RGBA", (size[0] * FINE, size[1] * FINE))
    draw(ImageDraw.Draw(layer), FINE)
    return layer.resize(size, Image.Resampling.BOX)


def star(x: float, y: float, radius: float, points: int = 5) -> list[tuple[float, float]]:
    """The corners of a star."""
    return [
        (x + away * cos(angle), y + away * sin(angle))
        for i in range(2 * points)
        for away, angle in ((radius if i % 2 == 0 else radius * 0.45, pi * i / points - pi / 2),)
    ]


def heart(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """The outline of a heart."""
    turns = [2 * pi * i / 40 for i in range(40)]
    return [
        (
            x + radius * sin(t) ** 3,
            y - radius * (13 * cos(t) - 5 * cos(2 * t) - 2 * cos(3 * t) - cos(4 * t)) / 16,
        )
        for t in turns
    ]


# --- icons: each draws in a square from 0 to s, in one colour -------------------------------


def _line(s: float) -> int:
    return max(1, round(s * 0.075))


def _heart(pen: Pen, s: float, fill: Colour) -> None:
    outline = heart(s / 2, s * 0.47, s * 0.42)
    pen.line([*outline, outline[0]], fill=fill, width=_line(s), joint="curve")


def _comment(pen: Pen, s: float, fill: Colour) -> None:
    pen.arc((s * 0.1, s * 0.1, s * 0.9, s * 0.9), 80, 40, fill=fill, width=_line(s))
    pen.line([(s * 0.82, s * 0.74), (s * 0.9, s * 0.9), (s * 0.56, s * 0.89)], fill=fill, width=_line(s))


def _send(pen: Pen, s: float, fill: Colour) -> None:
    pen.line(
        [
            (s * 0.08, s * 0.14),
            (s * 0.92, s * 0.14),
            (s * 0.5, s * 0.9),
            (s * 0.4, s * 0.46),
            (s * 0.08, s * 0.14),
        ],
        fill=fill,
        width=_line(s),
    )
    pen.line([(s * 0.4, s * 0.46), (s * 0.92, s * 0.14)], fill=fill, width=_line(s))


def _bookmark(pen: Pen, s: float, fill: Colour) -> None:
    outline = [(0.2, 0.1), (0.8, 0.1), (0.8, 0.9), (0.5, 0.62), (0.2, 0.9), (0.2, 0.1)]
    pen.line([(x * s, y * s) for x, y in outline], fill=fill, width=_line(s))


def _home(pen: Pen, s: float, fill: Colour) -> None:
    outline = [(0.14, 0.45), (0.5, 0.1), (0.86, 0.45), (0.86, 0.9), (0.6, 0.9), (0.6, 0.62), (0.4, 0.62), (0.4, 0.9), (0.14, 0.9), (0.14, 0.45)]  # fmt: skip
    pen.line([(x * s, y * s) for x, y in outline], fill=fill, width=_line(s))


def _search(pen: Pen, s: float, fill: Colour) -> None:
    pen.ellipse((s * 0.1, s * 0.1, s * 0.7, s * 0.7), outline=fill, width=_line(s))
    pen.line([(s * 0.62, s * 0.62), (s * 0.92, s * 0.92)], fill=fill, width=_line(s))


def _plus(pen: Pen, s: float, fill: Colour) -> None:
    pen.rounded_rectangle((s * 0.1, s * 0.1, s * 0.9, s * 0.9), s * 0.2, outline=fill, width=_line(s))
    pen.line([(s * 0.5, s * 0.3), (s * 0.5, s * 0.7)], fill=fill, width=_line(s))
    pen.line([(s * 0.3, s * 0.5), (s * 0.7, s * 0.5)], fill=fill, width=_line(s))


def _person(pen: Pen, s: float, fill: Colour) -> None:
    pen.ellipse((s * 0.3, s * 0.1, s * 0.7, s * 0.5), fill=fill)
    pen.pieslice((s * 0.1, s * 0.56, s * 0.9, s * 1.36), 180, 360, fill=fill)


def _back(pen: Pen, s: float, fill: Colour) -> None:
    pen.line([(s * 0.66, s * 0.1), (s * 0.26, s * 0.5), (s * 0.66, s * 0.9)], fill=fill, width=_line(s))


def _dots(pen: Pen, s: float, fill: Colour) -> None:
    for x in (0.15, 0.45, 0.75):
        pen.ellipse((s * x, s * 0.43, s * (x + 0.14), s * 0.57), fill=fill)


def _camera(pen: Pen, s: float, fill: Colour) -> None:
    pen.rounded_rectangle((s * 0.08, s * 0.24, s * 0.92, s * 0.86), s * 0.12, outline=fill, width=_line(s))
    pen.ellipse((s * 0.33, s * 0.38, s * 0.67, s * 0.72), outline=fill, width=_line(s))
    pen.line(
        [(s * 0.34, s * 0.24), (s * 0.42, s * 0.12), (s * 0.6, s * 0.12), (s * 0.66, s * 0.24)],
        fill=fill,
        width=_line(s),
    )


def _grid(pen: Pen, s: float, fill: Colour) -> None:
    for i in range(4):
        place = s * (0.1 + 0.8 * i / 3)
        pen.line([(place, s * 0.1), (place, s * 0.9)], fill=fill, width=_line(s))
        pen.line([(s * 0.1, place), (s * 0.9, place)], fill=fill, width=_line(s))


def _play(pen: Pen, s: float, fill: Colour) -> None:
    pen.polygon([(s * 0.22, s * 0.1), (s * 0.88, s * 0.5), (s * 0.22, s * 0.9)], fill=fill)


def _layers(pen: Pen, s: float, fill: Colour) -> None:
    pen.rounded_rectangle((s * 0.1, s * 0.3, s * 0.7, s * 0.9), s * 0.08, fill=fill)
    pen.line([(s * 0.3, s * 0.14), (s * 0.86, s * 0.14), (s * 0.86, s * 0.7)], fill=fill, width=_line(s))


ICONS: dict[str, Callable[[Pen, float, Colour], None]] = {
    "heart": _heart, "comment": _comment, "send": _send, "bookmark": _bookmark, "home": _home, "search": _search,
    "plus": _plus, "person": _person, "back": _back, "dots": _dots, "camera": _camera, "grid": _grid,
    "play": _play, "layers": _layers,
}  # fmt: skip


@functools.lru_cache(maxsize=512)
def icon(name: str, side: int, fill: Colour) -> Picture:
    """An icon on a transparent square."""
    return on_layer((side, side), lambda pen, scale: ICONS[name](pen, side * scale, fill))


def put(canvas: Picture, layer: Picture, place: tuple[float, float]) -> None:
    """Lays a picture with transparency on the canvas."""
    canvas.paste(layer, (round(place[0]), round(place[1])), layer)


# --- emoji and stickers -----------------------------------------------------------------------


def _face(pen: Pen, s: float, tint: Colour) -> None:
    pen.ellipse(
        (s * 0.04, s * 0.04, s * 0.96, s * 0.96),
        fill=(252, 205, 60),
        outline=(196, 140, 20),
        width=_line(s) // 2,
    )
    for x in (0.32, 0.62):
        pen.ellipse((s * x, s * 0.3, s * (x + 0.08), s * 0.46), fill=(70, 46, 18))
    pen.chord((s * 0.22, s * 0.3, s * 0.78, s * 0.82), 15, 165, fill=tint)


def _hearteyes(pen: Pen, s: float, tint: Colour) -> None:
    _face(pen, s, tint)
    for x in (0.3, 0.7):
        pen.polygon(heart(s * x, s * 0.36, s * 0.15), fill=(226, 40, 62))


def _red_heart(pen: Pen, s: float, tint: Colour) -> None:
    pen.polygon(heart(s / 2, s * 0.47, s * 0.45), fill=tint)
    pen.ellipse((s * 0.2, s * 0.2, s * 0.36, s * 0.32), fill=(255, 220, 225))


def _star_sticker(pen: Pen, s: float, tint: Colour) -> None:
    pen.polygon(star(s / 2, s / 2, s * 0.48), fill=tint, outline=WHITE, width=_line(s))


def _flower(pen: Pen, s: float, tint: Colour) -> None:
    for i in range(6):
        x, y = s / 2 + s * 0.28 * cos(pi * i / 3), s / 2 + s * 0.28 * sin(pi * i / 3)
        pen.ellipse((x - s * 0.18, y - s * 0.18, x + s * 0.18, y + s * 0.18), fill=tint)
    pen.ellipse((s * 0.36, s * 0.36, s * 0.64, s * 0.64), fill=(250, 214, 70))


def _sunglasses(pen: Pen, s: float, tint: Colour) -> None:
    _face(pen, s, tint)
    for x in (0.14, 0.54):
        pen.rounded_rectangle((s * x, s * 0.28, s * (x + 0.32), s * 0.48), s * 0.08, fill=(20, 20, 24))
    pen.line([(s * 0.1, s * 0.3), (s * 0.9, s * 0.3)], fill=(20, 20, 24), width=_line(s))


def _bow(pen: Pen, s: float, tint: Colour) -> None:
    for x in (0.04, 0.96):
        pen.polygon([(s / 2, s / 2), (s * x, s * 0.2), (s * x, s * 0.8)], fill=tint, outline=(90, 20, 50))
    pen.ellipse((s * 0.4, s * 0.4, s * 0.6, s * 0.6), fill=tint, outline=(90, 20, 50), width=_line(s))


def _thumb(pen: Pen, s: float, tint: Colour) -> None:
    pen.rounded_rectangle(
        (s * 0.32, s * 0.42, s * 0.86, s * 0.92),
        s * 0.1,
        fill=(250, 200, 90),
        outline=(180, 120, 30),
        width=_line(s) // 2,
    )
    pen.rounded_rectangle(
        (s * 0.36, s * 0.06, s * 0.58, s * 0.6),
        s * 0.1,
        fill=(250, 200, 90),
        outline=(180, 120, 30),
        width=_line(s) // 2,
    )
    pen.rectangle((s * 0.1, s * 0.46, s * 0.3, s * 0.94), fill=tint)


STICKERS: tuple[Callable[[Pen, float, Colour], None], ...] = (
    _face, _hearteyes, _red_heart, _star_sticker, _flower, _sunglasses, _bow, _thumb,
)  # fmt: skip
TINTS: tuple[Colour, ...] = (
    (226, 40, 62),
    (120, 40, 30),
    (240, 120, 170),
    (60, 120, 230),
    (250, 160, 40),
    (120, 70, 200),
)


def sticker(dice: Dice, side: int) -> Picture:
    """An emoji or sticker, turned a little, on a transparent square."""
    draw, tint, angle = chosen(dice, STICKERS), chosen(dice, TINTS), dice.uniform(-25, 25)
    flat = on_layer((side, side), lambda pen, scale: draw(pen, side * scale, tint))
    return flat.rotate(angle, Image.Resampling.BICUBIC, expand=True)
