"""statsmodels on the rows and the compressed regression agree to rounding."""

from dataclasses import replace

import numpy as np
import pytest

from evaluator.domain.settings import IncomeSettings
from evaluator.income import agreement
from evaluator.income.agreement import compare_engines
from evaluator.income.specification import regress, specify
from tests.income.made import panel_of, small_frame

TRAIT = "trait_short_flat_fast"


@pytest.mark.parametrize("leaves", [False, True])
def test_both_agree(leaves):
    panel = panel_of(small_frame(leaves=leaves), continuous=("hours",), discrete=("size",))
    spec = specify(panel, IncomeSettings(), trait=TRAIT)
    assert compare_engines(spec, regress(spec)) < 1e-9


def test_a_disagreement_is_seen():
    spec = specify(panel_of(small_frame()), IncomeSettings(), trait=TRAIT)
    fit = regress(spec)
    wrong = replace(fit, effects=replace(fit.effects, theta=fit.effects.theta * 1.001))
    assert compare_engines(spec, wrong) > agreement.ENOUGH


def test_large_panels_are_not_tried(monkeypatch):
    monkeypatch.setattr(agreement, "MOST_ROWS", 100)
    spec = specify(panel_of(small_frame()), IncomeSettings())
    assert np.isnan(compare_engines(spec, regress(spec)))
