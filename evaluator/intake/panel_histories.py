"""What the rows of each household say together: twice a year, two starts, another village; counted where the rows are.

Each household is folded into one line on the engine (how many rows, which years, smallest and largest of what must not
change), equal lines are counted there, and only those counts come into memory. Its years are a sum of powers of two: it
has as many binary ones as rows exactly when no year stands twice.
"""

from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue, TableError
from evaluator.intake.panel_columns import Columns
from evaluator.intake.panel_faults import EXAMPLES, collected
from evaluator.intake.panel_source import AnyFrame

MOST_YEARS = 50
MOST_LEFT_OUT = 0.5
"""Share of the households that may be left out for faults; beyond it the table is not what it seems."""
MOST_NAMED = 100_000
FAULTS = {
    "two_starts": ("first_year", "E_PANEL_TWO_STARTS"),
    "moved": ("cluster_id", "E_PANEL_MOVED"),
    "two_projects": ("project_id", "E_PANEL_TWO_PROJECTS"),
}
"""What must not change within a household: the column, and the code of the fault."""


def list_years(frame: AnyFrame, columns: Columns) -> tuple[int, ...]:
    """The years of a panel, ascending; raises ``TableError`` when there is one only, or too many."""
    found = sorted(int(year) for year in collected(frame.select("year").unique())["year"].to_list())
    if len(found) < 2:
        raise TableError(columns.tell("E_PANEL_ONE_YEAR", "year", ", ".join(map(str, found))))
    if len(found) > MOST_YEARS:
        raise TableError(columns.tell("E_PANEL_MANY_YEARS", "year", len(found), most=MOST_YEARS))
    return tuple(found)


def fold_histories(frame: AnyFrame, columns: Columns, years: Sequence[int]) -> pd.DataFrame:
    """Households alike, one row each kind.

    Returns
    -------
    pandas.DataFrame
        ``cluster_id``, ``first_year``, ``rows``, ``years`` (bits), the faults as 0 or 1, ``changes_<name>`` and
        ``partly_<name>`` whether a trait changes or is said in some years only, ``trait_short_flat_fast`` its value where given, and ``units``.
    """
    lines = _lines(frame, columns, years)
    keys = [name for name in lines.collect_schema().names() if name != "unit_id"]
    counted: pd.DataFrame = collected(lines.group_by(*keys).agg(nw.len().alias("units"))).to_pandas()
    return counted


