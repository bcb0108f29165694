"""Payback horizon: does the money come back, and do households still gain when the subsidy has ended?

P = √(v_pb · v_dur). v_pb values the years until the project's own benefit has repaid the investment; v_dur values
the years in which households gain, without subsidy, at least a stated share of the investment. A project whose net
present value is negative is capped.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.cashflow import appraise
from evaluator.criteria.draws import Draws
from evaluator.criteria.offers import ranged
from evaluator.criteria.score import (
    Array,
    CriterionScore,
    Quantity,
    finish_score,
    piecewise,
    piecewise_drawn,
    unknown_value,
)
from evaluator.domain.settings import Anchors, PaybackSettings, ScoreSettings

DAYS_PER_YEAR = 365.25
LONGEST_YEARS = 130


@dataclass(frozen=True, slots=True)
class Horizon:
    """What the payback criterion reads, n projects; money in the list's currency, time in years.

    ``delay`` runs from the start to the first income; where nothing is said it is a stated range. ``life`` is the
    appraisal horizon: asset life, else the setting.
    """

    investment: Quantity
    yearly_benefit: Quantity
    household_benefit: Quantity
    household_subsidy: Quantity
    benefit_years: Quantity
    delay: Quantity
    life: Quantity
    delay_assumed: NDArray[np.bool_]


def read_horizon(frame: pd.DataFrame, amounts: pd.DataFrame, *, settings: PaybackSettings) -> Horizon:
    """Gather a portfolio's cash-flow facts; ``frame`` and ``amounts`` as in ``Portfolio``."""
    stated = frame.drop(columns=amounts.columns).join(amounts)
    money = {
        key: Quantity(*ranged(stated, f"{key}_yuan"))
        for key in ("investment", "yearly_benefit", "yearly_household_benefit", "yearly_subsidy")
    }
    household = _or(money["yearly_household_benefit"], Quantity.known(_wage_benefit(frame, amounts)))
    employment = (frame["kind"] == "employment").to_numpy()
    delay = _delay(frame)
    assumed = np.isnan(delay)
    life = np.minimum(
        np.where(np.isnan(frame["asset_life_years"]), settings.horizon_years, frame["asset_life_years"]),
        settings.horizon_longest,
    )
    return Horizon(
        investment=money["investment"],
        yearly_benefit=_or(money["yearly_benefit"], household, where=employment),
        household_benefit=household,
        household_subsidy=money["yearly_subsidy"],
        benefit_years=Quantity(*ranged(frame, "benefit_years")),
        delay=Quantity(
            np.where(assumed, settings.delay_years, delay),
            np.where(assumed, settings.delay_low_years, delay),
            np.where(assumed, settings.delay_high_years, delay),
        ),
        life=Quantity.known(life),
        delay_assumed=assumed,
    )


def _or(first: Quantity, second: Quantity, *, where: NDArray[np.bool_] | bool = True) -> Quantity:
    """``second`` where ``first`` is missing (and ``where`` holds)."""
    use = np.isnan(first.point) & where
    return Quantity(*(np.where(use, getattr(second, side), getattr(first, side)) for side in ("point", "low", "high")))


def yearly_wages(frame: pd.DataFrame, wage: Array) -> Array:
    """Wages of a year: posts × monthly wage × months of work in a year (12 unless the contract is shorter)."""
    months = np.fmin(frame["contract_months"].to_numpy(float), 12.0)
    return frame["jobs"].to_numpy(float) * wage * np.where(np.isnan(months), 12.0, months)


def _wage_benefit(frame: pd.DataFrame, amounts: pd.DataFrame) -> Array:
    """Yearly household benefit from jobs: the wages above the alternative wage, when one is stated."""
    wage, other = (amounts[key].to_numpy(float) for key in ("wage_yuan_month", "local_wage_yuan_month"))
    return yearly_wages(frame, wage - np.nan_to_num(other))


def _delay(frame: pd.DataFrame) -> Array:
    """Years from start to first income: the stated date, else the construction months, else start to end."""
    to_income = _years_between(frame["start"], frame["first_income"])
    building = frame["construction_months"].to_numpy(float) / 12
    to_end = _years_between(frame["start"], frame["end"])
    delay = np.where(np.isnan(to_income), np.where(np.isnan(building), to_end, building), to_income)
    return np.asarray(np.maximum(delay, 0.0), dtype=np.float64)


def _years_between(start: pd.Series, end: pd.Series) -> Array:
    return np.asarray((end - start).dt.days / DAYS_PER_YEAR, dtype=np.float64)


