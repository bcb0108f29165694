"""Tables as plain rows and back, without losing a digit: a heading row of field keys, then one row a record."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue, TableError
from evaluator.domain.fields import Field
from evaluator.domain.markets import MINUTES_PREFIX

Cell: TypeAlias = "str | int | float | bool | None"
Rows: TypeAlias = "list[list[Cell]]"
Sheets: TypeAlias = Mapping[str, "list[list[Cell]]"]
"""Plain tables by name: what a bundle writes as sheets and the store as JSON."""

SET_SEPARATOR = ";"
_FLAGS = {"true": True, "1": True, "yes": True, "是": True, "false": False, "0": False, "no": False, "否": False}


def kind_of(key: str, fields: Mapping[str, Field]) -> str | None:
    """How a column's cells are held: ``number``, ``date``, ``flag``, ``set`` or ``text``; ``None`` when not known."""
    found = fields.get(key) or fields.get(key.removesuffix("_low").removesuffix("_high"))
    if found is None:
        return "number" if key.startswith(MINUTES_PREFIX) else None
    if found.is_number:
        return "number"
    return found.kind if found.kind in ("date", "flag", "set") else "text"


def lay_out_frame(frame: pd.DataFrame, *, keep: Callable[[str], bool] = lambda _: True) -> Rows:
    """The rows of a table under its column keys, a named index first; columns that ``keep`` refuses are left out."""
    table = frame if frame.index.name is None else frame.reset_index()
    keys = [str(key) for key in table.columns if keep(str(key))]
    columns = [[cell_of(value) for value in table[key].astype(object)] for key in keys]
    return [list(keys), *map(list, zip(*columns, strict=True))]


def cell_of(value: object) -> Cell:
    """One value as a plain cell; missing is ``None``."""
    if value is None or value is pd.NaT:
        return None
    if isinstance(value, tuple):
        return SET_SEPARATOR.join(map(str, value))
    if isinstance(value, date):  # timestamps too
        return value.isoformat()[:10]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) else str(value) if math.isinf(value) else value
    return value if isinstance(value, bool | int) else str(value)


def read_frame(
    rows: Rows, fields: Iterable[Field], *, sheet: str, index: str | None = None, set_type: str = "set"
) -> pd.DataFrame:
    """The table of plain rows: numbers float64, dates ``datetime64[ns]``, everything else ``object``.

    Columns of no known field are passed over, as are empty rows. ``set_type`` is ``text`` where lists stay one text.

    Raises
    ------
    TableError
        With one ``E_CASE_CELL`` for each cell that cannot be what its column holds.
    """
    known = {field.key: field for field in fields}
    heads = [str(head) for head in rows[0]] if rows else []
    body = [row for row in rows[1:] if any(cell is not None for cell in row)]
    columns: dict[str, pd.Series] = {}
    faults: list[Issue] = []
    for place, key in enumerate(heads):
        kind = kind_of(key, known)
        if kind is not None:
            cells = [row[place] if place < len(row) else None for row in body]
            kind = set_type if kind == "set" else kind
            columns[key] = read_column(cells, kind, sheet=sheet, column=key, faults=faults)
    if faults:
        raise TableError(*faults)
    table = pd.DataFrame(columns, index=pd.RangeIndex(len(body)))
    return table if index is None else table.set_index(index)


def read_column(cells: Sequence[Cell], kind: str, *, sheet: str, column: str, faults: list[Issue]) -> pd.Series:
    """One column of plain cells as ``kind``; cells that cannot be read add to ``faults`` and stay empty."""
    values: list[Any] = []
    for row, cell in enumerate(cells, start=2):
        try:
            values.append(read_cell(cell, kind))
        except ValueError:
            values.append(read_cell(None, kind))
            found = Issue("E_CASE_CELL", "error", sheet, row, column, str(cell)[:80])
            faults.append(found)
    dtype = {"number": "float64", "date": "datetime64[ns]"}.get(kind, "object")
    return pd.Series(values, dtype=dtype)


def read_cell(cell: Cell, kind: str) -> Any:  # noqa: ANN401 - number, date, yes or no, words, text
    """One plain cell as the value its column holds; raises ``ValueError``."""
    if cell is None:
        return {"number": np.nan, "date": pd.NaT}.get(kind)
    if kind == "number":
        if isinstance(cell, bool):
            raise ValueError(cell)
        return float(cell)
    if kind == "date":
        return pd.Timestamp(str(cell)[:10])
    if kind == "flag":
        if str(cell).lower() not in _FLAGS:
            raise ValueError(cell)
        return _FLAGS[str(cell).lower()]
    return tuple(str(cell).split(SET_SEPARATOR)) if kind == "set" else str(cell)
