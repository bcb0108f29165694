"""Cells under understood headings become values: whole columns at once, single cells only where people wrote words."""

import math
import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.fields import FIELDS, Field
from evaluator.domain.portfolio import Evidence
from evaluator.intake.cells import CellError
from evaluator.intake.columns import CHECKED, Column, choice_words
from evaluator.intake.dates import read_date, read_period
from evaluator.intake.draft import Draft
from evaluator.intake.listing import Listing
from evaluator.intake.money import MoneyUnit
from evaluator.intake.personal import hide_personal, keep_organisation
from evaluator.intake.values import (
    MISSING_WORDS,
    Number,
    fold,
    is_missing,
    read_count,
    read_months,
    read_number,
    read_share,
    read_years,
)
from evaluator.reference.lexicon import match_product, products

MAX_NAME_CHARACTERS = 200
SUSPECT_ABOVE: Mapping[str, float] = {"construction_months": 120, "benefit_years": 40, "asset_life_years": 50, "training_days": 365,
                                      "wage_yuan_month": 50_000, "回收期": 60, "投资回收期": 60}  # fmt: skip
"""Values that can be but seldom are: said as ``W_RANGE_SUSPECT``."""
YES_NO = {"是": True, "有": True, "yes": True, "y": True, "true": True, "1": True, "√": True, "✓": True, "否": False, "无": False, "no": False,
          "n": False, "false": False, "0": False, "×": False}  # fmt: skip
MU_PER = {"亩": 1.0, "公顷": 15.0, "hectares": 15.0, "hectare": 15.0, "ha": 15.0, "万亩": 1e4, "平方米": 1 / 666.67, "m2": 1 / 666.67,
          "㎡": 1 / 666.67, "平方公里": 1500.0}  # fmt: skip

NumberReader = Callable[[object], Number]


def object_cells(cells: "pd.Series[object]") -> NDArray[np.object_]:
    """Cells as objects with ``None`` for every kind of emptiness."""
    array = cells.to_numpy(dtype=object, copy=True)
    array[pd.isna(array)] = None
    return array


def map_unique(array: NDArray[np.object_], reader: Callable[[object], object]) -> list[object]:
    """``reader`` over cells, each distinct cell read once."""
    known: dict[object, object] = {}
    answers = []
    for cell in array:
        token = (type(cell), cell)
        if token not in known:
            known[token] = reader(cell)
        answers.append(known[token])
    return answers


def plain_numbers(cells: "pd.Series[object]") -> tuple[NDArray[np.float64], NDArray[np.int64]]:
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


def read_number_column(
    draft: Draft, column: Column, cells: "pd.Series[object]", *, percents: NDArray[np.bool_] | None = None
) -> None:
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
        assert isinstance(number, Number)
        numbers[position] = number.value
        if number.code:
            faults.setdefault(number.code, []).append(int(position))
        if not math.isnan(number.low):
            for side, bound in (("low", number.low), ("high", number.high)):
                draft.column(f"{field.key}_{side}")[position] = bound
    _record(draft, column, raw, faults)
    _put_numbers(draft, column, field, numbers, raw)


def _share_positions(
    numbers: NDArray[np.float64], open_cells: NDArray[np.int64], percents: NDArray[np.bool_] | None
) -> NDArray[np.int64]:
    whole = np.isfinite(numbers) & (numbers > 1)
    if percents is not None:
        whole &= ~percents
    return np.union1d(open_cells, np.flatnonzero(whole))


def _guarded(cell: object, reader: NumberReader) -> Number:
    if isinstance(cell, CellError):
        return Number(code=cell.code if cell.code.startswith("E_") else "E_CELL_ERROR")
    return Number(code="W_VALUE_UNREAD") if isinstance(cell, bool) or hasattr(cell, "year") else reader(cell)


def _record(draft: Draft, column: Column, raw: NDArray[np.object_], faults: Mapping[str, Sequence[int]]) -> None:
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


def _put_numbers(
    draft: Draft,
    column: Column,
    field: Field,
    numbers: NDArray[np.float64],
    raw: NDArray[np.object_],
    *,
    factor: float = 1.0,
) -> None:
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


