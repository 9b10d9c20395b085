"""A picture is reduced exactly as Pillow and PDQ reduce it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from fakeprofile.fingerprint.resampling import pdq_places, pillow_reduced

SIDES = st.integers(1, 90)


def noise(width: int, height: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width), dtype=np.uint8)


@given(width=SIDES, height=SIDES, seed=st.integers(0, 9))
def test_a_picture_is_reduced_as_pillow_does_it(width: int, height: int, seed: int) -> None:
    """To the last digit, also where a side grows."""
    grey = noise(max(width, height), min(width, height), seed)
    theirs = Image.fromarray(grey).resize((32, 32), Image.Resampling.LANCZOS)
    assert (pillow_reduced(grey) == np.asarray(theirs)).all()


@given(width=SIDES, height=SIDES, seed=st.integers(0, 9))
def test_boxes_on_the_other_side_are_those_of_the_mirrored_picture(
    width: int, height: int, seed: int
) -> None:
    """So that a turned form needs no turned picture."""
    grey, full = noise(width, height, seed), (4 * width, 4 * height)
    plain, four = pdq_places(grey, full, flipped=False), pdq_places(grey, full, flipped=True)
    assert (four[0, 0] == plain[0, 0]).all()
    mirrored = pdq_places(np.ascontiguousarray(grey[:, ::-1]), full, flipped=False)[0, 0]
    assert mirrored[:, ::-1] == pytest.approx(four[0, 1], abs=0.02)
    upside_down = pdq_places(np.ascontiguousarray(grey[::-1]), full, flipped=False)[0, 0]
    assert upside_down[::-1] == pytest.approx(four[1, 0], abs=0.02)
    both = pdq_places(np.ascontiguousarray(grey[::-1, ::-1]), full, flipped=False)[0, 0]
    assert both[::-1, ::-1] == pytest.approx(four[1, 1], abs=0.02)


@given(
    level=st.integers(0, 255), width=st.integers(1, 700), height=st.integers(1, 200), part=st.integers(1, 8)
)
def test_a_plain_picture_stays_plain(level: int, width: int, height: int, part: int) -> None:
    """Every place has weights of the same sum, at any size and reduction."""
    grey = np.full((-(-height // part), -(-width // part)), level, dtype=np.uint8)
    assert (pillow_reduced(grey) == level).all()
    assert (pdq_places(grey, (width, height), flipped=True) == level).all()
