"""A list of projects as plain tables and back: its facts, where each came from, and what was said of the reading."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from evaluator.domain.case_frames import Cell, Rows, Sheets, lay_out_frame, read_frame
from evaluator.domain.errors import Issue, TableError
from evaluator.domain.fields import FIELD_KEYS, FIELDS, MONEY_FIELDS, PROJECT_FIELDS
from evaluator.domain.portfolio import Evidence, Portfolio, Reading

AMOUNT = "amount."
"""Before a money field: the amount in the list's own currency, where it is not the column in yuan."""
SOURCES = ("project_id", "field", "evidence", "words")
READING = ("file", "sheet", "layout", "header_rows", "unit", "columns", "rows", "total", "control_total", "left_out")
ISSUE = ("code", "severity", "sheet", "row", "column", "found", "values")
_ABOUT = ("place_code", "place_name", "year", "currency")


def lay_out_portfolio(portfolio: Portfolio, name: str) -> dict[str, Rows]:
    """The plain tables of a list, all but what was changed by hand: ``name`` and ``name.<part>``."""
    frame = portfolio.frame
    other = [key for key in MONEY_FIELDS if not portfolio.amounts[key].equals(frame[key])]
    table = pd.concat([frame, portfolio.amounts[other].add_prefix(AMOUNT)], axis=1)
    stated = {key for key in table.columns if table[key].notna().any()}
    stated |= {key for key in frame.columns if key not in FIELD_KEYS} | {f"{AMOUNT}{key}" for key in other}
    return {
        name: lay_out_frame(table, keep=lambda key: key in stated or key == "project_id"),
        f"{name}.sources": [list(SOURCES), *_lay_out_sources(portfolio)],
        f"{name}.readings": [list(READING), *(_lay_out_reading(reading) for reading in portfolio.readings)],
        f"{name}.issues": [list(ISSUE), *(_lay_out_issue(found) for found in portfolio.issues)],
        f"{name}.about": [["key", "value"], *([key, getattr(portfolio, key)] for key in _ABOUT)],
    }


def read_portfolio_tables(sheets: Sheets, name: str) -> Portfolio:
    """The list that ``lay_out_portfolio`` wrote under ``name``.

    Raises
    ------
    TableError
        ``E_CASE_CELL`` for a cell that cannot be read; ``E_CASE_IDS`` when ids are missing or not unique.
    """
    money = [f"{AMOUNT}{key}" for key in MONEY_FIELDS]
    heads: list[Cell] = [str(head).replace(AMOUNT, "") for head in sheets[name][0]]
    rows: Rows = [heads, *sheets[name][1:]]
    own = [str(head) in money for head in sheets[name][0]]
    facts = _pick(rows, [not here for here in own])
    frame = read_frame(facts, PROJECT_FIELDS, sheet=name)
    if "project_id" not in frame or frame["project_id"].isna().any() or frame["project_id"].duplicated().any():
        raise TableError(Issue("E_CASE_IDS", "error", sheet=name))
    frame = frame.set_index("project_id")
    amounts = read_frame(_pick(rows, own), PROJECT_FIELDS, sheet=name).set_axis(frame.index)
    frame = _with_every_field(frame)
    amounts = pd.DataFrame({key: amounts[key] if key in amounts else frame[key] for key in MONEY_FIELDS})
    evidence, quotes = _read_sources(sheets.get(f"{name}.sources", []), frame)
    about = dict(_pairs(sheets.get(f"{name}.about", [])))
    year = about.get("year")
    return Portfolio(
        frame=frame,
        amounts=amounts,
        evidence=evidence,
        quotes=quotes,
        issues=tuple(_read_issue(row) for row in _records(sheets.get(f"{name}.issues", []))),
        readings=tuple(_read_reading(row) for row in _records(sheets.get(f"{name}.readings", []))),
        place_code=_text(about.get("place_code")),
        place_name=_text(about.get("place_name")),
        year=None if year is None else int(float(year)),
        currency=_text(about.get("currency")) or "CNY",
    )


def _pick(rows: Rows, columns: list[bool]) -> Rows:
    return [[cell for cell, chosen in zip(row, columns, strict=False) if chosen] for row in rows]


