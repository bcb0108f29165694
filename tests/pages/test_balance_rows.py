import numpy as np
import pytest

from evaluator.balance import DIMENSIONS, compare_balances
from evaluator.pages.balance_rows import group_rows, step_rows


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("by", ["amount", "projects", "households"])
def test_shares_add_to_the_whole(evaluation, dimension, by):
    rows = group_rows(evaluation.balance, dimension, "zh", by=by, most=4)
    assert rows["share"].sum() == pytest.approx(1)
    assert len(rows) <= 6


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
