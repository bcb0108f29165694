"""A rules file in TOML is read, or refused with where it is wrong."""

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


def test_text_that_is_no_toml_is_refused():
    with pytest.raises(TableError):
        pose(rules="[[limit]\n")


def test_a_limit_is_read():
    problem = pose(rules='[[limit]]\nname = "cap"\nmeasure = "projects"\nat_most = 2\n')
    assert problem.rules.limits[0].at_most == 2
