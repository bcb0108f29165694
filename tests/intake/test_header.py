"""The header is found by its content, wherever it stands."""

from evaluator.intake.cells import Sheet
from evaluator.intake.header import find_header, spans_of
from tests.intake.published import MERGES, grid


def cells_of(text):
    return [[cell or None for cell in row] for row in grid(text)]


def test_one_row_below_title_lines():
    header = find_header(cells_of(MERGES["subtotals"][0]), {})
    assert (header.first, header.last) == (3, 3)
    assert header.headings == ("序号", "村名", "项目名称", "建设内容", "资金金额")


def test_two_rows_with_and_without_merges():
    cells = cells_of(MERGES["two-row header"][0])
    plain = find_header(cells, {})
    sheet = Sheet("s", tuple(map(tuple, cells)), merges=((2, 7, 2, 8), (2, 0, 3, 0)))
    merged = find_header(cells, spans_of(sheet))
    assert plain.headings == merged.headings
    assert plain.headings[7:9] == ("资金来源/省级财政资金", "资金来源/其他 资金")
    assert (plain.first, plain.last) == (2, 3)


def test_a_first_project_is_no_second_header_row():
    cells = [["项目名称", "乡镇", "建设内容", None], ["茶园", "甲镇", "种茶", "x"], ["果园", "乙镇", "种果", None]]
    header = find_header(cells, {})
    assert (header.first, header.last) == (0, 0)


def test_rows_of_values_are_no_header():
    assert find_header([["P001", "花椒", "320.5"], ["P002", "苦荞", "180"]], {}) is None
