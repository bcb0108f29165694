"""Rules that cannot all hold are named, with what would do."""

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


def test_conflicting_rules_are_named():
    rules = '[[limit]]\nname = "many"\nmeasure = "funds"\nat_least = 9000000\n'
    choice = choose_projects(pose(budget=5e6, rules=rules))
    assert not choice.found and choice.conflict is not None
    assert "many" in {name for _, name in choice.conflict.rules}
    assert choice.conflict.together or any(choice.conflict.single)
