"""Core, borderline, out: held against Dantzig's rule, draw by draw."""

import numpy as np
import pytest

from evaluator.choice.core import drawn_totals, measure_core
from tests.choice.made import pose


def dantzig(value, cost, budget, *, least=1.0):
    """The continuous knapsack: by value for each yuan, the last project in part (Dantzig 1957)."""
    share, left = np.zeros(len(value)), budget
    for row in np.argsort(-value / cost, kind="stable"):
        if least * cost[row] <= budget:
            share[row] = min(1.0, left / cost[row])
            left -= share[row] * cost[row]
    return share


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_index_is_the_mean_share_of_dantzigs_rule(seed):
    problem = pose(3e6, seed=seed)
    totals, cost = drawn_totals(problem), problem.candidates.cost
    shares = [dantzig(total * problem.candidates.worth, cost, 3e6) for total in totals.T]
    core = measure_core(problem, time_limit_s=60)
    assert core.index == pytest.approx(np.mean(shares, axis=0), abs=1e-6)
    assert core.draws == core.asked == totals.shape[1] == 200


@pytest.mark.slow
def test_places_follow_the_settings():
    core = measure_core(pose(3e6, core_from=0.6, out_to=0.4), time_limit_s=60)
    for project, index in zip(core.ids, core.index, strict=True):
        assert core.place[project] == ("core" if index >= 0.6 else "out" if index <= 0.4 else "borderline")
    assert sum(core.count(place) for place in ("core", "borderline", "out")) == len(core.ids)


def test_a_project_larger_than_the_budget_is_out_however_good():
    problem = pose(3e5)
    core = measure_core(problem, time_limit_s=60)
    for project, cost in zip(core.ids, problem.candidates.cost, strict=True):
        assert cost <= 3e5 or core.place[project] == "out"


def test_with_money_for_all_everything_is_core():
    assert set(measure_core(pose(1e12)).place.values()) == {"core"}


def test_funding_in_part_counts_in_full_from_the_least_share():
    problem = pose(1e6, '[[partial]]\nwhere = {kind = ["industry", "employment"]}\nleast_share = 0.1\n')
    cost = problem.candidates.cost
    values = [total * problem.candidates.worth for total in drawn_totals(problem).T]
    shares = np.array([dantzig(value, cost, 1e6, least=0.1) for value in values])
    core = measure_core(problem, time_limit_s=60)
    assert core.index == pytest.approx(np.minimum(shares / 0.1, 1.0).mean(axis=0), abs=1e-5)


def test_without_a_portfolio_there_is_no_index():
    core = measure_core(pose(rules="[[limit]]\nat_least = 9000000\n"))
    assert core.draws == 0 and not core.place and np.isnan(core.index).all()


@pytest.mark.slow
def test_the_time_limit_ends_the_draws():
    core = measure_core(pose(count=300), time_limit_s=0.05)
    assert core.draws < core.asked
