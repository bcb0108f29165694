"""A budget and rules become a problem, or every fault is named."""

from functools import cache
from pathlib import Path

import pytest

import evaluator as ev
from evaluator.choice.problem import pose_problem
from evaluator.domain.errors import TableError

COUNTY = Path(__file__).parents[2] / "sample_projects" / "county"


@cache
def evaluation():
    return ev.evaluate(ev.read_portfolio(COUNTY / "projects.csv"), settings=ev.Settings())


def pose(budget=8e6, rules=None):
    found = evaluation()
    return pose_problem(found.portfolio, found.scorecard, found.flags, budget_yuan=budget, rules=rules)


@pytest.mark.parametrize("budget", [0, -5.0, float("nan"), None])
def test_an_impossible_budget_is_refused(budget):
    with pytest.raises(TableError) as told:
        pose(budget=budget)
    assert all(issue.code.startswith("E_CHOICE") for issue in told.value.issues)


def test_a_budget_above_everything_is_said():
    assert "above_sum" in pose(budget=1e12).notes
