"""What can be chosen, and what stands apart."""

from functools import cache
from pathlib import Path

import evaluator as ev
from evaluator.choice.candidates import words_of
from evaluator.choice.problem import pose_problem

COUNTY = Path(__file__).parents[2] / "sample_projects" / "county"


@cache
def evaluation():
    return ev.evaluate(ev.read_portfolio(COUNTY / "projects.csv"), settings=ev.Settings())


def pose(budget=8e6, rules=None):
    found = evaluation()
    return pose_problem(found.portfolio, found.scorecard, found.flags, budget_yuan=budget, rules=rules)


def test_projects_without_amount_stand_apart():
    problem = pose()
    amounts = evaluation().portfolio.frame["investment_yuan"]
    assert all(amounts.loc[project] > 0 for project in problem.candidates.ids)


def test_a_set_in_a_cell_is_read_as_its_words():
    assert words_of(("wage", "dividend")) == {"wage", "dividend"}
    assert words_of(None) == words_of(float("nan")) == frozenset()
