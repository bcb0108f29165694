from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest

from evaluator.report.compose import make_document
from evaluator.report.document import Document, Pictures, visible
from evaluator.report.writers.xlsx import NAME, name_sheet, write_xlsx


def read(data):
    return openpyxl.load_workbook(BytesIO(data))


def words(book):
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )


@pytest.mark.slow
def test_all_texts_of_a_report_are_shown_and_equal_the_screen(reports, written):
    for document in reports.values():
        shown = words(read(written(document, ".xlsx")))
        assert not [text for text in document.texts() if visible(text) not in shown and text != document.stamp]


def test_there_is_a_sheet_a_section(document, written):
    book = read(written(document, ".xlsx"))
    assert book.sheetnames == ["第一部分", "第二部分"]
    assert book["第一部分"]["A1"].value == "评估报告"
    assert len(book["第一部分"]._images) == 3
    assert "指纹 abc" in book["第二部分"].oddFooter.left.text


def test_a_list_for_each_township_has_a_sheet_of_its_own(hostile_material, material):
    book = read(write_xlsx(make_document(material, "zh", ("questions",))))
    towns = set(material.evaluation.portfolio.frame["township"].loc[material.scored])
    assert all(any(name.startswith(town) for name in book.sheetnames) for town in towns)
    last = book[book.sheetnames[-1]]
    assert "答复" in [cell.value for row in last.iter_rows() for cell in row]
    strange = read(write_xlsx(make_document(hostile_material, "zh", ("questions",)))).sheetnames
    assert len({name.casefold() for name in strange}) == len(strange)


@pytest.mark.slow
def test_no_cell_is_a_formula_and_no_text_a_link(hostile_report, hostile, written):
    data = written(hostile_report, ".xlsx")
    book = read(data)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    shown = words(book)
    assert all(visible(name) in shown for name in hostile)
    parts = ZipFile(BytesIO(data))
    assert not [name for name in parts.namelist() if "<f>" in parts.read(name).decode("utf-8", "ignore")]


@pytest.mark.slow
def test_numbers_of_the_full_table_are_numbers(material, written):
    document = make_document(material, "en", ("ranking",), attach=True)
    sheet = read(written(document, ".xlsx"))["All results"]
    head = [cell.value for cell in sheet[1]]
    table = document.attached["All results"]
    assert head == list(table.columns)
    totals = [sheet.cell(row, head.index("total") + 1).value for row in range(2, sheet.max_row + 1)]
    stated = table["total"].notna()
    assert [total is not None for total in totals] == stated.tolist()
    assert [total for total in totals if total is not None] == pytest.approx(table["total"][stated].tolist())


@pytest.mark.parametrize("text", ["a/b\\c?*[d]:e'", "长" * 50, "", "\x00"])
def test_sheets_have_names_that_are_allowed_and_their_own(text):
    taken = set()
    names = [name_sheet(text, taken) for _ in range(12)]
    assert len(set(names)) == 12
    assert all(0 < len(name) <= NAME and not set(name) & set("[]:*?/\\'") for name in names)


def test_the_same_document_has_the_same_bytes(document, written):
    assert write_xlsx(document) == written(document, ".xlsx")


def test_a_document_without_sections_is_still_a_workbook(document, written):
    empty = Document("空", "", "zh", document.day, "", ())
    assert read(written(empty, ".xlsx")).sheetnames == ["空"]


def test_pictures_do_not_cover_what_stands_below(document, written):
    """The rows left free below a picture are at least as high as the picture."""
    sheet = read(written(document, ".xlsx"))["第一部分"]
    for image in sheet._images:
        first, last = image.anchor._from.row, image.anchor.to.row
        written = [row for row in range(first + 1, last + 1) if any(cell.value for cell in sheet[row + 1])]
        assert not written
    assert any(isinstance(block, Pictures) for block in document.sections[0].blocks)
