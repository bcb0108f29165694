"""The flows table: long and wide, both languages, and every fault with its row."""

import io

import numpy as np
import pandas as pd
import pytest

from evaluator.domain.errors import TableError
from evaluator.intake.flows import read_flows

LONG = """project_id,period,costs,benefits,subsidies,household_benefit
A,0,100,0,40,0
A,1,10,60,0,20
A,2,10,60,0,20
B,0,50,0,0,
B,1,0,30,0,
"""
ZH = LONG.replace(
    "project_id,period,costs,benefits,subsidies,household_benefit", "项目编号,期次,支出,收入,补贴,农户收益"
)


def codes(issues):
    return [(issue.code, issue.row) for issue in issues]


@pytest.mark.parametrize("text", [LONG, ZH])
def test_a_long_table_in_both_languages(text):
    flows = read_flows(text.encode(), file_name="flows.csv")
    assert list(flows.projects) == ["A", "B"]
    assert flows.net().tolist() == [[-100, 50, 50], [-50, 30, 0]]
    assert flows.subsidies[0].tolist() == [40, 0, 0]
    assert flows.household_benefit[0].tolist() == [0, 20, 20]
    assert np.isnan(flows.household_benefit[1]).all()
    assert flows.last.tolist() == [2, 1]
    assert flows.gross
    assert not flows.issues


def test_workbooks_and_frames_read_alike(tmp_path):
    frame = pd.read_csv(io.StringIO(LONG))
    path = tmp_path / "flows.xlsx"
    frame.to_excel(path, index=False)
    known = read_flows(LONG.encode(), file_name="flows.csv")
    for source in (frame, path, path.read_bytes()):
        found = read_flows(source, file_name="flows.xlsx")
        np.testing.assert_array_equal(found.net(), known.net())
    assert frame.columns[0] == "project_id"


def test_a_heading_with_ten_thousand_yuan():
    flows = read_flows("项目编号,期次,支出(万元),收入(万元)\nA,0,10,0\nA,1,0,12\n".encode(), file_name="x.csv")
    assert flows.net().tolist() == [[-100_000, 120_000]]


def test_a_wide_table_of_net_flows():
    flows = read_flows("项目编号,第0年,第1年,第2年\nA,-100,60,60\nB,-50,70,\n".encode(), file_name="x.csv")
    assert flows.net().tolist() == [[-100, 60, 60], [-50, 70, 0]]
    assert flows.last.tolist() == [2, 1]
    assert not flows.gross
    wide = pd.DataFrame({"project_id": ["A"], 2026: [-5.0], 2027: [7.0]})
    assert read_flows(wide).net().tolist() == [[-5, 7]]


def test_every_fault_is_listed_with_its_row_and_leaves_its_project_out():
    table = (
        "项目编号,期次,支出,收入\nA,2025,5,0\nA,2026,0,\nB,0,1,0\nB,0,1,0\nC,0,1,1\nC,2,1,1\n"
        "D,0,-4,5\nE,0.5,1,1\nF,1,1,1\nG,0,abc,1\nH,0,#DIV/0!,1\n"
    )
    flows = read_flows(table.encode(), file_name="x.csv")
    assert list(flows.projects) == ["A", "F"]
    found = codes(flows.issues)
    assert ("E_FLOWS_DOUBLE", 5) in found
    assert ("E_FLOWS_PERIOD", 9) in found
    assert {"E_FLOWS_GAP", "N_FLOWS_CALENDAR", "N_FLOWS_EMPTY", "W_FLOWS_START"} <= {code for code, _ in found}
    assert {row for code, row in found if code.startswith("E_SIDE")} == {8, 11, 12}
    assert sum(code == "E_FLOWS_LEFT_OUT" for code, _ in found) == 6
    gap = next(issue for issue in flows.issues if issue.code == "E_FLOWS_GAP")
    assert "1" in gap.message("zh")
    assert "C" in gap.message("en")


def test_faults_of_a_wide_table():
    flows = read_flows(b"project_id,0,1,2\nA,-1,2,3\nB,-5,,3\nC,-1,x,3\nD,-1,2,3\nD,-1,2,3\n", file_name="x.csv")
    assert list(flows.projects) == ["A"]
    assert {("E_SIDE_VALUE", 4), ("E_FLOWS_DOUBLE", 6)} <= set(codes(flows.issues))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("project_id,period,subsidies\nA,0,5\n", "E_FLOWS_COLUMNS"),
        ("project_id,period,costs\nA,0,x\n", "E_FLOWS_NONE"),
        ("甲,乙\n1,2\n", "E_SIDE_HEADER"),
        ("costs,benefits\n1,2\n", "E_SIDE_COLUMN"),
    ],
)
def test_unusable_tables_are_refused(text, code):
    with pytest.raises(TableError) as fault:
        read_flows(text.encode(), file_name="x.csv")
    assert code in {issue.code for issue in fault.value.issues}


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(TableError):
        read_flows(tmp_path / "none.csv")
