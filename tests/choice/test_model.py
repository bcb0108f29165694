"""Rules become rows of a matrix, each with its rule, its bound and how that moves with the budget."""

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


def test_every_row_is_scaled_to_one():
    matrix = pose(rules=RULES).model.matrix
    assert abs(matrix).max(axis=1).toarray().ravel() == pytest.approx(1.0)


def test_bounds_move_with_the_budget_as_when_posed_anew():
    low, high = pose(4e6, RULES).model, pose(5e6, RULES).model
    finite = np.isfinite(low.upper)
    assert (low.upper + 1e6 * low.per_budget)[finite] == pytest.approx(high.upper[finite])
    assert (low.per_budget > 0).sum() == 2


def test_rules_can_be_left_out():
    model = pose(rules=RULES).model
    kept = model.keep_rules([0])
    assert kept.matrix.shape[0] == 1 and (kept.rule == 0).all() and kept.lines == model.lines


def test_a_share_of_nothing_is_satisfied():
    line = next(line for line in pose(rules=RULES).model.lines if line.name == "share of chosen")
    nothing = np.zeros(10)
    assert line.holds(nothing) and np.isnan(line.found(nothing))


def test_projects_in_part_count_as_one_in_numbers_of_projects():
    rules = (
        '[[limit]]\nname = "n"\nmeasure = "projects"\nat_most = 2\n[[partial]]\nprojects = ["P00"]\nleast_share = 0.2\n'
    )
    model = pose(rules=rules).model
    line = next(line for line in model.lines if line.name == "n")
    part = np.zeros(10)
    part[:3] = 0.5, 1.0, 1.0
    assert line.found(part) == 3 and not line.holds(part)
    assert model.least[0] == 0.2 and (model.least[1:] == 1).all()
