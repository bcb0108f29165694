"""Find the lists of projects in a sheet: header by content, title and unit lines, totals, merged cells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from evaluator.domain.errors import Issue
from evaluator.intake.carry import carry_down
from evaluator.intake.cells import Sheet, column_letters
from evaluator.intake.columns import find_field, is_heading, is_serial, tidy
from evaluator.intake.groups import find_group_rows, group_name
from evaluator.intake.header import Cells, Header, Spans, filled_columns, find_header, plain_text, spans_of
from evaluator.intake.keyvalue import read_key_values
from evaluator.intake.listing import Listing, PrintedTotal, issue
from evaluator.intake.matrix import find_matrix, find_matrix_header, read_matrix
from evaluator.intake.prose import read_prose_lines
from evaluator.intake.totals import find_sentence_totals, total_level
from evaluator.intake.values import fold

MAX_GROUPED = 5_000
"""Longer lists are machine-made: no rows that print a group's sum are looked for."""
_FOOTER = re.compile(
    r"^(?:注|备注|说明|填报|制表|审核|填表|联系|附件|抄送|资料来源|数据来源|note|source|prepared by|"
    r"approved by)[^:：]{0,8}[:：]",
    re.I,
)
_REMARK = re.compile(r"[。；;]|公示|电话|监督|特此|年\d{1,2}月\d{1,2}日")
_SECTION = re.compile(
    r"^(?:[一二三四五六七八九十]+\s*[、.．]|\([一二三四五六七八九十\d]+\)|第[一二三四五六七八九十]+[类部])\s*\D"
)


def read_listings(sheet: Sheet) -> tuple[Listing, ...]:
    """Every list of projects in a sheet: tried as key-value page, matrix, table and numbered prose."""
    if pages := read_key_values(sheet):
        return (pages,)
    if (row := find_matrix_header(sheet.cells)) is not None:
        headings = tuple(plain_text(cell) for cell in sheet.cells[row])
        if matrix := find_matrix(headings):
            return (read_matrix(lift_table(sheet, Header(row, row, headings)), matrix),)
    header = find_header(sheet.cells, spans_of(sheet))
    if header is not None:
        return tuple(lift_table(part, found) for part, found in _split_tables(sheet, header))
    lines = read_prose_lines(sheet)
    return (lines,) if lines else ()


def _split_tables(sheet: Sheet, header: Header) -> Iterator[tuple[Sheet, Header]]:
    """The tables of a sheet that holds several, one under the other, each with its own header."""
    known = {tidy(heading.rpartition("/")[2]) for heading in header.headings if heading}
    for row in range(header.last + 1, len(sheet.cells)):
        filled = filled_columns(sheet.cells[row])
        if (
            len(filled) < 3
            or not _opens_table(sheet.cells[row], filled)
            or _repeats_header(sheet.cells[row], filled, known)
        ):
            continue
        start = _first_title(sheet, header, row)
        rest = replace(sheet, cells=(*(((None,) * len(sheet.cells[0]),) * start), *sheet.cells[start:]))
        below = find_header(rest.cells[start:], {})
        if below is None:
            continue
        yield replace(sheet, cells=sheet.cells[:start]), header
        yield from _split_tables(rest, Header(below.first + start, below.last + start, below.headings))
        return
    yield sheet, header


def _first_title(sheet: Sheet, header: Header, row: int) -> int:
    """The first of the title lines that stand right above a further header."""
    start = row
    while start > header.last + 1 and len(filled_columns(sheet.cells[start - 1])) <= 1:
        start -= 1
    return start


def _opens_table(row: Sequence[object], filled: list[int]) -> bool:
    first = row[filled[0]]
    if not isinstance(first, str) or len(first) > 8 or not (is_serial(first) or find_field(first)):
        return False
    return all(isinstance(row[c], str) for c in filled) and sum(is_heading(row[c]) for c in filled) * 3 >= 2 * len(
        filled
    )


def lift_table(sheet: Sheet, header: Header) -> Listing:
    """The rows under a header, with totals, sections and footers set apart and merged texts carried down."""
    cells, spans = sheet.cells, spans_of(sheet)
    width = _used_width(cells, header)
    kept: list[int] = []
    sections: list[str] = []
    totals: list[PrintedTotal] = []
    title = [plain_text(cell) for row in cells[: header.first] for cell in row if cell is not None]
    section, group_start = "", 0
    named = sum(1 for heading in header.headings if heading)
    header_texts = {tidy(heading.rpartition("/")[2]) for heading in header.headings if heading}
    for row in range(header.last + 1, len(cells)):
        filled = filled_columns(cells[row])
        if not filled or _repeats_header(cells[row], filled, header_texts):
            continue
        if level := total_level([cells[row][column] for column in filled[:3]]):
            first = group_start if level == "subtotal" else 0
            totals.append(PrintedTotal(row + 1, level, dict(enumerate(cells[row])), first, len(kept)))
            group_start = len(kept)
        elif _is_footer(cells[row], filled, named):
            title.append(plain_text(cells[row][filled[0]]))
        elif (name := _section_name(cells, spans, row, filled, width)) is not None:
            section, group_start = name, len(kept)
        else:
            kept.append(row)
            sections.append(section)
    kept, sections, totals = _lift_group_rows(cells, kept, sections, totals)
    frame = pd.DataFrame([cells[row][:width] for row in kept], columns=range(width), dtype=object)
    frame, filled_down, bundled = carry_down(frame, kept, spans, header.headings[:width])
    return Listing(
        cells=frame,
        headings=_name_blanks(header.headings[:width]),
        rows=np.asarray(kept, dtype=np.int64) + 1,
        sheet=sheet.name,
        header_rows=tuple(range(header.first + 1, header.last + 2)),
        title=tuple(title),
        totals=(*totals, *find_sentence_totals(title)),
        filled=filled_down,
        bundled=bundled,
        percents=frozenset((kept.index(row), column) for row, column in sheet.percents if row in set(kept)),
        sections=tuple(sections) if any(sections) else (),
        issues=tuple(_about_header(sheet, header)),
    )


def _is_footer(row: Sequence[object], filled: list[int], named: int) -> bool:
    """Whether a row is a remark below the list: it says so, or it is a sentence alone in a table of several columns."""
    text = str(row[filled[0]])
    if len(filled) <= 2 and _FOOTER.match(text):
        return True
    return len(filled) == 1 and named >= 3 and filled[0] <= 1 and _REMARK.search(text) is not None


def _about_header(sheet: Sheet, header: Header) -> Iterator[Issue]:
    above = sum(1 for row in sheet.cells[: header.first] if filled_columns(row))
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
    used = [column for row in cells[header.first :] for column in (filled_columns(row)[-1:] or [0])]
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
    return group_name(text) if _SECTION.match(fold(text)) or spread or (len(text) <= 20 and filled[0] == 0) else None


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
    for position, end in pairwise(starts):
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
