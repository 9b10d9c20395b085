"""Whole-picture hashes near the one that is asked about: every hash is compared, so none is missed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakeprofile.fingerprint.whole import forms_of
from fakeprofile.records import WholeDistance, WholeHashes
from fakeprofile.references.index.threads import most_threads, one_thread

NEAR_PDQ, NEAR_PHASH = 60, 12
"""Bits within which a whole-picture hash makes a candidate: wide, as the pixels decide."""
PHASH_WEIGHT = 4
"""A bit of the 64 counts like so many of the 256."""
AT_ONCE = 32_768
"""Hashes that are compared before the next ones: 1 MB of PDQ stays in the processor's cache for all eight
turned forms, and for those of all other pictures that are asked about."""
PIECE = 1_000_000
"""Hashes that one thread takes on."""


Found = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]
"""Which form was asked about, the row, and the bits."""
NONE: Found = (np.zeros(0, dtype=np.int64),) * 3


def near_rows(
    phash: NDArray[np.uint8], pdq: NDArray[np.uint8], asked: NDArray[np.uint8], asked_pdq: NDArray[np.uint8]
) -> Found:
    """The hashes within the radius: which was asked about, the row, and how far, as bits of PDQ.

    Args:
        phash: n x 8 uint8; all zero for none.
        pdq: n x 32 uint8; all zero for none.
        asked: the phash of every form that is asked about, m x 8.
        asked_pdq: its PDQ, m x 32.
    """
    pieces = [slice(first, first + PIECE) for first in range(0, len(phash), PIECE)]
    workers = min(len(pieces), most_threads())

    def search(piece: slice) -> Found:
        with one_thread():
            return _near_rows(phash[piece], pdq[piece], asked, asked_pdq, piece.start)

    if workers <= 1:
        return _joined([search(piece) for piece in pieces])
    # Threads of our own: faiss's would wait for each other after every few thousand hashes.
    with ThreadPoolExecutor(workers) as pool:
        return _joined(list(pool.map(search, pieces)))


def _near_rows(
    phash: NDArray[np.uint8],
    pdq: NDArray[np.uint8],
    asked: NDArray[np.uint8],
    asked_pdq: NDArray[np.uint8],
    start: int,
) -> Found:
    parts = []
    for first in range(0, len(phash), AT_ONCE):
        for known, forms, radius, weight in (
            (pdq, asked_pdq, NEAR_PDQ, 1),
            (phash, asked, NEAR_PHASH, PHASH_WEIGHT),
        ):
            forms_found, rows, bits = _within(known[first : first + AT_ONCE], forms, radius)
            if len(rows):
                # Plain pictures all have the hash of nothing, so it counts as none.
                real = known[first + rows].any(axis=1)
                parts.append((forms_found[real], start + first + rows[real], bits[real] * weight))
    return _joined(parts)


def _joined(parts: list[Found]) -> Found:
    if not parts:
        return NONE
    forms, rows, bits = (np.concatenate(column) for column in zip(*parts, strict=True))
    return forms, rows, bits


def _within(known: NDArray[np.uint8], asked: NDArray[np.uint8], radius: int) -> Found:
    """Hashes of at most ``radius`` bits apart: which was asked, the row, the bits."""
    import faiss

    native: Any = faiss
    found: Any = faiss.RangeSearchResult(len(asked))
    native.hamming_range_search(
        faiss.swig_ptr(asked),
        faiss.swig_ptr(known),
        len(asked),
        len(known),
        radius + 1,  # faiss takes those below it
        known.shape[1],
        found,
    )
    limits = faiss.rev_swig_ptr(found.lims, len(asked) + 1).astype(np.int64)
    if not limits[-1]:
        return NONE
    rows = faiss.rev_swig_ptr(found.labels, int(limits[-1])).astype(np.int64)
    bits = faiss.rev_swig_ptr(found.distances, int(limits[-1])).astype(np.int64)
    return np.repeat(np.arange(len(asked)), np.diff(limits)), rows, bits


def packed_forms(hashes: WholeHashes) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The phash (m x 8) and the PDQ (m x 32) of a picture and its turned forms, uint8."""
    forms = forms_of(hashes)
    phash = np.frombuffer(b"".join(bytes.fromhex(form[2]) for form in forms), dtype=np.uint8)
    pdq = np.frombuffer(b"".join(bytes.fromhex(form[3]) for form in forms), dtype=np.uint8)
    return phash.reshape(len(forms), -1), pdq.reshape(len(forms), -1)


def distance_to(hashes: WholeHashes, phash: str | None, pdq: str | None) -> WholeDistance:
    """The bits between a known picture and the nearest form of the one asked about.

    PDQ says which form that is, unless only the phash is near. A hash of nothing counts as none.
    """
    known_phash, known_pdq = int(phash or "0", 16), int(pdq or "0", 16)
    rows = [
        (
            (int(form[2], 16) ^ known_phash).bit_count() if known_phash else 64,
            (int(form[3], 16) ^ known_pdq).bit_count() if known_pdq else 256,
            form,
        )
        for form in forms_of(hashes)
    ]
    only_phash = min(row[1] for row in rows) > NEAR_PDQ and min(row[0] for row in rows) <= NEAR_PHASH
    by_pdq = known_pdq and not only_phash
    best = min(rows, key=lambda row: row[1] if by_pdq else row[0])
    return WholeDistance(
        phash=best[0] if known_phash else None,
        pdq=best[1] if known_pdq else None,
        mirrored=best[2][0],
        quarter_turns=best[2][1],
    )
