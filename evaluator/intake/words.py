"""Columns of words: texts, dates, periods, categories, sets, flags and products."""

import re

import numpy as np
import pandas as pd

from evaluator.domain.fields import FIELDS
from evaluator.domain.portfolio import Evidence
from evaluator.intake.cells import CellError
from evaluator.intake.columns import Column, choice_words
from evaluator.intake.dates import Date, Period, read_date, read_period
from evaluator.intake.draft import Draft
from evaluator.intake.listing import AnyArray, AnySeries
from evaluator.intake.numbers import map_unique, object_cells, record_faults
from evaluator.intake.personal import hide_personal, keep_organisation
from evaluator.intake.values import MISSING_WORDS, fold, is_missing
from evaluator.reference.lexicon import match_product, products

MAX_NAME_CHARACTERS = 200
YES_NO = {
    "是": True,
    "有": True,
    "yes": True,
    "y": True,
    "true": True,
    "1": True,
    "√": True,
    "✓": True,
    "否": False,
    "无": False,
    "no": False,
    "n": False,
    "false": False,
    "0": False,
    "×": False,
}


def read_text_column(draft: Draft, column: Column, cells: AnySeries) -> None:
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
            draft.fault(
                "E_TEXT_TOO_LONG",
                [position],
                column=column.heading,
                found=f"{texts[position][:20]}…",
                limit=MAX_NAME_CHARACTERS,
                length=len(texts[position]),
            )
            texts[position] = None
    _put_texts(draft, key, texts)


def _plain_text(cell: object) -> str | None:
    if cell is None or isinstance(cell, CellError):
        return None
    text = cell.strip() if isinstance(cell, str) else fold(cell)
    return None if not text or (len(text) <= 4 and fold(text).lower() in MISSING_WORDS) else text


def _put_texts(draft: Draft, key: str, texts: AnyArray) -> None:
    held = draft.column(key)
    separator = "/" if key == "project_type" else "；"
    given = np.asarray(texts != None)  # noqa: E711 - elementwise
    both = given & np.asarray(held != None) & (held != texts)  # noqa: E711
    texts = np.where(both, _join(held, texts, separator), texts) if both.any() else texts
    draft.put(key, given, texts[given], Evidence.GIVEN)


def _join(first: AnyArray, second: AnyArray, separator: str) -> AnyArray:
    return np.asarray([f"{a}{separator}{b}" for a, b in zip(first, second, strict=True)], dtype=object)


def read_date_column(draft: Draft, column: Column, cells: AnySeries) -> None:
    """Months of one date column."""
    key = column.key or ""
    if pd.api.types.is_datetime64_any_dtype(cells.dtype):
        months = cells.to_numpy(dtype="datetime64[ns]").astype("datetime64[M]").astype("datetime64[ns]")
        draft.put(key, ~np.isnat(months), months[~np.isnat(months)], Evidence.GIVEN)
        return
    raw = object_cells(cells)
    faults: dict[str, list[int]] = {}
    for position, date in enumerate(map_unique(raw, lambda cell: _guarded_date(cell, key == "end"))):
        if date.code:
            faults.setdefault(date.code, []).append(position)
        if date.value is not None:
            draft.put(key, position, pd.Timestamp(date.value).to_datetime64(), Evidence.GIVEN)
    record_faults(draft, column, raw, faults)


def _guarded_date(cell: object, is_end: bool) -> Date:
    return Date(code="E_CELL_ERROR") if isinstance(cell, CellError) else read_date(cell, is_end=is_end)


def read_period_column(draft: Draft, column: Column, cells: AnySeries) -> None:
    """Start, end and length of one column of periods; given starts and ends win."""
    read_text_column(draft, column, cells)
    unit = column.unit if column.unit in ("月", "个月", "年", "天") else ""
    raw = object_cells(cells)
    periods = map_unique(raw, lambda cell: Period() if isinstance(cell, CellError) else read_period(cell, unit=unit))
    for position, period in enumerate(periods):
        for key, value in (("start", period.start), ("end", period.end)):
            if value is not None and not draft.holds(key, position):
                draft.put(key, position, pd.Timestamp(value).to_datetime64(), Evidence.GIVEN)
        if period.months is not None and not draft.holds("construction_months", position):
            draft.put("construction_months", position, period.months, Evidence.GIVEN)
    unread = [position for position, period in enumerate(periods) if period.code]
    if unread:
        draft.fault("W_VALUE_UNREAD", unread, column=column.heading, found=raw[unread[0]])


def read_choice_column(draft: Draft, column: Column, cells: AnySeries) -> None:
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
            {(int(position), key): str(raw[position]) for position in np.flatnonzero(known)} if kind == "set" else {}
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


def fold_code(text: object) -> str | None:
    """A county code as six digits."""
    found = re.search(r"\d{6}", fold(text)) if not is_missing(text) else None
    return found[0] if found else None
