"""Bytes become sheets: told by content, guarded before any reader, every cell plain and clean."""

import io
import os
import struct
from pathlib import Path
from typing import Any

import python_calamine
import xlrd

from evaluator.domain.errors import Issue, TableError
from evaluator.intake import opendocument_parts, workbook_parts
from evaluator.intake.archive import Archive, open_archive
from evaluator.intake.cells import (
    FORMULA_WITHOUT_VALUE,
    CellError,
    CellValue,
    Sheet,
    SheetFile,
    Tidier,
    address,
    clean_text,
)
from evaluator.intake.guard import Limits, check_extent, find_kind, name_doubts, refusal
from evaluator.intake.html_table import read_tables
from evaluator.intake.markup import SheetFacts
from evaluator.intake.plain_text import read_rows

__all__ = ["CellError", "CellValue", "Limits", "Sheet", "SheetFile", "read_sheets"]

_SHOWN_ADDRESSES = 20
_Grid = list[list[object]]
# xlrd answers damaged files with whatever Python raises inside it; this is that list, not a habit.
_XLRD_FAULTS = (
    xlrd.XLRDError, xlrd.compdoc.CompDocError, ArithmeticError, AssertionError, AttributeError, LookupError,
    MemoryError, NameError, NotImplementedError, OSError, TypeError, ValueError, RecursionError, struct.error,
)  # fmt: skip


def read_sheets(data: bytes, *, file_name: str, limits: Limits = Limits()) -> SheetFile:  # noqa: B008 (frozen)
    """Every sheet of an xlsx, xls, ods, csv or web-page table, whatever the file is called.

    Parameters
    ----------
    data
        The file's bytes; never written anywhere.
    file_name
        The name it came with; only its ending is looked at, and only to say when it promises something else.
    limits
        How large the file may be.

    Returns
    -------
    SheetFile
        Sheets in the file's order, hidden ones marked, with the issues met on the way.

    Raises
    ------
    TableError
        When the file as a whole cannot or must not be read; one issue says why and what to do.
    """
    kind = find_kind(data, file_name=file_name, limits=limits)
    if kind == "zip":
        file, ending = _read_archive(data, limits=limits)
    elif kind == "xls":
        file, ending = _read_xls(data, limits=limits), "xls"
    elif kind == "html":
        file, ending = _read_html(data, limits=limits), "html"
    else:
        file, ending = _read_text(data, limits=limits), "csv"
    if not any(value is not None for sheet in file.sheets for row in sheet.cells for value in row):
        raise refusal("E_FILE_EMPTY")
    return SheetFile(file.sheets, (*name_doubts(ending, file_name=file_name), *file.issues))


def _read_text(data: bytes, *, limits: Limits) -> SheetFile:
    rows, issues = read_rows(data, limits=limits)
    sheet, doubts = _finish(list(map(list, rows)), SheetFacts(), limits=limits)
    return SheetFile((sheet,), (*issues, *doubts))


def _read_html(data: bytes, *, limits: Limits) -> SheetFile:
    sheets: list[Sheet] = []
    issues: list[Issue] = []
    for number, table in enumerate(read_tables(data, limits=limits), start=1):
        facts = SheetFacts(str(number), table.rows, table.columns, merges=table.merges)
        sheet, doubts = _finish(table.grid(), facts, limits=limits)
        sheets.append(sheet)
        issues.extend(doubts)
    return SheetFile(tuple(sheets), tuple(issues))


