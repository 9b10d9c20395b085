"""How strongly numbers support "same picture", and what is said of it."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeprofile.records import Alignment, Finding, Overlap, WholeDistance
from fakeprofile.strength import (
    LEAST_SUPPORT,
    bar_of,
    same_file,
    score_of,
    support_of,
    weighed_by_hashes,
    weighed_by_pixels,
    weighed_by_points,
    words_of,
)

ALIGNED = Alignment(
    candidates=200, inliers=150, distinct_points=100, coverage=0.9, mirrored=False, rotation_degrees=0.0,
    scale=1.0, stretch=1.0, matrix=((1, 0, 0), (0, 1, 0)),
)  # fmt: skip
COPY = Overlap(
    blocks=200,
    agreeing=198,
    solid=0,
    correlation=0.98,
    spread=0.6,
    drift=0.01,
    places=300,
    recoloured=False,
    grey=False,
)


def finding(alignment: Alignment | None = ALIGNED, **changes: float) -> Finding:
    return weighed_by_pixels(alignment, dataclasses.replace(COPY, **changes))[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("log10_lr", "words"),
    [(-1, "no"), (0, "no"), (0.5, "weak"), (1, "moderate"), (2.5, "moderately strong"), (3, "strong"),
     (4, "very strong"), (6, "extremely strong"), (12, "extremely strong")],
)  # fmt: skip
def test_words_are_those_of_the_enfsi_scale(log10_lr: float, words: str) -> None:
    """Each from its lower bound on."""
    assert words_of(log10_lr) == words


@given(st.floats(-5, 20), st.floats(-5, 20))
def test_more_support_never_has_weaker_words(one: float, other: float) -> None:
    """The scale has one direction."""
    order = ["no", "weak", "moderate", "moderately strong", "strong", "very strong", "extremely strong"]
    low, high = sorted((one, other))
    assert order.index(words_of(low)) <= order.index(words_of(high))


def test_a_copy_is_the_same_picture() -> None:
    """Also when only whole-picture hashes suggested how it lies."""
    assert finding() is Finding.SAME_PICTURE
    assert finding(alignment=None) is Finding.SAME_PICTURE


@pytest.mark.parametrize(
    "changes",
    [
        {"drift": 0.4},
        {"solid": 20},
        {"agreeing": 150},
        {"blocks": 6, "agreeing": 6, "unlike": 0.1},
        {"agreeing": 188, "drift": 0.024},
        {"blocks": 35, "agreeing": 31, "unlike": 0.12, "spread": 0.29, "places": 60},
        {"agreeing": 200, "drift": 0.0, "moved": True},
        {"blocks": 111, "agreeing": 94, "drift": 0.0, "places": 123, "unlike": 0.12},
    ],
    ids=[
        "another spot",
        "something moved",
        "a tenth disagrees",
        "hardly any picture",
        "somebody and the camera moved",
        "a smooth thing moved in a small picture",
        "small things stand elsewhere",
        "where somebody moved, and the rest agrees well",
    ],
)
def test_without_proof_it_is_similar_at_most(changes: dict[str, float]) -> None:
    """However many keypoints agree."""
    many = dataclasses.replace(ALIGNED, distinct_points=400)
    assert finding(many, **changes) is Finding.SIMILAR


@pytest.mark.parametrize(
    "changes",
    [
        {"agreeing": 188, "drift": 0.005},
        {"drift": 0.03},
        {"blocks": 35, "agreeing": 35, "unlike": 0.12, "spread": 0.29, "places": 60},
        {"blocks": 45, "agreeing": 41, "unlike": 0.12, "spread": 0.29, "places": 60},
        {"blocks": 111, "agreeing": 94, "drift": 0.0, "places": 400, "unlike": 0.12},
        {"blocks": 111, "agreeing": 94, "drift": 0.0, "places": 123, "unlike": 0.12, "correlation": 0.91},
    ],
    ids=[
        "a sticker",
        "a soft copy",
        "a sticker on a small picture",
        "a caption",
        "marks all over a large picture",
        "marks that every block is under",
    ],
)
def test_what_differs_or_is_off_its_place_alone_leaves_a_copy_the_same(changes: dict[str, float]) -> None:
    assert finding(**changes) is Finding.SAME_PICTURE


def test_a_thing_on_plain_ground_is_the_same_if_all_of_it_agrees_and_nothing_else_differs() -> None:
    """Few blocks tell; then the points must agree too, and every block."""
    few = {"blocks": 6, "agreeing": 6, "correlation": 0.98}
    assert finding(ALIGNED, **few, unlike=0.0) is Finding.SAME_PICTURE
    assert finding(ALIGNED, **few, unlike=0.05) is not Finding.SAME_PICTURE
    assert finding(ALIGNED, **{**few, "agreeing": 5}, unlike=0.0) is not Finding.SAME_PICTURE
    assert finding(ALIGNED, **few, unlike=0.0, spread=0.05) is not Finding.SAME_PICTURE, "a sticker"
    pointless = dataclasses.replace(ALIGNED, distinct_points=9)
    assert finding(pointless, **few, unlike=0.0) is not Finding.SAME_PICTURE


@pytest.mark.parametrize(
    ("points", "places", "spread", "expected"),
    [
        (95, 78, 0.08, Finding.SAME_PICTURE),
        (30, 78, 0.08, Finding.SIMILAR),
        (95, 40, 0.08, Finding.SIMILAR),
        (95, 78, 0.05, Finding.SIMILAR),
    ],
    ids=["pinned down", "few points", "few places", "as small as a sticker"],
)
def test_a_house_before_a_plain_sky_is_the_same_if_many_points_and_places_say_so(
    points: int, places: int, spread: float, expected: Finding
) -> None:
    aligned = dataclasses.replace(ALIGNED, distinct_points=points)
    few = {"blocks": 8, "agreeing": 8, "unlike": 0.0, "drift": 0.0, "correlation": 0.99}
    assert finding(aligned, **few, places=places, spread=spread) is expected


@pytest.mark.parametrize(
    "changes", [{"inset": 0.06}, {"hole": 0.2}, {"reach": 0.5, "outside": 0.2, "spread": 0.5}]
)
def test_another_picture_in_the_same_surroundings_is_not_the_same(changes: dict[str, float]) -> None:
    """An inset photo, a hole, and a ground that goes on around what differs."""
    assert finding(ALIGNED, **changes) is not Finding.SAME_PICTURE


@pytest.mark.parametrize(("places", "most"), [(20, 0.1), (150, 0.057), (600, 0.041)])
def test_the_more_places_are_known_the_fewer_of_them_may_be_off(places: int, most: float) -> None:
    """Of twenty places two are off by chance, of six hundred not thirty."""
    assert finding(places=places, drift=most - 0.005) is Finding.SAME_PICTURE
    assert finding(places=places, drift=most + 0.01) is not Finding.SAME_PICTURE


LETTERED = {"blocks": 280, "agreeing": 274, "hole": 0.08, "inset": 0.03, "unlike": 0.3, "spread": 0.6,
            "places": 480, "drift": 0.0}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, Finding.SAME_PICTURE),
        ({"places": 99}, Finding.SIMILAR),
        ({"drift": 0.012}, Finding.SIMILAR),
        ({"agreeing": 268}, Finding.SIMILAR),
        ({"unlike": 0.6}, Finding.SIMILAR),
        ({"hole": 0.2}, Finding.SIMILAR),
        ({"inset": 0.05}, Finding.SIMILAR),
        ({"blocks": 39, "agreeing": 39}, Finding.SIMILAR),
    ],
    ids=[
        "letters and a gradient over a copy",
        "few places are known",
        "some are off",
        "some disagrees",
        "most differs",
        "another picture in a frame",
        "somebody moved",
        "few blocks tell",
    ],
)
def test_what_lies_over_a_picture_that_is_at_rest_says_little_even_in_a_large_library(
    changes: dict[str, float], expected: Finding
) -> None:
    overlap = dataclasses.replace(COPY, **{**LETTERED, **changes})  # type: ignore[arg-type]
    assert weighed_by_pixels(ALIGNED, overlap, bar_of(10**6, 1e-6))[0] is expected


def test_few_points_prove_a_picture_only_with_much_of_it() -> None:
    """Chance lays a strip of one picture over another by eight points."""
    few = dataclasses.replace(ALIGNED, distinct_points=8)
    assert finding(few, blocks=24, agreeing=24) is not Finding.SAME_PICTURE
    assert finding(few) is Finding.SAME_PICTURE


def test_keypoints_without_pixels_that_agree_are_nothing() -> None:
    """That is what furniture looks like: hundreds of points, and other pictures between them."""
    many = dataclasses.replace(ALIGNED, distinct_points=427)
    assert finding(many, agreeing=20, correlation=0.2) is Finding.DIFFERENT
    assert finding(many, blocks=0, agreeing=0, correlation=0.0, spread=0.0) is Finding.DIFFERENT


@given(st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_a_proven_match_is_never_weaker_than_moderate(points: int, blocks: int, agreeing: int) -> None:
    """And an unproven one never more than weak."""
    overlap = dataclasses.replace(COPY, blocks=max(blocks, agreeing), agreeing=agreeing)
    found, support = weighed_by_pixels(dataclasses.replace(ALIGNED, distinct_points=points), overlap)
    assert support.log10_lr >= LEAST_SUPPORT if found is Finding.SAME_PICTURE else support.log10_lr < 1


def test_points_alone_never_prove_a_picture() -> None:
    """Without pixels nothing tells a picture from the furniture around it, however many points lie together."""
    for points, expected in ((500, Finding.SIMILAR), (30, Finding.SIMILAR), (10, Finding.DIFFERENT)):
        alignment = dataclasses.replace(ALIGNED, distinct_points=points, coverage=1.0)
        assert weighed_by_points(alignment)[0] is expected


@pytest.mark.parametrize(
    ("phash", "pdq", "expected"),
    [(None, 31, Finding.SAME_PICTURE), (None, 32, Finding.SIMILAR), (None, 51, Finding.DIFFERENT),
     (6, None, Finding.SAME_PICTURE), (7, None, Finding.SIMILAR), (11, None, Finding.DIFFERENT)],
)  # fmt: skip
def test_a_bare_hash_counts_up_to_its_limit(phash: int | None, pdq: int | None, expected: Finding) -> None:
    """PDQ's own limit, and a stricter one for phash."""
    assert weighed_by_hashes(WholeDistance(phash=phash, pdq=pdq), True)[0] is expected


