"""Rows that head a group of projects: a lone text, or a name with the group's sum."""

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from evaluator.intake.money import read_money
from evaluator.intake.values import fold

ENUMERATION = re.compile(r"^(?:[一二三四五六七八九十]+\s*[、.．]|\([一二三四五六七八九十\d]+\))\s*")
_NUMERAL = re.compile(r"\(?[一二三四五六七八九十]+\)?[、.]?")


def group_name(text: str) -> str:
    """A group's name without its enumeration."""
    return ENUMERATION.sub("", fold(text)).rstrip(":")


def find_group_rows(rows: Sequence[Sequence[object]]) -> dict[int, str]:
    """Positions of rows that head a group and print its sum (``一 | 产业发展类 | 350``), with the group's name.

    Such a row holds one name and otherwise only numbers, and a number of it is the sum of the rows below it
    up to the next such row.
    """
    candidates = {position: name for position, row in enumerate(rows) if (name := _lone_name(row)) is not None}
    if not candidates or len(candidates) == len(rows):
        return {}
    numbers = [[_amount_of(cell) for cell in row] for row in rows]
    found: dict[int, str] = {}
    starts = [*candidates, len(rows)]
    for position, end in pairwise(starts):
        below = numbers[position + 1 : end]
        for column, value in enumerate(numbers[position]):
            parts = [row[column] for row in below if row[column] is not None]
            if value and parts and abs(value - sum(p for p in parts if p)) <= 1e-6 * abs(value) + 1e-9:
                found[position] = candidates[position]
    return found


def _lone_name(row: Sequence[object]) -> str | None:
    texts = [
        cell
        for cell in row
        if isinstance(cell, str) and _amount_of(cell) is None and not _NUMERAL.fullmatch(fold(cell))
    ]
    numbers = sum(1 for cell in row if _amount_of(cell) is not None)
    return group_name(texts[0]) if len(texts) == 1 and numbers and len(texts[0]) <= 30 else None


def _amount_of(cell: object) -> float | None:
    if cell is None or isinstance(cell, bool) or (isinstance(cell, str) and not any(c.isdigit() for c in cell)):
        return None
    value = read_money(cell).value if isinstance(cell, (str, int, float)) else math.nan
    return None if math.isnan(value) else value
