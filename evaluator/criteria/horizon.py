"""What a list says of time and money: investment, yearly benefits, delay, benefit years, horizon."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.criteria.score import Array, Quantity
from evaluator.criteria.stated_flows import StatedFlows, prefer
from evaluator.criteria.travel import ranged
from evaluator.domain.settings import PaybackSettings

DAYS_PER_YEAR = 365.25


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


def with_flows(horizon: Horizon, stated: StatedFlows) -> Horizon:
    """The horizon with what stated flows say of households, and of the project where the list says nothing."""

    def known(values: Array, quantity: Quantity) -> Quantity:
        return Quantity(*(prefer(values, side) for side in (quantity.point, quantity.low, quantity.high)))

    delay = np.where(horizon.delay_assumed, stated.delay, np.nan)
    return replace(
        horizon,
        yearly_benefit=_or(horizon.yearly_benefit, Quantity.known(stated.yearly_benefit)),
        household_benefit=known(stated.household_benefit, horizon.household_benefit),
        household_subsidy=known(stated.household_subsidy, horizon.household_subsidy),
        benefit_years=known(stated.benefit_years, horizon.benefit_years),
        delay=known(delay, horizon.delay),
        delay_assumed=horizon.delay_assumed & np.isnan(delay),
    )
