"""Units side by side: outcomes and covariates of every unit by year, for what needs more than sums.

Rows stay in memory and are never written anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.panel import IncomePanel

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Units:
    """N units over T years.

    ``years`` (T,); ``outcome`` (N, T) with NaN where not seen; ``start`` (N,), ``cluster`` (N,) codes in the order of
    ``Cells``; ``weight`` (N,); ``numbers`` (N, T, k) covariates; ``labels`` the traits and discrete covariates, a row a
    unit.
    """

    years: Ints
    outcome: Array
    start: Ints
    cluster: Ints
    weight: Array
    numbers: Array
    labels: pd.DataFrame


def lay_units(panel: IncomePanel, *, labels: Sequence[str] = (), numbers: Sequence[str] = ()) -> Units:
    """Collect the rows of a panel unit by unit, in the order of ``unit_id``."""
    return lay_frame(collect_rows(panel, (*labels, *numbers)), labels=labels, numbers=numbers)


def lay_frame(rows: pd.DataFrame, *, labels: Sequence[str] = (), numbers: Sequence[str] = ()) -> Units:
    """The same from a pandas frame with canonical columns."""
    years, year = np.unique(rows["year"].to_numpy(np.int64), return_inverse=True)
    unit = pd.factorize(rows["unit_id"], sort=True)[0]
    n = int(unit.max()) + 1 if len(unit) else 0
    outcome = np.full((n, len(years)), np.nan)
    outcome[unit, year] = rows["outcome"].to_numpy(float)
    given = np.full((n, len(years), len(numbers)), np.nan)
    given[unit, year] = rows[list(numbers)].to_numpy(float)
    of_unit = rows.iloc[np.unique(unit, return_index=True)[1]].reset_index(drop=True)
    return Units(
        years=years,
        outcome=outcome,
        start=of_unit["first_year"].to_numpy(np.int64),
        cluster=pd.factorize(of_unit["cluster_id"], sort=True)[0].astype(np.int64),
        weight=of_unit["weight"].to_numpy(float) if "weight" in of_unit else np.ones(n),
        numbers=given,
        labels=of_unit[list(labels)],
    )


def collect_rows(panel: IncomePanel, extra: Sequence[str] = ()) -> pd.DataFrame:
    """The rows as pandas: canonical columns and those named; rows without an outcome are left out."""
    frame: Any = nw.from_native(panel.rows, pass_through=False)
    wanted = ["unit_id", "year", "outcome", "first_year", "cluster_id", *(["weight"] if panel.weighted else []), *extra]
    chosen = frame.select(*dict.fromkeys(wanted))
    rows = (chosen.collect() if isinstance(chosen, nw.LazyFrame) else chosen).to_pandas()
    return rows[rows["outcome"].notna()].reset_index(drop=True)
