"""Rows that miss something are counted once, told with examples, and left out."""

import narwhals as nw
import numpy as np
import pytest

from evaluator.domain.errors import TableError
from evaluator.domain.settings import Settings
from evaluator.intake.panel_columns import match_panel
from evaluator.intake.panel_faults import count_rows, keep_rows
from evaluator.intake.panel_rows import tidy_rows
from tests.intake.made_panel import codes, make_panel


def checked(frame, **unread):
    columns = match_panel(list(frame), mapping={}, rules=Settings().income)
    tidied = tidy_rows(nw.from_native(frame), columns)
    counts = count_rows(tidied, columns)
    return counts, *keep_rows(tidied, columns, counts, unread=unread)


def test_each_fault_is_told_with_its_count_and_examples():
    frame = make_panel().assign(weight=1.0).astype({"outcome": float, "year": float})
    frame.loc[0, "unit_id"] = None
    frame.loc[1, "year"] = np.nan
    frame.loc[2, "year"] = 20_155
    frame.loc[3, "first_year"] = 17
    frame.loc[4, "outcome"] = np.nan
    frame.loc[5, "cluster_id"] = None
    frame.loc[6, "weight"] = 0.0
    _, kept, issues = checked(frame)
    assert len(kept) == len(frame) - 7
    assert {one.code: one.found for one in issues} == {
        "E_PANEL_NO_UNIT": "",
        "E_PANEL_NO_YEAR": "",
        "E_PANEL_YEAR": "20155",
        "E_PANEL_START": "17",
        "N_PANEL_NO_INCOME": "",
        "E_PANEL_NO_VILLAGE": "",
        "E_PANEL_WEIGHT": "0",
    }
    assert {one.values["count"] for one in issues} == {1}


def test_years_counted_from_a_beginning_are_years_too():
    frame = make_panel().assign(
        year=lambda f: f["year"] - 2015,
        first_year=lambda f: f["first_year"].where(f["first_year"] == 0, f["first_year"] - 2015),
    )
    counts, kept, issues = checked(frame)
    assert (counts.years, len(kept), issues) == ("counted", len(frame), [])


def test_cells_told_as_text_are_not_told_again_as_missing():
    frame = make_panel().astype({"outcome": float})
    frame.loc[[0, 1], "outcome"] = np.nan
    assert codes(checked(frame, outcome=2)[2]) == []
    assert checked(frame, outcome=1)[2][0].values["count"] == 1


def test_nothing_left_is_refused():
    with pytest.raises(TableError) as refused:
        checked(make_panel().assign(outcome=np.nan))
    assert codes(refused.value.issues)[-1] == "E_PANEL_NO_ROWS"


@pytest.mark.parametrize("mark", [-1.0, 1.0, 2017.5, 201703.0])
def test_marks_in_place_of_many_first_years_are_refused(mark):
    frame = make_panel()
    frame["first_year"] = np.where(frame["cluster_id"] == "石桥", mark, frame["first_year"])
    with pytest.raises(TableError) as refused:
        checked(frame)
    told = refused.value.issues[-1]
    assert (told.code, told.found, told.values["count"]) == ("E_PANEL_STARTS", f"{mark:g}", 24)
