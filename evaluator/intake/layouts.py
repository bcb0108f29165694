"""Find the lists of projects in a sheet: header by content, title and unit lines, totals, merged cells."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evaluator.intake.columns import is_heading, match_columns, tidy
from evaluator.intake.keyvalue import read_key_values
from evaluator.intake.listing import Listing, PrintedTotal, issue
from evaluator.intake.matrix import find_matrix, find_matrix_header, read_matrix
from evaluator.intake.cells import Sheet, column_letters
from evaluator.intake.money import read_money
from evaluator.intake.prose import read_prose_lines
from evaluator.intake.totals import find_sentence_totals, total_level
from evaluator.intake.values import fold

MAX_HEADER_SEARCH = 60
MAX_GROUPED = 5_000
"""Longer lists are machine-made: no rows that print a group's sum are looked for."""
_FOOTER = re.compile(
    r"^(?:注|备注|说明|填报|制表|审核|填表|联系|附件|抄送|资料来源|数据来源|note|source|prepared by|approved by)[^:：]{0,8}[:：]",
    re.I,
)
_ENUMERATION = re.compile(r"^(?:[一二三四五六七八九十]+\s*[、.．]|\([一二三四五六七八九十\d]+\))\s*")
_NUMERAL = re.compile(r"\(?[一二三四五六七八九十]+\)?[、.]?")
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]+\s*[、.．]|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十]+[类部])\s*\D"
)

Cells = Sequence[Sequence[object]]
Spans = dict[tuple[int, int], tuple[int, int, int, int]]


@dataclass(frozen=True, slots=True)
class Header:
    """Where a header stands (0-based rows ``first`` to ``last``) and its headings, one a column."""

    first: int
    last: int
    headings: tuple[str, ...]


def read_listings(sheet: Sheet) -> tuple[Listing, ...]:
    """Every list of projects in a sheet: a key-value page, a matrix, a table or numbered prose, in that order of trial."""
    if pages := read_key_values(sheet):
        return (pages,)
    if (row := find_matrix_header(sheet.cells)) is not None:
        headings = tuple(_plain(cell) for cell in sheet.cells[row])
        if matrix := find_matrix(headings):
            return (read_matrix(lift_table(sheet, Header(row, row, headings)), matrix),)
    header = find_header(sheet.cells, _spans(sheet))
    if header is not None:
        return (lift_table(sheet, header),)
    lines = read_prose_lines(sheet)
    return (lines,) if lines else ()


def _spans(sheet: Sheet) -> Spans:
    """Each merged cell's position to its merged block."""
    return {
        (row, column): (top, left, bottom, right)
        for top, left, bottom, right in sheet.merges
        if (bottom - top + 1) * (right - left + 1) <= 20_000
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }


def _filled(row: Sequence[object]) -> list[int]:
    return [column for column, cell in enumerate(row) if cell is not None]


def find_header(cells: Cells, spans: Spans) -> Header | None:
    """The header by its content: the row (or two, three rows) whose cells are headings of a project list."""
    best: tuple[int, int] | None = None
    for row in range(min(len(cells), MAX_HEADER_SEARCH)):
        filled = _filled(cells[row])
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
    filled = _filled(cells[row])
    if not filled or any(
        not isinstance(cells[row][column], str) or len(str(cells[row][column])) > 25 for column in filled
    ):
        return False
    if any(re.fullmatch(r"[\d.,%\s]+", fold(cells[row][column])) for column in filled):
        return False
    under = [column for column in filled if cells[row - 1][column] is not None and (row - 1, column) not in spans]
    grouped = [column for column in filled if column not in under or column + 1 in filled]
    if len(grouped) < len(filled) or total_level([cells[row][column] for column in filled]):
        return False
    return 2 <= len(filled) < len(_filled(cells[first])) + len(filled) // 2 + 1 and _starts_under_group(
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
    headings = []
    for column in range(width):
        parts: list[str] = []
        for row in range(first, last + 1):
            text = _heading_cell(cells, spans, first, last, row, column)
            if text and text not in parts:
                parts.append(text)
        headings.append("/".join(parts))
    return tuple(headings)


def _heading_cell(cells: Cells, spans: Spans, first: int, last: int, row: int, column: int) -> str:
    if (span := spans.get((row, column))) and span[0] >= first:
        return _plain(cells[span[0]][span[1]])
    if (cell := cells[row][column]) is not None:
        return _plain(cell)
    below = any(cells[under][column] is not None for under in range(row + 1, last + 1))
    if not below:
        return ""
    return next((_plain(cells[row][left]) for left in range(column, -1, -1) if cells[row][left] is not None), "")


def _plain(cell: object) -> str:
    return re.sub(r"\s*\n\s*", "", str(cell)).strip() if cell is not None else ""


