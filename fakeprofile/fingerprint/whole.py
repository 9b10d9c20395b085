"""Whole-picture hashes: what finds plain copies at once, and what hash lists exchange.

``phash`` is imagehash's 64-bit one, in imagehash's hex. ``pdq`` is the 256-bit hash of Meta's
ThreatExchange, in its hex, with its quality of 0 to 100. Both are computed here, as a few small
products of matrices: several times as fast as the two libraries together (``bench speed``), which
the tests compare this module with.

- phash: Pillow's 32 x 32 picture in grey, its cosine transform, the lowest 8 x 8 numbers; a bit
  is set where one is above their median (imagehash 4.3.2, ``phash``).
- PDQ: the picture blurred twice by a box of a 128th of its side and taken at 64 x 64 places; its
  cosine transform, rows and columns 1 to 16; a bit is set where a number is above the median
  (ThreatExchange, ``pdqhashing.cpp``). Its boxes of an even number of pixels lie a little to one
  side, so they are those of the picture at its full size, whatever size it was decoded at, and each turned
  form is given its own: all eight are what PDQ itself makes of the turned picture.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from fakeprofile.fingerprint.resampling import PDQ_PLACES, both_reduced, pdq_places, pillow_reduced
from fakeprofile.records import Pixels, WholeDistance, WholeHashes

Doubles = NDArray[np.float64]

ALGORITHM = "phash64+pdq256/2"
LEAST_SIDE = 256
"""A JPEG decoded to this longest side at least has the hashes of the full picture but for a few bits: of 310
photos at most 2 of phash and 6 of PDQ, seldom more than 2."""
LEAST_QUALITY = 50
"""Below it, PDQ's authors discard a hash: too little is in the picture (ThreatExchange, ``signal.py``)."""

Form = tuple[bool, int]
FORMS: tuple[Form, ...] = tuple((mirrored, turns) for mirrored in (False, True) for turns in range(4))
"""(mirrored, then quarter turns clockwise) of the eight forms of a picture, itself first."""

_MOST_PIXELS = 16 * PDQ_PLACES
"""PDQ's places are blurred over so many pixels in a larger picture that it may be reduced first."""


def whole_hashes_of(pixels: Pixels, *, turned: bool, full_size: tuple[int, int] | None = None) -> WholeHashes:
    """The whole-picture hashes of a picture.

    Args:
        pixels: height x width x 3, RGB, or height x width, grey; uint8; may be reduced, to
            ``LEAST_SIDE`` pixels at least.
        turned: also give those of the seven turned and mirrored forms.
        full_size: width and height of the picture before it was reduced.
    """
    grey = _grey(pixels)
    full_size = full_size or (grey.shape[1], grey.shape[0])
    forms = FORMS if turned else FORMS[:1]
    square, places = _reduced(grey, full_size, turned)
    phashes, pdqs = _phashes(square, forms), _pdqs(places, forms)
    return WholeHashes(
        algorithm=ALGORITHM,
        phash=phashes[0],
        pdq=pdqs[0],
        pdq_quality=_quality(places[0, 0]),
        turned=tuple((*how, one, two) for how, one, two in zip(forms, phashes, pdqs, strict=True))[1:],
    )


def _grey(pixels: Pixels) -> Pixels:
    """Pillow's own grey, to the last digit."""
    from PIL import Image

    return pixels if pixels.ndim == 2 else np.asarray(Image.fromarray(pixels).convert("L"))


def _reduced(grey: Pixels, full_size: tuple[int, int], flipped: bool) -> tuple[Doubles, Doubles]:
    """Pillow's square, and PDQ's places for boxes that lie to either side."""
    part = max(grey.shape) // _MOST_PIXELS
    if part <= 1:
        return both_reduced(grey, full_size, flipped=flipped)
    from PIL import Image

    smaller = np.asarray(Image.fromarray(grey).reduce(part))
    return pillow_reduced(grey), pdq_places(smaller, full_size, flipped=flipped)


def _phashes(square: Doubles, forms: tuple[Form, ...]) -> list[str]:
    """The median of an even count of numbers lies between the middle two, as ``np.median`` has it."""
    numbers = _turned(_transformed(square, 8, 0), forms).reshape(len(forms), -1)
    ordered = np.sort(numbers, axis=1)
    return _hexes(numbers > (ordered[:, 31:32] + ordered[:, 32:33]) / 2)


def _pdqs(places: Doubles, forms: tuple[Form, ...]) -> list[str]:
    """PDQ takes the lower of the middle two numbers for their median, and its last bit comes first.

    A turned picture's places are those of the picture as it is, for boxes turned back.
    """
    numbers = np.empty((len(forms), 16 * 16))
    for row, (mirrored, quarter_turns) in zip(numbers, forms, strict=True):
        to_left, to_top = mirrored != (quarter_turns in (2, 3)), quarter_turns in (1, 2)
        square = places[int(to_top), int(to_left)]
        if mirrored or quarter_turns:
            square = np.rot90(square[:, ::-1] if mirrored else square, -quarter_turns)
        row[:] = _transformed(square, 16, 1).ravel()
    return _hexes((numbers > np.sort(numbers, axis=1)[:, 127:128])[:, ::-1])


def _hexes(bits: NDArray[np.bool_]) -> list[str]:
    return [row.tobytes().hex() for row in np.packbits(bits, axis=1)]


def _transformed(square: Doubles, frequencies: int, first: int) -> Doubles:
    """The lowest numbers of the two-dimensional cosine transform, beginning with that frequency."""
    cosines = _cosines(frequencies, len(square), first)
    numbers: Doubles = cosines @ square @ cosines.T
    return numbers


@functools.cache
def _cosines(frequencies: int, side: int, first: int) -> Doubles:
    frequency = np.arange(first, first + frequencies)[:, None]
    return np.asarray(np.cos(np.pi / (2 * side) * frequency * (2 * np.arange(side) + 1)))


def _turned(numbers: Doubles, forms: tuple[Form, ...]) -> Doubles:
    """The transforms of the turned pictures: mirroring turns the sign of every odd frequency."""
    if len(forms) == 1:
        return numbers
    across = 1.0 - 2.0 * (np.arange(len(numbers)) % 2)
    results = []
    for mirrored, quarter_turns in forms:
        form = numbers * across if mirrored else numbers
        for _ in range(quarter_turns):
            form = form.T * across
        results.append(form)
    return np.stack(results)


def _quality(places: Doubles) -> int:
    """How much there is to see, 0 to 100: PDQ's sum of all steps of at least one grey level in 2.55."""
    steps = np.empty((2, PDQ_PLACES - 1, PDQ_PLACES))
    np.subtract(places[1:], places[:-1], out=steps[0])
    np.subtract(places.T[1:], places.T[:-1], out=steps[1])
    np.abs(steps, out=steps)
    steps *= 100 / 255
    return min(100, int(np.floor(steps, out=steps).sum() / 90))


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
