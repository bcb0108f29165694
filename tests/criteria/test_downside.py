"""The downside: closed forms where there are any, insurance that never hurts, draws that no other row moves."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from evaluator.criteria.downside import REPORTS, measure_downside
from evaluator.criteria.horizon import Horizon
from evaluator.criteria.score import Quantity
from evaluator.domain.settings import RiskSettings

CERTAIN = {
    "price_sd": 0.0, "yield_sd": 0.0, "delay_high_years": 0.0, "loss_probability_high": 0.0,
}  # fmt: skip


def known(value, rows):
    return Quantity.known(np.full(rows, float(value)))


def measure(
    rows=1, *, product="bamboo", volatility=None, progress=None, investment=1000.0, benefit=150.0, frame=None, **rules
):
    table = pd.DataFrame(
        {"kind": "industry", "product": product, "households": 10.0, "insured_share": np.nan,
         "loss_probability": np.nan},
        index=[f"P{i}" for i in range(rows)],
    ).assign(**(frame or {}))  # fmt: skip
    horizon = Horizon(
        known(investment, rows), known(benefit, rows), known(500, rows), known(0, rows), known(8, rows), known(1, rows),
        known(12, rows), np.zeros(rows, dtype=bool),
    )  # fmt: skip
    return measure_downside(
        table, horizon, settings=RiskSettings(**rules), volatility=volatility or {}, progress=progress
    )


def test_without_variance_every_year_is_the_plan():
    found = measure(**CERTAIN).table.iloc[0]
    assert found["planned"] == 50
    assert found[["middle", "low", "low_uninsured", "low_insured", "shortfall"]].tolist() == [1] * 5
    assert found["p_bad_year"] == 0
    assert found["p_never"] == 0  # 8 years of 150 against 1,000
    assert measure(**CERTAIN, benefit=120.0).table["p_never"].tolist() == [1]


def test_lognormal_quantiles_shortfall_and_chance_of_a_bad_year():
    """Price and yield together are lognormal with mean 1 and variance 0.3² + 0.2² of the logarithm."""
    found = measure(draws=65_536, **(CERTAIN | {"price_sd": 0.3, "yield_sd": 0.2})).table.iloc[0]
    sd = np.hypot(0.3, 0.2)
    assert found["low"] == pytest.approx(np.exp(sd * norm.ppf(0.05) - sd**2 / 2), rel=0.01)
    assert found["middle"] == pytest.approx(np.exp(-(sd**2) / 2), rel=0.01)
    assert found["shortfall"] == pytest.approx(norm.cdf(norm.ppf(0.05) - sd) / 0.05, rel=0.01)
    assert found["p_bad_year"] == pytest.approx(norm.cdf((np.log(0.5) + sd**2 / 2) / sd), rel=0.05)


def test_the_price_of_a_whole_life_decides_whether_money_comes_back():
    """With price risk alone, never = P(price < investment / (benefit × years))."""
    found = measure(draws=16_384, benefit=140.0, **(CERTAIN | {"price_sd": 0.3})).table.iloc[0]
    assert found["p_never"] == pytest.approx(norm.cdf((np.log(1000 / 1120) + 0.045) / 0.3), abs=0.01)


def test_yields_of_eight_years_even_out():
    yearly = measure(draws=16_384, benefit=130.0, **(CERTAIN | {"yield_sd": 0.2})).table["p_never"].iloc[0]
    total = np.exp(0.2 * np.random.default_rng(0).normal(size=(200_000, 8)) - 0.02).sum(axis=1)
    assert yearly == pytest.approx((130 * total < 1000).mean(), abs=0.02)


def test_losses_strike_with_their_probability_and_insurance_pays_them():
    rules = CERTAIN | {"loss_share": 0.6, "tail": 0.2}
    found = measure(draws=16_384, frame={"loss_probability": 0.25, "insured_share": 0.5}, **rules).table.iloc[0]
    assert found["low_uninsured"] == pytest.approx(0.4)
    assert found["low"] == pytest.approx(0.7)
    assert found["low_insured"] == pytest.approx(1)
    bare = measure(draws=16_384, frame={"loss_probability": 0.25}, **rules).table.iloc[0]
    assert bare["p_bad_year"] == pytest.approx(0.25, abs=0.01)


@settings(max_examples=15, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.5), st.floats(0, 2))
def test_more_insurance_is_never_worse(one, other, price_sd, leverage):
    less, more = sorted((one, other))
    rules = {"price_sd": price_sd, "leverage": leverage, "draws": 200}
    poor, rich = (measure(frame={"insured_share": share}, **rules).table.iloc[0] for share in (less, more))
    for key in ("low", "middle", "shortfall"):
        assert rich[key] >= poor[key] - 1e-12
    for key in ("p_bad_year", "p_never"):
        assert rich[key] <= poor[key]
    assert rich["low_uninsured"] - 1e-12 <= rich["low"] <= rich["low_insured"] + 1e-12


def test_no_other_row_moves_a_project():
    many, few = measure(400).table, measure(3).table
    pd.testing.assert_frame_equal(many.iloc[:3], few)
    assert many["low"].nunique() > 1


def test_the_national_price_risk_goes_before_the_general_one():
    calm = measure(product="potato", volatility={"potato": 0.05})
    assert not calm.price_assumed[0]
    assert measure(product="potato").price_assumed[0]
    assert calm.table["low"].iloc[0] > measure(product="potato", volatility={"potato": 0.4}).table["low"].iloc[0]
    assert measure(frame={"loss_probability": 0.1}).loss_assumed.tolist() == [False]
    posts = measure(frame={"kind": "employment"}, loss_probability_high=0.0).table.iloc[0]
    assert posts["low"] == 1


def test_progress_is_told_at_most_twenty_times_and_ends_at_one():
    told = []
    measure(3000, progress=told.append, draws=1024)
    assert 1 < len(told) <= REPORTS
    assert told == sorted(told)
    assert told[-1] == 1


def test_what_is_not_known_stays_missing():
    found = measure(frame={"households": np.nan}, benefit=np.nan).table.iloc[0]
    assert np.isnan(found["planned"])
    assert np.isnan(found["p_never"])
    assert found["low"] < 1
    assert len(measure(0).table) == 0
