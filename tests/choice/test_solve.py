"""The best set of items is found: as good as trying every set."""

from itertools import product

import numpy as np
import pytest

from evaluator.choice.solve import solve_arrays
from tests.choice.or_library import read_mknap1


@pytest.mark.parametrize("seed", range(5))
def test_no_better_set_exists(seed):
    random = np.random.default_rng(seed)
    value, weights = random.uniform(1, 9, 10), random.uniform(0, 5, (3, 10))
    capacity = weights.sum(axis=1) / 2
    sets = np.array(list(product([0, 1], repeat=10)))
    best = max((sets @ value)[(sets @ weights.T <= capacity).all(axis=1)])
    solution = solve_arrays(value, weights, capacity)
    assert (weights @ solution.x <= capacity + 1e-9).all()
    assert abs(value @ solution.x - best) < 1e-6


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="needed"):
        solve_arrays([1, 2], [[1]], [1])


@pytest.mark.parametrize(("optimum", "value", "weights", "capacities"), read_mknap1())
def test_or_library_mknap1_reaches_its_optima(optimum, value, weights, capacities):
    """Petersen 1967, seven problems of 6 to 50 items under 5 or 10 constraints."""
    solution = solve_arrays(value, weights, capacities, time_limit_s=60)
    assert solution.status == "optimal" and (weights @ solution.x <= capacities).all()
    assert solution.value == pytest.approx(optimum, rel=1e-9) and solution.bound == pytest.approx(optimum, rel=1e-6)
