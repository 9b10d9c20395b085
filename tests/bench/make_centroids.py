"""Makes the published centroids of the index: ``python tests/bench/make_centroids.py PHOTOS OUT.npz``.

PHOTOS is a folder of real photographs (a few hundred are enough). Every second one is used, in the order of
their names, so that the others can tell how good the index is. Each is looked at in several sizes and turns,
so that one photo gives some ten thousand codes. Two levels of k-majority clustering, the binary form
of k-means (Grana et al. 2013): 256 coarse centroids, and in each as many fine ones as its part of the codes
deserves, 65,536 in all. Run it again when the algorithm of the keypoints changes; the name of that algorithm
is stored with the centroids, and an index made with others is made anew.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import faiss
import numpy as np
from PIL import Image, ImageOps

from fakeprofile.fingerprint.keypoints import ALGORITHM, keypoints_of

COARSE, FINE = 256, 65_536
VIEWS = ((300, 0), (512, 0), (800, 7), (640, 33), (400, 90), (1080, 180))
"""Longest side in pixels, and degrees by which the photo is turned."""
ROUNDS = 10
SEED = 20261125


def main(folder: str, out: str) -> None:
    """Writes the file."""
    photos = sorted(
        path for path in Path(folder).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png")
    )
    with ProcessPoolExecutor() as pool:
        codes = np.concatenate(list(pool.map(codes_of, photos[::2], chunksize=4)))
    print(f"{len(photos[::2])} photos, {len(codes):,} codes")
    write(codes, out)


def write(codes: np.ndarray, out: str) -> None:
    """Clusters the codes (n x 16, uint8), in any order, and writes the file."""
    random = np.random.default_rng(SEED)
    codes = np.unique(codes, axis=0)
    coarse, nearest = clustered(codes, COARSE, random)
    sizes = shares(np.bincount(nearest, minlength=len(coarse)), FINE)
    fine = [clustered(codes[nearest == one], size, random)[0] for one, size in enumerate(sizes)]
    np.savez(
        out,
        algorithm=np.array(ALGORITHM),
        coarse=coarse,
        sizes=sizes.astype(np.int32),
        fine=np.concatenate(fine),
    )


def codes_of(path: Path) -> np.ndarray:
    """The codes of one photo in all its views, plain and mirrored."""
    cv2.setNumThreads(1)
    photo = ImageOps.exif_transpose(Image.open(path).convert("RGB"))
    photo.thumbnail((1080, 1080))
    found = []
    for side, degrees in VIEWS:
        pixels = np.asarray(photo.rotate(degrees, expand=True) if degrees else photo)
        keypoints = keypoints_of(pixels, width=pixels.shape[1], most=2500, side=side, mirrored=True)
        found += [keypoints.codes, keypoints.mirrored_codes]
    return np.concatenate(found)


def shares(counts: np.ndarray, total: int) -> np.ndarray:
    """How many fine centroids each coarse one gets: at least one, no more than it has codes."""
    sizes = np.maximum(1, np.floor(counts * total / counts.sum())).astype(int)
    room = np.argsort(-(counts - sizes), kind="stable")
    sizes[room[: total - sizes.sum()]] += 1
    return sizes


def clustered(codes: np.ndarray, count: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Centroids, and the nearest of them for every code."""
    centroids = codes[random.choice(len(codes), count, replace=False)]
    for _ in range(ROUNDS):
        nearest = _nearest(codes, centroids)
        centroids = np.concatenate(list(_majorities(codes, nearest, centroids)))
    return centroids, _nearest(codes, centroids)


def _nearest(codes: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    index = faiss.IndexBinaryFlat(128)
    index.add(centroids)
    return index.search(codes, 1)[1][:, 0]


def _majorities(codes: np.ndarray, nearest: np.ndarray, centroids: np.ndarray) -> Iterator[np.ndarray]:
    """Bit by bit what most codes of a cluster have; an empty cluster stays where it is."""
    order = np.argsort(nearest, kind="stable")
    starts = np.searchsorted(nearest[order], np.arange(len(centroids) + 1))
    for one, (first, last) in enumerate(itertools.pairwise(starts)):
        if first == last:
            yield centroids[one : one + 1]
        else:
            bits = np.unpackbits(codes[order[first:last]], axis=1)
            yield np.packbits(bits.mean(axis=0) > 0.5)[None]


if __name__ == "__main__":
    main(*sys.argv[1:])
