"""Columns of words: texts, dates, categories, sets, flags and products."""

import numpy as np
import pandas as pd
import pytest

from evaluator.intake.cells import CellError
from evaluator.intake.columns import match_columns
from evaluator.intake.draft import Draft
from evaluator.intake.words import (
    fold_code,
    read_choice_column,
    read_date_column,
    read_period_column,
    read_text_column,
)


def read(reader, heading, *cells):
    draft = Draft(rows=np.arange(2, len(cells) + 2))
    reader(draft, match_columns([heading])[0], pd.Series(list(cells), dtype=object))
    return draft


def test_texts_are_kept_letter_for_letter():
    hostile = "<script>window.__x=1</script>"
    draft = read(read_text_column, "项目名称", hostile, " 茶园 ", "待定", 2031.0, CellError("#N/A"))
    assert draft.column("name").tolist() == [hostile, "茶园", None, "2031", None]
    assert draft.left_out.tolist() == [False, False, False, False, True]


def test_long_names_are_refused():
    draft = read(read_text_column, "项目名称", "长" * 201)
    assert [issue.code for issue in draft.issues] == ["E_TEXT_TOO_LONG"]


def test_numbers_of_persons_are_struck_out_of_texts():
    draft = read(read_text_column, "备注", "联系13800000000")
    assert "13800000000" not in draft.column("note")[0]
    assert draft.issues[0].code == "W_PERSONAL_DATA"


def test_types_on_two_levels_are_joined():
    draft = read(read_text_column, "项目类型", "产业发展")
    read_text_column(draft, match_columns(["项目子类型"])[0], pd.Series(["种植业基地"], dtype=object))
    assert draft.column("project_type")[0] == "产业发展/种植业基地"


@pytest.mark.parametrize(
    ("heading", "cell", "key", "value"),
    [
        ("建设性质", "改扩建", "nature", "continuing"),
        ("项目状态", "Proposed", "status", "proposed"),
        ("联农带农机制", "土地流转、就业务工、带动生产", "link_mechanisms", ("own work", "wage", "land rent")),
        ("产业", "马铃薯", "product", "potato"),
        ("产业", "potato", "product", "potato"),
        ("三年后运行", "是", "outcome_3y", True),
        ("建设性质", "不详性质", "nature", None),
    ],
)
def test_choices(heading, cell, key, value):
    draft = read(read_choice_column, heading, cell)
    assert draft.column(key)[0] == value
    assert (draft.issues == []) == (value is not None)


def test_dates_of_any_kind():
    draft = read(read_date_column, "开工日期", "2031-05-09", 45397, None)
    assert [str(value)[:10] for value in draft.column("start")] == ["2031-05-01", "2024-04-01", "NaT"]
    real = Draft(rows=np.array([2]))
    read_date_column(real, match_columns(["开工日期"])[0], pd.Series(pd.to_datetime(["2031-05-09"])))
    assert str(real.column("start")[0])[:10] == "2031-05-01"


def test_a_period_may_be_a_length():
    draft = read(read_period_column, "实施期限(月)", 6, "2031年6月到12月", "尽快")
    assert draft.column("construction_months")[0] == 6
    assert str(draft.column("end")[1])[:7] == "2031-12"
    assert [issue.code for issue in draft.issues] == ["W_VALUE_UNREAD"]


def test_county_codes():
    assert fold_code("513431000000") == "513431"
    assert fold_code(513431.0) == "513431"
    assert fold_code("昭觉") is None
