"""A small table under a known form: find its header, match its headings, read its cells, list every fault."""

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.fields import Field
from evaluator.intake.columns import tidy
from evaluator.intake.form_cells import name_product, reader_of
from evaluator.intake.listing import issue
from evaluator.intake.sheets import read_sheets
from evaluator.intake.totals import total_level
from evaluator.intake.values import fold

Source = str | Path | bytes | BinaryIO | pd.DataFrame
_SEARCHED_ROWS = 30
_LEFT_EMPTY = frozenset({"E_SIDE_RANGE", "E_SIDE_VALUE"})
"""Faults that leave out a row where the column is required, else empty the cell: said apart as ``…_CELL``."""
_BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class RawTable:
    """Cells under their headings: rows as lists, 1-based sheet rows, file and sheet name, and issues met so far."""

    headings: tuple[str, ...]
    cells: tuple[tuple[object, ...], ...]
    rows: tuple[int, ...]
    sheet: str = ""
    issues: tuple[Issue, ...] = ()


@dataclass(slots=True)
class FormDraft:
    """A table being read.

    ``frame`` holds the values by field key, ``cells`` the raw cells by field key, ``extra`` those under other headings;
    ``rows`` are sheet rows, ``headings`` and ``units`` what stood above each field.
    """

    frame: pd.DataFrame
    rows: tuple[int, ...]
    sheet: str
    headings: Mapping[str, str]
    units: Mapping[str, str]
    cells: Mapping[str, tuple[object, ...]]
    extra: Mapping[str, tuple[object, ...]]
    issues: list[Issue] = field(default_factory=list)

    def fault(self, code: str, at: int | None, key: str = "", found: object = "", **values: object) -> None:
        """Note an issue at row position ``at`` of the frame, under the heading of ``key``."""
        row = None if at is None else self.rows[at]
        column = self.headings.get(key, key)
        self.issues.append(issue(code, sheet=self.sheet, row=row, column=column, found=found, **values))

    def told(self) -> tuple[Issue, ...]:
        """Every issue met, by row; what concerns the whole table comes last."""
        return tuple(sorted(self.issues, key=lambda met: (met.row is None, met.row or 0)))

    def drop(self, positions: set[int]) -> None:
        """Leave out rows by position; their issues stay."""
        kept = [at for at in range(len(self.rows)) if at not in positions]
        self.frame = self.frame.iloc[kept].reset_index(drop=True)
        self.rows = tuple(self.rows[at] for at in kept)
        self.cells = {name: tuple(cells[at] for at in kept) for name, cells in self.cells.items()}
        self.extra = {name: tuple(cells[at] for at in kept) for name, cells in self.extra.items()}


def read_form(
    source: Source, fields: Sequence[Field], *, file_name: str | None = None, whole_rows: bool = False
) -> FormDraft:
    """Read a csv, xlsx or DataFrame under a form.

    Required cells that are empty, unreadable or impossible leave their row out, other ones are emptied; each is an
    issue that names the row. ``whole_rows``: the caller leaves out the rows of the other ones too. Headings outside
    the form are kept in ``extra`` by name.

    Raises
    ------
    TableError
        When there is no such file, no header, or a required column is missing; all that is missing is named.
    """
    raw = find_table(source, fields, file_name)
    matched, extra, twice = _match_headings(raw, fields)
    missing = [f for f in fields if f.need == "required" and f.key not in matched]
    if missing:
        raise TableError(*_missing_columns(raw, missing, list(extra)))
    headings = {key: raw.headings[at] for key, at in matched.items()}
    units = {key: found[1] for key, heading in headings.items() if (found := _BRACKET.search(fold(heading)))}
    cells = {key: tuple(row[at] for row in raw.cells) for key, at in matched.items()}
    others = {name: tuple(row[at] for row in raw.cells) for name, at in extra.items()}
    index = pd.RangeIndex(len(raw.rows))
    draft = FormDraft(
        pd.DataFrame(index=index), raw.rows, raw.sheet, headings, units, cells, others, [*raw.issues, *twice]
    )
    unusable: set[int] = set()
    for form in fields:
        draft.frame[form.key] = _read_column(
            draft, form, cells.get(form.key, (None,) * len(raw.rows)), unusable, whole_rows=whole_rows
        )
    draft.drop(unusable)
    if not raw.rows:
        draft.fault("W_SIDE_NO_ROWS", None)
    return draft


