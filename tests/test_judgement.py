"""What is handed from the measuring rooms to the signs and the calibration."""

import numpy as np
import pandas as pd
import pytest

from evaluator.criteria.demand import measure_demand
from evaluator.criteria.homogeneity import measure_homogeneity
from evaluator.criteria.payback import read_horizon
from evaluator.domain.settings import Settings
from evaluator.intake.read import read_portfolio
from evaluator.intake.tables import read_places
from evaluator.judgement import calibrate_on_register, homogeneity_options, judge_signs, share_of, take_rows

RULES = Settings()
ROWS = [
    {
        "kind": "industry",
        "product": "potato",
        "benefit_years": 1,
        "value_added_share": 0.1,
        "training_days": 1,
        "yearly_subsidy_yuan": 8e4,
        "yearly_household_benefit_yuan": 1e5,
    },
    {
        "kind": "employment",
        "jobs": 10,
        "wage_yuan_month": 3000,
        "local_wage_yuan_month": 2500,
        "contract_months": 6,
        "training_days": 5,
        "yearly_subsidy_yuan": 9e4,
    },
]


def signs(rows=ROWS, years=0.5):
    portfolio = read_portfolio(
        pd.DataFrame([{"name": f"云岭{i}", "investment_yuan": 5e5, **row} for i, row in enumerate(rows)])
    )
    frame, amounts = portfolio.frame, portfolio.amounts
    horizon = read_horizon(frame, amounts, settings=RULES.payback)
    return judge_signs(
        frame,
        amounts,
        horizon,
        measure_demand(frame, amounts=amounts),
        measure_homogeneity(frame),
        years=np.full(len(frame), years),
        settings=RULES,
    )


def value(flags, row, sign, key):
    return {r.key: r.value for r in flags.of(flags.signs.index[row])[sign].readings}[key]


def test_each_kind_is_read_by_its_own_facts():
    flags = signs()
    assert value(flags, 0, "ends_with_subsidy", "subsidy_share") == pytest.approx(0.8)
    assert value(flags, 0, "short", "benefit_years") == 1
    assert value(flags, 1, "flat", "wage_premium") == pytest.approx(0.2)
    assert value(flags, 1, "ends_with_subsidy", "wage_subsidy_share") == pytest.approx(9e4 / (10 * 3000 * 6))


def test_an_assumed_evidence_grade_is_no_reading():
    assert np.isnan(value(signs(), 0, "thin_demand", "evidence_grade"))
    assert value(signs([{**ROWS[0], "evidence_grade": 1}]), 0, "thin_demand", "evidence_grade") == 1


def test_shares_of_nothing_are_missing():
    shares = share_of(np.array([1.0, 1.0, np.nan]), np.array([4.0, 0.0, 2.0]))
    assert shares[0] == 0.25
    assert np.isnan(shares[1:]).all()


def test_the_users_own_borders_join_the_map():
    table = pd.DataFrame({"place_code": ["513431"], "name": ["甲县"], "neighbours": ["999999:50"]})
    options = homogeneity_options(RULES, read_places(table))
    assert "999999" in options["adjacent"]["513431"]
    assert "999999" not in homogeneity_options(RULES, None)["adjacent"]["513431"]


def test_without_outcomes_nothing_is_calibrated():
    register = read_portfolio(pd.DataFrame([{"name": "旧项目", "investment_yuan": 1e5, **ROWS[0]}]))
    near = homogeneity_options(RULES, None)
    tables = {"markets": None, "places": None, "vacancies": None}
    assert calibrate_on_register(register, signs(), near, settings=RULES, **tables) is None
    assert calibrate_on_register(None, signs(), near, settings=RULES, **tables) is None


def test_what_was_measured_is_cut_to_some_rows_and_nothing_else_is():
    portfolio = read_portfolio(
        pd.DataFrame([{"name": f"云岭{i}", "investment_yuan": 5e5 + i, **ROWS[0]} for i in range(4)])
    )
    horizon = read_horizon(portfolio.frame, portfolio.amounts, settings=RULES.payback)
    demand = measure_demand(portfolio.frame, amounts=portfolio.amounts, settings=RULES.demand)
    assert take_rows(horizon, [2, 0], 4).investment.point.tolist() == [5e5 + 2, 5e5]
    assert len(take_rows(demand, [1], 4).parts["offtake"].low) == 1
    grid = np.arange(12).reshape(3, 4)
    assert take_rows(grid, [3], 4).tolist() == [[3], [7], [11]]
    assert take_rows({"other": np.arange(5), "word": "list", "none": None}, [0], 4)["other"].tolist() == [0, 1, 2, 3, 4]
