"""One expression that compresses a panel wherever its rows are: memory, parquet files, DuckDB, Polars, Arrow, Spark.

First each unit becomes one line (its value in every year), then units of one group with the same years become one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement
from typing import Any

import narwhals as nw
import pandas as pd

LAZY_FROM = 200_000
"""Rows from which a frame in memory is handed to DuckDB."""
MOST_YEARS = 50
"""Attendance is kept as the bits of one whole number that every engine holds exactly."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is compressed: the columns that make a group, the years, the variables, and whether units carry weights."""

    keys: tuple[str, ...]
    years: tuple[int, ...]
    variables: tuple[str, ...]
    weighted: bool

    def values(self, variable: int) -> list[str]:
        """Names of one variable's columns by year."""
        return [f"v{variable}_{year}" for year in range(len(self.years))]

    def pairs(self) -> list[tuple[int, int]]:
        """Pairs of variables whose products are summed, each once."""
        return list(combinations_with_replacement(range(len(self.variables)), 2))


def fold_rows(rows: Any, shape: Shape) -> pd.DataFrame:  # noqa: ANN401 - a frame of any engine
    """One line a group and attendance: keys, ``pattern`` (bits by year), ``units``, ``weight``, weighted sums.

    ``s<variable>_<year>`` are the sums, ``q_<year>`` those of the squared outcome, ``c<a>_<b>`` the products of the
    deviations from each unit's mean. Rows with a missing variable or of another year are left out first.
    """
    frame = nw.from_native(rows, pass_through=False)
    if isinstance(frame, nw.DataFrame) and len(frame) >= LAZY_FROM:
        frame = frame.lazy(backend="duckdb")
    units = _fold_units(frame, shape)
    folded = _fold_groups(_measure_units(units, shape), shape)
    return (folded.collect() if isinstance(folded, nw.LazyFrame) else folded).to_pandas()


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
    squares = {f"q_{place}": nw.col(name) * nw.col(name) for place, name in enumerate(shape.values(0))}
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
