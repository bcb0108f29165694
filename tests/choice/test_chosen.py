"""The choice as people read it, and the quick answers of sliders."""

import numpy as np
import pytest

from evaluator.choice.chosen import choose_projects, slide_weights
from evaluator.domain.settings import CRITERIA
from tests.choice.made import evaluation, pose
from tests.choice.test_core import dantzig


def test_every_rule_is_told_with_what_is_found():
    rules = '[[limit]]\nname = "few"\nmeasure = "projects"\nat_most = 2\n[[exclusive]]\nprojects = ["P00", "P01"]\n'
    choice = choose_projects(pose(rules=rules))
    told = {one.line.name: one for one in choice.rules}
    assert told["few"].found == len(choice.chosen) == 2 and told["few"].tight and told["few"].holds
    assert told["budget"].found == pytest.approx(choice.funds)
    assert told["exclusive 1"].holds and not told["exclusive 1"].tight


def test_shares_are_in_list_order_and_sum_to_the_funds():
    choice = choose_projects(pose(5e6))
    candidates = choice.problem.candidates
    assert list(choice.shares) == [p for p in candidates.order if p in choice.shares]
    assert choice.funds == pytest.approx(sum(candidates.cost[candidates.at[p]] for p in choice.chosen))
    assert set(choice.unjudged) <= set(choice.chosen)


def test_other_definitions_of_value_are_told():
    told = {one.value: one for one in choose_projects(pose()).sensitivity}
    assert set(told) == {"score", "households"}
    assert all(0 <= one.shared_funds <= 1 + 1e-9 for one in told.values())


@pytest.mark.parametrize("weights", [[1, 0, 0, 0], [0, 0, 2, 2], [0.4, 0.3, 0.2, 0.1]])
def test_a_slider_of_weights_is_dantzigs_rule_at_those_weights(weights):
    problem = pose(3e6)
    card, at = evaluation().scorecard, problem.candidates.at
    parts = np.asarray(weights) / np.sum(weights)
    total = dict(
        zip(card.index, sum(w * card.criteria[c].score for w, c in zip(parts, CRITERIA, strict=True)), strict=True)
    )
    value = np.array([total[project] for project in at]) * problem.candidates.worth
    shares = slide_weights(problem, weights)
    assert value @ shares == pytest.approx(value @ dantzig(value, problem.candidates.cost, 3e6), rel=1e-6)


@pytest.mark.slow
def test_no_time_is_no_crash():
    choice = choose_projects(pose(count=300), time_limit_s=0.001)
    assert choice.status in {"unknown", "feasible", "optimal"}
    assert choice.found or not choice.chosen
