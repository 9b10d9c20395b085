"""Intervals agree with published values and with scipy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from fakeprofile.bench.intervals import at_most, clopper_pearson, wilson

COUNTS = st.integers(1, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


def test_wilsons_interval_of_81_in_263_is_newcombes() -> None:
    """Table I of Newcombe, Statistics in Medicine 17 (1998), method 3."""
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)


def test_the_exact_interval_of_81_in_263_is_newcombes() -> None:
    """The same table, method 5."""
    assert clopper_pearson(81, 263) == pytest.approx((0.2527, 0.3676), abs=5e-5)


@given(COUNTS)
def test_both_intervals_are_those_of_scipy(counts: tuple[int, int]) -> None:
    found, total = counts
    test = binomtest(found, total)
    exact, score = test.proportion_ci(method="exact"), test.proportion_ci(method="wilson")
    assert clopper_pearson(found, total) == pytest.approx((exact.low, exact.high), abs=1e-9)
    assert wilson(found, total) == pytest.approx((score.low, score.high), abs=1e-9)


@pytest.mark.parametrize("total", [100, 10_000, 3_000_000])
def test_none_found_in_n_is_at_most_three_in_n(total: int) -> None:
    """The rule of three (Hanley and Lippman-Hand, JAMA 249, 1983): 3 is rounded up from -ln 0.05."""
    assert at_most(0, total) * total == pytest.approx(2.996, rel=0.02)


@given(COUNTS)
def test_the_share_itself_lies_in_its_intervals(counts: tuple[int, int]) -> None:
    found, total = counts
    for low, high in (wilson(found, total), clopper_pearson(found, total)):
        assert 0 <= low <= found / total <= high <= 1
    assert at_most(found, total) >= found / total


@pytest.mark.parametrize("counts", [(0, 0), (3, 2), (-1, 5)])
def test_what_is_no_share_is_refused(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(*counts)
    with pytest.raises(ValueError, match="is no share"):
        at_most(*counts)
