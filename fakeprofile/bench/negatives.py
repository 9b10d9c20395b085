"""Pairs of pictures that fool others: different photos with much in common, and the same photo with little.

A negative is a pair that is not the same picture: two photos in the same furniture (one app, one caption,
one frame…), two pictures without a photo, or two photos of nearly the same moment. A guard is the other
way round: one photo stands in both, between different things, and must still be found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import numpy as np
from PIL import Image, ImageOps

from fakeprofile.bench import moments, overlays, plates, scenes
from fakeprofile.bench.chance import Dice, between, chosen, happens
from fakeprofile.bench.chats import chat
from fakeprofile.bench.collages import collage, collage_of, layout_of
from fakeprofile.bench.pages import profile, search
from fakeprofile.bench.pool import Picture, Pool
from fakeprofile.bench.posts import post, story_screen
from fakeprofile.errors import UsageError

Draw = Callable[[Picture, Dice, Pool], Picture]
Make = Callable[[Picture, Picture, Dice, Pool, Pool], tuple[Picture, Picture]]


class Expected(StrEnum):
    """What may be said of a pair."""

    NOT_SAME = "not the same picture"
    """Different, or similar at most."""
    SAME = "the same picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """One kind of pair."""

    name: str
    group: str
    make: Make
    """(one photo, another, dice, other photos for the first picture, and for the second) ->
    (known picture, picture that is asked about)."""
    expected: Expected = Expected.NOT_SAME
    shares_photo: bool = False
    """Both pictures are made from the first photo; otherwise the second shows only the second photo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One pair, ready to be saved."""

    known: Picture
    query: Picture
    kind: str
    expected: Expected


def pair_of(pairing: Pairing, one: Picture, other: Picture, dice: Dice, pools: tuple[Pool, Pool]) -> Pair:
    """The pair that a kind makes of two photos.

    Args:
        pairing: the kind.
        one: the photo of the known picture.
        other: the photo of the one that is asked about, where that is another one.
        dice: gives everything else.
        pools: photos that may stand beside them, in the known picture and in the other; no photo in both.
    """
    known, query = pairing.make(one, other, dice, *pools)
    return Pair(known=known, query=query, kind=pairing.name, expected=pairing.expected)


# --- different photos in the same furniture ------------------------------------------------------

SIZES = ((900, 900), (720, 900), (1000, 750), (600, 800), (540, 540), (1080, 720))


def _in_same(
    draw: Draw, one: Picture, other: Picture, dice: Dice, pool: Pool, other_pool: Pool
) -> tuple[Picture, Picture]:
    """Both photos at one size, in what the same dice draw; the second is sometimes passed on smaller."""
    size, seed = chosen(dice, SIZES), int(dice.integers(2**31))
    known = draw(ImageOps.fit(one, size, Image.Resampling.LANCZOS), np.random.default_rng(seed), pool)
    query = draw(ImageOps.fit(other, size, Image.Resampling.LANCZOS), np.random.default_rng(seed), other_pool)
    if happens(dice, 0.4):
        scale = between(dice, 0.5, 0.95)
        query = query.resize(
            (round(query.width * scale), round(query.height * scale)), Image.Resampling.BICUBIC
        )
    return known, query


def _in_layout(
    one: Picture, other: Picture, dice: Dice, pool: Pool, other_pool: Pool
) -> tuple[Picture, Picture]:
    """Two collages of one layout without a common photo."""
    layout, seed = layout_of(dice), int(dice.integers(2**31))
    more = len(layout.boxes) - 1
    return (
        collage_of([one, *pool.take(more)], layout, np.random.default_rng(seed)),
        collage_of([other, *other_pool.take(more)], layout, np.random.default_rng(seed)),
    )


def _without_photo(
    draw: Callable[[Dice, Dice], Picture],
    one: Picture,
    other: Picture,
    dice: Dice,
    pool: Pool,
    other_pool: Pool,
) -> tuple[Picture, Picture]:
    """Two pictures of one look with content of their own."""
    del one, other, pool, other_pool
    seed, first, second = (int(number) for number in dice.integers(2**31, size=3))
    return (
        draw(np.random.default_rng(seed), np.random.default_rng(first)),
        draw(np.random.default_rng(seed), np.random.default_rng(second)),
    )


def _moment(
    make: Callable[[Picture, Picture, Dice, Pool], tuple[Picture, Picture]],
    one: Picture,
    other: Picture,
    dice: Dice,
    pool: Pool,
    other_pool: Pool,
) -> tuple[Picture, Picture]:
    del pool
    return make(one, other, dice, other_pool)


# --- the same photo between different things ------------------------------------------------------


def _in_two(
    draws: tuple[Draw, ...], one: Picture, other: Picture, dice: Dice, pool: Pool, other_pool: Pool
) -> tuple[Picture, Picture]:
    """The first photo drawn twice, each time by chance."""
    del other
    return chosen(dice, draws)(one, dice, pool), chosen(dice, draws)(one, dice, other_pool)


SCREENS: dict[str, Callable[..., Picture]] = {
    "post": post,
    "profile": profile,
    "story": story_screen,
    "chat": chat,
    "search": search,
}
OVERLAYS: dict[str, Draw] = {
    "caption": overlays.caption,
    "stickers": overlays.stickers,
    "frame-thin": overlays.frame_thin,
    "frame-broad": overlays.frame_broad,
    "frame-ornate": overlays.frame_ornate,
    "frame-grainy": overlays.frame_grainy,
    "watermark": overlays.watermark,
    "watermark-tiled": overlays.watermark_tiled,
    "logo": overlays.logo,
    "light-leak": overlays.light_leak,
    "dust": overlays.dust,
    "snow": overlays.snow,
    "hearts": overlays.hearts,
    "date-stamp": overlays.date_stamp,
    "phone-in-hand": scenes.phone_in_hand,
    "on-bokeh": scenes.on_bokeh,
}
PLATES = {
    "letter-avatars": plates.letter_avatar,
    "default-avatars": plates.silhouette,
    "qr-codes": plates.qr_code,
    "text-pages": plates.text_page,
    "chats-of-words": plates.words_chat,
}
GUARDS: dict[str, tuple[Draw, ...]] = {
    "two-collages": (collage,),
    "two-screenshots": tuple(
        partial(draw, dark=dark) for draw in (post, story_screen, chat) for dark in (True, False)
    ),
    "two-stickers": (overlays.stickers,),
    "two-captions": (overlays.caption,),
    "two-frames": (overlays.frame,),
}


def _table() -> dict[str, Pairing]:
    kinds = [
        *(
            Pairing(
                name=f"same-{name}-{theme}",
                group="same app",
                make=partial(_in_same, partial(draw, dark=theme == "dark")),
            )
            for name, draw in SCREENS.items()
            for theme in ("light", "dark")
        ),
        *(
            Pairing(name=f"same-{name}", group="same furniture", make=partial(_in_same, draw))
            for name, draw in OVERLAYS.items()
        ),
        Pairing(name="same-layout", group="same furniture", make=_in_layout),
        *(
            Pairing(name=name, group="no photo", make=partial(_without_photo, draw))
            for name, draw in PLATES.items()
        ),
        *(
            Pairing(name=name, group="other moment", make=partial(_moment, make), shares_photo=True)
            for name, make in moments.MOMENTS.items()
        ),
        *(
            Pairing(
                name=name,
                group="same photo inside",
                make=partial(_in_two, draws),
                expected=Expected.SAME,
                shares_photo=True,
            )
            for name, draws in GUARDS.items()
        ),
    ]
    return {kind.name: kind for kind in kinds}


PAIRINGS: dict[str, Pairing] = _table()
"""All kinds by name, in groups; the guards last."""


def kinds_named(names: str | None) -> tuple[str, ...]:
    """The kinds of a list of names with commas; all without one.

    Raises:
        UsageError: there is no kind of that name.
    """
    if names is None:
        return tuple(PAIRINGS)
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in PAIRINGS]
    if unknown or not wanted:
        said = f"there is no kind of pair {unknown[0]!r}" if unknown else "no kind of pair is named"
        raise UsageError(f"{said}: choose from {', '.join(PAIRINGS)}")
    return tuple(dict.fromkeys(wanted))
