"""Bundles: the workbook of a saved view, recognised among uploads and read back to the last digit.

The first sheet says what the file is. Tables stand under the titles people read; what a spreadsheet would round stands
once more, exactly, in a sheet of its own. A bundle whose cells were changed by hand is read as it now stands.
"""

import datetime as dt
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from evaluator.domain.case import FORMAT, Case, read_case
from evaluator.domain.case_frames import Cell, Rows
from evaluator.domain.errors import Issue, TableError
from evaluator.domain.fields import Field
from evaluator.domain.tables import TABLE_FIELDS
from evaluator.intake.cells import CellError, CellValue, Sheet
from evaluator.intake.sheets import read_sheets
from evaluator.language import LANGUAGES, phrase

COVER = "evaluator"
"""Name of the first sheet of a bundle, in every language."""
EXACT = "exact"
_GLANCE = 16_384
DIGITS = ".16G"
"""As many figures of a number as a workbook keeps."""


def read_bundle(data: bytes, *, file_name: str = "bundle.xlsx") -> Case:
    """The saved view of a bundle.

    Raises
    ------
    TableError
        When the file cannot be opened, is no bundle (``E_CASE_FORMAT``) or holds what cannot be read (``E_CASE_…``),
        each fault with the sheet and column as they stand in the file.
    """
    return case_of(read_sheets(data, file_name=file_name).sheets)


def find_bundle(data: bytes, file_name: str = "bundle.xlsx") -> Case | None:
    """The saved view of a bundle, ``None`` for any other file; raises ``TableError`` when it is damaged."""
    if not _looks_like_one(data):
        return None
    sheets = read_sheets(data, file_name=file_name).sheets
    return case_of(sheets) if is_bundle(sheets) else None


def _looks_like_one(data: bytes) -> bool:
    """A glance at the names of a workbook's sheets, before anything else is unpacked."""
    if not data.startswith(b"PK"):
        return False
    try:
        with ZipFile(BytesIO(data)) as packed, packed.open("xl/workbook.xml") as part:
            return f'"{COVER}"'.encode() in part.read(_GLANCE)
    except (BadZipFile, KeyError, OSError, EOFError, RuntimeError, ValueError, NotImplementedError, zlib.error):
        return False  # whatever it is, the reader of lists says what is wrong with it


def is_bundle(sheets: Sequence[Sheet]) -> bool:
    """Whether the sheets of a file are those of a bundle."""
    return bool(sheets) and sheets[0].name == COVER and any(FORMAT in row for row in sheets[0].cells)


def list_sheet(sheets: Sequence[Sheet]) -> str:
    """Name of the sheet of a bundle that holds its list of projects."""
    return str(_cover_of(sheets).get("sheet.projects") or "")


def case_of(sheets: Sequence[Sheet]) -> Case:
    """The saved view in the sheets of a bundle; raises ``TableError`` as ``read_bundle`` does."""
    if not is_bundle(sheets):
        raise TableError(Issue("E_CASE_FORMAT", "error", values={"needed": FORMAT}))
    cover = _cover_of(sheets)
    named = {sheet.name: sheet for sheet in sheets}
    names = {key.removeprefix("sheet."): str(name) for key, name in cover.items() if key.startswith("sheet.")}
    tables = {key: _rows_of(named[name], key) for key, name in names.items() if name in named}
    _put_exact(tables, tables.pop(EXACT, []))
    described: Rows = [["key", "value"], *([key, value] for key, value in cover.items())]
    try:
        return read_case({**tables, "case": described})
    except TableError as fault:
        raise TableError(*(_address(issue, names) for issue in fault.issues)) from fault


def heading(field: Field, language: str) -> str:
    """The heading of a field in a bundle: its title, and the unit of money."""
    if field.kind != "money":
        return field.title(language)
    return phrase("bundle.money", language, title=field.title(language))


def _keys_of(table: str) -> dict[str, str]:
    """Every heading of a table's columns, in both languages, to the column's key."""
    return {heading(field, language): field.key for field in TABLE_FIELDS.get(table, ()) for language in LANGUAGES}


def _cover_of(sheets: Sequence[Sheet]) -> dict[str, Cell]:
    """Keys and values of the first sheet: the value stands second, the key third."""
    rows = (row for row in sheets[0].cells if len(row) > 2 and row[2] is not None)
    return {str(row[2]): _plain(row[1]) for row in rows}


def _rows_of(sheet: Sheet, table: str) -> Rows:
    if not sheet.cells:
        return []
    keys = _keys_of(table)
    head: list[Cell] = [keys.get(str(cell), str(cell)) for cell in sheet.cells[0]]
    return [head, *([_plain(cell) for cell in row] for row in sheet.cells[1:])]


def _plain(value: CellValue) -> Cell:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return value.code if isinstance(value, CellError) else value


def _put_exact(tables: Mapping[str, Rows], exact: Rows) -> None:
    """Put every number that a workbook rounds back in its cell, unless someone has changed the cell."""
    for table, row, column, text in (line[:4] for line in exact[1:] if len(line) > 3 and line[3] is not None):
        rows, at, place = tables.get(str(table), []), int(str(row)), int(str(column))
        if at < len(rows) and place < len(rows[at]):
            shown, number = rows[at][place], float(str(text))
            if isinstance(shown, int | float) and f"{shown:{DIGITS}}" == f"{number:{DIGITS}}":
                rows[at][place] = number


def _address(issue: Issue, names: Mapping[str, str]) -> Issue:
    return Issue(
        issue.code,
        issue.severity,
        names.get(issue.sheet, issue.sheet),
        issue.row,
        issue.column,
        issue.found,
        issue.values,
    )
