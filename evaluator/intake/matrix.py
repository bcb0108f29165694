"""A township × category table of amounts, also one that lost its blank cells, as one row an amount."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue
from evaluator.intake.columns import find_field, is_serial, tidy
from evaluator.intake.headings import PLACES
from evaluator.intake.listing import Listing, PrintedTotal, issue
from evaluator.intake.values import read_number

TOLERANCE = 1e-6
MAX_STEPS = 200_000
_TOTALS = frozenset({"合计", "小计", "总计", "共计", "total", "金额", "资金合计", "金额合计"})
_PLACE_KEYS = frozenset({"township", "village", "place_name"})


@dataclass(frozen=True, slots=True)
class Matrix:
    """Column positions of a matrix: its places, categories and row total (``None`` when it has none)."""

    place: int
    categories: tuple[int, ...]
    total: int | None


def find_matrix(headings: Sequence[str]) -> Matrix | None:
    """The columns of a matrix by its headings: a place first, then categories no form knows, often a total last."""
    filled = [(position, heading) for position, heading in enumerate(headings) if heading and not is_serial(heading)]
    if len(filled) < 3 or not _is_place(filled[0][1]):
        return None
    total = next((position for position, heading in filled[1:] if tidy(heading).split("(")[0] in _TOTALS), None)
    categories = tuple(position for position, _ in filled[1:] if position != total)
    unknown = sum(1 for position in categories if _is_category(headings[position]))
    if len(categories) < 2 or unknown < len(categories) or (total is None and len(categories) < 3):
        return None
    return Matrix(filled[0][0], categories, total)


def _is_place(heading: str) -> bool:
    found = find_field(heading)
    return tidy(heading) in PLACES or (found is not None and found[0] in _PLACE_KEYS)


def _is_category(heading: str) -> bool:
    found = find_field(heading)
    return len(heading) <= 16 and (found is None or found[0] in ("investment_yuan", "subsidy_yuan", "product"))


def find_matrix_header(cells: Sequence[Sequence[object]]) -> int | None:
    """The row of a matrix's headings: above rows of one text and otherwise numbers."""
    for row in range(min(len(cells), 30)):
        heads = ["" if cell is None else str(cell) for cell in cells[row]]
        if find_matrix(heads) and _numbers_follow(cells[row + 1 : row + 6]):
            return row
    return None


def _numbers_follow(rows: Sequence[Sequence[object]]) -> bool:
    filled = [[cell for cell in row if cell is not None] for row in rows]
    filled = [row for row in filled if len(row) >= 2]
    return bool(filled) and all(
        all(_number(cell) is not None for cell in row[1:]) and isinstance(row[0], str) for row in filled
    )


def _number(cell: object) -> float | None:
    value = read_number(cell).value
    return None if math.isnan(value) else value


def _numbers(cells: Sequence[object], columns: Sequence[int]) -> list[tuple[int, float]]:
    return [(c, value) for c in columns if (value := _number(cells[c])) is not None]


def read_matrix(listing: Listing, matrix: Matrix) -> Listing:
    """The amounts of a matrix, one row each.

    When blanks were lost, amounts have slid left: they are put back in the only way that meets every printed
    column total; without such a way each place keeps its total as one row (``W_MATRIX_UNPLACED``).
    """
    columns = [*matrix.categories, *([matrix.total] if matrix.total is not None else [])]
    rows = [_numbers(list(listing.cells.loc[row]), columns) for row in range(len(listing.cells))]
    printed = next((total for total in listing.totals if total.level == "total" and total.cells), None)
    if _stands(rows, matrix):
        placed = [[(c, value) for c, value in row if c != matrix.total] for row in rows]
        return _as_listing(listing, matrix, placed, printed, ())
    parts = [_split_total([value for _, value in row])[0] for row in rows]
    column_totals = _column_totals(printed, matrix)
    places = solve_places(parts, column_totals) if column_totals else None
    if places is None:
        wholes = [[(-1, _split_total([value for _, value in row])[1])] if row else [] for row in rows]
        about = issue("W_MATRIX_UNPLACED", sheet=listing.sheet, count=len(rows))
        return _as_listing(listing, matrix, wholes, printed, (about,))
    placed = [
        [(matrix.categories[c], value) for c, value in zip(where, row, strict=True)]
        for where, row in zip(places, parts, strict=True)
    ]
    about = issue("W_MATRIX_PLACED", sheet=listing.sheet, count=sum(map(len, placed)))
    return _as_listing(listing, matrix, placed, printed, (about,))


