"""A model can take other values and rows, and its lines can be checked by hand."""

import numpy as np
import pytest

from tests.choice.made import pose

RULES = """
[[limit]]
name = "share of budget"
of = "budget"
where = {kind = "industry"}
at_most = 0.5
[[limit]]
name = "share of chosen"
of = "chosen"
where = {kind = "industry"}
at_least = 0.5
"""


def test_value_and_rows_can_be_replaced_without_touching_the_rest():
    model = pose().model
    double = model.with_value(2 * model.value[: model.n])
    assert double.value == pytest.approx(2 * model.value)
    assert double.matrix.shape == model.matrix.shape
    wider = model.with_row(np.ones(model.n), 3.0)
    assert wider.matrix.shape[0] == model.matrix.shape[0] + 1 and wider.rule[-1] == -1


def test_rules_can_be_left_out():
    model = pose(rules=RULES).model
    kept = model.keep_rules([0])
    assert kept.matrix.shape[0] == 1 and (kept.rule == 0).all() and kept.lines == model.lines


def test_a_share_of_nothing_is_satisfied():
    line = next(line for line in pose(rules=RULES).model.lines if line.name == "share of chosen")
    nothing = np.zeros(10)
    assert line.holds(nothing) and np.isnan(line.found(nothing))
