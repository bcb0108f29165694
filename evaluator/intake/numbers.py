"""Columns of numbers: whole columns at once, single cells only where people wrote words."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np
import pandas as pd

from evaluator.domain.fields import FIELDS, Field
from evaluator.domain.portfolio import Evidence
from evaluator.intake.cells import CellError
from evaluator.intake.columns import Column
from evaluator.intake.draft import Draft
from evaluator.intake.headings import CHECKED
from evaluator.intake.listing import AnyArray, AnySeries
from evaluator.intake.values import Number, read_count, read_months, read_number, read_share, read_years

SUSPECT_ABOVE: Mapping[str, float] = {
    "construction_months": 120,
    "benefit_years": 40,
    "asset_life_years": 50,
    "training_days": 365,
    "wage_yuan_month": 50_000,
    "回收期": 60,
    "投资回收期": 60,
}
"""Values that can be but seldom are: said as ``W_RANGE_SUSPECT``."""
MU_PER = {
    "亩": 1.0,
    "公顷": 15.0,
    "hectares": 15.0,
    "hectare": 15.0,
    "ha": 15.0,
    "万亩": 1e4,
    "平方米": 1 / 666.67,
    "m2": 1 / 666.67,
    "㎡": 1 / 666.67,
    "平方公里": 1500.0,
}

NumberReader = Callable[[object], Number]
T = TypeVar("T")


def object_cells(cells: AnySeries) -> AnyArray:
    """Cells as objects with ``None`` for every kind of emptiness."""
    array = cells.to_numpy(dtype=object, copy=True)
    array[pd.isna(array)] = None
    return array


def map_unique(array: AnyArray, reader: Callable[[object], T]) -> list[T]:
    """``reader`` over cells, each distinct cell read once."""
    known: dict[object, T] = {}
    answers: list[T] = []
    for cell in array:
        token = (type(cell), cell)
        if token not in known:
            known[token] = reader(cell)
        answers.append(known[token])
    return answers


def plain_numbers(cells: AnySeries) -> tuple[AnyArray, AnyArray]:
    """Numbers read at once, and the positions of the cells that need a closer look."""
    if pd.api.types.is_numeric_dtype(cells.dtype):
        numbers = cells.to_numpy(dtype=float, na_value=math.nan, copy=True)
        return numbers, np.flatnonzero(np.isinf(numbers))
    numbers = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=float, na_value=math.nan, copy=True)
    open_cells = np.flatnonzero((np.isnan(numbers) & cells.notna().to_numpy()) | np.isinf(numbers))
    return numbers, open_cells


def number_reader(field: Field, unit: str) -> NumberReader:
    """The reader of single cells of a number field whose heading names ``unit``."""
    if field.kind in ("months", "years"):
        default = {"年": "年", "years": "年", "天": "天", "日": "天", "days": "天", "月": "月", "个月": "月"}.get(
            unit, "月" if field.kind == "months" else "年"
        )
        reader = read_months if field.kind == "months" else read_years
        return lambda cell: reader(cell, unit=default)
    if field.kind == "share":
        return lambda cell: read_share(cell, is_percent=False)
    if field.kind == "count":
        return read_count
    if field.key == "area_mu":
        return lambda cell: _to_mu(read_number(cell), unit)
    return read_number


def _to_mu(number: Number, unit: str) -> Number:
    factor = MU_PER.get(number.unit or unit, 1.0)
    return number._replace(value=number.value * factor, low=number.low * factor, high=number.high * factor)


def _is_direct(field: Field, unit: str) -> bool:
    """Whether bare numbers of the column are already in the field's unit."""
    if field.kind == "months":
        return unit in ("", "月", "个月", "months")
    if field.kind == "years":
        return unit in ("", "年", "years")
    return field.key != "area_mu" or MU_PER.get(unit, 1.0) == 1.0


def read_number_column(draft: Draft, column: Column, cells: AnySeries, *, percents: AnyArray | None = None) -> None:
    """Numbers of one column into the draft, with a fault for each cell that is not one."""
    field = FIELDS[column.key or ""]
    reader = number_reader(field, column.unit)
    numbers, open_cells = plain_numbers(cells)
    raw = object_cells(cells)
    if not _is_direct(field, column.unit) or field.kind == "share":
        open_cells = (
            np.flatnonzero(~pd.isna(raw)) if field.kind != "share" else _share_positions(numbers, open_cells, percents)
        )
    elif field.kind == "count":
        open_cells = np.union1d(open_cells, np.flatnonzero(np.isfinite(numbers) & (numbers != np.round(numbers))))
    faults: dict[str, list[int]] = {}
    for position, number in zip(
        open_cells, map_unique(raw[open_cells], lambda cell: _guarded(cell, reader)), strict=True
    ):
        numbers[position] = number.value
        if number.code:
            faults.setdefault(number.code, []).append(int(position))
        if not math.isnan(number.low):
            for side, bound in (("low", number.low), ("high", number.high)):
                draft.column(f"{field.key}_{side}")[position] = bound
    record_faults(draft, column, raw, faults)
    put_numbers(draft, column, field, numbers, raw)


