from io import BytesIO

import openpyxl
import pytest

from evaluator.domain.case import lay_out_case
from evaluator.domain.fields import FIELDS
from evaluator.evaluation import evaluate
from evaluator.intake.bundle import heading, read_bundle
from evaluator.report.bundle import write_bundle
from evaluator.report.tables import describe_evaluation

SIDE = ("register", "places", "markets", "prices", "vacancies", "flows")


def result_of(case):
    tables = {name: getattr(case, name) for name in SIDE}
    return evaluate(case.edited, **tables, settings=case.settings, as_of=case.as_of, top=case.top)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_bundle_opens_with_the_same_fingerprint_and_the_same_numbers_to_the_last_digit(case, language):
    back = read_bundle(write_bundle(case, language))
    first, second = result_of(case), result_of(back)
    assert first.fingerprint == second.fingerprint
    assert repr(describe_evaluation(first, language)) == repr(describe_evaluation(second, language))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_of_a_case_is_lost_in_a_bundle(case, language):
    assert lay_out_case(read_bundle(write_bundle(case, language))) == lay_out_case(case)


def test_the_same_case_gives_the_same_bytes(case):
    assert write_bundle(case, "zh") == write_bundle(case, "zh")


@pytest.mark.slow
@pytest.mark.parametrize("row", [1, 4], ids=["changed by hand before", "as it was read"])
def test_a_cell_changed_by_hand_counts_as_it_now_stands(case, row):
    book = openpyxl.load_workbook(BytesIO(write_bundle(case, "en")))
    sheet = book["projects"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(row + 2, heads.index(heading(FIELDS["investment_yuan"], "en")) + 1).value = 123_456
    kept = BytesIO()
    book.save(kept)
    back = read_bundle(kept.getvalue())
    assert back.edited.frame["investment_yuan"].iloc[row] == 123_456
    assert result_of(back).fingerprint != result_of(case).fingerprint


def test_no_cell_is_a_formula_and_hostile_names_stay_text(case):
    name = '=HYPERLINK("http://evil.test")'
    frame = case.projects.frame.copy()
    frame.loc[frame.index[2], "name"] = name
    hostile = type(case)(projects=type(case.projects)(frame, case.projects.amounts, case.projects.evidence))
    data = write_bundle(hostile, "en")
    book = openpyxl.load_workbook(BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value == name} == {"s"}
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert read_bundle(data).projects.frame["name"].iloc[2] == name


@pytest.mark.slow
def test_the_first_sheet_says_what_the_file_is(case):
    sheet = openpyxl.load_workbook(BytesIO(write_bundle(case, "zh")))["evaluator"]
    shown = {sheet.cell(row, 3).value: sheet.cell(row, 2).value for row in range(1, sheet.max_row + 1)}
    assert (shown["version"], shown["fingerprint"], shown["as_of"]) == (case.version, "abc", "2025-06-30")
    assert sheet.cell(1, 1).value == "项目评估保存件"
