"""The table of strengths, and what is read from it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeprofile.calibration import Ratios, Tail, calibration
from fakeprofile.settings import DEFAULT
from fakeprofile.strength import AGAINST, FALSE_MATCHES, TERMS, bar_of, surprise

TAILS = st.builds(
    Tail,
    threshold=st.floats(-10, 10),
    share=st.floats(1e-6, 1e-2),
    shape=st.sampled_from([-0.5, -0.1, 0.0, 0.2]),
    scale=st.floats(0.1, 5),
)


@given(TAILS, st.floats(-12, -3))
def test_what_is_reached_with_a_chance_has_that_chance(tail: Tail, exponent: float) -> None:
    """The two ways of reading a tail agree, wherever it is one."""
    chance = tail.share * 10**exponent
    assert tail.chance(tail.reached(chance)) == pytest.approx(chance, rel=1e-3)


@given(TAILS, st.floats(-10, 40), st.floats(-10, 40))
def test_a_higher_score_is_never_more_likely_by_chance(tail: Tail, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert tail.chance(high) <= tail.chance(low) <= 1


def test_a_tail_that_ends_is_not_exceeded() -> None:
    tail = Tail(threshold=0.0, share=0.01, shape=-0.5, scale=1.0)
    assert tail.chance(1.99) > 0
    assert tail.chance(2.01) == 0


def test_ratios_are_straight_lines_between_what_was_measured() -> None:
    ratios = Ratios(numbers=(0.0, 2.0, 3.0), log10_lrs=(-1.0, 1.0, 5.0))
    assert [ratios.at(one) for one in (-9, 0, 1, 2.5, 3, 99)] == [-1, -1, 0, 3, 5, 5]


def test_the_table_comes_from_enough_pairs() -> None:
    """A million unrelated pairs at least, and its ratios rise with the score and fall with the bits."""
    table = calibration()
    assert table.pairs >= 1_000_000
    assert list(table.ratios.log10_lrs) == sorted(table.ratios.log10_lrs)
    for ratios in (table.pdq_ratios, table.phash_ratios):
        assert list(ratios.log10_lrs) == sorted(ratios.log10_lrs, reverse=True)
        assert ratios.at(0) > 3 > 0.1 > ratios.at(ratios.numbers[-1])


def test_nothing_that_differs_speaks_for_a_copy() -> None:
    """And nothing that agrees against one, whatever the regression would like."""
    weights = dict(calibration().weights)
    assert set(weights) == {"", *TERMS}
    assert all(weights[name] <= 0 for name in AGAINST)
    assert all(weights[name] >= 0 for name in TERMS if name not in AGAINST)


def test_the_bar_rises_with_the_library_and_with_what_is_asked_of_it() -> None:
    """More pairs are more chances to be mistaken."""
    bars = [bar_of(pairs, FALSE_MATCHES) for pairs in (1, 1_000, 1_000_000, 10**9)]
    assert bars == sorted(bars)
    assert bars[0] < bars[-1]
    assert bar_of(1_000, 1e-9) > bar_of(1_000, 1e-3)
    assert DEFAULT.false_matches == FALSE_MATCHES == 1e-6


@given(st.integers(1, 500), st.floats(0, 1), st.floats(0.05, 0.95))
def test_more_that_goes_well_is_never_less_surprising(tried: int, share: float, chance: float) -> None:
    """And nothing up to what chance gives is surprising at all."""
    fewer, more = surprise(tried * share / 2, tried, chance), surprise(tried * share, tried, chance)
    assert 0 <= fewer <= more + 1e-9
    assert surprise(tried * chance, tried, chance) == pytest.approx(0, abs=1e-9)
    assert surprise(tried, tried, chance) == pytest.approx(-tried * math.log(chance))
    assert surprise(0, 0, chance) == 0
