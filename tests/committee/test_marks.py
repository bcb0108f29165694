from dataclasses import replace

import pytest

from evaluator.committee.marks import is_far, measure_disagreement, model_beside, order_discussion, weigh
from evaluator.committee.nouns import Review


def given(member, scores):
    return Review(member, "A", "approve", scores, "", "a" * 64, 1, "")


def test_a_total_is_the_weighted_mean_of_the_marks_given():
    weights = (0.4, 0.3, 0.2, 0.1)
    assert weigh((80.0, 60.0, 40.0, 20.0), weights) == pytest.approx(60.0)
    assert weigh((80.0, None, None, 20.0), weights) == pytest.approx((32 + 2) / 0.5)
    assert weigh((None,) * 4, weights) is None
    assert weigh((None, None, None, 5.0), (1.0, 0.0, 0.0, 0.0)) is None


def test_the_model_stands_beside_the_criteria_that_were_marked(committee):
    proposal = committee.round.proposals["A"]  # 60 50 70 40
    assert model_beside(proposal, (1.0, 1.0, 1.0, 1.0), (0.25,) * 4) == pytest.approx(55.0)
    assert model_beside(proposal, (1.0, None, 1.0, None), (0.25,) * 4) == pytest.approx(65.0)


def test_far_from_the_model_begins_above_the_gap(committee):
    round_ = committee.round
    proposal = round_.proposals["A"]
    assert not is_far(proposal, (75.0,) * 4, round_)  # 20 points exactly
    assert is_far(proposal, (75.5,) * 4, round_)
    assert is_far(proposal, (34.0,) * 4, round_)
    unscored = replace(proposal, scores=(None,) * 4)
    assert not is_far(unscored, (99.0,) * 4, round_)


def test_disagreement_worked_by_hand(committee):
    marks = [given("x", (60.0,) * 4), given("y", (70.0,) * 4), given("z", (80.0,) * 4), given("w", (None,) * 4)]
    found = measure_disagreement(committee.round, "A", marks)
    assert (found.mean, found.low, found.high, found.spread, found.deviation) == (70, 60, 80, 20, 10)
    assert found.distance == pytest.approx(15.0)
    assert found.weight == pytest.approx(25.0)
    alone = measure_disagreement(committee.round, "A", marks[:1])
    assert (alone.deviation, alone.weight) == (None, 5.0)
    empty = measure_disagreement(committee.round, "A", [])
    assert (empty.mean, empty.spread, empty.distance, empty.weight) == (None, None, None, 0.0)


def test_discussion_begins_where_there_is_most_to_discuss(committee):
    round_ = committee.round
    split = measure_disagreement(round_, "A", [given("x", (20.0,) * 4), given("y", (90.0,) * 4)])
    against = measure_disagreement(round_, "B", [given("x", (60.0,) * 4), given("y", (60.0,) * 4)])
    agreed = measure_disagreement(round_, "C", [given("x", (50.0,) * 4), given("y", (50.0,) * 4)])
    assert [one.project for one in order_discussion([agreed, against, split])] == ["A", "B", "C"]
