"""Pictures without a photo: letters and figures for avatars, QR codes, pages and chats of words, keyboards.

Two of a kind are different pictures, and look more alike than any two photos do.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from fakeprofile.bench.chance import Dice, between, chosen, colour, happens, whole_between
from fakeprofile.bench.chats import chat_of_words
from fakeprofile.bench.ink import WHITE, font, sentence, user_name, wrapped
from fakeprofile.bench.phone import letter_disc
from fakeprofile.bench.pool import Picture


def letter_avatar(look: Dice, own: Dice) -> Picture:
    """A letter on a plain colour, at a size that ``look`` gives; the letter and the colour are its own."""
    return letter_disc(chosen(look, (150, 200, 320, 400)), own)


def silhouette(look: Dice, own: Dice) -> Picture:
    """Head and shoulders on a plain colour; ``look`` gives the shape, the colours are its own."""
    side = chosen(look, (150, 240, 400))
    head, wide, neck = between(look, 0.16, 0.22), between(look, 0.32, 0.45), between(look, 0.56, 0.64)
    ground = colour(own, 120, 255)
    figure = WHITE if happens(own, 0.5) else colour(own, 60, 200)
    big = Image.new("RGB", (4 * side, 4 * side), ground)
    pen, s = ImageDraw.Draw(big), 4 * side
    pen.ellipse((s * (0.5 - head), s * (0.38 - head), s * (0.5 + head), s * (0.38 + head)), fill=figure)
    pen.ellipse((s * (0.5 - wide), s * neck, s * (0.5 + wide), s * 1.5), fill=figure)
    return big.resize((side, side), Image.Resampling.BOX)


def qr_code(look: Dice, own: Dice) -> Picture:
    """Something that looks like a QR code: finder, alignment and timing patterns hold cells of its own."""
    count = 17 + 4 * whole_between(look, 2, 8)
    cells = (own.random((count, count)) > 0.5).astype(np.uint8)
    cells[6, :] = cells[:, 6] = np.arange(count) % 2
    finder = np.ones((8, 8), np.uint8)
    finder[:7, :7] = 0
    finder[1:6, 1:6] = 1
    finder[2:5, 2:5] = 0
    cells[:8, :8], cells[:8, -8:], cells[-8:, :8] = finder, finder[:, ::-1], finder[::-1]
    alignment = np.zeros((5, 5), np.uint8)
    alignment[1:4, 1:4] = 1
    alignment[2, 2] = 0
    cells[-9:-4, -9:-4] = alignment
    step = whole_between(look, 6, 14)
    large = np.kron(np.pad(cells, 4, constant_values=1), np.ones((step, step), np.uint8)) * np.uint8(255)
    return Image.fromarray(large).convert("RGB")


def text_page(look: Dice, own: Dice) -> Picture:
    """A page under the same letterhead: the words below are its own."""
    size = chosen(look, ((840, 1188), (700, 990), (1080, 1400)))
    letters, edge = size[0] * between(look, 0.018, 0.028), size[0] * between(look, 0.06, 0.12)
    page = Image.new("RGB", size, chosen(look, (WHITE, (250, 247, 238), (244, 244, 246))))
    pen = ImageDraw.Draw(page)
    pen.text((edge, edge), sentence(look, 2, 4).title(), (20, 20, 90), font(letters * 2.2))
    pen.line((edge, edge + letters * 3.2, size[0] - edge, edge + letters * 3.2), fill=(20, 20, 90), width=3)
    pen.text(
        (edge, edge + letters * 3.8), f"www.example.org   {user_name(look)}", (90, 90, 90), font(letters)
    )
    y = edge + letters * 7
    while y < size[1] - edge:
        for line in wrapped(sentence(own, 12, 60), letters, size[0] - 2 * edge):
            if y < size[1] - edge:
                pen.text((edge, y), line, (25, 25, 25), font(letters))
            y += letters * 1.45
        y += letters * 1.2
    return page


def words_chat(look: Dice, own: Dice) -> Picture:
    """A chat without a photo, with or without a keyboard: bars and ground the same, the talk its own."""
    return chat_of_words(look, own, dark=happens(look, 0.5))
