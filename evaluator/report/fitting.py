"""How wide the columns of a printed table are: as a section wishes, but never so narrow that a figure breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evaluator.report.console import measure_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaluator.report.document import Column, Table

SMALL_CELLS, CELLS = 110, 98
"""Half-width letters across the page in small and in usual print."""
PADDING, LONGEST_WHOLE, LONGEST_WORD = 1.7, 18, 20
"""Letters of room between columns; figures up to this long are kept on one line; longer words may break."""
BOLD, MARK, LONGEST_TITLE = 1.06, 3, 9
"""How much wider bold letters are; letters that the mark of a flag takes; longer words of titles may be divided."""
KEPT = 0.7
"""Of the width wished for a column of text, what it keeps at least."""
_WORD = re.compile(r"[^\s\u2e80-\uffef]+|[\u2e80-\uffef]")


def fit_widths(table: Table) -> tuple[float, ...]:
    """The share of the page each column takes, summing to 1.

    Columns too narrow for their longest word or figure take room from the others in proportion. Where there is not room
    for all, names and other texts give way first, then marks of flags, then figures.
    """
    whole = SMALL_CELLS if table.small else CELLS
    letter = whole / sum(column.width for column in table.columns)
    cells = [dict.fromkeys(row[place] for row in table.rows) for place in range(len(table.columns))]
    kept = [0.0 if _stiff(column) else KEPT * letter * column.width for column in table.columns]
    for toned, text in ((True, 1.0), (False, 1.0), (False, 0.5)):
        needed = [
            max(_needed(column, found, toned=toned) + PADDING, text * least)
            for column, found, least in zip(table.columns, cells, kept, strict=True)
        ]
        if sum(needed) < whole:
            return _share_out(table, needed, whole)
    return tuple(need / sum(needed) for need in needed)


def _share_out(table: Table, needed: list[float], whole: float) -> tuple[float, ...]:
    """Wished widths, each at least what is needed."""
    fixed: set[int] = set()
    while True:
        free = [place for place in range(len(needed)) if place not in fixed]
        room = whole - sum(needed[place] for place in fixed)
        wished = sum(table.columns[place].width for place in free)
        widths = {place: room * table.columns[place].width / wished for place in free}
        narrow = {place for place, width in widths.items() if width < needed[place]}
        if not narrow:
            return tuple((widths[place] if place in widths else needed[place]) / whole for place in range(len(needed)))
        fixed |= narrow


def _stiff(column: Column) -> bool:
    return column.right or column.toned


def _needed(column: Column, cells: Iterable[str], *, toned: bool) -> float:
    """Letters of the longest thing in a column that is not to be broken; of a flag its mark with all words or one."""
    title = max((measure_width(word) for word in _WORD.findall(column.title)), default=0)
    kept = column.right or (column.toned and toned)
    longest = max((_longest(cell, kept) for cell in cells), default=0)
    mark = MARK if column.toned and not kept else 0
    return min(max(BOLD * min(title, LONGEST_TITLE), (BOLD if column.toned else 1) * (longest + mark)), LONGEST_WORD)


def _longest(cell: str, kept: bool) -> int:
    width = measure_width(cell)
    if kept and width <= LONGEST_WHOLE:
        return width
    return max((measure_width(word) for word in _WORD.findall(cell[:400])), default=0)
