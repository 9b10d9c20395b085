"""faiss's own exhaustive search of whole-picture hashes, to measure the index against."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakeprofile.references.index.whole import NEAR_PDQ, NEAR_PHASH

Hashes = NDArray[np.uint8]


def exhaustive(phash: Hashes, pdq: Hashes) -> Callable[[Hashes, Hashes], tuple[Any, Any]]:
    """A search for all hashes within the radius, by phash and by PDQ, over a copy in memory.

    Args:
        phash: n x 8.
        pdq: n x 32.
    """
    import faiss

    by_phash, by_pdq = faiss.IndexBinaryFlat(64), faiss.IndexBinaryFlat(256)
    by_phash.add(np.ascontiguousarray(phash))
    by_pdq.add(np.ascontiguousarray(pdq))

    def search(asked: Hashes, asked_pdq: Hashes) -> tuple[Any, Any]:
        return by_phash.range_search(asked, NEAR_PHASH + 1), by_pdq.range_search(asked_pdq, NEAR_PDQ + 1)

    return search
