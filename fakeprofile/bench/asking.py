"""One question of a recall bench, asked: what the library and two public hashes say of a picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fakeprofile.bench.trial import Question, Trial, copy_for
from fakeprofile.fingerprint import LEAST_QUALITY
from fakeprofile.fingerprint.whole import forms_of, whole_hashes_of
from fakeprofile.match import look_at
from fakeprofile.photo import decode
from fakeprofile.records import Gap, Status, WholeHashes
from fakeprofile.references.library import Library
from fakeprofile.tools import Tools

PEER_PHASH, PEER_PDQ = 10, 31
"""Bits within which their users call two pictures the same: imagehash's usual advice for 64 bits, and the
threshold of ThreatExchange (``PDQ_CONFIDENT_MATCH_THRESHOLD``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """The whole-picture hashes of all known pictures, for the two methods that are measured alongside."""

    names: tuple[str, ...]
    phashes: NDArray[np.uint64]
    """One for each name."""
    pdqs: NDArray[np.uint64]
    """4 for each name: 256 bits, most significant first."""
    checkable: NDArray[np.bool_]
    """Whether PDQ's quality allows to compare it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said of one picture: the names of known pictures."""

    status: Status
    shows: frozenset[str]
    proven: tuple[tuple[str, float], ...]
    """Called the same picture, with the logarithm of the likelihood ratio; strongest first."""
    similar: tuple[str, ...]
    phash: tuple[str, ...]
    """Within ``PEER_PHASH`` bits by imagehash's phash."""
    pdq: tuple[str, ...]
    """Within ``PEER_PDQ`` bits by PDQ, in any of its eight turned and mirrored forms."""


def peers_in(library: Library) -> Peers:
    """The hashes of all photos of a library, by the name of their identity."""
    names, phashes, pdqs, checkable = [], [], [], []
    for values, sightings in library.photos():
        for sighting in sightings:
            if sighting.identity is not None:
                names.append(sighting.identity.name)
                phashes.append(int(values["phash"], 16))
                pdqs.append(_words(values["pdq"]))
                checkable.append(values["pdq_quality"] >= LEAST_QUALITY)
    return Peers(
        names=tuple(names),
        phashes=np.array(phashes, np.uint64),
        pdqs=np.array(pdqs, np.uint64).reshape(-1, 4),
        checkable=np.array(checkable, np.bool_),
    )


def answer_to(
    question: Question, trial: Trial, tools: Tools, peers: Peers, keep: Path | None = None
) -> Answer:
    """What is said of the picture that a question asks about.

    Args:
        question: which picture.
        trial: how it is made.
        tools: the library, and the settings.
        peers: the other methods' view of the library.
        keep: a folder to leave the picture in, named by ``file_of``.
    """
    if question.path is None:
        data, suffix, shows = copy_for(trial, question)
    else:
        data, suffix, shows = question.path.read_bytes(), question.path.suffix, question.shows
    if keep is not None:
        (keep / f"{file_of(question)}{suffix}").write_bytes(data)
    photo = decode(
        data, name=question.about, limits=tools.settings.limits, least_side=tools.settings.decoded_side
    )
    looked = look_at(photo, tools).looked
    near = (
        _near(whole_hashes_of(photo.pixels, turned=True), peers) if not isinstance(photo, Gap) else ((), ())
    )
    return Answer(
        status=looked.status,
        shows=shows,
        proven=tuple(
            (match.sighting.identity.name, match.support.log10_lr)
            for match in looked.matches
            if match.proven and match.sighting.identity
        ),
        similar=tuple(
            match.sighting.identity.name
            for match in looked.matches
            if not match.proven and match.sighting.identity
        ),
        phash=near[0],
        pdq=near[1],
    )


def file_of(question: Question) -> str:
    """A name for the file of a picture that is asked about, without its ending."""
    plain = "".join(letter if letter.isalnum() or letter in "-._" else "_" for letter in question.about)
    return (
        plain if question.path is not None and question.own else f"{question.kind.replace(' ', '-')}--{plain}"
    )


def _near(hashes: WholeHashes, peers: Peers) -> tuple[tuple[str, ...], tuple[str, ...]]:
    by_phash = np.bitwise_count(peers.phashes ^ np.uint64(int(hashes.phash, 16))) <= PEER_PHASH
    by_pdq = np.zeros(len(peers.names), np.bool_)
    if hashes.pdq_quality >= LEAST_QUALITY:
        for _, _, _, pdq in forms_of(hashes):
            apart = np.bitwise_count(peers.pdqs ^ np.array(_words(pdq), np.uint64)).sum(axis=1)
            by_pdq |= apart <= PEER_PDQ
    return _named(peers, by_phash), _named(peers, by_pdq & peers.checkable)


def _named(peers: Peers, flags: NDArray[np.bool_]) -> tuple[str, ...]:
    return tuple(peers.names[number] for number in np.flatnonzero(flags))


def _words(pdq: str) -> list[int]:
    return [int(pdq[start : start + 16], 16) for start in range(0, 64, 16)]
