"""Columns of a panel that people typed: words and figures become numbers, each distinct cell read once."""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evaluator.domain.fields import CHOICE_WORDS
from evaluator.intake.cells import CellError
from evaluator.intake.form_cells import find_year
from evaluator.intake.money import read_money
from evaluator.intake.panel_columns import FORM
from evaluator.intake.personal import hide_personal
from evaluator.intake.values import fold, is_missing, read_number
from evaluator.intake.words import YES_NO

NEVER_WORDS = frozenset(
    {
        "never",
        "never treated",
        "none",
        "no",
        "inf",
        "infinity",
        "∞",
        "control",
        "untreated",
        "否",
        "对照",
        "对照组",
        "对照村",
    }
    | {
        "从未",
        "从未参加",
        "从未受益",
        "从未参与",
        "未参加",
        "未参与",
        "没有参加",
        "未受益",
        "未实施",
        "无项目",
        "非项目村",
    }
)
NO_START = -1e6
"""Stands for a first year that cannot be read, so that its row is left out and not taken for one without a project."""
EXAMPLES = 3
Value = float | str | None
Reader = Callable[[object], tuple[Value, bool]]
"""A cell to its value (``None`` when missing), and whether it could be read."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Cells of one column that could not be read: how many of how many, where the first stands, a few of them."""

    count: int = 0
    rows: int = 0
    row: int | None = None
    examples: tuple[str, ...] = field(default=())


def read_typed(cells: Sequence[object], reader: Reader, *, rows: Sequence[int] = ()) -> tuple[list[Any], Unread]:
    """Values of one column as typed, and what could not be read of it.

    ``rows`` are the sheet rows of the cells; without them rows are not named.
    """
    known: dict[tuple[type, object], tuple[Value, bool]] = {}
    values: list[Any] = []
    faulty: Counter[str] = Counter()
    first: int | None = None
    for at, cell in enumerate(cells):
        token = (type(cell), cell)
        if token not in known:
            known[token] = reader(cell)
        value, right = known[token]
        if not right:
            first = (rows[at] if len(rows) else None) if not faulty else first
            faulty[fold(cell.code if isinstance(cell, CellError) else cell)[:40]] += 1
        values.append(value)
    return values, Unread(faulty.total(), len(cells), first, _shown(list(faulty)[:EXAMPLES]))


def _shown(examples: list[str]) -> tuple[str, ...]:
    return tuple(map(str, hide_personal(np.array(examples, dtype=object))[0])) if examples else ()


def reader_of(key: str, *, factor: float = 1.0, number: bool = True) -> Reader:
    """How the cells of a canonical column are read; those of any other column as numbers or as words."""
    if key == "year":
        return _year
    if key == "first_year":
        return _first_year
    if key == "outcome":
        return lambda cell: _number(read_money(cell, factor=factor))
    known = FORM.get(key)
    if known is not None and known.kind == "flag":
        return _flag
    if key == "trait_short_flat_fast":
        return lambda cell: _flag(cell) if isinstance(cell, str | bool) and _flag(cell)[1] else _number_of(cell)
    if known is not None and known.kind == "category":
        words = {word.lower(): choice for choice in known.choices for word in (choice, *CHOICE_WORDS.get(choice, ()))}
        return lambda cell: _word(cell, words)
    return _number_of if (number if known is None else known.is_number) else _text


def _year(cell: object) -> tuple[Value, bool]:
    if is_missing(cell):
        return None, True
    year = find_year(cell)[0] if not isinstance(cell, CellError) else None
    return (year, True) if year is not None else _number_of(cell)


def _first_year(cell: object) -> tuple[Value, bool]:
    if is_missing(cell) or (isinstance(cell, str) and fold(cell).lower() in NEVER_WORDS):
        return 0.0, True
    if isinstance(cell, float) and math.isinf(cell):
        return 0.0, True
    year, right = _year(cell)
    return (year, True) if right else (NO_START, False)


def _number(read: Any) -> tuple[Value, bool]:  # noqa: ANN401 - a Number or Money
    wrong = read.code.startswith("E_") or read.code == "W_VALUE_UNREAD"
    return (None if wrong or math.isnan(read.value) else float(read.value)), not wrong


def _number_of(cell: object) -> tuple[Value, bool]:
    return (None, False) if isinstance(cell, CellError) else _number(read_number(cell))


def _flag(cell: object) -> tuple[Value, bool]:
    if isinstance(cell, bool) or (isinstance(cell, int | float) and cell in (0, 1)):
        return float(cell), True
    known = YES_NO.get(fold(cell).lower()) if isinstance(cell, str) else None
    if known is not None:
        return float(known), True
    return None, is_missing(cell)


def _word(cell: object, words: Mapping[str, str]) -> tuple[Value, bool]:
    text, right = _text(cell)
    return (words.get(str(text).lower(), text) if text is not None else None), right


def _text(cell: object) -> tuple[Value, bool]:
    if isinstance(cell, CellError):
        return None, False
    return (None, True) if is_missing(cell) else (fold(cell), True)