def test_a_bare_hash_of_a_plain_picture_means_nothing() -> None:
    """All plain pictures have nearly the same hash."""
    assert weighed_by_hashes(WholeDistance(phash=0, pdq=0), False)[0] is Finding.DIFFERENT


def test_the_same_bytes_are_the_strongest_support() -> None:
    """Beyond what any pixels can say."""
    finding_, support = same_file()
    assert finding_ is Finding.SAME_FILE
    assert support.log10_lr > weighed_by_pixels(ALIGNED, COPY)[1].log10_lr
    assert support == support_of(support.log10_lr)


@given(st.sampled_from(["hole", "inset", "unlike", "outside", "drift"]), st.floats(0, 1), st.floats(0, 1))
def test_more_that_differs_is_never_more_like_one_picture(name: str, one: float, other: float) -> None:
    """The score has one direction in each of the numbers."""
    low, high = sorted((one, other))
    scores = [score_of(ALIGNED, dataclasses.replace(COPY, **{name: value})) for value in (low, high)]  # type: ignore[arg-type]
    assert scores[0] >= scores[1]


def test_a_larger_library_asks_for_more() -> None:
    """What is the same between two photos may be only similar where a million are compared."""
    few = dataclasses.replace(COPY, blocks=14, agreeing=14, places=16, spread=0.2, drift=0.0, unlike=0.12)
    score = score_of(ALIGNED, few)
    assert weighed_by_pixels(ALIGNED, few, score)[0] is Finding.SAME_PICTURE
    assert weighed_by_pixels(ALIGNED, few, score + 0.01)[0] is Finding.SIMILAR
