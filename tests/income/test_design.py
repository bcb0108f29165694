"""A column for each first year, kind and year; the year before the start is left out."""

import numpy as np
import pandas as pd

from evaluator.income.design import last_before, lay_design, read_kinds

YEARS = np.arange(2001, 2006)
START = np.array([0, 2003, 2003, 2004])
KIND = np.array(["", "1", "0", "1"])


def test_effects_begin_with_the_start():
    design = lay_design(YEARS, START, KIND)
    assert len(design.table) == 3 + 3 + 2
    assert set(design.table["event"]) == {0, 1, 2}
    assert design.x.shape == (4, 5, 8 + 4)
    assert not design.x[design.of_group[0], :, :8].any()


def test_leads_leave_out_the_year_before_the_start():
    table = lay_design(YEARS, START, KIND, leads=True).table
    assert set(table.loc[table["first_year"] == 2004, "event"]) == {-3, -2, 0, 1}


def test_without_never_treated_the_last_to_start_has_no_leads():
    table = lay_design(YEARS, START[1:], KIND[1:], leads=True).table
    assert (table.loc[table["first_year"] == 2004, "event"] >= 0).all()


def test_every_value_of_a_stratum_has_year_effects():
    strata = [np.array(["a", "b", "c", "a"])]
    assert lay_design(YEARS, START, KIND, strata=strata).x.shape[2] == 8 + 4 * 3


def test_the_year_compared_with_is_the_last_one_observed():
    assert list(last_before(np.array([1991, 1998]), np.array([1998, 1995, 1991]))) == [0, 0, -1]


def test_yes_and_no_are_read_in_any_writing():
    values = pd.Series([True, 0, "是", "否", None, np.nan, "industry", 1.0], dtype=object)
    assert list(read_kinds(values)) == ["1", "0", "1", "0", "", "", "industry", "1"]
