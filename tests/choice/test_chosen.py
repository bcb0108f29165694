"""The chosen portfolio keeps within budget and rules."""

from functools import cache
from pathlib import Path

import evaluator as ev
from evaluator.choice.chosen import choose_projects
from evaluator.choice.problem import pose_problem

COUNTY = Path(__file__).parents[2] / "sample_projects" / "county"


@cache
def evaluation():
    return ev.evaluate(ev.read_portfolio(COUNTY / "projects.csv"), settings=ev.Settings())


def pose(budget=8e6, rules=None):
    found = evaluation()
    return pose_problem(found.portfolio, found.scorecard, found.flags, budget_yuan=budget, rules=rules)


def test_what_is_chosen_keeps_the_budget_and_every_rule():
    rules = '[[limit]]\nwhere = {kind = "employment"}\nmeasure = "projects"\nat_least = 1\n'
    choice = choose_projects(pose(rules=rules))
    assert choice.found and choice.funds <= 8e6 + 1
    kinds = evaluation().portfolio.frame["kind"]
    assert (kinds.loc[list(choice.chosen)] == "employment").any()
