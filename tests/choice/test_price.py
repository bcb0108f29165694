"""What more budget and each rule are worth: held against the dual of another program and against plain arithmetic."""

import numpy as np
import pytest
from scipy.optimize import linprog

from evaluator.choice.chosen import choose_projects
from evaluator.choice.price import price_budget, price_rules, slide_budget, trace_budget
from tests.choice.made import pose


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_price_of_budget_is_the_dual_of_linprog(seed):
    problem = pose(budget=3.1e6, seed=seed)
    cost, value = problem.candidates.cost, problem.candidates.value
    high = np.where(cost <= 3.1e6, 1.0, 0.0)
    dual = linprog(-value / 1e6, A_ub=[cost / 1e6], b_ub=[3.1], bounds=np.c_[np.zeros(len(cost)), high], method="highs")
    price = price_budget(problem)
    assert price.per_yuan == pytest.approx(-dual.ineqlin.marginals[0], rel=1e-4)
    assert price.value == pytest.approx(-dual.fun * 1e6, rel=1e-7)


def test_money_above_the_sum_is_worth_nothing():
    price = price_budget(pose(budget=1e12))
    assert price.per_yuan == 0
    assert all(abs(change) < 1e-6 * price.value for _, change in price.changes)


def test_a_rule_costs_what_would_be_gained_without_it():
    cap = '[[limit]]\nname = "cap"\nwhere = {kind = "industry"}\nat_most = 500000\n'
    loose = '[[limit]]\nname = "loose"\nmeasure = "projects"\nat_most = 99\n'
    problem = pose(rules=cap + loose)
    prices = price_rules(choose_projects(problem))
    with_it, without = (trace_budget(p, [4e6])[0] for p in (problem, pose(rules=loose)))
    assert prices == {("limit", "cap"): pytest.approx(without - with_it)}


def test_a_slider_of_the_budget_gives_shares_and_never_less_value_for_more_money():
    problem = pose()
    shares = slide_budget(problem, 2e6)
    assert ((shares >= 0) & (shares <= 1)).all() and problem.candidates.cost @ shares <= 2e6 * (1 + 1e-6)
    values = trace_budget(problem, [1e6, 2e6, 4e6, 8e6])
    assert (np.diff(values) >= -1e-6).all()


def test_without_a_portfolio_there_is_no_price():
    rules = "[[limit]]\nat_least = 9000000\n"
    assert price_budget(pose(rules=rules)) is None
    assert np.isnan(slide_budget(pose(rules=rules), 4e6)).all()
