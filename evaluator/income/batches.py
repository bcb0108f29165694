"""Rows of a panel as Arrow batches in their order, read where they lie, with the columns that a compression needs.

Columns ``c0``, ``c1``, …: the unit as a whole number (a hash of other ids), the year counted from the first, the
variables and the weight as floats, the keys as they are. Rows that miss a variable or are of another year are left out.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import narwhals as nw
import pyarrow as pa

from evaluator.income.folding import Shape

if TYPE_CHECKING:
    from typing import Any

    import duckdb
    import polars as pl

_WHOLE = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT"})


def read_batches(frame: "nw.LazyFrame[Any]", shape: Shape, rows: int) -> Iterator[pa.RecordBatch] | None:
    """Batches of about so many rows of a DuckDB relation or a Polars query; ``None`` of another engine."""
    if frame.implementation.is_duckdb():
        return _read_duckdb(frame.to_native(), shape, rows)
    if frame.implementation.is_polars():
        return _read_polars(frame.to_native(), shape, rows)
    return None


def has_gaps(shape: Shape) -> bool:
    """Whether some years between the first and the last are missing."""
    return shape.years[-1] - shape.years[0] >= len(shape.years)


def _numbers(shape: Shape) -> tuple[str, ...]:
    return (*shape.variables, *(("weight",) if shape.weighted else ()))


def _read_duckdb(relation: "duckdb.DuckDBPyRelation", shape: Shape, rows: int) -> Iterator[pa.RecordBatch]:
    kinds = dict(zip(relation.columns, map(str, relation.types), strict=True))
    unit = _quoted("unit_id") if kinds["unit_id"] in _WHOLE else f"hash({_quoted('unit_id')})"
    base, span = shape.years[0], shape.years[-1] - shape.years[0]
    known = [f"{_quoted(name)} is not null and isfinite({_quoted(name)}::double)" for name in shape.variables]
    if has_gaps(shape):
        known.append(f"{_quoted('year')} in ({', '.join(map(str, shape.years))})")
    place = f"({_quoted('year')} - {base})::{'utinyint' if span < 256 else 'usmallint'}"
    numbers = [f"{_quoted(name)}::double" for name in _numbers(shape)]
    columns = [unit, place, *numbers, *map(_quoted, shape.keys)]
    narrow = relation.filter(" and ".join(known)).project(", ".join(f"{c} as c{i}" for i, c in enumerate(columns)))
    reader = narrow.to_arrow_reader(rows) if hasattr(narrow, "to_arrow_reader") else narrow.fetch_arrow_reader(rows)
    yield from reader


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _read_polars(query: "pl.LazyFrame", shape: Shape, rows: int) -> Iterator[pa.RecordBatch]:
    import polars as pl  # noqa: PLC0415 - heavy, and only large panels need it

    unit, year = pl.col("unit_id"), pl.col("year")
    base, span = shape.years[0], shape.years[-1] - shape.years[0]
    known = [pl.col(name).cast(pl.Float64).is_finite() for name in shape.variables]
    if has_gaps(shape):
        known.append(year.is_in(shape.years))
    columns = [
        unit if query.collect_schema()["unit_id"].is_integer() else unit.hash(),
        (year - base).cast(pl.UInt8 if span < 256 else pl.UInt16),
        *[pl.col(name).cast(pl.Float64) for name in _numbers(shape)],
        *map(pl.col, shape.keys),
    ]
    narrow = query.filter(*known).select(column.alias(f"c{i}") for i, column in enumerate(columns))
    for frame in narrow.collect_batches(chunk_size=rows):
        yield from frame.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest()).to_batches()
