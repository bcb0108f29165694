"""Rules become rows of a matrix."""

from functools import cache
from pathlib import Path

import numpy as np

import evaluator as ev
from evaluator.choice.problem import pose_problem

COUNTY = Path(__file__).parents[2] / "sample_projects" / "county"


@cache
def evaluation():
    return ev.evaluate(ev.read_portfolio(COUNTY / "projects.csv"), settings=ev.Settings())


def pose(budget=8e6, rules=None):
    found = evaluation()
    return pose_problem(found.portfolio, found.scorecard, found.flags, budget_yuan=budget, rules=rules)


def test_value_and_rows_can_be_replaced_without_touching_the_rest():
    model = pose().model
    double = model.with_value(2 * model.value[: model.n])
    assert np.allclose(double.value[: model.n], 2 * model.value[: model.n])
    assert double.matrix.shape == model.matrix.shape
    assert model.with_row(np.ones(model.n), 3.0).matrix.shape[0] == model.matrix.shape[0] + 1
