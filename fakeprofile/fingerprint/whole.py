"""Whole-picture hashes: what finds plain copies at once, and what hash lists exchange.

``phash`` is imagehash's own 64-bit one, in imagehash's own hex. ``pdq`` is the 256-bit hash of
Meta's ThreatExchange, in its own hex, with its quality of 0 to 100. The only importer of both
libraries; what is odd about them (``!= None`` is False, ``hash()`` collides, flat pictures all
have one hash) stays in here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fakeprofile.records import Pixels, WholeDistance, WholeHashes

ALGORITHM = "phash64+pdq256/1"
PDQ_SIDE = 512
"""PDQ is made to see pictures of at most this side (see its README): larger ones only take longer."""
LEAST_QUALITY = 50
"""Below it, PDQ's authors discard a hash: too little is in the picture (ThreatExchange, ``signal.py``)."""

_PDQ_ORDER = (
    (False, 0), (False, 3), (False, 2), (False, 1),
    (True, 2), (True, 0), (True, 3), (True, 1),
)  # fmt: skip
"""(mirrored, then quarter turns clockwise) of pdqhash's eight, in its order; a test holds it."""


def whole_hashes_of(pixels: Pixels, *, turned: bool) -> WholeHashes:
    """The whole-picture hashes of a picture.

    Args:
        pixels: height x width x 3, RGB, uint8; may be reduced, to 512 pixels at least.
        turned: also give those of the seven turned and mirrored forms.
    """
    from PIL import Image

    picture = Image.fromarray(pixels)
    small = np.asarray(picture.convert("L").resize((32, 32), Image.Resampling.LANCZOS))
    if max(picture.size) > PDQ_SIDE:
        picture.thumbnail((PDQ_SIDE, PDQ_SIDE), Image.Resampling.BOX)
    pdq, quality = _pdq_hashes(np.ascontiguousarray(picture), turned)
    phashes = [_phash(_as_turned(small, *how)) for how in (_PDQ_ORDER if turned else _PDQ_ORDER[:1])]
    return WholeHashes(
        algorithm=ALGORITHM,
        phash=phashes[0],
        pdq=pdq[0],
        pdq_quality=int(quality),
        turned=tuple(
            (*how, one, two) for how, one, two in list(zip(_PDQ_ORDER, phashes, pdq, strict=False))[1:]
        ),
    )


def _pdq_hashes(pixels: Pixels, turned: bool) -> tuple[list[str], int]:
    """PDQ of a picture, or of its eight forms in pdqhash's order; and the quality.

    The eight come from one transform, and those that flip a side are some 16 bits off. The plain
    mirrored picture is what thieves make, so that one is computed in full.
    """
    import pdqhash

    if not turned:
        bits, quality = pdqhash.compute(pixels)
        return [_pdq_hex(bits)], int(quality)
    all_bits, quality = pdqhash.compute_dihedral(pixels)
    hashes = [_pdq_hex(bits) for bits in all_bits]
    hashes[_PDQ_ORDER.index((True, 0))] = _pdq_hex(pdqhash.compute(np.ascontiguousarray(pixels[:, ::-1]))[0])
    return hashes, int(quality)


def _pdq_hex(bits: NDArray[np.uint8]) -> str:
    return np.packbits(bits.astype(bool)).tobytes().hex()


def _phash(small: NDArray[np.uint8]) -> str:
    """imagehash's phash of a 32 x 32 grey picture: the size at which it would look anyway."""
    import imagehash
    from PIL import Image

    return str(imagehash.phash(Image.fromarray(small)))


def _as_turned(small: NDArray[np.uint8], mirrored: bool, quarter_turns: int) -> NDArray[np.uint8]:
    flipped = small[:, ::-1] if mirrored else small
    return np.ascontiguousarray(np.rot90(flipped, -quarter_turns))


def forms_of(hashes: WholeHashes) -> tuple[tuple[bool, int, str, str], ...]:
    """The picture as it is and in its turned forms: (mirrored, quarter turns, phash, pdq)."""
    return ((False, 0, hashes.phash, hashes.pdq), *hashes.turned)


def least_distance(query: WholeHashes, known: WholeHashes) -> WholeDistance:
    """The bits between a known picture and the form of the photo that is nearest by PDQ."""

    def apart(one: str, other: str) -> int:
        return (int(one, 16) ^ int(other, 16)).bit_count()

    mirrored, turns, phash, pdq = min(forms_of(query), key=lambda form: apart(form[3], known.pdq))
    return WholeDistance(
        phash=apart(phash, known.phash), pdq=apart(pdq, known.pdq), mirrored=mirrored, quarter_turns=turns
    )
