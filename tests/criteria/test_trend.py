import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evaluator.criteria.trend import (
    _FIXED_B,
    cobweb_ratio,
    critical_value,
    downside_deviation,
    estimate_trend,
    robust_slope_error,
    yearly_index,
)

FEW = settings(max_examples=15, deadline=None)


def series(values, first=2015):
    return pd.Series(np.asarray(values, dtype=float), index=range(first, first + len(values)))


def newey_west(time, log, lags):
    """Newey & West 1987 by hand, with the factor n / (n - 2)."""
    design = np.column_stack([np.ones(len(time)), time - time.mean()])
    bread = np.linalg.inv(design.T @ design)
    score = design * (log - design @ (bread @ design.T @ log))[:, None]
    meat = score.T @ score
    for lag in range(1, lags + 1):
        cross = score[lag:].T @ score[:-lag]
        meat += (1 - lag / (lags + 1)) * (cross + cross.T)
    return np.sqrt((bread @ meat @ bread)[1, 1] * len(time) / (len(time) - 2))


def test_trend_is_the_theil_sen_slope_of_scipy():
    log = np.log([2.1, 2.4, 2.2, 9.0, 2.6, 2.9, 2.7, 3.1])
    expected = np.expm1(stats.theilslopes(log, np.arange(8)).slope)
    assert estimate_trend(series(log)).point == pytest.approx(expected, rel=1e-12)


def test_steady_growth_is_read_exactly_with_no_range():
    found = estimate_trend(series(np.log(2.0 * 1.03 ** np.arange(9))))
    assert (found.point, found.low, found.high) == pytest.approx((0.03, 0.03, 0.03), abs=1e-9)
    assert found.years == 9