def find_table(source: Source, fields: Sequence[Field], file_name: str | None, *, any_row: bool = False) -> RawTable:
    """The cells of a table under the row that holds most headings of a form.

    ``any_row``: where no row holds two of them, the first with two filled cells is taken for the headings.
    """
    if isinstance(source, pd.DataFrame):
        table = source.reset_index() if source.index.name is not None else source
        cells = tuple(tuple(map(_plain, row)) for row in table.itertuples(index=False, name=None))
        return RawTable(tuple(map(str, table.columns)), cells, tuple(range(1, len(cells) + 1)))
    data, name = _bytes_of(source, file_name)
    book = read_sheets(data, file_name=name)
    best: tuple[int, int, int] | None = None
    for number, sheet in enumerate(book.sheets):
        for row, line in enumerate(sheet.cells[:_SEARCHED_ROWS]):
            known = len({m for cell in line if isinstance(cell, str) and (m := match_heading(cell, fields))})
            if known >= 2 and (best is None or known > best[0]):
                best = (known, number, row)
    if best is None and any_row:
        filled = (
            (0, number, row)
            for number, sheet in enumerate(book.sheets)
            for row, line in enumerate(sheet.cells)
            if sum(cell is not None for cell in line) > 1
        )
        best = next(filled, None)
    if best is None:
        required = name_columns(f for f in fields if f.need == "required")
        raise TableError(issue("E_SIDE_HEADER", sheet=name, needed_columns=required))
    _, number, header = best
    sheet = book.sheets[number]
    headings = tuple("" if cell is None else str(cell) for cell in sheet.cells[header])
    kept = [
        (at + 1, row) for at, row in enumerate(sheet.cells)
        if at > header and any(c is not None for c in row) and not total_level(row[:3])
    ]  # fmt: skip
    where = " ".join(part for part in (name, sheet.name) if part)
    return RawTable(headings, tuple(tuple(row) for _, row in kept), tuple(at for at, _ in kept), where, book.issues)


def _bytes_of(source: str | Path | bytes | BinaryIO, file_name: str | None) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, file_name or ""
    if isinstance(source, str | Path):
        path = Path(source)
        if not path.is_file():
            raise TableError(issue("E_SIDE_FILE", found=path.name))
        return path.read_bytes(), file_name or path.name
    return source.read(), file_name or Path(str(getattr(source, "name", ""))).name


def _plain(cell: object) -> object:
    """A cell of a frame as a plain value, every kind of missing as ``None``."""
    if cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, np.generic):
        return cell.item()
    return cell if isinstance(cell, str | int | float | dt.date) else str(cell)


def name_columns(fields: Iterable[Field]) -> str:
    """Columns by both titles, for a message in any language."""
    return ", ".join(f"{f.title_zh} / {f.title_en}" for f in fields)


def match_heading(heading: str, fields: Sequence[Field]) -> str | None:
    """The field key a heading means, by key, title or alias, with or without its unit in brackets."""
    text = tidy(heading)
    for form in (text, _BRACKET.sub("", text).strip()):
        for known in fields:
            if form in {tidy(name) for name in (known.key, known.title_en, known.title_zh, *known.aliases)}:
                return known.key
    return None


def _match_headings(raw: RawTable, fields: Sequence[Field]) -> tuple[dict[str, int], dict[str, int], list[Issue]]:
    """Field key to position, other heading to position, and headings that stand twice."""
    matched: dict[str, int] = {}
    extra: dict[str, int] = {}
    issues: list[Issue] = []
    for at, heading in enumerate(raw.headings):
        key = match_heading(heading, fields)
        if key is None and heading:
            extra[heading] = at
        elif key in matched:
            issues.append(
                issue("W_SIDE_COLUMN_TWICE", sheet=raw.sheet, column=heading, found=raw.headings[matched[key]])
            )
        elif key is not None:
            matched[key] = at
    return matched, extra, issues


def _missing_columns(raw: RawTable, missing: Sequence[Field], others: Sequence[str]) -> Iterable[Issue]:
    for form in missing:
        names = [tidy(name) for name in (form.key, form.title_en, form.title_zh, *form.aliases)]
        near = next((o for o in others if get_close_matches(tidy(o), names, n=1, cutoff=0.6)), "")
        yield issue(
            "E_SIDE_COLUMN_NEAR" if near else "E_SIDE_COLUMN", sheet=raw.sheet, found=near or ", ".join(raw.headings),
            title=name_columns(iter([form])),
        )  # fmt: skip


def _read_column(
    draft: FormDraft, form: Field, cells: Sequence[object], unusable: set[int], *, whole_rows: bool
) -> "pd.Series[Any]":
    """One column's values; faults are noted, rows without a required value marked unusable."""
    reader = reader_of(form, draft.units.get(form.key, ""))
    known: dict[tuple[type, object], tuple[object, str]] = {}
    values: list[object] = []
    for at, cell in enumerate(cells):
        token = (type(cell), cell)
        if token not in known:
            known[token] = _bounded(reader(cell), form)
        value, code = known[token]
        required = form.need == "required"
        if code:
            code += "_CELL" if code in _LEFT_EMPTY and not (required or whole_rows) else ""
            draft.fault(code, at, form.key, cell, low=_said(form.low), high=_said(form.high), read=name_product(value))
        elif value is None and required and form.key in draft.headings:
            draft.fault("E_SIDE_EMPTY", at, form.key, title=name_columns(iter([form])))
        kept = None if code.startswith("E_") else value
        if kept is None and required:
            unusable.add(at)
        values.append(kept)
    numeric = form.is_number
    return pd.Series([np.nan if v is None and numeric else v for v in values], dtype=np.float64 if numeric else object)


def _said(bound: float | None) -> str:
    return "" if bound is None else f"{bound:,.15g}" if abs(bound) >= 1e4 else f"{bound:g}"  # 1949 is a year


def _bounded(read: tuple[object, str], form: Field) -> tuple[object, str]:
    value, code = read
    if isinstance(value, float) and (
        not math.isfinite(value) or value < (-math.inf if form.low is None else form.low)
        or value > (math.inf if form.high is None else form.high)
    ):  # fmt: skip
        return value, "E_SIDE_RANGE"
    return value, code
