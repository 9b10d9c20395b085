"""Many photos at once for the tests of the index: codes, places and hashes of no picture."""

from __future__ import annotations

import dataclasses

import numpy as np

from fakeprofile.fingerprint import KEYPOINTS, WHOLE
from fakeprofile.records import Fingerprint, Keypoints, WholeHashes
from fakeprofile.references.index.entries import NO_ENTRIES, PDQ_BYTES, PHASH_BYTES, Entries

TURNS = [(mirrored, turns) for mirrored in (False, True) for turns in range(4)][1:]
SIDE = 400
NO_KEYPOINTS = Keypoints(
    algorithm=KEYPOINTS, points=np.zeros((0, 4), np.float32), codes=np.zeros((0, 16), np.uint8)
)


def flipped(hexadecimal: str, bits: int, random: np.random.Generator) -> str:
    """The hash with some bits changed."""
    size = len(hexadecimal) * 4
    value = int(hexadecimal, 16)
    for place in random.choice(size, bits, replace=False):
        value ^= 1 << int(place)
    return f"{value:0{size // 4}x}"


def near_codes(codes: np.ndarray, bits: int, random: np.random.Generator) -> np.ndarray:
    """The codes with some bits of each changed."""
    changed = np.zeros((len(codes), 128), dtype=np.uint8)
    changed[:, :bits] = 1
    return codes ^ np.packbits(random.permuted(changed, axis=1), axis=1)


def any_codes(count: int, random: np.random.Generator) -> np.ndarray:
    """Codes unlike each other."""
    return random.integers(0, 256, (count, 16), dtype=np.uint8)


def any_points(count: int, random: np.random.Generator) -> np.ndarray:
    """x, y, diameter and angle of keypoints in a square picture."""
    sides = random.uniform(20, SIDE - 20, (count, 2))
    return np.column_stack([sides, random.uniform(5, 60, count), random.uniform(0, 360, count)]).astype("f4")


def any_whole(random: np.random.Generator) -> WholeHashes:
    """Whole-picture hashes, with those of the turned forms."""
    turned = tuple((*how, random.bytes(8).hex(), random.bytes(32).hex()) for how in TURNS)
    return WholeHashes(
        algorithm=WHOLE,
        phash=random.bytes(8).hex(),
        pdq=random.bytes(32).hex(),
        pdq_quality=90,
        turned=turned,
    )


def asked(
    codes: np.ndarray, points: np.ndarray, random: np.random.Generator, mirrored: np.ndarray | None = None
) -> Fingerprint:
    """A picture that is asked about, with whole-picture hashes that nobody has."""
    keypoints = Keypoints(
        algorithm=KEYPOINTS, points=points.astype("f4"), codes=codes, mirrored_codes=mirrored
    )
    return Fingerprint(width=SIDE, height=SIDE, whole=any_whole(random), keypoints=keypoints)


def entries_of(photos: dict[int, tuple[WholeHashes | None, np.ndarray, np.ndarray]]) -> Entries:
    """Photos by their stamps: whole-picture hashes, codes and points."""
    from fakeprofile.references.index.places import places_of

    entries = []
    for position, (whole, codes, points) in enumerate(photos.values()):
        keypoints = dataclasses.replace(NO_KEYPOINTS, codes=codes, points=points)
        x, y, size, angle = places_of(keypoints, SIDE, SIDE).T
        packed = np.column_stack([x * 255, y * 255, (size + 10) * 25.5, angle * 256 % 256])
        entries.append((whole, codes, np.rint(packed).clip(0, 255).astype(np.uint8), position))
    none = "0" * 64
    return Entries(
        stamps=np.array(list(photos), dtype=np.int64),
        phash=_rows([one.phash if one else none[:16] for one, *_ in entries], PHASH_BYTES),
        pdq=_rows([one.pdq if one else none for one, *_ in entries], PDQ_BYTES),
        owners=np.concatenate([NO_ENTRIES.owners, *(np.full(len(one[1]), one[3]) for one in entries)]),
        codes=np.concatenate([NO_ENTRIES.codes, *(one[1] for one in entries)]),
        places=np.concatenate([NO_ENTRIES.places, *(one[2] for one in entries)]),
    )


def _rows(hashes: list[str], width: int) -> np.ndarray:
    return np.frombuffer(bytes.fromhex("".join(hashes)), dtype=np.uint8).reshape(-1, width)