def read_checked_column(
    draft: Draft, column: Column, cells: "pd.Series[object]", *, percents: NDArray[np.bool_]
) -> None:
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
    _record(draft, column, raw, faults)
    with np.errstate(invalid="ignore"):
        outside = np.flatnonzero((numbers < low) | (numbers > (scratch.high or math.inf)))
        suspect = np.flatnonzero((numbers > high) & (numbers <= (scratch.high or math.inf)))
    for position in outside:
        draft.fault("E_RANGE", [position], column=column.heading, found=raw[position], low=low, high=high, unit=kind)
    if len(suspect):
        draft.fault("W_RANGE_SUSPECT", suspect, column=column.heading, found=raw[suspect[0]])


def read_text_column(draft: Draft, column: Column, cells: "pd.Series[object]") -> None:
    """Texts of one column: placeholders missing, personal numbers hidden, long names refused."""
    key = column.key or ""
    raw = object_cells(cells)
    texts = np.asarray(map_unique(raw, _plain_text), dtype=object) if len(raw) else raw
    texts, hidden = hide_personal(texts)
    if hidden:
        draft.fault("W_PERSONAL_DATA", hidden, column=column.heading, headings=column.heading)
    if key == "operator":
        texts, dropped = keep_organisation(texts)
        if dropped:
            draft.fault("W_PERSONAL_DATA", dropped, column=column.heading, headings=column.heading)
    if key in ("name", "project_id"):
        draft.left_out[[isinstance(cell, CellError) for cell in raw]] = True
    if key in ("name", "project_id", "township", "village", "place_name"):
        for position in (p for p, text in enumerate(texts) if text is not None and len(text) > MAX_NAME_CHARACTERS):
            draft.fault("E_TEXT_TOO_LONG", [position], column=column.heading, found=f"{texts[position][:20]}…", limit=MAX_NAME_CHARACTERS,
                        length=len(texts[position]))  # fmt: skip
            texts[position] = None
    _put_texts(draft, key, texts)


def _plain_text(cell: object) -> str | None:
    if cell is None or isinstance(cell, CellError):
        return None
    text = cell.strip() if isinstance(cell, str) else fold(cell)
    return None if not text or (len(text) <= 4 and fold(text).lower() in MISSING_WORDS) else text


def _put_texts(draft: Draft, key: str, texts: NDArray[np.object_]) -> None:
    held = draft.column(key)
    separator = "/" if key == "project_type" else "；"
    given = np.asarray(texts != None)  # noqa: E711 - elementwise
    both = given & np.asarray(held != None) & (held != texts)  # noqa: E711
    texts = np.where(both, _join(held, texts, separator), texts) if both.any() else texts
    draft.put(key, given, texts[given], Evidence.GIVEN)


def _join(first: NDArray[np.generic], second: NDArray[np.object_], separator: str) -> NDArray[np.object_]:
    return np.asarray([f"{a}{separator}{b}" for a, b in zip(first, second, strict=True)], dtype=object)


def read_date_column(draft: Draft, column: Column, cells: "pd.Series[object]") -> None:
    """Months of one date column."""
    key = column.key or ""
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        months = cells.to_numpy(dtype="datetime64[ns]").astype("datetime64[M]").astype("datetime64[ns]")
        draft.put(key, ~np.isnat(months), months[~np.isnat(months)], Evidence.GIVEN)
        return
    raw = object_cells(cells)
    faults: dict[str, list[int]] = {}
    for position, date in enumerate(map_unique(raw, lambda cell: _guarded_date(cell, key == "end"))):
        value, code = date  # type: ignore[misc]
        if code:
            faults.setdefault(code, []).append(position)
        if value is not None:
            draft.put(key, position, np.datetime64(value, "ns"), Evidence.GIVEN)
    _record(draft, column, raw, faults)


def _guarded_date(cell: object, is_end: bool) -> tuple[object, str]:
    if isinstance(cell, CellError):
        return None, "E_CELL_ERROR"
    return read_date(cell, is_end=is_end)