@FEW
@given(st.lists(st.floats(-1, 1), min_size=5, max_size=14, unique=True))
def test_robust_error_is_newey_west(values):
    time, log = np.arange(len(values), dtype=float), np.array(values)
    lags = int(4 * (len(values) / 100) ** (2 / 9))
    assert robust_slope_error(time, log) == pytest.approx(newey_west(time, log, lags), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("years", [5, 9, 20, 40, 90])
def test_robust_error_is_that_of_statsmodels(years):
    time, log = np.arange(2000.0, 2000.0 + years), np.random.default_rng(years).normal(size=years).cumsum()
    lags = {"maxlags": int(4 * (years / 100) ** (2 / 9)), "use_correction": True}
    fit = sm.OLS(log, sm.add_constant(time - time.mean())).fit(cov_type="HAC", cov_kwds=lags)
    assert robust_slope_error(time, log) == pytest.approx(fit.bse[1], rel=1e-12)


@FEW
@given(st.lists(st.floats(0.5, 50), min_size=4, max_size=12), st.floats(0.01, 100))
def test_trend_and_risk_do_not_depend_on_the_unit_of_money(values, factor):
    log = series(np.log(values))
    for read in (estimate_trend, downside_deviation):
        assert read(log + np.log(factor)).point == pytest.approx(read(log).point, rel=1e-6, abs=1e-9, nan_ok=True)


def test_few_years_need_a_larger_multiple_than_the_normal_one():
    """Kiefer & Vogelsang 2005: at b = 0 the normal 1.645; at b = 1 close to the 3.764 of Kiefer, Vogelsang & Bunzel."""
    values = [critical_value(years) for years in (4, 6, 10, 20, 400)]
    assert values == sorted(values, reverse=True)
    assert values[-1] == pytest.approx(1.69, abs=0.03)


@pytest.mark.parametrize("b", [0.2, 0.5, 1.0])
def test_kiefer_vogelsang_2005_critical_values_of_the_bartlett_kernel(b):
    """The 90 % quantile of |t| for a mean of independent draws, standard error with bandwidth b times the length."""
    length, bandwidth = 200, int(b * 200)
    draws = np.random.default_rng(4).normal(size=(4000, length))
    sums = np.cumsum(draws - draws.mean(axis=1, keepdims=True), axis=1)
    shifted = (sums[:, :-bandwidth] * sums[:, bandwidth:]).sum(axis=1) if bandwidth < length else 0.0
    variance = 2 / (length * bandwidth) * ((sums**2).sum(axis=1) - shifted)
    t = np.abs(draws.mean(axis=1)) * np.sqrt(length / variance)
    assert np.quantile(t, 0.90) == pytest.approx(np.polynomial.Polynomial(_FIXED_B)(b), rel=0.05)


@pytest.mark.parametrize(("autocorrelation", "least"), [(0.0, 0.80), (0.4, 0.68)])
def test_the_range_of_a_known_trend_holds_it_about_as_often_as_it_says(autocorrelation, least):
    rng, hits = np.random.default_rng(11), 0
    for _ in range(150):
        shocks = 0.1 * rng.normal(size=30)
        for year in range(1, 30):
            shocks[year] += autocorrelation * shocks[year - 1]
        found = estimate_trend(series(0.03 * np.arange(10) + shocks[20:]))
        hits += found.low <= np.expm1(0.03) <= found.high
    assert hits / 150 >= least


def test_the_range_of_a_known_downside_holds_it_about_as_often_as_it_says():
    rng = np.random.default_rng(12)
    found = [downside_deviation(series(0.1 * rng.normal(size=10))) for _ in range(150)]
    assert np.mean([e.low <= 0.1 / np.sqrt(2) <= e.high for e in found]) >= 0.80


def test_too_few_years_give_nothing():
    assert np.isnan(estimate_trend(series([0.0, 0.1, 0.2])).point)
    assert np.isnan(downside_deviation(series([0.0, 0.1, 0.2, 0.1])).point)
    assert np.isnan(cobweb_ratio(series(np.arange(5.0)), series(np.arange(5.0))).point)
    assert np.isnan(estimate_trend(pd.Series(dtype=float)).point)


def test_downside_counts_only_the_falls():
    crash = downside_deviation(series([0.0, 0.0, 0.0, -0.4, 0.0, 0.0, 0.0]))
    jump = downside_deviation(series([0.0, 0.0, 0.0, 0.4, 0.0, 0.0, 0.0]))
    assert crash.point == pytest.approx(0.4 / np.sqrt(7))
    assert jump.point == 0.0
    assert crash.low < crash.point < crash.high


def cobweb(years, supply_elasticity, demand_elasticity, seed=3):
    """Ezekiel's model with small shocks: output answers last year's price, price this year's output."""
    rng = np.random.default_rng(seed)
    price, volume = np.empty(years), np.empty(years)
    last = 0.3
    for year in range(years):
        volume[year] = supply_elasticity * last + 0.1 * rng.normal()
        price[year] = -volume[year] / demand_elasticity + 0.1 * rng.normal()
        last = price[year]
    return series(price, 1960), series(volume, 1960)


@pytest.mark.parametrize(("supply", "demand"), [(0.3, 0.6), (0.5, 0.6), (0.2, 1.0)])
def test_cobweb_ratio_recovers_ezekiels_model(supply, demand):
    found = cobweb_ratio(*cobweb(300, supply, demand))
    assert found.point == pytest.approx(supply / demand, abs=0.12)
    assert found.low <= supply / demand <= found.high


def test_cobweb_is_silent_when_price_rises_with_volume():
    volume = series([0.0, 0.4, 0.1, 0.6, 0.2, 0.7, 0.3])
    assert np.isnan(cobweb_ratio(volume * 0.5, volume).point)


def test_yearly_index_is_not_fooled_by_a_dear_market_that_joins_late():
    rows = [("old", year, 2.0) for year in range(2015, 2023)] + [("dear", year, 8.0) for year in range(2019, 2023)]
    frame = pd.DataFrame(rows, columns=["market", "year", "price_yuan"])
    log = yearly_index(frame, value="price_yuan")
    assert np.ptp(log.to_numpy()) == pytest.approx(0.0, abs=1e-9)
    assert estimate_trend(log).point == pytest.approx(0.0, abs=1e-9)


def test_yearly_index_is_not_fooled_by_seasons_missing_from_a_year():
    rows = [(year, month, 2.0 if month < 7 else 4.0) for year in range(2018, 2023) for month in (3, 9)]
    frame = pd.DataFrame([r for r in rows if r[:2] != (2022, 9)], columns=["year", "month", "price_yuan"])
    assert np.ptp(yearly_index(frame, value="price_yuan").to_numpy()) == pytest.approx(0.0, abs=1e-9)


def test_yearly_index_uses_the_longest_linked_series():
    rows = [("a", year, 2.0) for year in (2010, 2011)] + [("b", year, 9.0) for year in range(2015, 2021)]
    frame = pd.DataFrame(rows, columns=["market", "year", "price_yuan"])
    assert yearly_index(frame, value="price_yuan").index.tolist() == list(range(2015, 2021))


def test_yearly_index_of_one_market_is_its_logarithm_and_skips_unusable_rows():
    frame = pd.DataFrame({"year": [2020, 2019, 2021, np.nan], "price_yuan": [3.0, 2.0, np.nan, 5.0]})
    log = yearly_index(frame, value="price_yuan")
    assert log.to_dict() == pytest.approx({2019: np.log(2), 2020: np.log(3)})
    assert yearly_index(frame.iloc[:0], value="price_yuan").empty
