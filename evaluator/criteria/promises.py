"""Payback and promised asset income held against the life of the asset."""

import numpy as np
import pandas as pd

from evaluator.criteria.score import Array

CHECKS = ("pays_back_in_life", "promise_ends_in_life", "promise_earned")


def check_promises(
    index: pd.Index,
    *,
    payback_years: Array,
    asset_life_years: Array,
    promised_share: Array,
    investment: Array,
    yearly_benefit: Array,
) -> pd.DataFrame:
    """Three checks of n projects, each with its ratio; a ratio above 1 fails.

    Parameters
    ----------
    payback_years
        (n,) years, ``inf`` = never. All others (n,) with NaN for what is not stated.
    promised_share
        Promised asset income a year over the investment.

    Returns
    -------
    pandas.DataFrame
        n rows. ``promise_payback_years`` = 1 / promised share: 5 % a year is a payback of 20 years. For each of
        ``CHECKS`` the ratio and ``<check>_state`` (``holds``, ``fails``, ``unknown``): payback over asset life;
        promised payback over asset life (a promise that outlives the asset is paid from elsewhere or not at all); the
        promised income over the yearly benefit.
    """
    life = np.where(asset_life_years > 0, asset_life_years, np.nan)
    share = np.where(promised_share > 0, promised_share, np.nan)
    benefit = np.where(np.isnan(yearly_benefit), np.nan, np.maximum(yearly_benefit, 0.0))
    with np.errstate(divide="ignore"):
        ratios = dict(zip(CHECKS, (payback_years / life, 1 / share / life, share * investment / benefit), strict=True))
    table = pd.DataFrame({"promise_payback_years": 1 / share}, index=index)
    for key, ratio in ratios.items():
        table[key] = ratio
        table[f"{key}_state"] = np.where(
            np.isnan(ratio), "unknown", np.where(ratio <= 1 + 1e-9, "holds", "fails")
        ).astype(object)
    return table
