"""Funds for each poor household, township by township, beside the county's own line."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.balance.concentration import gini, standardised_gini, theil
from evaluator.balance.ledger import Ledger
from evaluator.criteria.vicinity import TOWNSHIP_ENDING, plain_name
from evaluator.domain.places import Places

COLUMNS = ("place_code", "township", "projects", "amount", "poor_households", "per_household")


@dataclass(frozen=True, slots=True)
class Townships:
    """Every township of the list's counties that the places table counts poor households of.

    Attributes
    ----------
    table
        One row a township, most funds a household first; ``COLUMNS``. Townships without a project have 0.
    county_line
        Funds for each poor household of all these townships together; NaN when not known.
    unmatched
        Townships the list names and the table does not, with their number of projects.
    reason
        Why there is no line: ``no_household_table``, ``no_match``, ``no_amounts``, or empty.
    code
        (n,) row of ``table`` each project stands in, in the order of ``places_of`` below; -1 none.
    """

    table: pd.DataFrame
    county_line: float
    unmatched: dict[str, int]
    reason: str
    code: NDArray[np.int64]
    households: NDArray[np.float64]


def spread_over_townships(ledger: Ledger, places: Places | None) -> Townships:
    """Funds of each township over its poor households, as the places table counts them.

    A township is known by county code and name, with or without 镇, 乡 or 街道. Rows without a county take the only
    county of the table.
    """
    counted = {} if places is None else places.numbers("poor_households")
    here = {str(code) for code in ledger.county if code} & set(counted) or set(counted)
    known = {code: {name: n for name, n in counted[code].items() if n > 0} for code in sorted(here)}
    keys = [(code, name) for code, towns in known.items() for name in towns]
    rank = {(code, plain_name(name, ending=TOWNSHIP_ENDING)): at for at, (code, name) in enumerate(keys)}
    only = next(iter(known)) if len(known) == 1 else ""
    named = [None if pd.isna(name) else plain_name(name, ending=TOWNSHIP_ENDING) for name in ledger.township]
    code = np.array(
        [-1 if name is None else rank.get((str(county or only), name), -1)
         for county, name in zip(ledger.county, named, strict=True)], dtype=np.int64,
    )  # fmt: skip
    households = np.array([known[county][name] for county, name in keys], dtype=np.float64)
    lost = pd.Series(ledger.township[(code < 0) & ~pd.isna(ledger.township)], dtype=object).value_counts(sort=False)
    return Townships(
        table=_table(ledger, keys, code, households),
        county_line=_line(ledger, code, households),
        unmatched={str(name): int(count) for name, count in lost.items()} if keys else {},
        reason=_reason(ledger, code, households),
        code=code,
        households=households,
    )


def funds_by_township(
    ledger: Ledger, code: NDArray[np.int64], size: int, kept: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """(size,) funds of the kept projects in each township."""
    some = kept & (code >= 0)
    return np.asarray(np.bincount(code[some], np.nan_to_num(ledger.amount[some]), minlength=size), dtype=np.float64)


def measure_evenness(ledger: Ledger, towns: Townships, kept: NDArray[np.bool_]) -> dict[str, float]:
    """Gini, standardised, household-weighted, and Theil's T of funds a poor household over townships."""
    size = len(towns.households)
    if towns.reason or size < 2:
        return dict.fromkeys(("gini", "gini_standardised", "gini_households", "theil"), np.nan)
    per = funds_by_township(ledger, towns.code, size, kept) / towns.households
    return {
        "gini": gini(per),
        "gini_standardised": standardised_gini(per),
        "gini_households": gini(per, towns.households),
        "theil": theil(per, towns.households),
    }


def _reason(ledger: Ledger, code: NDArray[np.int64], households: NDArray[np.float64]) -> str:
    if not len(households):
        return "no_household_table"
    if not (code >= 0).any():
        return "no_match"
    return "" if np.nansum(ledger.amount[code >= 0]) > 0 else "no_amounts"


def _line(ledger: Ledger, code: NDArray[np.int64], households: NDArray[np.float64]) -> float:
    if _reason(ledger, code, households):
        return np.nan
    return float(np.nansum(ledger.amount[code >= 0]) / households.sum())


def _table(
    ledger: Ledger, keys: list[tuple[str, str]], code: NDArray[np.int64], households: NDArray[np.float64]
) -> pd.DataFrame:
    size = len(keys)
    everything = np.ones(len(ledger), dtype=bool)
    amount = funds_by_township(ledger, code, size, everything)
    known = bool(np.nansum(ledger.amount) > 0)
    table = pd.DataFrame(
        {
            "place_code": [county for county, _ in keys],
            "township": [name for _, name in keys],
            "projects": np.bincount(code[code >= 0], minlength=size),
            "amount": amount,
            "poor_households": households,
            "per_household": amount / households if known else np.full(size, np.nan),
        },
        columns=list(COLUMNS),
    )
    return table.sort_values(["per_household", "township"], ascending=[False, True], kind="stable", ignore_index=True)
