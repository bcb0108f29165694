"""One list of projects lifted out of a sheet, whatever shape it was published in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluator.domain.errors import Issue

AnyArray = NDArray[Any]
"""Cells or values of one column; what they are follows from the field."""
AnySeries = pd.Series
Position: TypeAlias = int | np.integer[Any]


@dataclass(frozen=True, slots=True)
class PrintedTotal:
    """A total the sheet prints: its sheet row, whether it closes a group, its cells by column position.

    ``first`` and ``last`` bound the listing positions a subtotal adds up (``last`` exclusive); a sentence such
    as “26个项目,共7359万元” gives ``amount`` in yuan and ``count`` instead of cells.
    """

    row: int
    level: str
    cells: Mapping[int, object] = field(default_factory=dict)
    first: int = 0
    last: int = 0
    amount: float | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows under headings, before any heading is understood.

    Attributes
    ----------
    cells
        n × m, columns numbered from 0 as in ``headings``.
    rows
        (n,) 1-based sheet row of each.
    title
        Text lines that stood above (or around) the table.
    filled
        (row position, column) of cells whose value was carried down a merged or blank cell.
    bundled
        (row position, column) → number of rows one merged amount stands for.
    sections
        (n,) the group heading each row stands under, ``""`` when none.
    """

    cells: pd.DataFrame
    headings: tuple[str, ...]
    rows: AnyArray
    sheet: str = ""
    layout: str = "table"
    header_rows: tuple[int, ...] = ()
    title: tuple[str, ...] = ()
    totals: tuple[PrintedTotal, ...] = ()
    filled: frozenset[tuple[int, int]] = frozenset()
    bundled: Mapping[tuple[int, int], int] = field(default_factory=dict)
    percents: frozenset[tuple[int, int]] = frozenset()
    sections: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()


def issue(
    code: str, *, sheet: str = "", row: int | None = None, column: str = "", found: object = "", **values: object
) -> Issue:
    """An issue whose severity is the first letter of its code: E error, W warning, N note."""
    severity = {"E": "error", "W": "warning", "N": "note"}[code[0]]
    values = {key: _plain(value) for key, value in values.items()}
    return Issue(code, severity, sheet, row, column, str(found)[:120], values)  # type: ignore[arg-type]


def _plain(value: object) -> object:
    """Whole floats as whole numbers, so that a phrase shows no ``.0``."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
