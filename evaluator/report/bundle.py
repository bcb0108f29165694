"""The bundle: one workbook that holds a view with everything it was made from, to be opened again by upload."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import xlsxwriter

from evaluator.domain.case import Case, lay_out_case
from evaluator.domain.case_frames import Cell, Rows
from evaluator.domain.tables import TABLE_FIELDS
from evaluator.intake.bundle import COVER, DIGITS, EXACT, heading
from evaluator.language import phrase
from evaluator.report.changed import say_setting_value
from evaluator.report.terms import say_field, say_setting
from evaluator.report.workbook import MADE, OPTIONS, settle_bytes

_SAID = ("saved", "version", "fingerprint", "as_of")
"""What the first sheet says of a case in words; the rest of it is for the program."""


def write_bundle(case: Case, language: str) -> bytes:
    """The bundle of a case as xlsx, with titles in ``language``; the same case gives the same bytes.

    Numbers are numbers and texts texts; no cell is a formula. ``intake.bundle.read_bundle`` reads it back.
    """
    sheets = lay_out_case(case)
    described = {str(key): value for key, value in sheets.pop("case")[1:]}
    sheets["settings"] = _explain_settings(sheets["settings"], case, language)
    sheets["facts"] = _explain_facts(sheets["facts"], language)
    sheets[EXACT] = [["table", "row", "column", "value"], *_find_exact(sheets)]
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {**OPTIONS, "nan_inf_to_errors": True})
    book.set_properties({"created": MADE})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4", "border": 1}),
        "small": book.add_format({"font_color": "#8A969E"}),
        "wrapped": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    names = {key: phrase(f"bundle.sheet.{key.replace('.', '_')}", language) for key in sheets}
    _write_cover(book.add_worksheet(COVER), described, names, language, formats)
    for key, rows in sheets.items():
        _write_table(book.add_worksheet(names[key]), _entitle(rows, key, language), formats["head"])
    book.close()
    return settle_bytes(target.getvalue(), compressed=True)


def _write_cover(
    sheet: Any,  # noqa: ANN401 - xlsxwriter is untyped
    described: Mapping[str, Cell],
    names: Mapping[str, str],
    language: str,
    formats: Mapping[str, Any],
) -> None:
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 70)
    sheet.set_column(2, 2, 24, formats["small"])
    sheet.write_string(0, 0, phrase("bundle.title", language), formats["title"])
    sheet.write_string(1, 0, phrase("bundle.what", language))
    sheet.write_string(2, 0, phrase("bundle.open", language))
    said: list[tuple[str, Cell, str]] = [(phrase(f"bundle.{key}", language), described[key], key) for key in _SAID]
    said += [(phrase("bundle.part", language), name, f"sheet.{key}") for key, name in names.items()]
    said += [(phrase("bundle.kept", language), value, key) for key, value in described.items() if key not in _SAID]
    for row, (title, value, key) in enumerate(said, start=4):
        sheet.write_string(row, 0, title)
        _write_cell(sheet, row, 1, value)
        sheet.write_string(row, 2, key, formats["small"])


def _write_table(sheet: Any, rows: Rows, head: Any) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    sheet.freeze_panes(1, 2)
    for place, title in enumerate(rows[0] if rows else []):
        sheet.write_string(0, place, str(title), head)
        widest = max([2 * len(str(title)), *(len(str(row[place])) for row in rows[1:40])])
        sheet.set_column(place, place, max(9, min(40, widest)))
    for row, cells in enumerate(rows[1:], start=1):
        for place, cell in enumerate(cells):
            _write_cell(sheet, row, place, cell)


def _write_cell(sheet: Any, row: int, place: int, cell: Cell) -> None:  # noqa: ANN401 - xlsxwriter is untyped
    if isinstance(cell, bool):
        sheet.write_boolean(row, place, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, place, cell)
    elif cell is not None:
        sheet.write_string(row, place, cell)


def _entitle(rows: Rows, table: str, language: str) -> Rows:
    """The table under the titles people read, where its columns are those of a form."""
    titles = {field.key: heading(field, language) for field in TABLE_FIELDS.get(table, ())}
    return [[titles.get(str(key), key) for key in rows[0]], *rows[1:]] if rows else []


def _explain_settings(rows: Rows, case: Case, language: str) -> Rows:
    """Each rule with its name, and its default where it differs."""
    changed = case.settings.differences()
    explained: Rows = [[*rows[0], "title", "default"]]
    for key, value in rows[1:]:
        default = say_setting_value(changed[str(key)][0], language) if key in changed else None
        explained.append([key, value, say_setting(str(key), language), default])
    return explained


def _explain_facts(rows: Rows, language: str) -> Rows:
    return [[*rows[0], "title"], *([*row, say_field(str(row[1]), language)] for row in rows[1:])]


def _find_exact(sheets: Mapping[str, Rows]) -> Iterator[list[Cell]]:
    """Every number of more figures than a workbook keeps: table, row and column from 0, and the number as text."""
    for name, rows in sheets.items():
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, float) and float(f"{cell:{DIGITS}}") != cell:
                    yield [name, at, place, repr(cell)]
