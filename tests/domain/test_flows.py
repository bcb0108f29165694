"""Yearly flows: nets, investment and matching by id."""

import numpy as np
import pandas as pd

from evaluator.domain.flows import Flows


def make():
    costs = np.array([[100.0, 20, 5, 5], [50, 0, 0, 0]])
    benefits = np.array([[0.0, 0, 60, 60], [0, 30, 30, 0]])
    subsidies = np.array([[40.0, 0, 0, 0], [0, 0, 0, 0]])
    household = np.array([[0.0, 0, 10, 10], [np.nan] * 4])
    return Flows(pd.Index(["A", "B"]), costs, benefits, subsidies, household, np.array([3, 2]))


def test_subsidies_stand_in_their_own_row():
    flows = make()
    assert flows.net()[0].tolist() == [-100, -20, 55, 55]
    assert flows.net(subsidised=True)[0].tolist() == [-60, -20, 55, 55]


def test_investment_is_what_is_spent_before_the_first_benefit():
    assert make().investment.tolist() == [120, 50]


def test_projects_are_matched_by_id():
    at, rows = make().of(pd.Index(["X", "B", "A"]))
    assert at.tolist() == [1, 2]
    assert rows.tolist() == [1, 0]
    assert len(make()) == 2
