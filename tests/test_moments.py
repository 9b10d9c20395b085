"""What several looks at the same two photos show together."""

from __future__ import annotations

import dataclasses

import pytest

from fakeprofile.moments import sobered
from fakeprofile.overlap import NO_OVERLAP
from fakeprofile.proof import NO_PROOF, Proof
from fakeprofile.records import Alignment, Corners, Finding, Panel, Region
from fakeprofile.strength import support_of


def box(left: float, top: float, right: float, bottom: float) -> Corners:
    return (left, top), (right, top), (right, bottom), (left, bottom)


ALIGNED = Alignment(
    candidates=80, inliers=60, distinct_points=40, coverage=0.9, mirrored=False, rotation_degrees=0.0,
    scale=1.0, stretch=1.0, matrix=((1, 0, 0), (0, 1, 0)),
)  # fmt: skip
TILE = box(700, 300, 1085, 553)
HERE = Panel(left=700, top=300, width=385, height=253, confidence=0.9)


def looked(
    corners: Corners, *, finding: Finding = Finding.SAME_PICTURE, aside: float = 0.0, **overlap: float
) -> Proof:
    """A look at that part of the known photo, which lies so far aside of there in the photo."""
    region = Region(query=box(0, 0, 100, 100), sighting=corners, query_share=1.0, sighting_share=0.1)
    return dataclasses.replace(
        NO_PROOF,
        finding=finding,
        support=support_of(3.0),
        region=region,
        alignment=dataclasses.replace(ALIGNED, matrix=((1, 0, aside), (0, 1, 0))),
        overlap=dataclasses.replace(NO_OVERLAP, **overlap),  # type: ignore[arg-type]
    )


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
    told = sobered([(whole, None, None), (closer, None, HERE)])
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
    told = sobered([(whole, None, None), (dataclasses.replace(part, overlap=overlap), None, HERE)])
    assert told[0].finding is finding


def test_a_part_that_lies_still_proves_nothing_if_the_photos_as_a_whole_drift() -> None:
    whole = looked(box(0, 0, 1280, 900), drift=0.3, places=400, finding=Finding.SIMILAR)
    part = looked(TILE, drift=0.0, places=100)
    told = sobered([(whole, None, None), (part, None, HERE)])
    assert [one.finding for one in told] == [Finding.SIMILAR, Finding.SIMILAR]


def test_what_is_seen_much_more_closely_counts_though_the_few_places_of_the_whole_drift() -> None:
    """All that two screenshots share is one picture: twenty places of it say less than two hundred."""
    whole = looked(box(702, 298, 1080, 550), drift=0.18, places=22, finding=Finding.SIMILAR)
    tile = looked(TILE, drift=0.0, places=190)
    told = sobered([(whole, None, None), (tile, None, HERE)])
    assert [one.finding for one in told] == [Finding.SIMILAR, Finding.SAME_PICTURE]


WHOLE = box(0, 0, 1200, 900)
UNSURE = dataclasses.replace(HERE, confidence=0.5)
STILL = looked(TILE, drift=0.0, places=80, spread=0.9)


def said_of(part: Proof, panel: Panel | None, other: Proof) -> Finding:
    """What is left of a look at a part, beside another one at the two photos as a whole."""
    return sobered([(other, None, None), (part, None, panel)])[1].finding


@pytest.mark.parametrize(
    ("panel", "aside", "corners", "finding"),
    [
        (UNSURE, 0.0, WHOLE, Finding.SIMILAR),
        (None, 0.0, WHOLE, Finding.SIMILAR),
        (HERE, 0.0, WHOLE, Finding.SAME_PICTURE),
        (UNSURE, 90.0, WHOLE, Finding.SAME_PICTURE),
        (UNSURE, 0.0, box(0, 0, 600, 250), Finding.SAME_PICTURE),
    ],
    ids=["chance may have cut it out", "all of both", "a tile", "laid elsewhere", "it moved elsewhere"],
)
def test_a_part_proves_nothing_if_things_moved_in_the_photos_around_it(
    panel: Panel | None, aside: float, corners: Corners, finding: Finding
) -> None:
    around = looked(corners, finding=Finding.SIMILAR, aside=aside, places=60, moved=True)
    assert said_of(STILL, panel, around) is finding


@pytest.mark.parametrize(
    ("panel", "numbers", "finding"),
    [
        (UNSURE, {"inset": 0.06, "spread": 0.5}, Finding.SIMILAR),
        (HERE, {"inset": 0.06, "spread": 0.5}, Finding.SAME_PICTURE),
        (UNSURE, {"inset": 0.06, "spread": 0.1}, Finding.SAME_PICTURE),
        (UNSURE, {"inset": 0.01, "spread": 0.5}, Finding.SAME_PICTURE),
    ],
    ids=[
        "chance may have cut it out",
        "a tile",
        "nothing else agrees, as around a photo in a chat",
        "nothing differs",
    ],
)
def test_a_part_proves_nothing_if_the_picture_goes_on_around_it_and_shows_something_else(
    panel: Panel, numbers: dict[str, float], finding: Finding
) -> None:
    around = looked(WHOLE, finding=Finding.SIMILAR, places=26, agreeing=23, blocks=27, **numbers)
    assert said_of(STILL, panel, around) is finding


@pytest.mark.parametrize(("places", "finding"), [(451, Finding.SIMILAR), (100, Finding.SAME_PICTURE)])
def test_some_drift_in_a_much_closer_look_outweighs_what_lies_still_from_afar(
    places: int, finding: Finding
) -> None:
    """A tenth of the places is not off, but more are than in a copy: four times as many places know better."""
    afar = looked(TILE, drift=0.0, places=30)
    closer = looked(TILE, finding=Finding.SIMILAR, drift=0.084, places=places)
    assert sobered([(afar, None, None), (closer, None, HERE)])[0].finding is finding


def test_what_lies_still_in_all_looks_stays_the_same_picture() -> None:
    looks = [(looked(WHOLE, drift=0.01, places=400), None, None), (STILL, None, UNSURE)]
    assert [proof.finding for proof in sobered(looks)] == [Finding.SAME_PICTURE] * 2
