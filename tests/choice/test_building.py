"""Rules become rows of a matrix, each with its rule, its bound and how that moves with the budget."""

import numpy as np
import pytest

from tests.choice.made import pose
from tests.choice.test_model import RULES


def test_every_row_is_scaled_to_one():
    matrix = pose(rules=RULES).model.matrix
    assert abs(matrix).max(axis=1).toarray().ravel() == pytest.approx(1.0)


def test_bounds_move_with_the_budget_as_when_posed_anew():
    low, high = pose(4e6, RULES).model, pose(5e6, RULES).model
    finite = np.isfinite(low.upper)
    assert (low.upper + 1e6 * low.per_budget)[finite] == pytest.approx(high.upper[finite])
    assert (low.per_budget > 0).sum() == 2


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
