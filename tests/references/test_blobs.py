"""Keypoints packed into SQLite come out where they were."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeprofile.records import Keypoints
from fakeprofile.references.blobs import packed_points, unpacked


@given(
    seed=st.integers(0, 2**32),
    count=st.integers(0, 20),
    width=st.integers(1, 30_000),
    height=st.integers(1, 30_000),
)
def test_places_sizes_and_angles_survive_within_a_hair(
    seed: int, count: int, width: int, height: int
) -> None:
    random = np.random.default_rng(seed)
    points = np.column_stack(
        [
            random.uniform(0, width, count),
            random.uniform(0, height, count),
            np.exp2(random.uniform(-3.9, 13.9, count)),
            random.uniform(0, 360, count),
        ]
    ).astype(np.float32)
    codes = random.integers(0, 256, (count, 16), dtype=np.uint8)
    packed = packed_points(Keypoints(algorithm="a", points=points, codes=codes), width, height)
    assert len(packed) == 8 * count
    back = unpacked("a", packed, codes.tobytes(), width, height)
    assert back.algorithm == "a"
    assert np.array_equal(back.codes, codes)
    assert back.points.dtype == np.float32
    assert np.abs(back.points[:, 0] - points[:, 0]).max(initial=0) <= width / 65535
    assert np.abs(back.points[:, 1] - points[:, 1]).max(initial=0) <= height / 65535
    assert np.abs(back.points[:, 2] / points[:, 2] - 1).max(initial=0) < 0.0002
    turned = np.abs(back.points[:, 3] - points[:, 3])
    assert np.minimum(turned, 360 - turned).max(initial=0) < 0.006


def test_places_outside_the_picture_are_moved_to_its_edge_and_none_wraps_around() -> None:
    points = np.array([[-1, 501, 1e-9, 360], [400.4, -0.1, 1e9, -0.001]], dtype=np.float32)
    keypoints = Keypoints(algorithm="a", points=points, codes=np.zeros((2, 16), np.uint8))
    back = unpacked("a", packed_points(keypoints, 400, 500), bytes(32), 400, 500).points
    assert back[:, :2].tolist() == [[0, 500], [400, 0]]
    assert back[0, 2] == pytest.approx(1 / 16)
    assert back[0, 3] == 0
    assert back[1, 3] == pytest.approx(0, abs=0.006) or back[1, 3] == pytest.approx(360, abs=0.006)


@pytest.mark.parametrize(("points", "codes"), [(bytes(7), bytes(16)), (bytes(8), bytes(15))])
def test_blobs_of_a_wrong_length_are_refused(points: bytes, codes: bytes) -> None:
    with pytest.raises(ValueError, match=r"size|reshape"):
        unpacked("a", points, codes, 400, 500)
