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
from evaluator.intake.panel_source import AnyFrame, Expression

MOST_YEARS = 50
MOST_LEFT_OUT = 0.5
"""Share of the households that may be left out for faults; beyond it the table is not what it seems."""
MOST_NAMED = 100_000
FAULTS = {"two_starts": ("first_year", "E_PANEL_TWO_STARTS"), "moved": ("cluster_id", "E_PANEL_MOVED")}
"""What must not change within a household: the column, and the code of the fault."""
FLAG = "trait_short_flat_fast"


def list_years(frame: AnyFrame, columns: Columns) -> tuple[int, ...]:
    """The years of a panel, ascending; raises ``TableError`` when there are too many."""
    found = sorted(int(year) for year in collected(frame.select("year").unique())["year"].to_list())
    if len(found) > MOST_YEARS:
        raise TableError(columns.tell("E_PANEL_MANY_YEARS", "year", len(found), most=MOST_YEARS))
    return tuple(found)


def fold_histories(frame: AnyFrame, columns: Columns, years: Sequence[int]) -> pd.DataFrame:
    """Households alike, one row each kind.

    Returns
    -------
    pandas.DataFrame
        ``cluster_id``, ``first_year``, ``rows``, ``years`` (bits); 0 or 1: the faults, ``two_weights``,
        ``changes_<name>`` (a trait, project or covariate has two values) and ``partly_<name>`` (it is said in some
        years only); ``trait_short_flat_fast`` where given and the same in every year; ``units``.
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
    settled = [name for name in ("project_id", *columns.traits, *columns.discrete) if name in columns.names]
    still = {"two_starts": "first_year", "moved": "cluster_id"} | {f"changes_{name}": name for name in settled}
    still |= {"two_weights": "weight"} if "weight" in columns.names else {}
    ends = [end for key in dict.fromkeys(still.values()) for end in (_low(key), _high(key))]
    unsaid = [_mark(nw.col(name).is_null()).alias(f"gap {name}") for name in settled]
    folded = (
        frame.with_columns(bits.alias("bit"), *unsaid)
        .group_by("unit_id")
        .agg(nw.len().alias("rows"), nw.col("bit").sum().alias("years"), *ends,
             *[nw.col(f"gap {name}").sum().alias(f"none {name}") for name in settled])
    )  # fmt: skip
    said = [_mark(nw.col(f"low {key}") < nw.col(f"high {key}")).alias(name) for name, key in still.items()]
    gaps = {name: nw.col(f"none {name}") for name in settled}
    said += [_mark((gap > 0) & (gap < nw.col("rows"))).alias(f"partly_{name}") for name, gap in gaps.items()]
    same = nw.col(f"low {FLAG}") == nw.col(f"high {FLAG}")
    flag = [nw.when(same).then(nw.col(f"high {FLAG}")).alias(FLAG)] if FLAG in settled else []
    first = [nw.col(f"low {key}").alias(key) for key in ("cluster_id", "first_year")]
    return folded.select("unit_id", *first, nw.col("rows").cast(nw.Int64), nw.col("years").cast(nw.Int64), *said, *flag)


def _low(key: str) -> Expression:
    return nw.col(key).min().alias(f"low {key}")


def _high(key: str) -> Expression:
    return nw.col(key).max().alias(f"high {key}")


def _mark(holds: Expression) -> Expression:
    return nw.when(holds).then(nw.lit(1)).otherwise(nw.lit(0))


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