def annuity(years: Array, rate: float) -> Array:
    """Present value of 1 a year over the first ``years`` years, paid at year ends, linear inside a year."""
    whole = np.arange(LONGEST_YEARS + 1, dtype=float)
    return np.asarray(np.interp(years, whole, np.concatenate([[0.0], np.cumsum((1 + rate) ** -whole[1:])])))


def paying_years(benefit_years: Array, delay: Array, life: Array) -> Array:
    """Years in which the project itself earns: until the horizon ends, or earlier when the benefit is said to end."""
    within = np.maximum(life - delay, 0.0)
    return np.where(np.isnan(benefit_years), within, np.minimum(benefit_years, within))


def payback_years(investment: Array, yearly_benefit: Array, delay: Array, paying: Array) -> Array:
    """Years from the start until the benefit has repaid the investment; ``inf`` = never, NaN = not known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        running = np.where(
            yearly_benefit > 0, investment / yearly_benefit, np.where(np.isnan(yearly_benefit), np.nan, np.inf)
        )
    never = running > paying
    return np.where(np.isnan(running), np.nan, np.where(never, np.inf, delay + running))


def present_value(investment: Array, yearly_benefit: Array, delay: Array, paying: Array, rate: float) -> Array:
    """Net present value of the project at ``rate``: the investment at the start, the benefit at year ends."""
    return yearly_benefit * (annuity(delay + paying, rate) - annuity(delay, rate)) - investment


def lasting_years(
    investment: Array, household_benefit: Array, subsidy: Array, benefit_years: Array, share: float
) -> Array:
    """Years in which households gain, without subsidy, at least ``share`` of the investment a year."""
    own = household_benefit - np.where(np.isnan(subsidy), 0.0, subsidy)
    with np.errstate(invalid="ignore"):
        years = np.where(own >= share * investment, benefit_years, 0.0)
    return np.where(np.isnan(own) | np.isnan(investment) | np.isnan(benefit_years), np.nan, years)


def half_life_years(benefit_years: Array, delay: Array, rate: float) -> Array:
    """Years until half of the discounted household benefit has arrived (the yearly amount cancels out)."""
    whole = np.arange(LONGEST_YEARS + 1, dtype=float)
    cumulated = annuity(whole, rate)
    half = (annuity(delay, rate) + annuity(delay + benefit_years, rate)) / 2
    return np.where(np.isnan(benefit_years), np.nan, np.interp(half, cumulated, whole))


def combine(v_payback: Array, v_lasting: Array, npv: Array, cap: float) -> Array:
    """P = √(v_pb · v_dur), capped where the net present value is negative."""
    value = np.sqrt(v_payback * v_lasting)
    with np.errstate(invalid="ignore"):
        return np.where(npv < 0, np.minimum(value, cap), value)


def score_payback(
    index: pd.Index, horizon: Horizon, *, settings: PaybackSettings, score: ScoreSettings, draws: Draws
) -> CriterionScore:
    """Score the payback horizon of n projects."""

    def value(x: Array, anchors: Anchors, part: str, *, drawn: bool) -> Array:
        return piecewise_drawn(x, anchors, draws=draws, name=f"payback.{part}") if drawn else piecewise(x, anchors)

    def values(x: Mapping[str, Array], *, drawn: bool = False) -> tuple[Array, Array, Array, Array, Array]:
        paying = paying_years(x["benefit_years"], x["delay"], x["life"])
        payback = payback_years(x["investment"], x["yearly_benefit"], x["delay"], paying)
        lasting = lasting_years(
            x["investment"], x["household_benefit"], x["household_subsidy"], x["benefit_years"], settings.lasting_share
        )
        npv = present_value(x["investment"], x["yearly_benefit"], x["delay"], paying, settings.rate)
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
        _, _, npv_drawn, v_pb, v_dur = values(drawn, drawn=True)
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
    years = np.arange(int(np.ceil(np.nanmax(delay + paying, initial=1.0))) + 1, dtype=float)
    inside = np.clip(np.minimum(years, (delay + paying)[:, None]) - np.maximum(years - 1, delay[:, None]), 0, 1)
    flows = benefit[:, None] * inside
    flows[:, 0] -= horizon.investment.point
    return np.where(np.isnan(benefit)[:, None] | np.isnan(horizon.investment.point)[:, None], np.nan, flows)


def appraise_portfolio(index: pd.Index, horizon: Horizon, *, settings: PaybackSettings) -> pd.DataFrame:
    """Cash-flow measures of n projects in the list's currency: ``appraise``, with the half-life of households.

    ``payback_years`` and ``discounted_payback_years`` are ``inf`` when the money never comes back.
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
    return table
