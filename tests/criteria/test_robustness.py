"""Shares of readings carry their error, equals share their places, and a pair switches where the totals meet."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from evaluator.criteria.draws import Draws
from evaluator.criteria.robustness import (
    always_ahead,
    compare_pairs,
    drawn_totals,
    measure_firmness,
    share_error,
    switching_weights,
)
from evaluator.criteria.score import Part, Quantity, score_parts
from evaluator.criteria.weighting import WeightSpace
from evaluator.domain.settings import CRITERIA, ScoreSettings, WeightSettings

RULES = ScoreSettings()
EVERY = WeightSpace.of(WeightSettings())
EQUAL = np.full(4, 0.25)
IDENTITY = ((0.0, 0.0), (100.0, 100.0))


def scored(values, *, spread=0.0, rules=RULES):
    table = np.array(values, float)
    index = pd.Index([f"p{i}" for i in range(len(table))])
    draws = Draws.of(list(index), rules)
    return {
        name: score_parts(
            name,
            index,
            {
                "only": Part(
                    Quantity(table[:, k], table[:, k] - spread, table[:, k] + spread), IDENTITY, np.ones(len(table))
                )
            },
            settings=rules,
            draws=draws,
        )
        for k, name in enumerate(CRITERIA)
    }


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 9), st.integers(1, 6), st.integers(1, 12), st.integers(0, 1000))
def test_places_equal_scipys_ranks_with_and_without_ties(n, levels, top, seed):
    drawn = np.random.default_rng(seed).integers(0, levels, (n, 300)).astype(np.float32)
    found = measure_firmness(drawn, top=top, settings=RULES)
    better = rankdata(-drawn, method="min", axis=0)
    np.testing.assert_allclose(found.expected_rank, rankdata(-drawn, method="average", axis=0).mean(axis=1))
    np.testing.assert_array_equal(found.rank_low, np.sort(better, axis=1)[:, round(0.05 * 299)])
    np.testing.assert_array_equal(found.rank_high, np.sort(better, axis=1)[:, round(0.95 * 299)])
    assert found.p_top.sum() == pytest.approx(min(top, n)), "there are as many seats as there are seats"
    assert found.expected_rank.sum() == pytest.approx(n * (n + 1) / 2)


def test_equal_projects_have_equal_chances():
    found = measure_firmness(drawn_totals(scored([[60] * 4] * 4), EVERY.draw(10_000)), top=1, settings=RULES)
    np.testing.assert_allclose(found.p_top, 0.25)
    np.testing.assert_allclose(found.expected_rank, 2.5)
    assert found.rank_low.tolist() == found.rank_high.tolist() == [1] * 4


def test_the_error_of_a_share_is_what_repeated_runs_show():
    repeated = np.random.default_rng(1).binomial(500, 0.83, 4_000) / 500
    assert share_error(np.array([0.83]), 500)[0] == pytest.approx(repeated.std(), rel=0.05)
    assert 0 < share_error(np.array([0.0]), 1_000)[0] < 0.002


def test_pairs_agree_with_the_simplex():
    """A leads by 3 on demand, B by 1 on each other: A wins where w_demand > 1/4, (1 − 1/4)³ of the simplex."""
    pairs = compare_pairs(scored([[80, 50, 50, 50], [77, 51, 51, 51], [10, 10, 10, 10]]), [0, 1, 2], space=EVERY)
    assert pairs.p[0, 1] == pytest.approx(0.75**3, abs=3 * pairs.error[0, 1])
    assert pairs.p[1, 0] == 1 - pairs.p[0, 1]
    assert pairs.p[0, 2] == pairs.p[1, 2] == 1
    assert np.isnan(np.diag(pairs.p)).all()


def test_an_order_of_the_criteria_settles_pairs():
    values = [[80, 50, 50, 50], [77, 51, 51, 51]]
    ordered = WeightSpace.of(WeightSettings(order="demand > homogeneity = payback = advantage"))
    assert compare_pairs(scored(values), [0, 1], space=ordered).p[0, 1] == 1
    assert always_ahead(np.array(values[0]), np.array([77, 50, 50, 50]), EVERY) is False  # level where demand weighs 0
    assert always_ahead(np.array(values[0]), np.array([77, 49, 49, 49]), EVERY)


def test_a_shortlist_is_short():
    with pytest.raises(ValueError, match="31"):
        compare_pairs(scored([[50] * 4] * 31), range(31), space=EVERY)


def test_switching_weight_by_hand():
    """Lead 10 on demand, −6 on payback, else 0; equal weights lead by 1. Demand: 10 t = 6 (1 − t)/3, t = 1/6.

    Payback: 6 t = 10 (1 − t)/3, t = 5/14. On the others they are level, which no weight changes.
    """
    found = {s.criterion: s for s in switching_weights(np.array([60.0, 50, 44, 50]), np.array([50.0] * 4), EQUAL)}
    assert found["demand"].at == pytest.approx(1 / 6)
    assert found["payback"].at == pytest.approx(5 / 14)
    assert np.isnan([found["homogeneity"].at, found["advantage"].at]).all()
    assert found["payback"].rises_for_behind
    assert not found["demand"].rises_for_behind
    assert next(iter(found)) == "demand", "the smallest change comes first"


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=8, max_size=8), st.lists(st.floats(0.05, 1), min_size=4, max_size=4))
def test_at_the_switching_weight_the_pair_is_level_and_no_other_weight_is(values, raw):
    ahead, behind, weights = np.array(values[:4]), np.array(values[4:]), np.array(raw) / sum(raw)
    for switch in switching_weights(ahead, behind, weights, space=EVERY):
        k = CRITERIA.index(switch.criterion)

        def lead(t, k=k):
            moved = weights * (1 - t) / (1 - weights[k])
            moved[k] = t
            return moved @ (ahead - behind)

        if np.isnan(switch.at):
            assert lead(0.0) * lead(1.0) > -1e-9
            assert not switch.possible
        else:
            assert lead(switch.at) == pytest.approx(0, abs=1e-7)
            assert switch.possible


def test_a_switch_the_order_rules_out_is_not_possible():
    ordered = WeightSpace.of(WeightSettings(order="demand > payback"))
    found = {
        s.criterion: s
        for s in switching_weights(np.array([60.0, 50, 44, 50]), np.array([50.0] * 4), EQUAL, space=ordered)
    }
    assert not found["payback"].possible
    assert not found["demand"].possible


def test_a_dominated_project_cannot_switch():
    found = switching_weights(np.array([60.0] * 4), np.array([50.0, 40, 30, 20]), EQUAL)
    assert all(np.isnan(s.at) for s in found)
