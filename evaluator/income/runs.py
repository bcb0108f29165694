"""Rows that lie unit by unit, as panels are mostly written, fold as they stream by: one pass, little memory.

A file or table is read in batches. Where the rows of a unit follow each other, each batch folds at once with array
sums; where they do not (a file by year, a shuffled table), ``fold_runs`` says so and ``engines`` folds by grouping.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from evaluator.income.folding import Array, Codes, Folded, Part, Shape

if TYPE_CHECKING:
    import duckdb

BATCH = 1 << 17
"""Rows a batch: its arrays fit the cache of a processor."""
LEAST_RUN = 1.5
"""Mean rows of a unit that follow each other, from which reading goes on."""
_WHOLE = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT"})


@dataclass(frozen=True, slots=True)
class _Rows:
    """A batch: which unit (a number), place of the year, variables, weight, keys."""

    unit: NDArray[Any]
    place: NDArray[np.uint8]
    values: tuple[Array, ...]
    weight: Array | None
    keys: tuple[pa.Array, ...]

    def cut(self, first: int, last: int) -> "_Rows":
        """The rows from one place up to another, without copying."""
        part = slice(first, last)
        return _Rows(
            self.unit[part],
            self.place[part],
            tuple(value[part] for value in self.values),
            None if self.weight is None else self.weight[part],
            tuple(key.slice(first, last - first) for key in self.keys),
        )

    def edge(self, first: int, last: int) -> "_Rows":
        """The same as a copy, so that the batch itself may go."""
        here = np.arange(first, last)
        return _Rows(
            self.unit[here],
            self.place[here],
            tuple(value[here] for value in self.values),
            None if self.weight is None else self.weight[here],
            tuple(key.take(pa.array(here)) for key in self.keys),
        )


def fold_runs(relation: "duckdb.DuckDBPyRelation", shape: Shape) -> Folded | None:
    """Fold a DuckDB relation whose units lie together; ``None`` when they do not."""
    parts: list[tuple[pa.Table, Part]] = []
    seen: list[NDArray[Any]] = []
    edges: list[_Rows] = []  # units at the end of one batch and the beginning of the next
    for rows in _stream(relation, shape):
        starts = _starts(rows.unit)
        if len(rows.unit) < LEAST_RUN * len(starts) and len(rows.unit) >= BATCH // 2:
            return None
        first, last = (int(starts[1]) if len(starts) > 1 else len(rows.unit)), int(starts[-1])
        edges.append(rows.edge(0, first))
        if last > first:
            parts.append(_fold(rows.cut(first, last), starts[1:-1] - first, shape))
            seen.append(rows.unit[starts[1:-1]])
        if last >= first:
            edges.append(rows.edge(last, len(rows.unit)))
    if not edges:
        return None
    rest = _join(edges)
    starts = _starts(rest.unit)
    seen.append(rest.unit[starts])
    if not pd.Index(np.concatenate(seen)).is_unique:
        return None
    parts.append(_fold(rest, starts, shape))
    return Folded(pa.concat_tables([keys for keys, _ in parts]).to_pandas(), tuple(part for _, part in parts))


def _stream(relation: "duckdb.DuckDBPyRelation", shape: Shape) -> Iterator[_Rows]:
    """The rows with all variables known, in their order."""
    kinds = dict(zip(relation.columns, map(str, relation.types), strict=True))
    unit = _quoted("unit_id") if kinds["unit_id"] in _WHOLE else f"hash({_quoted('unit_id')})"
    base, span = shape.years[0], shape.years[-1] - shape.years[0]
    known = [f"{_quoted(name)} is not null and isfinite({_quoted(name)}::double)" for name in shape.variables]
    if span + 1 > len(shape.years):
        known.append(f"{_quoted('year')} in ({', '.join(map(str, shape.years))})")
    numbers = [f"{_quoted(name)}::double" for name in (*shape.variables, *(["weight"] if shape.weighted else []))]
    keys = [_quoted(name) for name in shape.keys]
    columns = [unit, f"({_quoted('year')} - {base})::usmallint", *numbers, *keys]
    narrow = relation.filter(" and ".join(known)).project(", ".join(f"{c} as c{i}" for i, c in enumerate(columns)))
    places = np.zeros(span + 1, np.uint8)
    places[[year - base for year in shape.years]] = np.arange(len(shape.years))
    reader = narrow.to_arrow_reader(BATCH) if hasattr(narrow, "to_arrow_reader") else narrow.fetch_arrow_reader(BATCH)
    count = len(shape.variables)
    for batch in reader:
        if not batch.num_rows:
            continue
        found = batch.columns
        yield _Rows(
            found[0].to_numpy(zero_copy_only=False),
            places[found[1].to_numpy(zero_copy_only=False)],
            tuple(found[2 + i].to_numpy(zero_copy_only=False) for i in range(count)),
            found[2 + count].to_numpy(zero_copy_only=False) if shape.weighted else None,
            tuple(found[-len(keys) :]),
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _starts(unit: NDArray[Any]) -> Codes:
    """Where each run of one unit begins."""
    return np.concatenate([[0], np.flatnonzero(unit[1:] != unit[:-1]) + 1])


def _join(parts: list[_Rows]) -> _Rows:
    return _Rows(
        np.concatenate([part.unit for part in parts]),
        np.concatenate([part.place for part in parts]),
        tuple(np.concatenate(values) for values in zip(*(part.values for part in parts), strict=True)),
        None if parts[0].weight is None else np.concatenate([p.weight for p in parts if p.weight is not None]),
        tuple(pa.concat_arrays(keys) for keys in zip(*(part.keys for part in parts), strict=True)),
    )


def _fold(rows: _Rows, starts: Codes, shape: Shape) -> tuple[pa.Table, Part]:
    """Lines of one batch of whole units, and the keys of its groups."""
    years = len(shape.years)
    length = np.diff(starts, append=len(rows.unit))
    pattern = np.bitwise_or.reduceat((np.int64(1) << np.arange(years))[rows.place], starts)
    here = pa.array(starts)
    keys = [key.take(here) for key in rows.keys]
    group, a_unit = _number(keys)
    line, one = _number([pa.array(group), pa.array(pattern)])
    place = rows.place.astype(np.int64)
    cell, cell_of_group = (np.repeat(code * years, length) + place for code in (line, group))
    weight = np.ones(len(starts)) if rows.weight is None else rows.weight[starts]
    sums = np.empty((len(one), years, len(rows.values)))
    deviations = []
    for number, value in enumerate(rows.values):
        weighed = value if rows.weight is None else value * rows.weight
        sums[:, :, number] = _sums(cell, weighed, len(one), years)
        mean = np.repeat(np.add.reduceat(value, starts) / length, length)
        deviations.append(np.subtract(value, mean, out=mean))
    products = [
        _sums(group, weight * np.add.reduceat(deviations[a] * deviations[b], starts), len(a_unit))
        for a, b in shape.pairs()
    ]
    first = rows.values[0] if rows.weight is None else rows.values[0] * rows.weight
    part = Part(
        squares=_sums(cell_of_group, first * rows.values[0], len(a_unit), years),
        products=np.concatenate(products, axis=1),
        group=group[one],
        pattern=pattern[one],
        units=np.bincount(line, minlength=len(one)).astype(np.int64),
        weight=_sums(line, weight, len(one))[:, 0],
        sums=sums,
    )
    return pa.table([key.take(pa.array(a_unit)) for key in keys], names=list(shape.keys)), part


def _sums(code: Codes, values: Array, rows: int, columns: int = 1) -> Array:
    """Sums of values by code as a table; the codes count its cells row by row."""
    return np.bincount(code, values, rows * columns).astype(float).reshape(rows, columns)


def _number(keys: list[pa.Array]) -> tuple[Codes, Codes]:
    """The number of each row by its keys, in order of appearance, and the first row of each number."""
    code, most = np.zeros(len(keys[0]), np.int64), 1
    for key in keys:
        encoded = key.dictionary_encode()
        size = len(encoded.dictionary) + 1
        if most * size >= 1 << 62:
            code, found = pd.factorize(code)
            most = len(found)
        code, most = code * size + encoded.indices.fill_null(size - 1).to_numpy(), most * size
    number, found = pd.factorize(code)
    one = np.empty(len(found), np.int64)
    one[number[::-1]] = np.arange(len(number) - 1, -1, -1)
    return number.astype(np.int64), one
