"""The user's photos: which are the same picture, which become references, and which stay out."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from fakeprofile.bench.chance import Dice, dice_of
from fakeprofile.bench.pool import Picture, Pool
from fakeprofile.errors import PhotoError, UsageError
from fakeprofile.fingerprint.whole import LEAST_SIDE, least_distance, whole_hashes_of
from fakeprofile.photo import files_of, read, read_grey
from fakeprofile.records import Gap, WholeHashes
from fakeprofile.settings import DEFAULT
from fakeprofile.workers import Lost, mapped

SAME_PDQ, SAME_PHASH = 70, 10
"""Bits within which two photos of the album count as one picture: wide, as taking two photos for one only
keeps them together. Unrelated photos are 128 bits of PDQ apart, give or take 8."""
UNRELATED = 0.3
"""How much of the album stays out of the reference set."""
FEWEST = 6
"""Photos that are needed: two references, and two on each side of the pairs."""
SOURCE_SIDE, BESIDE_SIDE = 1600, 800
"""Longest side of a photo that is edited, and of one that stands beside it, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """Photos by name, in a fixed order."""

    names: tuple[str, ...]
    paths: tuple[Path, ...]
    groups: tuple[int, ...]
    """The number of the picture that each photo shows: edits of one photo have one number."""

    def path_of(self, name: str) -> Path:
        """Where a photo lies."""
        return self.paths[self.names.index(name)]

    def group_of(self, name: str) -> str:
        """The picture that a photo shows, as it is called among what a known picture ``shows``."""
        return f"picture {self.groups[self.names.index(name)]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What each photo of an album is for; no picture is in two of them."""

    references: tuple[str, ...]
    known_side: tuple[str, ...]
    """Stay out; made into the known pictures of the pairs."""
    query_side: tuple[str, ...]
    """Stay out; made into those that are asked about."""


def album_of(folders: Sequence[Path], workers: int) -> tuple[Album, tuple[Gap, ...]]:
    """The photos in files and folders that can be read, and why the others cannot.

    Raises:
        UsageError: fewer than six pictures that differ.
    """
    files, gaps = _files_in(folders)
    hashed: list[tuple[str, Path, WholeHashes]] = []
    for (name, path), hashes in mapped(_hashes_of, ((one, one[1]) for one in files), workers):
        if isinstance(hashes, Gap | Lost):
            gaps.append(Gap(step="photo", about=str(path), reason=hashes.reason))
        else:
            hashed.append((name, path, hashes))
    groups = _grouped([hashes for _, _, hashes in hashed])
    if len(set(groups)) < FEWEST:
        raise UsageError(
            f"{len(set(groups))} different photos; {FEWEST} are needed at least, and some hundreds to say much: "
            "name a folder with more"
        )
    album = Album(
        names=tuple(name for name, _, _ in hashed), paths=tuple(path for _, path, _ in hashed), groups=groups
    )
    return album, tuple(gaps)


def _files_in(folders: Sequence[Path]) -> tuple[list[tuple[str, Path]], list[Gap]]:
    """Each file with a name of its own, which is its path inside the folder that was given."""
    files: dict[str, Path] = {}
    gaps: list[Gap] = []
    for folder in folders:
        for found in files_of([folder]):
            if isinstance(found, Gap):
                gaps.append(found)
                continue
            name = str(found.relative_to(folder)) if found != folder else found.name
            files[name if name not in files else str(found)] = found
    return list(files.items()), gaps


def _hashes_of(path: Path) -> WholeHashes | Gap:
    photo = read_grey(path, least_side=LEAST_SIDE)
    if isinstance(photo, Gap):
        return photo
    return whole_hashes_of(photo.pixels, turned=True, full_size=(photo.width, photo.height))


def _grouped(hashes: Sequence[WholeHashes]) -> tuple[int, ...]:
    """The number of the first photo that each one is the same picture as, perhaps through others."""
    first = list(range(len(hashes)))
    for one, of_one in enumerate(hashes):
        for other in range(one):
            apart = least_distance(of_one, hashes[other])
            near = (apart.pdq or 0) <= SAME_PDQ or (apart.phash or 0) <= SAME_PHASH
            if near and first[one] != first[other]:
                low, high = sorted((first[one], first[other]))
                first = [low if number == high else number for number in first]
    return tuple(first)


def split_of(album: Album, seed: int) -> Split:
    """References and the two halves of what stays out, chosen by the seed."""
    groups = sorted(set(album.groups))
    order = [groups[number] for number in dice_of(seed, "split").permutation(len(groups))]
    out = max(2, round(UNRELATED * len(order) / 2))
    sides = (set(order[:out]), set(order[out : 2 * out]))
    members = [
        tuple(name for name, group in zip(album.names, album.groups, strict=True) if group in side)
        for side in sides
    ]
    rest = tuple(
        name
        for name, group in zip(album.names, album.groups, strict=True)
        if not any(group in side for side in sides)
    )
    return Split(references=rest, known_side=members[0], query_side=members[1])


# --- pictures -------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=128)
def picture_in(path: Path, side: int = SOURCE_SIDE) -> Picture:
    """The photo in a file, upright, at most so large. Never changed by who gets it: it is kept for others.

    Raises:
        PhotoError: it cannot be read any more.
    """
    photo = read(path, least_side=side, limits=DEFAULT.limits)
    if isinstance(photo, Gap):
        raise PhotoError(f"{photo.about}: {photo.reason}")
    picture = Image.fromarray(np.array(photo.pixels))
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    return picture


def pool_of(album: Album, names: Iterable[str], without: str, dice: Dice) -> Pool:
    """Photos that may stand beside one: those of the names that do not show the same picture."""
    group = album.group_of(without)
    others = [name for name in names if album.group_of(name) != group]
    return Pool(others, _loader(album), dice)


def _loader(album: Album) -> Callable[[str], Picture]:
    return lambda name: picture_in(album.path_of(name), BESIDE_SIDE)
