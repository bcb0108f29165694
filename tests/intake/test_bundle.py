from io import BytesIO

import openpyxl
import pytest

from evaluator.domain.errors import TableError
from evaluator.domain.fields import FIELDS
from evaluator.intake.bundle import case_of, find_bundle, heading, is_bundle, list_sheet, read_bundle
from evaluator.intake.read import read_portfolio
from evaluator.intake.sheets import read_sheets
from evaluator.report.bundle import write_bundle


@pytest.fixture(scope="module")
def bundle(case):
    return write_bundle(case, "zh")


def test_a_bundle_reads_as_a_list_with_its_facts_changed_by_hand(bundle, case):
    portfolio = read_portfolio(bundle, file_name="bundle.xlsx")
    assert portfolio.frame.equals(case.edited.frame)
    assert portfolio.edits == case.edited.edits


def test_a_bundle_among_several_files_gives_its_projects_only(bundle, case):
    other = "项目名称,资金金额(万元)\n云顶村养牛场,80\n".encode()
    portfolio = read_portfolio([bundle, BytesIO(other)], file_name="x.xlsx")
    assert len(portfolio) == len(case.projects) + 1


def test_other_files_are_no_bundles():
    book = openpyxl.Workbook()
    book.active.title = "evaluator"
    book.active["A1"] = "项目名称"
    data = BytesIO()
    book.save(data)
    for other in (b"", b"PK\x03\x04 broken", b"name\nA\n", data.getvalue()):
        assert find_bundle(other) is None
    with pytest.raises(TableError, match="saved view"):
        read_bundle(data.getvalue())


def test_the_sheets_tell_themselves(bundle, case):
    sheets = read_sheets(bundle, file_name="b.xlsx").sheets
    assert is_bundle(sheets)
    assert list_sheet(sheets) == "项目"
    assert case_of(sheets).fingerprint == case.fingerprint


def test_a_damaged_cell_is_named_by_its_sheet_and_row(bundle):
    book = openpyxl.load_workbook(BytesIO(bundle))
    sheet = book["项目"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(4, heads.index(heading(FIELDS["investment_yuan"], "zh")) + 1).value = "许多"
    kept = BytesIO()
    book.save(kept)
    with pytest.raises(TableError) as refused:
        read_bundle(kept.getvalue())
    (issue,) = refused.value.issues
    assert (issue.code, issue.sheet, issue.row, issue.found) == ("E_CASE_CELL", "项目", 4, "许多")
