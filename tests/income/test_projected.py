from itertools import pairwise

import numpy as np
import pytest

from evaluator.income.projected import LEVELS, PROPOSED, RUNNING, Projection
from tests.income.made_projection import made_projection


@pytest.mark.slow
def test_a_project_is_found_by_its_id():
    found = made_projection()
    assert found.of("N000").status == PROPOSED
    assert found.of("P0000").status == RUNNING
    assert found.of("nobody") is None
    assert Projection().of("N000") is None


def test_intervals_lie_within_each_other_and_hold_the_mean():
    for one in made_projection().projects:
        kept = one.supported
        assert not one.withheld
        for inner, outer in pairwise(LEVELS):
            assert (one.low[outer][kept] < one.low[inner][kept]).all()
            assert (one.high[outer][kept] > one.high[inner][kept]).all()
        assert ((one.low[50] < one.mean) & (one.mean < one.high[50]))[kept].all()
        assert np.isfinite(one.sd[kept]).all()
