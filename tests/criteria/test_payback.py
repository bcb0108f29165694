"""Payback horizon: worked cash flows, agreement with the discrete appraisal, monotonicity, ranges."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.criteria.draws import Draws
from evaluator.criteria.payback import (
    annuity,
    appraise_portfolio,
    combine,
    half_life_years,
    lasting_years,
    payback_years,
    paying_years,
    project_flows,
    read_horizon,
    score_payback,
)
from evaluator.domain.fields import FIELD_KEYS, FIELDS, MONEY_FIELDS
from evaluator.domain.settings import Settings

RULES = Settings()


def table(*rows):
    """Frames as in Portfolio from rows of form fields."""
    index = pd.Index([f"p{i}" for i in range(len(rows))], name="project_id")
    columns = {}
    for key in FIELD_KEYS[1:]:
        values = [row.get(key) for row in rows]
        if FIELDS[key].is_number:
            columns[key] = pd.Series([np.nan if v is None else v for v in values], index=index, dtype=float)
        elif FIELDS[key].kind == "date":
            columns[key] = pd.Series(pd.to_datetime(values), index=index)
        else:
            columns[key] = pd.Series(values, index=index, dtype=object)
    frame = pd.DataFrame(columns)
    return frame, frame[list(MONEY_FIELDS)].copy()


def horizon_of(*rows):
    return read_horizon(*table(*rows), settings=RULES.payback)


def payback_of(*rows):
    frame, amounts = table(*rows)
    horizon = read_horizon(frame, amounts, settings=RULES.payback)
    draws = Draws.of(list(frame.index), RULES.score)
    return score_payback(frame.index, horizon, settings=RULES.payback, score=RULES.score, draws=draws)


GOOD = {
    "kind": "industry",
    "investment_yuan": 1e6,
    "yearly_benefit_yuan": 250_000,
    "benefit_years": 10,
    "asset_life_years": 12,
    "yearly_household_benefit_yuan": 150_000,
    "yearly_subsidy_yuan": 10_000,
    "construction_months": 12,
}


def test_complete_project_by_hand():
    """1,000,000 spent, a year of building, 250,000 a year: back in 5 years (80); households gain for 10 (100)."""
    score = payback_of(GOOD)
    assert score.inputs.loc["p0"].tolist() == [5.0, 10.0]
    assert score.parts.loc["p0"].tolist() == [80.0, 100.0]
    assert score.score[0] == pytest.approx(np.sqrt(80 * 100))
    assert score.low[0] == score.high[0] == score.score[0]


def test_flows_and_appraisal_agree_with_the_closed_forms():
    horizon = horizon_of(GOOD, {**GOOD, "construction_months": 6}, {**GOOD, "yearly_benefit_yuan": 50_000})
    flows = project_flows(horizon)
    np.testing.assert_allclose(flows[0, :3], [-1e6, 0, 250_000])
    assert flows[1, 1] == 125_000, "half a year of benefit after six months of building"
    index = pd.Index(["a", "b", "c"])
    measures = appraise_portfolio(index, horizon, settings=RULES.payback)
    years = np.arange(flows.shape[1])
    np.testing.assert_allclose(measures["npv_yuan"], (flows / 1.08**years).sum(axis=1))
    np.testing.assert_allclose(measures["payback_years"], [5.0, 4.5, np.inf])
    assert measures["discounted_payback_years"].iloc[2] == np.inf


def test_closed_form_present_value_of_an_annuity():
    """Ten years at 8 %: 6.7101 (any annuity table); half a year into the next counts half of its payment."""
    assert annuity(np.array([10.0]), 0.08)[0] == pytest.approx(6.7101, abs=5e-5)
    assert annuity(np.array([1.5]), 0.08)[0] == pytest.approx(1 / 1.08 + 0.5 / 1.08**2)


def test_half_life_of_a_level_benefit():
    """At no discount half of a ten-year benefit that begins after two years has arrived after seven."""
    assert half_life_years(np.array([10.0]), np.array([2.0]), 0.0)[0] == pytest.approx(7.0)
    assert half_life_years(np.array([10.0]), np.array([2.0]), 0.08)[0] < 7.0
    assert np.isnan(half_life_years(np.array([np.nan]), np.array([2.0]), 0.08)[0])


def test_five_percent_promise_is_a_twenty_year_payback_never_within_twelve():
    promise = payback_years(np.array([1e6]), np.array([50_000.0]), np.zeros(1), np.array([20.0]))
    assert promise[0] == 20
    assert payback_years(np.array([1e6]), np.array([50_000.0]), np.zeros(1), np.array([12.0]))[0] == np.inf


def test_benefit_that_ends_early_does_not_pay_back():
    assert paying_years(np.array([2.0, np.nan, 30.0]), np.ones(3), np.full(3, 10.0)).tolist() == [2.0, 9.0, 9.0]


def test_subsidy_does_not_count_as_lasting_benefit():
    own = lasting_years(np.full(3, 1e6), np.full(3, 60_000.0), np.array([0.0, 20_000.0, np.nan]), np.full(3, 6.0), 0.05)
    assert own.tolist() == [6.0, 0.0, 6.0]


def test_negative_present_value_is_capped():
    assert combine(np.array([100.0, 100.0]), np.array([100.0, 100.0]), np.array([-1.0, np.nan]), 20.0).tolist() == [
        20.0,
        100.0,
    ]


def test_nothing_stated_gives_the_prior_and_a_wide_range():
    score = payback_of({"kind": "industry", "investment_yuan": 2e5})
    assert score.score[0] == 35.0
    assert score.low[0] < 10
    assert score.high[0] > 60
    assert not score.judged[0]


def test_wages_stand_for_the_household_benefit_of_a_training_project():
    row = {
        "kind": "employment",
        "investment_yuan": 3e5,
        "jobs": 20,
        "wage_yuan_month": 3000,
        "local_wage_yuan_month": 2000,
        "contract_months": 24,
        "benefit_years": 3,
    }
    horizon = horizon_of(row)
    assert horizon.household_benefit.point[0] == 20 * 1000 * 12
    assert horizon.yearly_benefit.point[0] == 20 * 1000 * 12


def test_stated_ranges_become_the_range_of_the_score():
    frame, amounts = table(GOOD)
    frame["yearly_benefit_yuan_low"], frame["yearly_benefit_yuan_high"] = 150_000.0, 400_000.0
    horizon = read_horizon(frame, amounts, settings=RULES.payback)
    score = score_payback(
        frame.index, horizon, settings=RULES.payback, score=RULES.score, draws=Draws.of(["p0"], RULES.score)
    )
    assert score.low[0] < payback_of(GOOD).score[0] < score.high[0]


POSITIVE = {k: v for k, v in GOOD.items() if k != "kind"}
WORSE = {
    "yearly_benefit_yuan": -1,
    "benefit_years": -1,
    "construction_months": 1,
    "yearly_subsidy_yuan": 1,
    "yearly_household_benefit_yuan": -1,
    "asset_life_years": -1,
}


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(WORSE)), st.floats(0, 1), st.fixed_dictionaries({k: st.floats(0.3, 3) for k in POSITIVE}))
def test_worsening_an_input_never_raises_the_score(name, step, scale):
    row = {**GOOD, **{k: POSITIVE[k] * scale[k] for k in POSITIVE}}
    row["asset_life_years"] = max(row["asset_life_years"], 1)
    worse = {**row, name: row[name] * (1 + step) if WORSE[name] > 0 else row[name] * (1 - step)}
    score = payback_of(row, worse)
    assert score.score[1] <= score.score[0] + 1e-9
