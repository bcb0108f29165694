"""All internal rates of return, and whether there is just one."""

import math
from itertools import pairwise

import numpy as np
import pytest
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


@settings(max_examples=50, deadline=None)
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


@settings(max_examples=50, deadline=None)
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
