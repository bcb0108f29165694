"""What stated flows put in place of a level benefit; the reading of a list is tested with the payback criterion."""

import numpy as np
import pandas as pd

from evaluator.criteria.horizon import Horizon, with_flows
from evaluator.criteria.score import Quantity
from evaluator.criteria.stated_flows import align_flows
from evaluator.domain.settings import PaybackSettings
from evaluator.intake.flows import read_flows

FLOWS = pd.DataFrame(
    {
        "project_id": "B", "period": range(5), "costs": [100, 10, 10, 10, 10], "benefits": [0, 0, 60, 60, 60],
        "subsidies": [30, 0, 2, 2, 0], "household_benefit": [0, 0, 8, 10, 12],
    }
)  # fmt: skip


def test_only_projects_with_flows_change():
    both = np.array([7.0, np.nan])
    none = np.full(2, np.nan)
    quantities = [Quantity.known(values) for values in (both, none, both, both, both, np.ones(2), np.full(2, 10.0))]
    horizon = Horizon(*quantities, np.array([True, True]))
    stated = align_flows(
        pd.Index(["A", "B"]), read_flows(FLOWS), investment=both, households=none, settings=PaybackSettings()
    )
    found = with_flows(horizon, stated)
    assert found.benefit_years.point.tolist() == [7, 3]
    assert found.household_benefit.point.tolist() == [7, 10]
    assert found.household_subsidy.low[1] == 4 / 3
    assert found.delay.point.tolist() == [1, 1]
    assert found.delay_assumed.tolist() == [True, False]
    assert found.yearly_benefit.point[1] == 50
    assert np.isnan(found.yearly_benefit.point[0])
