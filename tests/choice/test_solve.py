"""The best set of items is found: as good as trying every set."""

from itertools import product

import numpy as np
import pytest

from evaluator.choice.solve import solve_arrays


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
