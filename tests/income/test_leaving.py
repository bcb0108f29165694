"""Trimming bounds on a panel: year effects removed, never-treated beside each first year."""

import numpy as np
import pytest

from evaluator.domain.settings import IncomeSettings
from evaluator.income.leaving import TREATED, bound_leaving, find_waves
from evaluator.income.specification import specify
from evaluator.income.units import lay_frame
from tests.income.made import panel_of, small_frame, world_frame

TRAIT = "trait_short_flat_fast"


def test_without_leavers_bounds_are_the_difference():
    frame = small_frame(units=240, clusters=24).drop(columns="weight")
    spec = specify(panel_of(frame), IncomeSettings(), trait=TRAIT)
    found = bound_leaving(spec, (1, 2), pair=("1", "0"), contrast="gap")
    assert set(found) == {TREATED, "gap"}
    for bounds in found.values():
        assert bounds.low == pytest.approx(bounds.high) and bounds.trimmed == pytest.approx(0, abs=1e-12)
    started = 0.1 * (2 + 3 + 2) / 3  # years 1 and 2 of one first year, year 1 of the other
    assert found[TREATED].difference == pytest.approx(started, abs=0.08)


def test_who_left_widens_the_bounds():
    frame = world_frame(30)
    flagged = (frame[TRAIT] == "1") & (frame["year"] - frame["first_year"] >= 5)
    gone = frame[~(flagged & (frame["outcome"] > frame["outcome"].median()))]
    spec = specify(panel_of(gone), IncomeSettings(), trait=TRAIT)
    found = bound_leaving(spec, (5, 7), pair=("1", "0"), contrast="gap")["gap"]
    assert found.differs and found.kept_first < found.kept_second
    assert found.high - found.low > 0.1


def test_waves_are_those_of_the_untreated():
    frame = small_frame(units=120, clusters=24).drop(columns="weight")
    spec = specify(panel_of(frame), IncomeSettings())
    waves = find_waves(spec.cells, lay_frame(frame))
    never = frame[frame["first_year"] == 0].groupby("year")["outcome"].mean()
    np.testing.assert_allclose(waves, never - never.iloc[0], atol=0.1)


def test_second_outcomes_are_not_trimmed():
    frame = small_frame().assign(below_line=0.0)
    spec = specify(panel_of(frame), IncomeSettings(), outcome="below_line")
    assert bound_leaving(spec, (1, 2), pair=None, contrast="") == {}
