"""Flows tables appraised: published examples through the table, both views, every project over its own years."""

import math

import numpy as np
import pandas as pd
import pytest

from evaluator.criteria.cashflow import appraise
from evaluator.criteria.flow_appraisal import VIEWS, appraise_flows, benefit_years, running_subsidies
from evaluator.domain.errors import SettingsError
from evaluator.intake.flows import read_flows

PUMP_SET = pd.DataFrame(
    {
        "project_id": "pump-set",
        "period": range(10),
        "costs": [6000.0, 7500, *[10000] * 8],
        "benefits": [0.0, 8000, *[12000] * 8],
        "subsidies": [3000.0, *[0] * 9],
        "household_benefit": [0.0, 500, *[2000] * 8],
    }
)
"""Minor irrigation pump-set for one farmer, 15 % (ACA-TM-37); the last two columns are invented."""


def wide(*rows):
    return read_flows(
        pd.DataFrame([(f"P{i}", *row) for i, row in enumerate(rows)], columns=["project_id", *range(len(rows[0]))])
    )


def test_pump_set_through_the_flows_table():
    found = appraise_flows(read_flows(PUMP_SET), rate=0.15).views["project"].loc["pump-set"]
    assert found["npv_first_today_yuan"] == pytest.approx(2239, abs=6)
    assert found["npv_spreadsheet_yuan"] == pytest.approx(found["npv_first_today_yuan"] / 1.15)
    assert found["benefit_cost"] == pytest.approx(1.04, abs=0.005)


def test_a_subsidy_adds_its_present_value_and_nothing_else():
    views = appraise_flows(read_flows(PUMP_SET), rate=0.15).views
    gain = views["project_with_subsidy"]["npv_yuan"] - views["project"]["npv_yuan"]
    assert gain.iloc[0] == pytest.approx(3000)


def test_equivalent_annual_income_of_a_household():
    """800 a year for each of 10 households in all years after the first is worth exactly 800 a year."""
    table = pd.DataFrame({"project_id": "A", "period": range(6), "costs": 0, "household_benefit": [0, *[8000] * 5]})
    found = appraise_flows(read_flows(table), households=np.array([10.0])).views["household"].loc["A"]
    assert found["per_household_yuan"] == pytest.approx(800)
    assert found["benefit_years"] == 5
    none = appraise_flows(read_flows(table)).views["household"]
    assert none["per_household_yuan"].isna().all()


def test_projects_of_different_length_stand_apart_from_each_other():
    flows = wide([-10000, 40000, 50000, 30000, 20000, None], [-10000, *[30000] * 5])
    found = appraise_flows(flows, rate=0.125).views["project"]["equivalent_annual_yuan"]
    assert found.tolist() == pytest.approx([32810.85, 27191.46], abs=0.02)  # the CFA pair


def test_all_rates_are_listed_and_never_is_said():
    views = appraise_flows(wide([-100, 230, -132], [-100, 10, 10], [-100, 60, 60])).views["project"]
    assert views["all_irr"].iloc[0] == pytest.approx((0.1, 0.2))
    assert math.isnan(views["irr"].iloc[0])
    assert len(views["all_irr"].iloc[2]) == 1
    assert views["never"].tolist() == [True, True, False]


def test_one_view_equals_the_plain_appraisal():
    rng = np.random.default_rng(2)
    rows = np.column_stack([-rng.uniform(50, 200, 30), rng.uniform(0, 80, (30, 8))])
    plain = appraise(rows, rate=0.06, first_period=1)
    found = appraise_flows(wide(*rows), rate=0.06, first_period=1).views["project"]
    pd.testing.assert_frame_equal(found[plain.columns].reset_index(drop=True), plain)


def test_benefit_years_count_years_above_the_running_subsidy():
    table = pd.DataFrame(
        {"project_id": "A", "period": range(5), "costs": [100, 0, 0, 0, 0], "subsidies": [50, 5, 5, 0, 0],
         "household_benefit": [0, 5, 8, 9, 2]}
    )  # fmt: skip
    flows = read_flows(table)
    assert running_subsidies(flows)[0].tolist() == [0, 5, 5, 0, 0]
    assert benefit_years(flows).tolist() == [3]
    assert benefit_years(flows, least=np.array([3.0])).tolist() == [2]
    assert np.isnan(benefit_years(wide([-1.0, 2.0]))).all()


def test_three_views_and_impossible_rates():
    assert set(appraise_flows(wide([-1.0, 2.0])).views) == set(VIEWS)
    with pytest.raises(SettingsError):
        appraise_flows(wide([-1.0, 2.0]), rate=-2)