def _lines(frame: AnyFrame, columns: Columns, years: Sequence[int]) -> AnyFrame:
    """One line a household."""
    bits = nw.lit(0.0)
    for place, year in enumerate(years):
        bits = bits + nw.when(nw.col("year") == year).then(nw.lit(float(1 << place))).otherwise(nw.lit(0.0))
    still = {"two_starts": "first_year", "moved": "cluster_id", "two_weights": "weight", "two_projects": "project_id"}
    still |= {f"changes_{name}": name for name in (*columns.traits, *columns.discrete)}
    known = {fault: key for fault, key in still.items() if key in columns.of or key == "cluster_id"}
    if "cluster_id" not in columns.of:
        del known["moved"]
    partly = [name for name in (*columns.traits, *columns.discrete, "project_id") if name in columns.of]
    gaps = [nw.when(nw.col(n).is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias(f"gap {n}") for n in partly]
    low = {key: nw.col(key).min().alias(f"low {key}") for key in known.values()}
    high = {key: nw.col(key).max().alias(f"high {key}") for key in known.values()}
    folded = (
        frame.with_columns(bits.alias("bit"), nw.lit(1).alias("one"), *gaps)
        .group_by("unit_id")
        .agg(nw.col("one").sum().alias("rows"), nw.col("bit").sum().alias("years"), nw.col("cluster_id").min(),
             *low.values(), *high.values(), *[nw.col(f"gap {name}").sum().alias(f"none {name}") for name in partly])
    )  # fmt: skip
    said = [
        nw.when(nw.col(f"low {key}") != nw.col(f"high {key}")).then(nw.lit(1)).otherwise(nw.lit(0)).alias(fault)
        for fault, key in known.items()
    ]
    said += [
        nw.when((nw.col(f"none {name}") > 0) & (nw.col(f"none {name}") < nw.col("rows")))
        .then(nw.lit(1)).otherwise(nw.lit(0)).alias(f"partly_{name}") for name in partly
    ]  # fmt: skip
    flag = ["trait_short_flat_fast"] if "trait_short_flat_fast" in columns.of else []
    return folded.select(
        "unit_id",
        "cluster_id",
        nw.col("low first_year").alias("first_year"),
        nw.col("rows").cast(nw.Int64),
        nw.col("years").cast(nw.Int64),
        *said,
        *[nw.col(f"high {key}").alias(key) for key in flag],
    )


def ones(bits: "pd.Series[Any]") -> "pd.Series[Any]":
    """Number of years seen."""
    return pd.Series(np.bitwise_count(bits.to_numpy(np.int64)).astype(np.int64), index=bits.index)


def leave_out(
    frame: AnyFrame, columns: Columns, histories: pd.DataFrame, years: Sequence[int]
) -> tuple[AnyFrame, pd.DataFrame, list[Issue]]:
    """The rows without households that contradict themselves, what is left of the histories, and who was left out.

    Rows repeated word for word are taken once. Raises ``TableError`` when more than half of the households would go.
    """
    frame, histories, issues = _once(frame, columns, histories, years)
    bad = histories["rows"] > ones(histories["years"])
    names: set[Any] = set()
    if bad.any():
        names, told = _twice(frame, columns)
        issues.append(told)
    lines = _lines(frame, columns, years)
    for fault, (key, code) in FAULTS.items():
        if fault in histories and histories[fault].any():
            bad |= histories[fault] == 1
            found = collected(lines.filter(nw.col(fault) == 1).select("unit_id"))["unit_id"].to_list()
            names |= set(found)
            shown = ", ".join(map(str, sorted(found, key=str)[:EXAMPLES]))
            issues.append(columns.tell(code, key, shown, count=len(found)))
    if not bad.any():
        return frame, histories, issues
    lost, units = int(histories.loc[bad, "units"].sum()), int(histories["units"].sum())
    if lost > MOST_LEFT_OUT * units or len(names) > MOST_NAMED:
        raise TableError(*issues, columns.tell("E_PANEL_CONTRADICTS", count=lost, units=units))
    kept = frame.filter(~nw.col("unit_id").is_in(list(names)))
    return kept, histories[~bad].reset_index(drop=True), issues


def _once(
    frame: AnyFrame, columns: Columns, histories: pd.DataFrame, years: Sequence[int]
) -> tuple[AnyFrame, pd.DataFrame, list[Issue]]:
    """The rows without repetitions of the same row."""
    if not (histories["rows"] > ones(histories["years"])).any():
        return frame, histories, []
    single = frame.unique()
    left = fold_histories(single, columns, years)
    count = int((histories["rows"] * histories["units"]).sum() - (left["rows"] * left["units"]).sum())
    return (single, left, [columns.tell("W_PANEL_REPEATED", count=count)]) if count else (frame, histories, [])


def _twice(frame: AnyFrame, columns: Columns) -> tuple[set[Any], Issue]:
    """Households of whom a year stands twice."""
    counted = frame.group_by("unit_id", "year").agg(nw.len().alias("rows"))
    found: pd.DataFrame = collected(counted.filter(nw.col("rows") > 1)).to_pandas()
    found = found.sort_values(["unit_id", "year"], ignore_index=True)
    names = set(found["unit_id"])
    pairs = zip(found["unit_id"].head(EXAMPLES), found["year"].head(EXAMPLES), strict=True)
    shown = ", ".join(f"{unit} ({year:g})" for unit, year in pairs)
    return names, columns.tell("E_PANEL_TWICE", "year", shown, count=len(names))
