"""Report floor: workbooks. Numbers and words come from below; this room alone writes xlsx."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import xlsxwriter

from evaluator.domain.fields import CHOICE_WORDS, Field
from evaluator.domain.tables import TABLE_FIELDS
from evaluator.language import phrase
from evaluator.report.collection import say_steps, tabulate_power
from evaluator.report.layout import measure_width

MADE = datetime(2025, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Creation date of every workbook, so that the same content gives the same bytes."""
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
EXPLAINED = ("column", "key", "unit", "range", "need", "choices", "meaning")
TEMPLATE_ROWS = 1000
_LISTED = 255  # characters a list of choices in a cell may have


def write_template(table: str, language: str) -> bytes:
    """The empty form of a table as an xlsx file: a row of headings, and a second sheet that explains each.

    The form of a panel has a third one: what to collect, and how small an effect could then be seen.

    Parameters
    ----------
    table
        A name of ``TABLE_FIELDS``: projects, register, places, markets, prices, vacancies, flows, panel.
    language
        ``en`` or ``zh``.

    Returns
    -------
    bytes
        The file; the same bytes for the same table and language on every machine.

    Raises
    ------
    KeyError
        When the table or the language does not exist.
    """
    columns = TABLE_FIELDS[table]
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"created": MADE})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    form = book.add_worksheet(phrase(f"template.tables.{table}", language))
    form.freeze_panes(1, 0)
    for place, field in enumerate(columns):
        heading = heading_of(field, language)
        form.write_string(0, place, heading, bold)
        form.set_column(place, place, max(10, min(24, 2 * len(heading))))
        listed = [choice_word(choice, language) for choice in field.choices]
        if field.kind == "category" and len(",".join(listed)) <= _LISTED:
            form.data_validation(1, place, TEMPLATE_ROWS, place, {"validate": "list", "source": listed})
    _explain(book.add_worksheet(phrase("template.explained", language)), table, language, bold, wrapped)
    if table == "panel":
        _tell_what_to_collect(book.add_worksheet(phrase("collection.sheet", language)), language, bold, wrapped)
    book.close()
    return settle_bytes(target.getvalue())


def heading_of(field: Field, language: str) -> str:
    """The heading of a field in a template: its title, and the unit of money, which readers must not guess."""
    unit = f"({phrase('template.units.yuan', language)})" if field.kind == "money" else ""
    return f"{field.title(language)} {unit}".strip() if language == "en" else field.title(language) + unit


def choice_word(choice: str, language: str) -> str:
    """How a choice is written in a table: its key in English, the usual word in Chinese."""
    return CHOICE_WORDS[choice][0] if language == "zh" and choice in CHOICE_WORDS else choice


def settle_bytes(data: bytes, *, compressed: bool = False) -> bytes:
    """The same workbook with its parts undated and stored uncompressed: no byte depends on the machine.

    ``compressed`` for files that may be large: their bytes then depend on the compressor of the machine, no more.
    """
    target = BytesIO()
    kind = ZIP_DEFLATED if compressed else ZIP_STORED
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w", kind) as packed:
        for name in source.namelist():
            packed.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), compress_type=kind)
    return target.getvalue()


def _explain(
    sheet: xlsxwriter.worksheet.Worksheet,
    table: str,
    language: str,
    bold: xlsxwriter.format.Format,
    wrapped: xlsxwriter.format.Format,
) -> None:
    """One row a column: what it is called, its unit and range, whether it is needed, what it means.

    Rows begin with ``table.key``, so that no reader takes them for a list's own headings.
    """
    sheet.freeze_panes(1, 0)
    heads = ("key", "column", *EXPLAINED[2:])
    for place, (part, width) in enumerate(zip(heads, (34, 24, 12, 20, 20, 30, 70), strict=True)):
        sheet.write_string(0, place, phrase(f"template.{part}", language), bold)
        sheet.set_column(place, place, width)
    for row, field in enumerate(TABLE_FIELDS[table], start=1):
        heading, key, *rest = explain_field(field, language)
        told = (f"{table}.{key}", heading, *rest)
        for place, text in enumerate(told):
            sheet.write_string(row, place, text, wrapped)


def _tell_what_to_collect(
    sheet: xlsxwriter.worksheet.Worksheet,
    language: str,
    bold: xlsxwriter.format.Format,
    wrapped: xlsxwriter.format.Format,
) -> None:
    """Whom to ask, how long, and how small an effect could then be seen."""
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 4, 18)
    last = 4
    sheet.merge_range(0, 0, 0, last, phrase("collection.title", language), bold)
    row = 1
    for number, step in enumerate(say_steps(language), start=1):
        sheet.merge_range(row, 0, row, last, f"{number}. {step}", wrapped)
        sheet.set_row(row, _height(step))
        row += 1
    for title, table in tabulate_power(language):
        sheet.merge_range(row + 1, 0, row + 1, last, title, bold)
        for line, cells in enumerate([list(table.columns), *table.to_numpy().tolist()], start=row + 2):
            for place, text in enumerate(cells):
                sheet.write_string(line, place, str(text), wrapped)
        row += 3 + len(table)
    sheet.merge_range(row + 1, 0, row + 1, last, phrase("collection.read", language), wrapped)
    sheet.set_row(row + 1, _height(phrase("collection.read", language)))


def _height(text: str) -> float:
    """Points that a text takes in the merged cells of the sheet."""
    return 16.0 * -(-measure_width(text) // 105)


def explain_field(field: Field, language: str) -> tuple[str, ...]:
    """What a person needs to know of a column, in the order of ``EXPLAINED``."""
    return (
        heading_of(field, language),
        field.key,
        phrase(f"template.units.{field.unit}", language) if field.unit else "",
        _range(field, language),
        phrase(f"template.needs.{field.need}", language),
        phrase("template.separator", language).join(choice_word(choice, language) for choice in field.choices),
        field.meaning(language),
    )


def _range(field: Field, language: str) -> str:
    if field.low is None:
        return ""
    low = f"{field.low:,.10g}"
    if field.high is None:
        return phrase("template.at_least", language, low=low)
    return phrase("template.between", language, low=low, high=f"{field.high:,.15g}")
