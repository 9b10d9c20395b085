"""The screen that every screenshot stands on: its size, theme, bars, avatars and words."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageOps

from fakeprofile.bench.chance import Colour, Dice, chosen, colour, happens, whole_between
from fakeprofile.bench.ink import WHITE, Pen, font, icon, put, sentence, user_name, wrapped
from fakeprofile.bench.plain import round_mask
from fakeprofile.bench.pool import Picture, Pool

SIZES = (
    (1080, 2340),
    (1080, 2400),
    (1170, 2532),
    (1080, 1920),
    (1440, 3120),
    (750, 1334),
    (720, 1600),
    (828, 1792),
)
"""Width and height of common phones, in pixels."""
LIGHT = (((255, 255, 255), (18, 18, 18)), ((250, 250, 250), (38, 38, 38)), ((246, 246, 248), (0, 0, 0)))
DARK = (((0, 0, 0), (245, 245, 245)), ((18, 18, 18), (230, 230, 230)), ((24, 28, 36), (240, 240, 245)))
"""Paper and ink of the two themes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A screen that is being drawn."""

    canvas: Picture
    pen: Pen
    unit: float
    """A hundredth of a phone's width, in pixels: sizes of letters and icons follow it."""
    paper: Colour
    ink: Colour
    faint: Colour
    accent: Colour
    desktop: bool

    @property
    def width(self) -> int:
        """In pixels."""
        return self.canvas.width

    @property
    def height(self) -> int:
        """In pixels."""
        return self.canvas.height

    def write(
        self,
        place: tuple[float, float],
        words: str,
        size: float = 3.6,
        *,
        faint: bool = False,
        bold: bool = False,
        anchor: str = "la",
    ) -> None:
        """A line of text; its size in units."""
        ink, stroke = (
            (self.faint if faint else self.ink),
            (max(1, round(size * self.unit / 22)) if bold else 0),
        )
        self.pen.text(
            place, words, ink, font(size * self.unit), anchor=anchor, stroke_width=stroke, stroke_fill=ink
        )

    def icon(
        self, name: str, place: tuple[float, float], side: float = 6.5, fill: Colour | None = None
    ) -> None:
        """An icon; its side in units."""
        put(self.canvas, icon(name, max(8, round(side * self.unit)), fill or self.ink), place)


def screen_of(dice: Dice, *, dark: bool, desktop: bool = False) -> Screen:
    """An empty screen in one of the themes."""
    paper, ink = chosen(dice, DARK if dark else LIGHT)
    size = (
        chosen(dice, ((1366, 768), (1920, 1080), (1280, 900), (1440, 900)))
        if desktop
        else chosen(dice, SIZES)
    )
    canvas = Image.new("RGB", size, paper)
    middle = (
        round((2 * paper[0] + 3 * ink[0]) / 5),
        round((2 * paper[1] + 3 * ink[1]) / 5),
        round((2 * paper[2] + 3 * ink[2]) / 5),
    )
    accent = chosen(dice, ((0, 149, 246), (88, 86, 214), (0, 168, 132), (220, 60, 90), (255, 110, 40)))
    unit = 3.9 * size[0] / 1366 if desktop else size[0] / 100
    return Screen(
        canvas=canvas,
        pen=ImageDraw.Draw(canvas),
        unit=unit,
        paper=paper,
        ink=ink,
        faint=middle,
        accent=accent,
        desktop=desktop,
    )


def status_bar(screen: Screen, dice: Dice, ink: Colour | None = None) -> float:
    """Draws the time, the signal and the battery, or a browser's bar; the height that is used, in pixels."""
    if screen.desktop:
        return _browser_bar(screen, dice)
    u, ink = screen.unit, ink or screen.ink
    high, edge = u * whole_between(dice, 6, 10), u * whole_between(dice, 3, 8)
    y = high * 0.55
    time = f"{whole_between(dice, 0, 23)}:{whole_between(dice, 0, 59):02}"
    screen.pen.text((edge, y), time, ink, font(3.6 * u), anchor="lm", stroke_width=1, stroke_fill=ink)
    right = screen.width - edge
    screen.pen.rounded_rectangle(
        (right - 6 * u, y - 1.4 * u, right, y + 1.4 * u), u * 0.7, outline=ink, width=max(1, round(u / 4))
    )
    share = whole_between(dice, 8, 100) / 100
    screen.pen.rectangle(
        (right - 5.5 * u, y - 0.9 * u, right - 5.5 * u + 5 * u * share, y + 0.9 * u), fill=ink
    )
    if happens(dice, 0.4):
        screen.pen.text((right - 7 * u, y), f"{round(share * 100)}%", ink, font(3 * u), anchor="rm")
        right -= 8 * u
    for bar in range(4):
        x = right - 13 * u + bar * 1.2 * u
        screen.pen.rectangle((x, y + 1.3 * u - (bar + 1) * 0.65 * u, x + 0.7 * u, y + 1.3 * u), fill=ink)
    return high


