"""Rows that lie unit by unit, as panels are mostly written, fold as they stream by: one pass, little memory.

A file or table is read in batches. Where the rows of a unit follow each other, each batch folds at once with array
sums; where they do not (a file by year, a shuffled table), ``fold_runs`` says so and ``engines`` folds by grouping.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from evaluator.income.batches import has_gaps, read_batches
from evaluator.income.folding import Array, Codes, Folded, Part, Shape, first_places, join_parts, number_pairs

if TYPE_CHECKING:
    import narwhals as nw

BATCH = 1 << 18
"""Rows a batch: many enough that a step costs little for each, few enough that their memory serves the next again."""
KEPT_MEMORY = 31 << 20
"""Bytes asked for and given back at once before the first batch: glibc then keeps what is freed, up to as much, for the
next one. To return it to the system and fetch it again would take as long as to fold."""
LEAST_RUN = 1.5
"""Mean rows of a unit that follow each other, from which reading goes on."""
WORKERS = 2
"""Batches folded at a time while the next are read: arithmetic on arrays lets go of the interpreter."""
Keys = list[pa.Array]
Given = TypeVar("Given")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows of a batch: which unit (a number), place of the year, variables, weight."""

    unit: NDArray[Any]
    place: NDArray[np.integer[Any]]
    values: tuple[Array, ...]
    weight: Array | None

    def weighed(self, values: Array) -> Array:
        """Values by row times the weights."""
        return values if self.weight is None else values * self.weight

    def cut(self, first: int, last: int) -> "_Rows":
        """The rows from one place up to another, without copying."""
        part = slice(first, last)
        weight = None if self.weight is None else self.weight[part]
        return _Rows(self.unit[part], self.place[part], tuple(value[part] for value in self.values), weight)

    def copy(self) -> "_Rows":
        """The same in memory of its own, so that the batch it was cut from may go."""
        weight = None if self.weight is None else self.weight.copy()
        return _Rows(self.unit.copy(), self.place.copy(), tuple(value.copy() for value in self.values), weight)


@dataclass(frozen=True, slots=True)
class _Batch:
    """A folded batch: its units in their order, the rows of the first and the last, and the parts of those between."""

    seen: NDArray[Any]
    edges: list[tuple[Keys, _Rows]]
    whole: list[tuple[Keys, Part]]


def fold_runs(frame: "nw.LazyFrame[Any]", shape: Shape) -> Folded | None:
    """Fold a DuckDB relation or a Polars query; ``None`` where units do not lie together, or in another engine."""
    batches = read_batches(frame, shape, BATCH)
    if batches is None:
        return None
    np.empty(KEPT_MEMORY, np.uint8)
    parts: list[tuple[Keys, Part]] = []
    seen: list[NDArray[Any]] = []
    edges: list[tuple[Keys, _Rows]] = []  # units at the end of one batch and the beginning of the next
    for batch in _in_turn(lambda rows: _fold_batch(*rows, shape), _read_rows(batches, shape)):
        if batch is None:
            return None
        seen.append(batch.seen)
        edges += batch.edges
        parts += batch.whole
    if not edges or not _each_once(np.concatenate(seen)):
        return None
    parts.append(_fold(*_join(edges), shape))
    keys = pa.table(_stack([keys for keys, _ in parts]), names=list(shape.keys)).to_pandas()
    return Folded(keys, join_parts([part for _, part in parts]))


@cache
def _workers() -> ThreadPoolExecutor:
    """The threads that fold, the same for all panels: what memory a thread has kept serves the next."""
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="fold")


if hasattr(os, "register_at_fork"):  # a forked process has none of the threads
    os.register_at_fork(after_in_child=_workers.cache_clear)


def _in_turn(task: Callable[[Given], Found], given: Iterable[Given]) -> Iterator[Found]:
    """What a task finds in each thing given, in their order, while the next are fetched; few wait at a time."""
    waiting: deque[Future[Found]] = deque()
    for one in given:
        waiting.append(_workers().submit(task, one))
        if len(waiting) > WORKERS:
            yield waiting.popleft().result()
    yield from (one.result() for one in waiting)


def _fold_batch(keys: Keys, rows: _Rows, shape: Shape) -> "_Batch | None":
    starts = _starts(rows.unit)
    if len(rows.unit) < LEAST_RUN * len(starts) and len(rows.unit) >= BATCH // 2:
        return None
    first, last = (int(starts[1]) if len(starts) > 1 else len(rows.unit)), int(starts[-1])
    edges = [(_take(keys, starts[:1]), rows.cut(0, first).copy())]
    if last >= first:
        edges.append((_take(keys, starts[-1:]), rows.cut(last, len(rows.unit)).copy()))
    whole = [_fold(_cut(keys, first, last), rows.cut(first, last), starts[1:-1] - first, shape)] if last > first else []
    return _Batch(rows.unit[starts], edges, whole)


def _each_once(seen: NDArray[Any]) -> bool:
    """Whether no unit comes back after others; it may go on in the next batch."""
    units = seen[_starts(seen)]
    return bool((units[1:] > units[:-1]).all()) or pd.Index(units).is_unique


def _read_rows(batches: Iterable[pa.RecordBatch], shape: Shape) -> Iterator[tuple[Keys, _Rows]]:
    """The batches' keys and rows."""
    places = np.zeros(shape.years[-1] - shape.years[0] + 1, np.uint8)
    places[[year - shape.years[0] for year in shape.years]] = np.arange(len(shape.years))
    for batch in batches:
        if not batch.num_rows:
            continue
        end = batch.num_columns - len(shape.keys)
        unit, year, *found = (column.to_numpy(zero_copy_only=False) for column in batch.columns[:end])
        weight = found.pop() if shape.weighted else None
        yield batch.columns[end:], _Rows(unit, places[year] if has_gaps(shape) else year, tuple(found), weight)


