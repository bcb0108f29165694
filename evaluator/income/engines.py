"""One expression that compresses a panel wherever its rows are: memory, parquet files, DuckDB, Polars, Arrow, Spark.

First each unit becomes one line (its value in every year), then units of one group with the same years become one.
"""

import warnings
from collections.abc import Sequence
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from evaluator.income.folding import Array, Folded, Part, Shape, add_up, number_groups
from evaluator.income.runs import fold_runs

LAZY_FROM = 100_000
"""Rows from which a frame in memory is handed to Polars."""


def fold_rows(rows: Any, shape: Shape) -> Folded:  # noqa: ANN401 - a frame of any engine
    """Fold units into lines that share group and years, where the rows are.

    Rows with a missing variable or of another year are left out first.
    """
    frame = nw.from_native(rows, pass_through=False)
    if isinstance(frame, nw.DataFrame) and len(frame) >= LAZY_FROM:
        frame = frame.lazy(backend="polars")
    if isinstance(frame, nw.LazyFrame) and (folded := fold_runs(frame, shape)):
        return folded
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pd.errors.PerformanceWarning)  # pandas: many sums at once leave many blocks
        units = _fold_units(frame, shape)
        lines = _fold_groups(_measure_units(units, shape), shape)
    return _lay_apart((lines.collect() if isinstance(lines, nw.LazyFrame) else lines).to_pandas(), shape)


def _lay_apart(lines: pd.DataFrame, shape: Shape) -> Folded:
    def columns(names: list[str]) -> Array:
        return np.asarray(np.nan_to_num(lines[names].to_numpy(float)))

    years = range(len(shape.years))
    keys = lines[list(shape.keys)].reset_index(drop=True)
    group, first = number_groups(keys)
    part = Part(
        squares=float(columns(["squares"]).sum()),
        products=add_up(columns([f"c{a}_{b}" for a, b in shape.pairs()]), group, len(first)),
        group=group,
        pattern=lines["pattern"].to_numpy(np.int64),
        units=lines["units"].to_numpy(np.int64),
        weight=lines["weight"].to_numpy(float),
        sums=np.stack([columns([f"s{n}_{year}" for year in years]) for n in range(len(shape.variables))], axis=2),
    )
    return Folded(keys.iloc[first], part)


def _fold_units(frame: Any, shape: Shape) -> Any:  # noqa: ANN401 - lazy or eager narwhals frame
    year = nw.col("year")
    known = [~nw.col(name).is_null() for name in shape.variables]
    laid_out = [
        nw.when(year == value).then(nw.col(name)).alias(column)
        for number, name in enumerate(shape.variables)
        for value, column in zip(shape.years, shape.values(number), strict=True)
    ]
    names = [column for number in range(len(shape.variables)) for column in shape.values(number)]
    kept = [*shape.keys, *(["weight"] if shape.weighted else [])]
    return (
        frame.filter(*known)
        .select("unit_id", *kept, *laid_out)
        .group_by("unit_id")
        # A unit has one row a year, so its largest value of a year is its value; a sum would turn none into 0.
        .agg(*[nw.col(name).min() for name in kept], *[nw.col(name).max() for name in names])
    )


def _measure_units(units: Any, shape: Shape) -> Any:  # noqa: ANN401 - lazy or eager narwhals frame
    first = shape.values(0)
    here = [nw.when(nw.col(name).is_null()).then(nw.lit(0)).otherwise(nw.lit(1)) for name in first]
    pattern, count = here[0], here[0]
    for place, one in enumerate(here[1:], start=1):
        pattern, count = pattern + one * (1 << place), count + one
    units = units.with_columns(pattern.alias("pattern"), count.alias("attended"))
    means = [
        (nw.sum_horizontal(*shape.values(number)) / nw.col("attended")).alias(f"m{number}")
        for number in range(len(shape.variables))
    ]
    units = units.with_columns(*means)
    return units.with_columns(*[_product(shape, a, b).alias(f"c{a}_{b}") for a, b in shape.pairs()])


def _product(shape: Shape, a: int, b: int) -> Any:  # noqa: ANN401 - a narwhals expression
    """Sum over a unit's years of the product of two variables' deviations from the unit's means."""
    return nw.sum_horizontal(
        *[
            (nw.col(left) - nw.col(f"m{a}")) * (nw.col(right) - nw.col(f"m{b}"))
            for left, right in zip(shape.values(a), shape.values(b), strict=True)
        ]
    )


def _fold_groups(units: Any, shape: Shape) -> Any:  # noqa: ANN401 - lazy or eager narwhals frame
    weight = nw.col("weight") if shape.weighted else nw.lit(1.0)
    sums = {
        f"s{number}_{place}": nw.col(name)
        for number in range(len(shape.variables))
        for place, name in enumerate(shape.values(number))
    }
    squares = {"squares": nw.sum_horizontal(*[nw.col(name) * nw.col(name) for name in shape.values(0)])}
    products = {f"c{a}_{b}": nw.col(f"c{a}_{b}") for a, b in shape.pairs()}
    weighed = {
        name: value * nw.col("weight") if shape.weighted else value
        for name, value in {**sums, **squares, **products}.items()
    }
    units = units.select(*shape.keys, "pattern", weight.alias("w"), *[v.alias(name) for name, v in weighed.items()])
    return units.group_by(*shape.keys, "pattern").agg(
        nw.len().alias("units"), nw.col("w").sum().alias("weight"), *[nw.col(name).sum() for name in weighed]
    )


def find_years(rows: Any, variables: Sequence[str]) -> tuple[int, ...]:  # noqa: ANN401 - a frame of any engine
    """The years in which some row has all variables, ascending."""
    frame = nw.from_native(rows, pass_through=False)
    years = frame.filter(*[~nw.col(name).is_null() for name in variables]).select("year").unique()
    return tuple(sorted(int(y) for y in (years.collect() if isinstance(years, nw.LazyFrame) else years)["year"]))
