"""Level benefits laid out year by year, so that a project without a flows table has all measures of one that has."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.horizon import Horizon
from evaluator.criteria.level_benefit import paying_years
from evaluator.criteria.score import Array
from evaluator.domain.flows import Flows


def years_paid(delay: Array, paying: Array) -> Array:
    """The part of each year in which a level benefit is paid, (n, periods), 0–1; it runs from ``delay`` on."""
    years = np.arange(int(np.ceil(np.nanmax(delay + paying, initial=1.0))) + 1, dtype=float)
    until = (delay + paying)[:, None]
    return np.asarray(np.clip(np.minimum(years, until) - np.maximum(years - 1, delay[:, None]), 0, 1))


def level_flows(projects: pd.Index, horizon: Horizon, rows: NDArray[np.intp]) -> Flows:
    """Flows of the projects in these rows: investment at the start, then what is stated as a level benefit a year.

    ``projects`` are their ids. What is not stated is NaN, except running subsidies, which are then none.
    """
    delay, life = horizon.delay.point[rows], horizon.life.point[rows]
    paying = paying_years(horizon.benefit_years.point[rows], delay, life)
    paid = years_paid(delay, paying)
    benefit = horizon.yearly_benefit.point[rows, None] * paid
    costs = np.maximum(-benefit, 0.0)
    costs[:, 0] += horizon.investment.point[rows]
    return Flows(
        projects=projects,
        costs=costs,
        benefits=np.maximum(benefit, 0.0),
        subsidies=np.nan_to_num(horizon.household_subsidy.point[rows, None]) * paid,
        household_benefit=np.maximum(horizon.household_benefit.point[rows, None] * paid, 0.0),
        last=np.maximum(np.ceil(delay + paying), 1).astype(np.int64),
        gross=False,
    )
