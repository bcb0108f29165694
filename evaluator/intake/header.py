"""The header of a table by its content: one row or several, wherever it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evaluator.intake.cells import Sheet
from evaluator.intake.columns import is_heading
from evaluator.intake.values import fold

MAX_HEADER_SEARCH = 60

Cells = Sequence[Sequence[object]]
Spans = dict[tuple[int, int], tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Header:
    """Where a header stands (0-based rows ``first`` to ``last``) and its headings, one a column."""

    first: int
    last: int
    headings: tuple[str, ...]


def spans_of(sheet: Sheet) -> Spans:
    """Each merged cell's position to its merged block."""
    return {
        (row, column): (top, left, bottom, right)
        for top, left, bottom, right in sheet.merges
        if (bottom - top + 1) * (right - left + 1) <= 20_000
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def filled_columns(row: Sequence[object]) -> list[int]:
    """Positions of a row's cells that hold something."""
    return [column for column, cell in enumerate(row) if cell is not None]


def find_header(cells: Cells, spans: Spans) -> Header | None:
    """The header by its content: the row (or two, three rows) whose cells are headings of a project list."""
    best: tuple[int, int] | None = None
    for row in range(min(len(cells), MAX_HEADER_SEARCH)):
        filled = filled_columns(cells[row])
        known = sum(1 for column in filled if is_heading(cells[row][column]))
        if known >= 2 and known * 2 >= len(filled) and (best is None or known > best[1] + 1):
            best = (row, known)
    if best is None:
        return None
    first = best[0]
    last = first
    while last + 1 < len(cells) and last - first < 2 and _continues_header(cells, spans, first, last + 1):
        last += 1
    return Header(first, last, _join_headings(cells, spans, first, last))


def _continues_header(cells: Cells, spans: Spans, first: int, row: int) -> bool:
    filled = filled_columns(cells[row])
    if not filled or any(
        not isinstance(cells[row][column], str) or len(str(cells[row][column])) > 25 for column in filled
    ):
        return False
    if any(re.fullmatch(r"[\d.,%\s]+", fold(cells[row][column])) for column in filled):
        return False
    under = [column for column in filled if cells[row - 1][column] is not None and (row - 1, column) not in spans]
    grouped = [column for column in filled if column not in under or column + 1 in filled]
    if len(grouped) < len(filled):
        return False
    return 2 <= len(filled) < len(filled_columns(cells[first])) + len(filled) // 2 + 1 and _starts_under_group(
        cells, first, row, filled
    )


def _starts_under_group(cells: Cells, first: int, row: int, filled: list[int]) -> bool:
    """Whether every cell of ``row`` stands under a group heading: one followed by a blank in the row above."""
    above = cells[row - 1]
    for column in filled:
        if above[column] is None:
            left = next((c for c in range(column, -1, -1) if above[c] is not None), None)
            if left is None:
                return False
        elif column + 1 >= len(above) or above[column + 1] is not None or column + 1 not in filled:
            return False
    return any(above[column] is None for column in filled)


def _join_headings(cells: Cells, spans: Spans, first: int, last: int) -> tuple[str, ...]:
    width = max(len(row) for row in cells)
    rows = range(first, last + 1)
    headings = []
    for column in range(width):
        parts: list[str] = []
        for row in rows:
            text = _heading_cell(cells, spans, rows, row, column)
            if text and text not in parts:
                parts.append(text)
        headings.append("/".join(parts))
    return tuple(headings)


def _heading_cell(cells: Cells, spans: Spans, rows: range, row: int, column: int) -> str:
    if (span := spans.get((row, column))) and span[0] >= rows.start:
        return plain_text(cells[span[0]][span[1]])
    if (cell := cells[row][column]) is not None:
        return plain_text(cell)
    below = any(cells[under][column] is not None for under in range(row + 1, rows.stop))
    if not below:
        return ""
    return next((plain_text(cells[row][left]) for left in range(column, -1, -1) if cells[row][left] is not None), "")


def plain_text(cell: object) -> str:
    """A cell's text on one line."""
    return re.sub(r"\s*\n\s*", "", str(cell)).strip() if cell is not None else ""
