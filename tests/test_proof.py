"""What several looks at the same two photos show together."""

from __future__ import annotations

import dataclasses

import pytest

from fakeprofile.overlap import NO_OVERLAP
from fakeprofile.proof import NO_PROOF, Proof, in_photos, without_other_moments
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


@pytest.mark.parametrize(
    ("closer", "finding"),
    [
        (looked(TILE, drift=0.49, places=511, finding=Finding.SIMILAR), Finding.SIMILAR),
        (looked(box(700, 300, 815, 553), drift=0.49, places=216, finding=Finding.SIMILAR), Finding.SIMILAR),
        (looked(TILE, drift=0.02, places=511), Finding.SAME_PICTURE),
        (looked(TILE, drift=0.49, places=60, finding=Finding.SIMILAR), Finding.SAME_PICTURE),
        (
            looked(box(0, 300, 385, 553), drift=0.49, places=511, finding=Finding.SIMILAR),
            Finding.SAME_PICTURE,
        ),
    ],
    ids=[
        "it drifts there",
        "most of it drifts so far that it is not shared",
        "it lies still there",
        "it is no closer",
        "it is about another tile",
    ],
)
def test_what_lies_still_from_afar_proves_nothing_if_it_drifts_in_a_closer_look_at_it(
    closer: Proof, finding: Finding
) -> None:
    whole = looked(box(702, 298, 1080, 550), drift=0.08, places=47)
    told = without_other_moments([(whole, True), (closer, False)])
    assert told[0].finding is finding


@pytest.mark.parametrize(
    ("outside", "places", "finding"),
    [(0.08, 80, Finding.SIMILAR), (0.05, 80, Finding.SAME_PICTURE), (0.08, 50, Finding.SAME_PICTURE)],
    ids=["a ground around what differs", "a tile that ends where it ends", "it is no closer"],
)
def test_what_lies_still_from_afar_proves_nothing_if_it_goes_on_around_what_differs(
    outside: float, places: int, finding: Finding
) -> None:
    whole = looked(TILE, drift=0.03, places=30)
    part = looked(box(827, 300, 1085, 553), drift=0.0, places=places, finding=Finding.SIMILAR)
    assert part.overlap is not None
    overlap = dataclasses.replace(part.overlap, reach=0.69, outside=outside, blocks=51, agreeing=48)
    told = without_other_moments([(whole, True), (dataclasses.replace(part, overlap=overlap), False)])
    assert told[0].finding is finding


def test_a_part_that_lies_still_proves_nothing_if_the_photos_as_a_whole_drift() -> None:
    whole = looked(box(0, 0, 1280, 900), drift=0.3, places=400, finding=Finding.SIMILAR)
    part = looked(TILE, drift=0.0, places=100)
    told = without_other_moments([(whole, True), (part, False)])
    assert [one.finding for one in told] == [Finding.SIMILAR, Finding.SIMILAR]


def test_what_is_seen_much_more_closely_counts_though_the_few_places_of_the_whole_drift() -> None:
    """All that two screenshots share is one picture: twenty places of it say less than two hundred."""
    whole = looked(box(702, 298, 1080, 550), drift=0.18, places=22, finding=Finding.SIMILAR)
    tile = looked(TILE, drift=0.0, places=190)
    told = without_other_moments([(whole, True), (tile, False)])
    assert [one.finding for one in told] == [Finding.SIMILAR, Finding.SAME_PICTURE]


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
