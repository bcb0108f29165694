"""Key-value pages: one or more projects, each a run of heading–value pairs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from evaluator.intake.cells import Sheet
from evaluator.intake.columns import find_field, is_heading, tidy
from evaluator.intake.listing import Listing
from evaluator.intake.totals import find_sentence_totals
from evaluator.intake.values import fold

MIN_PAIRS = 3
WIDEST = 6
"""Rows of a page hold at most three pairs; a sheet of mostly wider rows is a table."""
_INLINE = re.compile(r"^(.{2,24}?)\s*[:：]\s*(.+)$", re.S)
_MARKER = re.compile(r"^(?:\(?[一二三四五六七八九十]{1,3}\)?|\(?\d{1,3}\)?)\s*[、.．)]?\s*(?=\D)")


@dataclass(slots=True)
class _Page:
    """One project of a page in the making: where it starts, its values by tidy key, and the line above it."""

    row: int
    caption: str = ""
    values: dict[str, object] = field(default_factory=dict)


def read_key_values(sheet: Sheet) -> Listing | None:
    """The projects of a key-value page; ``None`` when the sheet is not one."""
    lines: list[tuple[int, list[object]]] = [
        (row, [cell for cell in cells if cell is not None]) for row, cells in enumerate(sheet.cells)
    ]
    lines = [(row, cells) for row, cells in lines if cells]
    if sum(1 for _, cells in lines if len(cells) <= WIDEST) * 2 < len(lines):
        return None
    paired = [(row, cells, pairs_of(cells)) for row, cells in lines]
    keys = {tidy(key) for _, _, pairs in paired for key, _ in pairs}
    rows_with_pairs = sum(1 for _, _, pairs in paired if pairs)
    if len(keys) < MIN_PAIRS or rows_with_pairs * 2 < len(paired):
        return None
    pages, headings, lone = _collect(paired)
    pages = [page for page in pages if page.values]
    if not any(_names(page) or page.caption for page in pages):
        return None
    return _as_listing(sheet, pages, headings, lone)


def pairs_of(cells: Sequence[object]) -> list[tuple[str, object]]:
    """Heading–value pairs of one row's filled cells: side by side, or ``heading：value`` within a cell."""
    pairs: list[tuple[str, object]] = []
    position = 0
    while position < len(cells):
        cell = cells[position]
        if not isinstance(cell, str):
            return []
        inline = _INLINE.match(cell)
        if inline and is_heading(inline[1]):
            pairs.append((inline[1].strip(), inline[2].strip()))
            position += 1
        elif is_heading(cell) and position + 1 < len(cells) and not _is_key(cells[position + 1]):
            pairs.append((cell.strip(), cells[position + 1]))
            position += 2
        elif is_heading(cell) and len(cells) == 1:
            return []
        else:
            return pairs if position else []
    return pairs


def _is_key(cell: object) -> bool:
    return isinstance(cell, str) and (found := find_field(cell)) is not None and found[2]


def _collect(
    paired: Iterable[tuple[int, list[object], list[tuple[str, object]]]],
) -> tuple[list[_Page], dict[str, str], list[str]]:
    """Pages, headings by tidy key in order of appearance, and the lines that are no pairs."""
    pages: list[_Page] = []
    headings: dict[str, str] = {}
    lone: list[str] = []
    caption, last_key = "", ""
    for row, cells, pairs in paired:
        found = pairs or _unknown_pair(cells) or (_unknown_inline(cells) if last_key else [])
        if not found:
            text = str(cells[0]).strip()
            if (
                len(cells) == 1
                and last_key
                and pages
                and not _MARKER.match(fold(text))
                and not caption
                and pages[-1].row < row
                and len(text) > 20
            ):
                pages[-1].values[last_key] = f"{pages[-1].values[last_key]}\n{text}"
            else:
                caption, last_key = _MARKER.sub("", fold(text)), ""
                lone.append(text)
            continue
        for key, value in found:
            name = tidy(key)
            if not pages or name in pages[-1].values or (caption and _names(pages[-1])):
                pages.append(_Page(row, caption))
                caption = ""
            headings.setdefault(name, key)
            pages[-1].values[name] = value
            last_key = name
    return pages, headings, lone


def _unknown_pair(cells: Sequence[object]) -> list[tuple[str, object]]:
    if len(cells) == 2 and isinstance(cells[0], str) and len(cells[0]) <= 30 and not _MARKER.match(fold(cells[0])):
        return [(cells[0].strip(), cells[1])]
    return []


def _unknown_inline(cells: Sequence[object]) -> list[tuple[str, object]]:
    """A further ``label：text`` line of a page whose lines are such, though no form knows the label."""
    inline = _INLINE.match(str(cells[0])) if len(cells) == 1 else None
    return [(inline[1].strip(), inline[2].strip())] if inline and len(inline[1]) <= 16 else []


def _names(page: _Page) -> bool:
    return any((found := find_field(key)) is not None and found[0] == "name" for key in page.values)


def _as_listing(sheet: Sheet, pages: Sequence[_Page], headings: dict[str, str], lone: Sequence[str]) -> Listing:
    if not all(_names(page) for page in pages) and any(page.caption for page in pages):
        name = next(
            (key for key in headings if (found := find_field(key)) is not None and found[0] == "name"), "项目名称"
        )
        headings.setdefault(name, name)
        for page in pages:
            page.values.setdefault(name, page.caption or None)
    keys = list(headings)
    cells = pd.DataFrame(
        [[page.values.get(key) for key in keys] for page in pages], columns=range(len(keys)), dtype=object
    )
    return Listing(
        cells=cells,
        headings=tuple(headings.values()),
        rows=np.asarray([page.row for page in pages], dtype=np.int64) + 1,
        sheet=sheet.name,
        layout="key-value",
        title=tuple(lone),
        totals=tuple(find_sentence_totals(lone)),
    )