def _starts(unit: NDArray[Any]) -> Codes:
    """Where each run of one unit begins."""
    return np.concatenate([[0], np.flatnonzero(unit[1:] != unit[:-1]) + 1])


def _take(keys: Keys, at: Codes) -> Keys:
    here = pa.array(at)
    return [key.take(here) for key in keys]


def _cut(keys: Keys, first: int, last: int) -> Keys:
    return [key.slice(first, last - first) for key in keys]


def _stack(keys: list[Keys]) -> Keys:
    return [pa.concat_arrays(parts) for parts in zip(*keys, strict=True)]


def _join(parts: list[tuple[Keys, _Rows]]) -> tuple[Keys, _Rows, Codes]:
    """Units torn apart between batches, put together: their keys and rows, and where each begins."""
    rows = [part for _, part in parts]
    unit = np.concatenate([part.unit for part in rows])
    part_of = np.repeat(np.arange(len(rows)), [len(part.unit) for part in rows])
    return (
        _take(_stack([keys for keys, _ in parts]), part_of),
        _Rows(
            unit,
            np.concatenate([part.place for part in rows]),
            tuple(np.concatenate(values) for values in zip(*(part.values for part in rows), strict=True)),
            None if rows[0].weight is None else np.concatenate([p.weight for p in rows if p.weight is not None]),
        ),
        _starts(unit),
    )


def _fold(keys: Keys, rows: _Rows, starts: Codes, shape: Shape) -> tuple[Keys, Part]:
    """Lines of whole units whose rows begin at ``starts``, and the keys of their groups; ``keys`` are those of rows."""
    years = len(shape.years)
    length = _lengths(starts, len(rows.unit))
    pattern = np.bitwise_or.reduceat(np.left_shift(1, rows.place, dtype=np.int64), starts)
    keys, runs, of_run = _group(keys, starts)
    groups = len(keys[0])
    group = np.repeat(of_run, _lengths(runs, len(starts)))
    line, one = number_pairs(group, pattern)
    cell = np.repeat(line * years, length)
    cell += rows.place
    units = np.bincount(line, minlength=len(one)).astype(np.int64, copy=False)
    deviations = []
    for value in rows.values:
        mean = np.repeat(np.add.reduceat(value, starts) / length, length)
        deviations.append(np.subtract(value, mean, out=mean))
    products = [rows.weighed(deviations[a] * deviations[b]) for a, b in shape.pairs()]
    part = Part(
        squares=float(rows.weighed(rows.values[0]) @ rows.values[0]),
        products=_beside([_sums(of_run, np.add.reduceat(p, starts[runs]), groups)[:, 0] for p in products]),
        group=group[one],
        pattern=pattern[one],
        units=units,
        weight=units.astype(float) if rows.weight is None else _sums(line, rows.weight[starts], len(one))[:, 0],
        sums=_beside([_sums(cell, rows.weighed(value), len(one), years) for value in rows.values]),
    )
    return keys, part


def _sums(code: Codes, values: Array, rows: int, columns: int = 1) -> Array:
    """Sums of values by code as a table; the codes count its cells row by row."""
    return np.asarray(np.bincount(code, values, rows * columns), float).reshape(rows, columns)


def _beside(parts: list[Array]) -> Array:
    """Arrays side by side along a last axis of their own."""
    return parts[0][..., None] if len(parts) == 1 else np.stack(parts, axis=-1)


def _lengths(starts: Codes, end: int) -> Codes:
    return np.diff(np.append(starts, end))


def _group(keys: Keys, starts: Codes) -> tuple[Keys, Codes, Codes]:
    """Keys of the groups, the first of each run of units with the same keys, and the group of each run.

    Where villages lie together each run is a group of its own; where they do not, runs with the same keys share one.
    """
    new = np.zeros(len(starts), bool)
    new[0] = True
    for key in keys:
        new[1:] |= _differ(key, starts)
    runs = np.flatnonzero(new)
    found = _take(keys, starts[runs])
    if 2 * len(runs) <= len(starts):
        return found, runs, np.arange(len(runs))
    number, one = _number(found)
    return _take(found, one), runs, number


def _differ(key: pa.Array, at: Codes) -> NDArray[np.bool_]:
    """Whether the value of a key at each place but the first differs from that of the row before."""
    if not pa.types.is_integer(key.type) and not pa.types.is_floating(key.type):
        found = key.take(pa.array(at))
        ends = pc.run_end_encode(found.indices if pa.types.is_dictionary(key.type) else found).run_ends.to_numpy()
        changes = np.zeros(len(at) + 1, bool)
        changes[ends] = True
        return changes[1:-1]
    # the bits as they lie, all rows: faster than Arrow's own comparison, or than to fetch those of the places
    values = np.frombuffer(key.buffers()[1], f"u{key.type.bit_width // 8}")[key.offset : key.offset + len(key)]
    before = at[1:] - 1
    new: NDArray[np.bool_] = (values[1:] != values[:-1])[before]
    if key.null_count:
        known = key.is_valid().to_numpy(zero_copy_only=False)
        here, there = known[at[1:]], known[before]
        new = (new & here & there) | (here != there)
    return new


def _number(keys: Keys) -> tuple[Codes, Codes]:
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
    number = number.astype(np.int64)
    return number, first_places(number, len(found))
