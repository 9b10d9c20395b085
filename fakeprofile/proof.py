"""Whether a picture is the same as a known one: every way of laying them over each other is tried.

Numbers of the alignment and of the pixels come from the floors below; what is said of them comes
from ``strength``.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fakeprofile.alignment import align, region_of, whole_alignment
from fakeprofile.edits import edits_of
from fakeprofile.fingerprint import LEAST_QUALITY
from fakeprofile.overlap import overlap_of
from fakeprofile.records import (
    Alignment,
    Corners,
    Edit,
    Finding,
    Keypoints,
    Matrix,
    Overlap,
    Panel,
    Pixels,
    Region,
    Support,
    WholeDistance,
)
from fakeprofile.strength import (
    FEWEST_POINTS,
    same_file,
    support_of,
    weighed_by_hashes,
    weighed_by_pixels,
    weighed_by_points,
)
from fakeprofile.views import View

NEAR_PDQ, NEAR_PHASH = 60, 12
"""Bits within which two pictures are laid over each other whole, if their keypoints say little."""
BESIDE = 0.18
"""Of the shorter side of a screenshot, how much a picture in it measures that is shown for its own sake: tiles of a
grid take a third, the avatar of a profile page a fifth, the one beside a post a tenth."""
LEAST_PART = 0.15
"""Of a known photo, how much a picture inside another must show of it: a window or a sign of one place, cut out of a
photo of that place, is a still part of another moment. Crops that people make show a quarter and more."""
LEAST_OF_TILE = 0.12
"""The same if what shows it is a tile that is shared as good as whole: somebody cut it to fit."""
SURE, AS_GOOD_AS_WHOLE = 0.65, 0.8
"""How sure it must be that such a tile stands there (tiles and posts reach it, parts of natural photos do not), and how
much of it must be shared."""
MAIN = 0.5
"""Of the photo, from which part on the shared picture is what it shows."""
SMALLEST = 72
"""Pixels of the shorter side of what is shared, if it is a part of a larger photo. The smallest of 70 copies that were
found in screenshots and collages has 84; in a tile of 65 a second photo of one desk passed for the first."""
SHOWN = 0.4
"""Of a picture inside another, from which part on it is what is shared: two crops of one photo share half of each."""
ENOUGH_POINTS = 30
"""Distinct points that pin a transform down: it needs no second opinion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The known side of a comparison."""

    sha256: str | None
    size: tuple[int, int]
    keypoints: Keypoints | None
    pixels: Callable[[], Pixels] | None
    """Gives the picture or its thumbnail, which is decoded only if it is needed; None if none was kept."""
    round: bool = False
    """Only the ellipse inside its box is picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was found out about a picture and a known one, in the pixels of the two."""

    finding: Finding
    support: Support
    alignment: Alignment | None = None
    region: Region | None = None
    overlap: Overlap | None = None
    edits: tuple[Edit, ...] = ()

    def strength(self) -> tuple[int, float]:
        """What orders proofs: the finding, then its support."""
        return RANK[self.finding], self.support.log10_lr


NO_PROOF = Proof(finding=Finding.DIFFERENT, support=support_of(0.0))
RANK = {Finding.DIFFERENT: 0, Finding.SIMILAR: 1, Finding.SAME_PICTURE: 2, Finding.SAME_FILE: 3}


def proof_of(view: View, picture: Picture, distance: WholeDistance, bar: float | None = None) -> Proof:
    """The best of what the keypoints and the whole-picture hashes suggest.

    Args:
        view: of the photo that is asked about.
        picture: the known one.
        distance: of their whole-picture hashes.
        bar: the score that is asked for, from ``bar_of``; that of a single pair if not given.
    """
    alignments = _alignments(view, picture, distance)
    pixels = picture.pixels() if alignments and picture.pixels is not None else None
    tried = [_tried(view, picture, pixels, distance, alignment, bar) for alignment in alignments]
    best = max(tried, key=Proof.strength, default=NO_PROOF)
    if picture.sha256 and picture.sha256 == view.photo.sha256:
        finding, support = same_file()
        return dataclasses.replace(best, finding=finding, support=support)
    return best


def hash_proof_of(view: View, sha256: str | None, distance: WholeDistance) -> Proof:
    """What a hash that came without its picture shows."""
    if sha256 and sha256 == view.photo.sha256:
        finding, support = same_file()
    else:
        checkable = view.fingerprint.whole.pdq_quality >= LEAST_QUALITY
        finding, support = weighed_by_hashes(distance, checkable)
    return Proof(finding=finding, support=support, edits=_turned(distance))


def in_photos(
    proof: Proof, panel: Panel | None, size: tuple[int, int], known: Panel | None, known_size: tuple[int, int]
) -> Proof:
    """The proof about two panels, told in the pixels of the photos that they stand in.

    Args:
        proof: in the pixels of the panels.
        panel: where the picture stands in the photo; None for all of it.
        size: width and height of the photo.
        known: the same of the known picture.
        known_size: the same of the known photo.
    """
    if proof.alignment is None or proof.region is None or proof.finding is Finding.SAME_FILE:
        return proof
    if panel is None and known is None:
        return similar_at_most(proof) if _is_tiny(proof.region) else proof
    alignment = _shifted(proof.alignment, panel, known)
    region = Region(
        query=_moved(proof.region.query, panel),
        sighting=_moved(proof.region.sighting, known),
        query_share=proof.region.query_share * _share(panel, size),
        sighting_share=proof.region.sighting_share * _share(known, known_size),
    )
    told = dataclasses.replace(
        proof,
        alignment=alignment,
        region=region,
        overlap=proof.overlap and _box_moved(proof.overlap, known),
        edits=edits_of(alignment, region, proof.overlap, size),
    )
    tile = _is_whole_tile(panel, proof.region.query_share)
    # Of what is shown for its own sake in one photo, another may show a smaller part: each is cut to fit.
    known_share = 1.0 if tile else proof.region.sighting_share
    beside = (
        known is not None
        and region.query_share < MAIN
        and (
            _shown_side(proof.region.query, proof.region.query_share, panel) < BESIDE * min(size)
            or _shown_side(proof.region.sighting, known_share, known) < BESIDE * min(known_size)
        )
    )
    corner = _is_corner(region, known, LEAST_OF_TILE if tile else LEAST_PART)
    if beside or corner or _is_strip(region, panel, known):
        return similar_at_most(told)
    return told


def _is_whole_tile(panel: Panel | None, share: float) -> bool:
    """Whether what is shared is a picture that surely stands inside the photo, as good as all of it."""
    return panel is not None and panel.confidence >= SURE and share >= AS_GOOD_AS_WHOLE


def similar_at_most(proof: Proof) -> Proof:
    """The proof, if it is no stronger than "similar"; else what is left of it."""
    weaker = min(RANK[proof.finding], RANK[Finding.SIMILAR])
    finding = Finding.SIMILAR if weaker else Finding.DIFFERENT
    return dataclasses.replace(proof, finding=finding, support=support_of(0.5 if weaker else 0.0))


def _is_corner(region: Region, known: Panel | None, least: float) -> bool:
    """Whether a part of one photo is a small part of another, which is neither all of a picture nor a panel."""
    return known is None and region.query_share < MAIN and region.sighting_share < least


def _is_strip(region: Region, panel: Panel | None, known: Panel | None) -> bool:
    """Whether what shows a small part of a photo is nothing that surely is a picture, such as the edge of one on a screen."""
    return panel is None and known is not None and known.confidence < SURE and region.query_share < LEAST_PART


def _is_tiny(region: Region) -> bool:
    """Whether what is shared is so small a part of a larger photo that another moment of it would look the same.

    What was found as a panel, such as a round avatar, is enlarged and looked at on its own.
    """
    sides = ((region.query, region.query_share), (region.sighting, region.sighting_share))
    return any(share < MAIN and _least_side(corners) < SMALLEST for corners, share in sides)


def _shown_side(corners: Corners, share: float, panel: Panel | None) -> float:
    """The shorter side of what is shared or, if that is much of a panel, of the panel: crops of one photo differ.

    What two screenshots share is no proof if it is only a small thing beside what they show, such as one avatar.

    Args:
        corners: of what is shared, in the panel or in all of the photo.
        share: the part of it that is shared.
        panel: None for all of the photo.
    """
    if panel is not None and share >= SHOWN:
        return float(min(panel.width, panel.height))
    return _least_side(corners)


def _least_side(corners: Corners) -> float:
    one, two, three, _ = corners
    return min(math.dist(one, two), math.dist(two, three))


# --- steps --------------------------------------------------------------------------------


def _alignments(view: View, picture: Picture, distance: WholeDistance) -> list[Alignment]:
    """The keypoints' transform, and the one that near whole-picture hashes suggest."""
    fingerprint, found = view.fingerprint, []
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
    view: View,
    picture: Picture,
    pixels: Pixels | None,
    distance: WholeDistance,
    alignment: Alignment,
    bar: float | None,
) -> Proof:
    """What one alignment shows, by pixels where there are any."""
    photo = view.photo
    size = (photo.width, photo.height)
    region = region_of(alignment.matrix, size, picture.size)
    if region is None:
        return NO_PROOF
    overlap = None
    if pixels is not None:
        overlap = overlap_of(
            photo.pixels,
            photo.width,
            pixels,
            picture.size[0],
            alignment.matrix,
            round_query=view.round,
            round_known=picture.round,
        )
        finding, support = weighed_by_pixels(alignment, overlap, bar)
        # The transform says where the whole picture would lie; the pixels say how much of it is there.
        region = region_of(alignment.matrix, size, picture.size, overlap.box) or region
    else:
        # Without pixels only a near whole-picture hash proves anything.
        checkable = view.fingerprint.whole.pdq_quality >= LEAST_QUALITY
        finding, support = max(
            weighed_by_points(alignment),
            weighed_by_hashes(distance, checkable),
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


def _turned(distance: WholeDistance) -> tuple[Edit, ...]:
    mirrored = (Edit.MIRRORED,) if distance.mirrored else ()
    return (*mirrored, Edit.TURNED) if distance.quarter_turns else mirrored


def _shifted(alignment: Alignment, panel: Panel | None, known: Panel | None) -> Alignment:
    here, there = _offset(panel), _offset(known)
    to_photo = np.vstack([np.array(alignment.matrix), [0.0, 0.0, 1.0]])
    matrix = _translation(*here) @ to_photo @ _translation(-there[0], -there[1])
    (a, b, c), (d, e, f) = matrix[:2].tolist()
    moved: Matrix = ((a, b, c), (d, e, f))
    pairs = tuple(
        ((one[0] + here[0], one[1] + here[1]), (two[0] + there[0], two[1] + there[1]))
        for one, two in alignment.pairs
    )
    return dataclasses.replace(alignment, matrix=moved, pairs=pairs)


def _translation(right: float, down: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.array([[1.0, 0.0, right], [0.0, 1.0, down], [0.0, 0.0, 1.0]])


def _offset(panel: Panel | None) -> tuple[float, float]:
    return (0.0, 0.0) if panel is None else (float(panel.left), float(panel.top))


def _moved(corners: Corners, panel: Panel | None) -> Corners:
    right, down = _offset(panel)
    one, two, three, four = ((x + right, y + down) for x, y in corners)
    return one, two, three, four


def _share(panel: Panel | None, size: tuple[int, int]) -> float:
    return 1.0 if panel is None else min(1.0, panel.width * panel.height / (size[0] * size[1]))


def _box_moved(overlap: Overlap, panel: Panel | None) -> Overlap:
    if overlap.box is None:
        return overlap
    right, down = _offset(panel)
    left, top, far, low = overlap.box
    return dataclasses.replace(overlap, box=(left + right, top + down, far + right, low + down))
