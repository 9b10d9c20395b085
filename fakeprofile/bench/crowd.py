"""Photos that nobody took, as many as are wanted, with codes that lie as close together as those of real ones.

A code is made of two published centroids of one region of the space of codes, bit by bit from the one or the
other. Measured against the codes of 155 photographs that the centroids do not come from, such codes have as
many neighbours as real ones have: within 12, 20 and 40 of the 128 bits stand 5, 420 and 197,000 of ten
million, and of real codes 6, 300 and 164,000. Among themselves they lie twice as close: 330,000 within 40.

What a copy keeps is measured as well: see ``COPY`` and ``POOR_COPY``.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.fingerprint import KEYPOINTS, WHOLE
from fakeprofile.records import Fingerprint, Keypoints, WholeHashes
from fakeprofile.references.index.quantizer import FILES, published

SIDE = (1080, 810)
"""Width and height of every photo, in pixels."""
CODES = 500
BATCH = 1000
"""Photos that are made from one seed."""
TURNS = tuple((mirrored, turns) for mirrored in (False, True) for turns in range(4))[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wear:
    """What becomes of the codes of a photo in a copy of it."""

    kept: float
    """The part of the codes whose keypoint is found again."""
    bits: tuple[float, ...]
    """How many bits of those have changed: the least, and 5, 25, 50, 75 and 95 % of them, and the most."""


COPY = Wear(kept=0.2, bits=(0, 1, 4, 8, 16, 29, 60))
"""Cut to a quarter of the area: measured on 155 photographs."""
POOR_COPY = Wear(kept=0.1, bits=(0, 3, 7, 14, 32, 49, 70))
"""Cut to half of the area, and made as small as an avatar of 150 pixels; of the keypoints that are found
again in such a copy only every fourth is left, as under stickers and captions."""
SHARES = (0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """A thousand photos."""

    codes: NDArray[np.uint8]
    """1000 x 500 x 16."""
    points: NDArray[np.float32]
    """1000 x 500 x 4, in pixels."""
    whole: tuple[WholeHashes, ...]


@functools.lru_cache(maxsize=2)
def crowd(number: int) -> Crowd:
    """The photos of that number: always the same."""
    random = np.random.default_rng([20261125, number])
    whole = tuple(
        WholeHashes(algorithm=WHOLE, phash=random.bytes(8).hex(), pdq=random.bytes(32).hex(), pdq_quality=100)
        for _ in range(BATCH)
    )
    return Crowd(
        codes=codes_of(BATCH * CODES, random).reshape(BATCH, CODES, 16),
        points=points_of(BATCH * CODES, random).reshape(BATCH, CODES, 4),
        whole=whole,
    )


def codes_of(count: int, random: np.random.Generator) -> NDArray[np.uint8]:
    """Codes of keypoints, count x 16."""
    known = published(FILES[KEYPOINTS])
    fine, starts = known.fine, known.starts
    one = random.integers(0, len(fine), count)
    region = np.searchsorted(starts, one, side="right") - 1
    length = starts[region + 1] - starts[region]
    # The nearer of two others of the region: keypoints of one kind lie closer than those of one region.
    others = starts[region] + (random.random((2, count)) * length).astype(np.int64)
    words = fine.view(np.uint64)
    apart = np.bitwise_count(words[others] ^ words[one]).sum(axis=2)
    other = np.where(apart[0] <= apart[1], others[0], others[1])
    mask = np.frombuffer(random.bytes(16 * count), dtype=np.uint64).reshape(count, 2)
    mixed = (words[one] & mask) | (words[other] & ~mask)
    return np.ascontiguousarray(mixed).view(np.uint8).reshape(count, 16)


def points_of(count: int, random: np.random.Generator) -> NDArray[np.float32]:
    """x, y, diameter and angle of keypoints, count x 4."""
    places = random.random((count, 2)) * SIDE
    diameter = np.exp2(random.exponential(1.2, count) + 3.0)
    angle = random.random(count) * 360
    return np.column_stack([places, np.minimum(diameter, 300.0), angle]).astype(np.float32)


def copy_of(
    codes: NDArray[np.uint8], points: NDArray[np.float32], wear: Wear, count: int, random: np.random.Generator
) -> Fingerprint:
    """A picture with a worn copy of a photo in it, and ``count`` keypoints in all."""
    kept = np.flatnonzero(random.random(len(codes)) < wear.kept)[:count]
    bits = np.interp(random.random(len(kept)), SHARES, wear.bits).astype(np.int64)
    changed = random.permuted(np.arange(128) < bits[:, None], axis=1)
    worn = codes[kept] ^ np.packbits(changed, axis=1)
    factor, shift = random.uniform(0.3, 0.9), random.uniform(0, 200, 2)
    moved = points[kept] * np.array([factor, factor, factor, 1.0])
    moved[:, :2] += shift + random.normal(0, 1.5, (len(kept), 2))
    moved[:, 2] *= np.exp2(random.normal(0, 0.15, len(kept)))
    moved[:, 3] = (moved[:, 3] + random.normal(0, 5, len(kept))) % 360
    rest = count - len(kept)
    # In any order: in real copies the keypoints of the photo are among the most telling, but that shall not help here.
    order = random.permutation(count)
    return _asked(
        np.concatenate([worn, codes_of(rest, random)])[order],
        np.concatenate([moved, points_of(rest, random)]).astype(np.float32)[order],
        random,
    )


def stranger(count: int, random: np.random.Generator) -> Fingerprint:
    """A picture that is in no library."""
    return _asked(codes_of(count, random), points_of(count, random), random)


def _asked(codes: NDArray[np.uint8], points: NDArray[np.float32], random: np.random.Generator) -> Fingerprint:
    hashes = [(random.bytes(8).hex(), random.bytes(32).hex()) for _ in range(8)]
    return Fingerprint(
        width=SIDE[0],
        height=SIDE[1],
        whole=WholeHashes(
            algorithm=WHOLE,
            phash=hashes[0][0],
            pdq=hashes[0][1],
            pdq_quality=100,
            turned=tuple((*how, *both) for how, both in zip(TURNS, hashes[1:], strict=True)),
        ),
        keypoints=Keypoints(
            algorithm=KEYPOINTS,
            points=points,
            codes=codes,
            mirrored_codes=codes_of(len(codes), random),
        ),
    )
