"""Net flows laid out wide: one row a project, one column a year."""

import re
from dataclasses import replace

import pandas as pd

from evaluator.domain.fields import MAX_MONEY_YUAN, Field
from evaluator.domain.tables import FLOW_FIELDS
from evaluator.intake.forms import FormDraft, RawTable, match_heading, read_form
from evaluator.intake.sheets import Sheet, read_sheets
from evaluator.intake.totals import total_level
from evaluator.intake.values import fold

SEARCHED_ROWS = 30
LEAST_YEARS = 2
PROJECT = FLOW_FIELDS[0]
_YEAR = re.compile(r"(?:第|year|period|yr|y|t|年)?\s*[_-]?\s*(\d{1,2}|(?:19|20)\d{2})(?:\.0)?\s*(?:年|期|年末)?", re.I)


def year_of(heading: object) -> int | None:
    """The year a heading of the wide table means (“0”, “第3年”, “year 3”, “2027年”); ``None`` for any other."""
    if isinstance(heading, bool) or heading is None:
        return None
    found = _YEAR.fullmatch(fold(heading))
    return None if found is None else int(found[1])


def find_wide(data: bytes, *, file_name: str) -> RawTable | None:
    """The wide table of a file: a heading that means the project and years in at least two others."""
    book = read_sheets(data, file_name=file_name)
    for sheet in book.sheets:
        for at, line in enumerate(sheet.cells[:SEARCHED_ROWS]):
            if _is_header(line):
                return _below(sheet, at)
    return None


def wide_frame(table: pd.DataFrame) -> RawTable | None:
    """The same, of a frame."""
    named = table.reset_index() if table.index.name is not None else table
    if not _is_header(tuple(named.columns)):
        return None
    cells = tuple(tuple(None if pd.isna(cell) else cell for cell in row) for row in named.itertuples(index=False))
    return RawTable(tuple(map(str, named.columns)), cells, tuple(range(1, len(cells) + 1)))


def read_wide(raw: RawTable) -> tuple[FormDraft, list[int]]:
    """Net flows in columns ``year_<k>`` of the draft's frame, and the years k in the order of the columns."""
    years: dict[str, int] = {h: y for h in raw.headings if h and (y := year_of(h)) is not None}
    fields = [
        PROJECT,
        *(
            Field(
                f"year_{year}", "money", "optional", heading, heading, "", "", "yuan", -MAX_MONEY_YUAN, MAX_MONEY_YUAN
            )
            for heading, year in years.items()
        ),
    ]
    columns = [h or f"_{i}" for i, h in enumerate(raw.headings)]
    frame = pd.DataFrame([list(row) for row in raw.cells], columns=columns, dtype=object)
    draft = read_form(frame, fields, whole_rows=True)
    draft.issues = [
        replace(issue, sheet=raw.sheet, row=None if issue.row is None else raw.rows[issue.row - 1])
        for issue in draft.issues
    ]
    draft.rows, draft.sheet = tuple(raw.rows[row - 1] for row in draft.rows), raw.sheet
    return draft, list(dict.fromkeys(years.values()))


def _is_header(line: tuple[object, ...]) -> bool:
    project = any(isinstance(cell, str) and match_heading(cell, [PROJECT]) for cell in line)
    return project and sum(year_of(cell) is not None for cell in line) >= LEAST_YEARS


def _below(sheet: Sheet, at: int) -> RawTable:
    kept = [
        (row + 1, cells)
        for row, cells in enumerate(sheet.cells)
        if row > at and any(cell is not None for cell in cells) and not total_level(cells[:3])
    ]
    headings = tuple("" if cell is None else fold(cell) for cell in sheet.cells[at])
    return RawTable(headings, tuple(cells for _, cells in kept), tuple(row for row, _ in kept), sheet.name)
