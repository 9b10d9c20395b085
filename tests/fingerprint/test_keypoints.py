"""Keypoints of a picture and their codes."""

from __future__ import annotations

import hashlib

import cv2
import numpy as np
import pytest
from drawn import mirrored, photo_of, resized, scene

from fakeprofile.alignment import bits_apart, mirrored_points
from fakeprofile.fingerprint import KEYPOINTS, query_fingerprint, reference_fingerprint
from fakeprofile.fingerprint.keypoints import _FLIPPED_ROWS, _rounded_projection, keypoints_of, projection
from fakeprofile.settings import DEFAULT

SCENE = scene(1)
GOLDEN = (
    "87d3c2289ce4221cffdab40aa09fcdfc5f8d9dfc9d6a3599362a20b8a239e9ab",
    "db0acd1ac4347f66885ae6cdca2f8afecedcdb0340c7f6e18c8b776fb7953738",
)


def test_the_published_projection_never_moves() -> None:
    """Another file is another algorithm, with another name."""
    mean, rotation = projection()
    assert (mean.dtype, mean.shape, rotation.dtype, rotation.shape) == (
        np.float32, (128,), np.float32, (128, 128),
    )  # fmt: skip
    assert KEYPOINTS == "rootsift-sign128/2"
    assert tuple(hashlib.sha256(one.tobytes()).hexdigest() for one in (mean, rotation)) == GOLDEN
    assert rotation @ rotation.T == pytest.approx(np.eye(128), abs=1e-4)


def test_mirroring_the_bins_twice_is_nothing() -> None:
    """The order of a descriptor in the mirrored picture is its own inverse."""
    assert (_FLIPPED_ROWS[_FLIPPED_ROWS] == np.arange(128)).all()


def test_mirrored_codes_are_the_codes_of_the_mirrored_picture() -> None:
    """At the same places: no second extraction is needed."""
    ours = query_fingerprint(photo_of(SCENE)).keypoints
    theirs = query_fingerprint(photo_of(mirrored(SCENE))).keypoints
    assert ours.mirrored_codes is not None
    places = mirrored_points(ours.points.astype(np.float64), SCENE.shape[1])
    gaps = np.hypot(*(places[:, None, :2] - theirs.points[None, :, :2]).transpose(2, 0, 1))
    angles = np.cos(np.radians(places[:, None, 3] - theirs.points[None, :, 3]))
    rows, columns = np.nonzero((gaps < 1.0) & (angles > 0.99))
    bits = np.diag(bits_apart(ours.mirrored_codes[rows], theirs.codes[columns]))
    assert len(rows) > 100
    assert np.median(bits) < 10


def test_a_photo_that_is_asked_about_has_mirrored_codes_and_a_stored_one_has_not() -> None:
    """And each at most as many as the settings say."""
    query, stored = (
        query_fingerprint(photo_of(SCENE)).keypoints,
        reference_fingerprint(photo_of(SCENE)).keypoints,
    )
    assert query.mirrored_codes is not None
    assert query.mirrored_codes.shape == query.codes.shape == (len(query), 16)
    assert stored.mirrored_codes is None
    assert len(stored) <= DEFAULT.reference_keypoints
    assert len(query) <= DEFAULT.query_keypoints


def test_keypoints_lie_inside_the_picture_at_its_full_size() -> None:
    """Whatever size they were measured at."""
    large = photo_of(resized(SCENE, 1600))
    points = reference_fingerprint(large).keypoints.points
    assert points[:, 0].max() > 1400
    assert (points[:, :2] >= 0).all()
    assert (points[:, :2] <= [large.width, large.height]).all()


def test_keypoints_reach_into_every_corner() -> None:
    """A picture with one busy half keeps those of the quiet half too."""
    half = SCENE.copy()
    half[:, 240:] = 100 + half[:, 240:] // 4
    points = reference_fingerprint(photo_of(half)).keypoints.points
    assert (points[:, 0] > 260).sum() > 50


def test_a_plain_picture_has_no_keypoints() -> None:
    """And that is no error."""
    keypoints = query_fingerprint(photo_of(np.full((64, 64, 3), 200, dtype=np.uint8))).keypoints
    assert len(keypoints) == 0
    assert keypoints.mirrored_codes is not None


def test_the_same_picture_always_has_the_same_codes() -> None:
    """Byte for byte."""
    one, two = (reference_fingerprint(photo_of(SCENE)).keypoints for _ in range(2))
    assert one.codes.tobytes() == two.codes.tobytes()
    assert one.points.tobytes() == two.points.tobytes()


def test_codes_do_not_depend_on_the_number_of_threads() -> None:
    """Nor on the order in which a library adds: sums are of whole numbers."""
    threads = cv2.getNumThreads()
    try:
        codes = []
        for count in (1, 4):
            cv2.setNumThreads(count)
            codes.append(query_fingerprint(photo_of(SCENE)).keypoints)
    finally:
        cv2.setNumThreads(threads)
    assert codes[0].points.tobytes() == codes[1].points.tobytes()
    assert codes[0].codes.tobytes() == codes[1].codes.tobytes()
    descriptors = np.random.default_rng(1).normal(size=(300, 128)).astype(np.float32)
    descriptors = np.rint(descriptors * 511 / np.linalg.norm(descriptors, axis=1, keepdims=True))
    rotation, _ = _rounded_projection()
    exact = descriptors.astype(np.int64) @ rotation.astype(np.int64)
    assert (descriptors @ rotation == exact).all()


def test_a_region_is_measured_as_a_picture_of_its_own() -> None:
    """Its keypoints stand where they are in the whole picture."""
    part = np.ascontiguousarray(SCENE[40:300, 100:420])
    wanted = {"most": 300, "side": 448, "mirrored": True}
    alone = keypoints_of(part, width=2 * 320, **wanted)
    inside = keypoints_of(SCENE, width=2 * 480, region=(200, 80, 840, 600), **wanted)
    assert (inside.codes == alone.codes).all()
    assert inside.points[:, :2] == pytest.approx(alone.points[:, :2] + [200, 80], abs=0.01)
    assert inside.points[:, 2:] == pytest.approx(alone.points[:, 2:], rel=1e-5)


@pytest.mark.parametrize("size", [(1, 1), (16, 16), (3000, 16), (16, 3000), (600, 600)])
def test_noise_of_any_shape_has_a_bounded_number_of_keypoints(size: tuple[int, int]) -> None:
    """Foliage and text have tens of thousands; those that are kept are the strongest."""
    noise = np.random.default_rng(2).integers(0, 256, (*size, 3), dtype=np.uint8)
    keypoints = query_fingerprint(photo_of(noise)).keypoints
    assert len(keypoints) <= DEFAULT.query_keypoints
    assert np.isfinite(keypoints.points).all()
