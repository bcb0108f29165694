import numpy as np
import pytest

from evaluator.balance import DIMENSIONS, compare_balances
from evaluator.pages.balance_rows import group_rows, mosaic_rows, policy_rows, step_rows, township_rows


@pytest.mark.parametrize("most", [1, 3, 8, 100])
def test_the_cells_of_the_mosaic_fill_the_square_with_the_scored_funds(evaluation, most):
    balance = evaluation.balance
    rows = mosaic_rows(balance, "en", most=most)
    areas = (rows["x2"] - rows["x"]) * (rows["y2"] - rows["y"])
    assert areas.sum() == pytest.approx(1)
    flagged = (areas * rows["flagged"].astype(float).fillna(0)).sum()
    assert flagged == pytest.approx(balance.measures["flagged_share"])
    assert rows["industry"].nunique() <= most + 1


def test_a_cell_nobody_could_judge_has_no_share_flagged(evaluation):
    rows = mosaic_rows(evaluation.balance, "en", most=100)
    silent = rows[rows["flagged"].isna()]
    assert len(silent)
    assert (silent["flagged_text"] == "cannot be judged").all()


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("by", ["amount", "projects", "households"])
def test_shares_add_to_the_whole(evaluation, dimension, by):
    rows = group_rows(evaluation.balance, dimension, "zh", by=by, most=4)
    assert rows["share"].sum() == pytest.approx(1)
    assert len(rows) <= 6


def test_townships_stand_beside_one_county_line(evaluation):
    rows, unit = township_rows(evaluation.balance, "zh")
    assert unit == "万元"
    assert rows["line"].nunique() == 1
    assert rows["line"].iloc[0] == pytest.approx(evaluation.balance.townships.county_line / 1e4)
    assert list(rows["value"]) == sorted(rows["value"], reverse=True)


def test_tests_of_other_places_are_not_drawn(evaluation):
    rows = policy_rows(evaluation.balance, "en")
    assert len(rows) == sum(test.result != "not_here" for test in evaluation.balance.policies)


@pytest.mark.parametrize("most", [1, 2, 20])
def test_the_waterfall_ends_at_b_however_many_steps_are_shown(evaluation, most):
    ids = [str(key) for key in evaluation.portfolio.frame.index]
    a, b = evaluation.balance_of(ids[:20]), evaluation.balance_of(ids[10:])
    rows, unit = step_rows(compare_balances(a, b), "en", most=most)
    assert unit == "million yuan"
    assert rows["end"].iloc[0] == pytest.approx(a.measures["amount"] / 1e6)
    assert rows["end"].iloc[-2] == pytest.approx(rows["end"].iloc[-1])
    assert rows["end"].iloc[-1] == pytest.approx(b.measures["amount"] / 1e6)
    assert np.allclose(rows["start"].iloc[2:-1], rows["end"].iloc[1:-2])
