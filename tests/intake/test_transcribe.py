"""One listing, from headings to facts."""

import numpy as np
import pandas as pd
import pytest

from evaluator.domain.errors import TableError
from evaluator.domain.portfolio import Evidence
from evaluator.intake.listing import Listing
from evaluator.intake.transcribe import transcribe


def listing(*rows, headings, **facts):
    return Listing(
        cells=pd.DataFrame(list(rows), columns=range(len(headings)), dtype=object),
        headings=tuple(headings),
        rows=np.arange(2, len(rows) + 2),
        **facts,
    )


def test_columns_units_and_year_are_told():
    found = transcribe(listing(["桃园", 20], headings=("项目名称", "金额"), title=("2031年资金表", "单位:万元")))
    assert (found.year, found.currency, found.reading.unit, found.reading.total) == (2031, "CNY", "10k yuan", 200_000)
    assert found.reading.columns == {"项目名称": "name", "金额": "investment_yuan"}


def test_a_list_without_names_is_refused():
    with pytest.raises(TableError) as refusal:
        transcribe(listing([1, 2000], headings=("户编号", "年收入(元)")))
    assert refusal.value.issues[0].code == "E_COLUMN_MISSING"


def test_a_row_without_a_name_takes_the_start_of_its_content():
    found = transcribe(listing(["桃园", "a"], [None, "种植李子10亩"], headings=("项目名称", "建设内容")))
    assert found.draft.column("name")[1] == "种植李子10亩"
    assert "W_NAME_MADE" in {issue.code for issue in found.issues}


def test_ids_depend_on_what_a_row_says_not_where_it_stands():
    one = transcribe(listing(["桃园", 20], ["李园", 30], headings=("项目名称", "金额(万元)")))
    two = transcribe(listing(["李园", 30], ["桃园", 20], headings=("项目名称", "金额(万元)")))
    assert list(one.ids) == list(two.ids)[::-1]


def test_a_township_taken_from_the_row_above_is_said():
    rows = (["桃园", "甲镇"], ["李园", "甲镇"])
    found = transcribe(listing(*rows, headings=("项目名称", "乡镇"), filled=frozenset({(1, 1)})))
    (told,) = (issue for issue in found.issues if issue.code == "W_CELLS_FILLED")
    assert (told.column, told.found) == ("乡镇", "甲镇")
    assert found.draft.evidence_of("township").tolist() == [Evidence.GIVEN, Evidence.ASSUMED]
