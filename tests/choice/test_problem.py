"""A budget and rules become a problem, or every fault is named."""

from dataclasses import replace

import pandas as pd
import pytest

import evaluator as ev
from evaluator.choice.chosen import choose_projects
from evaluator.choice.problem import pose_problem
from evaluator.choice.rules import Dependency, Exclusive, Limit, Rules, Together
from evaluator.domain.errors import TableError
from tests.choice.made import evaluation, listed, pose


@pytest.mark.parametrize("budget", [0, -5.0, float("nan"), float("inf"), True, "8", None])
def test_an_impossible_budget_is_refused(budget):
    with pytest.raises(TableError) as told:
        pose(budget=budget)
    assert [issue.code for issue in told.value.issues] == [
        "E_CHOICE_NO_BUDGET" if budget is None else "E_CHOICE_BUDGET"
    ]


def test_a_budget_given_goes_before_that_of_the_rules():
    assert pose(None, "budget_yuan = 3_000_000").budget_yuan == 3e6
    assert pose(2e6, "budget_yuan = 3_000_000").budget_yuan == 2e6


def test_plain_budgets_are_noted():
    assert pose(budget=1e12).notes == ("above_sum",)
    assert pose(budget=10.0).notes == ("below_cheapest",)
    assert pose(budget=2e6).notes == ()


def test_a_budget_above_the_sum_funds_everything():
    choice = choose_projects(pose(budget=1e12))
    assert choice.chosen == choice.problem.candidates.order and choice.status == "optimal"


def test_ready_rules_are_checked_as_those_of_a_file_are():
    rules = Rules(
        exclusive=(Exclusive("e", ("P00", "X1")),),
        depends=(Dependency("d", "X2", ("P01",)),),
        together=(Together("t", ("P02", "X3")),),
        fixed_in=("X4",),
        fixed_out=("X5",),
    )
    with pytest.raises(TableError) as told:
        pose(rules=rules)
    assert sorted(issue.found for issue in told.value.issues) == ["X1", "X2", "X3", "X4", "X5"]


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ('[fixed]\nin = ["P00"]\nout = ["P00"]', "E_RULES_BOTH"),
        ('[fixed]\nin = ["P00", "P01"]\n[[exclusive]]\nprojects = ["P00", "P01"]', "E_RULES_EXCLUSIVE"),
        ('[fixed]\nin = ["P00"]\nout = ["P01"]\n[[depends]]\nproject = "P00"\nneeds = ["P01"]', "E_RULES_NEEDS_OUT"),
        ('[fixed]\nin = ["P00"]\nout = ["P01"]\n[[together]]\nprojects = ["P00", "P01"]', "E_RULES_TORN"),
        ("[[limit]]\nat_least = 5\nat_most = 4", "E_RULES_CROSSED"),
        ('[[limit]]\neach = "cluster"\nat_most = 4', "E_RULES_CLUSTER"),
    ],
)
def test_rules_that_contradict_each_other_on_their_face_are_refused(rules, code):
    with pytest.raises(TableError) as told:
        pose(rules=rules)
    assert [issue.code for issue in told.value.issues] == [code]


def test_rows_of_one_venture_are_chosen_together():
    frame = listed(1).frame.reset_index()
    frame["joint_venture_id"] = ["V" if project in ("P02", "P04", "P07") else None for project in frame["project_id"]]
    columns = [column for column in frame if frame[column].notna().any() and not column.endswith(("_low", "_high"))]
    found = ev.evaluate(ev.read_portfolio(pd.DataFrame(frame[columns])))
    for together in (True, False):
        settings = found.settings.with_values({"choice.ventures_together": together, "choice.red_lines_out": False})
        problem = pose_problem(found.portfolio, found.scorecard, found.flags, budget_yuan=3e6, settings=settings)
        assert [one.projects for one in problem.rules.together] == ([("P02", "P04", "P07")] if together else [])
    venture = {"P02", "P04", "P07"}
    for budget in (1e6, 3e6, 6e6):
        settings = found.settings.with_values({"choice.red_lines_out": False})
        chosen = set(
            choose_projects(
                pose_problem(found.portfolio, found.scorecard, found.flags, budget_yuan=budget, settings=settings)
            ).chosen
        )
        assert venture <= chosen or not venture & chosen


def test_warnings_of_a_rules_file_stay_with_the_problem():
    problem = pose(rules='[[limit]]\nwhere = {township = "无此乡"}\nat_most = 1\n')
    assert [issue.code for issue in problem.issues] == ["W_RULES_NO_MATCH"]


def test_the_list_is_left_as_it_was():
    before = evaluation().portfolio.frame.copy()
    choose_projects(pose(rules=Rules(limits=(Limit("l", at_most=1e6),))))
    pd.testing.assert_frame_equal(evaluation().portfolio.frame, before)
    assert replace(Rules(), budget_yuan=None) == Rules()
