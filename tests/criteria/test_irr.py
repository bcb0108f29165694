"""All internal rates of return, and whether there is just one."""

import math
from itertools import pairwise

import numpy as np
import pytest
import pyxirr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evaluator.criteria.irr import count_sign_changes, irr_all_roots, solve_irr


def one(flows):
    rate, roots = solve_irr(np.atleast_2d(np.asarray(flows, dtype=float)))
    return {"irr": rate[0], "irr_roots": roots[0]}


def test_sign_changes_pass_over_zeros():
    flows = np.array([[-1.0, 0, 2, 0], [0, 0, 0, 0], [-1, 0, 0, -1], [0, 3, -1, 0], [1, -1, 0, 1]])
    assert count_sign_changes(flows).tolist() == [1, 0, 0, 1, 2]


def test_no_rate_where_the_sign_never_changes():
    assert irr_all_roots(np.array([1.0, 2.0])).size == 0
    assert irr_all_roots(np.array([0.0, 0.0])).size == 0
    assert irr_all_roots(np.array([-1.0, np.nan])).size == 0
    assert irr_all_roots(np.array([-100.0, 230.0, -132.0])) == pytest.approx([0.1, 0.2])


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(-0.6, 2.0), min_size=1, max_size=4, unique=True))
def test_every_planted_rate_is_found(rates):
    rates = sorted(rates)
    assume(all(b - a > 0.05 for a, b in pairwise(rates)))
    flows = np.array([-100.0])
    for rate in rates:
        flows = np.convolve(flows, [1.0, -(1 + rate)])
    np.testing.assert_allclose(irr_all_roots(flows), rates, atol=1e-5)
    found = one(flows)
    assert found["irr_roots"] == len(rates)
    assert math.isnan(found["irr"]) == (len(rates) > 1)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(st.integers(-9, 9), min_size=8, max_size=8), min_size=1, max_size=5))
def test_many_rows_agree_with_all_roots_of_each(rows):
    rate, roots = solve_irr(np.array(rows, dtype=float))
    for at, flows in enumerate(rows):
        found = irr_all_roots(np.array(flows, dtype=float))
        assert roots[at] == len(found)
        if len(found) == 1:
            assert rate[at] == pytest.approx(found[0], rel=1e-7, abs=1e-7)
        else:
            assert math.isnan(rate[at])


@pytest.mark.parametrize("row", [[-100, 90, -1, 60], [-100, 30, -1, 20], [-5, 10.5, 1, -8, 1], [-100, 100, 0, -7]])
def test_empty_years_before_and_after_change_nothing(row):
    bare, padded = one(row), one([0, 0, *row, 0])
    assert padded["irr_roots"] == bare["irr_roots"]
    assert padded["irr"] == pytest.approx(bare["irr"], abs=1e-12, nan_ok=True)
    assert irr_all_roots(np.array([0, *row, 0.0])) == pytest.approx(irr_all_roots(np.array(row, dtype=float)))


def crossings(flows):
    """Pairs of neighbouring rates between which an outside implementation sees the value change sign."""
    rates = np.expm1(np.linspace(-2.5, 4, 1500))
    values = np.sign([pyxirr.npv(rate, flows) for rate in rates])
    return [(rates[i], rates[i + 1]) for i in np.flatnonzero(values[1:] * values[:-1] < 0)]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(4, 20))
def test_pyxirr_agrees_on_random_flows_with_any_number_of_rates(seed, periods):
    flows = np.random.default_rng(seed).normal(size=periods).round(3)
    assume((flows != 0).all())
    roots = irr_all_roots(flows)
    for low, high in crossings(flows):
        assert any(low <= root <= high for root in roots)
    for root in roots[(roots > -0.9) & (roots < 20)]:
        around = [pyxirr.npv(rate, flows) for rate in (root - 1e-7 * (1 + root), root + 1e-7 * (1 + root))]
        assert around[0] * around[1] <= 0
    assert one(flows)["irr_roots"] == len(roots)


def test_pyxirr_agrees_where_there_are_three_rates():
    flows = [-1000.0, 4700.0, -7200.0, 3595.0]
    roots = irr_all_roots(np.array(flows))
    assert len(roots) == 3
    assert [pyxirr.irr(flows, guess=root) for root in roots] == pytest.approx(roots.tolist(), abs=1e-9)
    assert pyxirr.is_conventional_cash_flow(flows) is False


@pytest.mark.slow
def test_intervals_and_eigenvalues_count_alike():
    """Interval halving settles nearly all rows; the eigenvalues, another road, count the same rates."""
    flows = np.random.default_rng(11).normal(size=(300, 15))
    rate, roots = solve_irr(flows)
    for row, found, count in zip(flows, rate, roots, strict=True):
        each = irr_all_roots(row)
        assert count == len(each)
        assert math.isnan(found) if count != 1 else found == pytest.approx(each[0], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("rates", [[0.0], [0.0, 0.5], [1.0, 3.0], [-0.5, 1.0], [0.0, 0.0, 0.2]])
def test_rates_at_the_ends_of_intervals_are_counted(rates):
    flows = np.array([-1.0])
    for rate in rates:
        flows = np.convolve(flows, [1.0, -(1 + rate)])
    once = [rate for rate in rates if rates.count(rate) % 2]
    assert one(flows)["irr_roots"] == len(once)
