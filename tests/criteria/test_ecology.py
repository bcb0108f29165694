import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.ecology import suitability


@pytest.mark.parametrize(
    ("x", "fit"), [(6.0, 0.0), (7.0, 0.0), (11.0, 0.5), (15.0, 1.0), (25.0, 1.0), (27.5, 0.5), (30.0, 0.0), (40.0, 0.0)]
)
def test_suitability_of_potato_temperatures(x, fit):
    assert suitability(np.array([x]), 7.0, 15.0, 25.0, 30.0)[0] == pytest.approx(fit)


def test_limits_that_coincide_are_a_step():
    assert suitability(np.array([9.9, 10.0, 20.0, 20.1]), 10.0, 10.0, 20.0, 20.0).tolist() == [0.0, 1.0, 1.0, 0.0]


@settings(max_examples=15, deadline=None)
@given(st.floats(-50, 60))
def test_suitability_stays_between_none_and_full_and_missing_stays_missing(x):
    assert 0.0 <= suitability(np.array([x]), 7.0, 15.0, 25.0, 30.0)[0] <= 1.0
    assert np.isnan(suitability(np.array([np.nan]), 7.0, 15.0, 25.0, 30.0)[0])
