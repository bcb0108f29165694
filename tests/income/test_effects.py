"""Income effects from a panel: known truth is found again."""

import numpy as np
import pytest

from evaluator.income.effects import estimate_effects
from tests.income.made import panel_of
from tests.income.simulate import draw


@pytest.mark.slow
def test_known_truth_is_found_again():
    world = draw(np.random.default_rng(11), 36)
    found = estimate_effects(panel_of(world.frame()))
    assert found.headline is not None
    assert found.headline.low <= world.contrast() <= found.headline.high
    assert found.overall.low <= world.truth(0, 99) <= found.overall.high
    assert found.groups == ("all", "flagged", "unflagged", "poorer=0", "poorer=1")
