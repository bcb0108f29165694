import numpy as np
import pandas as pd

from evaluator.domain.table_fields import MARKET_FIELDS
from evaluator.intake.forms import match_heading, read_form


def test_headings_match_by_key_title_alias_with_or_without_a_unit():
    for heading in ("yearly_demand", "Yearly demand", "年需求量", "年需求量（吨）", " 年 需求量 ", "Annual demand (t)"):
        assert match_heading(heading, MARKET_FIELDS) == "yearly_demand"
    assert match_heading("天气", MARKET_FIELDS) is None


def test_the_header_is_found_below_titles_and_totals_are_no_rows():
    lines = ["2024年市场表", "", "备注：内部,,", "产品,年需求量(吨),市场,x", "苹果,5,河东,1", ",,,", "合计,5,,"]
    draft = read_form("\n".join(lines).encode(), MARKET_FIELDS, file_name="m.csv")
    assert draft.rows == (5,)
    assert draft.units["yearly_demand"] == "吨"
    assert list(draft.extra) == ["x"]


def test_a_heading_that_stands_twice_is_read_once_and_said():
    draft = read_form("产品,年需求量,需求量\n苹果,5,6".encode(), MARKET_FIELDS, file_name="m.csv")
    assert draft.frame["yearly_demand"].tolist() == [5.0]
    assert [issue.code for issue in draft.issues] == ["W_SIDE_COLUMN_TWICE"]


def test_a_frame_is_never_changed_and_its_kinds_of_missing_are_one():
    frame = pd.DataFrame({"product": ["apple", "pear"], "yearly_demand": [np.int64(5), 6], "name": [pd.NA, None]})
    before = frame.copy()
    draft = read_form(frame, MARKET_FIELDS)
    pd.testing.assert_frame_equal(frame, before)
    assert draft.frame["yearly_demand"].tolist() == [5.0, 6.0]
    assert draft.frame["name"].tolist() == [None, None]


def test_optional_faults_empty_the_cell_and_required_ones_leave_out_the_row():
    draft = read_form("产品,年需求量,经度\n苹果,5,999\n苹果,-5,102".encode(), MARKET_FIELDS, file_name="m.csv")
    assert draft.rows == (2,)
    assert np.isnan(draft.frame["lon"][0])
    told = [(issue.code, issue.where()) for issue in draft.told()]
    assert told == [("E_SIDE_RANGE_CELL", "m.csv!2 · 经度"), ("E_SIDE_RANGE", "m.csv!3 · 年需求量")]
