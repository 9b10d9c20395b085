"""Screenshots of a chat that show the picture.

No app is copied: sizes, bars and order are drawn anew each time within what apps have in common.
"""

from __future__ import annotations

from PIL import Image, ImageOps

from fakeprofile.bench.chance import Colour, Dice, between, chosen, happens, whole_between
from fakeprofile.bench.collages import rounded_mask, shaded
from fakeprofile.bench.ink import WHITE, font, icon, put, sentence, user_name, wrapped
from fakeprofile.bench.phone import (
    Screen,
    avatar_beside,
    finished,
    letter_disc,
    put_disc,
    screen_of,
    status_bar,
)
from fakeprofile.bench.pool import Picture, Pool


def chat(picture: Picture, dice: Dice, pool: Pool, *, dark: bool) -> Picture:
    """A chat in which the picture was sent."""
    screen = screen_of(dice, dark=dark)
    u = screen.unit
    _wallpaper(screen, dice)
    y = _chat_head(screen, dice, pool)
    mine, theirs = _bubble_colours(dice, dark=dark)
    for _ in range(whole_between(dice, 0, 3)):
        y = _bubble(screen, dice, y, mine, theirs)
    y = _sent_picture(screen, picture, dice, y, mine, theirs)
    while y < screen.height - 40 * u:
        y = _bubble(screen, dice, y, mine, theirs)
    high = u * whole_between(dice, 14, 18)
    _message_bar(screen, screen.height - high, high)
    return finished(screen, dice)


def _bubble_colours(dice: Dice, *, dark: bool) -> tuple[Colour, Colour]:
    """Of the messages of the owner of the phone, and of the other one."""
    if dark:
        return chosen(dice, ((0, 92, 75), (55, 80, 190), (110, 60, 170))), (38, 45, 49)
    return chosen(dice, ((217, 253, 211), (205, 226, 255), (240, 225, 255))), WHITE


def _message_bar(screen: Screen, foot: float, high: float) -> None:
    """Where one types, from ``foot`` down."""
    u = screen.unit
    screen.pen.rectangle((0, foot, screen.width, foot + high), fill=screen.paper)
    screen.pen.rounded_rectangle(
        (3 * u, foot + 2 * u, 82 * u, foot + 12 * u), 5 * u, outline=screen.faint, width=2
    )
    screen.write((8 * u, foot + 7 * u), "Message", 3.6, faint=True, anchor="lm")
    screen.icon("camera", (72 * u, foot + 3.8 * u))
    screen.pen.ellipse((86 * u, foot + 2 * u, 96 * u, foot + 12 * u), fill=screen.accent)
    screen.icon("send", (88 * u, foot + 4 * u), 6, WHITE)


