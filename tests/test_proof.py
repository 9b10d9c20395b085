"""What several looks at the same two photos show together."""

from __future__ import annotations

import dataclasses

import pytest

from fakeprofile.overlap import NO_OVERLAP
from fakeprofile.proof import NO_PROOF, Proof, without_other_moments
from fakeprofile.records import Corners, Finding, Region
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


TILE = box(700, 300, 1085, 553)


@pytest.mark.parametrize(
    ("closer", "finding"),
    [
        (looked(TILE, drift=0.49, places=511, finding=Finding.SIMILAR), Finding.SIMILAR),
        (looked(TILE, drift=0.02, places=511), Finding.SAME_PICTURE),
        (looked(TILE, drift=0.49, places=60, finding=Finding.SIMILAR), Finding.SAME_PICTURE),
        (
            looked(box(0, 300, 385, 553), drift=0.49, places=511, finding=Finding.SIMILAR),
            Finding.SAME_PICTURE,
        ),
    ],
    ids=["it drifts there", "it lies still there", "it is no closer", "it is about another tile"],
)
def test_what_lies_still_from_afar_proves_nothing_if_it_drifts_in_a_closer_look_at_it(
    closer: Proof, finding: Finding
) -> None:
    whole = looked(box(702, 298, 1080, 550), drift=0.08, places=47)
    told = without_other_moments([(whole, True), (closer, False)])
    assert told[0].finding is finding


def test_a_part_that_lies_still_proves_nothing_if_the_photos_as_a_whole_drift() -> None:
    whole = looked(box(0, 0, 1280, 900), drift=0.3, places=400, finding=Finding.SIMILAR)
    part = looked(TILE, drift=0.0, places=100)
    told = without_other_moments([(whole, True), (part, False)])
    assert [one.finding for one in told] == [Finding.SIMILAR, Finding.SIMILAR]
