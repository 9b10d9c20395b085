"""How two pictures lie over each other, from their keypoint codes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from drawn import cropped, mirrored, photo_of, resized, scene, stretched, turned, turned_by
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fakeprofile.alignment import (
    align,
    bits_apart,
    mirrored_points,
    nearest_codes,
    region_of,
    whole_alignment,
)
from fakeprofile.fingerprint import query_fingerprint, reference_fingerprint
from fakeprofile.records import Alignment, Keypoints, Pixels, WholeDistance

SCENE = scene(1)
CODES = arrays(np.uint8, st.tuples(st.integers(0, 6), st.just(16)))
COORDINATES = st.floats(0, 2000, width=32)
POINTS = arrays(
    np.float64,
    st.tuples(st.integers(0, 8), st.just(4)),
    elements=st.floats(0, 359, allow_nan=False, width=32),
)


def aligned(query: Pixels, other: Pixels) -> Alignment | None:
    one, two = photo_of(query), photo_of(other)
    known = reference_fingerprint(two).keypoints
    return align(query_fingerprint(one).keypoints, one.width, known, math.hypot(two.width, two.height))


def found(query: Pixels, other: Pixels) -> Alignment:
    alignment = aligned(query, other)
    assert alignment is not None
    return alignment


def carried(alignment: Alignment, x: float, y: float) -> tuple[float, float]:
    """Where the alignment puts a position of the other picture."""
    (a, b, c), (d, e, f) = alignment.matrix
    return a * x + b * y + c, d * x + e * y + f


def turn_between(one: float, other: float) -> float:
    """Degrees between two directions."""
    return abs((one - other + 180) % 360 - 180)


# --- codes and points -----------------------------------------------------------------------


@given(CODES, CODES)
def test_bits_apart_is_what_counting_them_one_by_one_gives(codes: np.ndarray, others: np.ndarray) -> None:
    """The product of signs is the Hamming distance."""
    counted = [
        [sum((int(a) ^ int(b)).bit_count() for a, b in zip(one, other, strict=True)) for other in others]
        for one in codes
    ]
    assert bits_apart(codes, others).tolist() == np.array(counted).reshape(len(codes), len(others)).tolist()


@given(CODES, CODES, st.integers(1, 8))
def test_the_nearest_codes_are_those_that_counting_bits_puts_first(
    codes: np.ndarray, others: np.ndarray, most: int
) -> None:
    """Of equally near ones, that which stands first."""
    bits = bits_apart(codes, others)
    order = np.argsort(bits, axis=1, kind="stable")[:, :most]
    found, apart = nearest_codes(codes, others, most)
    assert found.tolist() == order.tolist()
    assert apart.tolist() == np.take_along_axis(bits, order, axis=1).tolist()


@given(POINTS, COORDINATES)
def test_mirroring_points_twice_is_nothing(points: np.ndarray, width: float) -> None:
    """Positions, sizes and angles come back."""
    back = mirrored_points(mirrored_points(points, width), width)
    assert back[:, :3] == pytest.approx(points[:, :3], abs=1e-6)
    assert np.cos(np.radians(back[:, 3] - points[:, 3])) == pytest.approx(1.0)


def test_codes_of_other_algorithms_are_refused() -> None:
    """A number from another version would mean nothing."""
    nothing = np.zeros((0, 16), dtype=np.uint8)
    points = np.zeros((0, 4), dtype=np.float32)
    one, two = (Keypoints(algorithm=name, points=points, codes=nothing) for name in ("one", "two"))
    with pytest.raises(ValueError, match="codes of one cannot be compared with codes of two"):
        align(one, 10, two, 10.0)


# --- what an alignment says -----------------------------------------------------------------


def test_a_picture_lies_on_itself() -> None:
    """Nothing is turned, scaled or mirrored, and inliers are everywhere."""
    alignment = found(SCENE, SCENE)
    assert not alignment.mirrored
    assert alignment.rotation_degrees == pytest.approx(0, abs=0.1)
    assert alignment.scale == pytest.approx(1, abs=0.005)
    assert alignment.stretch == pytest.approx(1, abs=0.01)
    assert alignment.coverage > 0.95
    assert alignment.inliers >= 0.8 * alignment.candidates


@pytest.mark.parametrize("degrees", [5, 30, 90, 135, 180, -20, -90])
def test_rotation_is_how_far_the_photo_is_turned_clockwise(degrees: int) -> None:
    """As the eye sees it: y points down."""
    assert turn_between(found(turned_by(SCENE, degrees), SCENE).rotation_degrees, degrees) < 1


@pytest.mark.parametrize("width", [150, 240, 960])
def test_scale_is_pixels_of_the_photo_for_one_of_the_other_picture(width: int) -> None:
    """Smaller copies have a scale below one."""
    assert found(resized(SCENE, width), SCENE).scale == pytest.approx(width / 480, rel=0.01)


def test_a_stretched_copy_says_by_how_much() -> None:
    """One and a quarter as high, not wider."""
    assert found(stretched(SCENE, 1.25), SCENE).stretch == pytest.approx(1.25, rel=0.02)


def test_positions_are_carried_into_the_mirrored_photo_as_it_is() -> None:
    """The matrix leads to where the eye finds them, not to a flipped copy."""
    alignment = found(mirrored(SCENE), SCENE)
    assert alignment.mirrored
    assert carried(alignment, 100, 50) == pytest.approx((380, 50), abs=1.5)
    for (x, y), there in alignment.pairs:
        assert carried(alignment, *there) == pytest.approx((x, y), abs=14)


@pytest.mark.parametrize("is_mirrored", [False, True])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_whole_hashes_suggest_the_transform_that_keypoints_find(quarters: int, is_mirrored: bool) -> None:
    """Mirrored, then turned: both ways say the same of the eight forms, also which way round."""
    known = scene(2, 400, 400)
    undone = known
    # The hashes say how the photo must be mirrored and then turned to give the known picture.
    undone = turned(undone, -quarters)
    undone = mirrored(undone) if is_mirrored else undone
    distance = WholeDistance(phash=0, pdq=0, mirrored=is_mirrored, quarter_turns=quarters)
    whole = whole_alignment(distance, (400, 400), (400, 400))
    measured = found(undone, known)
    assert (whole.mirrored, measured.mirrored) == (is_mirrored, is_mirrored)
    for place in ((0, 0), (400, 0), (0, 400)):
        assert carried(whole, *place) == pytest.approx(carried(measured, *place), abs=3)
    assert turn_between(whole.rotation_degrees, measured.rotation_degrees) < 1
    assert whole.scale == pytest.approx(measured.scale, rel=0.01)


def test_the_same_input_gives_the_same_alignment() -> None:
    """There are no dice in it."""
    small = resized(cropped(SCENE, 0.1, 0.2, 0.8, 0.9), 300)
    assert found(small, SCENE) == found(small, SCENE)


@pytest.mark.parametrize("seed", range(3, 9))
def test_unrelated_pictures_have_few_points_in_common(seed: int) -> None:
    """Fewer than any copy needs."""
    alignment = aligned(scene(seed), SCENE)
    assert alignment is None or alignment.distinct_points < 8


def test_a_plain_picture_aligns_with_nothing() -> None:
    """It has no keypoints."""
    assert aligned(np.full((200, 300, 3), 128, dtype=np.uint8), SCENE) is None


# --- regions --------------------------------------------------------------------------------


def test_the_region_of_a_crop_is_where_it_was_cut() -> None:
    """Within two in a hundred of the picture's width."""
    crop = cropped(SCENE, 0.25, 0.25, 0.75, 0.75)
    region = region_of(found(crop, SCENE).matrix, (240, 180), (480, 360))
    assert region is not None
    truth = ((120, 90), (360, 90), (360, 270), (120, 270))
    assert np.array(region.sighting) == pytest.approx(np.array(truth), abs=9.6)
    assert region.sighting_share == pytest.approx(0.25, abs=0.02)
    assert region.query_share > 0.96


def test_corners_stand_in_the_same_order_in_both_pictures() -> None:
    """The top left corner of the sighting is the top right one of its mirrored copy."""
    region = region_of(found(mirrored(SCENE), SCENE).matrix, (480, 360), (480, 360))
    assert region is not None
    assert region.sighting[0] == pytest.approx((0, 0), abs=5)
    assert region.query[0] == pytest.approx((480, 0), abs=5)


def test_pictures_that_do_not_touch_have_no_region() -> None:
    """A transform that leads outside shows nothing."""
    assert region_of(((1, 0, 900), (0, 1, 0)), (480, 360), (480, 360)) is None


@given(st.floats(0.1, 4), st.floats(-180, 180), st.floats(-200, 200), st.floats(-200, 200))
def test_shares_of_a_region_are_parts_of_the_pictures(
    scale: float, degrees: float, right: float, down: float
) -> None:
    """Never below nothing or above the whole."""
    cosine, sine = scale * math.cos(math.radians(degrees)), scale * math.sin(math.radians(degrees))
    region = region_of(((cosine, -sine, right), (sine, cosine, down)), (300, 200), (250, 350))
    if region is not None:
        assert 0 <= region.query_share <= 1
        assert 0 <= region.sighting_share <= 1
