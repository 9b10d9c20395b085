"""Every edit of the bench by name: what people do to a picture before it stands under another name.

Each is drawn anew from its seed within realistic ranges, so that the same edit never looks twice the
same and nothing can be tuned to one.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PIL import Image

from fakeprofile.bench import covers, plain
from fakeprofile.bench.chance import Dice, chosen, dice_of, happens, whole_between
from fakeprofile.bench.chats import chat
from fakeprofile.bench.collages import collage, story
from fakeprofile.bench.optics import lens, photo_of_screen
from fakeprofile.bench.overlays import caption, frame, stickers, watermark
from fakeprofile.bench.pages import profile, search
from fakeprofile.bench.pool import Picture, Pool
from fakeprofile.bench.posts import post, story_screen
from fakeprofile.errors import UsageError

Apply = Callable[[Picture, Dice, Pool], Picture]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One edit."""

    name: str
    group: str
    apply: Apply
    lossless: bool = False
    """Its result is saved as PNG in half of the cases, as phones save screenshots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """An edited copy, as a file."""

    data: bytes
    suffix: str
    """``.jpg`` or ``.png``."""
    beside: tuple[str, ...]
    """The names of other photos that stand in it as well."""


def edited(edit: Edit, picture: Picture, dice: Dice, pool: Pool) -> Edited:
    """The copy that an edit makes of a picture, saved as people save it."""
    result = edit.apply(picture, dice, pool)
    data, suffix = saved(result, dice, lossless=edit.lossless)
    return Edited(data=data, suffix=suffix, beside=tuple(pool.taken))


def saved(picture: Picture, dice: Dice, *, lossless: bool = False) -> tuple[bytes, str]:
    """The bytes of a JPEG of quality 60 to 92, or sometimes of a PNG, and what its name ends in."""
    out = io.BytesIO()
    if lossless and happens(dice, 0.5):
        picture.save(out, "PNG", compress_level=1)
        return out.getvalue(), ".png"
    picture.save(out, "JPEG", quality=whole_between(dice, 60, 92), subsampling=chosen(dice, (0, 2, 2)))
    return out.getvalue(), ".jpg"


def _size(picture: Picture, dice: Dice, pool: Pool, *, side: int) -> Picture:
    del pool
    return plain.sized(picture, side, dice)


def _crop(picture: Picture, dice: Dice, pool: Pool, *, share: float) -> Picture:
    del pool
    return plain.cropped(picture, share, dice)


CHAIN_PARTS = (
    ("mirror", "crop-75", "crop-50", "aspect", "turn-5", "frame"),
    ("filter", "grey", "caption", "stickers", "watermark", "noise"),
    ("size-640", "size-320", "compression", "story", "shot-post-light", "shot-chat-dark", "avatar-round"),
)
"""A chain takes one of each: a change of shape, one of look, one of where it stands."""


def _chain(picture: Picture, dice: Dice, pool: Pool) -> Picture:
    for names in CHAIN_PARTS:
        picture = EDITS[chosen(dice, names)].apply(picture, dice, pool)
    return picture


def _screenshots() -> list[Edit]:
    kinds = {
        "post": post,
        "profile": profile,
        "story": story_screen,
        "chat": chat,
        "search": search,
    }
    return [
        Edit(
            name=f"shot-{name}-{theme}",
            group="screenshot",
            apply=partial(draw, dark=theme == "dark"),
            lossless=True,
        )
        for name, draw in kinds.items()
        for theme in ("light", "dark")
    ]


def _table() -> dict[str, Edit]:
    sides = (1080, 640, 320, 150, 64)
    edits = [
        Edit(name="compression", group="copy", apply=plain.compression),
        *(Edit(name=f"size-{side}", group="copy", apply=partial(_size, side=side)) for side in sides),
        Edit(name="avatar-square", group="copy", apply=plain.avatar_square),
        Edit(name="avatar-round", group="copy", apply=plain.avatar_round),
        Edit(name="mirror", group="shape", apply=plain.mirror),
        *(
            Edit(name=f"crop-{share}", group="shape", apply=partial(_crop, share=share / 100))
            for share in (75, 50, 25)
        ),
        Edit(name="aspect", group="shape", apply=plain.aspect),
        Edit(name="turn-5", group="shape", apply=plain.turn_5),
        Edit(name="turn-90", group="shape", apply=plain.turn_90),
        Edit(name="turn-180", group="shape", apply=plain.turn_180),
        Edit(name="filter", group="look", apply=plain.colour_filter),
        Edit(name="grey", group="look", apply=plain.grey),
        Edit(name="blur", group="look", apply=plain.blur),
        Edit(name="heavy-blur", group="look", apply=plain.heavy_blur),
        Edit(name="noise", group="look", apply=plain.noise),
        Edit(name="caption", group="overlay", apply=caption),
        Edit(name="stickers", group="overlay", apply=stickers),
        Edit(name="frame", group="overlay", apply=frame),
        Edit(name="watermark", group="overlay", apply=watermark),
        Edit(name="headline", group="overlay", apply=covers.headline),
        Edit(name="face-covered", group="overlay", apply=covers.face_covered),
        Edit(name="blended", group="overlay", apply=covers.blended),
        Edit(name="lens", group="scene", apply=lens),
        Edit(name="photo-of-screen", group="scene", apply=photo_of_screen),
        Edit(name="story", group="scene", apply=story),
        Edit(name="collage", group="scene", apply=collage),
        *_screenshots(),
        Edit(name="chain-3", group="chain", apply=_chain),
    ]
    return {edit.name: edit for edit in edits}


EDITS: dict[str, Edit] = _table()
"""All edits by name, in groups."""


def edits_named(names: str | None) -> tuple[Edit, ...]:
    """The edits of a list of names with commas; all without one.

    Raises:
        UsageError: there is no edit of that name.
    """
    if names is None:
        return tuple(EDITS.values())
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in EDITS]
    if unknown or not wanted:
        said = f"there is no edit {unknown[0]!r}" if unknown else "no edit is named"
        raise UsageError(f"{said}: choose from {', '.join(EDITS)}")
    return tuple(EDITS[name] for name in dict.fromkeys(wanted))


def copy_of(edit: Edit, picture: Picture, name: str, seed: int, pool: Pool) -> Edited:
    """The copy of one photo that belongs to a seed: always the same one."""
    return edited(edit, picture, dice_of(seed, edit.name, name), pool)


def opened(data: bytes) -> Picture:
    """The picture in these bytes."""
    return Image.open(io.BytesIO(data)).convert("RGB")
