"""Less risk costs value, never the other way round."""

from functools import cache
from pathlib import Path

import evaluator as ev
from evaluator.choice.chosen import choose_projects
from evaluator.choice.frontier import compare_choices, trace_frontier
from evaluator.choice.problem import pose_problem

COUNTY = Path(__file__).parents[2] / "sample_projects" / "county"


@cache
def evaluation():
    return ev.evaluate(ev.read_portfolio(COUNTY / "projects.csv"), settings=ev.Settings())


def pose(budget=8e6, rules=None):
    found = evaluation()
    return pose_problem(found.portfolio, found.scorecard, found.flags, budget_yuan=budget, rules=rules)


def test_value_falls_with_the_limit_on_risk():
    problem = pose()
    points = trace_frontier(problem, choose_projects(problem), measure="risk")
    values = [point.choice.value for point in points]
    assert values == sorted(values, reverse=True)


def test_two_portfolios_compared_with_themselves_give_up_nothing():
    choice = choose_projects(pose())
    same = compare_choices(choice, choice)
    assert same.given_up == same.gained == ()