def _wallpaper(screen: Screen, dice: Dice) -> None:
    """Plain, shaded, or with small drawings all over, as messengers have."""
    style = chosen(dice, ("plain", "shaded", "drawn", "drawn"))
    if style == "plain":
        return
    ground = tuple(min(255, max(0, part + whole_between(dice, -22, 22))) for part in screen.paper)
    screen.canvas.paste(ground, (0, 0, *screen.canvas.size))
    if style == "shaded":
        screen.canvas.paste(Image.blend(screen.canvas, shaded(screen.canvas.size, dice), 0.3))
        return
    line = tuple(round(0.88 * part + 0.12 * ink) for part, ink in zip(ground, screen.ink, strict=True))
    side = round(screen.unit * whole_between(dice, 6, 10))
    names = [
        chosen(dice, ("heart", "camera", "home", "comment", "play", "person", "search")) for _ in range(11)
    ]
    for row, y in enumerate(range(0, screen.height, round(side * 1.4))):
        for column, x in enumerate(range(-(row % 2) * side // 2, screen.width, round(side * 1.5))):
            put(screen.canvas, icon(names[(row * 3 + column) % 11], side, line), (x, y))


def _chat_head(screen: Screen, dice: Dice, pool: Pool | None) -> float:
    u = screen.unit
    ground = chosen(dice, (screen.paper, screen.accent)) if sum(screen.paper) > 380 else screen.paper
    screen.pen.rectangle((0, 0, screen.width, 24 * u), fill=ground)
    y = status_bar(screen, dice)
    screen.icon("back", (2 * u, y + 4 * u))
    avatar = avatar_beside(dice, pool) if pool else letter_disc(160, dice)
    put_disc(screen, avatar, (11 * u, y + 2 * u), 10 * u)
    screen.write((24 * u, y + 2.5 * u), user_name(dice), 4, bold=True)
    screen.write((24 * u, y + 8 * u), chosen(dice, ("online", "typing...", "last seen today")), 3, faint=True)
    screen.icon("camera", (78 * u, y + 4 * u))
    screen.icon("dots", (89 * u, y + 4 * u))
    return 28 * u


def _bubble(screen: Screen, dice: Dice, y: float, mine: Colour, theirs: Colour) -> float:
    """One message; where it ends."""
    u, right = screen.unit, happens(dice, 0.5)
    lines = wrapped(sentence(dice, 1, 16), 3.7 * u, 64 * u)
    wide = max(font(3.7 * u).getlength(line) for line in lines) + 16 * u
    high = (3 + 5 * len(lines)) * u
    x = screen.width - wide - 3 * u if right else 3 * u
    screen.pen.rounded_rectangle((x, y, x + wide, y + high), 2.5 * u, fill=mine if right else theirs)
    for number, line in enumerate(lines):
        screen.write((x + 2.5 * u, y + (1.5 + 5 * number) * u), line, 3.7)
    time = f"{whole_between(dice, 0, 23)}:{whole_between(dice, 0, 59):02}"
    screen.write((x + wide - 2 * u, y + high - 1.2 * u), time, 2.6, faint=True, anchor="rs")
    return y + high + u * chosen(dice, (1, 1, 3))


def _sent_picture(
    screen: Screen,
    picture: Picture,
    dice: Dice,
    y: float,
    mine: Colour,
    theirs: Colour,
) -> float:
    u, right = screen.unit, happens(dice, 0.5)
    wide = round(screen.width * between(dice, 0.55, 0.78))
    high = round(wide * min(1.33, max(0.55, picture.height / picture.width)))
    shown = ImageOps.fit(picture, (wide, high), Image.Resampling.LANCZOS)
    edge = u * chosen(dice, (0, 0.8, 1.2))
    x = screen.width - wide - 3 * u - 2 * edge if right else 3 * u
    if edge:
        screen.pen.rounded_rectangle(
            (x, y, x + wide + 2 * edge, y + high + 2 * edge), 2.5 * u, fill=mine if right else theirs
        )
    screen.canvas.paste(shown, (round(x + edge), round(y + edge)), rounded_mask(shown.size, 2 * u))
    time = f"{whole_between(dice, 0, 23)}:{whole_between(dice, 0, 59):02}"
    screen.pen.text(
        (x + edge + wide - 2 * u, y + edge + high - 1.5 * u), time, WHITE, font(2.8 * u), anchor="rs"
    )
    return y + high + 2 * edge + 2 * u


# --- a chat without a picture ------------------------------------------------------------------


def chat_of_words(look: Dice, talk: Dice, *, dark: bool) -> Picture:
    """A chat of words alone. ``look`` gives the app, the person and the keyboard, ``talk`` the messages."""
    screen = screen_of(look, dark=dark)
    u = screen.unit
    _wallpaper(screen, look)
    y = _chat_head(screen, look, None)
    mine, theirs = _bubble_colours(look, dark=dark)
    foot = screen.height - (_keyboard(screen, look) if happens(look, 0.5) else 0) - 15 * u
    while y < foot - 16 * u:
        y = _bubble(screen, talk, y, mine, theirs)
    _message_bar(screen, foot, 15 * u)
    return screen.canvas


def _keyboard(screen: Screen, look: Dice) -> float:
    """A keyboard at the foot; its height."""
    u, high = screen.unit, 11.5 * screen.unit
    top = screen.height - 4 * high - 8 * u
    key = tuple((6 * p + i) // 7 for p, i in zip(screen.paper, screen.ink, strict=True))
    screen.pen.rectangle(
        (0, top, screen.width, screen.height), fill=screen.faint if happens(look, 0.3) else screen.paper
    )
    rows = chosen(
        look,
        (("qwertyuiop", "asdfghjkl", "zxcvbnm", "# ,_."), ("azertyuiop", "qsdfghjklm", "wxcvbn", "# ,_.")),
    )
    for number, row in enumerate(rows):
        wide = screen.width / 10
        left = (screen.width - wide * len(row)) / 2
        for place, letter in enumerate(row):
            x, y = left + place * wide, top + 2 * u + number * high
            screen.pen.rounded_rectangle(
                (x + 0.5 * u, y, x + wide - 0.5 * u, y + high - 1.5 * u), u, fill=key
            )
            screen.write((x + wide / 2, y + high / 2 - u), letter, 4.6, anchor="mm")
    return 4 * high + 8 * u
