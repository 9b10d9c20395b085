"""Which lists of the index a code stands in, and in which it is looked for.

One fixed, published set of centroids serves every library: adding a photo needs no training, and neither
the order of adding nor the rest of the library changes where a code goes. There are two levels (256
coarse centroids, 65,536 fine ones below them), so that finding a list takes some 4,000 comparisons and
not 65,536. ``tests/bench/make_centroids.py`` makes the file.
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakeprofile.references.index.threads import shared

CODE_BYTES, CODE_BITS = 16, 128
FILES = {"rootsift-sign128/2": "centroids-2.npz"}
"""The published centroids, by the algorithm of the keypoints. A file never changes: others get another name."""
LISTS = 65_536
"""How many fine centroids there are."""
COARSE_LISTS = 6
"""Coarse centroids whose fine ones are compared; with 12 or 24 the list in which a near code
stands is found one time in a hundred more often, and it takes nearly twice as long."""
NO_LIST = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Centroids:
    """Which centroids are meant; they are loaded when they are first needed."""

    algorithm: str
    """Of the keypoints."""
    file: str

    @property
    def name(self) -> str:
        """What an index is made with: one that was made with others is of no use."""
        return f"{self.algorithm} {self.file}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Two levels of centroids."""

    coarse: NDArray[np.uint8]
    """256 x 16."""
    fine: NDArray[np.uint8]
    """65,536 x 16, those below one coarse centroid together."""
    starts: NDArray[np.int64]
    """Where those of each coarse centroid begin, and the last ones end."""


def centroids_of(algorithm: str) -> Centroids | None:
    """The published centroids for the codes of an algorithm; None if it has none."""
    file = FILES.get(algorithm)
    return None if file is None else Centroids(algorithm=algorithm, file=file)


@functools.cache
def published(file: str) -> Published:
    """What stands in a file of centroids."""
    with files("fakeprofile.references.index").joinpath(file).open("rb") as opened:
        stored = np.load(opened, allow_pickle=False)
        return Published(
            coarse=np.ascontiguousarray(stored["coarse"]),
            fine=np.ascontiguousarray(stored["fine"]),
            starts=np.concatenate([[0], np.cumsum(stored["sizes"], dtype=np.int64)]),
        )


@functools.cache
def _loaded(file: str, regions: int) -> Any:
    """Both levels of centroids, as faiss searches them."""
    import faiss

    known = published(file)
    coarse = known.coarse
    top = faiss.IndexBinaryFlat(CODE_BITS)
    top.add(coarse)
    index: Any = faiss.IndexBinaryIVF(top, CODE_BITS, len(coarse))
    index.top = top  # faiss keeps only a pointer
    index.nprobe = regions
    for one, (first, last) in enumerate(itertools.pairwise(known.starts.tolist())):
        numbers = np.arange(first, last, dtype=np.int64)
        inside = known.fine[first:last]
        index.invlists.add_entries(one, last - first, faiss.swig_ptr(numbers), faiss.swig_ptr(inside))
    index.ntotal, index.is_trained = len(known.fine), True
    return index


def lists_of(
    centroids: Centroids, codes: NDArray[np.uint8], probes: int, slack: int, regions: int = COARSE_LISTS
) -> NDArray[np.int64]:
    """The numbers of the lists whose centroids are nearest to each code, n x probes; the nearest first.

    Args:
        centroids: the published ones.
        codes: n x 16 uint8.
        probes: how many lists to name for each code.
        slack: lists whose centroid is this many bits further off than the nearest are left out (-1).
        regions: coarse centroids whose fine ones are compared.
    """
    if not len(codes):
        return np.zeros((0, probes), dtype=np.int64)
    index = _loaded(centroids.file, regions)

    def search(part: slice) -> NDArray[np.int64]:
        bits, found = index.search(np.ascontiguousarray(codes[part]), probes)
        lists: NDArray[np.int64] = np.where(bits <= bits[:, :1] + slack, found, NO_LIST)
        return lists

    return np.concatenate(shared(len(codes), len(codes) * LISTS * regions // index.nlist, search))