def _read_archive(data: bytes, *, limits: Limits) -> tuple[SheetFile, str]:
    archive = open_archive(data, limits=limits)
    mimetype = archive.parts.get("mimetype", b"")
    if any(name.startswith("xl/workbook") and name.endswith(".xml") for name in archive.names):
        facts, clean = workbook_parts.look_through(archive, limits=limits)
        ending = "xlsx"
    elif mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        facts, clean = opendocument_parts.look_through(archive, limits=limits)
        ending = "ods"
    else:
        raise refusal("E_TYPE", _archive_name(archive))
    grids = _calamine_grids(clean, facts)
    finished = [_finish(grid, fact, limits=limits) for grid, fact in zip(grids, facts, strict=True)]
    issues = [*archive.issues, *_macro_doubts(archive), *_link_doubts(archive, facts)]
    return SheetFile(
        tuple(sheet for sheet, _ in finished), (*issues, *(i for _, found in finished for i in found))
    ), ending


def _archive_name(archive: Archive) -> str:
    for part, found in (("xl/workbook.bin", "XLSB"), ("word/document.xml", "DOCX"), ("ppt/presentation.xml", "PPTX")):
        if part in archive.names:
            return found
    return "ZIP"


def _macro_doubts(archive: Archive) -> list[Issue]:
    return [Issue("W_MACROS", "warning")] if "xl/vbaproject.bin" in archive.names else []


def _link_doubts(archive: Archive, facts: tuple[SheetFacts, ...]) -> list[Issue]:
    cells = [f"{fact.name}!{address(*cell)}" for fact in facts for cell in fact.external]
    if not cells and not any(name.startswith("xl/externallinks/") for name in archive.names):
        return []
    return [Issue("W_EXTERNAL_LINK", "warning", found=_listed(cells), values={"count": len(cells)})]


def _calamine_grids(clean: bytes, facts: tuple[SheetFacts, ...]) -> list[_Grid]:
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(clean)) as book:
            worksheets = [
                (place, sheet)
                for place, sheet in enumerate(book.sheets_metadata)
                if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
            if [sheet.name for _, sheet in worksheets] != [fact.name for fact in facts]:
                raise refusal("E_XLSX_BROKEN")
            for (_, sheet), fact in zip(worksheets, facts, strict=True):
                fact.hidden = sheet.visible != python_calamine.SheetVisibleEnum.Visible
            return [_grid_of(book.get_sheet_by_index(place)) for place, _ in worksheets]
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as fault:
        if isinstance(fault, TableError):
            raise
        raise refusal("E_XLSX_BROKEN") from fault


def _grid_of(sheet: python_calamine.CalamineSheet) -> _Grid:
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def _read_xls(data: bytes, *, limits: Limits) -> SheetFile:
    try:
        with Path(os.devnull).open("w") as silence:
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=silence)
            if book.nsheets > limits.sheets:
                raise refusal("E_TOO_MANY_SHEETS", book.nsheets, limit=limits.sheets)
            read = [_xls_sheet(book, sheet, limits=limits) for sheet in book.sheets()]
    except TableError:
        raise
    except _XLRD_FAULTS as fault:
        raise refusal("E_ENCRYPTED" if "encrypted" in str(fault).lower() else "E_XLS_BROKEN") from fault
    finished = [_finish(grid, facts, limits=limits) for grid, facts in read]
    return SheetFile(tuple(s for s, _ in finished), tuple(i for _, found in finished for i in found))


def _xls_sheet(book: Any, sheet: Any, *, limits: Limits) -> tuple[_Grid, SheetFacts]:  # noqa: ANN401 (xlrd is untyped)
    facts = SheetFacts(sheet.name, hidden=sheet.visibility != 0)
    filled = [
        (r, c)
        for r in range(sheet.nrows)
        for c, kind in enumerate(sheet.row_types(r))
        if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
    ]
    for row, column in filled:
        facts.reach(row, column)
    check_extent(facts.rows, facts.columns, sheet=facts.name, limits=limits)
    grid: _Grid = [[None] * facts.columns for _ in range(facts.rows)]
    for row, column in filled:
        cell = sheet.cell(row, column)
        grid[row][column] = _xls_value(cell, book.datemode)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            facts.errors[row, column] = xlrd.error_text_from_code.get(cell.value, "#ERROR!")
        elif cell.ctype == xlrd.XL_CELL_NUMBER and "%" in _xls_format(book, cell):
            facts.percents.add((row, column))
    facts.merges = [(top, left, below - 1, after - 1) for top, below, left, after in sheet.merged_cells]
    facts.hidden_rows = sum(1 for info in sheet.rowinfo_map.values() if info.hidden)
    return grid, facts


