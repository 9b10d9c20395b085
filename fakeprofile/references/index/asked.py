"""What is asked about: the codes and hashes of one picture or of several, laid together for one search."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fakeprofile.records import Fingerprint, Keypoints
from fakeprofile.references.index.places import Places, mirrored_places, places_of
from fakeprofile.references.index.quantizer import CODE_BYTES
from fakeprofile.references.index.whole import packed_forms


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCodes:
    """Codes in groups: of each picture the plain ones, then the mirrored ones."""

    codes: NDArray[np.uint8]
    """n x 16."""
    places: Places
    groups: NDArray[np.int64]
    """For each code its group: twice the number of its picture, and one more if it is mirrored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedForms:
    """The hashes of the pictures and of their turned forms."""

    phash: NDArray[np.uint8]
    """n x 8."""
    pdq: NDArray[np.uint8]
    """n x 32."""
    pictures: NDArray[np.int64]
    """For each form the number of its picture."""


def codes_asked(fingerprints: Sequence[Fingerprint], most: int) -> AskedCodes:
    """The codes of so many keypoints of each picture, the most telling first."""
    no_codes, no_places = np.zeros((0, CODE_BYTES), dtype=np.uint8), np.zeros((0, 4), dtype=np.float32)
    codes, places = [no_codes], [no_places]
    for one in fingerprints:
        keypoints = first_of(one.keypoints, most)
        plain, mirrored = places_of(keypoints, one.width, one.height), keypoints.mirrored_codes
        codes += [keypoints.codes, no_codes if mirrored is None else mirrored]
        flipped = no_places if mirrored is None else mirrored_places(plain, one.width, one.height)
        places += [plain, flipped]
    sizes = np.array([len(group) for group in codes[1:]], dtype=np.int64)
    return AskedCodes(
        codes=np.concatenate(codes),
        places=np.concatenate(places),
        groups=np.repeat(np.arange(len(sizes)), sizes),
    )


def first_of(keypoints: Keypoints, most: int) -> Keypoints:
    """No more than the most telling of the keypoints."""
    if len(keypoints) <= most:
        return keypoints
    mirrored = keypoints.mirrored_codes
    return dataclasses.replace(
        keypoints,
        points=keypoints.points[:most],
        codes=keypoints.codes[:most],
        mirrored_codes=mirrored if mirrored is None else mirrored[:most],
    )


def forms_asked(fingerprints: Sequence[Fingerprint]) -> AskedForms:
    """The whole-picture hashes of the pictures."""
    forms = [packed_forms(one.whole) for one in fingerprints]
    return AskedForms(
        phash=np.concatenate([phash for phash, _ in forms]),
        pdq=np.concatenate([pdq for _, pdq in forms]),
        pictures=np.repeat(np.arange(len(forms)), [len(phash) for phash, _ in forms]),
    )
