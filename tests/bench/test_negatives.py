"""The pairs that fool others: what they share, what they do not, and that they stay the same for a seed."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from drawn import scene
from PIL import Image

from fakeprofile.bench.chance import dice_of
from fakeprofile.bench.negatives import PAIRINGS, Expected, Pair, pair_of
from fakeprofile.bench.pool import Pool

ISSUE = {
    *(f"same-{kind}-{theme}" for kind in ("post", "profile", "story", "chat", "search") for theme in ("light", "dark")),
    "same-caption", "same-stickers", "same-frame-thin", "same-frame-broad", "same-frame-ornate", "same-frame-grainy",
    "same-watermark", "same-watermark-tiled", "same-logo", "same-light-leak", "same-dust", "same-snow", "same-hearts",
    "same-date-stamp", "letter-avatars", "default-avatars", "qr-codes", "text-pages", "chats-of-words", "same-layout",
    "same-phone-in-hand", "same-on-bokeh", "burst", "video-frames", "stereo", "two-spots", "same-clothes",
    "same-room-other-person", "same-person-other-room",
}  # fmt: skip
ONE, OTHER = Image.fromarray(scene(1, 420, 320)), Image.fromarray(scene(2, 360, 400))
KNOWN = {f"known {number}": Image.fromarray(scene(number, 300, 240)) for number in (3, 4, 5)}
ASKED = {f"asked {number}": Image.fromarray(scene(number, 300, 240)) for number in (6, 7, 8)}


@functools.cache
def pair(name: str, seed: int = 1) -> Pair:
    return made_anew(name, seed)


def made_anew(name: str, seed: int = 1) -> Pair:
    pools = tuple(Pool(list(side), side.__getitem__, dice_of(seed, "pool")) for side in (KNOWN, ASKED))
    return pair_of(PAIRINGS[name], ONE, OTHER, dice_of(seed, name), (pools[0], pools[1]))


def apart(pair: Pair) -> float:
    """The mean difference of the two pictures at one size, of 255."""
    query = pair.query.resize(pair.known.size, Image.Resampling.BICUBIC)
    return float(np.abs(np.asarray(pair.known, np.int16) - np.asarray(query, np.int16)).mean())


def test_every_promised_kind_is_there_and_there_are_guards() -> None:
    assert set(PAIRINGS) >= ISSUE
    assert {name for name, kind in PAIRINGS.items() if kind.expected is Expected.SAME} == {
        "two-collages", "two-screenshots", "two-stickers", "two-captions", "two-frames",
    }  # fmt: skip


@pytest.mark.parametrize("name", PAIRINGS)
def test_a_pair_is_the_same_for_a_seed_and_another_for_another(name: str) -> None:
    first, again, another = pair(name), made_anew(name), pair(name, seed=2)
    assert first.known.tobytes() == again.known.tobytes()
    assert first.query.tobytes() == again.query.tobytes()
    assert first.query.tobytes() != another.query.tobytes()


@pytest.mark.parametrize("name", PAIRINGS)
def test_the_two_sides_of_a_pair_differ(name: str) -> None:
    for seed in (1, 2):
        made = pair(name, seed)
        assert min(*made.known.size, *made.query.size) >= 64
        assert apart(made) > 2


BARS = [name for name in PAIRINGS if PAIRINGS[name].group == "same app" and "story" not in name]
"""The bars of a story lie on the photo."""


@pytest.mark.parametrize("name", BARS)
def test_two_screenshots_share_bars_and_words(name: str) -> None:
    """The uppermost hundredth holds the status bar or the browser's, the same in both."""
    made = pair(name, 1)
    query = made.query.resize(made.known.size, Image.Resampling.BICUBIC)
    strip = (0, 0, made.known.width // 3, made.known.height // 50)
    one, other = (np.asarray(picture.crop(strip), np.int16) for picture in (made.known, query))
    assert np.abs(one - other).mean() < 6


@pytest.mark.parametrize("name", ["same-frame-broad", "same-frame-ornate", "same-frame-grainy"])
def test_two_frames_are_the_same_around_different_photos(name: str) -> None:
    made = pair(name, 2)
    query = np.asarray(made.query.resize(made.known.size, Image.Resampling.BICUBIC), np.int16)
    known = np.asarray(made.known, np.int16)
    difference = np.abs(known - query).mean(axis=2)
    high, wide = difference.shape
    assert difference[: high // 40].mean() < 8
    assert difference[high * 2 // 5 : high * 3 // 5, wide * 2 // 5 : wide * 3 // 5].mean() > 15


@pytest.mark.parametrize("name", [name for name in PAIRINGS if PAIRINGS[name].group == "other moment"])
def test_another_moment_shares_most_and_not_all(name: str) -> None:
    """Nearer than two photos are, and no shift of one by a few pixels makes it the other."""
    made = pair(name, 1)
    strangers = apart(Pair(known=ONE, query=OTHER, kind="", expected=Expected.NOT_SAME))
    assert 2 < apart(made) < strangers * 1.2
