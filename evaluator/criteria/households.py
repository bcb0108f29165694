"""What one household gains: a year, spread over the horizon, without subsidy, beside the poverty line."""

import numpy as np
import pandas as pd

from evaluator.criteria.horizon import Horizon
from evaluator.criteria.level_benefit import annuity, paying_years
from evaluator.criteria.score import Array
from evaluator.criteria.stated_flows import StatedFlows, prefer
from evaluator.domain.settings import PaybackSettings


def measure_households(
    frame: pd.DataFrame,
    horizon: Horizon,
    *,
    settings: PaybackSettings,
    currency: str = "CNY",
    stated: StatedFlows | None = None,
) -> pd.DataFrame:
    """The household view of n projects, in the list's currency a year.

    Parameters
    ----------
    frame
        n projects, columns ``households`` and ``persons``.
    stated
        Yearly flows of some of them, which go before the level benefit.

    Returns
    -------
    pandas.DataFrame
        n rows: ``yearly`` and ``yearly_own`` (without running subsidy) gain of one household at full running;
        ``equivalent_annual`` and ``equivalent_annual_own``: the present value of its gains spread evenly over the
        horizon; ``benefit_years``; ``line``, the poverty line of one household (a person's line × persons per
        household) and ``line_share`` = ``equivalent_annual_own`` over it, NaN when no line is set, persons are not
        known or the list is not in yuan.

    Notes
    -----
    Equivalent annual income = h (A(a + y) − A(a)) / A(T), y = min(benefit years, T − a): a gain of one year in ten
    counts about a tenth.
    """
    households = frame["households"].to_numpy(float)
    each = np.where(households > 0, households, np.nan)
    gain = horizon.household_benefit.point / each
    own = np.maximum(horizon.household_benefit.point - np.nan_to_num(horizon.household_subsidy.point), 0.0) / each
    lasting = _spread_factor(horizon, settings.rate)
    annual, annual_own = gain * lasting, own * lasting
    if stated is not None:
        annual, annual_own = prefer(stated.per_household, annual), prefer(stated.per_household_own, annual_own)
    line = _line(frame, households, settings.poverty_line_yuan if currency == "CNY" else 0.0)
    return pd.DataFrame(
        {
            "yearly": gain,
            "yearly_own": own,
            "equivalent_annual": annual,
            "equivalent_annual_own": annual_own,
            "benefit_years": horizon.benefit_years.point,
            "line": line,
            "line_share": annual_own / line,
        },
        index=frame.index,
    )


def _spread_factor(horizon: Horizon, rate: float) -> Array:
    """Present value of 1 a year in the benefit years over that of 1 a year in all years of the horizon."""
    delay, life = horizon.delay.point, horizon.life.point
    paying = paying_years(horizon.benefit_years.point, delay, life)
    share = (annuity(delay + paying, rate) - annuity(delay, rate)) / annuity(life, rate)
    return np.where(np.isnan(horizon.benefit_years.point), np.nan, share)


def _line(frame: pd.DataFrame, households: Array, line_yuan: float) -> Array:
    persons = frame["persons"].to_numpy(float)
    size = np.divide(persons, households, out=np.full(len(frame), np.nan), where=(households > 0) & (persons > 0))
    return size * line_yuan if line_yuan > 0 else np.full(len(frame), np.nan)
