"""Default avatars as platforms draw them: silhouettes and initials in the platforms' colours, drawn here."""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
from PIL import Image, ImageDraw

from fakeprofile.records import Pixels

Colour = tuple[int, int, int]
COLOURS: dict[str, tuple[Colour, Colour]] = {
    "instagram": ((244, 245, 247), (130, 136, 148)),
    "facebook": ((200, 204, 212), (255, 255, 255)),
    "tiktok": ((22, 24, 35), (120, 122, 130)),
    "x": ((207, 217, 222), (83, 100, 113)),
    "snapchat": ((255, 252, 0), (255, 255, 255)),
    "whatsapp": ((223, 229, 231), (255, 255, 255)),
}


def silhouette(ground: Colour, figure: Colour, side: int = 320) -> Pixels:
    """A head and shoulders."""
    large = side * 4
    picture = Image.new("RGB", (large, large), ground)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((large * 0.32, large * 0.18, large * 0.68, large * 0.54), fill=figure)
    pen.ellipse((large * 0.15, large * 0.6, large * 0.85, large * 1.4), fill=figure)
    return np.asarray(picture.resize((side, side), Image.Resampling.LANCZOS))


def initials(text: str, ground: Colour, ink: Colour = (255, 255, 255), side: int = 320) -> Pixels:
    """Letters in the middle."""
    picture = Image.new("RGB", (side, side), ground)
    pen = ImageDraw.Draw(picture)
    pen.text((side / 2, side / 2), text, fill=ink, font_size=side // 2, anchor="mm")
    return np.asarray(picture)


def badge(text: str, colour: Colour = (190, 30, 40)) -> Pixels:
    """The emblem of a club: too many colours to be seen as a default avatar without being named one."""
    picture = Image.new("RGB", (320, 320), (250, 250, 250))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((20, 20, 300, 300), fill=colour)
    pen.polygon([(160, 50), (250, 230), (70, 230)], fill=(20, 60, 150))
    pen.rectangle((60, 190, 260, 240), fill=(245, 200, 40))
    pen.text((160, 215), text, fill=(0, 0, 0), font_size=40, anchor="mm")
    return np.asarray(picture)


def jpeg(pixels: Pixels, side: int, quality: int) -> Pixels:
    """The same, made smaller and saved."""
    data = BytesIO()
    small = cv2.resize(np.ascontiguousarray(pixels), (side, side), interpolation=cv2.INTER_AREA)
    Image.fromarray(small).save(data, "JPEG", quality=quality)
    return np.asarray(Image.open(data).convert("RGB"))
