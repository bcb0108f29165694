"""Rows of units side by side, in the order of the cells."""

import numpy as np

from evaluator.income.cells import compress_frame
from evaluator.income.units import collect_rows, lay_frame, lay_units
from tests.income.made import panel_of, small_frame


def test_units_stand_in_order_with_gaps_as_missing():
    frame = small_frame(leaves=True).sample(frac=1, random_state=1)
    units = lay_units(panel_of(frame), labels=("size",), numbers=("hours",))
    assert np.isfinite(units.outcome).sum() == len(frame)
    one = frame[frame["unit_id"] == "u003"].set_index("year")
    for t, year in enumerate(units.years):
        if year in one.index:
            assert units.outcome[3, t] == one.loc[year, "outcome"]
            assert units.numbers[3, t, 0] == one.loc[year, "hours"]
        else:
            assert np.isnan(units.outcome[3, t])
    cells = compress_frame(frame)
    names = cells.groups.drop_duplicates("cluster").set_index("cluster")["cluster_id"]
    assert names[units.cluster[3]] == one["cluster_id"].iloc[0]
    assert units.labels["size"].iloc[3] == one["size"].iloc[0]


def test_rows_without_an_outcome_are_left_out():
    frame = small_frame()
    frame.loc[0, "outcome"] = np.nan
    assert len(collect_rows(panel_of(frame))) == len(frame) - 1
    assert lay_frame(frame.drop(columns="weight")).weight.tolist() == [1.0] * 60
