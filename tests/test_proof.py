"""What a part of a photo proves, by its size and by what it is a part of."""

from __future__ import annotations

import dataclasses

import pytest

from fakeprofile.overlap import NO_OVERLAP
from fakeprofile.proof import NO_PROOF, Proof, in_photos
from fakeprofile.records import Alignment, Corners, Finding, Panel, Region
from fakeprofile.strength import support_of


def box(left: float, top: float, right: float, bottom: float) -> Corners:
    return (left, top), (right, top), (right, bottom), (left, bottom)


def looked(corners: Corners, *, drift: float, places: int, finding: Finding = Finding.SAME_PICTURE) -> Proof:
    """A look at that part of the known photo."""
    region = Region(query=box(0, 0, 100, 100), sighting=corners, query_share=1.0, sighting_share=0.1)
    overlap = dataclasses.replace(NO_OVERLAP, drift=drift, places=places)
    return dataclasses.replace(
        NO_PROOF, finding=finding, support=support_of(3.0), region=region, overlap=overlap
    )


ALIGNED = Alignment(
    candidates=80, inliers=60, distinct_points=40, coverage=0.9, mirrored=False, rotation_degrees=0.0,
    scale=1.0, stretch=1.0, matrix=((1, 0, 0), (0, 1, 0)),
)  # fmt: skip
TILE = box(700, 300, 1085, 553)


@pytest.mark.parametrize(("side", "finding"), [(65, Finding.SIMILAR), (90, Finding.SAME_PICTURE)])
def test_a_tile_of_few_pixels_shows_no_other_moment_and_proves_nothing(side: int, finding: Finding) -> None:
    region = Region(
        query=box(0, 0, side, side), sighting=box(0, 0, 900, 900), query_share=0.01, sighting_share=0.9
    )
    proof = dataclasses.replace(looked(TILE, drift=0.0, places=40), region=region, alignment=ALIGNED)
    assert in_photos(proof, None, (1200, 900), None, (900, 900)).finding is finding


def in_panel(side: float, tile: float) -> Finding:
    """What is said of a strip of that width that stands in a tile of a screenshot, as high as the tile."""
    shown = box(0, 0, side, tile)
    share = side / tile
    region = Region(query=shown, sighting=shown, query_share=share, sighting_share=share)
    proof = dataclasses.replace(
        NO_PROOF,
        finding=Finding.SAME_PICTURE,
        support=support_of(3.0),
        alignment=ALIGNED,
        region=region,
        overlap=dataclasses.replace(NO_OVERLAP, places=200),
    )
    panel = Panel(left=10, top=10, width=round(tile), height=round(tile))
    return in_photos(proof, panel, (1080, 1350), panel, (1080, 1350)).finding


@pytest.mark.parametrize(
    ("side", "tile", "finding"),
    [(170, 350, Finding.SAME_PICTURE), (100, 350, Finding.SIMILAR), (100, 110, Finding.SIMILAR)],
    ids=["half of a tile: two crops of one photo", "a narrow strip of a tile", "all of a small avatar"],
)
def test_two_crops_of_one_photo_in_two_collages_are_the_same_though_they_share_a_narrow_part(
    side: float, tile: float, finding: Finding
) -> None:
    assert in_panel(side, tile) is finding


def of_tile(shared: float, confidence: float, part: float, known: Panel | None) -> Finding:
    """What is said of a tile of a collage, of which so much is shared and is that part of the other photo."""
    region = Region(
        query=box(0, 0, 594, 468 * shared),
        sighting=box(0, 0, 470, 190),
        query_share=shared,
        sighting_share=part,
    )
    proof = dataclasses.replace(
        NO_PROOF,
        finding=Finding.SAME_PICTURE,
        support=support_of(3.0),
        alignment=ALIGNED,
        region=region,
        overlap=dataclasses.replace(NO_OVERLAP, places=82),
    )
    tile = Panel(left=600, top=120, width=594, height=468, confidence=confidence)
    return in_photos(proof, tile, (1200, 900), known, (1200, 1350)).finding


@pytest.mark.parametrize(
    ("shared", "confidence", "part", "finding"),
    [
        (1.0, 0.7, 0.14, Finding.SAME_PICTURE),
        (1.0, 0.7, 0.08, Finding.SIMILAR),
        (1.0, 0.5, 0.14, Finding.SIMILAR),
        (0.6, 0.7, 0.14, Finding.SIMILAR),
    ],
    ids=["a tile", "a tile that shows a corner", "it may be no tile", "a part of a tile"],
)
def test_all_of_a_tile_counts_if_it_is_a_smaller_part_of_the_known_photo_than_what_else_counts(
    shared: float, confidence: float, part: float, finding: Finding
) -> None:
    assert of_tile(shared, confidence, part, None) is finding


@pytest.mark.parametrize(("confidence", "finding"), [(0.7, Finding.SAME_PICTURE), (0.5, Finding.SIMILAR)])
def test_all_of_a_tile_counts_though_the_known_tile_was_cut_to_another_shape(
    confidence: float, finding: Finding
) -> None:
    known = Panel(left=540, top=900, width=540, height=450)
    assert of_tile(1.0, confidence, 0.35, known) is finding
