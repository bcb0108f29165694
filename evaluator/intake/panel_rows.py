"""Rows of a panel under canonical names, in every engine: numbers as numbers, incomes in one scale, prices and unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

import narwhals as nw
import pandas as pd

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.panel import Scale
from evaluator.intake.panel_columns import TRAIT, Columns
from evaluator.intake.panel_faults import refuse_starts
from evaluator.intake.panel_source import ROW, AnyFrame, Expression, Table
from evaluator.intake.panel_stored import read_stored
from evaluator.intake.panel_text import Unread, read_typed, reader_of
from evaluator.intake.personal import holds_personal
from evaluator.intake.values import is_missing

IDS = ("unit_id", "cluster_id", "project_id")
NUMBERS = ("year", "outcome", "first_year", "weight")
FAR = 2_200
"""No first year lies beyond: such a code (10000, infinity) means never, but for months and days (201703, 20170301)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How incomes are put into one scale: what the column holds, the scale asked for, prices and line by year.

    ``prices`` level by year relative to the base year, or ``price_column`` that holds it;
    ``line`` by year in yuan of that year's prices.
    """

    holds: str
    scale: Scale
    prices: Mapping[int, float] | None = None
    price_column: str = ""
    line: Mapping[int, float] | None = None


def name_rows(table: Table, columns: Columns) -> tuple[AnyFrame, list[Issue]]:
    """The columns that are needed under canonical names, numbers as numbers, incomes in yuan; other text is told.

    Raises ``TableError`` when a lazy engine holds a number as text and cannot read it in place.
    """
    frame, issues = table.frame, []
    typed = ROW in frame.collect_schema().names()  # a sheet: every cell as it was typed
    rows: Sequence[int] = frame[ROW].to_list() if typed else ()
    named = [nw.col(heading).alias(key) for key, heading in columns.of.items()]
    frame = frame.select(*named, *([ROW] if typed else []))
    for key, kind in frame.collect_schema().items():
        if key == "outcome" and kind.is_numeric() and columns.factor != 1:
            frame = frame.with_columns((nw.col(key) * columns.factor).alias(key))
        if key == ROW or not _needs_reading(key, kind, columns, typed=typed):
            continue
        if kind.is_temporal():
            frame = frame.with_columns(nw.col(key).dt.year())
            continue
        if isinstance(frame, nw.DataFrame):
            frame, unread = _read_column(frame, key, columns, rows)
        elif key.startswith(TRAIT):
            continue
        else:
            stored = read_stored(frame, key)
            if stored is None:
                raise TableError(columns.tell("E_PANEL_STORED_TEXT", key, columns.of[key]))
            frame, unread = stored
        if unread.count:
            issues.append(_tell(unread, key, columns))
    return _hide_persons(frame, columns, issues), issues


def _tell(unread: Unread, key: str, columns: Columns) -> Issue:
    """Raises ``TableError`` when most cells of a column of numbers hold text, or more than a few first years do."""
    found = ", ".join(unread.examples)
    if key == "first_year" and 2 * unread.count <= unread.rows:
        refuse_starts(columns, count=unread.count, rows=unread.rows, found=found)
    if key in NUMBERS and 2 * unread.count > unread.rows:
        raise TableError(columns.tell("E_PANEL_ALL_TEXT", key, found, count=unread.count, rows=unread.rows))
    told = columns.tell("E_PANEL_TEXT" if key in NUMBERS else "W_PANEL_TEXT", key, found, count=unread.count)
    return replace(told, row=unread.row)


def _needs_reading(key: str, kind: Any, columns: Columns, *, typed: bool) -> bool:  # noqa: ANN401 - a narwhals type
    """Whether a column does not yet hold what its name says."""
    if kind.is_numeric() or kind == nw.Boolean:
        return False
    words = key in IDS or key in columns.discrete
    return typed or not words or kind == nw.Object


def _read_column(frame: AnyFrame, key: str, columns: Columns, rows: Sequence[int]) -> tuple[AnyFrame, Unread]:
    number = key not in columns.discrete and key not in IDS
    factor = columns.factor if key == "outcome" else 1.0
    cells = [None if cell is pd.NA or cell is pd.NaT else cell for cell in frame[key].to_list()]
    values, unread = read_typed(cells, reader_of(key, factor=factor, number=number), rows=rows)
    words = not number or any(isinstance(value, str) for value in values)
    said = [None if value is None else str(value) if words else float(value) for value in values]
    made = nw.new_series(key, said, dtype=nw.String if words else nw.Float64, backend=frame.implementation)
    return frame.with_columns(made.alias(key)), unread


def _hide_persons(frame: AnyFrame, columns: Columns, issues: list[Issue]) -> AnyFrame:
    """Citizen ids or telephone numbers that stand as ids of households become plain numbers."""
    for key in IDS[:2]:
        if key not in columns.of:
            continue
        head = frame.head(200)
        head = head.collect() if isinstance(head, nw.LazyFrame) else head
        if not holds_personal(head[key].to_pandas().astype(object)):
            continue
        heading = columns.of[key]
        if isinstance(frame, nw.LazyFrame):
            raise TableError(columns.tell("E_PANEL_PERSONAL", key, heading))
        codes = pd.factorize(frame[key].to_pandas())[0]
        named = [None if code < 0 else f"{key[0].upper()}{code + 1}" for code in codes]
        made = nw.new_series(key, named, dtype=nw.String, backend=frame.implementation)
        frame = frame.with_columns(made.alias(key))
        issues.append(columns.tell("W_PANEL_PERSONAL_IDS", key))
    return frame


def tidy_rows(frame: AnyFrame, columns: Columns) -> AnyFrame:
    """Types that every later step relies on: whole years, never as 0, figures as floats, none of them infinite."""
    kinds = frame.collect_schema()
    first = nw.col("first_year").cast(nw.Float64)
    month_or_day = first.is_between(190_001, 220_012) | first.is_between(19_000_101, 22_001_231)
    wild = first.is_null() | first.is_nan() | ((first > FAR) & ~month_or_day)
    tidied = [nw.when(wild).then(nw.lit(0.0)).otherwise(first).alias("first_year")]
    for key in columns.of:
        if key == "first_year":
            continue
        if key in IDS or key in columns.discrete:
            if kinds[key].is_float():
                tidied.append(nw.when(~nw.col(key).is_nan()).then(nw.col(key)).alias(key))
            elif kinds[key] in (nw.Categorical, nw.Enum):
                tidied.append(nw.col(key).cast(nw.String))
        elif kinds[key].is_numeric() or kinds[key] == nw.Boolean:
            value = nw.col(key).cast(nw.Float64)
            tidied.append(nw.when(value.is_finite()).then(value).alias(key))
    if "cluster_id" not in columns.of:
        tidied.append(nw.col("unit_id").alias("cluster_id"))
    return frame.with_columns(*tidied)


def rebase_prices(frame: AnyFrame, columns: Columns, price: str, year: int) -> AnyFrame:
    """The price levels of a column relative to their mean in the base year, where these rows have that year."""
    there = frame.filter(nw.col("year") == year).select(nw.col(price).mean().alias("level"))
    level = (there.collect() if isinstance(there, nw.LazyFrame) else there)["level"].to_list()[0]
    if is_missing(level):
        raise TableError(columns.tell("E_PANEL_PRICES", price, year))
    return frame.with_columns((nw.col(price) / level).alias(price))


def scale_rows(frame: AnyFrame, outcome: Outcome) -> AnyFrame:
    """``income`` in yuan of base-year prices, ``outcome`` in the scale, ``below_line`` where a line is stated."""
    raw = nw.col("outcome")
    if outcome.holds == "log":
        log = raw if outcome.scale == "log" else _to_scale(raw.exp(), outcome.scale)
        return frame.with_columns(nw.lit(None).cast(nw.Float64).alias("income"), log.alias("outcome"))
    real = raw / nw.col(outcome.price_column) if outcome.price_column else raw
    if outcome.prices is not None:
        real = raw / by_year(outcome.prices)
    made = [real.alias("income"), _to_scale(real, outcome.scale).alias("outcome")]
    if outcome.line is not None:
        below = nw.when(raw < by_year(outcome.line)).then(nw.lit(1.0)).otherwise(nw.lit(0.0))
        made.append(nw.when(~raw.is_null()).then(below).alias("below_line"))
    return frame.with_columns(*made)


def _to_scale(real: Expression, scale: Scale) -> Expression:
    if scale == "level":
        return real
    if scale == "asinh":
        size = real.abs()
        sized = (size + (size * size + 1).sqrt()).log()
        return nw.when(real < 0).then(-sized).otherwise(sized)
    return nw.when(real > 0).then(real).log()


def by_year(values: Mapping[int, float]) -> Expression:
    """A number that depends on the year."""
    pairs = [(nw.col("year") == year, nw.lit(float(value))) for year, value in values.items()]
    first: Expression = nw.when(pairs[0][0]).then(pairs[0][1])
    return reduce(lambda other, pair: nw.when(pair[0]).then(pair[1]).otherwise(other), pairs[1:], first)
