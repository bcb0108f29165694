"""The single numbers of a list, from any part of its rows: shares, concentration, evenness, with reasons for gaps."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from evaluator.balance.concentration import effective_number, herfindahl, normalised_herfindahl, shares_of
from evaluator.balance.ledger import Ledger
from evaluator.balance.townships import Townships, measure_evenness

Mask = NDArray[np.bool_]

MEASURES = (
    "amount", "projects", "households", "poor_households", "industry_share", "employment_share", "fee_share",
    "flagged_share", "flagged_projects_share", "unjudged_share", "effective_types", "inverse_hhi", "hhi",
    "hhi_normalised", "largest_product_share", "long_share", "short_share", "gini", "gini_standardised",
    "gini_households", "theil",
)  # fmt: skip
"""Every measure, in the order it is shown. ``hhi`` and its kin are over product types; ``gini`` and its kin over
townships, of funds a poor household; shares are of funds unless named otherwise."""


def measure_all(
    ledger: Ledger, towns: Townships, *, long_years: float, short_years: float, kept: Mask | None = None
) -> dict[str, float]:
    """Every measure of the kept rows (all unless given); NaN where it cannot be told.

    Shares take projects in place of funds when the whole list states no amount. Horizon shares are of the funds whose
    horizon is known; type measures of the funds whose product is known.
    """
    rows = np.ones(len(ledger), dtype=bool) if kept is None else kept
    weight = np.where(rows, ledger.weight, 0.0)
    kind = ledger.groups["kind"]
    scored, flagged = rows & ledger.scored, rows & (ledger.level == "flag")
    dated = scored & ~np.isnan(ledger.years)
    with np.errstate(invalid="ignore"):
        long, short = ledger.years > long_years, ledger.years <= short_years
    stated = ledger.amount[rows & ~np.isnan(ledger.amount)]
    return {
        "amount": float(stated.sum()) if stated.size else np.nan,
        "projects": float(rows.sum()),
        "households": _sum(ledger.households[rows]),
        "poor_households": _sum(ledger.poor_households[rows]),
        "industry_share": _share(weight, kind == "industry", rows),
        "employment_share": _share(weight, kind == "employment", rows),
        "fee_share": _share(weight, ledger.fee, rows),
        "flagged_share": _share(weight, flagged, scored),
        "flagged_projects_share": _share(np.ones(len(ledger)), flagged, scored),
        "unjudged_share": _share(weight, ledger.level == "cannot_judge", scored),
        **_types(ledger, weight, rows & ledger.typed),
        "long_share": _share(weight, long, dated),
        "short_share": _share(weight, short, dated),
        **measure_evenness(ledger, towns, rows),
    }


def effective_types(ledger: Ledger, weight: NDArray[np.float64]) -> float:
    """Effective number of project types of order 2, with the likeness of homogeneity between types.

    1/Σ p_i p_j s_ij without forming pairs: nested levels of likeness make it a sum of squared shares over levels. A
    type is wholly like itself, also where its product is only a general word.
    """
    whole = weight.sum()
    if not whole > 0:
        return np.nan
    types, (first, second, third) = ledger.types, ledger.similarity[:3]
    p = np.bincount(types.row_class, weights=weight, minlength=len(types.bucket)) / whole
    alike, own = 0.0, np.zeros(len(p))
    for step, level in zip((first - second, second - third, third), types.levels, strict=True):
        known = level >= 0
        held = np.bincount(level[known], weights=p[known]) if known.any() else np.zeros(1)
        alike += step * float(held @ held)
        own += np.where(known, step, 0.0)
    alike += float(p**2 @ (1.0 - own))
    if types.discount.nnz:
        alike -= float(p @ (types.discount @ p))
    return 1.0 / alike


def _types(ledger: Ledger, weight: NDArray[np.float64], typed: Mask) -> dict[str, float]:
    held = np.where(typed, weight, 0.0)
    by_type = np.bincount(ledger.types.row_class, weights=held, minlength=len(ledger.types.bucket))
    met = by_type[by_type > 0]
    return {
        "effective_types": effective_types(ledger, held),
        "inverse_hhi": effective_number(met),
        "hhi": herfindahl(met),
        "hhi_normalised": normalised_herfindahl(met),
        "largest_product_share": float(shares_of(met).max()) if met.size else np.nan,
    }


def find_reasons(ledger: Ledger, towns: Townships, measures: Mapping[str, float]) -> dict[str, str]:
    """Why each measure without a value has none: a code said in the report floor."""
    return {key: _reason(key, ledger, towns) for key, value in measures.items() if np.isnan(value)}


def _reason(key: str, ledger: Ledger, towns: Townships) -> str:
    if not len(ledger):
        return "no_projects"
    if key == "amount":
        return "no_amounts"
    if key in ("households", "poor_households"):
        return "no_households"
    if key in ("gini", "gini_standardised", "gini_households", "theil"):
        return towns.reason or "one_township"
    if not ledger.scored.any():
        return "none_scored"
    if key in ("long_share", "short_share"):
        return "no_horizons"
    if key == "hhi_normalised" and ledger.typed.any():
        return "one_type"
    return "no_products" if not ledger.typed.any() else "no_amounts"


def _share(weight: NDArray[np.float64], part: Mask, of: Mask) -> float:
    whole = weight[of].sum()
    return float(weight[of & part].sum() / whole) if whole > 0 else np.nan


def _sum(values: NDArray[np.float64]) -> float:
    return float(np.nansum(values)) if (~np.isnan(values)).any() else np.nan
