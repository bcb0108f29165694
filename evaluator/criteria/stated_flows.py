"""Yearly flows of some projects of a list, in the order of the list: what they put in place of a level benefit."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.flow_appraisal import FlowAppraisal, appraise_flows, benefit_years, running_subsidies
from evaluator.criteria.score import Array
from evaluator.domain.flows import Flows
from evaluator.domain.settings import PaybackSettings


@dataclass(frozen=True, slots=True)
class StatedFlows:
    """What the flows of n projects say; every array is (n,) and NaN where a project has none.

    ``payback`` is ``inf`` when the money never comes back. ``household_benefit`` and ``household_subsidy`` are yearly
    means over the years in which households gain; ``per_household`` is equivalent annual income of one household,
    ``per_household_own`` the same without running subsidies. ``rows`` are positions in the list, ``appraisal`` the
    appraised flows of those projects.
    """

    rows: NDArray[np.intp]
    appraisal: FlowAppraisal
    payback: Array
    discounted_payback: Array
    npv: Array
    lasting: Array
    half_life: Array
    yearly_benefit: Array
    household_benefit: Array
    household_subsidy: Array
    benefit_years: Array
    delay: Array
    per_household: Array
    per_household_own: Array

    def over(self, table: pd.DataFrame) -> pd.DataFrame:
        """A portfolio's appraisal with these projects' measures in place."""
        done, project = table.copy(), self.appraisal.views["project"]
        mine = np.zeros(len(done), dtype=bool)
        mine[self.rows] = True
        for key in ("npv_yuan", "irr", "irr_roots", "mirr", "benefit_cost", "equivalent_annual_yuan"):
            values = done[key].to_numpy(copy=True)
            values[self.rows] = project[key].to_numpy()
            done[key] = values
        for key, stated in (
            ("payback_years", self.payback),
            ("discounted_payback_years", self.discounted_payback),
            ("half_life_years", self.half_life),
            ("lasting_years", self.lasting),
        ):
            done[key] = prefer(stated, done[key].to_numpy())
        return done.assign(from_flows=mine)


def prefer(stated: Array, other: Array) -> Array:
    """``stated`` where it is known, else ``other``, which may have a column for each draw."""
    first = stated[:, None] if other.ndim == 2 else stated
    return np.where(np.isnan(first), other, first)


def align_flows(
    index: pd.Index, flows: Flows, *, investment: Array, households: Array, settings: PaybackSettings
) -> StatedFlows | None:
    """Appraise the flows of those projects of a list that have them; ``None`` when none has.

    Parameters
    ----------
    investment, households
        (n,) of the list; an investment not known there is read from the flows.
    """
    rows, at = flows.of(index)
    if not len(rows):
        return None
    own = flows.take(at)
    spent = np.where(np.isnan(investment[rows]), own.investment, investment[rows])
    found = appraise_flows(own, rate=settings.rate, households=households[rows])
    project, household = found.views["project"], found.views["household"]
    gaining = own.household_benefit > 0
    unsubsidised = own.without_running_subsidy(running_subsidies(own))
    alone = appraise_flows(unsubsidised, rate=settings.rate, households=households[rows]).views["household"]
    first = np.where(gaining.any(axis=1), np.maximum(gaining.argmax(axis=1) - 1.0, 0.0), np.nan)

    def spread(values: Array | pd.Series) -> Array:
        whole = np.full(len(index), np.nan)
        whole[rows] = np.asarray(values, dtype=float)
        return whole

    def unless_never(key: str) -> Array:
        return spread(project[key].mask(project[key].isna() & np.isfinite(project["npv_yuan"]), np.inf))

    return StatedFlows(
        rows=rows,
        appraisal=found,
        payback=unless_never("payback_years"),
        discounted_payback=unless_never("discounted_payback_years"),
        npv=spread(project["npv_yuan"]),
        lasting=spread(benefit_years(own, least=settings.lasting_share * spent)),
        half_life=spread(household["half_life_years"]),
        yearly_benefit=spread(_mean_where(own.net(), (own.benefits > 0) & (np.arange(own.costs.shape[1]) > 0))),
        household_benefit=spread(_mean_where(own.household_benefit, gaining)),
        household_subsidy=spread(_mean_where(running_subsidies(own), gaining)),
        benefit_years=spread(benefit_years(own)),
        delay=spread(first),
        per_household=spread(household["per_household_yuan"]),
        per_household_own=spread(alone["per_household_yuan"]),
    )


def _mean_where(values: Array, kept: NDArray[np.bool_]) -> Array:
    """Mean of each row over the kept years; NaN without any."""
    count = kept.sum(axis=1)
    total = np.where(kept, values, 0.0).sum(axis=1)
    return np.asarray(np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0))
