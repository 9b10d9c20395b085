"""Which photos of a library may be the one asked about, by looking at every hash there is.

Exact and without state on disk; the later index answers the same questions faster.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fakeprofile.fingerprint.whole import forms_of
from fakeprofile.records import Keypoints, WholeDistance, WholeHashes

Flags = NDArray[np.bool_]

NEIGHBOURS = 12
"""Codes of the library that each code of the photo may vote for."""
VOTE_BITS = 40
"""Votes of codes further apart are noise."""
FEWEST_VOTES = 4
NEAR_PDQ, NEAR_PHASH = 60, 12
"""Bits within which a whole-picture hash makes a candidate: wide, as the pixels decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The hashes of one photo of the library."""

    photo_id: int
    phash: str | None
    pdq: str | None
    codes: bytes | None
    """n x 16 bytes."""


class Scan:
    """All hashes of a library in memory."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Reads the hashes.

        Raises:
            ValueError: a hash or a code is not as long as they are.
        """
        ids, phashes, pdqs, codes, owners = [], [], [], [], []
        for row in rows:
            ids.append(row.photo_id)
            phashes.append(bytes.fromhex(row.phash or "0" * 16))
            pdqs.append(bytes.fromhex(row.pdq or "0" * 64))
            if row.codes:
                if len(row.codes) % 16:
                    raise ValueError(f"the codes of photo {row.photo_id} are {len(row.codes)} bytes")
                codes.append(row.codes)
                owners.append(np.full(len(row.codes) // 16, len(ids) - 1))
        self._ids = np.array(ids, dtype=np.int64)
        self._phash = np.frombuffer(b"".join(phashes), dtype=">u8").astype(np.uint64)
        self._pdq = np.frombuffer(b"".join(pdqs), dtype=">u8").astype(np.uint64).reshape(-1, 4)
        # Plain pictures all have the hash of nothing, so it counts as none.
        self._has_phash: Flags = self._phash != 0
        self._has_pdq: Flags = np.asarray(self._pdq.any(axis=1))
        self._owners = np.concatenate(owners) if owners else np.zeros(0, dtype=np.int64)
        self._codes = np.frombuffer(b"".join(codes), dtype=np.uint8).reshape(-1, 16)
        self._index: Any = None

    @staticmethod
    def no_distance() -> WholeDistance:
        """For a photo that nothing but its bytes points at."""
        return WholeDistance(phash=None, pdq=None)

    def candidates(self, hashes: WholeHashes, keypoints: Keypoints, most: int) -> dict[int, WholeDistance]:
        """Ids of photos that may be the one asked about, with the distance of their whole hashes.

        Args:
            hashes: of the photo, with its turned forms.
            keypoints: of the photo, with mirrored codes.
            most: how many to take by their hashes, and how many by their keypoints.
        """
        if not len(self._ids):
            return {}
        phash, pdq, turn = self._distances(hashes)
        near = np.flatnonzero((pdq <= NEAR_PDQ) | (phash <= NEAR_PHASH))
        near = near[np.argsort(np.minimum(pdq, phash * 4)[near], kind="stable")][:most]
        chosen = dict.fromkeys([*near.tolist(), *self._voted(keypoints, most)])
        forms = forms_of(hashes)
        return {
            int(self._ids[one]): WholeDistance(
                phash=int(phash[one]) if self._has_phash[one] else None,
                pdq=int(pdq[one]) if self._has_pdq[one] else None,
                mirrored=forms[turn[one]][0],
                quarter_turns=forms[turn[one]][1],
            )
            for one in chosen
        }

    def _distances(
        self, hashes: WholeHashes
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.intp]]:
        """Least bits apart over the turned forms, and which form that was.

        PDQ says which, unless only the phash is near.
        """
        phashes, pdqs = [], []
        for _, _, phash, pdq in forms_of(hashes):
            phashes.append(np.bitwise_count(self._phash ^ np.uint64(int(phash, 16))).astype(np.int64))
            words = np.frombuffer(bytes.fromhex(pdq), dtype=">u8").astype(np.uint64)
            pdqs.append(np.bitwise_count(self._pdq ^ words).astype(np.int64).sum(axis=1))
        by_phash = np.where(self._has_phash, np.array(phashes), 64)
        by_pdq = np.where(self._has_pdq, np.array(pdqs), 256)
        only_phash = (by_pdq.min(axis=0) > NEAR_PDQ) & (by_phash.min(axis=0) <= NEAR_PHASH)
        turn = np.where(self._has_pdq & ~only_phash, by_pdq.argmin(axis=0), by_phash.argmin(axis=0))
        each = np.arange(len(self._ids))
        return by_phash[turn, each], by_pdq[turn, each], turn

    def _voted(self, keypoints: Keypoints, most: int) -> list[int]:
        """Positions of the photos that most codes point at, plain or mirrored, most votes first."""
        if not len(self._codes) or not len(keypoints):
            return []
        found: list[int] = []
        for codes in (keypoints.codes, keypoints.mirrored_codes):
            if codes is not None:
                found += self._votes(codes, most)
        return found

    def _votes(self, codes: NDArray[np.uint8], most: int) -> list[int]:
        bits, nearest = self._nearest(codes)
        owners = np.where(bits <= VOTE_BITS, self._owners[nearest], -1)
        # A code votes once for a photo, however many of its codes are near.
        owners = np.sort(owners, axis=1)
        owners[:, 1:][owners[:, 1:] == owners[:, :-1]] = -1
        votes = np.bincount(owners[owners >= 0], minlength=1)
        order = np.argsort(-votes, kind="stable")[:most]
        return [int(one) for one in order if votes[one] >= FEWEST_VOTES]

    def _nearest(self, codes: NDArray[np.uint8]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        import faiss

        if self._index is None:
            self._index = faiss.IndexBinaryFlat(128)
            self._index.add(self._codes)
        bits, nearest = self._index.search(np.ascontiguousarray(codes), min(NEIGHBOURS, len(self._codes)))
        return bits, nearest