def read_period_column(draft: Draft, column: Column, cells: "pd.Series[object]") -> None:
    """Start, end and length of one column of periods; given starts and ends win."""
    read_text_column(draft, column, cells)
    unit = column.unit if column.unit in ("月", "个月", "年", "天") else ""
    raw = object_cells(cells)
    unread = []
    for position, period in enumerate(
        map_unique(raw, lambda cell: None if isinstance(cell, CellError) else read_period(cell, unit=unit))
    ):
        if period is None:
            continue
        start, end, months, code = period  # type: ignore[misc]
        if code:
            unread.append(position)
        for key, value in (("start", start), ("end", end)):
            if value is not None and draft.missing(key)[position]:
                draft.put(key, position, np.datetime64(value, "ns"), Evidence.GIVEN)
        if months is not None and draft.missing("construction_months")[position]:
            draft.put("construction_months", position, months, Evidence.GIVEN)
    if unread:
        draft.fault("W_VALUE_UNREAD", unread, column=column.heading, found=raw[unread[0]])


def read_choice_column(draft: Draft, column: Column, cells: "pd.Series[object]") -> None:
    """Categories, sets, flags and products from the words people use for them."""
    key = column.key or ""
    kind = FIELDS[key].kind
    raw = np.asarray(map_unique(object_cells(cells), _plain_text), dtype=object) if len(cells) else object_cells(cells)
    reader = {"category": _read_category, "set": _read_set, "flag": _read_flag, "product": _read_product}[kind]
    values = np.empty(len(raw), dtype=object)
    values[:] = map_unique(raw, lambda text: None if text is None else reader(key, str(text)))
    known = np.asarray([value is not None for value in values], dtype=bool)
    draft.put(key, known, values[known], Evidence.GIVEN)
    if kind in ("set", "product"):
        draft.prose[key] = raw
        draft.quotes |= (
            {(position, key): str(raw[position]) for position in np.flatnonzero(known)} if kind == "set" else {}
        )
    unread = [position for position in np.flatnonzero(~known) if raw[position] is not None]
    if unread and kind != "set":
        draft.fault("W_VALUE_UNREAD", unread, column=column.heading, found=raw[unread[0]])


def _read_category(key: str, text: str) -> str | None:
    folded = fold(text).lower()
    words = choice_words(key)
    return words.get(folded) or next((choice for word, choice in words.items() if word in folded), None)


def _read_set(key: str, text: str) -> tuple[str, ...] | None:
    folded = fold(text).lower()
    found = {choice for word, choice in choice_words(key).items() if word in folded}
    return tuple(choice for choice in FIELDS[key].choices if choice in found) or None


def _read_flag(key: str, text: str) -> bool | None:
    return YES_NO.get(fold(text).lower())


def _read_product(key: str, text: str) -> str | None:
    if text in products():
        return text
    match = match_product(text)
    return match.product_id if match else None


def read_columns(draft: Draft, listing: Listing, columns: Sequence[Column]) -> None:
    """Every understood column but money into the draft."""
    for column in sorted(columns, key=lambda c: (c.key == "period", c.rank, c.position)):
        cells = listing.cells[column.position]
        percents = np.zeros(len(draft), dtype=bool)
        percents[[row for row, position in listing.percents if position == column.position]] = True
        if column.role == "checked":
            read_checked_column(draft, column, cells, percents=percents)
        elif column.role in ("field", "low", "high") and column.key:
            draft.headings.setdefault(column.key, column.heading)
            _reader_of(FIELDS[column.key], column, percents)(draft, column, cells)


def _reader_of(
    field: Field, column: Column, percents: NDArray[np.bool_]
) -> Callable[[Draft, Column, "pd.Series[object]"], None]:
    if field.kind == "money":
        return lambda draft, column, cells: None
    if field.is_number:
        return lambda draft, column, cells: read_number_column(draft, column, cells, percents=percents)
    if field.key == "period":
        return read_period_column
    if field.kind == "date":
        return read_date_column
    return read_choice_column if field.kind in ("category", "set", "flag", "product") else read_text_column


def fold_code(text: object) -> str | None:
    """A county code as six digits."""
    found = re.search(r"\d{6}", fold(text)) if not is_missing(text) else None
    return found[0] if found else None


__all__ = ["MoneyUnit", "fold_code", "map_unique", "object_cells", "plain_numbers", "read_columns"]
