"""What pictures of income effects are drawn from: true numbers in the unit of the reader."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evaluator.income.findings import ALL, CONTRAST
from evaluator.report.effect_rows import (
    INTERVALS,
    bound_rows,
    cut_at,
    group_rows,
    influence_rows,
    method_rows,
    say_unit,
    support_rows,
    to_unit,
    window_rows,
    year_rows,
    years_of,
)
from tests.income.made import world_effects as shown

KINDS = ("unflagged", "flagged")


def test_units_are_percent_points_or_yuan():
    assert to_unit(math.log(1.1), "log") == pytest.approx(10)
    assert to_unit(0.05, "share") == pytest.approx(5)
    assert to_unit(120.0, "level") == 120
    assert [say_unit(scale, "zh") for scale in ("log", "share", "level")] == ["%", "百分点", "元"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_paths_pass_nothing_at_the_year_before_the_start(language):
    rows = year_rows(shown(), KINDS, language)
    reference = rows[rows["year"] == "−1"]
    assert len(reference) == 2
    assert (reference[["estimate", "low", "high"]] == 0).all(axis=None)
    path = shown().paths["flagged"]
    mine = rows[rows["name"] == rows["name"].unique()[1]]
    others = mine[mine["year"] != "−1"]
    assert np.allclose(others["estimate"], 100 * np.expm1(path.estimate), equal_nan=True)
    banded = others.dropna(subset=["band_low", "low"])
    assert len(banded) > 3
    assert (banded["band_low"] <= banded["low"]).all()
    assert years_of(shown(), KINDS) == (int(min(path.events.min(), -1)), int(path.events.max()))


def test_points_of_two_groups_stand_apart_and_of_one_on_the_year():
    assert sorted(set(np.round(year_rows(shown(), KINDS, "en")["x"] % 1, 2))) == [0.07, 0.93]
    assert (year_rows(shown(), (ALL,), "en")["x"] % 1 == 0).all()


def test_support_counts_villages():
    rows = support_rows(shown(), (ALL,), "en")
    assert rows["clusters"].tolist() == shown().paths[ALL].clusters.tolist()


def test_windows_groups_and_methods_are_intervals():
    for rows in (
        window_rows(shown(), "en"),
        group_rows(shown(), KINDS, "en"),
        method_rows(shown(), "zh"),
    ):
        assert list(rows.columns) == list(INTERVALS)
        assert (rows["low"] <= rows["estimate"]).all()
        assert (rows["estimate"] <= rows["high"]).all()
    assert len(window_rows(shown(), "en")) == len(shown().contrasts)
    assert method_rows(shown(), "en")["label"].iloc[-1] == "Two-way fixed effects (naive)"


def test_bounds_begin_with_the_estimate_and_widen():
    rows = bound_rows(shown(), CONTRAST, "en")
    assert rows["estimate"].iloc[0] == pytest.approx(100 * math.expm1(shown().headline.estimate))
    assert rows["estimate"].iloc[1:].isna().all()
    wide = rows["high"].iloc[1:5] - rows["low"].iloc[1:5]
    assert wide.is_monotonic_increasing


def test_a_picture_is_cut_only_where_a_range_dwarfs_the_rest():
    even = pd.DataFrame({"low": [-1.0, -2, -1], "high": [1.0, 2, 1]})
    assert cut_at(even) is None
    low, high = cut_at(pd.DataFrame({"low": [-1.0, -2, -90], "high": [1.0, 2, 900]}))
    assert -3 < low < -2
    assert 2 < high < 3
    assert cut_at(pd.DataFrame({"low": [-1.0, -np.inf], "high": [1.0, 2]})) is not None
    assert cut_at(pd.DataFrame({"low": [-np.inf], "high": [np.inf]})) is None


def test_the_village_that_moves_the_headline_most_comes_first():
    rows = influence_rows(shown(), "en", most=3)
    moved = (shown().influence["headline"] - shown().headline.estimate).abs()
    assert len(rows) == 3
    assert rows.iloc[0, 0] == str(shown().influence.loc[moved.idxmax(), "cluster_id"])
    assert influence_rows(replace(shown(), influence=pd.DataFrame()), "en").empty
