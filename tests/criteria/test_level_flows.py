"""Level benefits as yearly flows: investment first, whole and part years, what is not stated stays missing."""

import numpy as np
import pandas as pd

from evaluator.criteria.horizon import Horizon
from evaluator.criteria.level_flows import level_flows, years_paid
from evaluator.criteria.score import Quantity


def horizon(**values):
    stated = {
        "investment": 100.0, "yearly_benefit": 40.0, "household_benefit": 30.0, "household_subsidy": 6.0,
        "benefit_years": 3.0, "delay": 0.5, "life": 10.0,
    } | values  # fmt: skip
    known = {key: Quantity.known(np.array([value])) for key, value in stated.items()}
    return Horizon(**known, delay_assumed=np.array([False]))


def test_part_years_are_paid_in_part():
    assert years_paid(np.array([0.5]), np.array([3.0])).tolist() == [[0, 0.5, 1, 1, 0.5]]


def test_a_level_benefit_laid_out_year_by_year():
    flows = level_flows(pd.Index(["a"]), horizon(), np.array([0]))
    assert flows.net()[0].tolist() == [-100, 20, 40, 40, 20]
    assert flows.subsidies[0].tolist() == [0, 3, 6, 6, 3]
    assert flows.household_benefit[0].tolist() == [0, 15, 30, 30, 15]
    assert flows.last.tolist() == [4]
    assert (flows.costs >= 0).all()


def test_a_loss_each_year_is_a_cost():
    flows = level_flows(pd.Index(["a"]), horizon(yearly_benefit=-5.0, delay=0.0), np.array([0]))
    assert flows.net()[0].tolist() == [-100, -5, -5, -5]
    assert flows.benefits.max() == 0


def test_what_is_not_stated_is_missing_and_no_subsidy_is_none():
    flows = level_flows(
        pd.Index(["a"]), horizon(household_benefit=np.nan, household_subsidy=np.nan, investment=np.nan), np.array([0])
    )
    assert np.isnan(flows.household_benefit).any()
    assert np.isnan(flows.net()).any()
    assert flows.subsidies.max() == 0
