"""Screenshots of pages with many pictures, a profile and search results, that show the picture.

No app is copied: sizes, bars and order are drawn anew each time within what apps have in common.
"""

from __future__ import annotations

from PIL import Image, ImageOps

from fakeprofile.bench.chance import Dice, between, chosen, happens, whole_between
from fakeprofile.bench.collages import rounded_mask
from fakeprofile.bench.ink import WHITE, font, sentence, user_name
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

# --- a profile page ---


def profile(picture: Picture, dice: Dice, pool: Pool, *, dark: bool) -> Picture:
    """A profile page: avatar, counts, words, and the picture as one of its tiles."""
    screen = screen_of(dice, dark=dark, desktop=happens(dice, 0.15))
    y = _profile_head(screen, dice, pool)
    columns = 3 if not screen.desktop else whole_between(dice, 3, 5)
    gutter = chosen(dice, (0, 1, 2, 3, 4, 6))
    left = 0 if not screen.desktop else screen.width * between(dice, 0.08, 0.2)
    wide = (screen.width - 2 * left - gutter * (columns - 1)) / columns
    shape = chosen(dice, (1.0, 1.0, 1.25, 1.33))
    step = wide * shape + gutter
    full = max(1, min(4, int((screen.height - y - (0 if screen.desktop else 16 * screen.unit)) // step)))
    place = whole_between(dice, 0, columns * full - 1)
    # The page goes on: one more row is cut off by the end of the screen.
    others = pool.take(columns * (full + 1) - 1)
    size = (max(16, round(wide)), max(16, round(wide * shape)))
    for number, tile in enumerate([*others[:place], picture, *others[place:]]):
        x0, y0 = left + number % columns * (wide + gutter), y + number // columns * step
        screen.canvas.paste(ImageOps.fit(tile, size, Image.Resampling.LANCZOS), (round(x0), round(y0)))
        if happens(dice, 0.25):
            mark = chosen(dice, ("play", "layers"))
            screen.icon(mark, (x0 + wide - 7 * screen.unit, y0 + 2 * screen.unit), 5, WHITE)
    navigation_bar(screen, dice)
    return finished(screen, dice)


def _profile_head(screen: Screen, dice: Dice, pool: Pool) -> float:
    u = screen.unit
    y = status_bar(screen, dice)
    screen.write((4 * u, y + 3 * u), user_name(dice), 5, bold=True)
    screen.icon("plus", (screen.width - 22 * u, y + 3 * u))
    screen.icon("dots", (screen.width - 11 * u, y + 3 * u))
    y += 14 * u
    side = u * whole_between(dice, 18, 26)
    put_disc(screen, avatar_beside(dice, pool), (4 * u, y), side, happens(dice, 0.4))
    for number, label in enumerate(("posts", "followers", "following")):
        x = (42 + 22 * number) * u
        screen.write((x, y + side * 0.3), f"{whole_between(dice, 0, 999)}", 4.4, bold=True, anchor="mm")
        screen.write((x, y + side * 0.3 + 5.5 * u), label, 3.4, anchor="mm")
    y += side + 3 * u
    screen.write((4 * u, y), sentence(dice, 1, 2).title(), 3.7, bold=True)
    y = paragraph(screen, (4 * u, y + 5.5 * u), sentence(dice, 2, 16), 80 * u) + 3 * u
    for number, label in enumerate(("Follow", "Message")):
        x = (4 + 47 * number) * u
        fill = (
            screen.accent
            if number == 0
            else tuple((3 * p + i) // 4 for p, i in zip(screen.paper, screen.ink, strict=True))
        )
        screen.pen.rounded_rectangle((x, y, x + 45 * u, y + 8 * u), 2 * u, fill=fill)
        screen.pen.text(
            (x + 22 * u, y + 4 * u), label, WHITE if number == 0 else screen.ink, font(3.6 * u), anchor="mm"
        )
    y += 11 * u
    if happens(dice, 0.5):
        for number in range(4):
            put_disc(screen, letter_disc(140, dice), ((4 + 24 * number) * u, y), 17 * u)
            screen.write(((12.5 + 24 * number) * u, y + 20 * u), sentence(dice, 1, 1), 3, anchor="mm")
        y += 24 * u
    for number, name in enumerate(("grid", "play", "person")):
        screen.icon(name, (screen.width * (number + 0.5) / 3 - 3 * u, y + 2 * u), 6)
    return y + 10 * u


# --- search results ---


def search(picture: Picture, dice: Dice, pool: Pool, *, dark: bool) -> Picture:
    """Results of an image search, with the picture as one of them."""
    screen = screen_of(dice, dark=dark, desktop=happens(dice, 0.3))
    y = _search_head(screen, dice)
    if screen.desktop:
        _rows_of_results(screen, picture, dice, pool, y)
    else:
        _columns_of_results(screen, picture, dice, pool, y)
    navigation_bar(screen, dice)
    return finished(screen, dice)


def _search_head(screen: Screen, dice: Dice) -> float:
    u, y = screen.unit, status_bar(screen, dice)
    screen.pen.rounded_rectangle(
        (4 * u, y + 3 * u, min(96 * u, screen.width - 4 * u), y + 14 * u),
        5.5 * u,
        outline=screen.faint,
        width=2,
    )
    screen.icon("search", (7 * u, y + 5.5 * u), 6)
    screen.write((16 * u, y + 8.5 * u), sentence(dice, 1, 4), 3.8, anchor="lm")
    for number, word in enumerate(("All", "Images", "Videos", "News", "Maps")):
        screen.write(((5 + 17 * number) * u, y + 18 * u), word, 3.6, faint=number != 1)
    screen.pen.rectangle((22 * u, y + 24 * u, 34 * u, y + 24.6 * u), fill=screen.accent)
    return y + 28 * u


def _columns_of_results(screen: Screen, picture: Picture, dice: Dice, pool: Pool, top: float) -> None:
    """Two or three columns of pictures in their own shape, each with a line or two below."""
    u, columns = screen.unit, chosen(dice, (2, 2, 3))
    gap, radius = u * chosen(dice, (1, 2, 3)), u * chosen(dice, (0, 1.5, 3))
    wide = (screen.width - gap * (columns + 1)) / columns
    ends = [top] * columns
    count = columns * whole_between(dice, 2, 4)
    place = whole_between(dice, 0, columns * 2 - 1)
    others = pool.take(count - 1)
    for tile in [*others[:place], picture, *others[place:]]:
        column = ends.index(min(ends))
        x, y = gap + column * (wide + gap), ends[column]
        size = (max(16, round(wide)), max(16, round(wide * min(1.6, max(0.5, tile.height / tile.width)))))
        shown = ImageOps.fit(tile, size, Image.Resampling.LANCZOS)
        screen.canvas.paste(shown, (round(x), round(y)), rounded_mask(size, radius))
        screen.write((x, y + size[1] + u), sentence(dice, 1, 3), 3)
        screen.write((x, y + size[1] + 5 * u), "example.org", 2.7, faint=True)
        ends[column] = y + size[1] + 11 * u


def _rows_of_results(screen: Screen, picture: Picture, dice: Dice, pool: Pool, top: float) -> None:
    """Rows of equal height, as on a large screen."""
    u, gap = screen.unit, screen.unit * chosen(dice, (1, 2, 4))
    high = screen.height * between(dice, 0.2, 0.3)
    place, number = whole_between(dice, 0, 3), 0
    x, y = gap, top
    while y + high < screen.height:
        tile = picture if number == place else pool.take(1)[0]
        wide = high * min(2.0, max(0.6, tile.width / tile.height))
        if x + wide > screen.width and x > gap:
            x, y = gap, y + high + 10 * u
            if y + high >= screen.height and number > place:
                break
        shown = ImageOps.fit(tile, (round(wide), round(high)), Image.Resampling.LANCZOS)
        screen.canvas.paste(shown, (round(x), round(y)))
        screen.write((x, y + high + u), sentence(dice, 1, 3), 2.8)
        x, number = x + wide + gap, number + 1
        if number > 14:
            break