def _xls_format(book: Any, cell: Any) -> str:  # noqa: ANN401 (xlrd is untyped)
    return str(book.format_map[book.xf_list[cell.xf_index].format_key].format_str)


def _xls_value(cell: Any, datemode: int) -> object:  # noqa: ANN401 (xlrd is untyped)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)
        except (xlrd.xldate.XLDateError, ValueError, OverflowError):
            return cell.value
    return None if cell.ctype == xlrd.XL_CELL_ERROR else cell.value


def _finish(grid: _Grid, facts: SheetFacts, *, limits: Limits) -> tuple[Sheet, list[Issue]]:
    tidier = Tidier(limits.cell_characters)
    width = max(facts.columns, max(map(len, grid), default=0))
    rows = [row + [None] * (width - len(row)) for row in tidier.rows(grid)]
    rows += [[None] * width for _ in range(facts.rows - len(rows))]
    # The reader turns an error cell into an empty one and cuts the rectangle to what is left: both are put back here.
    for (row, column), code in facts.errors.items():
        _put(rows, row, column, CellError(code))
    unvalued = [cell for cell in facts.unvalued if _put(rows, *cell, FORMULA_WITHOUT_VALUE)]
    name = clean_text(facts.name)[0] or ""
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    cells = tuple(map(tuple, rows))
    sheet = Sheet(name, cells, facts.merges_inside(), frozenset(facts.percents), facts.hidden)
    return sheet, _sheet_issues(sheet.name, facts, unvalued, tidier, limits=limits)


def _put(rows: list[list[CellValue]], row: int, column: int, mark: CellError) -> bool:
    """Marks a cell that holds no value; says whether there was such a cell to mark."""
    if row < len(rows) and column < len(rows[row]) and rows[row][column] is None:
        rows[row][column] = mark
        return True
    return False


def _sheet_issues(
    name: str, facts: SheetFacts, unvalued: list[tuple[int, int]], tidier: Tidier, *, limits: Limits
) -> list[Issue]:
    issues = [
        _cells_issue("E_FORMULA_NO_VALUE", "error", name, unvalued),
        _cells_issue("W_FORMULA_VALUE", "warning", name, [cell for cell in facts.formulas if cell not in facts.errors]),
        _cells_issue("W_TEXT_CLEANED", "warning", name, tidier.cleaned),
    ]
    if facts.errors:
        found = _listed([f"{address(*cell)} {code}" for cell, code in facts.errors.items()])
        issues.append(Issue("E_CELL_ERROR", "error", name, found=found, values={"count": len(facts.errors)}))
    if tidier.too_long:
        found = _listed([f"{address(row, column)} ({length})" for row, column, length in tidier.too_long])
        values = {"limit": limits.cell_characters}
        issues.append(Issue("E_TEXT_TOO_LONG", "error", name, found=found, values=values))
    if facts.hidden:
        issues.append(Issue("W_SHEET_HIDDEN", "note", name))
    if facts.hidden_rows:
        issues.append(Issue("W_ROWS_HIDDEN", "warning", name, values={"count": facts.hidden_rows}))
    return [issue for issue in issues if issue]


def _cells_issue(code: str, severity: Any, name: str, cells: list[tuple[int, int]]) -> Issue | None:  # noqa: ANN401
    if not cells:
        return None
    return Issue(code, severity, name, found=_listed([address(*c) for c in cells]), values={"count": len(cells)})


def _listed(addresses: list[str]) -> str:
    rest = " …" if len(addresses) > _SHOWN_ADDRESSES else ""
    return ", ".join(addresses[:_SHOWN_ADDRESSES]) + rest
