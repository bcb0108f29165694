"""Rules that cannot all hold are named, with what would do."""

from functools import cache
from pathlib import Path

import pytest

import evaluator as ev
from evaluator.choice.chosen import choose_projects
from evaluator.choice.problem import pose_problem
from tests.choice import brute, made

COUNTY = Path(__file__).parents[2] / "sample_projects" / "county"


@cache
def evaluation():
    return ev.evaluate(ev.read_portfolio(COUNTY / "projects.csv"), settings=ev.Settings())


def pose(budget=8e6, rules=None):
    found = evaluation()
    return pose_problem(found.portfolio, found.scorecard, found.flags, budget_yuan=budget, rules=rules)


@pytest.mark.slow
def test_conflicting_rules_are_named():
    rules = '[[limit]]\nname = "many"\nmeasure = "funds"\nat_least = 9000000\n'
    choice = choose_projects(pose(budget=5e6, rules=rules))
    assert not choice.found and choice.conflict is not None
    assert "many" in {name for _, name in choice.conflict.rules}
    assert choice.conflict.together or any(choice.conflict.single)


def test_a_budget_is_raised_as_far_as_a_cap_in_shares_of_it_needs():
    """300,000 yuan have to be spent, of which at most a twentieth: only twenty times the cheapest set will do."""
    rules = '[[limit]]\nat_least = 300000\n[[limit]]\nof = "budget"\nat_most = 0.05\n'
    problem = made.pose(3e5, rules)
    cost = problem.candidates.cost
    least = min(float(x) for x in brute.every_set(len(cost)) @ cost if x >= 3e5)
    told = {one.line.kind + one.line.name: one.needed for (one,) in choose_projects(problem).conflict.single}
    assert told["budgetbudget"] == pytest.approx(least / 0.05)
