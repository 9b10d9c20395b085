"""Drawn screenshots of apps that do not exist, and where in each of them the pictures stand."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from fakeprofile.records import Pixels

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]
NAMES = ("noor.vdl", "tobi_q", "imke dorsman", "sandvang", "vos.atelier", "luna_9", "Jasper K.", "mila&bo")
WORDS = [
    "the",
    "light",
    "was",
    "gone",
    "before",
    "we",
    "found",
    "the",
    "boat",
    "and",
    "nobody",
    "said",
    "a",
    "word",
    "about",
    "it",
    "on",
    "the",
    "way",
    "home",
]
FONTS = (None, "DejaVuSans.ttf", "DejaVuSerif.ttf", "DejaVuSansCondensed.ttf", "DejaVuSans-Bold.ttf")
LIGHT = ((255, 255, 255), (250, 250, 250), (242, 242, 247), (244, 239, 230))
DARK = ((0, 0, 0), (18, 18, 18), (22, 27, 34), (35, 30, 45))


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a picture stands: left, top, right, bottom."""

    box: Box
    round: bool = False


@dataclass
class Screen:
    """A canvas with the pen of one theme, and what was put on it."""

    image: Image.Image
    dice: np.random.Generator
    dark: bool
    font: str | None
    shown: list[Shown] = field(default_factory=list)

    @property
    def ink(self) -> Colour:
        return (235, 235, 238) if self.dark else (28, 28, 30)

    @property
    def faint(self) -> Colour:
        return (120, 120, 126) if self.dark else (150, 150, 156)

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def say(self, x: float, y: float, text: str, size: float, colour: Colour | None = None) -> None:
        self.pen.text((x, y), text, fill=colour or self.ink, font=_font(self.font, size))

    def words(self, count: int) -> str:
        return " ".join(self.dice.choice(WORDS, count))

    def name(self) -> str:
        return str(self.dice.choice(NAMES))

    def put(self, pixels: Pixels, box: Box, radius: int = 0, told: bool = True) -> None:
        """The picture, cut to fill the box, with rounded corners; what is off the canvas is cut away."""
        left, top, right, bottom = box
        picture = filling(pixels, right - left, bottom - top)
        mask = Image.new("L", (picture.width * 2, picture.height * 2), 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), radius * 2, fill=255)
        self.image.paste(picture, (left, top), mask.resize(picture.size, Image.Resampling.BOX))
        seen = max(0, left), max(0, top), min(self.image.width, right), min(self.image.height, bottom)
        if told:
            self.shown.append(Shown(seen, round=radius * 2 >= right - left - 1))

    def avatar(self, pixels: Pixels, x: int, y: int, side: int) -> None:
        self.put(pixels, (x, y, x + side, y + side), side // 2)

    def icons(self, y: float, size: float, count: int) -> None:
        """A row of line icons over the whole width."""
        for place in range(count):
            x = self.image.width * (place + 0.5) / count
            box = (x - size / 2, y - size / 2, x + size / 2, y + size / 2)
            kind = int(self.dice.integers(4))
            width = max(2, int(size / 14))
            if kind == 0:
                self.pen.ellipse(box, outline=self.ink, width=width)
            elif kind == 1:
                self.pen.rounded_rectangle(box, size / 5, outline=self.ink, width=width)
            elif kind == 2:
                self.pen.regular_polygon((x, y, size / 2), 3, fill=self.ink)
            else:
                self.pen.line((box[0], y, x, box[1], box[2], y, x, box[3], box[0], y), self.ink, width)

    def bars(self) -> tuple[int, int]:
        """A status bar and a bar of icons; where the app begins and ends."""
        unit = self.image.width / 540
        if self.image.width > self.image.height:
            return 0, self.image.height
        self.say(28 * unit, 12 * unit, "9:41", 20 * unit)
        right = self.image.width - 30 * unit
        self.pen.rounded_rectangle(
            (right - 38 * unit, 16 * unit, right, 33 * unit), 4 * unit, outline=self.ink, width=2
        )
        end = round(self.image.height - 76 * unit)
        self.pen.line((0, end, self.image.width, end), self.faint, 1)
        self.icons(end + 38 * unit, 32 * unit, 5)
        return round(48 * unit), end


def screen(
    dice: np.random.Generator, size: tuple[int, int] | None = None, dark: bool | None = None
) -> Screen:
    """An empty screen of some phone."""
    sizes = ((1080, 2340), (1080, 1920), (1179, 2556), (720, 1600), (828, 1792), (540, 1170), (1440, 3200))
    size = size or sizes[int(dice.integers(len(sizes)))]
    dark = bool(dice.integers(2)) if dark is None else dark
    ground = (DARK if dark else LIGHT)[int(dice.integers(4))]
    return Screen(Image.new("RGB", size, ground), dice, dark, FONTS[int(dice.integers(len(FONTS)))])


def filling(pixels: Pixels, width: int, height: int) -> Image.Image:
    """The middle of a picture, scaled to fill the size."""
    picture = Image.fromarray(pixels)
    scale = max(width / picture.width, height / picture.height)
    wide, high = width / scale / 2, height / scale / 2
    x, y = picture.width / 2, picture.height / 2
    box = (max(0, x - wide), max(0, y - high), min(picture.width, x + wide), min(picture.height, y + high))
    return picture.resize((width, height), Image.Resampling.BICUBIC, box=box, reducing_gap=2.0)


def _font(name: str | None, size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    if name is not None:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            pass
    return ImageFont.load_default(size)


# --- layouts: each takes a screen and pictures, as many as it wants ----------------------------


def post(s: Screen, pictures: Sequence[Pixels]) -> None:
    """One post, from edge to edge or as a card, under an avatar and a name."""
    start, end = s.bars()
    wide, unit = s.image.width, s.image.width / 540
    side = round(44 * unit)
    margin = int(s.dice.choice([0, 0, round(12 * unit)]))
    s.avatar(pictures[0], round(14 * unit), start + round(14 * unit), side)
    s.say(14 * unit + side * 1.3, start + 16 * unit, s.name(), 17 * unit)
    s.say(14 * unit + side * 1.3, start + 38 * unit, s.words(3), 13 * unit, s.faint)
    top = start + round(72 * unit)
    high = round((wide - 2 * margin) * float(s.dice.choice([1.0, 1.25, 0.75, 0.56])))
    high = min(high, end - top - round(40 * unit))
    s.put(pictures[1], (margin, top, wide - margin, top + high), round(14 * unit) if margin else 0)
    if s.dice.integers(2):
        s.pen.rounded_rectangle(
            (wide - 70 * unit, top + 14 * unit, wide - 20 * unit, top + 42 * unit),
            14 * unit,
            fill=(40, 40, 40),
        )
        s.say(wide - 60 * unit, top + 18 * unit, "1/4", 16 * unit, (255, 255, 255))
    s.icons(top + high + 26 * unit, 26 * unit, 9)
    y = top + high + 54 * unit
    while y < end - 30 * unit:
        s.say(14 * unit, y, f"{s.name()}  {s.words(int(s.dice.integers(2, 6)))}", 16 * unit)
        y += 27 * unit


def profile(s: Screen, pictures: Sequence[Pixels]) -> None:
    """A round avatar, counts, and a grid of tiles down to the bar of icons."""
    start, end = s.bars()
    wide, unit = s.image.width, s.image.width / 540
    side = round(int(s.dice.integers(86, 120)) * unit)
    s.say(wide / 2 - 60 * unit, start + 8 * unit, s.name(), 20 * unit)
    if s.dice.integers(2):
        x, y, ring = 16 * unit, start + 48 * unit, side + 12 * unit
        s.pen.ellipse((x, y, x + ring, y + ring), outline=(220, 60, 130), width=max(2, round(3 * unit)))
    s.avatar(pictures[0], round(22 * unit), round(start + 54 * unit), side)
    for place, word in enumerate(("posts", "followers", "following")):
        x = 175 * unit + place * 118 * unit
        s.say(x + 14 * unit, start + 80 * unit, str(int(s.dice.integers(1, 900))), 20 * unit)
        s.say(x, start + 106 * unit, word, 15 * unit)
    y = start + 66 * unit + side
    for _ in range(int(s.dice.integers(2, 4))):
        s.say(22 * unit, y, s.words(5), 15 * unit)
        y += 24 * unit
    for place in range(2):
        box = (22 * unit + place * 252 * unit, y + 10 * unit, 262 * unit + place * 252 * unit, y + 46 * unit)
        s.pen.rounded_rectangle(box, 8 * unit, fill=s.faint)
        s.say(box[0] + 80 * unit, box[1] + 8 * unit, "Follow", 16 * unit, (255, 255, 255))
    s.icons(y + 80 * unit, 26 * unit, 3)
    top = round(y + 106 * unit)
    grid(s, pictures[1:], (0, top, wide, end), 3, int(s.dice.choice([0, 0, 1, 2, 3, 4, 6])))


def grid(s: Screen, pictures: Sequence[Pixels], box: Box, columns: int, gutter: int) -> None:
    """Tiles of one size from the top of a box to its end, the last row cut off."""
    left, top, right, end = box
    side = (right - left - gutter * (columns - 1)) // columns
    high = round(side * float(s.dice.choice([1.0, 1.0, 1.25])))
    radius = int(s.dice.choice([0, 0, 0, side // 14])) if gutter >= 3 else 0
    for number in range(200):
        x = left + number % columns * (side + gutter)
        y = top + number // columns * (high + gutter)
        if y >= end:
            break
        last = right if number % columns == columns - 1 else x + side
        cut = filling(pictures[number % len(pictures)], last - x, high).crop(
            (0, 0, last - x, min(high, end - y))
        )
        s.put(np.asarray(cut), (x, y, last, min(y + high, end)), radius if y + high <= end else 0)


def story(s: Screen, pictures: Sequence[Pixels]) -> None:
    """A picture on a ground that is flat, runs from one colour to another, or is the picture blurred."""
    wide, high = s.image.size
    unit = wide / 540
    kind = int(s.dice.integers(3))
    ratio = pictures[1].shape[0] / pictures[1].shape[1]
    if kind == 1:
        rows = np.linspace(0, 1, high)[:, None, None]
        ends = s.dice.integers(20, 235, (2, 3))
        run = np.broadcast_to(ends[0] * (1 - rows) + ends[1] * rows, (high, wide, 3))
        s.image.paste(Image.fromarray(run.astype(np.uint8)), (0, 0))
    elif kind == 2:
        blurred = filling(pictures[1], wide // 8, high // 8).filter(ImageFilter.GaussianBlur(5))
        s.image.paste(blurred.resize((wide, high), Image.Resampling.BICUBIC), (0, 0))
    for place in range(3):
        x = 10 * unit + place * 174 * unit
        s.pen.rounded_rectangle((x, 12 * unit, x + 168 * unit, 16 * unit), 2 * unit, fill=(230, 230, 230))
    s.avatar(pictures[0], round(14 * unit), round(28 * unit), round(48 * unit))
    s.say(74 * unit, 40 * unit, s.name(), 17 * unit, (255, 255, 255))
    margin = int(s.dice.choice([0, round(30 * unit), round(60 * unit)]))
    width = wide - 2 * margin
    height = min(round(width * ratio), round(high * 0.7))
    top = (high - height) // 2
    radius = round(18 * unit) if margin and s.dice.integers(2) else 0
    s.put(pictures[1], (margin, top, wide - margin, top + height), radius)
    s.say(margin + 20 * unit, top + height + 30 * unit, s.words(4), 24 * unit, (255, 255, 255))
    s.pen.rounded_rectangle(
        (20 * unit, high - 70 * unit, 420 * unit, high - 20 * unit),
        25 * unit,
        outline=(240, 240, 240),
        width=2,
    )


def chat(s: Screen, pictures: Sequence[Pixels]) -> None:
    """Bubbles left and right, among them photos; the ground may be a wallpaper of little drawings."""
    start, end = s.bars()
    wide, unit = s.image.width, s.image.width / 540
    if s.dice.integers(3) == 0:
        for _ in range(int(s.image.width * s.image.height / 6000 / unit**2)):
            x, y = s.dice.integers(0, wide), s.dice.integers(start, end)
            tone = tuple(
                max(0, min(255, part + (14 if s.dark else -14))) for part in s.image.getpixel((2, 2))
            )
            s.pen.arc((x, y, x + 22 * unit, y + 22 * unit), 0, 300, fill=tone, width=2)
    s.avatar(pictures[0], round(50 * unit), start + round(4 * unit), round(42 * unit))
    s.say(104 * unit, start + 12 * unit, s.name(), 19 * unit)
    y, photo = start + 64 * unit, 1
    while y < end - 90 * unit and photo < 40:
        mine = bool(s.dice.integers(2))
        fill = (
            ((0, 92, 75) if s.dark else (217, 253, 211))
            if mine
            else ((40, 44, 48) if s.dark else (235, 235, 240))
        )
        if s.dice.integers(3) == 0:
            width = round(float(s.dice.uniform(220, 360)) * unit)
            height = round(width * float(s.dice.choice([0.75, 1.0, 1.33])))
            if y + height > end - 20 * unit:
                break
            x = round(wide - 16 * unit - width if mine else 16 * unit)
            frame = round(int(s.dice.choice([0, 4])) * unit)
            if frame:
                s.pen.rounded_rectangle(
                    (x - frame, y - frame, x + width + frame, y + height + 26 * unit), 12 * unit, fill=fill
                )
            s.put(
                pictures[photo % len(pictures)], (x, round(y), x + width, round(y) + height), round(10 * unit)
            )
            photo += 1
            y += height + 40 * unit
        else:
            lines = int(s.dice.integers(1, 4))
            width = float(s.dice.uniform(150, 340)) * unit
            x = wide - 16 * unit - width if mine else 16 * unit
            s.pen.rounded_rectangle((x, y, x + width, y + (16 + lines * 24) * unit), 14 * unit, fill=fill)
            for line in range(lines):
                s.say(
                    x + 12 * unit,
                    y + (8 + line * 24) * unit,
                    s.words(max(1, int(width / unit / 70))),
                    16 * unit,
                )
            y += (32 + lines * 24) * unit


def search(s: Screen, pictures: Sequence[Pixels]) -> None:
    """A field, then results: rows with a thumbnail and words, or two columns of uneven heights."""
    start, end = s.bars()
    wide, unit = s.image.width, s.image.width / 540
    s.pen.rounded_rectangle(
        (16 * unit, start + 10 * unit, wide - 16 * unit, start + 52 * unit),
        20 * unit,
        outline=s.faint,
        width=2,
    )
    s.say(40 * unit, start + 18 * unit, s.words(2), 18 * unit)
    y = start + 74 * unit
    if s.dice.integers(2):
        side = round(int(s.dice.integers(72, 130)) * unit)
        number = 0
        while y + side < end:
            s.put(
                pictures[number % len(pictures)],
                (round(16 * unit), round(y), round(16 * unit) + side, round(y) + side),
                round(int(s.dice.choice([0, 8])) * unit),
            )
            for line in range(3):
                s.say(
                    32 * unit + side,
                    y + line * 24 * unit,
                    s.words(4 - line),
                    (18 if line == 0 else 14) * unit,
                )
            y, number = y + side + 18 * unit, number + 1
        return
    gap = round(int(s.dice.integers(4, 14)) * unit)
    width = (wide - 3 * gap) // 2
    for column in range(2):
        top, number = round(y), column
        while top < end - 60 * unit:
            height = round(width * float(s.dice.uniform(0.7, 1.5)))
            x = gap + column * (width + gap)
            picture = filling(pictures[number % len(pictures)], width, height)
            cut = picture.crop((0, 0, width, min(height, end - top)))
            whole = top + height <= end
            s.put(
                np.asarray(cut), (x, top, x + width, min(top + height, end)), round(12 * unit) if whole else 0
            )
            if top + height + 30 * unit < end:
                s.say(x + 6 * unit, top + height + 6 * unit, s.words(3), 14 * unit)
            top, number = round(top + height + 36 * unit), number + 2


def desktop(s: Screen, pictures: Sequence[Pixels]) -> None:
    """A browser: a side bar of words, a profile or a post beside its comments."""
    wide, high = s.image.size
    s.pen.rectangle((0, 0, wide, 74), fill=(60, 62, 68) if s.dark else (222, 225, 230))
    for place in range(3):
        s.pen.rounded_rectangle((90 + place * 220, 8, 300 + place * 220, 36), 8, fill=s.faint)
        s.say(104 + place * 220, 13, s.words(3), 13)
    s.pen.rounded_rectangle((120, 42, wide - 200, 68), 13, fill=(90, 92, 98) if s.dark else (255, 255, 255))
    s.say(140, 47, "https://foto.example/" + s.name(), 14)
    for line in range(8):
        s.pen.ellipse((24, 110 + line * 56, 50, 136 + line * 56), outline=s.ink, width=3)
        s.say(66, 113 + line * 56, s.words(1).capitalize(), 17)
    s.pen.line((220, 74, 220, high), s.faint, 1)
    s.pen.rectangle((wide - 16, 74, wide, high), fill=s.faint)
    if s.dice.integers(2):
        side = int(s.dice.integers(90, 160))
        s.avatar(pictures[0], 320, 104, side)
        s.say(350 + side, 110, s.name(), 24)
        s.say(350 + side, 150, s.words(9), 16)
        columns = int(s.dice.integers(3, 6))
        right = min(wide - 60, 320 + columns * 300)
        grid(s, pictures[1:], (320, 290, right, high), columns, int(s.dice.choice([0, 2, 4, 6, 28])))
        return
    side = min(high - 160, (wide - 700))
    s.put(pictures[1], (260, 100, 260 + side, 100 + side))
    for line in range(9):
        y = 110 + line * 74
        if y < high - 60:
            s.avatar(pictures[2 + line % 3], 280 + side, y, 36)
            s.say(328 + side, y, s.name(), 15)
            s.say(328 + side, y + 20, s.words(5), 14)


def feed(s: Screen, pictures: Sequence[Pixels]) -> None:
    """Post under post, each with up to four pictures side by side; a row of stories above."""
    start, end = s.bars()
    wide, unit = s.image.width, s.image.width / 540
    side = round(70 * unit)
    for place in range(6):
        x, y = round((16 + place * 92) * unit), round(start + 12 * unit)
        if x + side > wide:
            break
        s.pen.ellipse(
            (x - 5 * unit, y - 5 * unit, x + side + 5 * unit, y + side + 5 * unit),
            outline=(230, 90, 60),
            width=max(2, round(2.5 * unit)),
        )
        s.avatar(pictures[place], x, y, side)
        s.say(x, y + side + 8 * unit, s.name()[:8], 13 * unit)
    y, number = start + 120 * unit, 6
    while y < end - 200 * unit:
        s.avatar(pictures[number], round(14 * unit), round(y), round(46 * unit))
        s.say(72 * unit, y, s.name(), 17 * unit)
        s.say(72 * unit, y + 24 * unit, s.words(6), 15 * unit)
        top, height = round(y + 58 * unit), round(260 * unit)
        height = min(height, end - top - round(50 * unit))
        box = (round(72 * unit), top, wide - round(16 * unit), top + height)
        parts(
            s,
            pictures[number + 1 :],
            box,
            int(s.dice.integers(1, 5)),
            round(int(s.dice.integers(0, 4)) * unit),
        )
        s.icons(top + height + 22 * unit, 20 * unit, 5)
        y, number = top + height + 52 * unit, number + 5


def parts(s: Screen, pictures: Sequence[Pixels], box: Box, count: int, gutter: int) -> None:
    """A box cut into pictures, by a straight cut again and again."""
    if count == 1:
        s.put(pictures[0], box)
        return
    left, top, right, bottom = box
    first = count // 2
    share = first / count
    if right - left > (bottom - top) * 1.1:
        middle = round(left + (right - left - gutter) * share)
        ends = ((left, top, middle, bottom), (middle + gutter, top, right, bottom))
    else:
        middle = round(top + (bottom - top - gutter) * share)
        ends = ((left, top, right, middle), (left, middle + gutter, right, bottom))
    parts(s, pictures[:first], ends[0], first, gutter)
    parts(s, pictures[first:], ends[1], count - first, gutter)


def collage(s: Screen, pictures: Sequence[Pixels]) -> None:
    """Two to nine pictures, with or without gutters and a border."""
    border = int(s.dice.choice([0, 0, 8, 30]))
    box = (border, border, s.image.width - border, s.image.height - border)
    parts(s, pictures, box, int(s.dice.integers(2, 10)), int(s.dice.choice([0, 0, 2, 5, 12])))


def framed(s: Screen, pictures: Sequence[Pixels]) -> None:
    """A picture in a mat in a frame."""
    wide, high = s.image.size
    edge = int(s.dice.integers(20, 90))
    mat = int(s.dice.choice([0, 30, 70]))
    s.pen.rectangle((0, 0, wide, high), fill=tuple(int(part) for part in s.dice.integers(20, 200, 3)))
    if mat:
        s.pen.rectangle((edge, edge, wide - edge - 1, high - edge - 1), fill=(245, 243, 238))
    inner = edge + mat
    s.put(pictures[0], (inner, inner, wide - inner, high - inner))


def letterboxed(s: Screen, pictures: Sequence[Pixels]) -> None:
    """A picture between two bars, above and below or left and right."""
    wide, high = s.image.size
    bar = float(s.dice.uniform(0.06, 0.3))
    if s.dice.integers(2):
        s.put(pictures[0], (0, round(high * bar), wide, round(high * (1 - bar))))
    else:
        s.put(pictures[0], (round(wide * bar), 0, round(wide * (1 - bar)), high))


def meme(s: Screen, pictures: Sequence[Pixels]) -> None:
    """Words on plain ground above a picture."""
    wide, high = s.image.size
    top = round(high * float(s.dice.uniform(0.15, 0.35)))
    size = wide / 18
    for line in range(int((top - size * 0.4) / (size * 1.3))):
        s.say(size / 2, size * 0.4 + line * size * 1.3, s.words(5), size)
    s.put(pictures[0], (0, top, wide, high))


PICTURE = ((1080, 1080), (1080, 1350), (800, 600), (1200, 675), (640, 640), (1500, 1500))
DESKTOPS = ((1920, 1080), (1366, 768), (1440, 900), (2560, 1440))
LAYOUTS: dict[str, tuple[Callable[[Screen, Sequence[Pixels]], None], tuple[tuple[int, int], ...] | None]] = {
    "post": (post, None),
    "profile": (profile, None),
    "story": (story, None),
    "chat": (chat, None),
    "search": (search, None),
    "feed": (feed, None),
    "desktop": (desktop, DESKTOPS),
    "collage": (collage, PICTURE),
    "framed": (framed, PICTURE),
    "letterboxed": (letterboxed, PICTURE),
    "meme": (meme, PICTURE),
}


def drawn_screen(
    layout: str, pictures: Sequence[Pixels], seed: int, dark: bool | None = None
) -> tuple[Pixels, tuple[Shown, ...]]:
    """A screenshot and where its pictures stand; the same for the same seed."""
    dice = np.random.default_rng([seed, *layout.encode()])
    draw, sizes = LAYOUTS[layout]
    size = sizes[int(dice.integers(len(sizes)))] if sizes else None
    one = screen(dice, size, dark)
    order = dice.permutation(max(40, len(pictures))) % len(pictures)
    draw(one, [pictures[place] for place in order])
    return np.asarray(one.image), tuple(one.shown)


# --- what happens to screenshots ------------------------------------------------------------------


def worn(
    pixels: Pixels, shown: Sequence[Shown], quality: int, scale: float
) -> tuple[Pixels, tuple[Shown, ...]]:
    """Made smaller and saved as JPEG, as messengers do."""
    image = Image.fromarray(pixels)
    image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.BILINEAR)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    boxes = tuple(Shown(tuple(round(edge * scale) for edge in one.box), one.round) for one in shown)  # type: ignore[arg-type]
    return np.asarray(Image.open(out).convert("RGB")), boxes


def photographed(pixels: Pixels, seed: int) -> tuple[Pixels, Box]:
    """A screen on a dark desk, photographed at a slant; and the box around it."""
    dice = np.random.default_rng(seed)
    small = np.asarray(Image.fromarray(pixels).reduce(max(1, pixels.shape[0] // 1000)))
    height, width = small.shape[:2]
    size = (round(width * 1.5), round(height * 1.25))
    corners = np.array([(0.17, 0.1), (0.83, 0.1), (0.83, 0.9), (0.17, 0.9)]) + dice.uniform(
        -0.05, 0.05, (4, 2)
    )
    target = (corners * size).astype(np.float32)
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    desk = cv2.GaussianBlur(dice.normal(0, 60, (size[1], size[0], 3)).astype(np.float32), (0, 0), 9) + 45
    mask = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, size)[:, :, None]
    lit = cv2.warpPerspective(small, matrix, size).astype(np.float32)
    mixed = cv2.GaussianBlur(desk * (1 - mask) + lit * mask, (0, 0), 0.8) + dice.normal(0, 3, lit.shape)
    left, top = np.floor(target.min(axis=0)).astype(int)
    right, bottom = np.ceil(target.max(axis=0)).astype(int)
    return np.asarray(mixed.clip(0, 255), dtype=np.uint8), (int(left), int(top), int(right), int(bottom))