def _share_positions(numbers: AnyArray, open_cells: AnyArray, percents: AnyArray | None) -> AnyArray:
    whole = np.isfinite(numbers) & (numbers > 1)
    if percents is not None:
        whole &= ~percents
    return np.union1d(open_cells, np.flatnonzero(whole))


def _guarded(cell: object, reader: NumberReader) -> Number:
    if isinstance(cell, CellError):
        return Number(code=cell.code if cell.code.startswith("E_") else "E_CELL_ERROR")
    return Number(code="W_VALUE_UNREAD") if isinstance(cell, bool) or hasattr(cell, "year") else reader(cell)


def record_faults(draft: Draft, column: Column, raw: AnyArray, faults: Mapping[str, Sequence[int]]) -> None:
    """Faults of one column's cells; error cells were said when the file was opened and only leave their row out."""
    for code, positions in faults.items():
        if code.startswith("E_"):
            for position in positions:
                if isinstance(raw[position], CellError):
                    draft.left_out[position] = True
                else:
                    draft.fault(code, [position], column=column.heading, found=raw[position])
        else:
            draft.fault(code, positions, column=column.heading, found=raw[positions[0]])


def put_numbers(
    draft: Draft,
    column: Column,
    field: Field,
    numbers: AnyArray,
    raw: AnyArray,
    *,
    factor: float = 1.0,
) -> None:
    """Numbers in range into the draft; those out of range leave their row out."""
    low, high = field.low if field.low is not None else -math.inf, field.high if field.high is not None else math.inf
    with np.errstate(invalid="ignore"):
        outside = np.flatnonzero((numbers < low) | (numbers > high))
        suspect = np.flatnonzero(numbers > SUSPECT_ABOVE.get(field.key, math.inf))
    for position in outside:
        draft.fault(
            "E_RANGE", [position], column=column.heading, found=raw[position], low=low, high=high, unit=field.unit
        )
    numbers[outside] = math.nan
    suspect = np.setdiff1d(suspect, outside)
    if len(suspect):
        draft.fault("W_RANGE_SUSPECT", suspect, column=column.heading, found=raw[suspect[0]])
    key = field.key if column.role == "field" else f"{field.key}_{column.role}"
    known = np.isfinite(numbers) & draft.missing(key)
    if column.role == "field":
        draft.put(key, known, numbers[known], Evidence.GIVEN)
    else:
        draft.column(key)[known] = numbers[known]


def read_checked_column(draft: Draft, column: Column, cells: AnySeries, *, percents: AnyArray) -> None:
    """A known column without a place in the form: its values are checked like the others, then let go."""
    name = column.key or ""
    kind, low, high = CHECKED.get(name, ("share", 0.0, 1.0))
    scratch = Field(
        name,
        "share" if kind == "share" else "years",
        "optional",
        "",
        "",
        "",
        "",
        "",
        low,
        200.0 if kind == "years" else high,
    )
    raw = object_cells(cells)
    numbers, open_cells = plain_numbers(cells)
    if kind == "share":
        open_cells = _share_positions(numbers, open_cells, percents)
    faults: dict[str, list[int]] = {}
    for position in open_cells:
        number = _guarded(raw[position], number_reader(scratch, column.unit))
        numbers[position] = number.value
        if number.code and number.code != "E_NUMBER":
            faults.setdefault(number.code, []).append(int(position))
    record_faults(draft, column, raw, faults)
    with np.errstate(invalid="ignore"):
        outside = np.flatnonzero((numbers < low) | (numbers > (scratch.high or math.inf)))
        suspect = np.flatnonzero((numbers > high) & (numbers <= (scratch.high or math.inf)))
    for position in outside:
        draft.fault("E_RANGE", [position], column=column.heading, found=raw[position], low=low, high=high, unit=kind)
    if len(suspect):
        draft.fault("W_RANGE_SUSPECT", suspect, column=column.heading, found=raw[suspect[0]])
