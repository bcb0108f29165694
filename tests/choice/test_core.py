"""How often a project is in the best portfolio over plausible weights."""

from functools import cache
from pathlib import Path

import evaluator as ev
from evaluator.choice.core import measure_core
from evaluator.choice.problem import pose_problem

COUNTY = Path(__file__).parents[2] / "sample_projects" / "county"


@cache
def evaluation():
    return ev.evaluate(ev.read_portfolio(COUNTY / "projects.csv"), settings=ev.Settings())


def pose(budget=8e6, rules=None):
    found = evaluation()
    return pose_problem(found.portfolio, found.scorecard, found.flags, budget_yuan=budget, rules=rules)


def test_the_core_index_is_a_share_and_names_a_place_for_every_project():
    problem = pose()
    core = measure_core(problem)
    assert core.draws == core.asked
    assert ((core.index >= 0) & (core.index <= 1)).all()
    assert set(core.place) == set(problem.candidates.ids)


def test_with_money_for_all_everything_is_in():
    assert (measure_core(pose(budget=1e12)).index > 0.999).all()
