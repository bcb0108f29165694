"""Effects by what else is known: kind of project, traits, labour state, poorer or less poor at the beginning."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from evaluator.domain.panel import NEVER, IncomePanel
from evaluator.income.cells import Cells
from evaluator.income.design import read_kinds
from evaluator.income.specification import Specification, specify

POORER = "poorer"
MOST_VALUES = 6
"""Values of a numeric trait above which it is split at its median."""


def split_by_traits(spec: Specification) -> Iterator[tuple[str, Specification]]:
    """Each further trait of the panel with the same panel compressed by it."""
    for trait in spec.panel.traits:
        if trait == spec.trait:
            continue
        other = specify(spec.panel, spec.rules, trait=trait)
        cells = replace(other.cells, groups=other.cells.groups.assign(**{trait: halve(other.cells, trait)}))
        yield trait, replace(other, cells=cells)
    poorer = mark_poorer(spec.panel)
    if poorer is not None:
        yield POORER, specify(poorer, spec.rules, trait=POORER)


def halve(cells: Cells, trait: str) -> pd.Series:
    """A numeric trait of many values as ``high`` and ``low`` around the median of its treated clusters."""
    values = cells.groups[trait]
    numbers = pd.to_numeric(values, errors="coerce")
    started = cells.groups["first_year"].to_numpy(np.int64) != NEVER
    known = started & numbers.notna().to_numpy()
    if numbers[known].nunique() <= MOST_VALUES or known.sum() < (read_kinds(values[started]) != "").sum():
        return values
    of_cluster = numbers[known].groupby(cells.groups["cluster"][known]).median()
    high = np.where(numbers > float(of_cluster.median()), "high", "low")
    return pd.Series(np.where(numbers.notna(), high, ""), index=values.index, dtype=object)


def mark_poorer(panel: IncomePanel) -> IncomePanel | None:
    """The panel with ``poorer``: 1 for units below the median in its first year, 0 above, none when not seen then.

    ``None`` when that year has too few different incomes. Year effects are kept apart by it, so that the usual return
    of very low and very high incomes towards the mean is not taken for an effect.
    """
    rows: Any = nw.from_native(panel.rows, pass_through=False)
    first = rows.filter(nw.col("year") == panel.years[0], ~nw.col("outcome").is_null()).select("unit_id", "outcome")
    middle = _collect(first.select(nw.col("outcome").median().alias("middle")))
    if not len(middle) or pd.isna(middle["middle"].iloc[0]):
        return None
    half = float(middle["middle"].iloc[0])
    poor = nw.when(nw.col("outcome") < half).then(nw.lit("1")).otherwise(nw.lit("0"))
    marked = first.with_columns(poor.alias(POORER)).select("unit_id", POORER)
    joined = rows.drop(POORER) if POORER in rows.collect_schema().names() else rows
    return replace(panel, rows=joined.join(marked, on="unit_id", how="left"))


def _collect(frame: Any) -> pd.DataFrame:  # noqa: ANN401 - lazy or eager narwhals frame
    return (frame.collect() if isinstance(frame, nw.LazyFrame) else frame).to_pandas()