def _with_every_field(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a column for each field, in the form's order, bounds after them."""
    bounds = sorted(str(key) for key in frame.columns if key not in FIELD_KEYS)
    columns = {}
    for key in (*(key for key in FIELD_KEYS if key != "project_id"), *bounds):
        field = FIELDS.get(key)
        number = field is None or field.is_number
        dtype = "float64" if number else "datetime64[ns]" if field and field.kind == "date" else "object"
        empty = [np.nan if number else None] * len(frame)
        columns[key] = frame[key] if key in frame else pd.Series(empty, index=frame.index, dtype=dtype)
    return pd.DataFrame(columns, index=frame.index)


def _lay_out_sources(portfolio: Portfolio) -> Iterable[list[Cell]]:
    """A row for each fact that does not simply stand in its column: read from prose, assumed, or with its words."""
    evidence, keys = portfolio.evidence, [str(key) for key in portfolio.evidence.columns]
    found = evidence.astype(str).to_numpy()
    usual = np.where(portfolio.frame[keys].notna().to_numpy(), Evidence.GIVEN.value, Evidence.MISSING.value)
    ids = [str(project) for project in evidence.index]
    unusual = {(ids[row], keys[column]): str(found[row, column]) for row, column in np.argwhere(found != usual)}
    quoted = {cell: str(evidence.at[cell]) for cell in portfolio.quotes}
    for (project, key), source in sorted((quoted | unusual).items()):
        yield [project, key, source, portfolio.quotes.get((project, key))]


def _read_sources(rows: Rows, frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[tuple[str, str], str]]:
    keys = [key for key in FIELD_KEYS if key != "project_id"]
    evidence = np.where(frame[keys].notna().to_numpy(), Evidence.GIVEN, Evidence.MISSING).astype(object)
    kinds = {kind.value: kind for kind in Evidence}
    row_of = {str(project): row for row, project in enumerate(frame.index)}
    column_of = {key: column for column, key in enumerate(keys)}
    quotes: dict[tuple[str, str], str] = {}
    for record in _records(rows):
        project, key = str(record["project_id"]), str(record["field"])
        if project not in row_of or key not in column_of:
            continue
        if str(record["evidence"]) in kinds:
            evidence[row_of[project], column_of[key]] = kinds[str(record["evidence"])]
        if record["words"] is not None:
            quotes[project, key] = str(record["words"])
    return pd.DataFrame(evidence, index=frame.index, columns=keys, dtype=object), quotes


def _lay_out_reading(reading: Reading) -> list[Cell]:
    columns = json.dumps(dict(reading.columns), ensure_ascii=False)
    return [
        reading.file,
        reading.sheet,
        reading.layout,
        write_spans(reading.header_rows),
        reading.unit,
        columns,
        reading.rows,
        reading.total,
        reading.control_total,
        write_spans(reading.left_out),
    ]


def _read_reading(row: Mapping[str, Cell]) -> Reading:
    return Reading(
        file=_text(row["file"]) or "",
        sheet=_text(row["sheet"]) or "",
        layout=_text(row["layout"]) or "table",
        header_rows=read_spans(row["header_rows"]),
        unit=_text(row["unit"]) or "yuan",
        columns=json.loads(str(row["columns"] or "{}")),
        rows=int(float(row["rows"] or 0)),
        total=_number(row["total"]),
        control_total=_number(row["control_total"]),
        left_out=read_spans(row["left_out"]),
    )


def _lay_out_issue(found: Issue) -> list[Cell]:
    values = json.dumps(dict(found.values), ensure_ascii=False, default=str) if found.values else None
    return [found.code, found.severity, found.sheet, found.row, found.column, found.found, values]


def _read_issue(row: Mapping[str, Cell]) -> Issue:
    severity: Any = row["severity"]
    place = row["row"]
    return Issue(
        str(row["code"]),
        severity,
        _text(row["sheet"]) or "",
        None if place is None else int(float(place)),
        _text(row["column"]) or "",
        _text(row["found"]) or "",
        json.loads(str(row["values"] or "{}")),
    )


def write_spans(numbers: Iterable[int]) -> str | None:
    """Rising whole numbers as spans, ``3-4 9``; ``None`` for none."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return " ".join(f"{a}-{b}" if b > a else f"{a}" for a, b in spans) or None


def read_spans(text: Cell) -> tuple[int, ...]:
    """The numbers ``write_spans`` wrote."""
    ends = [part.split("-") for part in str(text or "").split()]
    return tuple(number for span in ends for number in range(int(span[0]), int(span[-1]) + 1))


def _records(rows: Rows) -> list[dict[str, Cell]]:
    heads = [str(head) for head in rows[0]] if rows else []
    return [
        dict(zip(heads, [*row, *[None] * (len(heads) - len(row))], strict=False))
        for row in rows[1:]
        if any(cell is not None for cell in row)
    ]


def _pairs(rows: Rows) -> list[tuple[str, Cell]]:
    return [(str(row[0]), row[1] if len(row) > 1 else None) for row in rows[1:] if row and row[0] is not None]


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)


def _number(cell: Cell) -> float | None:
    return None if cell is None else float(cell)
