"""One photo against all that is known, and one photo against another.

``look_at`` is a list of steps like ``check``, for a single photo.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

from fakeprofile.alignment import align, region_of, whole_alignment
from fakeprofile.avatar import plainness_of
from fakeprofile.edits import edits_of
from fakeprofile.fingerprint import LEAST_QUALITY, query_fingerprint, reference_fingerprint
from fakeprofile.fingerprint.whole import least_distance
from fakeprofile.overlap import overlap_of
from fakeprofile.photo import pixels_of, thumbnail_of
from fakeprofile.records import (
    Alignment,
    Comparison,
    Edit,
    Finding,
    Fingerprint,
    Gap,
    Keypoints,
    Known,
    Looked,
    Match,
    Overlap,
    Photo,
    Pixels,
    Plainness,
    Print,
    Region,
    Sighting,
    Status,
    Support,
    WholeDistance,
)
from fakeprofile.references.library import Library
from fakeprofile.settings import DEFAULT, Settings
from fakeprofile.strength import (
    FEWEST_POINTS,
    same_file,
    support_of,
    weighed_by_hashes,
    weighed_by_pixels,
    weighed_by_points,
)
from fakeprofile.tools import Tools

NEAR_PDQ, NEAR_PHASH = 60, 12
"""Bits within which two pictures are laid over each other whole, if their keypoints say little."""
ENOUGH_POINTS = 30
"""Distinct points that pin a transform down: it needs no second opinion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A photo as it was looked at, and what is worth keeping of it."""

    looked: Looked
    kept: Print | None = None
    """None if the photo could not be read, or says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The known side of a comparison."""

    sha256: str | None
    size: tuple[int, int]
    keypoints: Keypoints | None
    pixels: Pixels | None
    """The picture or its thumbnail; None if none was kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was found out about a photo and one known picture."""

    finding: Finding
    support: Support
    alignment: Alignment | None = None
    region: Region | None = None
    overlap: Overlap | None = None
    edits: tuple[Edit, ...] = ()


NO_PROOF = Proof(finding=Finding.DIFFERENT, support=support_of(0.0))
RANK = {Finding.DIFFERENT: 0, Finding.SIMILAR: 1, Finding.SAME_PICTURE: 2, Finding.SAME_FILE: 3}


def look_at(given: Photo | Gap, tools: Tools) -> Seen:
    """What became of one photo, and which sightings show the same picture, strongest first."""
    if isinstance(given, Gap):
        return Seen(looked=Looked(photo=given.about, status=Status.UNREADABLE, reason=given.reason))
    fingerprint = query_fingerprint(given, tools.settings)
    plainness = plainness_of(given, fingerprint)
    if plainness:
        return Seen(looked=_looked(given, fingerprint, plainness, ()))
    kept = _matches(given, fingerprint, tools.library, tools.settings)
    lent = _matches(given, fingerprint, tools.folder, tools.settings) if tools.folder else []
    matches = sorted([*kept, *map(_lent, lent)], key=_strongest_first)
    return Seen(
        looked=_looked(given, fingerprint, None, tuple(matches)),
        kept=print_of(given, fingerprint, tools.settings),
    )


def compare(one: Photo, other: Photo, settings: Settings = DEFAULT) -> Comparison:
    """What is said of two photos; the second is taken for the known one, the first for its copy."""
    fingerprint, known = query_fingerprint(one, settings), reference_fingerprint(other, settings)
    distance = least_distance(fingerprint.whole, known.whole)
    picture = Picture(
        sha256=other.sha256, size=(other.width, other.height), keypoints=known.keypoints, pixels=other.pixels
    )
    reason = plainness_of(one, fingerprint) or plainness_of(other, known)
    same = one.sha256 == other.sha256
    proof = NO_PROOF if reason and not same else _proof(one, fingerprint, picture, distance)
    return Comparison(
        one=one.name,
        other=other.name,
        finding=proof.finding,
        support=proof.support,
        whole_distance=distance,
        reason=reason,
        alignment=proof.alignment,
        region=proof.region,
        overlap=proof.overlap,
        edits=proof.edits,
    )


def print_of(photo: Photo, fingerprint: Fingerprint, settings: Settings) -> Print:
    """What a library keeps of a photo that was asked about: as many keypoints as of any photo."""
    keypoints = fingerprint.keypoints
    fewer = dataclasses.replace(
        keypoints,
        points=keypoints.points[: settings.reference_keypoints],
        codes=keypoints.codes[: settings.reference_keypoints],
        mirrored_codes=None,
    )
    return Print(
        sha256=photo.sha256,
        fingerprint=dataclasses.replace(fingerprint, keypoints=fewer),
        thumbnail=thumbnail_of(photo, settings.thumbnail_side),
    )


# --- steps --------------------------------------------------------------------------------


def _matches(photo: Photo, fingerprint: Fingerprint, library: Library, settings: Settings) -> list[Match]:
    """Every sighting that shows the photo, or looks like it."""
    matches = []
    for known in library.near(fingerprint, photo.sha256, settings.candidates):
        proof = _proof_against(photo, fingerprint, known)
        if proof.finding is not Finding.DIFFERENT:
            matches += [_match(sighting, known.distance, proof) for sighting in known.sightings]
    return matches


def _proof_against(photo: Photo, fingerprint: Fingerprint, known: Known) -> Proof:
    if known.width is None or known.height is None:
        return _hash_proof(photo, fingerprint, known)
    picture = Picture(
        sha256=known.sha256,
        size=(known.width, known.height),
        keypoints=known.keypoints,
        pixels=pixels_of(known.thumbnail) if known.thumbnail else None,
    )
    return _proof(photo, fingerprint, picture, known.distance)


def _hash_proof(photo: Photo, fingerprint: Fingerprint, known: Known) -> Proof:
    """What a hash that came without its picture shows."""
    if known.sha256 == photo.sha256:
        finding, support = same_file()
    else:
        checkable = fingerprint.whole.pdq_quality >= LEAST_QUALITY
        finding, support = weighed_by_hashes(known.distance, checkable)
    return Proof(finding=finding, support=support, edits=_turned(known.distance))


def _turned(distance: WholeDistance) -> tuple[Edit, ...]:
    mirrored = (Edit.MIRRORED,) if distance.mirrored else ()
    return (*mirrored, Edit.TURNED) if distance.quarter_turns else mirrored


def _proof(photo: Photo, fingerprint: Fingerprint, picture: Picture, distance: WholeDistance) -> Proof:
    """The best of what the keypoints and the whole-picture hashes suggest."""
    tried = [
        _tried(photo, fingerprint, picture, distance, alignment)
        for alignment in _alignments(fingerprint, picture, distance)
    ]
    best = max(tried, key=lambda proof: (RANK[proof.finding], proof.support.log10_lr), default=NO_PROOF)
    if picture.sha256 is not None and picture.sha256 == photo.sha256:
        finding, support = same_file()
        return dataclasses.replace(best, finding=finding, support=support)
    return best


def _alignments(fingerprint: Fingerprint, picture: Picture, distance: WholeDistance) -> list[Alignment]:
    """The keypoints' transform, and the one that near whole-picture hashes suggest."""
    found = []
    if picture.keypoints is not None:
        diagonal = math.hypot(*picture.size)
        aligned = align(fingerprint.keypoints, fingerprint.width, picture.keypoints, diagonal)
        if aligned is not None and aligned.distinct_points >= FEWEST_POINTS:
            found.append(aligned)
    near_pdq = distance.pdq is not None and distance.pdq <= NEAR_PDQ
    near_phash = distance.phash is not None and distance.phash <= NEAR_PHASH
    if (near_pdq or near_phash) and not any(one.distinct_points >= ENOUGH_POINTS for one in found):
        found.append(whole_alignment(distance, (fingerprint.width, fingerprint.height), picture.size))
    return found