def _stands(rows: Sequence[Sequence[tuple[int, float]]], matrix: Matrix) -> bool:
    """Whether every row's total stands in the total column and meets the sum of its categories."""
    for row in rows:
        whole = [value for c, value in row if c == matrix.total]
        parts = [value for c, value in row if c != matrix.total]
        if matrix.total is not None and row and (not whole or not _equal(whole[0], sum(parts))):
            return False
    return True


def _equal(a: float, b: float) -> bool:
    return abs(a - b) <= max(1e-3, 1e-5 * max(abs(a), abs(b)))


def _split_total(values: Sequence[float]) -> tuple[list[float], float]:
    """Parts and whole of a row that lost its blanks: the last of several numbers is their sum when it fits."""
    if len(values) >= 2 and _equal(values[-1], sum(values[:-1])):
        return list(values[:-1]), values[-1]
    return list(values), sum(values)


def _column_totals(printed: PrintedTotal | None, matrix: Matrix) -> list[float] | None:
    if printed is None:
        return None
    values = [
        value
        for _, value in _numbers(
            [printed.cells.get(c) for c in range(max(printed.cells) + 1)], sorted(printed.cells)[1:]
        )
    ]
    parts, _ = _split_total(values)
    return parts if len(parts) == len(matrix.categories) else None


def solve_places(parts: Sequence[Sequence[float]], totals: Sequence[float]) -> list[tuple[int, ...]] | None:
    """The only choice of columns, in order within each row, that meets ``totals``; ``None`` when none or several."""
    order = sorted(range(len(parts)), key=lambda row: -max(parts[row], default=0.0))
    found: list[list[tuple[int, ...]]] = []
    steps = 0

    def place(depth: int, left: list[float], chosen: dict[int, tuple[int, ...]]) -> None:
        nonlocal steps
        steps += 1
        if len(found) > 1 or steps > MAX_STEPS:
            return
        if depth == len(order):
            if all(abs(rest) <= max(1e-3, 1e-5 * total) for rest, total in zip(left, totals, strict=True)):
                found.append([chosen[row] for row in range(len(parts))])
            return
        row = order[depth]
        for where in combinations(range(len(totals)), len(parts[row])):
            rest = left.copy()
            for column, value in zip(where, parts[row], strict=True):
                rest[column] -= value
            if min(rest, default=0.0) >= -1e-3:
                place(depth + 1, rest, {**chosen, row: where})

    place(0, list(totals), {})
    return found[0] if len(found) == 1 and steps <= MAX_STEPS else None


def _as_listing(
    listing: Listing,
    matrix: Matrix,
    placed: Sequence[Sequence[tuple[int, float]]],
    printed: PrintedTotal | None,
    about: Sequence[Issue],
) -> Listing:
    records = list(_records(listing, matrix, placed))
    amount_heading = listing.headings[matrix.total] if matrix.total is not None else "合计"
    whole = (
        _split_total(
            [
                value
                for _, value in _numbers(
                    [printed.cells.get(c) for c in range(max(printed.cells) + 1)], sorted(printed.cells)[1:]
                )
            ]
        )[1]
        if printed
        else None
    )
    totals = (
        () if printed is None or whole is None else (replace(printed, cells={3: whole}, first=0, last=len(records)),)
    )
    return replace(
        listing,
        cells=pd.DataFrame([record[1:] for record in records], columns=range(4), dtype=object),
        headings=(listing.headings[matrix.place], "项目名称", "项目类型", amount_heading),
        layout="matrix",
        totals=totals,
        rows=np.asarray([record[0] for record in records], dtype=np.int64),
        filled=frozenset((n, 1) for n in range(len(records))),
        bundled={},
        percents=frozenset(),
        sections=(),
        issues=(*listing.issues, *about),
    )


def _records(
    listing: Listing, matrix: Matrix, placed: Sequence[Sequence[tuple[int, float]]]
) -> Iterator[tuple[object, ...]]:
    for position, amounts in enumerate(placed):
        place = listing.cells.at[position, matrix.place]
        for column, value in amounts:
            if value:
                category = listing.headings[column] if column >= 0 else ""
                yield listing.rows[position], place, f"{place!s}{category or '产业项目'}", category or None, value
