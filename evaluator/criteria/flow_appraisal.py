"""Flows tables appraised: the project without and with its subsidies, and the households."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evaluator.criteria.cashflow import FirstPeriod, appraise, npv
from evaluator.criteria.irr import irr_all_roots
from evaluator.domain.flows import Array, Flows

VIEWS = ("project", "project_with_subsidy", "household")


@dataclass(frozen=True, slots=True)
class FlowAppraisal:
    """Cash-flow measures of n projects in three views.

    ``views`` maps each of ``VIEWS`` to n rows: the columns of ``appraise``, then ``npv_first_today_yuan`` and
    ``npv_spreadsheet_yuan`` (first flow today; after one year), ``all_irr`` (tuples, ascending), ``never`` (known
    flows that never pay back), and for households ``per_household_yuan`` (equivalent annual income of one household,
    NaN without their number) and ``benefit_years`` (years in which their gain exceeds the running subsidy).
    """

    flows: Flows
    views: dict[str, pd.DataFrame]


def appraise_flows(
    flows: Flows,
    *,
    rate: float = 0.08,
    finance_rate: float | None = None,
    reinvest_rate: float | None = None,
    first_period: FirstPeriod = 0,
    households: Array | None = None,
) -> FlowAppraisal:
    """Appraise the projects of a flows table, each over its own years.

    Parameters
    ----------
    rate, finance_rate, reinvest_rate, first_period
        As in ``appraise``.
    households
        (n,) beneficiary households, NaN where not known.

    Raises
    ------
    SettingsError
        When a rate or ``first_period`` is impossible.
    """
    how = {"finance_rate": finance_rate, "reinvest_rate": reinvest_rate, "first_period": first_period}
    nothing = np.zeros_like(flows.costs)
    tables = {
        "project": (flows.costs, flows.benefits),
        "project_with_subsidy": (flows.costs, flows.benefits + flows.subsidies),
        "household": (nothing, flows.household_benefit),
    }
    views = {name: _appraise(flows, costs, gains, rate, how) for name, (costs, gains) in tables.items()}
    household = views["household"]
    each = np.full(len(flows), np.nan) if households is None else np.where(households > 0, households, np.nan)
    household["per_household_yuan"] = household["equivalent_annual_yuan"] / each
    household["benefit_years"] = benefit_years(flows)
    return FlowAppraisal(flows, views)


def _appraise(flows: Flows, costs: Array, gains: Array, rate: float, how: Mapping[str, Any]) -> pd.DataFrame:
    """One view, project by project over its own years, in the order of the table."""
    net = gains - costs
    parts = []
    for last in np.unique(flows.last):
        mine, years = np.flatnonzero(flows.last == last), slice(int(last) + 1)
        part = appraise(net[mine, years], rate=rate, costs=costs[mine, years], benefits=gains[mine, years], **how)
        parts.append(part.set_axis(mine))
    table = pd.concat(parts).sort_index().set_axis(flows.projects)
    known = np.isfinite(net).all(axis=1)
    table["npv_first_today_yuan"] = npv(net, rate=rate)
    table["npv_spreadsheet_yuan"] = npv(net, rate=rate, first_period=1)
    several = table["irr_roots"].to_numpy() > 1
    table["all_irr"] = pd.Series(
        [
            tuple(irr_all_roots(row).tolist()) if many else () if np.isnan(one) else (float(one),)
            for row, many, one in zip(net, several, table["irr"], strict=True)
        ],
        index=table.index,
        dtype=object,
    )
    table["never"] = known & table["payback_years"].isna().to_numpy()
    return table


def running_subsidies(flows: Flows) -> Array:
    """Subsidies after the investment, in the years in which households gain; (n, p)."""
    later = np.arange(flows.costs.shape[1]) > 0
    return np.where(later & (flows.household_benefit > 0), flows.subsidies, 0.0)


def benefit_years(flows: Flows, *, least: Array | float = 0.0) -> Array:
    """Years in which households gain, without running subsidy, more than nothing and at least ``least``; NaN unsaid."""
    own = flows.household_benefit - running_subsidies(flows)
    wanted = np.broadcast_to(np.asarray(least, dtype=float), (len(flows),))[:, None]
    with np.errstate(invalid="ignore"):
        years = ((own > 0) & (own >= wanted)).sum(axis=1).astype(float)
    return np.where(np.isnan(flows.household_benefit).any(axis=1) | np.isnan(wanted[:, 0]), np.nan, years)
