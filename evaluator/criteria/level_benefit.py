"""A level yearly benefit between a first and a last year: annuity, payback, present value, half-life."""

import numpy as np

from evaluator.criteria.score import Array

LONGEST_YEARS = 130


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
