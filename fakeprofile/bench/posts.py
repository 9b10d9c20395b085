"""Screenshots of a post and a story that show the picture.

No app is copied: sizes, bars and order are drawn anew each time within what apps have in common.
"""

from __future__ import annotations

from PIL import Image, ImageFilter, ImageOps

from fakeprofile.bench.chance import Dice, between, chosen, colour, happens, whole_between
from fakeprofile.bench.collages import rounded_mask, shaded
from fakeprofile.bench.ink import WHITE, font, put, sentence, sticker, user_name
from fakeprofile.bench.phone import (
    Screen,
    avatar_beside,
    finished,
    letter_disc,
    navigation_bar,
    paragraph,
    put_disc,
    screen_of,
    status_bar,
)
from fakeprofile.bench.pool import Picture, Pool

# --- a post ---


def post(picture: Picture, dice: Dice, pool: Pool, *, dark: bool) -> Picture:
    """One post: a name above, the picture from side to side or with round corners, words below."""
    if happens(dice, 0.2):
        return _desktop_post(picture, dice, pool, dark=dark)
    screen = screen_of(dice, dark=dark)
    u = screen.unit
    y = status_bar(screen, dice) + _app_bar(screen, dice, status_bar_high=0)
    name, margin = user_name(dice), u * chosen(dice, (0, 0, 0, 3, 5))
    put_disc(screen, avatar_beside(dice, pool), (3 * u, y + 2 * u), 9 * u, happens(dice, 0.5))
    screen.write((15 * u, y + 3 * u), name, 3.7, bold=True)
    screen.write((15 * u, y + 7.6 * u), sentence(dice, 1, 3), 3, faint=True)
    screen.icon("dots", (screen.width - 10 * u, y + 3 * u))
    y += 14 * u
    if happens(dice, 0.3):
        y = paragraph(screen, (4 * u, y), sentence(dice, 4, 16), 90 * u) + 2 * u
    y = _picture_in(screen, picture, margin, y, u * chosen(dice, (0, 0, 2, 4)) if margin else 0)
    y = _under_post(screen, dice, name, y)
    if y < screen.height - 30 * u and happens(dice, 0.6):
        _next_post(screen, dice, pool, y + 4 * u)
    navigation_bar(screen, dice)
    return finished(screen, dice)


def _app_bar(screen: Screen, dice: Dice, status_bar_high: float) -> float:
    """A title with icons, which some apps have."""
    if happens(dice, 0.3):
        return 2 * screen.unit
    u, y = screen.unit, status_bar_high + 6 * screen.unit
    screen.icon("back", (3 * u, y + 3.5 * u))
    screen.write((14 * u, y + 4 * u), sentence(dice, 1, 2).title(), 4.6, bold=True)
    screen.icon("heart", (screen.width - 22 * u, y + 3.5 * u))
    screen.icon("send", (screen.width - 11 * u, y + 3.5 * u))
    return 15 * u


def _picture_in(screen: Screen, picture: Picture, margin: float, y: float, radius: float) -> float:
    """The picture as wide as the screen, cut to between 4:5 and 1.91:1 as apps do; where it ends."""
    wide = round(screen.width - 2 * margin)
    high = round(wide * min(1.25, max(1 / 1.91, picture.height / picture.width)))
    shown = ImageOps.fit(picture, (wide, high), Image.Resampling.LANCZOS)
    screen.canvas.paste(shown, (round(margin), round(y)), rounded_mask(shown.size, radius))
    return y + high


def _under_post(screen: Screen, dice: Dice, name: str, y: float) -> float:
    u = screen.unit
    for number, icon_name in enumerate(("heart", "comment", "send")):
        screen.icon(
            icon_name,
            ((3.5 + 11 * number) * u, y + 3 * u),
            fill=(237, 73, 86) if number == 0 and happens(dice, 0.3) else None,
        )
    screen.icon("bookmark", (screen.width - 10 * u, y + 3 * u))
    y += 12 * u
    screen.write((4 * u, y), f"{whole_between(dice, 1, 9999):,} likes", 3.6, bold=True)
    y = paragraph(screen, (4 * u, y + 6 * u), f"{name}  {sentence(dice, 3, 20)}", 92 * u)
    screen.write((4 * u, y + u), f"View all {whole_between(dice, 2, 400)} comments", 3.4, faint=True)
    screen.write((4 * u, y + 6 * u), f"{whole_between(dice, 1, 23)} hours ago", 2.8, faint=True)
    return y + 11 * u


def _next_post(screen: Screen, dice: Dice, pool: Pool, y: float) -> None:
    u = screen.unit
    other = pool.take(1)[0]
    put_disc(screen, letter_disc(120, dice), (3 * u, y), 9 * u)
    screen.write((15 * u, y + 2 * u), user_name(dice), 3.7, bold=True)
    high = round(screen.width * min(1.25, other.height / other.width))
    screen.canvas.paste(ImageOps.fit(other, (screen.width, high)), (0, round(y + 12 * u)))


