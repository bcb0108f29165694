"""Coverage, size and bias on a world with known truth, in reduced form; the whole table is made by hand."""

import numpy as np
import pytest

from tests.benchmarks.income_coverage import long_run_known, mean_and_error, measure, run
from tests.income.simulate import draw


@pytest.mark.slow
def test_intervals_cover_and_tests_keep_their_size_with_twenty_villages():
    """150 draws: bounds are three Monte Carlo errors away from what 4,000 draws give."""
    values, skipped = run(20, 150, 1, wild=0, rivals=False)
    assert skipped < 15
    assert values["jackknife"].mean() > 0.95 - 3 * np.sqrt(0.95 * 0.05 / 150)
    assert values["pre-trend"].mean() < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 150)
    assert values["idle"].mean() < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 150)
    assert abs(values["error"].mean()) < 3 * values["error"].std() / np.sqrt(150)
    assert values["cluster"].mean() < 0.88 and values["naive"].mean() < 0.2 and values["naive error"].mean() > 0.1
    assert values["pre-trend usual"].mean() > 0.3


@pytest.mark.slow
def test_a_draw_is_the_same_each_time_and_wild_is_measured():
    assert measure(3, 20, wild=99) == measure(3, 20, wild=99)
    assert measure(3, 20, wild=99)["wild"] in (0.0, 1.0)


def test_draws_without_two_long_run_villages_a_kind_are_skipped():
    worlds = [draw(np.random.default_rng(i), 12) for i in range(60)]
    known = [long_run_known(world) for world in worlds]
    assert 0.8 < np.mean(known) < 1.0


def test_errors_of_means():
    assert mean_and_error(np.array([0.0, 1.0]), 2) == "0.50 ± 0.35"
