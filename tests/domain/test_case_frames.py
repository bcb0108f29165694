import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.domain.case_frames import cell_of, kind_of, lay_out_frame, read_cell, read_frame
from evaluator.domain.errors import TableError
from evaluator.domain.fields import FIELDS, PROJECT_FIELDS
from evaluator.domain.table_fields import MARKET_FIELDS


@given(st.floats(allow_nan=False))
def test_a_number_returns_to_the_bit(number):
    assert np.float64(read_cell(cell_of(number), "number")).tobytes() == np.float64(number).tobytes()


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, None),
        (np.nan, None),
        (pd.NaT, None),
        (np.float64(0.5), 0.5),
        (np.inf, "inf"),
        (True, True),
        (pd.Timestamp(2026, 3, 1), "2026-03-01"),
        (("wage", "contract"), "wage;contract"),
    ],
)
def test_each_kind_of_value_has_a_plain_cell(value, cell):
    assert cell_of(value) == cell


def test_the_kind_of_a_column_follows_its_field():
    kinds = {
        key: kind_of(key, FIELDS)
        for key in ("investment_yuan", "jobs_low", "start", "link_mechanisms", "outcome_3y", "name")
    }
    assert list(kinds.values()) == ["number", "number", "date", "set", "flag", "text"]
    assert (kind_of("minutes_513423", {}), kind_of("remark", FIELDS)) == ("number", None)


def test_a_table_with_minutes_returns():
    table = pd.DataFrame({"product": ["potato", None], "minutes_513423": [55.5, np.nan]})
    rows = lay_out_frame(table)
    assert rows == [["product", "minutes_513423"], ["potato", 55.5], [None, None]]
    assert read_frame(rows[:2], MARKET_FIELDS, sheet="markets")["minutes_513423"].tolist() == [55.5]


def test_a_column_nobody_knows_is_passed_over():
    table = read_frame([["name", "remark"], ["A", "mine"]], PROJECT_FIELDS, sheet="projects")
    assert list(table) == ["name"]


def test_every_unreadable_cell_is_named():
    rows = [["name", "jobs", "start", "outcome_3y"], ["A", "many", "soon", "perhaps"], ["B", True, "2026-03", "是"]]
    with pytest.raises(TableError) as refused:
        read_frame(rows, PROJECT_FIELDS, sheet="projects")
    assert [(found.row, found.column) for found in refused.value.issues] == [
        (2, "jobs"),
        (3, "jobs"),
        (2, "start"),
        (2, "outcome_3y"),
    ]
