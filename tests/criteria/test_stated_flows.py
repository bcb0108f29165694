"""Flows beside a list: aligned by id, in place only where they say something."""

import numpy as np
import pandas as pd
import pytest

from evaluator.criteria.stated_flows import align_flows, prefer
from evaluator.domain.settings import PaybackSettings
from evaluator.intake.flows import read_flows

WIDE = pd.DataFrame({"project_id": ["C", "A"], 0: [-100.0, -50], 1: [60, 10], 2: [60, 10]})


def align(ids=("A", "B", "C")):
    nothing = np.full(len(ids), np.nan)
    return align_flows(
        pd.Index(ids), read_flows(WIDE), investment=nothing, households=nothing, settings=PaybackSettings()
    )


def test_measures_stand_at_their_project():
    stated = align()
    assert stated.rows.tolist() == [0, 2]
    assert np.isinf(stated.payback[0])
    assert np.isnan(stated.payback[1])
    assert stated.payback[2] == pytest.approx(100 / 60)
    assert stated.npv[2] == pytest.approx(-100 + 60 / 1.08 + 60 / 1.08**2)
    assert np.isnan(stated.lasting).all()  # wide tables say nothing of households


def test_a_portfolio_table_takes_them_in_place_and_marks_them():
    keys = ["npv_yuan", "irr", "irr_roots", "mirr", "benefit_cost", "equivalent_annual_yuan", "payback_years"]
    keys += ["discounted_payback_years", "half_life_years", "lasting_years"]
    table = pd.DataFrame(1.0, index=["A", "B", "C"], columns=keys).assign(from_flows=False)
    done = align().over(table)
    assert done["from_flows"].tolist() == [True, False, True]
    assert done.loc["B", keys].tolist() == [1.0] * len(keys)
    assert done.loc["C", "irr"] == pytest.approx(0.13066, abs=1e-5)
    assert done.loc["C", "half_life_years"] == 1.0
    assert not table["from_flows"].any()


def test_a_list_without_any_of_the_projects():
    assert align(("X", "Y")) is None


def test_prefer_spreads_over_draws():
    assert prefer(np.array([1.0, np.nan]), np.array([5.0, 6])).tolist() == [1, 6]
    assert prefer(np.array([1.0, np.nan]), np.array([[5.0, 5], [6, 7]])).tolist() == [[1, 1], [6, 7]]
