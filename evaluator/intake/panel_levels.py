"""Incomes written in two units: villages or years whose usual income is a hundred times away from the others'."""

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue, TableError
from evaluator.intake.panel_columns import Columns
from evaluator.intake.panel_faults import EXAMPLES, collected
from evaluator.intake.panel_source import AnyFrame

MOST_LEFT_OUT = 0.2
"""Share of the village-years (or of the years) that may be left out; beyond it no unit is the usual one."""
MOST_NAMED = 200


def measure_levels(frame: AnyFrame) -> pd.DataFrame:
    """Usual income by village and year: ``level``, the mean of log10 of the incomes above 0, and ``rows``."""
    income = nw.col("income")
    logs = frame.with_columns(nw.when(income > 0).then(income).log(10.0).alias("level"))
    folded = logs.group_by("cluster_id", "year", drop_null_keys=False).agg(
        nw.col("level").mean(), nw.len().alias("rows")
    )
    levels: pd.DataFrame = collected(folded).to_pandas()
    return levels.dropna(subset=["level"]).reset_index(drop=True)


def find_units(levels: pd.DataFrame, apart: float) -> tuple["pd.Series[Any]", "pd.Series[Any]"]:
    """Years, then village-years, whose usual income is ``apart`` times away from that of the others.

    Returns
    -------
    tuple
        Deviations in powers of ten of the odd years (by year) and of the odd village-years (by row of ``levels``).
    """
    limit = np.log10(apart)
    of_year = levels.groupby("year")["level"].median()
    odd_years = (of_year - of_year.median())[lambda gap: gap.abs() >= limit]
    gap = levels["level"] - levels["year"].map(of_year)
    return odd_years, gap[gap.abs() >= limit]


def leave_units_out(
    frame: AnyFrame, columns: Columns, levels: pd.DataFrame, apart: float
) -> tuple[AnyFrame, list[Issue]]:
    """The rows without village-years in another unit than the others; raises ``TableError`` when no unit is usual."""
    odd_years, odd = find_units(levels, apart)
    if not len(odd_years) and not len(odd):
        return frame, []
    years = levels["year"].nunique()
    shown = [f"{year:g} (×{_times(gap)})" for year, gap in odd_years.head(EXAMPLES).items()]
    where = levels.loc[odd.index]
    shown += [
        f"{village} {year:g} (×{_times(gap)})"
        for village, year, gap in zip(where["cluster_id"].head(EXAMPLES), where["year"], odd, strict=False)
    ]
    named = ", ".join(shown)
    if len(odd_years) > MOST_LEFT_OUT * years or len(odd) > MOST_LEFT_OUT * len(levels) or len(odd) > MOST_NAMED:
        raise TableError(columns.tell("E_PANEL_UNITS_MIXED", "outcome", named, times=f"{apart:g}"))
    lost = int(where["rows"].sum() + levels.loc[levels["year"].isin(odd_years.index), "rows"].sum())
    if len(odd_years):
        frame = frame.filter(~nw.col("year").is_in(odd_years.index.tolist()))
    for year, villages in where.groupby("year")["cluster_id"]:
        frame = frame.filter(~((nw.col("year") == year) & nw.col("cluster_id").is_in(villages.tolist())))
    return frame, [columns.tell("E_PANEL_UNITS", "outcome", named, times=f"{apart:g}", count=lost)]


def _times(gap: float) -> str:
    """How many times the usual: 10000, 0.0001."""
    return f"{10.0 ** round(float(gap), 1):.2g}" if abs(gap) < 4 else f"{10.0 ** round(float(gap)):g}"
