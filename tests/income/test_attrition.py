"""Trimming bounds: Lee's own shares, a hand example, and what must hold of any panel."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.income import attrition
from evaluator.income.attrition import bound_attrition, trimmed_share


def test_job_corps_trimming_share_of_lee_2009():
    # Lee (2009), table IV, week 208: 0.607 of the treatment and 0.566 of the control group have a wage
    assert trimmed_share(0.607, 0.566) == pytest.approx(0.068, abs=5e-4)


def test_bounds_by_hand():
    # first: 8 of 10 seen with changes 1 … 8; second: 6 of 10 seen, all 3; a quarter of the first group is cut
    change = [*range(1, 9), np.nan, np.nan, *[3.0] * 6, *[np.nan] * 4]
    found = bound_attrition(change, [True] * 10 + [False] * 10, np.arange(20) % 5)
    assert (found.low, found.high) == (pytest.approx(3.5 - 3), pytest.approx(5.5 - 3))
    assert found.difference == pytest.approx(1.5)
    assert found.trimmed == pytest.approx(0.25)
    assert found.trimmed_group == "first"


def test_the_second_group_is_cut_when_it_kept_more():
    change = [3.0] * 6 + [np.nan] * 4 + [*range(1, 9), np.nan, np.nan]
    found = bound_attrition(change, [True] * 10 + [False] * 10, np.arange(20) % 5)
    assert (found.low, found.high) == (pytest.approx(3 - 5.5), pytest.approx(3 - 3.5))
    assert found.trimmed_group == "second"


def test_equal_attrition_gives_the_difference_itself():
    change = [1.0, 2, 3, np.nan, 5, 6, 7, np.nan]
    found = bound_attrition(change, [True] * 4 + [False] * 4, [0, 1, 2, 3, 0, 1, 2, 3])
    assert found.low == found.high == found.difference == pytest.approx(-4)
    assert found.trimmed == 0
    assert not found.differs


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_bounds_hold_the_effect_on_those_who_stay_either_way(seed):
    random = np.random.default_rng(seed)
    first = np.arange(4_000) % 2 == 0
    taste = random.normal(size=4_000)
    stays_without = taste < 0.8
    stays = np.where(first, taste < random.uniform(0.8, 2), stays_without)  # projects only ever keep households
    change = 0.3 * first + 0.5 * taste * random.choice([-1, 1]) + random.normal(size=4_000)
    found = bound_attrition(np.where(stays, change, np.nan), first, np.arange(4_000) % 40)
    assert found.low <= found.difference + 1e-9
    assert found.high >= found.difference - 1e-9
    assert found.interval_low < 0.3 < found.interval_high or abs(found.low - 0.3) < 0.15


def test_weights_count_as_copies():
    random = np.random.default_rng(2)
    change = np.where(random.random(40) < 0.2, np.nan, random.normal(size=40))
    first, cluster, weight = np.arange(40) < 25, np.arange(40) % 4, random.integers(1, 4, size=40)
    a = bound_attrition(change, first, cluster, weight=weight)
    b = bound_attrition(change.repeat(weight), first.repeat(weight), cluster.repeat(weight))
    assert (a.low, a.high, a.interval_low) == pytest.approx((b.low, b.high, b.interval_low))


def test_a_group_that_left_whole_is_not_bounded():
    found = bound_attrition([1.0, 2, np.nan, np.nan], [True, True, False, False], [0, 1, 2, 3])
    assert np.isnan(found.low)
    assert not found.differs


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_without_each_cluster_equals_the_rows_without_it(seed, weighted):
    random = np.random.default_rng(seed)
    n, count = 300, 12
    y = np.where(random.random(n) < 0.3, np.nan, random.normal(size=n).round(seed % 3))  # ties too
    first, code = random.random(n) < 0.5, random.integers(0, count, n)
    code[:4], first[code == 0] = 0, True
    w = random.uniform(0.5, 3, n) if weighted else np.ones(n)
    left = attrition._bounds_without(y, first, w, code, count)
    again = [attrition._bounds(y[code != c], first[code != c], w[code != c]) for c in range(count)]
    np.testing.assert_allclose(left, again, rtol=1e-10, atol=1e-12)


def test_without_a_cluster_that_holds_a_group_alone_nothing_is_said():
    change, first = np.arange(8.0), np.array([True, True, False, False, False, False, False, False])
    code = np.array([0, 0, 1, 1, 2, 2, 3, 3])
    left = attrition._bounds_without(change, first, np.ones(8), code, 4)
    assert np.isnan(left[0]).all()
    assert np.isfinite(left[1:]).all()
