"""The total adds up, ranks are firm or not, red lines cap, and no other row moves a score."""

import numpy as np
import pandas as pd
import pytest

from evaluator.criteria.draws import Draws
from evaluator.criteria.score import Part, Quantity, score_parts
from evaluator.criteria.scorecard import ROWS_AT_ONCE, keep_readings, make_scorecard
from evaluator.domain.settings import CRITERIA, Settings

RULES = Settings()
IDENTITY = ((0.0, 0.0), (100.0, 100.0))


def card(values, *, rules=RULES, spread=0.0, top=None):
    """A scorecard of projects given as rows of four criterion values (NaN = missing)."""
    table = np.array(values, float)
    index = pd.Index([f"p{i}" for i in range(len(table))])
    draws = Draws.of(list(index), rules.score)
    criteria = {
        name: score_parts(
            name,
            index,
            {
                "only": Part(
                    Quantity(table[:, k], table[:, k] - spread, table[:, k] + spread), IDENTITY, np.ones(len(table))
                )
            },
            settings=rules.score,
            draws=draws,
        )
        for k, name in enumerate(CRITERIA)
    }
    return make_scorecard(criteria, settings=rules, top=top)


def test_contributions_add_to_the_total():
    rules = RULES.with_values(
        {"weights.demand": 3, "weights.homogeneity": 1, "weights.payback": 2, "weights.advantage": 4}
    )
    result = card(np.random.default_rng(1).uniform(0, 100, (20, 4)), rules=rules)
    np.testing.assert_allclose(result.contributions.sum(axis=1), result.total, atol=1e-9)
    np.testing.assert_allclose(result.weights, [0.3, 0.1, 0.2, 0.4])


def test_certain_projects_have_no_range_and_firm_ranks():
    result = card([[90, 90, 90, 90], [50, 50, 50, 50], [10, 30, 30, 30], [70, 70, 70, 70]])
    np.testing.assert_array_equal(result.low, result.total)
    np.testing.assert_array_equal(result.high, result.total)
    assert result.rank.tolist() == result.rank_low.tolist() == result.rank_high.tolist() == [1, 3, 4, 2]
    assert result.p_top.tolist() == [1, 0, 0, 0]
    assert result.grade.tolist() == ["A", "C", "D", "B"]
    assert result.red_lines[2] == ("demand",)


def test_ranges_of_some_rows_are_those_of_all_and_stay_when_the_draws_are_let_go():
    rng = np.random.default_rng(4)
    values = rng.uniform(0, 100, (2 * ROWS_AT_ONCE + 9, 4))
    values[rng.random(values.shape) < 0.3] = np.nan
    whole = card(values)
    kept = keep_readings(whole, settings=RULES)
    some = rng.permutation(len(values))[: ROWS_AT_ONCE + 5]
    for one in (whole, kept):
        for found, all_rows in zip(one.range_of(some), (whole.low, whole.high), strict=True):
            np.testing.assert_array_equal(found, all_rows[some])
    assert whole.range_of([])[0].shape == (0,)
    assert all(score.draws.size == 0 for score in kept.criteria.values())


def test_a_red_line_caps_the_grade_but_not_the_total():
    result = card([[10, 100, 100, 100]])
    assert result.grade[0] == "D"
    assert result.total[0] == pytest.approx(77.5)


def test_two_projects_that_trade_off_are_decided_by_the_weights():
    result = card([[80, 20, 50, 50], [20, 80, 50, 50]], top=1)
    assert result.rank_low.tolist() == [1, 1]
    assert result.rank_high.tolist() == [2, 2]
    assert result.p_top[0] == pytest.approx(0.5, abs=0.02), "weights are uniform on the simplex"
    assert result.rank.tolist() == [1, 1]


def test_unknown_projects_are_not_judged_and_show_a_wide_rank_interval():
    result = card([[60, 60, 60, 60], [np.nan] * 4, [40, 40, 40, 40]])
    assert result.judged.tolist() == [True, False, True]
    assert result.total[1] == 35.0
    assert (result.rank_low[1], result.rank_high[1]) == (1, 3)


def test_another_project_leaves_every_bit_of_the_others():
    values = np.random.default_rng(2).uniform(0, 100, (9, 4))
    values[2, 1] = np.nan
    few, more = card(values[:8], spread=5.0), card(values, spread=5.0)
    for name in ("total", "low", "high", "balanced", "coverage"):
        np.testing.assert_array_equal(getattr(few, name), getattr(more, name)[:8])


def test_one_project_and_none():
    assert card([[50, 50, 50, 50]]).rank.tolist() == [1]
    empty = card(np.empty((0, 4)))
    assert len(empty.total) == 0
    assert empty.top == 0
