"""Simple habits: down the list while the money lasts, blind to rules."""

import pytest

from evaluator.choice.baselines import HABITS, fund_by
from evaluator.choice.chosen import choose_projects
from tests.choice.made import pose


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_keeps_the_budget_and_leaves_nothing_that_fits(habit):
    problem = pose()
    found = fund_by(problem, habit)
    assert found.funds <= problem.budget_yuan
    left = problem.candidates.cost[found.share == 0]
    assert (left > problem.budget_yuan - found.funds).all()
    assert found.value <= choose_projects(problem).value * (1 + 1e-9)


def test_the_order_of_each_habit():
    """Budget for one: the best ratio, the highest total, the first of the list."""
    problem = pose(value="households")
    candidates = problem.candidates
    firsts = {
        "ratio": candidates.ids[max(range(10), key=lambda k: candidates.value[k] / candidates.cost[k])],
        "rank": candidates.ids[int(candidates.total.argmax())],
        "listed": candidates.order[0],
    }
    for habit, first in firsts.items():
        alone = pose(budget=float(candidates.cost[candidates.at[first]]), value="households")
        assert fund_by(alone, habit).share[candidates.at[first]] == 1


def test_broken_rules_are_named():
    rules = '[[limit]]\nname = "none of it"\nwhere = {kind = "industry"}\nat_most = 0\n'
    broken = fund_by(pose(rules=rules), "ratio").broken
    assert [standing.line.name for standing in broken] == ["none of it"]
