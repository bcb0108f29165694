"""Wide tables of net flows: which headings are years, and where the header stands."""

import pandas as pd
import pytest

from evaluator.intake.wide_flows import find_wide, read_wide, wide_frame, year_of


@pytest.mark.parametrize(
    ("heading", "year"),
    [("0", 0), (3, 3), (3.0, 3), ("第3年", 3), ("第12期", 12), ("Year 4", 4), ("t5", 5), ("2027年", 2027), (2026, 2026),
     ("costs", None), ("项目编号", None), ("123", None), (None, None), (True, None), ("", None)],
)  # fmt: skip
def test_years_of_headings(heading, year):
    assert year_of(heading) == year


def test_a_header_below_title_lines_is_found_and_totals_are_no_project():
    data = "现金流表,,,\n项目编号,第0年,第1年,第2年\nA,-10,6,6\n合计,-10,6,6\n".encode()
    raw = find_wide(data, file_name="x.csv")
    draft, years = read_wide(raw)
    assert years == [0, 1, 2]
    assert raw.rows == (3,)
    assert draft.frame.loc[0, ["year_0", "year_1", "year_2"]].tolist() == [-10, 6, 6]


def test_a_long_table_is_not_wide():
    assert find_wide(b"project_id,period,costs\nA,0,5\n", file_name="x.csv") is None
    assert wide_frame(pd.DataFrame({"project_id": ["A"], "costs": [1]})) is None


def test_faults_keep_the_row_of_the_file():
    raw = find_wide(b"\nproject_id,0,1\nA,-1,2\nB,x,2\n", file_name="x.csv")
    draft, _ = read_wide(raw)
    assert [(issue.code, issue.row) for issue in draft.issues] == [("E_SIDE_VALUE", 4)]