def _tried(
    photo: Photo, fingerprint: Fingerprint, picture: Picture, distance: WholeDistance, alignment: Alignment
) -> Proof:
    """What one alignment shows, by pixels where there are any."""
    size = (photo.width, photo.height)
    region = region_of(alignment.matrix, size, picture.size)
    if region is None:
        return NO_PROOF
    overlap = None
    if picture.pixels is not None:
        overlap = overlap_of(photo.pixels, photo.width, picture.pixels, picture.size[0], alignment.matrix)
        finding, support = weighed_by_pixels(alignment, overlap)
        # The transform says where the whole picture would lie; the pixels say how much of it is there.
        region = region_of(alignment.matrix, size, picture.size, overlap.box) or region
    else:
        # Without pixels only a near whole-picture hash proves anything.
        finding, support = max(
            weighed_by_points(alignment),
            weighed_by_hashes(distance, fingerprint.whole.pdq_quality >= LEAST_QUALITY),
            key=lambda said: (RANK[said[0]], said[1].log10_lr),
        )
    return Proof(
        finding=finding,
        support=support,
        alignment=alignment,
        region=region,
        overlap=overlap,
        edits=edits_of(alignment, region, overlap, size),
    )


def _match(sighting: Sighting, distance: WholeDistance, proof: Proof) -> Match:
    return Match(
        sighting=sighting,
        finding=proof.finding,
        support=proof.support,
        whole_distance=distance,
        # The pairs are for drawing; a remembered case would keep thousands of them.
        alignment=proof.alignment and dataclasses.replace(proof.alignment, pairs=()),
        region=proof.region,
        overlap=proof.overlap,
        edits=proof.edits,
    )


def _lent(match: Match) -> Match:
    """A match with a folder that was given with the command: its sightings are not in the library."""
    return dataclasses.replace(match, sighting=dataclasses.replace(match.sighting, id=-match.sighting.id))


def _strongest_first(match: Match) -> tuple[bool, float, int]:
    return (not match.proven, -match.support.log10_lr, abs(match.sighting.id))


def _looked(
    photo: Photo, fingerprint: Fingerprint, plainness: Plainness | None, matches: tuple[Match, ...]
) -> Looked:
    whole = fingerprint.whole
    return Looked(
        photo=photo.name,
        status=Status.NOT_CHECKABLE if plainness else Status.OK,
        reason=plainness,
        sha256=photo.sha256,
        width=photo.width,
        height=photo.height,
        phash=whole.phash,
        pdq=whole.pdq,
        pdq_quality=whole.pdq_quality,
        keypoints=len(fingerprint.keypoints),
        frames=photo.frames,
        matches=matches,
    )
