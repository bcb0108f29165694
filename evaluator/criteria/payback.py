"""Payback horizon: does the money come back, and do households still gain when the subsidy has ended?

P = √(v_pb · v_dur). v_pb values the years until the project's own benefit has repaid the investment; v_dur values
the years in which households gain, without subsidy, at least a stated share of the investment. A project whose net
present value is negative is capped.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from evaluator.criteria.cashflow import appraise
from evaluator.criteria.draws import Draws
from evaluator.criteria.horizon import DAYS_PER_YEAR, Horizon, read_horizon, with_flows, yearly_wages
from evaluator.criteria.level_benefit import (
    LONGEST_YEARS,
    annuity,
    half_life_years,
    lasting_years,
    payback_years,
    paying_years,
    present_value,
)
from evaluator.criteria.level_flows import years_paid
from evaluator.criteria.score import (
    Array,
    CriterionScore,
    Quantity,
    finish_score,
    piecewise,
    piecewise_drawn,
    unknown_value,
)
from evaluator.criteria.stated_flows import StatedFlows, prefer
from evaluator.domain.settings import Anchors, PaybackSettings, ScoreSettings

__all__ = [
    "DAYS_PER_YEAR",
    "Horizon",
    "annuity",
    "appraise_portfolio",
    "combine",
    "half_life_years",
    "lasting_years",
    "payback_years",
    "paying_years",
    "present_value",
    "project_flows",
    "read_horizon",
    "score_payback",
    "with_flows",
    "yearly_wages",
]


def combine(v_payback: Array, v_lasting: Array, npv: Array, cap: float) -> Array:
    """P = √(v_pb · v_dur), capped where the net present value is negative."""
    value = np.sqrt(v_payback * v_lasting)
    with np.errstate(invalid="ignore"):
        return np.where(npv < 0, np.minimum(value, cap), value)


def score_payback(
    index: pd.Index,
    horizon: Horizon,
    *,
    settings: PaybackSettings,
    score: ScoreSettings,
    draws: Draws,
    stated: StatedFlows | None = None,
) -> CriterionScore:
    """Score the payback horizon of n projects; where yearly flows are ``stated`` they go before the level benefit."""

    def value(x: Array, anchors: Anchors, part: str, *, drawn: bool) -> Array:
        return piecewise_drawn(x, anchors, draws=draws, name=f"payback.{part}") if drawn else piecewise(x, anchors)

    def values(
        x: Mapping[str, Array], rows: slice = slice(None), *, drawn: bool = False
    ) -> tuple[Array, Array, Array, Array, Array]:
        paying = paying_years(x["benefit_years"], x["delay"], x["life"])
        payback = payback_years(x["investment"], x["yearly_benefit"], x["delay"], paying)
        lasting = lasting_years(
            x["investment"], x["household_benefit"], x["household_subsidy"], x["benefit_years"], settings.lasting_share
        )
        npv = present_value(x["investment"], x["yearly_benefit"], x["delay"], paying, settings.rate)
        if stated is not None:
            payback, lasting = prefer(stated.payback[rows], payback), prefer(stated.lasting[rows], lasting)
            npv = prefer(stated.npv[rows], npv)
        last = settings.payback_years[-1][0]
        reached = np.where(np.isinf(payback), max(last, LONGEST_YEARS), payback)
        v_payback = value(reached, settings.payback_years, "payback", drawn=drawn)
        return payback, lasting, npv, v_payback, value(lasting, settings.lasting_years, "lasting", drawn=drawn)

    names = ("investment", "yearly_benefit", "household_benefit", "household_subsidy", "benefit_years", "delay", "life")
    payback, lasting, npv, v_payback, v_lasting = values({name: getattr(horizon, name).point for name in names})

    def fill(value: Array, missing: Array | float) -> Array:
        return np.where(np.isnan(value), missing, value)

    point = combine(fill(v_payback, score.missing_value), fill(v_lasting, score.missing_value), npv, settings.loss_cap)

    def sample(rows: slice) -> Array:
        drawn: dict[str, Array] = {}
        each = np.arange(rows.start, rows.stop)
        for stream, name in enumerate(names):
            quantity: Quantity = getattr(horizon, name)
            low, high = quantity.low[rows, None], quantity.high[rows, None]
            spread = (low < high).any()
            drawn[name] = low + draws.uniform(each, "payback", stream) * (high - low) if spread else low
        _, _, npv_drawn, v_pb, v_dur = values(drawn, rows, drawn=True)
        for stream, value in ((20, v_pb), (21, v_dur)):
            if np.isnan(value).any():
                filled = fill(value, unknown_value(draws.uniform(each, "payback", stream), score))
                v_pb, v_dur = (filled, v_dur) if stream == 20 else (v_pb, filled)
        return combine(v_pb, v_dur, npv_drawn, settings.loss_cap)

    half = np.full(len(index), 0.5)
    coverage = half * ~np.isnan(v_payback) + half * ~np.isnan(v_lasting)
    return finish_score(
        "payback",
        index,
        point,
        coverage=coverage,
        values={"payback": v_payback, "lasting": v_lasting},
        inputs={"payback": payback, "lasting": lasting},
        weights={"payback": half, "lasting": half},
        sample=sample,
        settings=score,
        draws=draws,
    )


def project_flows(horizon: Horizon) -> Array:
    """Yearly net flows of each project (n × periods, first flow at t = 0), NaN rows where a fact is missing."""
    delay, benefit = horizon.delay.point, horizon.yearly_benefit.point
    paying = paying_years(horizon.benefit_years.point, delay, horizon.life.point)
    flows = benefit[:, None] * years_paid(delay, paying)
    flows[:, 0] -= horizon.investment.point
    return np.where(np.isnan(benefit)[:, None] | np.isnan(horizon.investment.point)[:, None], np.nan, flows)


def appraise_portfolio(
    index: pd.Index, horizon: Horizon, *, settings: PaybackSettings, stated: StatedFlows | None = None
) -> pd.DataFrame:
    """Cash-flow measures of n projects in the list's currency: ``appraise``, with the half-life of households.

    ``payback_years`` and ``discounted_payback_years`` are ``inf`` when the money never comes back; ``from_flows`` marks
    the projects measured from ``stated`` flows.
    """
    flows = project_flows(horizon)
    table = appraise(flows if len(index) else np.zeros((1, 1)), rate=settings.rate).iloc[: len(index)].set_axis(index)
    known = ~np.isnan(flows).any(axis=1)
    paying = paying_years(horizon.benefit_years.point, horizon.delay.point, horizon.life.point)
    table["payback_years"] = payback_years(
        horizon.investment.point, horizon.yearly_benefit.point, horizon.delay.point, paying
    )
    never = known & table["discounted_payback_years"].isna().to_numpy()
    table["discounted_payback_years"] = table["discounted_payback_years"].mask(never, np.inf)
    table["half_life_years"] = half_life_years(horizon.benefit_years.point, horizon.delay.point, settings.rate)
    table["lasting_years"] = lasting_years(
        horizon.investment.point,
        horizon.household_benefit.point,
        horizon.household_subsidy.point,
        horizon.benefit_years.point,
        settings.lasting_share,
    )
    table["from_flows"] = False
    return table if stated is None else stated.over(table)
