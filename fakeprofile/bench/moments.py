"""Two photos of nearly the same thing that are not the same photo, made from one or two photos.

A real second frame differs in ways that no edit of the first one does: near things move more than far
ones, somebody moves, the noise is new. Depth and foreground are guessed from the colours of the photo;
what matters is that the parts move against each other by 1.5 % of the width or more, which is what a
step aside or a breath later gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from fakeprofile.bench.chance import Dice, between, sign
from fakeprofile.bench.plain import compressed, noisy
from fakeprofile.bench.pool import Picture, Pool

Field = NDArray[np.float32]
SIDE = 720
"""Longest side of the frames, in pixels."""
GUESS_SIDE = 160
"""Longest side at which foreground and depth are guessed, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How a layer of a picture goes elsewhere: all lengths as shares of its width."""

    x: float = 0.0
    y: float = 0.0
    degrees: float = 0.0
    zoom: float = 1.0
    bend: float = 0.0
    """How far its parts go different ways."""


def frame_of(picture: Picture) -> NDArray[np.uint8]:
    """The picture at the size of a frame: height x width x 3, uint8."""
    scale = SIDE / max(picture.size)
    size = (max(48, round(picture.width * scale)), max(48, round(picture.height * scale)))
    return np.asarray(picture.resize(size, Image.Resampling.LANCZOS))


def foreground_of(pixels: NDArray[np.uint8]) -> Field:
    """How much each pixel belongs to what stands in front, 0 to 1: what GrabCut finds in the middle."""
    import cv2

    scale = GUESS_SIDE / max(pixels.shape[:2])
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    high, wide = small.shape[:2]
    mask = np.zeros((high, wide), np.uint8)
    middle = (round(wide * 0.2), round(high * 0.12), round(wide * 0.6), round(high * 0.84))
    # GrabCut starts from chance: from the same chance each time.
    cv2.setRNGSeed(1)
    cv2.grabCut(small, mask, middle, np.zeros((1, 65)), np.zeros((1, 65)), 4, cv2.GC_INIT_WITH_RECT)
    front = ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.uint8)
    front = np.asarray(cv2.morphologyEx(front, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8)))
    if not 0.06 < front.mean() < 0.6:
        front = np.zeros((high, wide), np.uint8)
        cv2.ellipse(
            front, (wide // 2, round(high * 0.6)), (round(wide * 0.24), round(high * 0.4)), 0, 0, 360, 1, -1
        )
    soft = cv2.GaussianBlur(front.astype(np.float32), (0, 0), 1.2)
    return np.asarray(
        cv2.resize(soft, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR), np.float32
    )


def depth_of(pixels: NDArray[np.uint8], dice: Dice) -> Field:
    """A guess of how near each pixel is, 0 to 1: areas of one colour are one thing, lower ones are nearer."""
    import cv2

    scale = GUESS_SIDE / max(pixels.shape[:2])
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    high, wide = small.shape[:2]
    rows, columns = np.mgrid[:high, :wide].astype(np.float32)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    places = np.dstack([lab, rows / high * 90, columns / wide * 90]).reshape(-1, 5)
    cv2.setRNGSeed(1)
    stop = (cv2.TERM_CRITERIA_MAX_ITER, 12, 0.5)
    start = np.zeros((len(places), 1), np.int32)
    labels = np.asarray(cv2.kmeans(places, 9, start, stop, 1, cv2.KMEANS_PP_CENTERS)[1]).reshape(high, wide)
    near = np.array(
        [0.5 * rows[labels == n].mean() / high + 0.5 * dice.random() for n in range(9)], np.float32
    )
    depth = cv2.GaussianBlur(cv2.medianBlur(near[labels], 5), (0, 0), 1.5)
    depth = (depth - depth.min()) / max(1e-6, float(np.ptp(depth)))
    return np.asarray(
        cv2.resize(depth, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR), np.float32
    )


def moved(layer: NDArray[Any], move: Move, dice: Dice) -> NDArray[np.float32]:
    """The layer, moved; what comes in from outside is its mirror image."""
    import cv2

    high, wide = layer.shape[:2]
    rows, columns = np.mgrid[:high, :wide].astype(np.float32)
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), move.degrees, move.zoom)
    matrix[:, 2] += (move.x * wide, move.y * wide)
    back = cv2.invertAffineTransform(matrix)
    field = back @ np.stack([columns.ravel(), rows.ravel(), np.ones(rows.size, np.float32)])
    if move.bend:
        field += np.stack([_bend(dice, wide, high) for _ in range(2)]) * move.bend * wide
    x, y = field.astype(np.float32).reshape(2, high, wide)
    return np.asarray(
        cv2.remap(
            layer.astype(np.float32),
            x,
            y,
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REFLECT_101,
        ),
        np.float32,
    )


def _bend(dice: Dice, wide: int, high: int) -> Field:
    """A smooth field of shifts, of standard deviation 1 at its 25 nodes; one row."""
    import cv2

    coarse = dice.normal(0, 1, (5, 5)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (wide, high), interpolation=cv2.INTER_CUBIC), np.float32).ravel()


def emptied(pixels: NDArray[np.uint8], front: Field) -> NDArray[np.uint8]:
    """The picture without what stands in front, filled from around it."""
    import cv2

    scale = GUESS_SIDE / max(pixels.shape[:2])
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    hole = cv2.resize(front, (small.shape[1], small.shape[0])) > 0.05
    hole_mask = cv2.dilate(hole.astype(np.uint8), np.ones((5, 5), np.uint8))
    filled = cv2.inpaint(small, hole_mask, 4, cv2.INPAINT_TELEA)
    large = cv2.resize(filled, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_CUBIC).astype(
        np.float32
    )
    share = cv2.GaussianBlur(
        np.asarray(cv2.resize(hole_mask.astype(np.float32), (pixels.shape[1], pixels.shape[0]))), (0, 0), 3
    )
    return (
        np.asarray(pixels * (1 - share[:, :, None]) + large * share[:, :, None]).clip(0, 255).astype(np.uint8)
    )


def composed(
    back: NDArray[Any], front: NDArray[Any], mask: Field, dice: Dice, strength: float = 3.0
) -> Picture:
    """One layer before another, with new light and noise of that standard deviation."""
    share = np.clip(mask, 0, 1)[:, :, None]
    values = (back * (1 - share) + front * share) * between(dice, 0.94, 1.06) + between(dice, -4, 4)
    return noisy(Image.fromarray(np.clip(values, 0, 255).astype(np.uint8)), strength, dice)


def _shaken(dice: Dice, share: float = 0.012) -> Move:
    return Move(
        x=between(dice, -share, share),
        y=between(dice, -share, share),
        degrees=between(dice, -1, 1),
        zoom=between(dice, 0.99, 1.03),
    )


def _stepped(dice: Dice, least: float, most: float, bend: float) -> Move:
    """A move of what stands in front, at least so far, sideways for the most part."""
    return Move(
        x=sign(dice) * between(dice, least, most),
        y=between(dice, -least, least),
        degrees=between(dice, -6, 6),
        zoom=between(dice, 0.95, 1.07),
        bend=bend,
    )


# --- pairs: known picture, picture that is asked about -------------------------------------------


def burst(one: Picture, other: Picture, dice: Dice, pool: Pool) -> tuple[Picture, Picture]:
    """The next frame of a series: who stands in front has moved, the hand has shaken."""
    del other, pool
    pixels = frame_of(one)
    front = foreground_of(pixels)
    step, camera = _stepped(dice, 0.02, 0.08, between(dice, 0.003, 0.012)), _shaken(dice)
    seed = int(dice.integers(2**31))
    near = moved(pixels, step, np.random.default_rng(seed))
    mask = moved(front, step, np.random.default_rng(seed))
    back = moved(emptied(pixels, front), camera, dice)
    return Image.fromarray(pixels), composed(back, near, mask, dice)


def video(one: Picture, other: Picture, dice: Dice, pool: Pool) -> tuple[Picture, Picture]:
    """Two frames of a film a second apart: the camera follows, the quality is poor."""
    del other, pool
    pixels = frame_of(one)
    front = foreground_of(pixels)
    step = _stepped(dice, 0.06, 0.18, between(dice, 0.006, 0.02))
    pan = Move(
        x=sign(dice) * between(dice, 0.02, 0.1), y=between(dice, -0.02, 0.02), zoom=between(dice, 1.0, 1.1)
    )
    seed = int(dice.integers(2**31))
    near, mask = (
        moved(pixels, step, np.random.default_rng(seed)),
        moved(front, step, np.random.default_rng(seed)),
    )
    later = composed(moved(emptied(pixels, front), pan, dice), near, mask, dice, 4.0)
    size = (640, round(640 * one.height / one.width))
    quality = int(between(dice, 30, 60))
    first = Image.fromarray(pixels)
    return compressed(first.resize(size), quality), compressed(later.resize(size), quality)


def stereo(one: Picture, other: Picture, dice: Dice, pool: Pool) -> tuple[Picture, Picture]:
    """What the other eye sees: near things lie 2 to 6 % of the width aside of where far things lie."""
    del other, pool
    pixels = frame_of(one)
    return Image.fromarray(pixels), _seen_aside(pixels, sign(dice) * between(dice, 0.02, 0.06), 0.0, dice)


def two_spots(one: Picture, other: Picture, dice: Dice, pool: Pool) -> tuple[Picture, Picture]:
    """The same place from a few steps aside at another hour: parallax, perspective, another light."""
    del other, pool
    import cv2

    pixels = frame_of(one)
    aside = _seen_aside(pixels, sign(dice) * between(dice, 0.03, 0.08), between(dice, -0.02, 0.02), dice)
    size = aside.size
    corners = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    target = (corners + dice.uniform(-0.07, 0.07, (4, 2)) * size).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    seen = cv2.warpPerspective(np.asarray(aside), matrix, size, borderMode=cv2.BORDER_REFLECT_101)
    light = np.asarray(seen, np.float32) / 255
    light = light ** between(dice, 0.75, 1.35) * np.array(
        [between(dice, 0.85, 1.1) for _ in range(3)], np.float32
    )
    return Image.fromarray(pixels), Image.fromarray((np.clip(light, 0, 1) * 255).astype(np.uint8))


def _seen_aside(pixels: NDArray[np.uint8], x: float, y: float, dice: Dice) -> Picture:
    import cv2

    high, wide = pixels.shape[:2]
    rows, columns = np.mgrid[:high, :wide].astype(np.float32)
    near = depth_of(pixels, dice) - 0.5
    seen = cv2.remap(
        pixels,
        columns + x * wide * near,
        rows + y * wide * near,
        cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REFLECT_101,
    )
    return noisy(Image.fromarray(np.asarray(seen)), 3.0, dice)


def same_clothes(one: Picture, other: Picture, dice: Dice, pool: Pool) -> tuple[Picture, Picture]:
    """The same person in the same room in another pose, from another spot."""
    del other, pool
    pixels = frame_of(one)
    front = foreground_of(pixels)
    step, seed = _stepped(dice, 0.03, 0.12, between(dice, 0.02, 0.04)), int(dice.integers(2**31))
    near, mask = (
        moved(pixels, step, np.random.default_rng(seed)),
        moved(front, step, np.random.default_rng(seed)),
    )
    return Image.fromarray(pixels), composed(_room(pixels, front, dice), near, mask, dice)


def same_room(one: Picture, other: Picture, dice: Dice, pool: Pool) -> tuple[Picture, Picture]:
    """Another person before the same background, from another spot."""
    del pool
    pixels = frame_of(one)
    guest = _fitted(other, pixels)
    back = _room(pixels, foreground_of(pixels), dice)
    return Image.fromarray(pixels), composed(back, guest, foreground_of(guest), dice)


def same_tripod(one: Picture, other: Picture, dice: Dice, pool: Pool) -> tuple[Picture, Picture]:
    """Another person before the same background, from a tripod: outside the person nothing moves."""
    del pool
    pixels = frame_of(one)
    guest = _fitted(other, pixels)
    back = emptied(pixels, foreground_of(pixels))
    return Image.fromarray(pixels), composed(back, guest, foreground_of(guest), dice)


def _room(pixels: NDArray[np.uint8], front: Field, dice: Dice) -> NDArray[Any]:
    """The background from some other spot: 1 to 4 % of parallax, and the camera held otherwise."""
    aside = _seen_aside(emptied(pixels, front), sign(dice) * between(dice, 0.01, 0.04), 0.0, dice)
    return moved(np.asarray(aside), _shaken(dice, 0.03), dice)


def other_room(one: Picture, other: Picture, dice: Dice, pool: Pool) -> tuple[Picture, Picture]:
    """The same person in another pose on another background."""
    pixels = frame_of(one)
    front = foreground_of(pixels)
    step, seed = _stepped(dice, 0.02, 0.1, between(dice, 0.015, 0.035)), int(dice.integers(2**31))
    near, mask = (
        moved(pixels, step, np.random.default_rng(seed)),
        moved(front, step, np.random.default_rng(seed)),
    )
    here, there = _fitted(other, pixels), _fitted(pool.take(1)[0], pixels)
    return composed(here, pixels, front, dice), composed(there, near, mask, dice)


def _fitted(picture: Picture, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    size = (pixels.shape[1], pixels.shape[0])
    return np.asarray(ImageOps.fit(picture, size, Image.Resampling.LANCZOS))


MOMENTS = {
    "burst": burst,
    "video-frames": video,
    "stereo": stereo,
    "two-spots": two_spots,
    "same-clothes": same_clothes,
    "same-room-other-person": same_room,
    "same-tripod-other-person": same_tripod,
    "same-person-other-room": other_room,
}
"""All of them by name."""