def _browser_bar(screen: Screen, dice: Dice) -> float:
    u, shade = screen.unit, (222, 225, 230) if sum(screen.paper) > 380 else (53, 54, 58)
    high = u * whole_between(dice, 14, 22)
    screen.pen.rectangle((0, 0, screen.width, high), fill=shade)
    for number, fill in enumerate(((255, 95, 86), (255, 189, 46), (39, 201, 63))):
        screen.pen.ellipse((u * (3 + 5 * number), u * 2, u * (6 + 5 * number), u * 5), fill=fill)
    screen.pen.rounded_rectangle((u * 24, u * 0.8, u * 70, high * 0.48), u, fill=screen.paper)
    screen.write((u * 27, u * 2), sentence(dice, 2, 4), 3.2)
    screen.pen.rounded_rectangle(
        (u * 26, high * 0.54, screen.width - u * 20, high * 0.92), u * 3, fill=screen.paper
    )
    screen.icon("back", (u * 4, high * 0.56), 5)
    screen.write((u * 30, high * 0.6), f"https://www.example.org/{user_name(dice)}/", 3.4, faint=True)
    return high


def navigation_bar(screen: Screen, dice: Dice) -> float:
    """Draws five icons at the foot; the height of the bar, in pixels. On a desktop there is none."""
    if screen.desktop:
        return 0.0
    u = screen.unit
    high = u * whole_between(dice, 13, 19)
    top = screen.height - high
    screen.pen.rectangle((0, top, screen.width, screen.height), fill=screen.paper)
    if happens(dice, 0.6):
        screen.pen.line((0, top, screen.width, top), fill=screen.faint)
    for number, name in enumerate(("home", "search", "plus", "play", "person")):
        screen.icon(name, (screen.width * (number + 0.5) / 5 - 3.3 * u, top + 3 * u))
    if happens(dice, 0.5):
        middle = screen.width / 2
        screen.pen.rounded_rectangle(
            (middle - 18 * u, screen.height - 2 * u, middle + 18 * u, screen.height - 1.2 * u),
            u,
            fill=screen.ink,
        )
    return high


def letter_disc(side: int, dice: Dice) -> Picture:
    """A letter on a plain colour: the avatar of who has none."""
    disc = Image.new("RGB", (side, side), colour(dice, 40, 200))
    letter = chr(whole_between(dice, 65, 90))
    ImageDraw.Draw(disc).text((side / 2, side / 2), letter, WHITE, font(side * 0.55), anchor="mm")
    return disc


def put_disc(
    screen: Screen, picture: Picture, place: tuple[float, float], side: float, ring: bool = False
) -> None:
    """A round avatar, sometimes in the coloured ring of a story."""
    wide = max(8, round(side))
    x, y = round(place[0]), round(place[1])
    if ring:
        gap = max(2, wide // 14)
        box = (x - 2 * gap, y - 2 * gap, x + wide + 2 * gap, y + wide + 2 * gap)
        screen.pen.ellipse(box, outline=(214, 41, 118), width=gap)
    screen.canvas.paste(
        ImageOps.fit(picture, (wide, wide), Image.Resampling.LANCZOS), (x, y), round_mask(wide)
    )


def paragraph(
    screen: Screen,
    place: tuple[float, float],
    words: str,
    width: float,
    size: float = 3.5,
    *,
    faint: bool = False,
) -> float:
    """Lines of text no wider than so many pixels; where they end, in pixels from the top."""
    y = place[1]
    for line in wrapped(words, size * screen.unit, width):
        screen.write((place[0], y), line, size, faint=faint)
        y += size * 1.35 * screen.unit
    return y


def finished(screen: Screen, dice: Dice) -> Picture:
    """The screenshot as it is passed on: as it is, or reduced by a messenger."""
    if not screen.desktop and happens(dice, 0.25):
        side = chosen(dice, (1280, 1600))
        scale = side / max(screen.canvas.size)
        if scale < 1:
            size = (round(screen.width * scale), round(screen.height * scale))
            return screen.canvas.resize(size, Image.Resampling.LANCZOS)
    return screen.canvas


def avatar_beside(dice: Dice, pool: Pool, side: int = 160) -> Picture:
    """Another photo, or a letter."""
    letter = letter_disc(side, dice)
    return pool.take(1)[0] if happens(dice, 0.5) else letter
