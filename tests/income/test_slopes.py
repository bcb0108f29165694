"""Slopes of covariates with cluster-robust, classical and jackknife errors."""

import numpy as np
import pytest
from statsmodels.regression.linear_model import WLS

from evaluator.domain.settings import IncomeSettings
from evaluator.income.slopes import find_slopes, find_waves
from evaluator.income.specification import regress, specify
from tests.income.made import panel_of, small_frame


@pytest.mark.slow
def test_slopes_equal_least_squares_with_dummies():
    frame = small_frame()
    panel = panel_of(frame, continuous=("hours",))
    spec = specify(panel, IncomeSettings(inference="classical"))
    fit = regress(spec)
    table = fit.effects.table
    effects = [
        (frame["first_year"] == f) & (frame["year"] == t)
        for f, t in zip(table["first_year"], table["year"], strict=True)
    ]
    dummies = [frame["unit_id"] == unit for unit in frame["unit_id"].unique()]
    waves = [frame["year"] == year for year in range(2002, 2007)]
    x = np.column_stack([frame["hours"], *effects, *waves, *dummies]).astype(float)
    expected = WLS(frame["outcome"], x, weights=frame["weight"]).fit()
    (found,) = find_slopes(spec, fit)
    assert found.name == "hours" and found.estimate == pytest.approx(expected.params.iloc[0])
    assert found.se == pytest.approx(expected.bse.iloc[0])


def test_jackknife_of_a_slope_and_none_without_a_regression():
    panel = panel_of(small_frame(), continuous=("hours",))
    spec = specify(panel, IncomeSettings())
    (found,) = find_slopes(spec, regress(spec))
    assert found.low < 0.3 < found.high and found.df == 11
    assert find_slopes(spec, None) == find_waves(spec, None) == ()


def test_waves_are_those_of_units_without_a_project():
    frame = small_frame().drop(columns=["weight", "hours"])
    spec = specify(panel_of(frame), IncomeSettings())
    never = frame[frame["first_year"] == 0].groupby("year")["outcome"].mean()
    found = find_waves(spec, regress(spec, leads=True))
    assert [wave.name for wave in found] == [f"year_{year}" for year in range(2002, 2007)]
    np.testing.assert_allclose([wave.estimate for wave in found], (never - never.iloc[0]).iloc[1:])