def lift_table(sheet: Sheet, header: Header) -> Listing:
    """The rows under a header, with totals, sections and footers set apart and merged texts carried down."""
    cells, spans = sheet.cells, _spans(sheet)
    width = _used_width(cells, header)
    kept: list[int] = []
    sections: list[str] = []
    totals: list[PrintedTotal] = []
    title = [_plain(cell) for row in cells[: header.first] for cell in row if cell is not None]
    section, group_start = "", 0
    header_texts = {tidy(heading.rpartition("/")[2]) for heading in header.headings if heading}
    for row in range(header.last + 1, len(cells)):
        filled = _filled(cells[row])
        if not filled or _repeats_header(cells[row], filled, header_texts):
            continue
        if level := total_level([cells[row][column] for column in filled[:3]]):
            first = group_start if level == "subtotal" else 0
            totals.append(PrintedTotal(row + 1, level, dict(enumerate(cells[row])), first, len(kept)))
            group_start = len(kept)
        elif _FOOTER.match(str(cells[row][filled[0]])) and len(filled) <= 2:
            title.append(_plain(cells[row][filled[0]]))
        elif (name := _section_name(cells, spans, row, filled, width)) is not None:
            section, group_start = name, len(kept)
        else:
            kept.append(row)
            sections.append(section)
    kept, sections, totals = _lift_group_rows(cells, kept, sections, totals)
    frame = pd.DataFrame([cells[row][:width] for row in kept], columns=range(width), dtype=object)
    frame, filled_down, bundled = _carry_down(frame, kept, spans, header.headings[:width])
    return Listing(
        cells=frame, headings=_name_blanks(header.headings[:width]), rows=np.asarray(kept, dtype=np.int64) + 1, sheet=sheet.name,
        header_rows=tuple(range(header.first + 1, header.last + 2)), title=tuple(title),
        totals=(*totals, *find_sentence_totals(title)), filled=filled_down, bundled=bundled,
        percents=frozenset((kept.index(row), column) for row, column in sheet.percents if row in set(kept)),
        sections=tuple(sections) if any(sections) else (), issues=tuple(_about_header(sheet, header)),
    )  # fmt: skip


def _about_header(sheet: Sheet, header: Header) -> Iterator[object]:
    above = sum(1 for row in sheet.cells[: header.first] if _filled(row))
    if above:
        yield issue("W_ROWS_SKIPPED", sheet=sheet.name, row=header.first + 1, count=above)
    if header.last > header.first:
        joined = next((heading for heading in header.headings if "/" in heading), "")
        yield issue(
            "W_HEADER_MERGED",
            sheet=sheet.name,
            row=header.first + 1,
            found=joined,
            count=header.last - header.first + 1,
        )


def _used_width(cells: Cells, header: Header) -> int:
    used = [column for row in cells[header.first :] for column in (_filled(row)[-1:] or [0])]
    return max(used, default=0) + 1


def _name_blanks(headings: Sequence[str]) -> tuple[str, ...]:
    return tuple(heading or column_letters(column) for column, heading in enumerate(headings))


def _repeats_header(row: Sequence[object], filled: list[int], header_texts: set[str]) -> bool:
    return len(filled) >= 2 and all(isinstance(row[c], str) and tidy(row[c]) in header_texts for c in filled)


def _section_name(cells: Cells, spans: Spans, row: int, filled: list[int], width: int) -> str | None:
    """The group a row of one lone text opens; ``None`` for other rows."""
    text = cells[row][filled[0]]
    if not isinstance(text, str) or len(filled) > 1:
        return None
    span = spans.get((row, filled[0]))
    spread = span is not None and span[3] - span[1] >= width // 2
    return _group_name(text) if _SECTION.match(fold(text)) or spread or (len(text) <= 20 and filled[0] == 0) else None


def _group_name(text: str) -> str:
    return _ENUMERATION.sub("", fold(text)).rstrip(":")


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
    for position, end in zip(starts, starts[1:], strict=False):
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
    return _group_name(texts[0]) if len(texts) == 1 and numbers and len(texts[0]) <= 30 else None


def _amount_of(cell: object) -> float | None:
    if cell is None or isinstance(cell, bool) or (isinstance(cell, str) and not any(c.isdigit() for c in cell)):
        return None
    value = read_money(cell).value if isinstance(cell, (str, int, float)) else math.nan
    return None if math.isnan(value) else value


