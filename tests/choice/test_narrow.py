"""A narrowed search answers as the whole one does, and what it fixes is what every better portfolio has."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from evaluator.choice import narrow, solve
from evaluator.choice.chosen import choose_projects
from tests.choice.brute import every_set, keeps_all
from tests.choice.drawn import rules
from tests.choice.made import pose
from tests.choice.test_laws import BUDGETS, COUNT, LAW, SEEDS, posed

RULES = """
[[limit]]
each = "product"
of = "chosen"
at_most = 0.35
[[limit]]
each = "township"
of = "budget"
at_most = 0.4
[[limit]]
where = {benefit_years = {at_least = 4}}
of = "chosen"
at_least = 0.5
[[limit]]
measure = "labour_days_year"
at_most = 250000
"""


@pytest.mark.slow
@given(BUDGETS, rules(COUNT), SEEDS)
@LAW
def test_with_three_open_projects_the_best_of_all_is_still_found(budget, asked, seed):
    problem = posed(budget, asked, seed)
    sets = every_set(len(problem.candidates.ids))
    kept = keeps_all(problem, sets)
    with patch.object(solve, "LARGE", 1), patch.object(narrow, "OPEN", 3):
        choice = choose_projects(problem, time_limit_s=60)
    assert choice.found == bool(kept.any())
    if choice.found:
        best = float((sets[kept] @ problem.candidates.value).max())
        assert choice.value == pytest.approx(best, rel=1e-6, abs=1e-6)
        assert choice.bound >= best * (1 - 1e-9)


@pytest.mark.slow
@given(BUDGETS, rules(COUNT), SEEDS, st.floats(0.5, 1.0))
@LAW
def test_what_is_fixed_every_better_portfolio_has(budget, asked, seed, part):
    problem = posed(budget, asked, seed)
    model = problem.model
    relaxed = narrow.relax_whole(model, np.ones(len(model.value)), 60.0)
    sets = every_set(len(problem.candidates.ids))
    sets = sets[keeps_all(problem, sets)]
    if relaxed is None or not len(sets):
        return
    value = sets @ problem.candidates.value
    best = part * float(value.max())
    low, high = narrow.open_unproven(model, relaxed, best)
    better = sets[value > best * (1 + 1e-9) + 1e-6]
    n = model.n
    assert ((better >= low[:n]) & (better <= high[:n])).all()


@pytest.mark.parametrize("value", ["score_funds", "score", "households"])
def test_three_hundred_projects_as_the_whole_search(value):
    problem = pose(2e7, RULES, count=300, value=value, gap=1e-5)
    narrowed = choose_projects(problem, time_limit_s=100)
    with patch.object(solve, "LARGE", 10**9):
        whole = choose_projects(problem, time_limit_s=100)
    assert narrowed.status == whole.status == "optimal"
    assert narrowed.value == pytest.approx(whole.value, rel=3e-5)
    assert all(standing.holds for standing in narrowed.rules)
    assert min(narrowed.bound, whole.bound) >= max(narrowed.value, whole.value) * (1 - 1e-9)


def test_the_relaxation_and_its_reduced_costs_are_those_of_linprog():
    problem = pose(3e6)
    relaxed = narrow.relax_whole(problem.model, np.ones(problem.model.n), 60.0)
    cost, value = problem.candidates.cost, problem.candidates.value
    answer = linprog(-value, A_ub=cost[None, :], b_ub=[3e6], bounds=(0, 1), method="highs-ipm")
    assert relaxed.value == pytest.approx(-answer.fun, rel=1e-6)
    assert relaxed.loss == pytest.approx(np.abs(value + answer.ineqlin.marginals[0] * cost), rel=1e-5, abs=1)
    assert np.isnan(relaxed.settled).sum() == 1
