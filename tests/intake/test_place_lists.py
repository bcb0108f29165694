import pandas as pd
import pytest

from evaluator.domain.places import Places
from evaluator.intake.tables import read_places


def places(column, cell) -> Places:
    return read_places(pd.DataFrame({"place_code": ["513423"], column: [cell]}))


@pytest.mark.parametrize(
    ("column", "cell", "read"),
    [("yearly_output_yuan", "马铃薯=1200万元；苹果＝80", "potato=12000000;apple=80"),
     ("yearly_output_yuan(万元)", "马铃薯=1.5", "potato=15000"), ("processors", "土豆=3万吨", "potato=30000"),
     ("brands", "荞麦=州;苹果=County", "buckwheat=prefecture;apple=county"),
     ("neighbours", "513401：55，513422", "513401:55;513422"),
     ("poor_households", "河东镇=12户", "河东镇=12"), ("brands", None, None)],
)  # fmt: skip
def test_lists_are_rewritten_plainly(column, cell, read):
    table = places(column, cell)
    kept = table.frame[column.split("(")[0]].iloc[0]
    assert kept == read
    assert not [issue for issue in table.issues if issue.severity == "error"]


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [("processors", "月球=5", "E_SIDE_PART_PRODUCT"), ("processors", "苹果=多", "E_SIDE_PART"),
     ("processors", "苹果=-5", "E_SIDE_PART"), ("yearly_output_yuan", "苹果=5;苹果=6", "E_SIDE_PART_TWICE"),
     ("brands", "苹果=银河", "E_SIDE_PART"), ("neighbours", "没有这个县", "E_SIDE_PART")],
)  # fmt: skip
def test_parts_that_cannot_be_read_are_named(column, cell, code):
    table = places(column, cell)
    assert [issue.code for issue in table.issues] == [code]
    assert table.issues[0].row == 1