def _desktop_post(picture: Picture, dice: Dice, pool: Pool, *, dark: bool) -> Picture:
    """On a large screen: the picture left, the comments right."""
    screen = screen_of(dice, dark=dark, desktop=True)
    u = screen.unit
    top = status_bar(screen, dice) + 4 * u
    room = (screen.width * between(dice, 0.5, 0.66), screen.height - top - 4 * u)
    scale = min(room[0] / picture.width, room[1] / picture.height)
    shown = picture.resize(
        (max(16, round(picture.width * scale)), max(16, round(picture.height * scale))),
        Image.Resampling.LANCZOS,
    )
    x = u * chosen(dice, (2, 8))
    ground = chosen(dice, ((0, 0, 0), screen.paper))
    screen.pen.rectangle((x, top, x + room[0], top + room[1]), fill=ground)
    screen.canvas.paste(
        shown, (round(x + (room[0] - shown.width) / 2), round(top + (room[1] - shown.height) / 2))
    )
    x += room[0] + 4 * u
    y = top
    for number in range(whole_between(dice, 4, 9)):
        avatar = avatar_beside(dice, pool) if number < 2 else letter_disc(120, dice)
        put_disc(screen, avatar, (x, y), 8 * u)
        screen.write((x + 11 * u, y), user_name(dice), 3.4, bold=True)
        y = max(
            y + 14 * u,
            paragraph(screen, (x + 11 * u, y + 5 * u), sentence(dice, 2, 14), screen.width - x - 14 * u, 3.2)
            + 3 * u,
        )
    return screen.canvas


# --- a story ---


def story_screen(picture: Picture, dice: Dice, pool: Pool, *, dark: bool) -> Picture:
    """A story as the app shows it: bars, name and answer box over a picture that fills the screen or stands in it."""
    screen = screen_of(dice, dark=dark)
    u = screen.unit
    _story_picture(screen, picture, dice, dark=dark)
    y = status_bar(screen, dice, WHITE) + u
    parts = whole_between(dice, 1, 8)
    for number in range(parts):
        wide = (screen.width - 4 * u) / parts
        fill = WHITE if number < parts / 2 else (170, 170, 170)
        screen.pen.rounded_rectangle(
            (2 * u + number * wide, y, 2 * u + (number + 0.95) * wide, y + 0.6 * u), u * 0.3, fill=fill
        )
    put_disc(screen, avatar_beside(dice, pool), (3 * u, y + 3 * u), 8.5 * u)
    screen.pen.text(
        (14 * u, y + 7 * u),
        f"{user_name(dice)}  {whole_between(dice, 1, 23)}h",
        WHITE,
        font(3.6 * u),
        anchor="lm",
    )
    screen.icon("dots", (screen.width - 20 * u, y + 4 * u), fill=WHITE)
    if happens(dice, 0.5):
        place = (screen.width / 2, screen.height * between(dice, 0.25, 0.8))
        screen.pen.text(
            place,
            sentence(dice, 1, 4),
            colour(dice),
            font(between(dice, 4, 9) * u),
            anchor="mm",
            stroke_width=1,
            stroke_fill=(0, 0, 0),
        )
    if happens(dice, 0.4):
        put(
            screen.canvas,
            sticker(dice, round(16 * u)),
            (between(dice, 0, 0.8) * screen.width, between(dice, 0.2, 0.8) * screen.height),
        )
    foot = screen.height - u * whole_between(dice, 15, 19)
    screen.pen.rounded_rectangle(
        (4 * u, foot, 74 * u, foot + 11 * u), 5.5 * u, outline=WHITE, width=max(1, round(u / 4))
    )
    screen.pen.text((9 * u, foot + 5.5 * u), "Send message", WHITE, font(3.6 * u), anchor="lm")
    screen.icon("heart", (78 * u, foot + 2 * u), 7, WHITE)
    screen.icon("send", (89 * u, foot + 2 * u), 7, WHITE)
    return finished(screen, dice)


def _story_picture(screen: Screen, picture: Picture, dice: Dice, *, dark: bool) -> None:
    """Filling the screen if the picture is high, otherwise standing in it on a ground."""
    size = screen.canvas.size
    if picture.height > picture.width * 1.2 and happens(dice, 0.6):
        screen.canvas.paste(ImageOps.fit(picture, size, Image.Resampling.LANCZOS))
        return
    if dark:
        screen.canvas.paste((0, 0, 0) if happens(dice, 0.5) else (18, 18, 18), (0, 0, *size))
    elif happens(dice, 0.5):
        screen.canvas.paste(shaded(size, dice))
    else:
        small = ImageOps.fit(picture, (size[0] // 10, size[1] // 10)).filter(ImageFilter.GaussianBlur(6))
        screen.canvas.paste(small.resize(size, Image.Resampling.BICUBIC))
    wide = round(size[0] * chosen(dice, (1.0, 1.0, 0.92, 0.8)))
    high = min(round(wide * picture.height / picture.width), round(size[1] * 0.8))
    shown = ImageOps.contain(picture, (wide, high), Image.Resampling.LANCZOS)
    radius = 0 if wide == size[0] else size[0] * 0.03
    screen.canvas.paste(
        shown, ((size[0] - shown.width) // 2, (size[1] - shown.height) // 2), rounded_mask(shown.size, radius)
    )
