"""What safety costs: every point of a frontier held against all portfolios; two portfolios side by side."""

import numpy as np
import pytest

from evaluator.choice.chosen import choose_projects
from evaluator.choice.frontier import MEASURES, compare_choices, flagged_of, risk_of, trace_frontier
from evaluator.domain.settings import CRITERIA
from tests.choice.brute import every_set
from tests.choice.made import evaluation, pose

SETS = every_set(10)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("seed", range(1, 5))
def test_no_portfolio_beats_a_point_of_the_frontier(measure, seed):
    problem = pose(3e6, seed=seed, value="score")
    cost, value = problem.candidates.cost, problem.candidates.value
    badness = (risk_of if measure == "risk" else flagged_of)(problem)
    points = trace_frontier(problem, choose_projects(problem), measure=measure, time_limit_s=60)
    sets = SETS[(SETS @ cost <= 3e6) & (SETS.sum(axis=1) > 0)]
    share = sets @ (badness * cost) / (sets @ cost)
    for point in points:
        best = float((sets @ value)[share <= point.limit + 1e-9].max())
        assert point.choice.value == pytest.approx(best, rel=1e-6)
        assert point.found <= point.limit + 1e-6
    assert (np.diff([point.choice.value for point in points]) < 0).all()
    assert (np.diff([point.found for point in points]) < 0).all()


def test_risk_is_the_chance_of_the_lowest_grade():
    problem = pose()
    card = evaluation().scorecard
    drawn = sum(w * card.criteria[name].draws for name, w in zip(CRITERIA, card.weights, strict=True))
    below = dict(zip(card.index, (drawn < problem.settings.score.grade_c).mean(axis=1), strict=True))
    assert risk_of(problem) == pytest.approx([below[project] for project in problem.candidates.ids], abs=1e-3)


def test_a_measure_that_is_none_is_refused():
    problem = pose()
    with pytest.raises(ValueError, match="beauty"):
        trace_frontier(problem, choose_projects(problem), measure="beauty")


def test_without_a_portfolio_there_is_no_frontier():
    problem = pose(rules="[[limit]]\nat_least = 9000000\n")
    assert trace_frontier(problem, choose_projects(problem), measure="risk") == ()


def test_two_portfolios_compared_with_themselves_give_up_nothing():
    choice = choose_projects(pose())
    same = compare_choices(choice, choice)
    assert same.given_up == same.gained == () and same.funds == same.value == same.projects == 0


def test_what_is_given_up_and_gained_adds_up():
    a, b = choose_projects(pose(2e6)), choose_projects(pose(5e6))
    found = compare_choices(a, b)
    assert found.value == pytest.approx(b.value - a.value) and found.funds == pytest.approx(b.funds - a.funds)
    assert {row.project_id for row in found.given_up} == set(a.chosen) - set(b.chosen)
    assert {row.project_id for row in found.gained} == set(b.chosen) - set(a.chosen)
    assert [row.value for row in found.gained] == sorted((row.value for row in found.gained), reverse=True)


def test_a_share_that_changes_is_a_difference():
    part = '[[partial]]\nwhere = {kind = ["industry", "employment"]}\nleast_share = 0.1\n'
    a, b = choose_projects(pose(2e6, part)), choose_projects(pose(2.02e6, part))
    found = compare_choices(a, b)
    changed = [row for row in found.gained if row.share_a > 0]
    assert changed and all(0 < row.share_a < row.share_b for row in changed)
