"""Fixed-length intervals: the folded normal, and a brute search for a shorter one."""

import numpy as np
import pytest
from scipy import stats

from evaluator.income.smoothness import folded_quantile, shortest_interval


@pytest.mark.parametrize("mean", [0.0, 0.3, 1.0, 4.0, 7.9, 8.1, 50.0])
def test_folded_quantile_equals_scipy(mean):
    assert folded_quantile(mean) == pytest.approx(stats.foldnorm.ppf(0.95, mean), abs=1e-7)


def test_no_random_weights_give_a_shorter_interval():
    random = np.random.default_rng(1)
    root = random.normal(size=(6, 6))
    covariance, target, limit = root @ root.T / 50, np.array([0.0, 0.5, 0.5]), 0.15
    lead, half = shortest_interval(covariance, 3, target, limit=limit)
    away = np.array([3.0, 2.0, 1.0])
    assert away @ lead == pytest.approx(2.5)  # a straight trend drops out
    fixed = abs(0.5 * 1 + 0.5 * 2) + abs(0.5 * 1)
    for _ in range(300):
        other = lead + random.normal(size=3) * random.choice([1e-3, 0.05, 0.5])
        other += away * (2.5 - away @ other) / (away @ away)
        whole = np.concatenate([other, target])
        sd = np.sqrt(whole @ covariance @ whole)
        # δ with bends of one sign each at the reference and before it
        bias = limit * (fixed + abs(away @ other) + abs(2 * other[0] + other[1]) + abs(other[0]))
        assert sd * folded_quantile(bias / sd) >= half - 1e-6
