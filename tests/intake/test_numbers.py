"""Whole columns of numbers at once, single cells where people wrote words."""

import numpy as np
import pandas as pd

from evaluator.intake.cells import CellError
from evaluator.intake.columns import match_columns
from evaluator.intake.draft import Draft
from evaluator.intake.numbers import map_unique, object_cells, plain_numbers, read_checked_column, read_number_column


def read(heading, *cells):
    draft = Draft(rows=np.arange(2, len(cells) + 2))
    column = match_columns([heading])[0]
    series = pd.Series(list(cells), dtype=object)
    if column.role == "checked":
        read_checked_column(draft, column, series, percents=np.zeros(len(cells), dtype=bool))
    else:
        read_number_column(draft, column, series)
    return draft


def test_plain_cells_need_no_closer_look():
    numbers, open_cells = plain_numbers(pd.Series(["1", " 2.5 ", None, "三"], dtype=object))
    assert numbers[:2].tolist() == [1, 2.5]
    assert open_cells.tolist() == [3]


def test_headings_state_units():
    assert read("面积(公顷)", 2, "3亩").column("area_mu").tolist() == [30, 3]
    assert read("建设周期(月)", 12, "2年").column("construction_months").tolist() == [12, 24]
    assert read("使用年限", 20).column("asset_life_years").tolist() == [20]


def test_error_cells_leave_their_row_out_without_saying_it_twice():
    draft = read("带动户数", 5, CellError("#REF!"))
    assert draft.left_out.tolist() == [False, True]
    assert draft.issues == []


def test_ranges_are_kept():
    draft = read("带动户数", "3-5")
    assert (draft.column("households_low")[0], draft.column("households_high")[0]) == (3, 5)


def test_columns_without_a_place_in_the_form_are_checked_all_the_same():
    assert [issue.code for issue in read("本地原料占比", 0.85, "85%", 85).issues] == ["W_PERCENT_SUSPECT"]
    assert [issue.code for issue in read("回收期(年)", 4.5, -1).issues] == ["E_RANGE"]
    assert [issue.code for issue in read("投资回收期", 120).issues] == ["W_RANGE_SUSPECT"]


def test_each_distinct_cell_is_read_once():
    seen = []
    map_unique(np.array(["a", "a", 1, 1.0, True], dtype=object), seen.append)
    assert len(seen) == 4, "1, 1.0 and True are different cells"


def test_every_emptiness_is_none():
    assert object_cells(pd.Series([np.nan, None, pd.NaT, "x"], dtype=object)).tolist() == [None, None, None, "x"]