def _lift_group_rows(
    cells: Cells, kept: list[int], sections: list[str], totals: list[PrintedTotal]
) -> tuple[list[int], list[str], list[PrintedTotal]]:
    """Take rows that print a group's sum out of the rows; totals keep pointing at the same rows."""
    groups = find_group_rows([cells[row] for row in kept]) if len(kept) <= MAX_GROUPED else {}
    place = np.cumsum([0, *(position not in groups for position in range(len(kept)))])
    count = int(place[-1])
    moved = [
        replace(total, first=int(place[total.first]), last=count if total.level == "total" else int(place[total.last]))
        for total in totals
    ]
    starts = [*groups, len(kept)]
    for position, end in zip(starts, starts[1:], strict=False):
        for row in range(position, end):
            sections[row] = groups[position]
        moved.append(
            PrintedTotal(
                kept[position] + 1,
                "subtotal",
                dict(enumerate(cells[kept[position]])),
                int(place[position]),
                int(place[end]),
            )
        )
    rows = [position for position in range(len(kept)) if position not in groups]
    return [kept[row] for row in rows], [sections[row] for row in rows], moved


CARRIED = frozenset(
    {"name", "project_type", "township", "village", "place_name", "place_code", "performance_target", "content", "operator", "kind", "beneficiaries",
     "link_mechanisms", "product", "fund_source", "period", "nature", "status", "start", "end"}
)  # fmt: skip
"""Fields whose merged cells are carried down; money and counts never are."""
CARRIED_WITHOUT_MERGE = frozenset({"name", "project_type", "township"})


def _carry_down(
    frame: pd.DataFrame, kept: list[int], spans: Spans, headings: Sequence[str]
) -> tuple[pd.DataFrame, frozenset[tuple[int, int]], dict[tuple[int, int], int]]:
    """Carry merged (and, in files that cannot merge, blank) texts down; note merged amounts as bundles."""
    keys = {c.position: (c.key if c.role in ("field", "place") else None) for c in match_columns(headings)}
    filled: set[tuple[int, int]] = set()
    bundled: dict[tuple[int, int], int] = {}
    position_of = {row: position for position, row in enumerate(kept)}
    for top, left, bottom, _ in {span for span in spans.values() if span[2] > span[0] and span[0] in position_of}:
        below = [position_of[row] for row in range(top + 1, bottom + 1) if row in position_of]
        if left >= frame.shape[1] or not below:
            continue
        if keys.get(left) in CARRIED:
            frame.iloc[below, left] = frame.iat[position_of[top], left]
        elif keys.get(left) in ("investment_yuan", "subsidy_yuan"):
            bundled[position_of[top], left] = len(below) + 1
    if not spans:
        filled |= _carry_blanks(frame, keys)
    return frame, frozenset(filled), bundled


def _carry_blanks(frame: pd.DataFrame, keys: dict[int, str | None]) -> set[tuple[int, int]]:
    """Blank names, types and townships under a stated one are taken to be merged; a target goes with its name."""
    filled: set[tuple[int, int]] = set()
    name = next((column for column, key in keys.items() if key == "name" and column in frame), None)
    others = [
        c
        for c, key in keys.items()
        if c in frame and c != name and key in ("village", "place_name", "investment_yuan", "content")
    ]
    blank_name = (
        frame[name].isna() & frame[others].notna().any(axis=1)
        if name is not None
        else pd.Series(False, index=frame.index)
    )
    for column, key in keys.items():
        if column not in frame or key not in CARRIED:
            continue
        blank = frame[column].isna()
        if key not in CARRIED_WITHOUT_MERGE:
            blank &= blank_name & (key == "performance_target")
        elif key == "name":
            blank &= blank_name & ~_name_stands_elsewhere(frame, keys)
        carried = frame[column].ffill()
        positions = np.flatnonzero(blank & carried.notna())
        if len(positions):
            frame.loc[positions, column] = carried[positions]
            filled |= {(int(position), column) for position in positions}
    return filled


def _name_stands_elsewhere(frame: pd.DataFrame, keys: dict[int, str | None]) -> "pd.Series[bool]":
    """Rows whose village cell does not read as a place: the name slipped into it."""
    village = next((column for column, key in keys.items() if key == "village" and column in frame), None)
    if village is None:
        return pd.Series(False, index=frame.index)
    return frame[village].map(lambda cell: isinstance(cell, str) and not looks_like_village(cell)).astype(bool)


_VILLAGE = re.compile(
    r"(?:村|社区|居委会|居|屯|寨|组|街道|镇|乡|县|区|办|场|片|嘎查|苏木|队|庄|barangay.*|brgy.*)$", re.I
)
_ACTIVITY = re.compile(r"贴息|项目|补贴|补助|奖补|管理费|培训|保险|建设|工程|养殖|种植|基地|计划|设施")


def looks_like_village(text: str) -> bool:
    """Whether a cell of the village column can be a village rather than a project's name."""
    return bool(_VILLAGE.search(fold(text))) or not _ACTIVITY.search(text)
