"""Every fault of a rules file is gathered."""

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


def test_unknown_projects_and_fields_are_all_named():
    rules = '[[exclusive]]\nprojects = ["nowhere", "nobody"]\n[[limit]]\nwhere = {colour = "red"}\nat_most = 3\n'
    with pytest.raises(TableError) as told:
        pose(rules=rules)
    assert len(told.value.issues) >= 2
